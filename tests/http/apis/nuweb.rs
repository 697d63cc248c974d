//! Nuweb company users: one handler.

use std::sync::Arc;

use axum::Router;
use generated::nuweb::client::Client;
use generated::nuweb::operations::update_company_user;
use generated::nuweb::server::{Api, router_with};
use generated::support::server::{Bearer, Context, Denied, Failure, Options};

use super::stub::{Caller, Stub, by_token};
use crate::harness::Wire;

pub(crate) type Handler = Stub<update_company_user::Request, update_company_user::Response>;

/// An implementation that updates users.
pub(crate) struct Nuweb(pub(crate) Arc<Handler>);

impl Nuweb {
    pub(crate) fn router(handler: &Arc<Handler>) -> Router {
        router_with(Arc::new(Self(handler.clone())), Options::default())
    }

    /// A client with good credentials.
    pub(crate) fn client(wire: &Wire) -> Client {
        Client::new(wire.config()).unwrap().with_bearer_auth("good")
    }
}

impl Api for Nuweb {
    type Principal = Caller;
    type Error = Failure;

    async fn bearer_auth(&self, credential: Bearer, _: &'static [&'static str], _: &Context) -> Result<Caller, Denied> {
        by_token(&credential)
    }

    async fn update_company_user(
        &self,
        caller: Caller,
        request: update_company_user::Request,
        _: &Context,
    ) -> Result<update_company_user::Response, Failure> {
        Ok(self.0.handle(caller, request))
    }

    unasked! { nuweb:
        create_company_user create_partner_company_user retrieve_company_user retrieve_company_users
        suspend_company_user
        ; open: retrieve_api_token
    }
}
