//! Refusals stand in the form that the operation has for their status, whatever that is.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use futures_util::{StreamExt, stream};
use programs::refusals::operations::*;
use programs::refusals::server::{Api, routes};
use programs::support::Direction;
use programs::support::http::Operation;
use programs::support::server::{Bearer, Context, Denied, Failure, Options};
use serde_json::{Value, json};
use tower::ServiceExt;

/// Handlers that fail in every way, by the name that is sent.
struct Failing;

async fn fail(name: Option<String>) -> Failure {
    match name.as_deref() {
        Some("panic") => panic!("a bug at 10.0.0.9"),
        Some("wait") => std::future::pending().await,
        Some("conflict") => Failure::new(StatusCode::CONFLICT).with_message("<b>somebody</b> was faster"),
        _ => "the database at 10.0.0.8 is down".into(),
    }
}

macro_rules! failing {
    ($($operation:ident)*) => {
        const OPERATIONS: &[&Operation] = &[$(&$operation::OPERATION),*];

        impl Api for Failing {
            type Principal = ();
            type Error = Failure;

            async fn token(&self, token: Bearer, _: &'static [&'static str], _: &Context) -> Result<(), Denied> {
                match token.0.expose().as_str() {
                    "good" => Ok(()),
                    "lesser" => Err(Denied::Forbidden { scopes: &[] }),
                    "offline" => Err(Denied::Unavailable("no directory at 10.0.0.7".into())),
                    _ => Err(Denied::Unauthorized),
                }
            }

            $(
                async fn $operation(&self, (): (), request: $operation::Request, _: &Context) -> Result<$operation::Response, Failure> {
                    Err(fail(request.body.and_then(|it| it.name)).await)
                }
            )*
        }
    };
}

failing! { message nested listed unknown bounded html either untyped given bare told }

struct Seen {
    status: StatusCode,
    media_type: String,
    body: String,
}

const GOOD: &str = "authorization: Bearer good";
const JSON: &str = "content-type: application/json";

fn router() -> Router {
    let times = Some(Duration::from_millis(40));
    let options = Options { body_limit: 64, body_timeout: times, call_timeout: times, ..Options::default() };
    routes(&Arc::new(Failing)).finish(options)
}

async fn ask(router: Router, target: String, headers: &[&str], body: impl Into<Body>) -> Seen {
    let mut request = Request::post(target);
    for header in headers {
        let (name, value) = header.split_once(": ").unwrap();
        request = request.header(name, value);
    }
    let response = router.oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let text = |headers: &HeaderMap, name| headers.get(name).map_or("", |it| it.to_str().unwrap()).to_owned();
    let media_type = text(&parts.headers, "content-type");
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Seen { status: parts.status, media_type, body: String::from_utf8(body.to_vec()).unwrap() }
}

/// The answer is what the document has for its status, or a problem where that is nothing.
fn is_as_declared(operation: &Operation, seen: &Seen) {
    let case = format!("{} {}: {} {}", operation.id, seen.status, seen.media_type, seen.body);
    assert!(!seen.body.contains("10.0.0"), "{case}");
    let declared = operation.response(seen.status).map_or(&[][..], |it| it.content());
    if declared.is_empty() {
        assert_eq!(seen.media_type, "application/problem+json", "{case}");
        return;
    }
    let content = declared.iter().find(|it| it.media_type == seen.media_type);
    let content = content.unwrap_or_else(|| panic!("the media type is not documented: {case}"));
    let is_json = seen.media_type.ends_with("json");
    let body: Value = if is_json { serde_json::from_str(&seen.body).unwrap() } else { json!(seen.body) };
    if let Some(schema) = content.schema {
        let violations = operation.schemas.check(schema, &body, Direction::Response);
        assert!(violations.is_empty(), "{case}: {violations}");
    }
}

fn stalled() -> Body {
    Body::from_stream(stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"{"))]).chain(stream::pending()))
}

