//! `PATCH /v1/team/users/{user}`: update a team user.

use super::super::{SCHEMAS, models};
use crate::support::http;
use crate::support::http::operation;
use crate::support::params::{Parameter, Shape};

/// Path parameter `user`.
pub static USER: Parameter =
    Parameter::path("user", "/paths/~1v1~1team~1users~1{user}/patch/parameters/0/schema", Shape::Integer);

/// Header `Retry-After` of the 429 response.
pub static TOO_MANY_REQUESTS_RETRY_AFTER: Parameter =
    Parameter::header("Retry-After", "/components/headers/RetryAfter/schema", Shape::Integer);

/// What the operation takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Path parameter `user`.
    pub user: i64,
    /// The request body.
    pub body: models::UpdateTeamUserRequest,
}

/// What the operation answers.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Response {
    /// 200: the member as it is now.
    Ok(models::TeamUser),
    /// 401: the credentials are missing or not valid.
    Unauthorized(models::Error),
    /// 404: there is no such member.
    NotFound(models::Error),
    /// 422: the input is not valid.
    UnprocessableContent(models::ValidationErrorResponse),
    /// 429: too many calls in a short time.
    TooManyRequests {
        /// Header `Retry-After`.
        retry_after: Option<i64>,
        /// The body.
        body: models::Error,
    },
    /// Any status that the document does not name.
    Undocumented(http::RawResponse),
}

operation! {
    "updateTeamUser": PATCH "/v1/team/users/{user}" tagged ["team"] in SCHEMAS,
    Request new {
        required user(i64): USER,
    }
    body required(models::UpdateTeamUserRequest): "/components/schemas/UpdateTeamUserRequest",
    answers Response -> models::TeamUser { Self::Ok(body) => body } {
        200 Ok(body as json): "/components/schemas/TeamUser",
        401 Unauthorized(body as json): "/components/schemas/Error",
        404 NotFound(body as json): "/components/schemas/Error",
        422 UnprocessableContent(body as json): "/components/schemas/ValidationErrorResponse",
        429 TooManyRequests {
            header retry_after: optional TOO_MANY_REQUESTS_RETRY_AFTER,
            body body as json,
        }: "/components/schemas/Error",
    } else Undocumented,
    violations 422,
}
