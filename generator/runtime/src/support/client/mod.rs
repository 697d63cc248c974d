//! The client side: from a typed request to bytes, and back to a typed response.
//!
//! A generated client holds a [`Core`] and one async method per operation, each of which builds a [`Call`]. Values are
//! validated before they are sent, credentials go only where the operation asks for them, redirects are followed
//! where the application says so ([`FollowRedirects`]), and no error shows a secret.

#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "browser")]
mod browser;
mod call;
mod calls;
mod config;
mod core;
mod credential;
mod error;
mod events;
mod host;
mod link;
mod middleware;
mod outcome;
mod paged;
mod pages;
#[cfg(feature = "reqwest")]
mod reqwest;
mod retry;
mod server_url;
mod service;
mod target;
#[cfg(any(feature = "rustls-ring", feature = "rustls-graviola"))]
mod tls;
mod token;
mod trace;
mod transport;

pub use crate::support::http::{Deviation, Leniency, Observer};
pub use call::{Call, Sign};
pub use calls::calls;
pub use config::Config;
pub use core::Core;
pub use credential::Credential;
pub use error::Error;
pub use events::{EventError, Events, Reconnect};
pub use middleware::{FollowRedirects, Middleware, Next};
pub use outcome::{CallError, Failed, Received, Sending};
pub use pages::{PageItems, Pages, PagesOf, Paging};
#[cfg(feature = "reqwest")]
pub use reqwest::ReqwestTransport;
pub use retry::Retry;
pub use server_url::{Server, Variable};
pub use service::{ServiceTransport, TransportService};
pub use token::{CachedToken, Token, TokenSource};
pub use trace::{Parent, TraceContext};
pub use transport::{BoxError, BoxFuture, MaybeSend, MaybeSync, Request, Response, Transport};
