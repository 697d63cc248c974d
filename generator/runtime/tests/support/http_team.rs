//! An implementation of the sample API, shared by the tests of server and client.

use std::collections::BTreeMap;

use axum::body::Body;

use super::http_sample::client::Client;
use super::http_sample::models::{ActionResult, Error, TeamUser, TeamUserList};
use super::http_sample::operations::{list_team_users, update_team_user, update_user};
use super::http_sample::server::{Api, router};
use crate::support::client::{Config, ServiceTransport};
use crate::support::http::{JSON, RawResponse};
use crate::support::server::{Basic, Bearer, Denied, Failure};

/// A team of one.
pub(super) struct Team;

/// Who a credential belongs to.
#[derive(Debug, PartialEq)]
pub(super) struct Caller(pub(super) &'static str);

impl Api for Team {
    type Principal = Caller;

    async fn bearer_auth(&self, Bearer(token): Bearer, scopes: &'static [&'static str]) -> Result<Caller, Denied> {
        match token.expose().as_str() {
            "good" => Ok(Caller("token")),
            "narrow" if scopes.is_empty() => Ok(Caller("narrow token")),
            "narrow" => Err(Denied::Forbidden { scopes }),
            "offline" => Err(Denied::Unavailable("the directory is down at 10.0.0.7".into())),
            _ => Err(Denied::Unauthorized),
        }
    }

    async fn basic_auth(&self, Basic { user, password }: Basic) -> Result<Caller, Denied> {
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
    ) -> Result<update_team_user::Response, Failure> {
        let error = |message: &str| Error { message: message.to_owned(), rest: BTreeMap::new() };
        Ok(match request.user {
            404 => update_team_user::Response::NotFound(error("no such user")),
            // Not as documented, which the response check is to find.
            402 => update_team_user::Response::Undocumented(RawResponse::bytes(200, JSON, "{}")),
            418 => update_team_user::Response::Undocumented(RawResponse::empty(418)),
            429 => update_team_user::Response::TooManyRequests { retry_after: Some(60), body: error("slow down") },
            500 => return Err("the database is down at 10.0.0.8".into()),
            501 => panic!("the handler has a bug at 10.0.0.9"),
            id => {
                let name = request.body.name.unwrap_or_else(|| principal.0.to_owned());
                update_team_user::Response::Ok(user(id, &name))
            }
        })
    }

    async fn update_user(&self, request: update_user::Request) -> Result<update_user::Response, Failure> {
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
    let transport = ServiceTransport::new(router(Team), Body::from);
    Client::new(Config::with_transport("http://team.example/", transport)).unwrap()
}
