//! A small API as the generator writes it: models, operations, server and client of three operations.
//!
//! It is the contract between templates and run time: what stands here is what a generated crate contains, and
//! `http_*.rs` beside it run it.

use crate::support::Schemas;

pub(super) mod client;
pub(super) mod models;
pub(super) mod operations;
pub(super) mod server;

/// The schemas of the document.
pub(super) static SCHEMAS: Schemas = Schemas::new(include_str!("http_sample/schemas.json"));
