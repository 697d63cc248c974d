//! What an application sets when it makes a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use super::{Leniency, Middleware, Observer, ReqwestTransport, Retry, Transport};

/// Settings of a client.
#[derive(Clone)]
pub struct Config {
    /// The server, with its base path: `https://example.com/api`.
    pub base_url: String,
    /// What carries the requests.
    pub transport: Arc<dyn Transport>,
    /// Headers of every request.
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
    pub fn new(base_url: impl Into<String>) -> Self {
        Self::with_transport(base_url, ReqwestTransport::default())
    }

    /// The defaults over another transport.
    pub fn with_transport(base_url: impl Into<String>, transport: impl Transport + 'static) -> Self {
        Self {
            base_url: base_url.into(),
            transport: Arc::new(transport),
            headers: HeaderMap::new(),
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
