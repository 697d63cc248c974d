//! An implementation of the sample API, shared by the tests of server and client.

use std::collections::BTreeMap;

use axum::body::Body;
use http::header::{ETAG, LOCATION, SET_COOKIE};
use tracing::Level;

use super::http_sample::client::Client;
use super::http_sample::models::{ActionResult, Error, TeamUser, TeamUserList};
use super::http_sample::operations::{list_team_users, update_team_user, update_user};
use super::http_sample::server::{Api, router};
use crate::support::client::{Config, ServiceTransport};
use crate::support::http::{HeaderName, JSON, RawResponse, StatusCode};
use crate::support::server::{Basic, Bearer, Context, Denied, Failure};

/// A team of one.
pub(super) struct Team;

/// Who a credential belongs to.
#[derive(Debug, PartialEq)]
pub(super) struct Caller(pub(super) &'static str);

impl Api for Team {
    type Principal = Caller;
    type Error = Failure;

    async fn bearer_auth(
        &self,
        Bearer(token): Bearer,
        scopes: &'static [&'static str],
        _: &Context,
    ) -> Result<Caller, Denied> {
        match token.expose().as_str() {
            "good" => Ok(Caller("token")),
            "narrow" if scopes.is_empty() => Ok(Caller("narrow token")),
            "narrow" => Err(Denied::Forbidden { scopes }),
            "offline" => Err(Denied::Unavailable("the directory is down at 10.0.0.7".into())),
            _ => Err(Denied::Unauthorized),
        }
    }

    async fn basic_auth(&self, Basic { user, password }: Basic, _: &Context) -> Result<Caller, Denied> {
        if user == "jo" && password.expose() == "pa$$:word" {
            Ok(Caller("password"))
        } else {
            Err(Denied::Unauthorized)
        }
    }

    async fn list_team_users(
        &self,
        principal: Option<Caller>,
        request: list_team_users::Request,
        _: &Context,
    ) -> Result<list_team_users::Response, Failure> {
        let name = principal.map_or("nobody", |it| it.0);
        let role = format!("{:?} {:?}", request.page, request.roles);
        let data = vec![TeamUser { role, ..user(1, name) }];
        Ok(list_team_users::Response::Ok(TeamUserList { data, rest: BTreeMap::new() }))
    }

    async fn update_team_user(
        &self,
        principal: Caller,
        request: update_team_user::Request,
        context: &Context,
    ) -> Result<update_team_user::Response, Failure> {
        let error = |message: &str| Error { message: message.to_owned(), rest: BTreeMap::new() };
        Ok(match request.user {
            404 => update_team_user::Response::NotFound(error("no such user")),
            // Not as documented, which the response check is to find.
            402 => update_team_user::Response::Undocumented(RawResponse::bytes(200, JSON, "{}")),
            418 => update_team_user::Response::Undocumented(RawResponse::empty(418)),
            429 => update_team_user::Response::TooManyRequests { retry_after: Some(60), body: error("slow down") },
            500 => return Err("the database is down at 10.0.0.8".into()),
            id @ 600..700 => return Err(told(id)),
            501 => panic!("the handler has a bug at 10.0.0.9"),
            id @ 700..800 => {
                at_hand(id, context);
                update_team_user::Response::Ok(user(id, "seen"))
            }
            900 => {
                std::future::pending::<()>().await;
                update_team_user::Response::Ok(user(900, "late"))
            }
            id => {
                let name = request.body.name.unwrap_or_else(|| principal.0.to_owned());
                update_team_user::Response::Ok(user(id, &name))
            }
        })
    }

    async fn update_user(&self, request: update_user::Request, _: &Context) -> Result<update_user::Response, Failure> {
        if request.body.is_none() {
            return Ok(update_user::Response::Accepted);
        }
        let message = "User was updated".to_owned();
        let result = ActionResult { message, errors: None, was_successful: true, rest: BTreeMap::new() };
        Ok(update_user::Response::Ok(result))
    }
}

pub(super) fn user(id: i64, name: &str) -> TeamUser {
    TeamUser {
        id,
        name: name.to_owned(),
        email: "jo@example.com".to_owned(),
        role: "owner".to_owned(),
        rest: BTreeMap::new(),
    }
}

/// A client of a router in this process.
pub(super) fn client() -> Client {
    super::log::watch();
    let transport = ServiceTransport::new(router(Team), Body::from);
    Client::new(Config::with_transport("http://team.example/", transport)).unwrap()
}

/// Failures as an application with errors of its own has them.
fn told(id: i64) -> Failure {
    let error = |message: &str| Error { message: message.to_owned(), rest: BTreeMap::new() };
    match id {
        604 => Failure::new(StatusCode::NOT_FOUND).with_message("there is no user 604"),
        605 => Failure::new(StatusCode::NOT_FOUND).with_body(&error("gone for good")),
        // Not as documented for this status.
        606 => Failure::new(StatusCode::NOT_FOUND).with_body(&user(606, "jo")).with_message("no body of ours"),
        609 => Failure::new(StatusCode::CONFLICT).with_message("somebody was faster").with_header(ETAG, "\"7\""),
        629 => Failure::new(StatusCode::BAD_GATEWAY).with_cause("10.0.0.9 is down").logged_at(Level::WARN),
        _ => Failure::new(StatusCode::SERVICE_UNAVAILABLE).with_message("later").logged_at(None),
    }
}

/// Headers that the document does not have, made of what it does not describe.
fn at_hand(id: i64, context: &Context) {
    let seen = format!("{} {} {}", context.method(), context.uri(), context.operation().id);
    context.add_header(HeaderName::from_static("x-seen"), seen);
    let trace = context.header("traceparent").unwrap_or("none");
    context.add_header(HeaderName::from_static("x-trace"), trace);
    let peer = context.peer().map_or_else(|| "nobody".to_owned(), |it| it.to_string());
    context.add_header(HeaderName::from_static("x-peer"), peer);
    let session = context.extension::<Session>().map_or("none", |it| it.0);
    context.add_header(SET_COOKIE, format!("session={session}"));
    context.add_header(SET_COOKIE, "theme=dark\r\nx-injected: 1");
    context.add_header(LOCATION, format!("/v1/team/users/{id}"));
}

/// What a layer puts beside a request.
#[derive(Debug, Clone)]
pub(super) struct Session(pub(super) &'static str);
