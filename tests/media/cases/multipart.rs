//! `multipart/form-data`.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use media::api::models::Meta;
use media::api::operations::upload;
use media::support::Tristate;
use media::support::client::Error;
use media::support::http::{ByteStream, File};

use crate::harness::{Answer, Stub};

fn csv(content: impl Into<ByteStream>) -> File {
    File::new(content).with_name("a \"b\".csv").with_media_type("text/csv")
}

fn body() -> upload::Body {
    upload::Body::new(csv("a;b\r\n--x\r\n"), "Title: ö")
        .with_pages(vec![File::new(vec![0, 255]), File::new("").with_media_type("image/png")])
        .with_count(3)
        .with_meta(Meta::new("m"))
}

/// A body of parts: headers behind the name, and content.
fn parts(parts: &[(&str, &str)]) -> String {
    let part = |(head, content): &(&str, &str)| {
        let (name, more) = head.split_once('|').unwrap_or((head, ""));
        let (disposition, headers) = more.split_once('|').unwrap_or((more, ""));
        let headers = if headers.is_empty() { String::new() } else { format!("{headers}\r\n") };
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{disposition}\r\n{headers}\r\n{content}\r\n")
    };
    parts.iter().map(part).collect::<String>() + "--b--\r\n"
}

async fn raw(text: &str) -> (Answer, Option<upload::Body>) {
    let stub = Stub::default();
    let headers = [("content-type", "multipart/form-data; boundary=b")];
    let answer = stub.ask("POST /uploads", &headers, text.to_owned()).await;
    let seen = stub.seen().uploads.pop();
    (answer, seen)
}

#[tokio::test]
async fn parts_come_back_as_they_were_sent() {
    let stub = Stub::default();
    let response = stub.client().upload(&upload::Request::new(body())).response().await.unwrap();
    assert_eq!(response, upload::Response::Created(Meta::new("Title: ö")));
    let seen = stub.seen().uploads.pop().unwrap();
    assert_eq!(seen.file.content, body().file.content);
    assert_eq!(seen.file.media_type.as_deref(), Some("text/csv"));
    assert_eq!(seen.file.name.as_deref(), Some("a \"b\".csv"));
    let pages: Vec<_> = seen.pages.iter().map(|it| (it.content.whole().unwrap(), it.media_type.as_deref())).collect();
    let png = Some("image/png");
    assert_eq!(pages, [(Bytes::from_static(&[0, 255]), png), (Bytes::new(), png)]);
    assert_eq!((seen.title, seen.count, seen.meta), (body().title, Some(3), body().meta));
}

#[tokio::test]
async fn files_are_sent_as_they_come() {
    let stub = Stub::default();
    let slow = stream::iter(["a;b", ";c"]).then(|chunk| async move {
        tokio::time::sleep(Duration::from_millis(1)).await;
        Ok(Bytes::from_static(chunk.as_bytes()))
    });
    let mut body = body();
    body.file = csv(ByteStream::new(slow));
    stub.client().upload(&upload::Request::new(body)).response().await.unwrap();
    let seen = stub.seen().uploads.pop().unwrap();
    assert_eq!(seen.file.content, ByteStream::from("a;b;c"));
    assert_eq!(seen.pages.len(), 2);
}

