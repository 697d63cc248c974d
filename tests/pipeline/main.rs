//! The pipeline through its public interface: documents in, snapshots and properties of what comes out.

mod inline;
mod mutations;
mod runner;
mod snapshots;
mod stability;
mod templates;
