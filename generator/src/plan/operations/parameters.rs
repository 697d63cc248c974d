//! Parameters and headers that are stated once for an API: components of the document, and what several operations have.

use std::collections::BTreeMap;

use crate::plan::names::{self, Wish, settle};
use crate::plan::words::{Described, OperationPlan, SharedParameter};

/// Names what operations share; each place then has the name instead of a description of its own.
pub(in crate::plan) fn share(operations: &mut [OperationPlan]) -> Vec<SharedParameter> {
    let mut places: BTreeMap<String, (usize, Described)> = BTreeMap::new();
    for (described, _) in operations.iter_mut().flat_map(all) {
        places.entry(key(described)).or_insert_with(|| (0, described.clone())).0 += 1;
    }
    let is_shared = |(count, described): &(usize, Described)| *count > 1 || component(described).is_some();
    let shared: Vec<(String, Described)> =
        places.into_iter().filter(|(_, it)| is_shared(it)).map(|(key, (_, described))| (key, described)).collect();
    let wish = |(key, described): &'_ (String, Described)| {
        let component = component(described);
        (names::shouty(component.unwrap_or(&described.wire)), component.is_some(), key.clone())
    };
    let wanted: Vec<_> = shared.iter().map(wish).collect();
    let wishes: Vec<_> =
        wanted.iter().map(|(name, first, origin)| Wish { name: name.clone(), origin, first: *first }).collect();
    let named: BTreeMap<String, String> = shared
        .iter()
        .map(|(key, _)| key.clone())
        .zip(settle(&wishes, &[]).into_iter().map(|it| it.to_uppercase()))
        .collect();
    for (described, name) in operations.iter_mut().flat_map(all) {
        *name = named.get(&key(described)).cloned();
    }
    let mut all: Vec<_> = shared
        .into_iter()
        .filter_map(|(key, described)| Some(SharedParameter { name: named.get(&key)?.clone(), described }))
        .collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all
}

/// Every description of an operation, with the place for its name.
fn all(operation: &mut OperationPlan) -> Vec<(&Described, &mut Option<String>)> {
    let parameters = operation.parameters.iter_mut().map(|it| (&it.described, &mut it.shared));
    let headers = operation.responses.iter_mut().flat_map(|it| &mut it.headers);
    parameters.chain(headers.map(|it| (&it.described, &mut it.shared))).collect()
}

/// A text that is the same for equal descriptions.
fn key(described: &Described) -> String {
    format!("{described:?}")
}

/// The name of the component that the description is of.
fn component(described: &Described) -> Option<&str> {
    let place = ["/components/parameters/", "/components/headers/"];
    let rest = place.iter().find_map(|it| described.pointer.strip_prefix(it))?;
    rest.strip_suffix("/schema").filter(|name| !name.contains('/'))
}
