//! The front end through its public interface: texts in, resolved documents or printed findings out.

#![expect(
    clippy::expect_used,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::panic,
    reason = "tests build texts the shortest way, and fail by panicking"
)]

mod checking;
mod elsewhere;
mod harness;
mod ledger;
mod listing;
mod overlays;
mod parts;
mod reading;
mod references;
mod robustness;
mod skeleton;
mod swagger;
mod versions;
