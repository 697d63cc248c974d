//! A generated router: what no typed client would send, and everything that HTTP itself wants.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Limited};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::http_sample::server::{router, router_with};
use super::http_team::Team;
use crate::support::http::RawResponse;
use crate::support::server::{CheckResponses, Options, Refusal};

/// A response as far as the tests look at it.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) status: u16,
    pub(super) headers: http::HeaderMap,
    pub(super) text: String,
}

impl Seen {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }
}

pub(super) async fn ask_of(router: Router, request: Request<Body>) -> Seen {
    super::log::watch();
    let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Seen { status: parts.status.as_u16(), headers: parts.headers, text: String::from_utf8(bytes.into()).unwrap() }
}

/// `PATCH /v1/team/users/7` and lines such as `authorization: Bearer good`.
async fn ask(line: &str, headers: &[&str], body: impl Into<Body>) -> Seen {
    ask_of(router(Team), request(line, headers, body)).await
}

pub(super) fn request(line: &str, headers: &[&str], body: impl Into<Body>) -> Request<Body> {
    let (method, uri) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(uri);
    for header in headers {
        let (name, value) = header.split_once(": ").unwrap();
        request = request.header(name, value);
    }
    request.body(body.into()).unwrap()
}

pub(super) const UPDATE: &str = "PATCH /v1/team/users/7";
pub(super) const GOOD: &str = "authorization: Bearer good";
pub(super) const JSON: &str = "content-type: application/json";

#[tokio::test]
async fn a_valid_request_is_handled() {
    for media_type in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
        "application/json; charset='utf-8'",
        "application/json; charset=ISO-8859-1",
    ] {
        let header = format!("content-type: {media_type}");
        let seen = ask(UPDATE, &[GOOD, &header], r#"{"name":"Jo"}"#).await;
        assert_eq!((seen.status, &seen.json()["name"]), (200, &json!("Jo")), "{media_type}");
        assert_eq!(seen.header("content-type"), "application/json");
    }
}

#[tokio::test]
async fn nobody_gets_past_the_gate() {
    let body = r#"{"name":"Jo"}"#;
    for credentials in [
        "x-nothing: 1",
        "authorization: Bearer",
        "authorization: Bearer ",
        "authorization: Bearer wrong",
        "authorization: good",
        "authorization: Digest good",
        "authorization: Basic good",
        "authorization: Basic am86cGEkJA==",
        "authorization: Basic /w==",
    ] {
        let seen = ask(UPDATE, &[credentials, JSON], body).await;
        assert_eq!(seen.status, 401, "{credentials}");
        assert_eq!(seen.json(), json!({"message": "credentials are missing or not valid"}), "{credentials}");
        let challenges: Vec<_> = seen.headers.get_all("www-authenticate").iter().collect();
        assert!(challenges[0].to_str().unwrap().starts_with("Bearer"), "{challenges:?}");
        assert_eq!(challenges[1], "Basic realm=\"api\", charset=\"UTF-8\"");
    }
    let twice = ask(UPDATE, &[GOOD, "authorization: Bearer wrong", JSON], body).await;
    assert_eq!(twice.status, 401);
}

#[tokio::test]
async fn the_gate_comes_before_the_input() {
    let seen = ask("PATCH /v1/team/users/x", &["content-type: text/plain"], "{").await;
    assert_eq!(seen.status, 401);
}