#[tokio::test]
async fn parts_of_others_are_read() {
    let text = parts(&[
        ("title", "T"),
        ("count||Content-Type: text/plain; charset=utf-8", "12"),
        ("meta||Content-Type: application/json", r#"{"name":"x","size":1}"#),
        ("note", "null is text"),
        ("signature", "QUJD"),
        ("file|; filename=\"C:\\\\dir\\\\x.csv\"|Content-Type: text/plain\r\nX-Origin: here", "1;2"),
    ]);
    let (answer, seen) = raw(&text).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let seen = seen.unwrap();
    assert_eq!((seen.count, seen.note), (Some(12), Tristate::Value("null is text".to_owned())));
    assert_eq!(seen.signature.as_deref(), Some("QUJD"));
    assert_eq!(seen.meta.unwrap().size, Some(1));
    assert_eq!(seen.file.headers["x-origin"], "here");
    assert_eq!(seen.file.name.as_deref(), Some("x.csv"));
    // A part without file name and media type is a file all the same.
    let (answer, _) = raw(&parts(&[("title", "T"), ("file", "1")])).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
}

#[tokio::test]
async fn names_of_files_beyond_ascii_are_read_in_either_spelling() {
    for (spelled, name) in [
        ("filename=\"€.csv\"", "€.csv"),
        ("filename*=UTF-8''%E2%82%AC.csv", "€.csv"),
        ("filename=\"e.csv\"; filename*=utf-8'de'%E2%82%AC%3B%22.csv", "€;\".csv"),
        ("filename*=UTF-8''..%2F..%2Fx.csv; filename=\"e.csv\"", "x.csv"),
        ("filename=\"a; filename*=UTF-8''b\"", "a; filename*=UTF-8''b"),
        ("filename*=ISO-8859-1''%A4.csv; filename=\"e.csv\"", "e.csv"),
        ("filename*=UTF-8''%FF.csv; filename=\"e.csv\"", "e.csv"),
    ] {
        let head = format!("file|; {spelled}|Content-Type: text/csv");
        let (answer, seen) = raw(&parts(&[("title", "T"), (&head, "1")])).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        assert_eq!(seen.unwrap().file.name.as_deref(), Some(name), "{spelled}");
    }
}

#[tokio::test]
async fn everything_wrong_is_told_at_once() {
    const FILE: (&str, &str) = ("file|; filename=\"x\"|Content-Type: text/csv", "1");
    for (given, expected) in [
        (&[("title", "T")][..], &["/body/file required"][..]),
        (&[FILE], &["/body/title required"]),
        (&[FILE, ("title", "12345678901"), ("count", "0")], &["/body/count minimum", "/body/title maxLength"]),
        (&[FILE, ("title", "T"), ("title", "U")], &["/body/title style"]),
        (&[FILE, FILE, ("title", "T")], &["/body/file style"]),
        (&[FILE, ("title", "T"), ("other", "1")], &["/body/other additionalProperties"]),
        (&[FILE, ("title", "T"), ("other|; filename=\"x\"", "1")], &["/body/other additionalProperties"]),
        (&[FILE, ("title", "T"), ("meta", "{")], &["/body/meta json"]),
        (&[FILE, ("title", "T"), ("meta", "{}")], &["/body/meta/name required"]),
        (&[("file||Content-Type: image/png", "1"), ("title", "T")], &["/body/file contentType"]),
        (&[FILE, ("title", "T"), ("pages||Content-Type: text/csv", "1")], &["/body/pages contentType"]),
        (&[FILE, ("title", "T"), ("pages", "1"), ("pages", "2"), ("pages", "3")], &["/body/pages maxItems"]),
        (&[FILE, ("title||Content-Type: text/plain; charset=latin1", "T")], &["/body/title contentType"]),
    ] {
        let (answer, seen) = raw(&parts(given)).await;
        assert_eq!(answer.violations(), expected, "{given:?}: {}", answer.text);
        assert_eq!(seen, None, "{given:?}");
    }
}

#[tokio::test]
async fn what_is_no_multipart_is_refused() {
    let good = parts(&[("title", "T"), ("file", "1")]);
    let stub = Stub::default();
    for (media_type, text, status) in [
        ("multipart/form-data", good.as_str(), 400),
        ("multipart/form-data; boundary=\"\"", &good, 400),
        ("multipart/form-data; boundary=\"{}\"", &good, 400),
        ("multipart/form-data; boundary=other", &good, 400),
        ("multipart/form-data; boundary=b", "--b\r\n", 400),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n", 400),
        ("multipart/form-data; boundary=b", &good[..good.len() - 8], 400),
        ("multipart/form-data; boundary=b", "", 422),
        ("multipart/mixed; boundary=b", &good, 415),
        ("application/json", &good, 415),
    ] {
        let answer = stub.ask("POST /uploads", &[("content-type", media_type)], text.to_owned()).await;
        assert_eq!(answer.status, status, "{media_type} {text:?}: {}", answer.text);
    }
    let many: Vec<_> = (0..9).map(|_| ("title", "T")).collect();
    assert_eq!(raw(&parts(&many)).await.0.status, 413);
    let large = "x".repeat(5000);
    assert_eq!(raw(&parts(&[("file", &large)])).await.0.status, 413);
    assert!(stub.seen().uploads.is_empty());
}

#[tokio::test]
async fn a_client_sends_nothing_invalid() {
    let stub = Stub::default();
    let wrong = upload::Body::new(csv("x").with_media_type("image/png"), "far too long a title")
        .with_pages((0..3).map(|_| File::new("")).collect());
    let Err(Error::InvalidRequest(violations)) = stub.client().upload(&upload::Request::new(wrong)).response().await else {
        panic!("it was sent")
    };
    let found: Vec<_> = violations.iter().map(|it| format!("{} {}", it.pointer, it.keyword)).collect();
    assert_eq!(found, ["/body/file contentType", "/body/pages maxItems", "/body/title maxLength"]);
}

#[tokio::test]
async fn null_has_no_text() {
    let stub = Stub::default();
    let mut body = body();
    body.note = Tristate::Null;
    let error = stub.client().upload(&upload::Request::new(body)).response().await.unwrap_err();
    assert_eq!(error.to_string(), "form field `note` is null, for which a form has no text");
    assert!(stub.seen().uploads.is_empty());
}

#[tokio::test]
async fn no_name_leaves_its_header() {
    let stub = Stub::default();
    let file = csv("x").with_name("a\"\r\nX-Evil: 1\r\n\r\n").with_media_type("text/csv; a=\"\r\nX-Evil: 1\"");
    let mut body = body();
    body.file = file;
    stub.client().upload(&upload::Request::new(body)).response().await.unwrap();
    let seen = stub.seen().uploads.pop().unwrap();
    assert!(!seen.file.headers.contains_key("x-evil"), "{:?}", seen.file);
    assert_eq!(seen.file.content, ByteStream::from("x"));
}
