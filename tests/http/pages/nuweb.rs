//! `Update Company User` of Nuweb.

use generated::nuweb::operations::update_company_user::{Request, Response};

use super::Page;

pub(crate) const LINE: &str = "POST /company/users/update";

pub(crate) fn page() -> Page {
    Page::new(include_str!("../../wire/pages/nuweb.request.json"), include_str!("../../wire/pages/nuweb.response.json"))
}

pub(crate) fn request() -> Request {
    Request { x_nu_company_id: Some(1), accept_language: Some("en".to_owned()), body: page().typed_request() }
}

pub(crate) fn answer() -> Response {
    Response::Ok(page().typed_response())
}
