//! `GET /v1/team/users`: list team users.

use super::super::{SCHEMAS, models};
use crate::support::http;
use crate::support::http::operation;
use crate::support::params::{self, Parameter, Shape};

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

operation! {
    "listTeamUsers": GET "/v1/team/users" tagged ["team"] in SCHEMAS,
    Request {
        optional page: PAGE,
        optional roles: ROLES,
    }
    answers Response -> models::TeamUserList { Self::Ok(body) => body } {
        200 Ok(body as json): "/components/schemas/TeamUserList",
        401 Unauthorized(body as json): "/components/schemas/Error",
    } else Undocumented,
}
