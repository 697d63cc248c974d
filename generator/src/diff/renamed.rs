//! Types of a place that become other names of a shared one: for callers each is what it was.
//!
//! ```text
//! pub struct OkBody(pub Vec<String>);      before a component had this shape
//! pub use models::Labels as OkBody;        since one has
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::{ApiPlan, Home, Model, ModelKind};
use crate::render::{ItemKind, PublicItem};

/// A file and a name in it.
type Place = (String, String);

/// The file of a model, from the root of the crate.
pub(super) fn file(plan: &ApiPlan, model: &Model) -> Option<String> {
    let folder = &plan.module;
    match model.home {
        Home::Component(idx) => plan.model_files.get(idx).map(|it| format!("src/{folder}/models/{}.rs", it.module)),
        Home::Operation(idx) => plan.operations.get(idx).map(|it| format!("src/{folder}/operations/{}.rs", it.module)),
        Home::Shared => Some(format!("src/{folder}/shared/mod.rs")),
        Home::Content(idx) => plan.shared_files.get(idx).map(|it| format!("src/{folder}/shared/{}.rs", it.module)),
    }
}

/// The items of both crates as far as they can be compared: types that have become other names are what they name, and
/// the old crate speaks of them by the names that the new one has for them.
pub(super) fn settled(
    before: &[PublicItem],
    after: &[PublicItem],
    plan: Option<&ApiPlan>,
) -> (Vec<PublicItem>, Vec<PublicItem>) {
    let targets = plan.map(targets).unwrap_or_default();
    let find = |all: &'_ [PublicItem], (file, name): &Place| {
        all.iter().position(|it| it.file == *file && it.name == *name).map(|idx| all[idx].clone())
    };
    let mut old = before.to_vec();
    let mut new = after.to_vec();
    for item in &mut new {
        let place = (item.file.clone(), item.name.clone());
        let was_type = find(before, &place).is_some_and(|it| it.kind != ItemKind::Other);
        let target = targets.get(&place).filter(|_| was_type && item.kind == ItemKind::Other);
        let Some(target) = target.and_then(|target| find(after, target)) else { continue };
        let path = std::mem::take(&mut item.text);
        for known in &mut old {
            speak(known, &place, &path);
        }
        let members = target.members.into_iter().map(|mut it| {
            it.text = from_outside(&target.file, &it.text);
            it
        });
        *item = PublicItem { file: place.0, name: place.1, members: members.collect(), ..target };
    }
    (old, new)
}

/// How the types begin that have an own type of a place for another name now.
pub(super) fn named(before: &[PublicItem], after: &[PublicItem]) -> BTreeSet<String> {
    let types = before.iter().filter(|it| it.kind != ItemKind::Other).map(|it| (&it.file, &it.name));
    let types: BTreeSet<_> = types.collect();
    let names = after.iter().filter(|it| it.kind == ItemKind::Other && types.contains(&(&it.file, &it.name)));
    let last = names.filter_map(|it| it.text.rsplit("::").next());
    last.flat_map(|name| [format!("struct {name}"), format!("enum {name}")]).collect()
}

/// What each other name is a name of.
fn targets(plan: &ApiPlan) -> BTreeMap<Place, Place> {
    let place = |model: &Model| Some((file(plan, model)?, model.name.clone()));
    let named = plan.models.iter().filter_map(|model| match model.kind {
        ModelKind::Alias(target) => Some((place(model)?, place(&plan.models[target.0])?)),
        _ => None,
    });
    named.collect()
}

/// A text of a file of models as files of operations write it.
fn from_outside(file: &str, text: &str) -> String {
    if file.contains("/models/") { text.replace("super::", "models::") } else { text.to_owned() }
}

/// Puts the new path of a type in the place of its old name.
fn speak(item: &mut PublicItem, (file, name): &Place, path: &str) {
    let module = file.trim_end_matches(".rs").rsplit('/').next().unwrap_or_default();
    let said = if item.file == *file { name.clone() } else { format!("{module}::{name}") };
    item.text = replaced(&item.text, &said, path);
    for member in &mut item.members {
        member.text = replaced(&member.text, &said, path);
    }
}

/// A text with a path in place of another one, where that stands whole.
fn replaced(text: &str, said: &str, path: &str) -> String {
    let is_within = |it: char| it.is_alphanumeric() || it == '_' || it == ':';
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(said) {
        let (head, tail) = (&rest[..at], &rest[at + said.len()..]);
        out.push_str(head);
        let is_whole = !out.ends_with(is_within) && !tail.starts_with(is_within);
        out.push_str(if is_whole { path } else { said });
        rest = tail;
    }
    out + rest
}
