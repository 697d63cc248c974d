//! The update of a BRMS user.

use generated::brms::operations::update_user::{Request, Response};

use super::Page;

pub(crate) const LINE: &str = "PUT /api/users/3c90c3cc-0d44-4b50-8888-8dd25736052a";

/// The user of the page.
const USER: &str = "3c90c3cc-0d44-4b50-8888-8dd25736052a";

pub(crate) fn page() -> Page {
    Page::new(include_str!("../../wire/pages/brms.request.json"), include_str!("../../wire/pages/brms.response.json"))
}

pub(crate) fn request() -> Request {
    Request::new(USER.parse().expect("a UUID"), page().typed_request())
}

pub(crate) fn answer() -> Response {
    Response::Ok(page().typed_response())
}
