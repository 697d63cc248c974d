//! `PUT /api/sys/users`: update a user.

use super::super::SCHEMAS;
use super::super::models::{ActionResult, Error, UpdateTeamUserRequest};
use crate::support::http::{
    Content, DecodeError, Documented, JSON, Method, Operation, RawResponse, RequestBody, StatusCode, Statuses,
};
use crate::support::params::EncodeError;

/// The operation.
pub static OPERATION: Operation = Operation {
    id: "updateUser",
    method: Method::PUT,
    path: "/api/sys/users",
    schemas: &SCHEMAS,
    parameters: &[],
    body: Some(RequestBody { required: false, content: &[Content::json("/components/schemas/UpdateTeamUserRequest")] }),
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
    pub body: Option<UpdateTeamUserRequest>,
}

/// What the operation answers.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Response {
    /// 200: what became of it.
    Ok(ActionResult),
    /// 202: it is under way.
    Accepted,
    /// 400: the input is not valid.
    BadRequest(ActionResult),
    /// Any other status.
    Default {
        /// The status.
        status: StatusCode,
        /// The body.
        body: Error,
    },
}

impl Response {
    /// Writes the response.
    ///
    /// # Errors
    /// Where a header cannot carry its value.
    pub fn encode(self) -> Result<RawResponse, EncodeError> {
        match self {
            Self::Ok(body) => Ok(RawResponse::json(200, JSON, &body)),
            Self::Accepted => Ok(RawResponse::empty(202)),
            Self::BadRequest(body) => Ok(RawResponse::json(400, JSON, &body)),
            Self::Default { status, body } => Ok(RawResponse::json(status.as_u16(), JSON, &body)),
        }
    }

    /// Reads the response.
    ///
    /// # Errors
    /// Where it is not as the document says.
    pub fn decode(response: RawResponse) -> Result<Self, DecodeError> {
        match response.status.as_u16() {
            200 => response.read_json().map(Self::Ok),
            202 => Ok(Self::Accepted),
            400 => response.read_json().map(Self::BadRequest),
            _ => Ok(Self::Default { status: response.status, body: response.read_json()? }),
        }
    }
}
