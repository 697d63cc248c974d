//! What is the user's in a generated crate: files that are written once and then kept.
//!
//! `Cargo.toml` gets a version, a licence, lints and dependencies of its owner's, so it is never written again. What the
//! generated code needs of it is compared instead, and what it lacks is offered as a change that takes nothing back.

use std::fs;
use std::path::{Path, PathBuf};

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, Value};

use super::files::{FileError, MANIFEST, failed};
use super::fingerprint::Inputs;
use super::outcome::Failure;
use crate::output::Files;

/// The manifest of a crate.
pub(super) const CARGO: &str = "Cargo.toml";

/// What git and the pages of a forge know of the files.
const ATTRIBUTES: &str = ".gitattributes";

/// The files of a crate that are the user's.
pub(super) const KEPT: &[&str] = &[CARGO, ATTRIBUTES];

/// Who may edit the manifest of a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Whoever uses the crate: it is written once.
    User,
    /// The generator: it is written whenever it differs.
    Generator,
}

/// What the user's manifest lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The manifest.
    pub path: PathBuf,
    /// The manifest as it is printed: as other files of a crate, or its path where it is that of another package.
    pub shown: String,
    /// The manifest as it is.
    pub found: String,
    /// The manifest with what it lacks.
    pub wanted: String,
    /// What that is, such as "dependency `axum`".
    pub lacking: Vec<String>,
}

/// `.gitattributes` and its text: pages of changes fold what is generated.
fn attributes(is_crate: bool) -> (&'static str, &'static str) {
    let crate_text = "# Generated code is folded where changes are shown. This file is yours.\n\
                      /MANIFEST linguist-generated\n/README.md linguist-generated\n\
                      /examples/serve.rs linguist-generated\n/src/** linguist-generated\n";
    let module_text = "# Generated code is folded where changes are shown. This file is yours.\n* linguist-generated\n";
    (ATTRIBUTES, if is_crate { crate_text } else { module_text })
}

/// The files that a run compares with the tree, and what the user's manifest lacks.
pub(super) struct Settled {
    /// The files that are the generator's, and those of the user's that have to be written.
    pub(super) files: Files,
    /// How many there are, whether they have to be written or not.
    pub(super) count: usize,
    pub(super) offer: Option<Offer>,
}

/// Takes the files that are the user's out of those that were rendered for a folder, where they are there already.
///
/// Generated code in a module needs something of the manifest of its crate, which is the nearest one above the folder,
/// or the one that is given.
pub(super) fn settle(mut files: Files, root: &Path, given: Option<&Path>, inputs: &Inputs) -> Result<Settled, Failure> {
    let cargo = files.remove(CARGO);
    files.remove(MANIFEST);
    let listing = crate::render::manifest(&files);
    files.insert(MANIFEST.to_owned(), listing);
    let is_crate = cargo.is_some();
    let count = files.len() + 1 + usize::from(is_crate);
    let needed = cargo.or_else(|| files.get("dependencies.toml").map(str::to_owned)).unwrap_or_default();
    let manifest = if is_crate { Some(root.join(CARGO)) } else { given.map(Path::to_owned).or_else(|| around(root)) };
    let mut offer = None;
    match manifest {
        Some(path) if path.exists() => {
            let shown = if is_crate { CARGO.to_owned() } else { path.display().to_string() };
            offer = compared(&path, &needed, inputs)?.map(|it| Offer { shown, ..it });
        }
        _ if is_crate => files.insert(CARGO.to_owned(), needed),
        _ => {}
    }
    let (path, text) = attributes(is_crate);
    if !root.join(MANIFEST).exists() && !root.join(path).exists() {
        files.insert(path.to_owned(), text.to_owned());
    }
    Ok(Settled { files, count, offer })
}

/// The name that the owner of a crate has given to it.
pub(super) fn name(root: &Path) -> Option<String> {
    let manifest: DocumentMut = fs::read_to_string(root.join(CARGO)).ok()?.parse().ok()?;
    manifest.get("package")?.get("name")?.as_str().map(str::to_owned)
}

