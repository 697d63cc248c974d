//! The run-time code that every generated crate carries, as a library of its own for its tests.
//!
//! `mod.rs` and its children are copied verbatim into `src/support/` of a generated crate,
//! so they name each other through `super` and `crate::support`.

#[path = "mod.rs"]
pub mod support;

#[cfg(test)]
mod tests;
