//! Pages as the user's configuration has them, put where `x-pagination` would stand.

use std::collections::{BTreeMap, BTreeSet};

use crate::config;
use crate::diagnostics::similar;
use crate::ir::{Api, Location, Operation, Pagination, Step};

/// Which entries an operation answers to, and which none can have, with the reason.
#[derive(Debug, Clone, Default)]
pub struct Paginated {
    /// The positions of the entries that operations answer to.
    pub used: BTreeSet<usize>,
    /// Those whose parameter none of their operations has.
    pub refused: BTreeMap<usize, Unpaged>,
}

/// An entry whose parameter no operation has.
#[derive(Debug, Clone)]
pub struct Unpaged {
    /// The key that names the parameter.
    pub key: &'static str,
    /// What is wrong.
    pub message: String,
    /// The parameter that it is likely to mean.
    pub similar: Option<String>,
}

/// Gives operations the pages that the user wants; of several entries the last counts.
pub fn paginate(api: &mut Api, entries: &[(usize, config::Pagination)]) -> Paginated {
    let mut out = Paginated::default();
    for (idx, entry) in entries {
        let mut selected: Vec<_> = api.operations.iter_mut().filter(|it| entry.selects(&it.id)).collect();
        if selected.is_empty() {
            continue;
        }
        out.used.insert(*idx);
        let step = step(entry);
        if let Some(name) = step.parameter() {
            let names = selected.iter().flat_map(|it| &it.parameters).filter(|it| it.location == Location::Query);
            let similar = similar(name, names.map(|it| it.name.as_str())).map(str::to_owned);
            // Of many operations those are meant that have the parameter.
            selected.retain(|it| has(it, name));
            if selected.is_empty() {
                let what = if entry.operation.contains('*') { "no such operation has" } else { "the operation has no" };
                let a = if entry.operation.contains('*') { "a " } else { "" };
                let name = name.escape_debug();
                let message = format!("{what} {a}query parameter `{name}`");
                out.refused.insert(*idx, Unpaged { key: key(entry), message, similar });
            }
        }
        for operation in selected {
            let (origin, items) = (operation.origin.clone(), entry.items.clone());
            operation.pagination = Some(Pagination { origin, step: step.clone(), items });
        }
    }
    out
}

fn has(operation: &Operation, name: &str) -> bool {
    operation.parameters.iter().any(|it| it.location == Location::Query && it.name == name)
}

/// The key that names the parameter.
fn key(entry: &config::Pagination) -> &'static str {
    let named = [("page", &entry.page), ("offset", &entry.offset), ("cursor", &entry.cursor), ("after", &entry.after)];
    named.into_iter().find(|(_, it)| it.is_some()).map_or("operation", |(key, _)| key)
}

/// How pages lead on. The configuration has been checked, so that what belongs together is there.
fn step(entry: &config::Pagination) -> Step {
    let config::Pagination { page, offset, cursor, after, next, link, first, last, pages, key, more, .. } = entry;
    let more = more.clone();
    match (page, offset, cursor, after, next) {
        (Some(page), ..) => {
            let (parameter, last, pages) = (page.clone(), last.clone(), pages.clone());
            Step::Page { parameter, first: *first, last, pages, more }
        }
        (_, Some(offset), ..) => Step::Offset { parameter: offset.clone(), more },
        (_, _, Some(cursor), _, next) => {
            Step::Cursor { parameter: cursor.clone(), next: next.clone().unwrap_or_default(), more }
        }
        (_, _, _, Some(after), _) => {
            Step::After { parameter: after.clone(), key: key.clone().unwrap_or_default(), more }
        }
        (_, _, _, _, Some(next)) => Step::Url { next: next.clone() },
        _ if *link => Step::Link,
        _ => Step::Off,
    }
}