#[tokio::test]
async fn every_refusal_of_every_operation_is_as_declared() {
    let cases: &[(u16, &str, &[&str], &str)] = &[
        (401, "", &[JSON], "{}"),
        (401, "", &[JSON, "authorization: Bearer bad"], "{}"),
        (403, "", &[JSON, "authorization: Bearer lesser"], "{}"),
        (503, "", &[JSON, "authorization: Bearer offline"], "{}"),
        (406, "", &[JSON, GOOD, "accept: image/gif"], "{}"),
        (413, "", &[JSON, GOOD, "content-length: 65"], "{}"),
        (415, "", &["content-type: text/csv", GOOD], "a,b"),
        (0, "?page=x", &[JSON, GOOD], "{}"),
        (0, "?page=7", &[JSON, GOOD], r#"{"name":7,"<i>":1,"more":2}"#),
        (0, "", &[JSON, GOOD], "{"),
        (500, "", &[JSON, GOOD], "{}"),
        (500, "", &[JSON, GOOD], r#"{"name":"panic"}"#),
        (503, "", &[JSON, GOOD], r#"{"name":"wait"}"#),
        (409, "", &[JSON, GOOD], r#"{"name":"conflict"}"#),
    ];
    for operation in OPERATIONS {
        for (status, query, headers, body) in cases {
            let seen = ask(router(), format!("{}{query}", operation.path), headers, *body).await;
            let expected =
                if *status == 0 { matches!(seen.status.as_u16(), 400 | 422) } else { seen.status == *status };
            assert!(expected, "{} {body}: {}", operation.id, seen.status);
            is_as_declared(operation, &seen);
        }
        let seen = ask(router(), operation.path.to_owned(), &[JSON, GOOD], stalled()).await;
        assert_eq!(seen.status, 408);
        is_as_declared(operation, &seen);
        let none = routes(&Arc::new(Failing)).not_implemented(|_| true).finish(Options::default());
        let seen = ask(none, operation.path.to_owned(), &[], "").await;
        assert_eq!(seen.status, 501);
        is_as_declared(operation, &seen);
    }
}

async fn refused(operation: &Operation) -> Value {
    let seen = ask(router(), format!("{}?page=7", operation.path), &[JSON, GOOD], r#"{"name":7}"#).await;
    serde_json::from_str(&seen.body).unwrap()
}

#[tokio::test]
async fn members_that_people_recognize_say_what_is_wrong() {
    let summary = "/body/name: must be a string (type) (and 1 more)";
    let message = refused(&message::OPERATION).await;
    assert_eq!(message, json!({ "message": summary, "code": "bad_request" }));
    let nested = refused(&nested::OPERATION).await;
    assert_eq!((&nested["error"]["code"], &nested["error"]["message"]), (&json!(400), &json!(summary)));
    let details = nested["error"]["details"].as_array().unwrap();
    let fields: Vec<_> = details.iter().map(|it| (&it["field"], &it["issue"])).collect();
    assert_eq!(fields, [(&json!("name"), &json!("invalid")), (&json!("page"), &json!("invalid"))]);
    let listed = refused(&listed::OPERATION).await;
    assert_eq!(listed["errors"][0]["detail"], "must be a string");
    assert_eq!(listed["errors"][0]["source"], json!({ "pointer": "/body/name" }));
    let given = refused(&given::OPERATION).await;
    assert_eq!(given["all"], json!(["name must be a string", "page must be at most 5"]));
    assert_eq!(refused(&either::OPERATION).await["detail"], summary);
    assert_eq!(refused(&told::OPERATION).await, summary, "a component may be a text alone");
}

#[tokio::test]
async fn where_nothing_is_recognized_a_sample_is_the_answer() {
    assert_eq!(refused(&unknown::OPERATION).await["kind"], "fault");
    let bounded = refused(&bounded::OPERATION).await;
    assert_eq!(bounded["code"], "E1");
    assert!(bounded["message"].as_str().is_some_and(|it| it.len() <= 12), "{bounded}");
}

#[tokio::test]
async fn what_is_asked_for_decides_between_forms_and_pages_hold_no_marks() {
    let plain = [JSON, GOOD, "accept: application/json, text/plain"];
    let seen = ask(router(), "/either".to_owned(), &plain, "{").await;
    assert_eq!((&*seen.media_type, &*seen.body), ("text/plain", "/body: is not well-formed JSON (line 1, column 1) (json)"));
    let seen = ask(router(), "/html".to_owned(), &[JSON, GOOD], r#"{"name":"conflict"}"#).await;
    assert!(seen.body.contains("&lt;b&gt;somebody&lt;/b&gt; was faster"), "{}", seen.body);
}
