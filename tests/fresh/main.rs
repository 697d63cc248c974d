//! The generated tree on disk: up to date, written whole or not at all, and the same for the same input.

#![allow(clippy::expect_used, clippy::panic, reason = "what helps a test may fail as a test does")]

mod check;
mod crash;
mod forms;
mod inputs;
mod kept;
mod refusals;
mod reruns;
mod storm;
mod tree;
mod trust;
