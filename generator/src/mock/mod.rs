//! A stand-in for the server of any document, without a line of generated code.
//!
//! The plan says of each operation what generated servers are told about it; here the run time is told the same while
//! the program runs. So requests are routed, read, checked and refused as a generated server does, and answers come
//! from the examples of the document, from what was done to its items, or from chance: whatever the request prefers.
//!
//! What is made of the document lives as long as the program: the run time holds documents for static.

mod answers;
pub(crate) mod describe;
mod entrance;
mod observe;
mod prefer;
mod serve;
mod xml;

use std::sync::Arc;

use axum::Router;

use crate::ir::Api;
use crate::plan::ApiPlan;

pub use observe::{Deviation, Exchange, OnDeviations, OnExchange, Watch, watch};
pub use serve::{Credentials, Settings};

/// An operation that is served, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Its method.
    pub method: String,
    /// Its path template.
    pub path: String,
    /// `operationId`.
    pub id: String,
}

/// A stand-in, and what it serves.
pub struct Mock {
    /// The router.
    pub router: Router,
    /// Its operations, in the order of the document.
    pub served: Vec<Served>,
}

/// Makes the stand-in of a document.
pub fn mock(api: Api, plan: &ApiPlan, settings: Settings) -> Mock {
    Mock { router: serve::router(describe::kept(api), plan, &Arc::new(settings)), served: served(plan) }
}

/// The operations that a server can tell apart.
pub fn served(plan: &ApiPlan) -> Vec<Served> {
    let served = plan.served();
    served.map(|it| Served { method: it.method.to_string(), path: it.path.clone(), id: it.id.clone() }).collect()
}
