//! The server side: from a request to the call of a typed handler, and from its typed response to the answer.
//!
//! Generated code registers one function per operation with [`Routes`]. Each passes a [`Gate`] first, so a handler gets
//! a principal or is not called; then it reads an [`Input`], which collects every violation before it refuses.
//!
//! What stands in the way of a request is a [`Refusal`]; one place turns it into an answer, in the operation's own
//! error schema where the document has a form for it, else as a problem (RFC 9457).

mod answer;
mod call;
pub(crate) mod check;
mod context;
#[cfg(feature = "contract")]
mod contract;
mod credentials;
mod deadline;
mod delivery;
mod dispatch;
#[cfg(feature = "stand-in")]
mod documentation;
mod failure;
mod gate;
mod handlers;
mod input;
mod options;
mod parts;
mod refusal;
mod routes;
#[cfg(feature = "stand-in")]
mod stand_in;
mod tree;

pub use answer::{Answer, Outcome, answer, encoded};
pub use call::Call;
pub use context::Context;
#[cfg(feature = "contract")]
pub use contract::{Breach, Broken, Contract, Coverage, Covered, Requests};
pub use credentials::{ApiKey, Basic, Bearer, ClientCertificate, HttpCredentials, RequestHead};
pub use delivery::Delivery;
#[cfg(feature = "stand-in")]
pub use documentation::{Documentation, Renderer};
pub use failure::Failure;
pub use gate::{Denied, Gate};
#[doc(hidden)]
pub use handlers::routes;
pub use input::Input;
pub use options::{CheckResponses, OnCall, OnRefusal, Options};
pub use refusal::Refusal;
pub use routes::Routes;
#[cfg(feature = "stand-in")]
pub use stand_in::{Examples, StandIn, Visit, stand_in};

/// A cause that is logged and never shown.
pub(crate) use crate::support::http::BoxError;
