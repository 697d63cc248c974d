//! BRMS users: one handler.

use std::sync::Arc;

use axum::Router;
use generated::brms::client::Client;
use generated::brms::operations::update_user;
use generated::brms::server::{Api, router_with};
use generated::support::server::{Bearer, Context, Denied, Failure, Options};

use super::stub::{Caller, Stub, by_token};
use crate::harness::Wire;

pub(crate) type Handler = Stub<update_user::Request, update_user::Response>;

/// An implementation that updates users.
pub(crate) struct Brms(pub(crate) Arc<Handler>);

impl Brms {
    pub(crate) fn router(handler: &Arc<Handler>) -> Router {
        router_with(Arc::new(Self(handler.clone())), Options::default())
    }

    /// A client with good credentials.
    pub(crate) fn client(wire: &Wire) -> Client {
        Client::new(wire.config()).unwrap().with_bearer_auth("good")
    }
}

impl Api for Brms {
    type Principal = Caller;
    type Error = Failure;

    async fn bearer_auth(&self, credential: Bearer, _: &'static [&'static str], _: &Context) -> Result<Caller, Denied> {
        by_token(&credential)
    }

    async fn update_user(
        &self,
        caller: Caller,
        request: update_user::Request,
        _: &Context,
    ) -> Result<update_user::Response, Failure> {
        Ok(self.0.handle(caller, request))
    }

    unasked! { brms:
        create_role create_service_account delete_user get_user invite_users list_roles list_users update_role
    }
}
