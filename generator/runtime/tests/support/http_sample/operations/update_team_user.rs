//! `PATCH /v1/team/users/{user}`: update a team user.

use super::super::{SCHEMAS, models};
use crate::support::http::{self, Content, Documented, Statuses};
use crate::support::params::{self, Parameter, Shape};

/// The operation.
pub static OPERATION: http::Operation = http::Operation {
    id: "updateTeamUser",
    method: http::Method::PATCH,
    path: "/v1/team/users/{user}",
    tags: &["team"],
    schemas: &SCHEMAS,
    parameters: &[&USER],
    body: Some(http::RequestBody {
        required: true,
        content: &[Content::json("/components/schemas/UpdateTeamUserRequest")],
    }),
    responses: &[
        Documented::new(Statuses::Exactly(200), &[Content::json("/components/schemas/TeamUser")]),
        Documented::new(Statuses::Exactly(401), &[Content::json("/components/schemas/Error")]),
        Documented::new(Statuses::Exactly(404), &[Content::json("/components/schemas/Error")]),
        Documented::new(Statuses::Exactly(422), &[Content::json("/components/schemas/ValidationErrorResponse")]),
        Documented::new(Statuses::Exactly(429), &[Content::json("/components/schemas/Error")])
            .with_headers(&[&TOO_MANY_REQUESTS_RETRY_AFTER]),
    ],
    violations: Some(422),
};

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

impl http::TypedResponse for Response {
    type Success = models::TeamUser;

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
            Self::NotFound(body) => Ok(http::RawResponse::json(404, http::JSON, &body)),
            Self::UnprocessableContent(body) => Ok(http::RawResponse::json(422, http::JSON, &body)),
            Self::TooManyRequests { retry_after, body } => http::RawResponse::json(429, http::JSON, &body)
                .with_optional_header(&TOO_MANY_REQUESTS_RETRY_AFTER, retry_after.as_ref()),
            Self::Undocumented(response) => Ok(response),
        }
    }

    fn decode(response: http::Answer) -> Result<Self, http::DecodeError> {
        match response.status.as_u16() {
            200 => response.read_json().map(Self::Ok),
            401 => response.read_json().map(Self::Unauthorized),
            404 => response.read_json().map(Self::NotFound),
            422 => response.read_json().map(Self::UnprocessableContent),
            429 => Ok(Self::TooManyRequests {
                retry_after: response.read_optional_header(&SCHEMAS, &TOO_MANY_REQUESTS_RETRY_AFTER)?,
                body: response.read_json()?,
            }),
            _ => Ok(Self::Undocumented(response.into_raw())),
        }
    }
}
