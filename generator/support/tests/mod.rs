//! The run-time code, through what it promises to generated crates.

mod pattern;
