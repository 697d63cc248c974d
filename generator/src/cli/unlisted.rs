//! Crates that a configuration names and cannot name so: those that no manifest lists, and one of its own that is called
//! as a dependency.
//!
//! ```toml
//! [[replace]]
//! with = "money::Amount"   # a generated crate needs `money` among its `[dependencies]`
//! ```

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use toml_edit::DocumentMut;

use super::kept::CARGO;
use super::names::default_crate;
use crate::config::{self, Config, Form, Output, Problem, Step};
use crate::render::is_dependency;

/// The crates that would be called as one that they depend on.
pub(super) fn misnamed(config: &Config, text: &str) -> Vec<Problem> {
    let is_taken = |it: &&(usize, &String)| is_dependency(it.1);
    let named = config.output.iter().enumerate().filter_map(|(idx, it)| Some((idx, it.name.as_ref()?)));
    let problem = |(idx, name): (usize, &String)| {
        let spot = [Step::Key("output"), Step::Item(idx), Step::Key("name")];
        let message = format!("generated code depends on a crate `{name}`");
        config::problem(text, &spot, message, &format!("call it such as `{}`", default_crate(name)))
    };
    named.filter(|it| is_taken(&it)).map(problem).collect()
}

/// The types and derives of crates that the manifest of a generated crate has not; module trees are in crates of others.
pub(super) fn unlisted(folder: &Path, config: &Config, text: &str) -> Vec<Problem> {
    // A template may list crates of its own.
    let outputs = config.output.iter().filter(|it| it.form == Form::Crate && it.templates.is_none());
    let outputs: Vec<(&Output, BTreeSet<String>)> = outputs.map(|it| (it, kept(&folder.join(&it.path)))).collect();
    let listed: BTreeSet<String> = config.dependencies.keys().map(|it| named(it)).collect();
    let lacks = |path: &str, is_about: &dyn Fn(&Output) -> bool| {
        let (first, _) = path.trim_start_matches("::").split_once("::")?;
        let is_known = ["crate", "self", "super", "std", "core", "alloc"].contains(&first)
            || is_dependency(first)
            || is_dependency(&first.replace('_', "-"))
            || listed.contains(first);
        let is_lacking = |(output, kept): &(&Output, BTreeSet<String>)| is_about(output) && !kept.contains(first);
        (!is_known && outputs.iter().any(is_lacking)).then(|| first.to_owned())
    };
    let mut problems = Vec::new();
    let mut tell = |spot: &[Step], path: &str, name: &str| {
        let message = format!("`{}` is of a crate that `[dependencies]` does not list", path.escape_debug());
        let help = format!("add it there, such as `{name} = \"1\"`");
        problems.push(config::problem(text, spot, message, &help));
    };
    for (idx, entry) in config.replace.iter().enumerate() {
        let is_about = |output: &Output| output.api.iter().any(|api| entry.is_about(&api.api_name()));
        if let Some(name) = lacks(&entry.with, &is_about) {
            tell(&[Step::Key("replace"), Step::Item(idx), Step::Key("with")], &entry.with, &name);
        }
    }
    for (idx, entry) in config.attribute.iter().enumerate() {
        for (nth, path) in entry.derive.iter().enumerate() {
            if let Some(name) = lacks(path, &|_| true) {
                let spot = [Step::Key("attribute"), Step::Item(idx), Step::Key("derive"), Step::Item(nth)];
                tell(&spot, path, &name);
            }
        }
    }
    problems
}

/// A crate as code names it.
fn named(package: &str) -> String {
    package.replace('-', "_")
}

/// The dependencies of a manifest that is there already, and is kept as its owner wants it.
fn kept(root: &Path) -> BTreeSet<String> {
    let manifest = fs::read_to_string(root.join(CARGO)).ok().and_then(|it| it.parse::<DocumentMut>().ok());
    let table = manifest.as_ref().and_then(|it| it.get("dependencies")?.as_table_like());
    table.map(|it| it.iter().map(|(name, _)| named(name)).collect()).unwrap_or_default()
}
