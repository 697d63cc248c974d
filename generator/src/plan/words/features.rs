//! The cargo features of a generated crate beside those of its APIs: one table, which everybody reads.

use crate::config::Side;

/// A cargo feature that a generated crate may have, and the run time has by the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// What it is for, as a comment above it; none where the one before says it.
    pub about: &'static str,
    /// The side of HTTP that it is of.
    pub side: Side,
    /// The feature that it builds on.
    pub over: Option<&'static str>,
    /// Where it is on.
    pub on: On,
    /// What it wants of crates that are there by another feature, where the crate carries a copy of the run time.
    pub wants: &'static [&'static str],
}

/// Where a feature is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// In a new crate, and in a module, which has no features.
    Default,
    /// In a module, and in a crate where somebody asks for it.
    Asked,
    /// Where somebody asks for it: it stands for something else, or is a switch of a library that a module's crate may turn.
    Instead,
}

/// Every one.
pub const FEATURES: &[Feature] = &[
    Feature { about: "The sides of HTTP; models and validation are always there.", ..feature("client", Side::Client) },
    feature("server", Side::Server),
    Feature {
        about: "The transport of clients that bring none of their own: without TLS, unless one of the next is on too.",
        over: Some("client"),
        ..feature("reqwest", Side::Client)
    },
    Feature {
        about: "TLS by rustls: with aws-lc, which takes a C compiler to build, ...",
        over: Some("reqwest"),
        wants: &["reqwest?/rustls"],
        ..feature("rustls", Side::Client)
    },
    Feature {
        about: "... with ring, which takes one too and is smaller, ...",
        over: Some("reqwest"),
        on: On::Instead,
        wants: &["reqwest?/rustls-no-provider", "rustls?/ring"],
        ..feature("rustls-ring", Side::Client)
    },
    Feature {
        about: "... or with graviola, which is Rust, for processors of x86-64 and aarch64 since about 2014.",
        over: Some("reqwest"),
        on: On::Instead,
        wants: &["reqwest?/rustls-no-provider"],
        ..feature("rustls-graviola", Side::Client)
    },
    Feature {
        about: "TLS of the system.",
        over: Some("reqwest"),
        on: On::Instead,
        wants: &["reqwest?/native-tls"],
        ..feature("native-tls", Side::Client)
    },
    Feature {
        about: "Responses that are packed: clients say that they take gzip, and unpack it.",
        over: Some("reqwest"),
        on: On::Instead,
        wants: &["reqwest?/gzip"],
        ..feature("gzip", Side::Client)
    },
    Feature {
        about: "Calls that block the thread, for programs that are not async.",
        over: Some("client"),
        on: On::Asked,
        wants: &["tokio/rt-multi-thread"],
        ..feature("blocking", Side::Client)
    },
    Feature {
        about: "Timers, the time and chance of a browser, for wasm32-unknown-unknown.",
        over: Some("client"),
        on: On::Instead,
        ..feature("browser", Side::Client)
    },
    Feature {
        about: "A stand-in for the server of each API, which answers with the examples of its document.",
        over: Some("server"),
        on: On::Asked,
        wants: &["serde/derive"],
        ..feature("stand-in", Side::Server)
    },
    Feature {
        about: "A test of servers: every operation is asked what its document allows.",
        over: Some("server"),
        on: On::Asked,
        wants: &["serde/derive"],
        ..feature("contract", Side::Server)
    },
];

const fn feature(name: &'static str, side: Side) -> Feature {
    Feature { name, about: "", side, over: None, on: On::Default, wants: &[] }
}
