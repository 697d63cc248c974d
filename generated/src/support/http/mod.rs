//! What both sides of HTTP share: the description of an operation, media types, problems, and responses before and
//! after they are typed.
//!
//! The generated `operations` modules hold one `static` [`Operation`] each; server and client read the same one.

pub mod media_type;
mod operation;
mod problem;
mod random;
mod raw_response;
mod typed_response;

pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

pub use media_type::MediaType;
pub use operation::{Content, Documented, Operation, RequestBody, Statuses};
pub use problem::Problem;
pub(crate) use random::random;
pub use raw_response::{DecodeError, RawResponse};
pub use typed_response::TypedResponse;

/// The media type of most bodies.
pub const JSON: &str = "application/json";

/// The media type of RFC 9457.
pub const PROBLEM: &str = "application/problem+json";

/// A header value of any text: what no header can carry becomes a space.
pub(crate) fn header_value(text: &str) -> HeaderValue {
    let visible: String = text.chars().map(|c| if matches!(c, ' '..='~') { c } else { ' ' }).collect();
    HeaderValue::from_str(visible.trim()).unwrap_or_else(|_| HeaderValue::from_static(""))
}
