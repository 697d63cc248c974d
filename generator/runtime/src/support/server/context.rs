//! The request at hand, for handlers and security hooks that look at more of it than the document describes.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::ConnectInfo;
use bytes::Bytes;
use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderName, Method, Uri};

use super::call::Head;
use crate::support::http::{Operation, header_value};

/// The request at hand: everything but its body, and a place for headers that the answer gets beside its own.
///
/// It is a handle: a clone is cheap, may go into a task or a stream, and is of the same request.
#[derive(Clone)]
pub struct Context(pub(super) Arc<Head>);

impl Context {
    /// The operation that the request has found: its id, its path template, its tags.
    pub fn operation(&self) -> &'static Operation {
        self.0.operation
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.0.parts.method
    }

    /// The URI as the router got it: below `Router::nest`, without the prefix, which stands in the extension
    /// `axum::extract::OriginalUri` where axum has its feature `original-uri`.
    pub fn uri(&self) -> &Uri {
        &self.0.parts.uri
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.parts.headers
    }

    /// A header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    /// What layers have put beside the request.
    pub fn extensions(&self) -> &Extensions {
        &self.0.parts.extensions
    }

    /// What a layer has put beside the request under a type, such as a session.
    pub fn extension<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.extensions().get()
    }

    /// The address of the other end, where the router is served by `into_make_service_with_connect_info::<SocketAddr>`.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.extension::<ConnectInfo<SocketAddr>>().map(|it| it.0)
    }

    /// Method, URI, version, headers and extensions.
    pub fn parts(&self) -> &Parts {
        &self.0.parts
    }

    /// Adds a header to the answer, whichever that is: `Location`, `ETag` and `Set-Cookie` need not be in the document.
    ///
    /// It stands beside those that the response has; a character that no header can carry becomes a space.
    pub fn add_header(&self, name: HeaderName, value: impl AsRef<[u8]>) {
        let value = header_value(Bytes::copy_from_slice(value.as_ref()));
        let added = self.0.added.get_or_init(Mutex::default);
        added.lock().unwrap_or_else(PoisonError::into_inner).push((name, value));
    }
}

/// URI and headers may hold secrets.
impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Context({} {}, ..)", self.0.parts.method, self.0.operation.path)
    }
}
