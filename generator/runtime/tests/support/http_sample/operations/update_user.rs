//! `PUT /api/sys/users`: update a user.

use super::super::{SCHEMAS, models};
use crate::support::http;
use crate::support::http::operation;

/// What the operation takes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// The request body.
    pub body: Option<models::UpdateTeamUserRequest>,
}

/// What the operation answers.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Response {
    /// 200: what became of it.
    Ok(models::ActionResult),
    /// 202: it is under way.
    Accepted,
    /// 400: the input is not valid.
    BadRequest(models::ActionResult),
    /// Any other status.
    Default {
        /// The status.
        status: http::StatusCode,
        /// The body.
        body: models::Error,
    },
}

operation! {
    "updateUser": PUT "/api/sys/users" tagged ["system"] in SCHEMAS,
    Request new {}
    body optional with_body(models::UpdateTeamUserRequest): "/components/schemas/UpdateTeamUserRequest",
    answers Response -> models::ActionResult { Self::Ok(body) => body } {
        200 Ok(body as json): "/components/schemas/ActionResult",
        202 Accepted: [],
        400 BadRequest(body as json): "/components/schemas/ActionResult"
            refused as r#"{"Errors":[{"Message":"$message","PropertyName":"$field"}],"Message":"$summary","WasSuccessful":false}"#,
        default Default {
            open status,
            body body as json,
        }: "/components/schemas/Error",
    },
    violations 400,
}
