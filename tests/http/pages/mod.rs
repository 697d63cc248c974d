//! The page examples, as JSON and as typed requests and answers.

pub(crate) mod brms;
pub(crate) mod nexudus;
pub(crate) mod nuweb;
pub(crate) mod ramp;

use generated::support::{Model, decode, decode_response};
use serde_json::Value;

/// The JSON of a page.
pub(crate) struct Page {
    pub(crate) request: Value,
    pub(crate) response: Value,
}

impl Page {
    fn new(request: &str, response: &str) -> Self {
        let json = |text| serde_json::from_str(text).expect("a page example is JSON");
        Self { request: json(request), response: json(response) }
    }

    fn typed_request<T: Model>(&self) -> T {
        decode(self.request.to_string().as_bytes()).expect("the page example is valid")
    }

    pub(crate) fn typed_response<T: Model>(&self) -> T {
        decode_response(self.response.to_string().as_bytes()).expect("the page example is valid")
    }
}
