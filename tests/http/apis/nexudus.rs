//! Nexudus users: one handler.

use std::sync::Arc;

use axum::Router;
use generated::nexudus::client::Client;
use generated::nexudus::operations::update_user;
use generated::nexudus::server::{Api, router_with};
use generated::support::server::{Basic, Bearer, Context, Denied, Failure, Options};

use super::stub::{Caller, Stub, by_password, by_token};
use crate::harness::Wire;

pub(crate) type Handler = Stub<update_user::Request, update_user::Response>;

/// An implementation that updates users.
pub(crate) struct Nexudus(pub(crate) Arc<Handler>);

impl Nexudus {
    pub(crate) fn router(handler: &Arc<Handler>) -> Router {
        router_with(Arc::new(Self(handler.clone())), Options::default())
    }

    /// A client with good credentials.
    pub(crate) fn client(wire: &Wire) -> Client {
        Client::new(wire.config()).unwrap().with_bearer_auth("good")
    }
}

impl Api for Nexudus {
    type Principal = Caller;
    type Error = Failure;

    async fn bearer_auth(&self, credential: Bearer, _: &'static [&'static str], _: &Context) -> Result<Caller, Denied> {
        by_token(&credential)
    }

    async fn basic_auth(&self, credential: Basic, _: &Context) -> Result<Caller, Denied> {
        by_password(&credential)
    }

    async fn update_user(
        &self,
        caller: Caller,
        request: update_user::Request,
        _: &Context,
    ) -> Result<update_user::Response, Failure> {
        Ok(self.0.handle(caller, request))
    }

    unasked! { nexudus:
        create_user delete_user get_user search_users
        ; open: get_token
    }
}
