//! `GET /v1/team/users`: list team users.

use super::super::SCHEMAS;
use super::super::models::{Error, TeamUserList};
use crate::support::http::{Content, DecodeError, Documented, JSON, Method, Operation, RawResponse, Statuses};
use crate::support::params::{EncodeError, Parameter, Shape, Style};

/// The operation.
pub static OPERATION: Operation = Operation {
    id: "listTeamUsers",
    method: Method::GET,
    path: "/v1/team/users",
    schemas: &SCHEMAS,
    parameters: &[&PAGE, &ROLES],
    body: None,
    responses: &[
        Documented::new(Statuses::Exactly(200), &[Content::json("/components/schemas/TeamUserList")]),
        Documented::new(Statuses::Exactly(401), &[Content::json("/components/schemas/Error")])
            .with_refusal(r#"{"message":"$summary"}"#),
    ],
    violations: None,
};

/// Query parameter `page`.
pub static PAGE: Parameter = Parameter::query("page", "/components/parameters/Page/schema", Shape::Integer);

/// Query parameter `roles`.
pub static ROLES: Parameter = Parameter {
    style: Style::PipeDelimited,
    explode: false,
    ..Parameter::query("roles", "/paths/~1v1~1team~1users/get/parameters/1/schema", Shape::Array(&Shape::String))
};

/// What the operation takes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// Query parameter `page`.
    pub page: Option<i64>,
    /// Query parameter `roles`.
    pub roles: Option<Vec<String>>,
}

/// What the operation answers.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Response {
    /// 200: a page of members.
    Ok(TeamUserList),
    /// 401: the credentials are missing or not valid.
    Unauthorized(Error),
    /// Any status that the document does not name.
    Undocumented(RawResponse),
}

impl Response {
    /// Writes the response.
    ///
    /// # Errors
    /// Where a header cannot carry its value.
    pub fn encode(self) -> Result<RawResponse, EncodeError> {
        match self {
            Self::Ok(body) => Ok(RawResponse::json(200, JSON, &body)),
            Self::Unauthorized(body) => Ok(RawResponse::json(401, JSON, &body)),
            Self::Undocumented(response) => Ok(response),
        }
    }

    /// Reads the response.
    ///
    /// # Errors
    /// Where it is not as the document says.
    pub fn decode(response: RawResponse) -> Result<Self, DecodeError> {
        match response.status.as_u16() {
            200 => response.read_json().map(Self::Ok),
            401 => response.read_json().map(Self::Unauthorized),
            _ => Ok(Self::Undocumented(response)),
        }
    }
}
