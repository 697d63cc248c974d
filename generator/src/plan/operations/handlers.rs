//! The traits of handlers, where there is one for each tag.
//!
//! An operation with several tags is at home in the first of them, since two homes would be two implementations; one
//! without a tag is at home among those without. `pets` makes the trait `PetsApi` and the function `pets_routes`.

use crate::ir::Api;
use crate::ordered::IndexMap;
use crate::plan::docs;
use crate::plan::names::{self, Wish, settle};
use crate::plan::words::{HandlersPlan, OperationPlan};

/// What the names of traits and functions are made of where there is no tag.
const UNTAGGED: &str = "untagged";

/// One trait for each tag that an operation is at home in, in the order of their first operations.
pub(in crate::plan) fn by_tag(api: &Api, operations: &[OperationPlan]) -> Vec<HandlersPlan> {
    let mut homes: IndexMap<Option<&str>, Vec<usize>> = IndexMap::default();
    for (idx, operation) in operations.iter().enumerate().filter(|(_, it)| it.is_served()) {
        homes.entry(operation.tags.first().map(String::as_str)).or_default().push(idx);
    }
    // What has no tag keeps its name, whatever tags there are.
    let wishes = |name: fn(&str) -> String| -> Vec<Wish<'_>> {
        let wish = |origin, first| Wish { name: name(origin), origin, first };
        homes.keys().map(|tag| wish(tag.unwrap_or(UNTAGGED), tag.is_none())).collect()
    };
    let traits = settle(&wishes(names::pascal), &[]);
    // Each operation has a function of its name in the file, too.
    let taken: Vec<_> = operations.iter().map(|it| it.function.as_str()).collect();
    let functions = settle(&wishes(|tag| format!("{}_routes", names::module(tag).trim_end_matches('_'))), &taken);
    let named = homes.into_iter().zip(traits).zip(functions);
    let plan = named.map(|(((tag, operations), name), function)| HandlersPlan {
        name: format!("{name}Api"),
        function,
        docs: tag.map_or_else(|| "The operations without a tag.".to_owned(), |tag| about(api, tag)),
        operations,
    });
    plan.collect()
}

/// What the document says of a tag.
fn about(api: &Api, tag: &str) -> String {
    let description = api.tags.iter().find(|it| it.name == tag).and_then(|it| it.description.as_deref());
    let name = tag.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    let operations = if name.is_empty() {
        "The operations of a tag without a name.".to_owned()
    } else {
        format!("The operations of the tag `{name}`.")
    };
    match description {
        Some(text) => docs::of_part(Some(&format!("{operations}\n\n{text}")), "", None),
        None => operations,
    }
}
