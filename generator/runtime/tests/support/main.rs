//! The run time, through what it promises to generated crates.

#![expect(unreachable_pub, reason = "as generated, where the crate exports all of it")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what helps a test may fail as a test does")]

mod check;
mod collections;
mod deep_objects;
mod format;
mod formatted;
mod http_apart;
mod http_client;
mod http_cookies;
mod http_events;
mod http_exchanges;
mod http_params;
mod http_request;
mod http_routes;
mod http_sample;
mod http_server;
mod http_siblings;
mod http_streams;
mod http_team;
mod http_transport;
mod json_text;
mod limits;
mod log;
mod pattern;
mod required;
mod tolerance;
mod unions;
mod values;
mod violation;

use specwright_runtime as support;
