//! The server as somebody would write it: axum and plain serde, nothing checked that they do not check.

#[path = "../by_hand.rs"]
pub(crate) mod models;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use models::{Document, ListDocument, Moment, UpdateUser};
use serde::Serialize;

struct Shared {
    document: Document<Moment>,
    list: ListDocument<Moment>,
}

pub(crate) fn router() -> Router {
    serve(post(update), get(list_users))
}

/// The same with no more than a look at the media type before `serde_json` has the body.
pub(crate) fn bare_router() -> Router {
    serve(post(bare_update), get(bare_list_users))
}

fn serve(update: MethodRouter<Arc<Shared>>, list_users: MethodRouter<Arc<Shared>>) -> Router {
    let document = serde_json::from_str(&crate::answers::document()).unwrap();
    let list = serde_json::from_str(&crate::answers::list()).unwrap();
    Router::new()
        .route("/company/users/update", update)
        .route("/company/users", list_users)
        .with_state(Arc::new(Shared { document, list }))
}

async fn update(
    caller: Caller,
    State(shared): State<Arc<Shared>>,
    Json(update): Json<UpdateUser>,
) -> Json<Document<Moment>> {
    std::hint::black_box((caller, update));
    Json(shared.document.clone())
}

async fn list_users(caller: Caller, State(shared): State<Arc<Shared>>) -> Json<ListDocument<Moment>> {
    std::hint::black_box(caller);
    Json(shared.list.clone())
}

async fn bare_update(caller: Caller, State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    if headers.get(header::CONTENT_TYPE).is_none_or(|it| it != "application/json") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let Ok(update) = serde_json::from_slice::<UpdateUser>(&body) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    std::hint::black_box((caller, update));
    json(&shared.document.clone())
}

async fn bare_list_users(caller: Caller, State(shared): State<Arc<Shared>>) -> Response {
    std::hint::black_box(caller);
    json(&shared.list.clone())
}

fn json(value: &impl Serialize) -> Response {
    let body = serde_json::to_vec(value).unwrap();
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// Who calls, and for which company and in which language.
#[expect(dead_code, reason = "read from the request, never used")]
struct Caller {
    company: Option<i64>,
    language: Option<String>,
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let headers = &parts.headers;
        let token = text(headers, header::AUTHORIZATION.as_str())?.and_then(|it| it.strip_prefix("Bearer "));
        if token != Some("demo") {
            return Err(StatusCode::UNAUTHORIZED);
        }
        let company = text(headers, "X-NU-COMPANY-ID")?.map(str::parse).transpose();
        let company = company.map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
        let language = text(headers, header::ACCEPT_LANGUAGE.as_str())?.map(str::to_owned);
        Ok(Self { company, language })
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, StatusCode> {
    headers.get(name).map(|it| it.to_str()).transpose().map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)
}
