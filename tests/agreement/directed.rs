//! The schemas of one direction, in plain JSON Schema: what only one side writes is not required of the other, and
//! responses may hold values of open sets that nobody knows yet.

use std::collections::BTreeMap;

use generated::support::Direction;
use serde_json::{Map, Value, json};

/// The tables as they hold in a direction.
pub(crate) fn directed(tables: &str, direction: Direction) -> String {
    let tables: BTreeMap<String, Value> = serde_json::from_str(tables).expect("tables are JSON");
    let directed = Directed { tables: &tables, direction };
    let all: Map<String, Value> =
        tables.iter().map(|(key, schema)| (key.clone(), directed.schema(schema, &[schema]))).collect();
    Value::Object(all).to_string()
}

/// The range of a format of OpenAPI, which plain JSON Schema does not know.
fn range(format: &str) -> Option<Value> {
    match format {
        "int32" => Some(json!({ "minimum": i32::MIN, "maximum": i32::MAX })),
        "int64" => Some(json!({ "minimum": i64::MIN, "maximum": i64::MAX })),
        _ => None,
    }
}

struct Directed<'a> {
    tables: &'a BTreeMap<String, Value>,
    direction: Direction,
}

impl Directed<'_> {
    /// A schema; `families` are itself and those that have it in their `allOf`.
    fn schema(&self, schema: &Value, families: &[&Value]) -> Value {
        let Some(keywords) = schema.as_object() else { return schema.clone() };
        let open = keywords.contains_key("x-open") && self.direction == Direction::Response;
        if let Some(discriminator) = keywords.get("discriminator").filter(|_| open) {
            return self.open_union(keywords, discriminator);
        }
        let keyword = |(name, value): (&String, &Value)| {
            let value = match (name.as_str(), value) {
                ("x-open" | "discriminator", _) => return None,
                ("enum", _) if open => return None,
                ("const" | "enum", _) => value.clone(),
                ("required", Value::Array(names)) => names
                    .iter()
                    .filter(|it| !self.is_waived(families, it.as_str().unwrap_or_default()))
                    .cloned()
                    .collect(),
                ("allOf", Value::Array(members)) => {
                    members.iter().map(|it| self.schema(it, &[families, &[it]].concat())).collect()
                }
                (_, Value::Array(members)) => members.iter().map(|it| self.schema(it, &[it])).collect(),
                ("properties" | "patternProperties" | "dependentSchemas", Value::Object(members)) => {
                    Value::Object(members.iter().map(|(name, it)| (name.clone(), self.schema(it, &[it]))).collect())
                }
                (_, Value::Object(_)) => self.schema(value, &[value]),
                _ => value.clone(),
            };
            Some((name.clone(), value))
        };
        let mut directed: Map<_, _> = keywords.iter().filter_map(keyword).collect();
        if let Some(range) = keywords.get("format").and_then(Value::as_str).and_then(range) {
            let mut all = directed.remove("allOf").and_then(|it| it.as_array().cloned()).unwrap_or_default();
            all.push(range);
            directed.insert("allOf".to_owned(), all.into());
        }
        Value::Object(directed)
    }

    /// A union of objects that admits one more kind: those whose name nobody knows yet.
    fn open_union(&self, keywords: &Map<String, Value>, discriminator: &Value) -> Value {
        let closed: Map<_, _> = keywords.clone().into_iter().filter(|(name, _)| name != "x-open").collect();
        let closed = self.schema(&Value::Object(closed), &[]);
        let property = discriminator["propertyName"].as_str().unwrap_or_default();
        let known: Vec<_> = discriminator["mapping"].as_object().into_iter().flat_map(Map::keys).collect();
        let unknown = json!({
            "type": "object",
            "required": [property],
            "properties": { property: { "type": "string", "not": { "enum": known } } },
        });
        json!({ "anyOf": [closed, unknown] })
    }

    /// Whether the property does not travel in this direction.
    fn is_waived(&self, families: &[&Value], name: &str) -> bool {
        families.iter().any(|it| self.property_is_waived(it, name, 0))
    }

    fn property_is_waived(&self, schema: &Value, name: &str, depth: usize) -> bool {
        if depth > 16 {
            return false;
        }
        let own = schema.get("properties").and_then(|it| it.get(name));
        own.is_some_and(|it| self.is_marked(it, 0))
            || self.parts(schema).into_iter().any(|it| self.property_is_waived(it, name, depth + 1))
    }

    fn is_marked(&self, schema: &Value, depth: usize) -> bool {
        let mark = match self.direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        schema.get(mark) == Some(&Value::Bool(true))
            || (depth < 16 && self.parts(schema).into_iter().any(|it| self.is_marked(it, depth + 1)))
    }

    /// What must hold beside a schema.
    fn parts<'s>(&'s self, schema: &'s Value) -> Vec<&'s Value> {
        let target =
            schema.get("$ref").and_then(Value::as_str).and_then(|it| self.tables.get(it.trim_start_matches('#')));
        let members = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        target.into_iter().chain(members).collect()
    }
}
