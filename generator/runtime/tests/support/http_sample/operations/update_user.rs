//! `PUT /api/sys/users`: update a user.

use super::super::{SCHEMAS, models};
use crate::support::http::{self, Content, Documented, Statuses};
use crate::support::params;

/// The operation.
pub static OPERATION: http::Operation = http::Operation {
    id: "updateUser",
    method: http::Method::PUT,
    path: "/api/sys/users",
    tags: &["system"],
    schemas: &SCHEMAS,
    parameters: &[],
    body: Some(http::RequestBody {
        required: false,
        content: &[Content::json("/components/schemas/UpdateTeamUserRequest")],
    }),
    responses: &[
        Documented::new(Statuses::Exactly(200), &[Content::json("/components/schemas/ActionResult")]),
        Documented::new(Statuses::Exactly(202), &[]),
        Documented::new(Statuses::Exactly(400), &[Content::json("/components/schemas/ActionResult")]).with_refusal(
            r#"{"Errors":[{"Message":"$message","PropertyName":"$field"}],"Message":"$summary","WasSuccessful":false}"#,
        ),
        Documented::new(Statuses::Default, &[Content::json("/components/schemas/Error")]),
    ],
    violations: Some(400),
};

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

impl http::TypedResponse for Response {
    type Success = models::ActionResult;

    fn success(self) -> Result<Self::Success, Self> {
        match self {
            Self::Ok(body) => Ok(body),
            other => Err(other),
        }
    }

    fn encode(self) -> Result<http::RawResponse, params::EncodeError> {
        match self {
            Self::Ok(body) => Ok(http::RawResponse::json(200, http::JSON, &body)),
            Self::Accepted => Ok(http::RawResponse::empty(202)),
            Self::BadRequest(body) => Ok(http::RawResponse::json(400, http::JSON, &body)),
            Self::Default { status, body } => Ok(http::RawResponse::json(status.as_u16(), http::JSON, &body)),
        }
    }

    fn decode(response: http::Answer) -> Result<Self, http::DecodeError> {
        match response.status.as_u16() {
            200 => response.read_json().map(Self::Ok),
            202 => Ok(Self::Accepted),
            400 => response.read_json().map(Self::BadRequest),
            _ => Ok(Self::Default { status: response.status, body: response.read_json()? }),
        }
    }
}
