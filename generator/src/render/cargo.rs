//! The manifest of a generated crate: its features, and what it depends on.

use minijinja::context;
use minijinja::value::Value;

use super::needs::Needs;
use super::{CrateOptions, Delivery, Extras, Origin};
use crate::config::{self, Library, Side};
use crate::plan::ApiPlan;

/// What `cargo.toml.j2` shows.
pub(super) fn manifest(plans: &[ApiPlan], options: &CrateOptions, extras: &Extras) -> Value {
    let needs = Needs::new(plans);
    let has_client = needs.sides.contains(&Side::Client);
    let sides = needs.sides.iter().map(|it| it.name()).chain(has_client.then_some("reqwest")).map(str::to_owned);
    let default: Vec<_> = plans.iter().map(|plan| plan.feature.clone()).chain(sides).collect();
    let one = |idx: usize, about: &'static str| if idx == 0 { about } else { "" };
    let apis = plans.iter().enumerate();
    let apis = apis.map(|(idx, plan)| feature(&plan.feature, one(idx, "One for each API."), Vec::new()));
    let mut features: Vec<_> = apis.collect();
    let about = "The sides of HTTP; models and validation are always there.";
    let sides = needs.sides.iter().enumerate();
    features.extend(sides.map(|(idx, it)| side(it.name(), one(idx, about), options)));
    if has_client {
        features.push(of_client("reqwest", "The transport of clients that bring none of their own.", options));
        features.push(of_client("blocking", "Calls that block the thread, for programs that are not async.", options));
        features.push(of_client(
            "browser",
            "Timers, the time and chance of a browser, for wasm32-unknown-unknown.",
            options,
        ));
    }
    if needs.stand_in {
        let about = "A stand-in for the server of each API, which answers with the examples of its document.";
        features.push(of_server("stand-in", about, options));
    }
    if needs.contract {
        let about = "A test of servers: every operation is asked what its document allows.";
        features.push(of_server("contract", about, options));
    }
    context! {
        package => package(options), default, features, has_operations => needs.stand_in,
        dependencies => dependencies(options, &needs).into_iter().chain(added(extras)).collect::<Vec<_>>(),
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
    let copied = options.runtime == Delivery::Copy;
    let own = DEPENDENCIES.iter().filter(|it| (copied || it.named) && it.sides.contains(&name[..1]));
    let own = own.map(|it| format!("dep:{}", it.name));
    let runtime = (options.runtime != Delivery::Copy).then(|| format!("{RUNTIME}/{name}"));
    feature(name, about, runtime.into_iter().chain(own).collect())
}

/// A feature of clients.
fn of_client(name: &str, about: &'static str, options: &CrateOptions) -> Value {
    let own = match (&options.runtime, name) {
        (Delivery::Depend(_), _) => vec![format!("{RUNTIME}/{name}")],
        (Delivery::Copy, "blocking") => vec![format!("tokio/{THREADS}")],
        (Delivery::Copy, "browser") => vec!["dep:gloo-timers".to_owned(), "dep:js-sys".to_owned()],
        (Delivery::Copy, _) => vec![format!("dep:{name}")],
    };
    feature(name, about, [vec!["client".to_owned()], own].concat())
}

/// A feature over that of servers.
fn of_server(name: &'static str, about: &'static str, options: &CrateOptions) -> Value {
    let runtime = (options.runtime != Delivery::Copy).then(|| format!("{RUNTIME}/{name}"));
    feature(name, about, ["server".to_owned()].into_iter().chain(runtime).collect())
}

/// What the program that serves an API needs of `tokio`.
fn tokio_of_examples(workspace: bool) -> Value {
    let version = DEPENDENCIES.iter().find(|it| it.name == "tokio").map_or("1", |it| it.version);
    let features = vec!["macros", "net", "rt-multi-thread", "signal"];
    context! { version, workspace, features }
}

/// What blocking calls need of `tokio`.
const THREADS: &str = "rt-multi-thread";

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
    /// The choice of the user that it comes with.
    library: Option<Library>,
    reason: &'static str,
}

const fn dependency(
    name: &'static str,
    version: &'static str,
    sides: &'static str,
    reason: &'static str,
) -> Dependency {
    Dependency { name, version, bare: false, features: &[], sides, named: false, library: None, reason }
}

/// The crate of a choice.
const fn library(library: Library, version: &'static str, reason: &'static str) -> Dependency {
    Dependency { library: Some(library), ..dependency(library.name(), version, "", reason) }
}

