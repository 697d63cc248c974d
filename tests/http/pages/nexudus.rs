//! `Update User` of Nexudus.

use generated::nexudus::operations::update_user::{Request, Response};

use super::Page;

pub(crate) const LINE: &str = "PUT /api/sys/users";

pub(crate) fn page() -> Page {
    Page::new(
        include_str!("../../wire/pages/nexudus.request.json"),
        include_str!("../../wire/pages/nexudus.response.json"),
    )
}

pub(crate) fn request() -> Request {
    Request::new(page().typed_request())
}

pub(crate) fn answer() -> Response {
    Response::Ok(page().typed_response())
}
