//! Three verdicts on random instances of every schema in `specs/`: generated code, the checker behind it, and the
//! `jsonschema` crate. They agree, and what is accepted comes back equal.
//!
//! `AGREEMENT_CASES=10000 cargo test --release --package acceptance --test agreement` asks more than the default.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

mod directed;
mod instances;
mod models;

use std::collections::BTreeMap;

use acceptance::json_schema::Tables;
use acceptance::pipeline;
use generated::support::{Direction, Model, decode_in, json};
use serde_json::Value;
use specwright::ir::{SchemaId, Usage};

use directed::directed;
use instances::Instances;

/// How many instances of each schema are tried.
fn cases() -> usize {
    std::env::var("AGREEMENT_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(60)
}

/// What came of the instances of an API.
#[derive(Debug, Default)]
struct Tally {
    schemas: usize,
    valid: usize,
    invalid: usize,
}

/// The schemas of an API, as all three see them.
struct Api {
    instances: Instances,
    requests: Tables,
    responses: Tables,
    /// In which directions each schema travels, by its key.
    usage: BTreeMap<String, Usage>,
    tally: Tally,
}

impl Api {
    fn new(name: &str, tables: &str) -> Self {
        let path = acceptance::fixtures::workspace().join(format!("specs/{name}.yaml"));
        let compiled = pipeline::compile(name, &std::fs::read_to_string(path).expect("a document"));
        let api = compiled.api.expect("an API");
        let usage = |id: &SchemaId| (api.schemas[*id].origin.pointer.as_str().to_owned(), api.schemas[*id].usage);
        Self {
            usage: api.components.iter().map(|(_, id)| usage(id)).collect(),
            instances: Instances::new(tables),
            requests: Tables::new(&directed(tables, Direction::Request)),
            responses: Tables::new(&directed(tables, Direction::Response)),
            tally: Tally::default(),
        }
    }

    /// Tries a model with instances of its schema.
    fn try_model<T: Model>(&mut self) {
        let key = T::POINTER;
        let usage = self.usage[key];
        let is_unused = usage == Usage::default();
        let mut validators = Vec::new();
        if usage.request || is_unused {
            validators.push((Direction::Request, self.requests.validator(key)));
        }
        if usage.response || is_unused {
            validators.push((Direction::Response, self.responses.validator(key)));
        }
        self.tally.schemas += 1;
        for _ in 0..cases() {
            let instance = self.instances.make(key);
            let text = instance.to_string();
            for (direction, validator) in &validators {
                let decoded = decode_in::<T>(text.as_bytes(), *direction);
                let checked = T::SCHEMAS.is_valid(key, &instance, *direction);
                assert_eq!(decoded.is_ok(), checked, "code, then checker, {direction:?}, {key}: {text}");
                assert_eq!(
                    checked,
                    validator.is_valid(&instance),
                    "checker, then jsonschema, {direction:?}, {key}: {text}"
                );
                match decoded {
                    Ok(value) => {
                        self.tally.valid += 1;
                        let encoded = json::to_value(&value);
                        assert!(is_same(&encoded, &instance), "{key}: {text} comes back as {encoded}");
                    }
                    Err(violations) => {
                        self.tally.invalid += 1;
                        assert!(!violations.is_empty(), "{key}: {text}");
                        assert!(
                            violations.iter().all(|it| it.keyword != "disagreement"),
                            "{key}: {text}: {violations}"
                        );
                    }
                }
            }
        }
    }
}

/// Equality of JSON: 1 and 1.0 are the same number.
fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, value)| right.get(name).is_some_and(|it| is_same(value, it)))
        }
        (left, right) => left == right,
    }
}
