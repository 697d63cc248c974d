//! The run-time code, through what it promises to generated crates.

#[expect(unreachable_pub, reason = "as generated, where the crate exports all of it")]
mod builder;
mod check;
mod format;
mod formatted;
mod http_client;
mod http_params;
#[expect(unreachable_pub, reason = "as generated, where the crate exports all of it")]
mod http_sample;
mod http_server;
mod http_team;
mod limits;
mod pattern;
mod unions;
#[expect(unreachable_pub, reason = "as generated, where the crate exports all of it")]
mod values;
mod violation;
