//! The schemas of our documents in the words of plain JSON Schema, for validators that are not ours.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::{fixtures, pipeline};

/// The schemas of an API in `specs/`, ready to be compiled one by one.
#[derive(Debug)]
pub struct Tables {
    /// The position of each schema in `$defs`, by its key.
    positions: BTreeMap<String, usize>,
    definitions: Value,
}

impl Tables {
    /// The schemas of an API in `specs/`.
    pub fn of_api(api: &str) -> Self {
        let path = fixtures::workspace().join(format!("specs/{api}.yaml"));
        let text = std::fs::read_to_string(path).expect("a document");
        Self::new(&pipeline::plan(api, &text).tables)
    }

    /// The schemas of the tables that the run time reads.
    pub fn new(text: &str) -> Self {
        let tables: BTreeMap<String, Value> = serde_json::from_str(text).expect("tables are JSON");
        let positions: BTreeMap<String, usize> = tables.keys().cloned().zip(0..).collect();
        let definitions = tables.into_values().map(|it| rewritten(it, &positions)).enumerate();
        let definitions = definitions.map(|(idx, it)| (idx.to_string(), it)).collect();
        Self { positions, definitions }
    }

    /// The keys of all schemas.
    pub fn keys(&self) -> Vec<String> {
        self.positions.keys().cloned().collect()
    }

    /// A schema by its key with all others, as a document of its own.
    pub fn root(&self, key: &str) -> Value {
        let position = self.positions[key];
        json!({ "$ref": format!("#/$defs/{position}"), "$defs": self.definitions })
    }

    /// The validator of a schema by its key, such as `/components/schemas/User`; formats are asserted.
    pub fn validator(&self, key: &str) -> Validator {
        let schema = self.root(key);
        jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
    }
}

/// The validator of a component of an API in `specs/`.
pub fn validator(api: &str, component: &str) -> Validator {
    Tables::of_api(api).validator(&format!("/components/schemas/{component}"))
}

/// A key of the tables is one name, not a path.
fn rewritten(schema: Value, positions: &BTreeMap<String, usize>) -> Value {
    match schema {
        Value::Object(members) => {
            let member = |(name, value): (String, Value)| match (&*name, &value) {
                ("$ref", Value::String(target)) => {
                    let position = positions[target.trim_start_matches('#')];
                    (name, format!("#/$defs/{position}").into())
                }
                // A value is no schema, whatever it looks like.
                ("const" | "enum", _) => (name, value),
                _ => (name, rewritten(value, positions)),
            };
            Value::Object(members.into_iter().map(member).collect())
        }
        Value::Array(items) => items.into_iter().map(|it| rewritten(it, positions)).collect(),
        other => other,
    }
}
