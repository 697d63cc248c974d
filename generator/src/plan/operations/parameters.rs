//! Parameters and headers that are stated once for an API: components of the document, and what several operations have.

use std::collections::BTreeMap;

use super::draft::OperationDraft;
use crate::plan::names::{self, Wish, settle};
use crate::plan::words::{Described, SharedParameter};

/// The parameters and headers that have a name for all operations.
pub(in crate::plan) struct Shared {
    names: BTreeMap<String, String>,
    /// All of them, by name.
    pub(in crate::plan) all: Vec<SharedParameter>,
}

impl Shared {
    /// Names what operations share; each place then has the name instead of a description of its own.
    pub(in crate::plan) fn new(operations: &[OperationDraft]) -> Self {
        let mut places: BTreeMap<String, (usize, &Described)> = BTreeMap::new();
        for described in operations.iter().flat_map(descriptions) {
            places.entry(key(described)).or_insert((0, described)).0 += 1;
        }
        let is_shared = |(count, described): &(usize, &Described)| *count > 1 || component(described).is_some();
        let shared: Vec<(String, &Described)> =
            places.into_iter().filter(|(_, it)| is_shared(it)).map(|(key, (_, described))| (key, described)).collect();
        let wish = |(key, described): &'_ (String, &Described)| {
            let component = component(described);
            (names::shouty(component.unwrap_or(&described.wire)), component.is_some(), key.clone())
        };
        let wanted: Vec<_> = shared.iter().map(wish).collect();
        let wishes: Vec<_> =
            wanted.iter().map(|(name, first, origin)| Wish { name: name.clone(), origin, first: *first }).collect();
        let settled = settle(&wishes, &[]).into_iter().map(|it| it.to_uppercase());
        let named: Vec<_> = shared.into_iter().zip(settled).collect();
        let parameter = |((_, described), name): &((String, &Described), String)| SharedParameter {
            name: name.clone(),
            described: (*described).clone(),
        };
        let mut all: Vec<_> = named.iter().map(parameter).collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        Self { names: named.into_iter().map(|((key, _), name)| (key, name)).collect(), all }
    }

    /// The name of a description, where operations share it.
    pub(in crate::plan) fn name(&self, described: &Described) -> Option<String> {
        self.names.get(&key(described)).cloned()
    }
}

/// Every description of an operation.
fn descriptions(operation: &OperationDraft) -> impl Iterator<Item = &Described> {
    let headers = operation.responses.iter().flat_map(|it| &it.headers).map(|it| &it.described);
    operation.parameters.iter().map(|it| &it.described).chain(headers)
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
