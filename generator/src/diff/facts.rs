//! What a part of a document says, flat and in any order, without what is meant for readers.

use std::collections::BTreeSet;

use crate::source::{Pointer, Value};

/// References are followed this far, and so much is said of a part; what is more leads in circles.
const DEEPEST: usize = 6;
const MOST: usize = 2000;

/// The facts of a node of the file with this root: `/in: query`.
pub(super) fn facts(value: &Value, root: &Value) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut pending = vec![(String::new(), value, 0)];
    while let Some((path, value, depth)) = pending.pop() {
        if all.len() > MOST {
            break;
        }
        if let Some(target) = target(value, root).filter(|_| depth < DEEPEST) {
            pending.push((path, target, depth + 1));
            continue;
        }
        match value {
            Value::Object(members) => {
                for (key, value) in members.iter().filter(|(key, _)| !is_for_readers(key)) {
                    // What a scope is called counts, what is said about it does not.
                    if path.ends_with("/scopes") {
                        all.insert(format!("{path}/{key}"));
                    } else {
                        pending.push((format!("{path}/{key}"), value, depth));
                    }
                }
            }
            Value::Array(items) => {
                pending.extend(items.iter().enumerate().map(|(idx, it)| (format!("{path}/{idx}"), it, depth)));
            }
            other => {
                let text = other.as_str().map_or_else(|| other.to_json().to_string(), str::to_owned);
                let text = if path == "/scheme" { text.to_ascii_lowercase() } else { text };
                all.insert(format!("{path}: {text}"));
            }
        }
    }
    all
}

/// Whether a field changes nothing that is sent.
pub(super) fn is_for_readers(key: &str) -> bool {
    ["description", "summary", "example", "examples", "externalDocs", "title"].contains(&key) || key.starts_with("x-")
}

/// The node of the same file that a reference leads to.
fn target<'v>(value: &Value, root: &'v Value) -> Option<&'v Value> {
    let Value::Object(members) = value else { return None };
    let pointer = Pointer::from_escaped(members.get("$ref")?.as_str()?.strip_prefix('#')?);
    pointer.tokens().try_fold(root, |node, token| match node {
        Value::Object(members) => members.get(&token),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    })
}
