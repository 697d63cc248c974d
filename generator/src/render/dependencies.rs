//! The crates that generated code and its run time name, with what wants each.

use crate::config::Library;
use crate::plan::Need;

/// A crate that generated code depends on.
pub(super) struct Dependency {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    /// Whether its default features are off.
    pub(super) bare: bool,
    pub(super) features: &'static [&'static str],
    /// The features of the generated crate that turn it on.
    pub(super) by: &'static [&'static str],
    /// What a document has that needs it, whichever features are on.
    pub(super) needs: &'static [Need],
    /// Whether generated code names it, or macros of the run time do there; else the run time does alone.
    pub(super) named: bool,
    pub(super) reason: &'static str,
}

impl Dependency {
    /// Whether everything needs it.
    pub(super) fn is_common(&self) -> bool {
        self.by.is_empty() && self.needs.is_empty()
    }
}

/// The crate of some features.
const fn for_features(
    by: &'static [&'static str],
    name: &'static str,
    version: &'static str,
    reason: &'static str,
) -> Dependency {
    Dependency { name, version, bare: false, features: &[], by, needs: &[], named: false, reason }
}

/// The crate of something that documents have.
const fn to(needs: &'static [Need], name: &'static str, version: &'static str, reason: &'static str) -> Dependency {
    Dependency { needs, ..for_features(&[], name, version, reason) }
}

const BOTH: &[&str] = &["client", "server"];
const CLIENT: &[&str] = &["client"];
const BROWSER: &[&str] = &["browser"];

/// Whether a generated crate may depend on a crate of this name.
pub fn is_dependency(name: &str) -> bool {
    DEPENDENCIES.iter().any(|it| it.name == name)
}

/// Everything that the run time names.
pub(super) const DEPENDENCIES: &[Dependency] = &[
    Dependency {
        bare: true,
        features: &["http1", "tokio"],
        named: true,
        ..for_features(&["server"], "axum", "0.8", "the router")
    },
    Dependency { by: BOTH, ..to(&[Need::Byte], "base64", "0.22", "strings with the format `byte`, and credentials") },
    for_features(BOTH, "bytes", "1", "bodies"),
    Dependency {
        bare: true,
        features: &["std"],
        ..to(&[Need::Library(Library::Chrono)], "chrono", "0.4", "dates and times")
    },
    to(&[Need::Pattern], "fancy-regex", "0.20", "patterns with look-around, within bounds"),
    Dependency {
        by: CLIENT,
        ..to(&[Need::Uri], "fluent-uri", "0.4", "strings with the format `uri` and its kin, and where pages lead")
    },
    Dependency { bare: true, features: &["std"], ..for_features(BOTH, "futures-util", "0.3", "streams of bodies") },
    Dependency { features: &["futures"], ..for_features(BROWSER, "gloo-timers", "0.3", "timers of browsers") },
    for_features(&["rustls-graviola"], "graviola", "0.4", "whether a processor can do TLS that is Rust"),
    for_features(BOTH, "http", "1", "requests and responses"),
    for_features(BOTH, "http-body", "1", "bodies that are sent as they come"),
    for_features(BOTH, "http-body-util", "0.1", "bodies"),
    for_features(CLIENT, "httpdate", "1", "when to call again"),
    to(&[Need::Hostname], "idna", "1", "strings with the format `hostname` and its kin"),
    to(&[Need::Library(Library::Indexmap)], "indexmap", "2", "maps and sets in the order of the document"),
    Dependency {
        bare: true,
        features: &["std"],
        ..to(&[Need::Library(Library::Jiff)], "jiff", "0.2", "dates and times")
    },
    for_features(BROWSER, "js-sys", "0.3", "the time and chance of browsers"),
    for_features(BOTH, "multer", "3", "parts of `multipart/form-data`"),
    for_features(BOTH, "percent-encoding", "2", "parameters"),
    to(&[Need::Pattern, Need::Hostname], "regex", "1", "patterns"),
    Dependency { bare: true, ..for_features(&["reqwest"], "reqwest", "0.13", "the transport") },
    Dependency {
        bare: true,
        features: &["std"],
        ..to(&[Need::Library(Library::RustDecimal)], "rust_decimal", "1", "strings with the format `decimal`")
    },
    Dependency {
        bare: true,
        features: &["std", "tls12"],
        ..for_features(PROVIDERS, "rustls", "0.23", "TLS with a provider of choice")
    },
    for_features(&["rustls-graviola"], "rustls-graviola", "0.4", "a provider of TLS that is Rust"),
    for_features(PROVIDERS, "rustls-platform-verifier", "0.7", "whom the system trusts"),
    Dependency { named: true, ..for_features(&[], "serde", "1", "the JSON form of models") },
    Dependency { features: &["float_roundtrip"], named: true, ..for_features(&[], "serde_json", "1", "JSON") },
    Dependency {
        bare: true,
        features: &["std", "formatting"],
        ..to(&[Need::Library(Library::Time)], "time", "0.3", "dates and times")
    },
    Dependency { features: &["time"], ..for_features(BOTH, "tokio", "1", "time-outs and retries") },
    Dependency {
        bare: true,
        features: &["util"],
        ..for_features(BOTH, "tower", "0.5", "layers, and calls of services in the same process")
    },
    Dependency {
        bare: true,
        features: &["std"],
        ..for_features(BOTH, "tracing", "0.1", "a span for each request and each call")
    },
    to(&[Need::Uuid], "uuid", "1", "strings with the format `uuid`"),
];

const PROVIDERS: &[&str] = &["rustls-ring", "rustls-graviola"];
