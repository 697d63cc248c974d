//! Types of the user's in place of generated ones.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Replace;
use crate::ir::{Api, Schema, SchemaId};

/// Which schemas and formats have a type of the user's.
#[derive(Default)]
pub(in crate::plan) struct Replaced {
    schemas: BTreeMap<SchemaId, String>,
    formats: Vec<(usize, String, String)>,
    /// The entries that a schema answers to.
    pub(in crate::plan) used: BTreeSet<usize>,
}

impl Replaced {
    /// Finds what the entries are about.
    pub(in crate::plan) fn new(api: &Api, entries: &[(usize, Replace)]) -> Self {
        let mut replaced = Self::default();
        for (idx, entry) in entries {
            if let Some(format) = &entry.format {
                replaced.formats.push((*idx, format.clone(), entry.with.clone()));
                continue;
            }
            let by_name = |name: &String| api.components.iter().find(|(it, _)| it == name).map(|(_, id)| *id);
            let found = entry.schema.as_ref().and_then(by_name);
            if let Some(id) = found.or_else(|| api.schemas.at(entry.at.as_deref()?)) {
                replaced.schemas.insert(id, entry.with.clone());
                replaced.used.insert(*idx);
            }
        }
        replaced
    }

    /// The type that stands for a schema.
    pub(in crate::plan) fn schema(&self, id: SchemaId) -> Option<&String> {
        self.schemas.get(&id)
    }

    /// The type that stands for what has the format of one of these.
    pub(in crate::plan) fn format<'s>(&mut self, conjuncts: impl Iterator<Item = &'s Schema>) -> Option<String> {
        if self.formats.is_empty() {
            return None;
        }
        let formats: Vec<_> = conjuncts.filter_map(|it| it.format.as_deref()).collect();
        let (idx, _, path) = self.formats.iter().find(|(_, format, _)| formats.contains(&format.as_str()))?;
        self.used.insert(*idx);
        Some(path.clone())
    }
}
