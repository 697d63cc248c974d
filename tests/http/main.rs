//! The generated clients against the generated routers: in process, and over a loopback socket.
//!
//! `apis` implements the handler trait of each API with a stub that answers what a test says and remembers who asked
//! what. Raw requests are for what a typed client refuses to send.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail by panicking, their helpers too"
)]

mod apis;
mod checks;
mod contract;
mod harness;
#[path = "../programs/log.rs"]
mod log;
mod one_line;
mod pages;
mod peers;
mod protocol;
mod refusals;
mod refused_by_client;
mod round_trips;
mod rounds;
mod security;
mod stand_ins;
mod statuses;
