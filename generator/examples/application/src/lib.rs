//! A server as an application has it: one tag of three, a database, sessions, errors of its own, layers, and TLS.

mod serve;
mod store;

/// What is generated of `notes.yaml`.
pub mod api {
    include!(concat!(env!("OUT_DIR"), "/api/mod.rs"));
}

use std::sync::Arc;
use std::time::Duration;

use api::notes::models::{self, failure::Reason};
use api::notes::operations::{create_note, delete_note, get_note, list_notes};
use api::notes::server::{Api, NotesApi, OPERATIONS, notes_routes};
use axum::Router;
use axum::extract::{Form, State};
use axum::http::header::{CONTENT_TYPE, ETAG, SET_COOKIE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use specwright_runtime::server::{ApiKey, Context, Denied, Documentation, Failure, Options};
use tower_http::cors::CorsLayer;

pub use serve::serve;
pub use store::{Store, User};

/// Why a handler fails.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller has no such note.
    #[error("there is no note {0}")]
    NoSuchNote(i64),
    /// Titles are unique.
    #[error("there is a note of this title")]
    TitleTaken,
    /// The database does not work.
    #[error("the database failed")]
    Database(#[from] rusqlite::Error),
}

/// The application.
struct Notes {
    store: Store,
}

impl Api for Notes {
    type Principal = User;
    type Error = Error;

    async fn session(&self, cookie: ApiKey, _: &Context) -> Result<User, Denied> {
        let user = self.store.user(cookie.0.expose()).map_err(|error| Denied::Unavailable(error.into()))?;
        user.ok_or(Denied::Unauthorized)
    }

    /// What clients hear of an error, in the form that the document has for it, and what the log does.
    fn failure(&self, error: Error, _: &Context) -> Failure {
        let told = |status, reason| {
            let body = models::Failure::new(error.to_string()).with_reason(reason);
            Failure::new(status).with_body(&body)
        };
        match error {
            Error::NoSuchNote(_) => told(StatusCode::NOT_FOUND, Reason::Missing),
            Error::TitleTaken => told(StatusCode::CONFLICT, Reason::Taken).logged_at(tracing::Level::INFO),
            Error::Database(cause) => Failure::new(StatusCode::INTERNAL_SERVER_ERROR).with_cause(cause),
        }
    }
}

// The tags `labels` and `reports` have traits of their own, which nothing here implements.
impl NotesApi for Notes {
    async fn list_notes(
        &self,
        user: User,
        request: list_notes::Request,
        context: &Context,
    ) -> Result<list_notes::Response, Error> {
        tracing::info!(user = user.name, peer = ?context.peer(), "lists notes");
        let notes = self.store.notes(&user, request.search.as_deref(), request.limit.unwrap_or(20))?;
        Ok(list_notes::Response::Ok(list_notes::OkBody(notes)))
    }

    async fn create_note(
        &self,
        user: User,
        request: create_note::Request,
        _: &Context,
    ) -> Result<create_note::Response, Error> {
        let note = self.store.create(&user, &request.body)?.ok_or(Error::TitleTaken)?;
        Ok(create_note::Response::Created { location: format!("/api/notes/{}", note.id), body: note })
    }

    async fn get_note(
        &self,
        user: User,
        request: get_note::Request,
        context: &Context,
    ) -> Result<get_note::Response, Error> {
        let note = self.store.note(&user, request.id)?.ok_or(Error::NoSuchNote(request.id))?;
        // The document has no such header, and the answer has it all the same.
        context.add_header(ETAG, format!("\"{}\"", note.id));
        Ok(get_note::Response::Ok(note))
    }

    async fn delete_note(
        &self,
        user: User,
        request: delete_note::Request,
        _: &Context,
    ) -> Result<delete_note::Response, Error> {
        let is_gone = self.store.delete(&user, request.id)?;
        if is_gone { Ok(delete_note::Response::NoContent) } else { Err(Error::NoSuchNote(request.id)) }
    }
}

/// Everything that is served: the API below `/api`, and routes of our own beside it.
pub fn app(store: Store) -> Router {
    let options = Options {
        call_timeout: Some(Duration::from_secs(10)),
        documentation: Some(Documentation::new("/docs", include_str!("../notes.yaml"))),
        ..Options::default()
    };
    let notes = notes_routes(&Arc::new(Notes { store: store.clone() }))
        .otherwise_not_implemented(OPERATIONS)
        .retain(|operation| !operation.tags.contains(&"reports"))
        .finish(options);
    let cors = CorsLayer::new()
        .allow_origin(HeaderValue::from_static("https://notes.example"))
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers([CONTENT_TYPE])
        .allow_credentials(true);
    Router::new()
        .route("/health", get(async || "fine"))
        .route("/login", post(login).with_state(store))
        .nest("/api", notes)
        .layer(cors)
}

#[derive(serde::Deserialize)]
struct Login {
    user: String,
}

/// Starts a session. An application of yours asks for a password, too; browsers keep the cookie for TLS and this machine.
async fn login(State(store): State<Store>, Form(login): Form<Login>) -> Response {
    match store.start_session(&login.user) {
        Ok(session) => {
            let cookie = format!("session={session}; Path=/; HttpOnly; SameSite=Lax; Secure");
            ([(SET_COOKIE, cookie)], StatusCode::NO_CONTENT).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "no session can be started");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
