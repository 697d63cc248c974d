//! `Update Company User` of Nuweb.

use generated::nuweb::operations::update_company_user::{Request, Response};

use super::Page;

pub(crate) const LINE: &str = "POST /company/users/update";

pub(crate) fn page() -> Page {
    Page::new(include_str!("../../wire/pages/nuweb.request.json"), include_str!("../../wire/pages/nuweb.response.json"))
}

pub(crate) fn request() -> Request {
    Request::new(page().typed_request()).with_x_nu_company_id(1).with_accept_language("en")
}

pub(crate) fn answer() -> Response {
    Response::Ok(page().typed_response())
}