/// The manifest of the package that a folder lies in.
fn around(root: &Path) -> Option<PathBuf> {
    let root = std::path::absolute(root).ok()?;
    let paths = root.ancestors().skip(1).map(|it| it.join(CARGO)).find(|it| it.is_file());
    paths.filter(|path| fs::read_to_string(path).is_ok_and(|text| text.lines().any(|it| it.trim() == "[package]")))
}

fn compared(path: &Path, needed: &str, inputs: &Inputs) -> Result<Option<Offer>, Failure> {
    let bytes = inputs.read(path).map_err(failed("read", path))?;
    let found = String::from_utf8_lossy(&bytes);
    offer(path, &found, needed)
        .map_err(|error| Failure::Request(format!("`{}` cannot be read: {}", path.display(), error.message())))
}

impl Offer {
    /// Writes what the manifest lacks into it.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn accept(&self) -> Result<(), FileError> {
        let draft = self.path.with_extension("toml.draft");
        fs::write(&draft, &self.wanted).map_err(failed("write", &draft))?;
        fs::rename(&draft, &self.path).map_err(failed("write", &self.path))
    }
}

/// Compares a manifest with what generated code needs of it.
fn offer(path: &Path, found: &str, needed: &str) -> Result<Option<Offer>, toml_edit::TomlError> {
    let needed: DocumentMut = needed.parse()?;
    let mut wanted: DocumentMut = found.parse()?;
    let mut lacking = Vec::new();
    let is_new = features(&needed, &mut wanted, &mut lacking);
    for section in ["dependencies", "dev-dependencies"] {
        dependencies(section, &needed, &mut wanted, &mut lacking);
    }
    if needed.contains_key("example") && !has_example(&wanted) {
        let examples = wanted.entry("example").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        if let (Some(all), Some(more)) = (examples.as_array_of_tables_mut(), needed["example"].as_array_of_tables()) {
            for it in more {
                all.push(it.clone());
            }
        }
        lacking.push("example `serve`".to_owned());
    }
    turn_on(&is_new, &needed, &mut wanted);
    let (path, found, wanted) = (path.to_owned(), found.to_owned(), wanted.to_string());
    Ok((!lacking.is_empty()).then_some(Offer { path, shown: String::new(), found, wanted, lacking }))
}

/// The table of a section, which is there from now on.
fn section<'a>(document: &'a mut DocumentMut, name: &str) -> Option<&'a mut dyn TableLike> {
    document.entry(name).or_insert(Item::Table(Table::new())).as_table_like_mut()
}

/// Adds features that are missing, and to the others what they do not enable; gives the new ones.
fn features(needed: &DocumentMut, wanted: &mut DocumentMut, lacking: &mut Vec<String>) -> Vec<String> {
    let mut is_new = Vec::new();
    let Some(all) = needed.get("features").and_then(Item::as_table_like) else { return is_new };
    let forced = |wanted: &DocumentMut, name: &str| {
        let dependency = wanted.get("dependencies").and_then(|it| it.get(name));
        dependency.is_some_and(|it| it.get("optional").and_then(Item::as_bool) != Some(true))
    };
    for (name, enables) in all.iter().filter(|(name, _)| *name != "default") {
        let enables: Vec<_> = enables.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        // A dependency that is always there cannot be turned on.
        let enables: Vec<_> =
            enables.into_iter().filter(|it| !it.strip_prefix("dep:").is_some_and(|it| forced(wanted, it))).collect();
        let Some(features) = section(wanted, "features") else { return is_new };
        match features.get_mut(name).and_then(Item::as_array_mut) {
            None => {
                features.insert(name, Item::Value(enables.iter().copied().collect::<Array>().into()));
                lacking.push(format!("feature `{name}`"));
                is_new.push(name.to_owned());
            }
            Some(there) => {
                for one in add(there, &enables) {
                    lacking.push(format!("`{one}` in feature `{name}`"));
                }
            }
        }
    }
    is_new
}

