//! The manifest of a generated crate: its features, and what it depends on.

use minijinja::context;
use minijinja::value::Value;

use super::dependencies::{DEPENDENCIES, Dependency};
use super::needs::Needs;
use super::{CrateOptions, Delivery, Extras, Origin};
use crate::config;
use crate::plan::{ApiPlan, Feature, On};

/// What `cargo.toml.j2` shows.
pub(super) fn manifest(plans: &[ApiPlan], options: &CrateOptions, extras: &Extras) -> Value {
    let needs = Needs::new(plans);
    let on = needs.features.iter().filter(|it| it.on == On::Default).map(|it| it.name.to_owned());
    let default: Vec<_> = plans.iter().map(|plan| plan.feature.clone()).chain(on).collect();
    let apis = plans.iter().enumerate();
    let apis = apis.map(|(idx, plan)| api(&plan.feature, if idx == 0 { "One for each API." } else { "" }));
    let features: Vec<_> = apis.chain(needs.features.iter().map(|it| feature(it, options, &needs))).collect();
    context! {
        package => package(options), default, features, has_operations => needs.has("stand-in"),
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

/// The feature of an API.
fn api(name: &str, about: &'static str) -> Value {
    let about = (!about.is_empty()).then(|| super::fragment::toml_comment(about));
    context! { name, about, enables => Vec::<String>::new() }
}

/// A feature of the table, which turns on that of the run time, or what a copy of that needs.
fn feature(it: &Feature, options: &CrateOptions, needs: &Needs) -> Value {
    let copied = options.runtime == Delivery::Copy;
    let own = DEPENDENCIES.iter().filter(|one| (copied || one.named) && one.by.contains(&it.name));
    let own = own.filter(|one| !is_forced(one, needs)).map(|one| format!("dep:{}", one.name));
    let runtime = (!copied).then(|| format!("{RUNTIME}/{}", it.name));
    let wants = it.wants.iter().filter(|_| copied).map(|one| (*one).to_owned());
    let enables: Vec<_> = it.over.map(str::to_owned).into_iter().chain(runtime).chain(own).chain(wants).collect();
    let about = (!it.about.is_empty()).then(|| super::fragment::toml_comment(it.about));
    context! { name => it.name, about, enables }
}

/// Whether a dependency is there whichever features are on.
fn is_forced(it: &Dependency, needs: &Needs) -> bool {
    it.is_common() || it.needs.iter().any(|need| needs.libraries.contains(need))
}

/// What the program that serves an API needs of `tokio`.
fn tokio_of_examples(workspace: bool) -> Value {
    let version = DEPENDENCIES.iter().find(|it| it.name == "tokio").map_or("1", |it| it.version);
    let features = vec!["macros", "net", "rt-multi-thread", "signal"];
    context! { version, workspace, features }
}

/// The package of the run time.
const RUNTIME: &str = "specwright-runtime";

/// What the crate names itself: with a run time of its own that is everything that the run time names, but for what no
/// document needs and no feature wants.
fn needed<'n>(options: &CrateOptions, needs: &'n Needs) -> impl Iterator<Item = &'static Dependency> + use<'n> {
    let copied = options.runtime == Delivery::Copy;
    let is_wanted = |it: &Dependency| is_forced(it, needs) || it.by.iter().any(|feature| needs.has(feature));
    DEPENDENCIES.iter().filter(move |it| is_wanted(it) && (copied || it.named))
}

fn dependencies(options: &CrateOptions, needs: &Needs) -> Vec<Value> {
    let workspace = options.workspace;
    let own = needed(options, needs).map(|it| {
        context! {
            name => it.name,
            from => if workspace { from("workspace", Value::from(true)) } else { from("version", it.version.into()) },
            bare => it.bare && !workspace,
            features => it.features.to_vec(),
            optional => !is_forced(it, needs),
            reason => super::fragment::toml_comment(it.reason),
        }
    });
    own.chain(runtime(&options.runtime, needs, &[])).collect()
}

/// What a crate needs that has the code as a module: everything at once, without features.
pub(super) fn needed_by_module(plans: &[ApiPlan], options: &CrateOptions, extras: &Extras) -> Vec<Value> {
    let needs = Needs::new(plans).of_module();
    // What a feature wants of a crate, such as `tokio/rt-multi-thread`, is always wanted.
    let wants = |name: &str| -> Vec<&'static str> {
        let pairs = needs.features.iter().flat_map(|it| it.wants).filter_map(|it| it.split_once('/'));
        let mut all: Vec<_> =
            pairs.filter(|(package, _)| package.trim_end_matches('?') == name).map(|(_, feature)| feature).collect();
        all.dedup();
        all
    };
    let own = needed(options, &needs).map(|it| {
        context! {
            name => it.name,
            from => from("version", it.version.into()),
            bare => it.bare,
            features => it.features.iter().copied().chain(wants(it.name)).collect::<Vec<_>>(),
            optional => false,
            reason => super::fragment::toml_comment(it.reason),
        }
    });
    let features: Vec<_> = needs.features.iter().map(|it| it.name).collect();
    let runtime = runtime(&options.runtime, &needs, &features);
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
fn runtime(delivery: &Delivery, needs: &Needs, features: &[&'static str]) -> Option<Value> {
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
        features => features.iter().copied().chain(needs.libraries.iter().map(|it| it.feature())).collect::<Vec<_>>(),
        optional => false,
        reason => super::fragment::toml_comment("the run time"),
    })
}

fn from(key: &str, value: Value) -> Value {
    context! { key, value }
}
