//! The pipeline through its public interface: documents in, snapshots and properties of what comes out.

#![allow(clippy::expect_used, clippy::panic, reason = "what helps a test may fail as a test does")]

mod fanning;
mod inline;
mod ledger;
mod markdown;
mod mutations;
mod repairs;
mod runner;
mod snapshots;
mod split;
mod stability;
mod surfaces;
mod tables;
mod templates;
mod unexpressed;
