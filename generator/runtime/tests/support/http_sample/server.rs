//! The server side: implement [`Api`], then serve [`router`].

use std::future::Future;
use std::sync::Arc;

use super::operations::{list_team_users, update_team_user, update_user};
use crate::support::server::{self, Answer, Basic, Bearer, Call, Context, Denied, Failure, Options, Refusal, Routes};

/// The operations of the API, and who may call them.
pub trait Api: Send + Sync + 'static {
    /// Who calls an operation.
    type Principal: Send;
    /// Why an operation fails.
    type Error: Into<Failure> + Send;

    /// What a client gets to hear of an error, and what the log does.
    fn failure(&self, error: Self::Error, _: &Context) -> Failure {
        error.into()
    }

    /// Security scheme `bearerAuth`: whose token is this, and does it carry the scopes?
    fn bearer_auth(
        &self,
        credential: Bearer,
        scopes: &'static [&'static str],
        context: &Context,
    ) -> impl Future<Output = Result<Self::Principal, Denied>> + Send;

    /// Security scheme `basicAuth`: whose name and password are these?
    fn basic_auth(
        &self,
        credential: Basic,
        context: &Context,
    ) -> impl Future<Output = Result<Self::Principal, Denied>> + Send;

    /// `GET /v1/team/users`: list team users.
    fn list_team_users(
        &self,
        principal: Option<Self::Principal>,
        request: list_team_users::Request,
        context: &Context,
    ) -> impl Future<Output = Result<list_team_users::Response, Self::Error>> + Send;

    /// `PATCH /v1/team/users/{user}`: update a team user.
    fn update_team_user(
        &self,
        principal: Self::Principal,
        request: update_team_user::Request,
        context: &Context,
    ) -> impl Future<Output = Result<update_team_user::Response, Self::Error>> + Send;

    /// `PUT /api/sys/users`: update a user.
    fn update_user(
        &self,
        request: update_user::Request,
        context: &Context,
    ) -> impl Future<Output = Result<update_user::Response, Self::Error>> + Send;
}

/// A router that serves the API.
pub fn router<A: Api>(api: A) -> axum::Router {
    router_with(Arc::new(api), Options::default())
}

/// A router that serves the API, with settings.
#[expect(clippy::needless_pass_by_value, reason = "as generated, so that callers write `.into()`")]
pub fn router_with<A: Api>(api: Arc<A>, options: Options) -> axum::Router {
    routes(&api).finish(options)
}

/// The operations of the API on their way into a router.
pub fn routes<A: Api>(api: &Arc<A>) -> Routes {
    Routes::new()
        .on(api, &list_team_users::OPERATION, list_team_users)
        .on(api, &update_team_user::OPERATION, update_team_user)
        .on(api, &update_user::OPERATION, update_user)
}

async fn list_team_users<A: Api>(api: Arc<A>, call: Call) -> Result<Answer, Refusal> {
    let context = call.context();
    let mut gate = call.gate();
    if let Some(token) = gate.bearer() {
        gate.admit(api.bearer_auth(token, &["users:read"], &context).await);
    }
    let principal = gate.principal_or_anonymous()?;

    let request = call.request().await?;
    let response = api.list_team_users(principal, request, &context).await;
    server::answer(response.map_err(|error| api.failure(error, &context)))
}

async fn update_team_user<A: Api>(api: Arc<A>, call: Call) -> Result<Answer, Refusal> {
    let context = call.context();
    let mut gate = call.gate();
    if let Some(token) = gate.bearer() {
        gate.admit(api.bearer_auth(token, &[], &context).await);
    }
    if let Some(password) = gate.basic() {
        gate.admit(api.basic_auth(password, &context).await);
    }
    let principal = gate.principal()?;

    let request = call.request().await?;
    let response = api.update_team_user(principal, request, &context).await;
    server::answer(response.map_err(|error| api.failure(error, &context)))
}

async fn update_user<A: Api>(api: Arc<A>, call: Call) -> Result<Answer, Refusal> {
    let context = call.context();
    let request = call.request().await?;
    let response = api.update_user(request, &context).await;
    server::answer(response.map_err(|error| api.failure(error, &context)))
}
