//! Specwright inside other people's workspaces: the library, a build script, a task, a test, a program that watches.

#![allow(clippy::expect_used, clippy::panic, reason = "what helps a test may fail as a test does")]

mod examples;
mod library;
mod watch;
