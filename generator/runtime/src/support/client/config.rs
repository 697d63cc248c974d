//! What an application sets when it makes a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderValue};

use super::{BoxError, Leniency, MaybeSend, MaybeSync, Middleware, Observer, Retry, ServiceTransport, Transport};
#[cfg(feature = "reqwest")]
use super::{Error, ReqwestTransport, Server};

/// What a client calls itself.
const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// Settings of a client.
#[derive(Clone)]
pub struct Config {
    /// The server, with its base path: `https://example.com/api`.
    pub base_url: String,
    /// What carries the requests.
    pub transport: Arc<dyn Transport>,
    /// Headers of every request; `User-Agent` names this crate and its version unless it is set.
    pub headers: HeaderMap,
    /// How long one attempt may take, its body included.
    pub timeout: Duration,
    /// How many bytes a response may have.
    pub response_limit: usize,
    /// How exactly responses have to be what the document says; requests are always checked.
    pub leniency: Leniency,
    /// Who hears of what is not.
    pub observer: Option<Arc<dyn Observer>>,
    /// When a call is made again.
    pub retry: Retry,
    /// What sees every attempt, the first one outermost.
    pub middleware: Vec<Arc<dyn Middleware>>,
}

impl Config {
    /// The defaults: a connection of its own, 30 seconds, 16 MiB, two repetitions of idempotent calls.
    #[cfg(feature = "reqwest")]
    pub fn new(base_url: impl Into<String>) -> Self {
        Self::with_transport(base_url, ReqwestTransport::default())
    }

    /// The defaults over another transport.
    pub fn with_transport(base_url: impl Into<String>, transport: impl Transport + 'static) -> Self {
        Self {
            base_url: base_url.into(),
            transport: Arc::new(transport),
            headers: HeaderMap::from_iter([(USER_AGENT, HeaderValue::from_static(AGENT))]),
            timeout: Duration::from_secs(30),
            response_limit: 16 * 1024 * 1024,
            leniency: Leniency::default(),
            observer: None,
            retry: Retry::default(),
            middleware: Vec::new(),
        }
    }
}

impl Config {
    /// The defaults, for a server of the document with its variables: `Config::for_server(&SERVERS[0], &[("region", "eu")])`.
    ///
    /// # Errors
    /// For a variable that the server does not have, and for a value that it does not allow.
    #[cfg(feature = "reqwest")]
    pub fn for_server(server: &Server, variables: &[(&str, &str)]) -> Result<Self, Error> {
        Ok(Self::new(server.url(variables)?))
    }

    /// The defaults over a service of tower, with the layers that it has: see [`TransportService`](super::TransportService).
    pub fn with_service<S, R>(base_url: impl Into<String>, service: S) -> Self
    where
        S: tower::Service<super::Request, Response = http::Response<R>> + Clone + MaybeSend + MaybeSync + 'static,
        S::Future: MaybeSend,
        S::Error: Into<BoxError> + MaybeSend,
        R: http_body_util::BodyExt<Data = bytes::Bytes> + MaybeSend + 'static,
        R::Error: Into<BoxError>,
    {
        Self::with_transport(base_url, ServiceTransport::new(service, |body| body))
    }

    /// The same settings with a `User-Agent`.
    #[must_use]
    pub fn with_user_agent(mut self, agent: HeaderValue) -> Self {
        self.headers.insert(USER_AGENT, agent);
        self
    }

    /// The same settings with one more middleware, inside of those that are there.
    #[must_use]
    pub fn with_middleware(mut self, middleware: impl Middleware + 'static) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// The same settings with an observer, such as a closure.
    #[must_use]
    pub fn with_observer(self, observer: impl Observer + 'static) -> Self {
        Self { observer: Some(Arc::new(observer)), ..self }
    }
}

/// Default headers may hold secrets, so only their number shows.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("base_url", &self.base_url)
            .field("headers", &self.headers.len())
            .field("timeout", &self.timeout)
            .field("response_limit", &self.response_limit)
            .field("leniency", &self.leniency)
            .field("observed", &self.observer.is_some())
            .field("retry", &self.retry)
            .field("middleware", &self.middleware.len())
            .finish_non_exhaustive()
    }
}
