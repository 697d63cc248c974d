//! Names of the user's, put where `x-rust-name` would stand.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Rename, Replace};
use crate::diagnostics::{similar, similar_pointer};
use crate::ir::{Api, Operation, SchemaId};
use crate::source::Value;

/// Which entries a part of a document answers to, and what the others are likely to mean.
#[derive(Debug, Clone, Default)]
pub struct Renamed {
    /// The positions of the entries that a part answers to.
    pub used: BTreeSet<usize>,
    /// Of others: the key that is likely to be misspelled, and the name that there is.
    pub near: BTreeMap<usize, Near>,
}

/// The key that is likely to be misspelled, and the name that there is.
pub type Near = (&'static str, String);

/// Gives parts of a document the names that the user wants.
pub fn rename(api: &mut Api, entries: &[(usize, Rename)]) -> Renamed {
    let mut out = Renamed::default();
    for (idx, entry) in entries {
        match apply(api, entry) {
            Ok(()) => _ = out.used.insert(*idx),
            Err(near) => out.near.extend(near.map(|near| (*idx, near))),
        }
    }
    out
}

/// The schema of the document that a place is likely to mean.
fn near_at(api: &Api, at: &str) -> Option<Near> {
    let all = api.schemas.iter().filter(|(_, it)| it.origin.file.0 == 0);
    similar_pointer(at, all.map(|(_, it)| it.origin.pointer.as_str())).map(|it| ("at", it.to_owned()))
}

/// The component that a name is likely to mean.
fn near_component(api: &Api, name: &str) -> Option<Near> {
    near("schema", name, api.components.iter().map(|(it, _)| it.as_str()))
}

/// What entries about types of the user's are likely to mean, as far as no schema answers to them.
pub fn replaced_near(api: &Api, entries: &[(usize, Replace)]) -> BTreeMap<usize, Near> {
    let near = |Replace { schema, at, .. }: &Replace| match (schema, at) {
        (Some(name), _) if api.components.iter().any(|(it, _)| it == name) => None,
        (Some(name), _) => near_component(api, name),
        (None, Some(at)) if api.schemas.at(at).is_none() => near_at(api, at),
        _ => None,
    };
    entries.iter().filter_map(|(idx, entry)| Some((*idx, near(entry)?))).collect()
}

/// What is likely to be meant by a name that there is not.
fn near<'n>(key: &'static str, name: &str, all: impl IntoIterator<Item = &'n str>) -> Option<Near> {
    similar(name, all).map(|it| (key, it.to_owned()))
}

fn apply(api: &mut Api, entry: &Rename) -> Result<(), Option<Near>> {
    if let Some(id) = &entry.operation {
        let mut all = api.operations.iter_mut().chain(&mut api.webhooks);
        if let Some(found) = all.find(|it| it.id == *id) {
            return operation(found, entry);
        }
        let all = api.operations.iter().chain(&api.webhooks);
        return Err(near("operation", id, all.map(|it| it.id.as_str())));
    }
    let id = schema(api, entry)?;
    match (&entry.property, &entry.value) {
        (Some(name), _) => {
            let all = api.schemas.conjuncts(id);
            let described = all.iter().flat_map(|it| api.schemas[*it].objects.properties.keys());
            let described: Vec<String> = described.cloned().collect();
            member(api, id, ("property", name), &described, &entry.to)
        }
        (None, Some(value)) => {
            let schema = &api.schemas[id];
            let listed = schema.enumeration.iter().flatten().chain(&schema.constant);
            let known = schema.extensions.known_values.iter().flatten();
            let listed: Vec<String> = listed.map(Value::spelled).chain(known.cloned()).collect();
            member(api, id, ("value", value), &listed, &entry.to)
        }
        (None, None) => {
            api.schemas[id].extensions.rust_name = Some(entry.to.clone());
            Ok(())
        }
    }
}

fn operation(operation: &mut Operation, entry: &Rename) -> Result<(), Option<Near>> {
    let Some(name) = &entry.parameter else {
        operation.rust_name = Some(entry.to.clone());
        return Ok(());
    };
    if let Some(parameter) = operation.parameters.iter_mut().find(|it| it.name == *name) {
        parameter.rust_name = Some(entry.to.clone());
        return Ok(());
    }
    Err(near("parameter", name, operation.parameters.iter().map(|it| it.name.as_str())))
}

fn member(
    api: &mut Api,
    id: SchemaId,
    (key, name): (&'static str, &str),
    all: &[String],
    to: &str,
) -> Result<(), Option<Near>> {
    if !all.iter().any(|it| it == name) {
        return Err(near(key, name, all.iter().map(String::as_str)));
    }
    api.schemas[id].extensions.member_names.insert(name.to_owned(), to.to_owned());
    Ok(())
}

fn schema(api: &Api, entry: &Rename) -> Result<SchemaId, Option<Near>> {
    if let Some(name) = &entry.schema {
        let found = api.components.iter().find(|(it, _)| it == name).map(|(_, id)| *id);
        return found.ok_or_else(|| near_component(api, name));
    }
    let at = entry.at.as_deref().unwrap_or_default();
    api.schemas.at(at).ok_or_else(|| near_at(api, at))
}
