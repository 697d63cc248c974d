//! Paths, queries, headers, and bodies that nobody names a type of.

use std::collections::BTreeMap;

use axum::Router;
use axum::response::IntoResponse as _;
use axum::routing::get;
use programs::arrivals::operations::{compare, find, get_file, get_note, on_ping};
use programs::arrivals::receiver::{Webhooks, webhooks_router};
use programs::support::client::Leniency;
use programs::support::server::{Context, Delivery, Denied, Failure};

use crate::{Failed, Server, ask, body_text, client_of};

#[tokio::test]
async fn values_of_one_segment_are_kept_apart() -> Result<(), Failed> {
    let server = Server::default();
    let client = server.client()?;
    for (name, extension) in [("a", "gz"), ("a", "tar.gz"), ("a.tar", "gz"), ("é.b", "c/d"), ("a..", "b"), (".a", "b"), ("", "b"), ("a", "")] {
        client.get_file(&get_file::Request::new(name, extension)).await?;
        assert_eq!(server.heard(), format!("{name} {extension}"));
    }
    for (base, head) in [("v1.0", "v1.1"), ("a.", "b"), ("a", ".b"), ("a...b", "c"), ("a", "b...c")] {
        client.compare(&compare::Request::new(base, head)).await?;
        assert_eq!(server.heard(), format!("{base} {head}"));
    }
    // A dot in front may be that of a style, and stays.
    let error = client.get_file(&get_file::Request::new(".a.b", "c")).await.unwrap_err().to_string();
    assert_eq!(error, "path `/files/{name}.{extension}` has values that the text between them does not keep apart");
    let router = server.router();
    for (path, heard) in [("a.tar.gz", "a tar.gz"), ("a%2Etar.gz", "a.tar gz"), (".gz", " gz"), ("..gz", ". gz")] {
        assert_eq!(ask(&router, &format!("GET /files/{path}"), &[], "").await.status(), 204, "{path}");
        assert_eq!(server.heard(), heard, "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn a_query_arrives_or_is_not_sent() -> Result<(), Failed> {
    let server = Server::default();
    let client = server.client()?;
    let words = |all: &[&str]| find::Request::new().with_words(all.iter().map(|it| (*it).to_owned()).collect());
    client.find(&words(&["", ""])).await?;
    assert_eq!(server.heard(), r#"Some(["", ""]) None"#);
    let error = client.find(&words(&[""])).await.unwrap_err().to_string();
    assert_eq!(error, "query parameter `words` has an empty text as its only item, which is read as no item");
    for name in ["a][b", "a]", "[b"] {
        let deep = BTreeMap::from([(name.to_owned(), "x".to_owned())]);
        let error = client.find(&find::Request::new().with_deep(deep)).await.unwrap_err().to_string();
        assert!(error.starts_with("query parameter `deep` has a name that holds a bracket"), "{error}");
    }
    let long = "x".repeat(70_000);
    let error = client.find(&words(&[&long])).await.unwrap_err().to_string();
    assert_eq!(error, "request has a URL of more than 65,534 bytes, which no request can have");
    Ok(())
}

#[tokio::test]
async fn any_body_may_come_without_a_type() -> Result<(), Failed> {
    let server = Server::default();
    let router = server.router();
    assert_eq!(ask(&router, "PUT /any", &[], "bytes").await.status(), 204);
    assert_eq!(server.heard(), "application/octet-stream");
    assert_eq!(ask(&router, "PUT /any", &[("content-type", "text/csv")], "a;b").await.status(), 204);
    assert_eq!(server.heard(), "text/csv");
    assert_eq!(ask(&router, "PUT /any", &[], "").await.status(), 422, "nothing is no body");
    assert_eq!(ask(&router, "PUT /note", &[], "{}").await.status(), 415, "JSON is wanted by its name");
    Ok(())
}

#[tokio::test]
async fn a_problem_says_what_is_wrong_where_its_schema_is_open() -> Result<(), Failed> {
    let response = ask(&Server::default().router(), "PUT /note", &[("content-type", "application/json")], "{}").await;
    assert_eq!(response.status(), 422);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let problem: serde_json::Value = serde_json::from_str(&body_text(response).await)?;
    assert_eq!((&problem["title"], &problem["status"]), (&"Unprocessable Entity".into(), &422.into()));
    assert!(problem["detail"].as_str().is_some_and(|it| it.contains("/body/sku")), "{problem}");
    Ok(())
}

struct Doubts;

impl Webhooks for Doubts {
    type Error = Failure;

    async fn verify(&self, _: &Delivery) -> Result<(), Denied> {
        Err(Denied::Unauthorized)
    }

    async fn on_ping(&self, _: on_ping::Request, _: &Context) -> Result<on_ping::Response, Failure> {
        Ok(on_ping::Response::NoContent)
    }
}

/// There is no 401 without a challenge.
#[tokio::test]
async fn a_delivery_that_is_not_believed_is_challenged() {
    let response = ask(&webhooks_router(Doubts), "POST /ping", &[("content-type", "application/json")], "{}").await;
    assert_eq!(response.status(), 401);
    assert_eq!(response.headers()["www-authenticate"], "Signature realm=\"webhook\"");
}

#[tokio::test]
async fn text_in_another_encoding_is_called_that() -> Result<(), Failed> {
    let said = |charset: &'static str, body: &'static [u8]| {
        let respond = move || async move { ([("content-type", format!("text/plain; charset={charset}"))], body).into_response() };
        client_of(Router::new().route("/note", get(respond)))
    };
    let request = get_note::Request::new();
    for (charset, body, expected) in [("ISO-8859-1", &b"plain"[..], "plain"), ("windows-1252", b"", ""), ("UTF-8", "é".as_bytes(), "é")] {
        assert_eq!(said(charset, body)?.get_note(&request).await?, expected, "{charset}");
    }
    for (charset, body) in [("iso-8859-1", &b"\xe9"[..]), ("utf-16", b"a\0")] {
        let error = said(charset, body)?.get_note(&request).await.unwrap_err().to_string();
        let expected = format!("/header/Content-Type: is in `{charset}`, and text is read as UTF-8 (charset)");
        assert!(error.ends_with(&expected), "{error}");
    }
    let tolerant = said("latin1", "é".as_bytes())?.get_note(&request).leniency(Leniency::Tolerant).await?;
    assert_eq!(tolerant, "é");
    Ok(())
}
