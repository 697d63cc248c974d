//! What a client takes for a response.

use http::HeaderMap;
use http::header::ACCEPT;

use super::media_type::negotiate;

/// The media types that a client takes for a response, as in `Accept`; the default takes any.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Accept(HeaderMap);

impl Accept {
    /// Anything.
    pub fn any() -> Self {
        Self::default()
    }

    /// One media type, or a list such as `text/csv, application/json;q=0.5`.
    pub fn new(media_types: &str) -> Self {
        Self(HeaderMap::from_iter([(ACCEPT, super::header_value(media_types.to_owned()))]))
    }

    /// That of a request.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        Self(headers.get_all(ACCEPT).iter().map(|it| (ACCEPT, it.clone())).collect())
    }

    /// The media type that the client likes best; `None` where it takes none of them.
    pub fn best<'a>(&self, offered: &[&'a str]) -> Option<&'a str> {
        negotiate(&self.0, offered).map(|position| offered[position])
    }

    /// The lines of the header; none where anything is taken.
    pub fn headers(&self) -> &HeaderMap {
        &self.0
    }
}
