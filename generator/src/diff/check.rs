//! Whether an instance is valid, asked of a validator that knows nothing of this comparison.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::{Map, Value as Json, json};

use super::rules::Direction;
use crate::ir::{Api, SchemaId};
use crate::plan;

/// The validator of a set of schemas; none where the validator does not take them.
pub(super) fn validator(api: &Api, node: &[SchemaId], direction: Direction) -> Option<Validator> {
    let tables: BTreeMap<String, Json> = serde_json::from_str(&plan::schema_tables(api, node)).ok()?;
    let names: BTreeMap<String, usize> = tables.keys().cloned().zip(0..).collect();
    let all = node.iter().map(|id| json!({ "$ref": format!("#{}", plan::schema_key(api, *id)) })).collect();
    let read_only: BTreeMap<String, bool> =
        tables.iter().map(|(name, it)| (name.clone(), is_hidden(it, direction))).collect();
    let rewrite = Rewrite { names: &names, hidden: &read_only, direction };
    let definitions: Map<String, Json> =
        tables.iter().map(|(name, it)| (names[name].to_string(), rewrite.schema(it))).collect();
    let root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": rewrite.schema(&Json::Array(all)),
        "$defs": definitions,
    });
    jsonschema::options().should_validate_formats(true).build(&root).ok()
}

/// Whether a schema says itself that its instances do not travel in a direction.
fn is_hidden(schema: &Json, direction: Direction) -> bool {
    let key = match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
        Direction::Unused => return false,
    };
    schema.get(key) == Some(&Json::Bool(true))
}

/// From the tables, whose keys are pointers, to plain JSON Schema.
struct Rewrite<'a> {
    names: &'a BTreeMap<String, usize>,
    hidden: &'a BTreeMap<String, bool>,
    direction: Direction,
}

impl Rewrite<'_> {
    fn schema(&self, schema: &Json) -> Json {
        match schema {
            Json::Object(members) => {
                let member = |(name, value): (&String, &Json)| match (name.as_str(), value) {
                    ("$ref", Json::String(target)) => {
                        let position = self.names.get(target.trim_start_matches('#')).copied().unwrap_or_default();
                        Some((name.clone(), format!("#/$defs/{position}").into()))
                    }
                    // A value is no schema, whatever it looks like; a mapping has names in it.
                    ("const" | "enum", _) => Some((name.clone(), value.clone())),
                    ("discriminator" | "x-open", _) => None,
                    ("required", Json::Array(names)) => Some((name.clone(), self.required(names, members))),
                    _ => Some((name.clone(), self.schema(value))),
                };
                Json::Object(members.iter().filter_map(member).collect())
            }
            Json::Array(items) => items.iter().map(|it| self.schema(it)).collect(),
            other => other.clone(),
        }
    }

    /// What must be there, without what does not travel in this direction.
    fn required(&self, names: &[Json], schema: &Map<String, Json>) -> Json {
        let hidden = |name: &str| {
            let property = schema.get("properties").and_then(|it| it.get(name));
            let target = property.and_then(|it| it.get("$ref")).and_then(Json::as_str);
            let behind = target.and_then(|it| self.hidden.get(it.trim_start_matches('#'))).copied().unwrap_or_default();
            behind || property.is_some_and(|it| is_hidden(it, self.direction))
        };
        names.iter().filter(|it| !it.as_str().is_some_and(hidden)).cloned().collect()
    }
}
