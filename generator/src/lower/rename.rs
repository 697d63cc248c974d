//! Names of the user's, put where `x-rust-name` would stand.

use std::collections::BTreeSet;

use crate::config::Rename;
use crate::ir::{Api, Operation, SchemaId};
use crate::source::Value;

/// Gives parts of a document the names that the user wants; the answer has the entries that a part answers to.
pub fn rename(api: &mut Api, entries: &[(usize, Rename)]) -> BTreeSet<usize> {
    let found = entries.iter().filter(|(_, entry)| apply(api, entry));
    found.map(|(idx, _)| *idx).collect()
}

fn apply(api: &mut Api, entry: &Rename) -> bool {
    if let Some(id) = &entry.operation {
        let mut all = api.operations.iter_mut().chain(&mut api.webhooks);
        return all.find(|it| it.id == *id).is_some_and(|it| operation(it, entry));
    }
    let Some(id) = schema(api, entry) else { return false };
    match (&entry.property, &entry.value) {
        (Some(name), _) => {
            let all = api.schemas.conjuncts(id);
            let described = all.iter().any(|it| api.schemas[*it].objects.properties.contains_key(name));
            member(api, id, described, name, &entry.to)
        }
        (None, Some(value)) => {
            let schema = &api.schemas[id];
            let listed = schema.enumeration.iter().flatten().chain(&schema.constant);
            let known = schema.extensions.known_values.iter().flatten();
            let is_listed = listed.map(Value::spelled).chain(known.cloned()).any(|it| it == *value);
            member(api, id, is_listed, value, &entry.to)
        }
        (None, None) => {
            api.schemas[id].extensions.rust_name = Some(entry.to.clone());
            true
        }
    }
}

fn operation(operation: &mut Operation, entry: &Rename) -> bool {
    let Some(name) = &entry.parameter else {
        operation.rust_name = Some(entry.to.clone());
        return true;
    };
    let parameter = operation.parameters.iter_mut().find(|it| it.name == *name);
    parameter.is_some_and(|it| it.rust_name.replace(entry.to.clone()) != Some(entry.to.clone()))
}

fn member(api: &mut Api, id: SchemaId, is_there: bool, name: &str, to: &str) -> bool {
    if is_there {
        api.schemas[id].extensions.member_names.insert(name.to_owned(), to.to_owned());
    }
    is_there
}

fn schema(api: &Api, entry: &Rename) -> Option<SchemaId> {
    if let Some(name) = &entry.schema {
        return api.components.iter().find(|(it, _)| it == name).map(|(_, id)| *id);
    }
    let at = entry.at.as_ref()?;
    api.schemas.at(at)
}
