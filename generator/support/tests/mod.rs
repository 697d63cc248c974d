//! The run-time code, through what it promises to generated crates.

mod check;
mod format;
mod formatted;
mod http_client;
#[expect(unreachable_pub, dead_code, reason = "as generated, where the crate exports all of it")]
mod http_sample;
mod http_team;
mod limits;
mod pattern;
mod unions;
mod violation;
