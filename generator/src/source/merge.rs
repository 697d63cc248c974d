//! Merge keys: `<<: *base` adds the members of `base` that the mapping does not have itself.

use super::{Fault, Object, Origin, Value};

/// Replaces every `<<`; the places where it names no mapping come back as faults.
///
/// Aliases are expanded already, so merging moves members and never multiplies them.
pub(super) fn apply(value: &mut Value, origin: &Origin, faults: &mut Vec<(Origin, Fault)>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                apply(item, &origin.index(index), faults);
            }
        }
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                apply(member, &origin.key(key), faults);
            }
            if members.contains_key("<<") {
                merge(members, origin, faults);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn merge(members: &mut Object, origin: &Origin, faults: &mut Vec<(Origin, Fault)>) {
    let own = std::mem::take(members);
    let mut merged = Vec::new();
    for (key, value) in own {
        if key != "<<" {
            members.insert(key, value);
            continue;
        }
        let bases = match value {
            Value::Array(bases) => bases,
            base => vec![base],
        };
        for base in bases {
            if let Value::Object(base) = base {
                merged.push(base);
            } else {
                let message = format!("`<<` merges mappings, and this is of type {}", base.type_name());
                faults.push((origin.key("<<"), Fault { message, offset: None, deep: false }));
            }
        }
    }
    for (key, value) in merged.into_iter().flatten() {
        members.entry(key).or_insert(value);
    }
}
