//! Harness of the acceptance tests: fixtures in, what the pipeline makes of them out.
//!
//! A fixture holds only what it shows: a text that starts with `schemas:` or `paths:` is completed to the smallest
//! valid document, a full document is left alone.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a harness fails by panicking, in every function of it"
)]

pub mod cases;
pub mod command;
pub mod edits;
mod families;
pub mod fixtures;
pub mod house;
pub mod instances;
pub mod json_schema;
pub mod judge;
mod meant;
pub mod minimal;
pub mod mutants;
pub mod pipeline;
pub mod requests;
pub mod round_trip;
pub mod scratch;
pub mod sketch;

/// Checks the outline of the IR of a fixture against an inline snapshot.
#[macro_export]
macro_rules! check_outline {
    ($fixture:expr, @$expected:literal) => {
        insta::assert_snapshot!($crate::pipeline::outline("fixture", $fixture), @$expected)
    };
}

/// Checks the generated models of a fixture against an inline snapshot.
#[macro_export]
macro_rules! check_models {
    ($fixture:expr, @$expected:literal) => {
        insta::assert_snapshot!($crate::sketch::models("fixture", $fixture), @$expected)
    };
}

/// Checks what is printed about a fixture against an inline snapshot.
#[macro_export]
macro_rules! check_listing {
    ($fixture:expr, @$expected:literal) => {
        insta::assert_snapshot!($crate::pipeline::listing("fixture", $fixture), @$expected)
    };
}
