//! HBG RAMP: one handler answers, the others are not asked.

use std::sync::Arc;

use axum::Router;
use generated::hbg_ramp::client::Client;
use generated::hbg_ramp::models::Error;
use generated::hbg_ramp::operations::{
    create_team_user, delete_team_user, get_team_user, list_team_roles, list_team_users, patch_worker,
    update_team_user, update_worker,
};
use generated::hbg_ramp::server::{Api, router_with};
use generated::support::server::{Bearer, Context, Denied, Failure, Options};

use super::stub::{Caller, Stub, by_token};
use crate::harness::Wire;

pub(crate) type Handler = Stub<update_team_user::Request, update_team_user::Response>;

/// An implementation that updates team users.
pub(crate) struct Ramp(pub(crate) Arc<Handler>);

impl Ramp {
    pub(crate) fn router(handler: &Arc<Handler>) -> Router {
        Self::router_with(handler, Options::default())
    }

    pub(crate) fn router_with(handler: &Arc<Handler>, options: Options) -> Router {
        router_with(Arc::new(Self(handler.clone())), options)
    }

    /// A client with good credentials.
    pub(crate) fn client(wire: &Wire) -> Client {
        Client::new(wire.config()).unwrap().with_bearer_auth("good")
    }
}

impl Api for Ramp {
    type Principal = Caller;
    type Error = Failure;

    async fn bearer_auth(&self, credential: Bearer, _: &'static [&'static str], _: &Context) -> Result<Caller, Denied> {
        by_token(&credential)
    }

    async fn update_team_user(
        &self,
        caller: Caller,
        request: update_team_user::Request,
        _: &Context,
    ) -> Result<update_team_user::Response, Failure> {
        Ok(self.0.handle(caller, request))
    }

    async fn list_team_roles(
        &self,
        _: Caller,
        _: list_team_roles::Request,
        _: &Context,
    ) -> Result<list_team_roles::Response, Failure> {
        Err("the database at 10.0.0.8 is down".into())
    }

    async fn list_team_users(
        &self,
        _: Caller,
        _: list_team_users::Request,
        _: &Context,
    ) -> Result<list_team_users::Response, Failure> {
        panic!("a bug near 10.0.0.9")
    }

    async fn create_team_user(
        &self,
        _: Caller,
        _: create_team_user::Request,
        _: &Context,
    ) -> Result<create_team_user::Response, Failure> {
        self.0.wait().await;
        Err("nobody is there any more".into())
    }

    async fn get_team_user(
        &self,
        _: Caller,
        _: get_team_user::Request,
        _: &Context,
    ) -> Result<get_team_user::Response, Failure> {
        Ok(get_team_user::Response::NotFound(Error::new("no such user")))
    }

    async fn delete_team_user(
        &self,
        _: Caller,
        _: delete_team_user::Request,
        _: &Context,
    ) -> Result<delete_team_user::Response, Failure> {
        Ok(delete_team_user::Response::NoContent { x_rate_limit_limit: None, x_rate_limit_remaining: Some(0) })
    }

    async fn update_worker(
        &self,
        _: Caller,
        _: update_worker::Request,
        _: &Context,
    ) -> Result<update_worker::Response, Failure> {
        Ok(update_worker::Response::NotFound(Error::new("PUT")))
    }

    async fn patch_worker(
        &self,
        _: Caller,
        _: patch_worker::Request,
        _: &Context,
    ) -> Result<patch_worker::Response, Failure> {
        Ok(patch_worker::Response::NotFound(Error::new("PATCH")))
    }

    unasked! { hbg_ramp:
        acknowledge_alert acknowledge_alerts bulk_update_monitoring create_webhook_endpoint create_worker
        create_worker_import delete_webhook_endpoint delete_worker download_evidence get_alert get_billing_usage
        get_evidence get_token_info get_verification_job get_webhook_endpoint get_worker get_worker_import
        list_alerts list_webhook_endpoints list_worker_evidence list_worker_imports list_worker_verifications
        list_workers queue_test_webhook revoke_current_token rotate_webhook_secret update_webhook_endpoint
        update_worker_monitoring verify_all_workers verify_worker
        ; open: obtain_access_token refresh_access_token
    }
}
