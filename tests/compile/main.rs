//! Generated code as it is used: compiled, and run by programs.
//!
//! Each crate stands in a workspace of its own with the versions, profiles and lock file of this one,
//! so that nothing is fetched and the dependencies are those that are built already.

#![expect(clippy::expect_used, reason = "tests fail by panicking, their helpers too")]

mod deep;
mod edits;
mod every_fixture;
mod growth;
mod needs;
mod params;
mod programs;
mod round_trip;
mod templates;
mod types;
mod workspace;
