//! The house rules that no compiler checks.

#![allow(clippy::expect_used, clippy::panic, reason = "what helps a test may fail as a test does")]

mod fixtures;
mod fuzz;
mod generated;
mod layers;
mod names;
mod packages;
mod pages;
mod snapshots;
mod sources;
