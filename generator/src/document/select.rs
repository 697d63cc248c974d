//! Takes the operations that nobody wants out of the tree, before anything looks at them.
//!
//! Path items elsewhere stay whole, since another path may share them; lowering passes over what is not wanted of them.

use crate::config::{Selected, Selection};
use crate::source::{At, FileId, Origin, Sources, Value};

/// The fields of a Path Item Object that are operations.
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Takes out what is not selected.
pub(super) fn select(sources: &mut Sources, selection: &mut Selection) {
    if selection.is_whole() {
        return;
    }
    let root = Origin::root(FileId(0));
    let mut unwanted = Vec::new();
    for (member, _) in ["paths", "webhooks"].iter().filter_map(|it| Some((it, sources.at(&root.key(it))?))) {
        let Some(items) = sources.at(&root.key(member)) else { continue };
        for (path, item) in items.entries().filter(|(path, item)| !path.starts_with("x-") && !has_reference(item.value))
        {
            let fields = METHODS.iter().filter_map(|method| Some((*method, item.field(method)?)));
            let others = item.field("additionalOperations");
            let operations: Vec<_> = fields.chain(others.iter().flat_map(At::entries)).collect();
            let count = operations.len();
            let mut out = Vec::new();
            for (method, operation) in operations {
                let tags = tags(operation.value);
                let deprecated = operation.value.get("deprecated") == Some(&Value::Bool(true));
                let id = operation.string("operationId").unwrap_or_default();
                if !selection.takes(&Selected { id, tags: &tags, path, method, deprecated }) {
                    out.push(operation.origin.clone());
                }
            }
            // What is left of an item without operations has no meaning either.
            if out.len() == count {
                unwanted.push(item.origin.clone());
            } else {
                unwanted.append(&mut out);
            }
        }
    }
    for origin in &unwanted {
        sources.take_out(origin);
    }
}

fn has_reference(item: &Value) -> bool {
    item.get("$ref").is_some()
}

fn tags(operation: &Value) -> Vec<String> {
    let tags = operation.get("tags").and_then(Value::as_array).unwrap_or_default();
    tags.iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect()
}