/// A new feature is on by default where it is so in a new crate, and where there is a list of those at all.
fn turn_on(is_new: &[String], needed: &DocumentMut, wanted: &mut DocumentMut) {
    let usual = needed.get("features").and_then(|it| it.get("default")).and_then(Item::as_array);
    let usual: Vec<_> = usual.into_iter().flatten().filter_map(Value::as_str).collect();
    let default = wanted.get_mut("features").and_then(|it| it.get_mut("default")).and_then(Item::as_array_mut);
    let Some(default) = default else { return };
    let names: Vec<_> = is_new.iter().map(String::as_str).filter(|it| usual.contains(it)).collect();
    add(default, &names);
}

/// Adds what a list does not have, and says what that is.
fn add(list: &mut Array, wanted: &[&str]) -> Vec<String> {
    let missing: Vec<_> = wanted.iter().filter(|it| !list.iter().any(|there| there.as_str() == Some(**it))).collect();
    for it in &missing {
        list.push(**it);
    }
    missing.iter().map(|it| (**it).to_owned()).collect()
}

fn dependencies(name: &str, needed: &DocumentMut, wanted: &mut DocumentMut, lacking: &mut Vec<String>) {
    let Some(all) = needed.get(name).and_then(Item::as_table_like) else { return };
    for (package, needed) in all.iter() {
        let Some(section) = section(wanted, name) else { return };
        match section.get_mut(package) {
            None => {
                section.insert(package, needed.clone());
                lacking.push(format!("dependency `{package}`"));
            }
            Some(there) => dependency(package, there, needed, lacking),
        }
    }
}

/// Adds to a dependency what generated code needs of it. One of the workspace, of a folder or of git is its owner's
/// choice but for its features.
fn dependency(package: &str, there: &mut Item, needed: &Item, lacking: &mut Vec<String>) {
    let version = |it: &Item| it.as_str().or_else(|| it.get("version").and_then(Item::as_str)).map(str::to_owned);
    let features: Vec<_> = needed.get("features").and_then(Item::as_array).into_iter().flatten().collect();
    let features: Vec<_> = features.into_iter().filter_map(Value::as_str).collect();
    let is_old = match (version(there), version(needed)) {
        (Some(there), Some(needed)) => !is_compatible(&there, &needed),
        _ => false,
    };
    if is_old && let Some(needed) = version(needed) {
        let place = if there.is_str() { Some(&mut *there) } else { there.get_mut("version") };
        if let Some(place) = place {
            *place = toml_edit::value(&needed);
        }
        lacking.push(format!("version {needed} of `{package}`"));
    }
    let is_elsewhere = there.get("workspace").is_some();
    if features.is_empty() || (is_elsewhere && there.get("features").is_none()) {
        return;
    }
    if let Some(text) = there.as_str().map(str::to_owned) {
        let mut table = toml_edit::InlineTable::new();
        table.insert("version", text.into());
        *there = toml_edit::value(table);
    }
    let Some(table) = there.as_table_like_mut() else { return };
    let list = table.entry("features").or_insert(toml_edit::value(Array::new()));
    for feature in list.as_array_mut().map(|it| add(it, &features)).unwrap_or_default() {
        lacking.push(format!("feature `{feature}` of `{package}`"));
    }
}

/// Whether two requirements for a version can be met by one: the least version of one is enough for the other.
fn is_compatible(there: &str, needed: &str) -> bool {
    let least = |text: &str| {
        let requirement = semver::VersionReq::parse(text).ok()?;
        let first = requirement.comparators.first()?;
        Some(semver::Version::new(first.major, first.minor.unwrap_or(0), first.patch.unwrap_or(0)))
    };
    let meets = |one: &str, other: &str| {
        let requirement = semver::VersionReq::parse(one).ok();
        requirement.zip(least(other)).is_none_or(|(requirement, least)| requirement.matches(&least))
    };
    meets(there, needed) || meets(needed, there)
}

fn has_example(document: &DocumentMut) -> bool {
    let examples = document.get("example").and_then(Item::as_array_of_tables);
    examples.is_some_and(|all| all.iter().any(|it| it.get("name").and_then(Item::as_str) == Some("serve")))
}
