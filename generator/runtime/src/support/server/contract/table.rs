//! What is asked of each operation, as the generator has written it down.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::support::http::Operation;
use crate::support::params::{Location, Parameter};

/// Requests that a document allows, by operation.
#[derive(Debug)]
pub struct Requests {
    text: &'static str,
    table: OnceLock<Option<BTreeMap<String, Vec<Case>>>>,
}

impl Requests {
    /// Takes the JSON text that the generator writes.
    pub const fn new(text: &'static str) -> Self {
        Self { text, table: OnceLock::new() }
    }

    pub(super) fn is_readable(&self) -> bool {
        self.table().is_some()
    }

    pub(super) fn cases(&self, operation: &Operation) -> &[Case] {
        self.table().and_then(|it| it.get(operation.id)).map_or(&[], Vec::as_slice)
    }

    fn table(&self) -> Option<&BTreeMap<String, Vec<Case>>> {
        self.table.get_or_init(|| serde_json::from_str(self.text).ok()).as_ref()
    }
}

/// One request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Case {
    /// What it is, for people.
    pub(super) name: String,
    #[serde(default)]
    path: Map<String, Value>,
    #[serde(default)]
    query: Map<String, Value>,
    #[serde(default)]
    header: Map<String, Value>,
    #[serde(default)]
    cookie: Map<String, Value>,
    /// That of the body, where there is one.
    pub(super) media_type: Option<String>,
    #[serde(default)]
    pub(super) body: Value,
}

impl Case {
    /// The value of a parameter; none where the request does without.
    pub(super) fn value(&self, parameter: &Parameter) -> Option<&Value> {
        let place = match parameter.location {
            Location::Path => &self.path,
            Location::Query => &self.query,
            Location::Header => &self.header,
            Location::Cookie => &self.cookie,
        };
        place.get(parameter.name)
    }
}
