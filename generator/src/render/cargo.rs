//! The manifest of a generated crate: its features, and what it depends on.

use minijinja::context;
use minijinja::value::Value;

use super::{CrateOptions, Delivery, Origin};
use crate::plan::{ApiPlan, OperationKind};

/// What `cargo.toml.j2` shows.
pub(super) fn manifest(plans: &[ApiPlan], options: &CrateOptions) -> Value {
    let has_operations = plans.iter().any(|plan| plan.of_kind(OperationKind::Operation).next().is_some());
    let sides = ["client", "server"].map(str::to_owned);
    let default: Vec<_> = plans.iter().map(|plan| plan.feature.clone()).chain(sides).collect();
    let about = |idx: usize| if idx == 0 { "One for each API." } else { "" };
    let apis = plans.iter().enumerate().map(|(idx, plan)| feature(&plan.feature, about(idx), Vec::new()));
    let mut features: Vec<_> = apis.collect();
    features.push(side("client", "The sides of HTTP; models and validation are always there.", options));
    features.push(side("server", "", options));
    if has_operations {
        features.push(stand_in(options));
    }
    context! {
        package => package(options), default, features, has_operations,
        dependencies => dependencies(options),
        tokio => tokio_of_examples(options.workspace),
    }
}

/// What the crate is called, and whose version it has.
pub(super) fn package(options: &CrateOptions) -> Value {
    let fields =
        [("version", "0.1.0"), ("edition", "2024"), ("rust-version", "1.89"), ("license", "MIT OR Apache-2.0")];
    let shown = if options.workspace { &fields[..] } else { &fields[..3] };
    let fields: Vec<_> = shown
        .iter()
        .map(|(key, value)| context! { key => *key, value => *value, workspace => options.workspace })
        .collect();
    context! { name => options.name.as_str(), description => options.description.as_str(), fields }
}

fn feature(name: &str, about: &'static str, enables: Vec<String>) -> Value {
    let about = (!about.is_empty()).then(|| super::fragment::toml_comment(about));
    context! { name, about, enables }
}

/// The feature of a side of HTTP.
fn side(name: &str, about: &'static str, options: &CrateOptions) -> Value {
    let own = needed(options).filter(|it| it.sides.contains(&name[..1])).map(|it| format!("dep:{}", it.name));
    let runtime = (options.runtime != Delivery::Copy).then(|| format!("{RUNTIME}/{name}"));
    feature(name, about, runtime.into_iter().chain(own).collect())
}

/// The feature of stand-ins.
fn stand_in(options: &CrateOptions) -> Value {
    let runtime = (options.runtime != Delivery::Copy).then(|| format!("{RUNTIME}/stand-in"));
    let about = "A stand-in for the server of each API, which answers with the examples of its document.";
    feature("stand-in", about, ["server".to_owned()].into_iter().chain(runtime).collect())
}

/// What the program that serves an API needs of `tokio`.
fn tokio_of_examples(workspace: bool) -> Value {
    let version = DEPENDENCIES.iter().find(|it| it.name == "tokio").map_or("1", |it| it.version);
    let features = vec!["macros", "net", "rt-multi-thread", "signal"];
    context! { version, workspace, features }
}

/// The package of the run time.
const RUNTIME: &str = "specwright-runtime";

/// A crate that generated code depends on.
struct Dependency {
    name: &'static str,
    version: &'static str,
    bare: bool,
    features: &'static [&'static str],
    sides: &'static str,
    /// Whether generated code names it, or macros of the run time do there; else the run time does alone.
    named: bool,
    reason: &'static str,
}

const fn dependency(
    name: &'static str,
    version: &'static str,
    sides: &'static str,
    reason: &'static str,
) -> Dependency {
    Dependency { name, version, bare: false, features: &[], sides, named: false, reason }
}

/// Everything that the run time names; `sides` says who needs it: `c`lient, `s`erver, or all when empty.
const DEPENDENCIES: &[Dependency] = &[
    Dependency {
        bare: true,
        features: &["http1", "tokio"],
        named: true,
        ..dependency("axum", "0.8", "s", "the router")
    },
    dependency("base64", "0.22", "", "strings with the format `byte`"),
    dependency("bytes", "1", "cs", "bodies"),
    dependency("fancy-regex", "0.20", "", "patterns with look-around, within bounds"),
    dependency("fluent-uri", "0.4", "", "strings with the format `uri` and its kin"),
    Dependency { bare: true, features: &["std"], ..dependency("futures-util", "0.3", "cs", "streams of bodies") },
    dependency("http", "1", "cs", "requests and responses"),
    dependency("http-body", "1", "cs", "bodies that are sent as they come"),
    dependency("http-body-util", "0.1", "cs", "bodies"),
    dependency("idna", "1", "", "strings with the format `hostname` and its kin"),
    Dependency { bare: true, features: &["std"], ..dependency("jiff", "0.2", "", "dates and times") },
    dependency("multer", "3", "cs", "parts of `multipart/form-data`"),
    dependency("percent-encoding", "2", "cs", "parameters"),
    dependency("regex", "1", "", "patterns"),
    Dependency { bare: true, features: &["default-tls"], ..dependency("reqwest", "0.13", "c", "the transport") },
    Dependency { features: &["derive"], named: true, ..dependency("serde", "1", "", "the JSON form of models") },
    Dependency { features: &["float_roundtrip"], named: true, ..dependency("serde_json", "1", "", "JSON") },
    Dependency { features: &["time"], ..dependency("tokio", "1", "c", "time-outs and retries") },
    Dependency {
        bare: true,
        features: &["util"],
        ..dependency("tower", "0.5", "c", "calls of a service in the same process")
    },
    Dependency { bare: true, features: &["std"], ..dependency("tracing", "0.1", "s", "a span for each request") },
    dependency("uuid", "1", "", "strings with the format `uuid`"),
];

/// What the crate names itself: with a run time of its own that is everything that the run time names.
fn needed(options: &CrateOptions) -> impl Iterator<Item = &'static Dependency> {
    let copied = options.runtime == Delivery::Copy;
    DEPENDENCIES.iter().filter(move |it| copied || it.named)
}

fn dependencies(options: &CrateOptions) -> Vec<Value> {
    let workspace = options.workspace;
    let own = needed(options).map(|it| {
        context! {
            name => it.name,
            from => if workspace { from("workspace", Value::from(true)) } else { from("version", it.version.into()) },
            bare => it.bare && !workspace,
            features => it.features.to_vec(),
            optional => !it.sides.is_empty(),
            reason => super::fragment::toml_comment(it.reason),
        }
    });
    own.chain(runtime(&options.runtime)).collect()
}

/// The run time, where the crate depends on it.
fn runtime(delivery: &Delivery) -> Option<Value> {
    let Delivery::Depend(origin) = delivery else { return None };
    let from = match origin {
        Origin::Workspace => from("workspace", true.into()),
        Origin::Registry => from("version", env!("CARGO_PKG_VERSION").into()),
        Origin::Folder(path) => from("path", path.as_str().into()),
    };
    Some(context! {
        name => RUNTIME,
        from,
        bare => *origin != Origin::Workspace,
        features => Vec::<&str>::new(),
        optional => false,
        reason => super::fragment::toml_comment("the run time"),
    })
}

fn from(key: &str, value: Value) -> Value {
    context! { key, value }
}
