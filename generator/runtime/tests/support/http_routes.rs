//! Operations on their way into a router: some of them, several APIs, layers around one.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderValue, StatusCode};
use serde_json::json;

use super::http_sample::server::{router, routes};
use super::http_server::{GOOD, JSON, UPDATE, ask_of, request};
use super::http_team::Team;
use crate::support::server::{Options, Routes};

const BODY: &str = r#"{"name":"Jo"}"#;
const LIST: &str = "GET /v1/team/users";

fn team() -> Routes {
    routes(&Arc::new(Team))
}

async fn status(router: &Router, line: &str, headers: &[&str]) -> u16 {
    ask_of(router.clone(), request(line, headers, if line.starts_with("GET") { "" } else { BODY })).await.status
}

#[tokio::test]
async fn some_operations_are_not_implemented() {
    let router = team().not_implemented(|it| it.tags.contains(&"team")).finish(Options::default());
    assert_eq!(status(&router, LIST, &[]).await, 501);
    assert_eq!(status(&router, UPDATE, &[GOOD, JSON]).await, 501);
    assert_eq!(status(&router, "PUT /api/sys/users", &[JSON]).await, 200);
}

#[tokio::test]
async fn some_operations_are_not_routed() {
    let router = team().retain(|it| it.id != "listTeamUsers").finish(Options::default());
    assert_eq!(status(&router, LIST, &[]).await, 404);
    assert_eq!(status(&router, UPDATE, &[GOOD, JSON]).await, 200);
    assert_eq!(status(&router, UPDATE, &[JSON]).await, 401);
}

#[tokio::test]
async fn routes_of_several_implementations_merge() {
    let reading = team().retain(|it| it.method == "GET");
    let writing = team().retain(|it| it.method != "GET");
    let router = reading.merge(writing).finish(Options::default());
    assert_eq!(status(&router, LIST, &[]).await, 200);
    assert_eq!(status(&router, UPDATE, &[GOOD, JSON]).await, 200);
    let seen = ask_of(router.clone(), request("DELETE /v1/team/users", &[], "")).await;
    assert_eq!((seen.status, seen.header("allow")), (405, "GET, HEAD, OPTIONS"));
    assert_eq!(status(&router, "GET /nowhere", &[]).await, 404);
}

async fn marked(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().append("x-layer", HeaderValue::from_static("one"));
    response
}

async fn again(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().append("x-layer", HeaderValue::from_static("two"));
    response
}

#[tokio::test]
async fn layers_are_around_one_operation_a_tag_or_all() {
    let router = team()
        .layer_where(|it| it.id == "listTeamUsers", from_fn(marked))
        .layer_where(|it| it.tags.contains(&"team"), from_fn(again))
        .finish(Options::default());
    let layers = |line: &'static str| {
        let answer = ask_of(router.clone(), request(line, &[GOOD, JSON], BODY));
        async move {
            let seen = answer.await;
            assert_eq!(seen.header("x-request-id").len(), 32, "{line}");
            let layers: Vec<_> = seen.headers.get_all("x-layer").iter().map(|it| it.to_str().unwrap()).collect();
            (seen.status, layers.join(" "))
        }
    };
    assert_eq!(layers(LIST).await, (200, "one two".to_owned()));
    assert_eq!(layers("HEAD /v1/team/users").await, (200, "one two".to_owned()));
    assert_eq!(layers(UPDATE).await, (200, "two".to_owned()));
    assert_eq!(layers("PATCH /v1/team/users/x").await, (422, "two".to_owned()));
    assert_eq!(layers("PUT /api/sys/users").await, (200, String::new()));
    assert_eq!(layers("GET /nowhere").await, (404, String::new()));
    let all = team().layer(from_fn(marked)).finish(Options::default());
    let seen = ask_of(all, request("PUT /api/sys/users", &[JSON], BODY)).await;
    assert_eq!(seen.header("x-layer"), "one");
}

#[tokio::test]
async fn a_layer_lets_nobody_past_the_gate() {
    let router = team().layer(from_fn(marked)).finish(Options::default());
    let seen = ask_of(router.clone(), request(UPDATE, &[JSON], BODY)).await;
    assert_eq!((seen.status, seen.header("x-layer")), (401, "one"));
    let closed = team().layer(from_fn(async |_: Request, _: Next| StatusCode::IM_A_TEAPOT.into_response()));
    assert_eq!(status(&closed.finish(Options::default()), UPDATE, &[GOOD, JSON]).await, 418);
    // A layer that passes on a request of its own leads nowhere.
    let other = from_fn(async |_: Request, next: Next| next.run(request(UPDATE, &[GOOD, JSON], BODY)).await);
    assert_eq!(status(&team().layer(other).finish(Options::default()), UPDATE, &[GOOD, JSON]).await, 500);
}

#[tokio::test]
async fn an_api_stands_under_a_prefix_and_beside_other_routes() {
    let application = Router::new()
        .route("/health", get(async || "up"))
        .nest("/team", router(Team))
        .nest("/team/v2", router(Team))
        .fallback(async || (StatusCode::NOT_FOUND, "no such page"));
    assert_eq!(ask_of(application.clone(), request("GET /health", &[], "")).await.text, "up");
    assert_eq!(status(&application, "GET /team/v1/team/users", &[]).await, 200);
    assert_eq!(status(&application, "PATCH /team/v2/v1/team/users/7", &[GOOD, JSON]).await, 200);
    assert_eq!(status(&application, "PATCH /team/v2/v1/team/users/7", &[JSON]).await, 401);
    let inside = ask_of(application.clone(), request("GET /team/nowhere", &[], "")).await;
    assert_eq!((inside.status, &inside.json()["detail"]), (404, &json!("there is nothing at this path")));
    let outside = ask_of(application, request("GET /nowhere", &[], "")).await;
    assert_eq!((outside.status, &*outside.text), (404, "no such page"));
}
