//! `Update team user` of HBG RAMP.

use generated::hbg_ramp::operations::update_team_user::{Request, Response};

use super::Page;

pub(crate) const LINE: &str = "PATCH /v1/team/users/302";

pub(crate) fn page() -> Page {
    Page::new(
        include_str!("../../wire/pages/hbg-ramp.request.json"),
        include_str!("../../wire/pages/hbg-ramp.response.json"),
    )
}

pub(crate) fn request() -> Request {
    Request::new(302, page().typed_request())
}

pub(crate) fn answer() -> Response {
    Response::Ok { x_rate_limit_limit: Some(60), x_rate_limit_remaining: None, body: page().typed_response() }
}
