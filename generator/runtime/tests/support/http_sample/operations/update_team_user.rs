//! `PATCH /v1/team/users/{user}`: update a team user.

use super::super::{SCHEMAS, models};
use crate::support::http::operation;
use crate::support::params::{Parameter, Shape};

/// Path parameter `user`.
pub static USER: Parameter =
    Parameter::path("user", "/paths/~1v1~1team~1users~1{user}/patch/parameters/0/schema", Shape::Integer);

/// Header `Retry-After` of the 429 response.
pub static TOO_MANY_REQUESTS_RETRY_AFTER: Parameter =
    Parameter::header("Retry-After", "/components/headers/RetryAfter/schema", Shape::Integer);

operation! {
    "updateTeamUser": PATCH "/v1/team/users/{user}" tagged ["team"] in SCHEMAS,
    Request new(user: i64) {
        /// Path parameter `user`.
        required user: i64 = USER,
    }
    /// The request body.
    body required: models::UpdateTeamUserRequest = "/components/schemas/UpdateTeamUserRequest",
    answers Response -> models::TeamUser { Self::Ok(body) => body } {
        /// 200: the member as it is now.
        on 200 Ok(body: models::TeamUser as json): "/components/schemas/TeamUser",
        /// 401: the credentials are missing or not valid.
        on 401 Unauthorized(body: models::Error as json): "/components/schemas/Error",
        /// 404: there is no such member.
        on 404 NotFound(body: models::Error as json): "/components/schemas/Error",
        /// 422: the input is not valid.
        on 422 UnprocessableContent(body: models::ValidationErrorResponse as json):
            "/components/schemas/ValidationErrorResponse",
        /// 429: too many calls in a short time.
        on 429 TooManyRequests {
            /// Header `Retry-After`.
            header retry_after: optional i64 = TOO_MANY_REQUESTS_RETRY_AFTER,
            body body: models::Error as json,
        }: "/components/schemas/Error",
    } else Undocumented,
    violations 422,
}
