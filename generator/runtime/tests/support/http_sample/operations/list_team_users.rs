//! `GET /v1/team/users`: list team users.

use super::super::{SCHEMAS, models};
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

operation! {
    "listTeamUsers": GET "/v1/team/users" tagged ["team"] in SCHEMAS,
    #[derive(Default)]
    Request {
        /// Query parameter `page`.
        optional page with_page: i64 = PAGE,
        /// Query parameter `roles`.
        optional roles with_roles: Vec<String> = ROLES,
    }
    answers Response -> models::TeamUserList { Self::Ok(body) => body } {
        /// 200: a page of members.
        on 200 Ok(body: models::TeamUserList as json): "/components/schemas/TeamUserList",
        /// 401: the credentials are missing or not valid.
        on 401 Unauthorized(body: models::Error as json): "/components/schemas/Error",
    } else Undocumented,
}
