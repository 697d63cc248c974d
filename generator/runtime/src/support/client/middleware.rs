//! What stands between a call and its transport.
//!
//! This is a trait of ours and not tower's `Layer`: a client is one type whatever stands in its way, which a list of trait
//! objects gives, and layers of tower do not. They have their place all the same, below: see `ServiceTransport`.

use std::sync::Arc;

use super::{BoxError, BoxFuture, MaybeSend, MaybeSync, Request, Response, Transport};

/// Sees every attempt of every call: to sign, to count, to trace, to answer from a cache.
pub trait Middleware: MaybeSend + MaybeSync {
    /// Handles a request, usually by passing it on with `next.run(request)`.
    fn handle<'a>(&'a self, request: Request, next: Next<'a>) -> BoxFuture<'a, Result<Response, BoxError>>;
}

/// The rest of the way to the server.
#[derive(Clone, Copy)]
pub struct Next<'a> {
    transport: &'a dyn Transport,
    middleware: &'a [Arc<dyn Middleware>],
}

impl<'a> Next<'a> {
    pub(super) fn new(transport: &'a dyn Transport, middleware: &'a [Arc<dyn Middleware>]) -> Self {
        Self { transport, middleware }
    }

    /// Passes a request on.
    pub fn run(self, request: Request) -> BoxFuture<'a, Result<Response, BoxError>> {
        match self.middleware.split_first() {
            Some((first, middleware)) => first.handle(request, Self { middleware, ..self }),
            None => self.transport.send(request),
        }
    }
}
