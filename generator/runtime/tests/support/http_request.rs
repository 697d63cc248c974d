//! The request at hand, what an application says of its failures, and how long anything may take.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use futures_util::{StreamExt, stream};
use serde_json::json;

use super::http_sample::server::{router, router_with};
use super::http_server::{GOOD, JSON, Seen, UPDATE, ask_of, request};
use super::http_team::{Session, Team};
use super::log::logged;
use crate::support::server::Options;

const BODY: &str = r#"{"name":"Jo"}"#;

async fn update(router: Router, user: u16, headers: &[&str]) -> Seen {
    let headers: Vec<_> = [GOOD, JSON].iter().chain(headers).copied().collect();
    ask_of(router, request(&format!("PATCH /v1/team/users/{user}?x=1"), &headers, BODY)).await
}

#[tokio::test]
async fn a_handler_has_the_request_at_hand() {
    let peer = ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 40)));
    let layered = router(Team).layer(Extension(Session("jo"))).layer(Extension(peer));
    let seen = update(layered, 700, &["traceparent: 00-ab-cd-01"]).await;
    assert_eq!((seen.status, &seen.json()["name"]), (200, &json!("seen")));
    assert_eq!(seen.header("x-seen"), "PATCH /v1/team/users/700?x=1 updateTeamUser");
    assert_eq!((seen.header("x-trace"), seen.header("x-peer")), ("00-ab-cd-01", "192.0.2.7:40"));
    let bare = update(router(Team), 700, &[]).await;
    assert_eq!((bare.header("x-trace"), bare.header("x-peer")), ("none", "nobody"));
}

#[tokio::test]
async fn a_typed_response_gets_headers_that_the_document_does_not_have() {
    let seen = update(router(Team).layer(Extension(Session("jo"))), 700, &[]).await;
    assert_eq!((seen.header("location"), seen.header("content-type")), ("/v1/team/users/700", "application/json"));
    let cookies: Vec<_> = seen.headers.get_all("set-cookie").iter().map(|it| it.to_str().unwrap()).collect();
    assert_eq!(cookies, ["session=jo", "theme=dark  x-injected: 1"]);
    assert_eq!(seen.header("x-injected"), "", "no text becomes a header of its own");
}

#[tokio::test]
async fn an_application_says_what_clients_hear_of_its_errors() {
    for (user, status, media_type, body) in [
        (604, 404, "application/json", json!({"message": "there is no user 604"})),
        (605, 404, "application/json", json!({"message": "gone for good"})),
        (606, 404, "application/json", json!({"message": "no body of ours"})),
    ] {
        let seen = update(router(Team), user, &[]).await;
        assert_eq!((seen.status, seen.header("content-type"), seen.json()), (status, media_type, body), "{user}");
    }
    let conflict = update(router(Team), 609, &[]).await;
    assert_eq!((conflict.status, conflict.header("content-type")), (409, "application/problem+json"));
    assert_eq!((conflict.header("etag"), &conflict.json()["detail"]), ("\"7\"", &json!("somebody was faster")));
    let gateway = update(router(Team), 629, &[]).await;
    assert_eq!(gateway.status, 502);
    assert!(!gateway.text.contains("10.0.0.9"), "{}", gateway.text);
}

#[test]
fn the_log_has_what_the_application_wants_of_a_failure() {
    let told = |user| logged(update(router(Team), user, &[]));
    assert_eq!(told(500), ["ERROR the request failed"]);
    assert_eq!(told(604), ["DEBUG the request failed"]);
    assert_eq!(told(606), ["DEBUG the request failed", "WARN the body of the failure is not as documented"]);
    assert_eq!(told(629), ["WARN the request failed"]);
    assert_eq!(told(650), [""; 0]);
}

#[test]
fn what_is_logged_of_a_refusal_is_in_the_span_of_its_request() {
    assert_eq!(logged(update(router(Team), 7, &["accept: text/html"])), ["DEBUG the request is refused"]);
    for line in ["GET /nowhere", "DELETE /v1/team/users/7"] {
        assert_eq!(logged(ask_of(router(Team), request(line, &[], ""))), ["DEBUG the request is refused"], "{line}");
    }
}

/// A body that begins and never ends.
fn stalled() -> Body {
    let first = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"{"))]);
    Body::from_stream(first.chain(stream::pending()))
}

const SHORT: Option<Duration> = Some(Duration::from_millis(50));

fn timed(body_timeout: Option<Duration>, call_timeout: Option<Duration>) -> Router {
    router_with(Arc::new(Team), Options { body_timeout, call_timeout, ..Options::default() })
}

#[tokio::test]
async fn stalled_bodies_have_a_time() {
    let router = timed(SHORT, None);
    let requests = (0..900).map(|_| ask_of(router.clone(), request(UPDATE, &[GOOD, JSON], stalled())));
    for seen in futures_util::future::join_all(requests).await {
        assert_eq!((seen.status, seen.header("content-type")), (408, "application/problem+json"));
    }
    // Whoever may not call waits for nothing.
    assert_eq!(ask_of(timed(None, None), request(UPDATE, &[JSON], stalled())).await.status, 401);
}

#[tokio::test]
async fn a_call_has_a_time() {
    let seen = update(timed(None, SHORT), 900, &[]).await;
    assert_eq!((seen.status, seen.header("retry-after")), (503, "1"));
    assert_eq!(update(timed(SHORT, SHORT), 7, &[]).await.status, 200);
}

#[tokio::test]
async fn times_are_on_by_default_and_can_be_off() {
    let Options { body_timeout, call_timeout, .. } = Options::default();
    assert_eq!((body_timeout, call_timeout), (Some(Duration::from_secs(30)), Some(Duration::from_secs(60))));
    let body = ask_of(timed(None, None), request(UPDATE, &[GOOD, JSON], stalled()));
    assert!(tokio::time::timeout(Duration::from_millis(200), body).await.is_err());
    let call = update(timed(None, None), 900, &[]);
    assert!(tokio::time::timeout(Duration::from_millis(200), call).await.is_err());
}
