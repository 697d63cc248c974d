//! W3C trace context: `traceparent` and `tracestate` on every request, so that traces go on at the server.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use super::host::random;
use super::{BoxError, BoxFuture, MaybeSend, MaybeSync, Middleware, Next, Request, Response};

/// The place in a trace that a request comes from, as its headers say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// `traceparent`.
    pub traceparent: String,
    /// `tracestate`.
    pub tracestate: Option<String>,
}

/// Gives each request a `traceparent` (W3C Trace Context, level 1); an application that has a tracer of its own sets the
/// header in a middleware of its own, and this one leaves it alone.
#[derive(Clone)]
pub struct TraceContext(Arc<Parents>);

#[cfg(not(target_arch = "wasm32"))]
type Parents = dyn Fn() -> Option<Parent> + Send + Sync;
#[cfg(target_arch = "wasm32")]
type Parents = dyn Fn() -> Option<Parent>;

impl TraceContext {
    /// Each request starts a trace.
    pub fn new() -> Self {
        Self::within(|| None)
    }

    /// Requests go on with the trace that a function gives, such as that of the request that a server is answering.
    pub fn within(parent: impl Fn() -> Option<Parent> + MaybeSend + MaybeSync + 'static) -> Self {
        Self(Arc::new(parent))
    }

    /// The headers of a request: a span of its own in the trace of its parent, else in a new one.
    fn next(&self) -> Parent {
        let parent = (self.0)();
        let known = parent.as_ref().and_then(|it| trace(&it.traceparent));
        let (id, flags) = known.map_or_else(
            || (format!("{:032x}", (u128::from(random()) << 64) | u128::from(random().max(1))), "01".to_owned()),
            |(id, flags)| (id.to_owned(), flags.to_owned()),
        );
        let traceparent = format!("00-{id}-{:016x}-{flags}", random().max(1));
        let tracestate = if known.is_some() { parent.as_ref().and_then(|it| it.tracestate.clone()) } else { None };
        Parent { traceparent, tracestate }
    }
}

impl Default for TraceContext {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for TraceContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TraceContext(..)")
    }
}

impl Middleware for TraceContext {
    fn handle<'a>(&'a self, mut request: Request, next: Next<'a>) -> BoxFuture<'a, Result<Response, BoxError>> {
        if !request.headers().contains_key("traceparent") {
            let Parent { traceparent, tracestate } = self.next();
            tracing::debug!(traceparent, "sent");
            for (name, value) in [("traceparent", Some(traceparent)), ("tracestate", tracestate)] {
                let value = value.and_then(|it| HeaderValue::from_str(&it).ok());
                value.and_then(|value| request.headers_mut().insert(name, value));
            }
        }
        next.run(request)
    }
}

/// The id of the trace and the flags of a `traceparent` that is well-formed: `00-<32 hex>-<16 hex>-<2 hex>`.
fn trace(text: &str) -> Option<(&str, &str)> {
    let mut parts = text.split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_hex = |it: &str, length| it.len() == length && it.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    let is_id = |it: &str, length| is_hex(it, length) && it.bytes().any(|it| it != b'0');
    let is_whole = is_hex(version, 2) && version != "ff" && (version != "00" || parts.next().is_none());
    (is_whole && is_id(trace, 32) && is_id(span, 16) && is_hex(flags, 2)).then_some((trace, flags))
}