/// Everything that the run time names; `sides` says who needs it: `c`lient, `s`erver, a feature of clients (`r`eqwest,
/// `b`rowser), or all when empty.
const DEPENDENCIES: &[Dependency] = &[
    Dependency {
        bare: true,
        features: &["http1", "tokio"],
        named: true,
        ..dependency("axum", "0.8", "s", "the router")
    },
    dependency("base64", "0.22", "", "strings with the format `byte`"),
    dependency("bytes", "1", "cs", "bodies"),
    Dependency { bare: true, features: &["std"], ..library(Library::Chrono, "0.4", "dates and times") },
    dependency("fancy-regex", "0.20", "", "patterns with look-around, within bounds"),
    dependency("fluent-uri", "0.4", "", "strings with the format `uri` and its kin"),
    Dependency { bare: true, features: &["std"], ..dependency("futures-util", "0.3", "cs", "streams of bodies") },
    Dependency { features: &["futures"], ..dependency("gloo-timers", "0.3", "b", "timers of browsers") },
    dependency("http", "1", "cs", "requests and responses"),
    dependency("http-body", "1", "cs", "bodies that are sent as they come"),
    dependency("http-body-util", "0.1", "cs", "bodies"),
    dependency("httpdate", "1", "c", "when to call again"),
    dependency("idna", "1", "", "strings with the format `hostname` and its kin"),
    library(Library::Indexmap, "2", "maps and sets in the order of the document"),
    Dependency { bare: true, features: &["std"], ..library(Library::Jiff, "0.2", "dates and times") },
    dependency("js-sys", "0.3", "b", "the time and chance of browsers"),
    dependency("multer", "3", "cs", "parts of `multipart/form-data`"),
    dependency("percent-encoding", "2", "cs", "parameters"),
    dependency("regex", "1", "", "patterns"),
    Dependency { bare: true, features: &["default-tls"], ..dependency("reqwest", "0.13", "r", "the transport") },
    Dependency {
        bare: true,
        features: &["std"],
        ..library(Library::RustDecimal, "1", "strings with the format `decimal`")
    },
    Dependency { features: &["derive"], named: true, ..dependency("serde", "1", "", "the JSON form of models") },
    Dependency { features: &["float_roundtrip"], named: true, ..dependency("serde_json", "1", "", "JSON") },
    Dependency { bare: true, features: &["std", "formatting"], ..library(Library::Time, "0.3", "dates and times") },
    Dependency { features: &["time"], ..dependency("tokio", "1", "cs", "time-outs and retries") },
    Dependency {
        bare: true,
        features: &["util"],
        ..dependency("tower", "0.5", "cs", "layers, and calls of services in the same process")
    },
    Dependency {
        bare: true,
        features: &["std"],
        ..dependency("tracing", "0.1", "cs", "a span for each request and each call")
    },
    dependency("uuid", "1", "", "strings with the format `uuid`"),
];

/// What the crate names itself: with a run time of its own that is everything that the run time names, but for the
/// sides and the libraries that nothing needs.
fn needed<'n>(options: &CrateOptions, needs: &'n Needs) -> impl Iterator<Item = &'static Dependency> + use<'n> {
    let copied = options.runtime == Delivery::Copy;
    let is_needed = move |it: &&Dependency| {
        let has = |side: &Side| it.sides.contains(&side.name()[..1]) || (it.sides == "r" && *side == Side::Client);
        let is_browser = it.sides == "b" && needs.browser;
        it.library.is_none_or(|it| needs.libraries.contains(&it))
            && (it.sides.is_empty() || is_browser || needs.sides.iter().any(has))
            && (copied || it.named)
    };
    DEPENDENCIES.iter().filter(is_needed)
}

fn dependencies(options: &CrateOptions, needs: &Needs) -> Vec<Value> {
    let workspace = options.workspace;
    let own = needed(options, needs).map(|it| {
        context! {
            name => it.name,
            from => if workspace { from("workspace", Value::from(true)) } else { from("version", it.version.into()) },
            bare => it.bare && !workspace,
            features => it.features.to_vec(),
            optional => !it.sides.is_empty(),
            reason => super::fragment::toml_comment(it.reason),
        }
    });
    own.chain(runtime(&options.runtime, needs, &[])).collect()
}

/// What a crate needs that has the code as a module: everything at once, without features.
pub(super) fn needed_by_module(plans: &[ApiPlan], options: &CrateOptions, extras: &Extras) -> Vec<Value> {
    let needs = Needs::new(plans).of_module();
    let own = needed(options, &needs).map(|it| {
        context! {
            name => it.name,
            from => from("version", it.version.into()),
            bare => it.bare,
            features => it.features.iter().copied().chain((it.name == "tokio").then_some(THREADS)).collect::<Vec<_>>(),
            optional => false,
            reason => super::fragment::toml_comment(it.reason),
        }
    });
    let of_client: &[&str] = if needs.sides.contains(&Side::Client) { &["blocking", "reqwest"] } else { &[] };
    let sides = needs.sides.iter().map(|it| it.name()).chain(needs.stand_in.then_some("stand-in"));
    let sides = sides.chain(needs.contract.then_some("contract"));
    let sides: Vec<_> = sides.chain(of_client.iter().copied()).collect();
    let runtime = runtime(&options.runtime, &needs, &sides);
    let runtime = runtime.map(|it| context! { bare => false, ..it });
    own.chain(runtime).chain(added(extras)).collect()
}

/// The entries that a configuration adds.
fn added(extras: &Extras) -> Vec<Value> {
    let entry = |(name, it): (&String, &config::Dependency)| {
        let (from, features, bare) = match it {
            config::Dependency::Version(version) => (from("version", version.as_str().into()), Vec::new(), false),
            config::Dependency::Full(it) => {
                let from = match (&it.path, &it.version) {
                    (Some(path), _) => from("path", path.as_str().into()),
                    (None, Some(version)) => from("version", version.as_str().into()),
                    (None, None) => from("workspace", true.into()),
                };
                (from, it.features.clone(), !it.default_features)
            }
        };
        context! {
            name, from, bare, features, optional => false,
            reason => super::fragment::toml_comment("what the configuration adds"),
        }
    };
    extras.dependencies.iter().map(entry).collect()
}

/// The run time, where the crate depends on it.
fn runtime(delivery: &Delivery, needs: &Needs, sides: &[&'static str]) -> Option<Value> {
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
        features => sides.iter().copied().chain(needs.libraries.iter().map(|it| it.name())).collect::<Vec<_>>(),
        optional => false,
        reason => super::fragment::toml_comment("the run time"),
    })
}

fn from(key: &str, value: Value) -> Value {
    context! { key, value }
}
