//! The run-time code, through what it promises to generated crates.

mod check;
mod format;
mod formatted;
mod limits;
mod pattern;
mod unions;
mod violation;
