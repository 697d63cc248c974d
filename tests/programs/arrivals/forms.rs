//! Forms and parts.

use std::collections::BTreeMap;

use programs::arrivals::models::form::{Either, MixedItem};
use programs::arrivals::models::{Form, Item, Open};
use programs::arrivals::operations::{send_form, send_open, send_parts, upload};
use programs::support::http::File;
use serde_json::{Value, json};

use crate::{Failed, Server, ask, body_text};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn form() -> Form {
    Form::new(vec!["a".to_owned(), String::new()])
}

fn object(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Sends a form in both media types, and gives what arrived.
async fn sent(form: &Form) -> Result<[Form; 2], String> {
    let server = Server::default();
    let client = server.client().map_err(|it| it.to_string())?;
    let urlencoded = client.send_form(&send_form::Request::new(form.clone())).await.map_err(|it| it.to_string());
    let parts = client.send_parts(&send_parts::Request::new(form.clone())).await.map_err(|it| it.to_string());
    assert_eq!(urlencoded, parts, "both have the same texts: {form:?}");
    urlencoded?;
    let mut seen = server.0.forms.lock().unwrap().drain(..).collect::<Vec<_>>();
    let second = seen.pop().ok_or("no parts")?;
    Ok([seen.pop().ok_or("no form")?, second])
}

#[tokio::test]
async fn values_of_every_form_arrive_as_they_are() -> Result<(), Failed> {
    let mixed = vec![MixedItem::String("a{".to_owned()), MixedItem::Object(BTreeMap::from([("b".to_owned(), json!([1]))]))];
    for form in [
        form().with_rows(vec![vec![1, 2], vec![], vec![3]]),
        form().with_rows(vec![vec![1, 2]]),
        form().with_any(json!({ "a": 1, "b": [true, null] })),
        form().with_any(json!(["a"])),
        form().with_any(json!(["a", "b"])),
        form().with_any(json!([["a"], { "b": 1 }])),
        form().with_any(json!([])),
        form().with_any(json!({})),
        form().with_any(json!("")),
        form().with_either(Either::String("a & b".to_owned())),
        form().with_either(Either::String("{ no JSON".to_owned())),
        form().with_either(Either::Item(Box::new(Item::new("a")))),
        form().with_items(vec![Item::new("a"), Item::new("b")]),
        form().with_items(vec![Item::new("a")]),
        form().with_mixed(mixed),
    ] {
        assert_eq!(sent(&form).await?, [form.clone(), form]);
    }
    // A form has no types but those of its document.
    let [five, _] = sent(&form().with_any(json!(5))).await?;
    assert_eq!(five.any, Some(json!("5")));
    Ok(())
}

#[tokio::test]
async fn what_would_arrive_as_something_else_is_not_sent() {
    let misread = |name: &str| format!("form field `{name}` has a value that is read as another one in the form of its document");
    for (form, expected) in [
        (Form::new(vec![]), "form field `tags` is required, and what is empty has no form in its style".to_owned()),
        (
            Form::new(vec![String::new()]),
            "form field `tags` has an empty text as its only item, which is read as no item".to_owned(),
        ),
        (form().with_any(json!("{\"a\":1}")), misread("any")),
        (form().with_any(json!("[]")), misread("any")),
        (form().with_any(json!([null])), String::new()),
        (form().with_any(Value::Null), "form field `any` is null, for which a form has no text".to_owned()),
        (form().with_mixed(vec![MixedItem::String(" {}".to_owned())]), misread("mixed")),
    ] {
        let arrived = sent(&form).await;
        if expected.is_empty() {
            assert_eq!(arrived, Ok([form.clone(), form]));
        } else {
            assert_eq!(arrived, Err(expected));
        }
    }
}

#[tokio::test]
async fn an_empty_list_that_may_be_left_out_is() -> Result<(), Failed> {
    let [seen, parts] = sent(&form().with_items(vec![]).with_rows(vec![])).await?;
    assert_eq!((seen.items, seen.rows, parts.items), (None, None, None));
    let server = Server::default();
    let empty = upload::Request::new(upload::Body::new(File::new("text"), vec![]));
    let error = server.client()?.upload(&empty).await.unwrap_err().to_string();
    assert_eq!(error, "form field `tags` is required, and what is empty has no form in its style");
    Ok(())
}

#[tokio::test]
async fn further_fields_are_as_their_schema_says() -> Result<(), Failed> {
    let server = Server::default();
    let body = Open(BTreeMap::from([("a".to_owned(), Item::new("x")), ("b c".to_owned(), Item::new("&"))]));
    server.client()?.send_open(&send_open::Request::new(body.clone())).await?;
    assert_eq!(server.0.open.lock().unwrap().pop(), Some(body));
    let router = server.router();
    let asked = async |text: &str| ask(&router, "POST /open", &[FORM], text).await;
    assert_eq!(asked("a=%7B%22sku%22%3A%22x%22%7D").await.status(), 204);
    for (text, status, what) in [("a=x", 400, "is not well-formed JSON"), ("a=%7B%7D", 422, "/body/a/sku")] {
        let response = asked(text).await;
        assert_eq!(response.status(), status, "{text}");
        assert!(body_text(response).await.contains(what), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn a_text_that_may_be_json_is_read_as_what_it_is() -> Result<(), Failed> {
    let server = Server::default();
    let router = server.router();
    for (text, any, either) in [
        ("tags=a&any=x&either=y", json!("x"), Either::String("y".to_owned())),
        ("tags=a&any=1&either=1", json!("1"), Either::String("1".to_owned())),
        ("tags=a&any=%7B%22b%22:1%7D&either=%7B%22sku%22:%22s%22%7D", object(r#"{"b":1}"#), Either::Item(Box::new(Item::new("s")))),
        ("tags=a&any=a&any=b&either=%7B", json!(["a", "b"]), Either::String("{".to_owned())),
        // A string is all that a list in the place of an object can be.
        ("tags=a&any=%5B1%5D&either=%5B1%5D", json!([1]), Either::String("[1]".to_owned())),
    ] {
        let response = ask(&router, "POST /forms", &[FORM], text).await;
        assert_eq!(response.status(), 204, "{text}");
        let seen = server.0.forms.lock().unwrap().pop().ok_or("nothing")?;
        assert_eq!((seen.any, seen.either), (Some(any), Some(either)), "{text}");
    }
    for (text, status) in [("tags=a&either=a&either=b", 422), ("tags=a&rows=x", 400), ("tags=a&any=%FF", 400)] {
        assert_eq!(ask(&router, "POST /forms", &[FORM], text).await.status(), status, "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn names_of_files_arrive() -> Result<(), Failed> {
    let server = Server::default();
    let client = server.client()?;
    let named = |name: &str| upload::Request::new(upload::Body::new(File::new("x").with_name(name), vec!["a".to_owned()]));
    for name in ["a \"b\".csv", "100%.csv", "%2", "é\r\nX-Evil: 1", "%41"] {
        client.upload(&named(name)).await?;
        let seen = server.0.uploads.lock().unwrap().pop().ok_or("nothing")?;
        assert_eq!(seen.file.name.as_deref(), Some(name));
        assert!(seen.file.headers.is_empty(), "{:?}", seen.file);
    }
    for name in ["100%22.csv", "a%0D", "%0A"] {
        let error = client.upload(&named(name)).await.unwrap_err().to_string();
        assert_eq!(error, "file name holds `%22`, `%0D` or `%0A`, which is read as what it escapes", "{name}");
    }
    Ok(())
}

/// As in documents of services that take one image or several, and a name that a file has already in its place.
#[tokio::test]
async fn one_file_or_several_or_a_text_in_its_place_are_files() -> Result<(), Failed> {
    let server = Server::default();
    let client = server.client()?;
    let bytes = |last: u8| File::new(vec![0xff, 0xd8, last]).with_name("a.jpg").with_media_type("image/jpeg");
    let body = || upload::Body::new(File::new("x"), vec!["a".to_owned()]);
    for body in [
        body().with_images(vec![bytes(1)]).with_photo(bytes(2)).with_scan(bytes(4)),
        body().with_images(vec![bytes(1), bytes(3)]),
        body().with_photo(File::new("file-12").with_media_type("text/plain")),
    ] {
        client.upload(&upload::Request::new(body.clone())).await?;
        let seen = server.0.uploads.lock().unwrap().pop().ok_or("nothing")?;
        assert_eq!((seen.images, seen.photo, seen.scan), (body.images, body.photo, body.scan));
    }
    let router = server.router();
    let text = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"tags\"\
                \r\n\r\na\r\n--b\r\nContent-Disposition: form-data; name=\"photo\"\r\n\r\nfile-12\r\n--b--\r\n";
    let response = ask(&router, "POST /uploads", &[("content-type", "multipart/form-data; boundary=b")], text).await;
    assert_eq!(response.status(), 204, "{}", body_text(response).await);
    let seen = server.0.uploads.lock().unwrap().pop().ok_or("nothing")?;
    assert_eq!(seen.photo.map(|it| it.content), Some("file-12".into()));
    Ok(())
}
