//! The server as somebody would write it: axum and plain serde, nothing checked.

#[path = "../by_hand.rs"]
mod models;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use models::{Document, ListDocument, Moment, UpdateUser};
use serde::Serialize;

struct Shared {
    document: Document<Moment>,
    list: ListDocument<Moment>,
}

pub(crate) fn router() -> Router {
    let document = serde_json::from_str(crate::DOCUMENT).unwrap();
    let list = serde_json::from_str(&crate::list()).unwrap();
    Router::new()
        .route("/company/users/update", post(update))
        .route("/company/users", get(list_users))
        .with_state(Arc::new(Shared { document, list }))
}

async fn update(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_admitted(&headers) {
        return refused(StatusCode::UNAUTHORIZED);
    }
    let (Some(_company), Ok(update)) = (company(&headers), serde_json::from_slice::<UpdateUser>(&body)) else {
        return refused(StatusCode::UNPROCESSABLE_ENTITY);
    };
    std::hint::black_box(update);
    json(&shared.document.clone())
}

async fn list_users(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    if !is_admitted(&headers) {
        return refused(StatusCode::UNAUTHORIZED);
    }
    let Some(_company) = company(&headers) else { return refused(StatusCode::UNPROCESSABLE_ENTITY) };
    json(&shared.list.clone())
}

fn is_admitted(headers: &HeaderMap) -> bool {
    let token = headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok()?.strip_prefix("Bearer "));
    token == Some("demo")
}

fn company(headers: &HeaderMap) -> Option<i64> {
    headers.get("X-NU-COMPANY-ID")?.to_str().ok()?.parse().ok()
}

fn json(value: &impl Serialize) -> Response {
    let body = serde_json::to_vec(value).unwrap();
    Response::builder().header(header::CONTENT_TYPE, "application/json").body(body.into()).unwrap()
}

fn refused(status: StatusCode) -> Response {
    Response::builder().status(status).body(Body::empty()).unwrap()
}
