//! `GET /v1/team/users`: list team users.

use super::super::{SCHEMAS, models};
use crate::support::http::{self, Content, Documented, Statuses};
use crate::support::params::{self, Parameter, Shape};

/// The operation.
pub static OPERATION: http::Operation = http::Operation {
    id: "listTeamUsers",
    method: http::Method::GET,
    path: "/v1/team/users",
    tags: &["team"],
    schemas: &SCHEMAS,
    parameters: &[&PAGE, &ROLES],
    body: None,
    responses: &[
        Documented::new(Statuses::Exactly(200), &[Content::json("/components/schemas/TeamUserList")]),
        Documented::new(Statuses::Exactly(401), &[Content::json("/components/schemas/Error")]),
    ],
    violations: None,
};

/// Query parameter `page`.
pub static PAGE: Parameter = Parameter::query("page", "/components/parameters/Page/schema", Shape::Integer);

/// Query parameter `roles`.
pub static ROLES: Parameter = Parameter {
    style: params::Style::PipeDelimited,
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
    Ok(models::TeamUserList),
    /// 401: the credentials are missing or not valid.
    Unauthorized(models::Error),
    /// Any status that the document does not name.
    Undocumented(http::RawResponse),
}

impl http::TypedResponse for Response {
    type Success = models::TeamUserList;

    fn success(self) -> Result<Self::Success, Self> {
        match self {
            Self::Ok(body) => Ok(body),
            other => Err(other),
        }
    }

    fn encode(self) -> Result<http::RawResponse, params::EncodeError> {
        match self {
            Self::Ok(body) => Ok(http::RawResponse::json(200, http::JSON, &body)),
            Self::Unauthorized(body) => Ok(http::RawResponse::json(401, http::JSON, &body)),
            Self::Undocumented(response) => Ok(response),
        }
    }

    fn decode(response: http::Answer) -> Result<Self, http::DecodeError> {
        match response.status.as_u16() {
            200 => response.read_json().map(Self::Ok),
            401 => response.read_json().map(Self::Unauthorized),
            _ => Ok(Self::Undocumented(response.into_raw())),
        }
    }
}