#[tokio::test]
async fn each_alternative_admits() {
    for credentials in [GOOD, "authorization: bearer good", "authorization: Basic am86cGEkJDp3b3Jk"] {
        let seen = ask(UPDATE, &[credentials, JSON], r#"{"name":"Jo"}"#).await;
        assert_eq!(seen.status, 200, "{credentials}");
    }
}

#[tokio::test]
async fn scopes_and_anonymous_access() {
    let list = "GET /v1/team/users";
    let anonymous = ask(list, &[], "").await;
    assert_eq!(anonymous.json()["data"][0]["name"], "nobody");
    let known = ask(list, &[GOOD], "").await;
    assert_eq!(known.json()["data"][0]["name"], "token");
    let wrong = ask(list, &["authorization: Bearer wrong"], "").await;
    assert_eq!((wrong.status, wrong.header("www-authenticate")), (401, "Bearer error=\"invalid_token\""));
    let narrow = ask(list, &["authorization: Bearer narrow"], "").await;
    assert_eq!(narrow.status, 403);
    assert_eq!(narrow.header("www-authenticate"), "Bearer error=\"insufficient_scope\", scope=\"users:read\"");
    assert_eq!(narrow.header("content-type"), "application/problem+json");
    let offline = ask(list, &["authorization: Bearer offline"], "").await;
    assert_eq!(offline.status, 503);
    assert!(!offline.text.contains("10.0.0.7"), "{}", offline.text);
}

#[tokio::test]
async fn everything_wrong_is_told_at_once_in_the_declared_schema() {
    let body = r#"{"name":"","email":7,"roles":["", "ok", 3]}"#;
    let seen = ask("PATCH /v1/team/users/seven", &[GOOD, JSON], body).await;
    assert_eq!((seen.status, seen.header("content-type")), (422, "application/json"));
    let body = seen.json();
    let fields: Vec<_> = body["errors"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(fields, ["email", "name", "roles.0", "roles.2", "user"]);
    assert!(body["errors"]["user"][0].is_string());
    assert!(body["message"].as_str().unwrap().ends_with("(and 4 more)"), "{body}");
}

#[tokio::test]
async fn each_violation_is_an_element_where_the_schema_has_a_list() {
    let seen = ask("PUT /api/sys/users", &[JSON], r#"{"name":"","password":"short"}"#).await;
    assert_eq!(seen.status, 400);
    let body = seen.json();
    assert_eq!(body["WasSuccessful"], json!(false));
    let names: Vec<_> = body["Errors"].as_array().unwrap().iter().map(|it| it["PropertyName"].clone()).collect();
    assert_eq!(names, ["name", "password"]);
    assert!(!seen.text.contains("short"));
}

#[tokio::test]
async fn problems_are_the_answer_where_nothing_is_declared() {
    let seen = ask("GET /v1/team/users?page=0&page=1&roles=a|b|c|d", &[], "").await;
    assert_eq!((seen.status, seen.header("content-type")), (400, "application/problem+json"));
    let problem = seen.json();
    assert_eq!(problem["status"], json!(400));
    assert_eq!(problem["title"], json!("Bad Request"));
    let found: Vec<_> = problem["violations"].as_array().unwrap().iter().map(|it| &it["pointer"]).collect();
    assert_eq!(found, [&json!("/query/page"), &json!("/query/roles")]);
}

#[tokio::test]
async fn bodies_that_cannot_be_read() {
    for (body, field) in [("{", "body"), ("", "body"), (r#"{"name":"Jo"}x"#, "body"), ("[]", "body"), ("{}", "body")] {
        let seen = ask(UPDATE, &[GOOD, JSON], body).await;
        assert_eq!(seen.status, 422, "{body}");
        assert!(seen.json()["errors"][field].is_array(), "{body}: {}", seen.text);
    }
    let deep = "[".repeat(100_000);
    assert_eq!(ask(UPDATE, &[GOOD, JSON], deep).await.status, 422);
}

#[tokio::test]
async fn media_types_are_checked() {
    let body = r#"{"name":"Jo"}"#;
    for headers in [
        &[GOOD][..],
        &[GOOD, "content-type: text/plain"],
        &[GOOD, "content-type: application/xml"],
        &[GOOD, "content-type: nonsense"],
        &[GOOD, JSON, "content-encoding: gzip"],
    ] {
        let seen = ask(UPDATE, headers, body).await;
        assert_eq!((seen.status, seen.header("accept")), (415, "application/json"), "{headers:?}");
        let coding = if headers.len() == 3 { "identity" } else { "" };
        assert_eq!(seen.header("accept-encoding"), coding, "{headers:?}: {}", seen.text);
    }
    for coding in ["identity", "Identity", ""] {
        let coding = format!("content-encoding: {coding}");
        assert_eq!(ask(UPDATE, &[GOOD, JSON, &coding], body).await.status, 200, "{coding}");
    }
    for (accept, status) in [
        ("*/*", 200),
        ("application/*;q=0.1", 200),
        ("text/html, application/json", 200),
        ("text/html", 406),
        ("application/json;q=0", 406),
        ("application/json;q=0, */*", 406),
        ("text/html;q=0.5, */*;q=0.1", 200),
    ] {
        let accept = format!("accept: {accept}");
        let seen = ask(UPDATE, &[GOOD, JSON, &accept], body).await;
        assert_eq!(seen.status, status, "{accept}");
    }
}

#[tokio::test]
async fn bodies_have_a_limit() {
    let options = Options { body_limit: 20, ..Options::default() };
    let router = router_with(Arc::new(Team), options);
    let fits = request(UPDATE, &[GOOD, JSON], r#"{"name":"12345678"}"#);
    assert_eq!(ask_of(router.clone(), fits).await.status, 200);
    let longer = request(UPDATE, &[GOOD, JSON], r#"{"name":"1234567890"}"#);
    assert_eq!(ask_of(router.clone(), longer).await.status, 413);
    let announced = request(UPDATE, &[GOOD, JSON, "content-length: 21"], "");
    assert_eq!(ask_of(router.clone(), announced).await.status, 413);
    let chunks = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>("0123456789"));
    let endless = request(UPDATE, &[GOOD, JSON], Body::from_stream(chunks));
    assert_eq!(ask_of(router.clone(), endless).await.status, 413);
    let layered = request(UPDATE, &[GOOD, JSON], Body::new(Limited::new(Body::from(r#"{"name":"1234"}"#), 10)));
    let seen = ask_of(router, layered).await;
    assert_eq!((seen.status, &seen.json()["detail"]), (413, &json!("the body is too large")));
}

#[tokio::test]
async fn paths_and_methods() {
    for path in ["/", "/v1", "/v1/team/users/", "/v1/team/users/7/8", "/V1/team/users", "/v1/team/users/%ff/x"] {
        let seen = ask(&format!("GET {path}"), &[], "").await;
        assert_eq!((seen.status, seen.header("content-type")), (404, "application/problem+json"), "{path}");
    }
    assert_eq!(ask("GET /v1/team/%75sers", &[], "").await.status, 200);
    let seen = ask("DELETE /v1/team/users/7", &[], "").await;
    assert_eq!((seen.status, seen.header("allow")), (405, "OPTIONS, PATCH"));
    let seen = ask("GET /v1/team/users/7", &[], "").await;
    assert_eq!(seen.status, 405);
    let seen = ask("BREW /v1/team/users", &[], "").await;
    assert_eq!((seen.status, seen.header("allow")), (405, "GET, HEAD, OPTIONS"));
    let seen = ask("OPTIONS /v1/team/users", &[], "").await;
    assert_eq!((seen.status, seen.header("allow"), &*seen.text), (204, "GET, HEAD, OPTIONS", ""));
}

#[tokio::test]
async fn head_is_get_without_its_body() {
    let get = ask("GET /v1/team/users", &[], "").await;
    let head = ask("HEAD /v1/team/users", &[], "").await;
    assert_eq!((head.status, &*head.text), (200, ""));
    assert_eq!(head.header("content-length"), get.text.len().to_string());
    assert_eq!(head.header("content-type"), get.header("content-type"));
}

#[tokio::test]
async fn path_parameters_are_decoded_once() {
    for (segment, status) in
        [("%37", 200), ("7%2F", 422), ("%ff", 422), ("+7", 422), ("7.0", 422), ("99999999999999999999", 422)]
    {
        let seen = ask(&format!("PATCH /v1/team/users/{segment}"), &[GOOD, JSON], r#"{"name":"Jo"}"#).await;
        assert_eq!(seen.status, status, "{segment}: {}", seen.text);
    }
}

#[tokio::test]
async fn names_of_the_query_that_cannot_be_read_are_refused() {
    for (query, status) in [("%6Fther=1", 200), ("%zz=1", 400), ("other=1&50%", 400), ("%ff", 400)] {
        let seen = ask(&format!("GET /v1/team/users?{query}"), &[], "").await;
        assert_eq!(seen.status, status, "{query}: {}", seen.text);
    }
}

#[tokio::test]
async fn request_ids_are_echoed_or_made() {
    let given = ask("GET /v1/team/users", &["x-request-id: abc-123"], "").await;
    assert_eq!(given.header("x-request-id"), "abc-123");
    let (one, two) = (ask("GET /", &[], "").await, ask("GET /", &[], "").await);
    assert_eq!(one.header("x-request-id").len(), 32);
    assert_ne!(one.header("x-request-id"), two.header("x-request-id"));
    let long = format!("x-request-id: {}", "a".repeat(129));
    assert_eq!(ask("GET /", &[&long], "").await.header("x-request-id").len(), 32);
}

#[tokio::test]
async fn failures_and_panics_tell_the_client_nothing() {
    for user in [500, 501] {
        let seen = ask(&format!("PATCH /v1/team/users/{user}"), &[GOOD, JSON], r#"{"name":"Jo"}"#).await;
        assert_eq!((seen.status, seen.header("content-type")), (500, "application/problem+json"));
        assert!(!seen.text.contains("10.0.0"), "{}", seen.text);
    }
}

#[tokio::test]
async fn responses_are_checked_on_request() {
    for (user, undocumented) in [(7, false), (402, true), (418, true)] {
        let line = format!("PATCH /v1/team/users/{user}");
        for check_responses in [CheckResponses::Off, CheckResponses::Log, CheckResponses::Fail] {
            let router = router_with(Arc::new(Team), Options { check_responses, ..Options::default() });
            let seen = ask_of(router, request(&line, &[GOOD, JSON], r#"{"name":"Jo"}"#)).await;
            let fails = undocumented && check_responses == CheckResponses::Fail;
            assert_eq!(seen.status == 500, fails, "{user} {check_responses:?}");
        }
    }
}

#[tokio::test]
async fn the_application_may_answer_refusals_itself() {
    let own = |refusal: &Refusal, operation: Option<&crate::support::http::Operation>| {
        let text = format!("{} {}", operation.map_or("none", |it| it.id), refusal.status(operation).as_u16());
        (!matches!(refusal, Refusal::NotFound)).then(|| RawResponse::bytes(418, "text/plain", text).into())
    };
    let options = Options { on_refusal: Some(Arc::new(own)), ..Options::default() };
    let router = router_with(Arc::new(Team), options);
    let seen = ask_of(router.clone(), request(UPDATE, &[GOOD, JSON], "{")).await;
    assert_eq!((seen.status, &*seen.text), (418, "updateTeamUser 422"));
    let seen = ask_of(router, request("GET /nowhere", &[], "")).await;
    assert_eq!(seen.status, StatusCode::NOT_FOUND.as_u16());
}

#[tokio::test]
async fn routers_nest_and_merge() {
    let nested = Router::new().nest("/team", router(Team));
    assert_eq!(ask_of(nested, request("GET /team/v1/team/users", &[], "")).await.status, 200);
    let merged =
        router(Team).reset_fallback().merge(Router::new().route("/health", axum::routing::get(|| async { "up" })));
    assert_eq!(ask_of(merged.clone(), request("GET /health", &[], "")).await.text, "up");
    assert_eq!(ask_of(merged, request("PATCH /v1/team/users/7", &[], "")).await.status, 401);
}
