//! `specwright.toml`: every key is read and refused as its schema says, and has an effect.

#![allow(clippy::expect_used, clippy::panic, reason = "what helps a test may fail as a test does")]

mod begun;
mod effects;
mod encoded;
mod files;
mod keys;
mod misspelled;
mod names;
mod pages;
mod project;
mod templates;
mod types;
mod vendor;
