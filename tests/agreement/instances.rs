//! Instances of a schema: most nearly valid, boundaries first, every part now and then replaced by something else.
//!
//! Integers stay within 64 bits: that generated types hold no others is a limit that the README names.

use std::collections::BTreeMap;

use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Map, Value, json};

/// Makes instances; the same one makes the same instances in every run.
pub(crate) struct Instances {
    tables: BTreeMap<String, Value>,
    random: TestRng,
}

const DEEPEST: usize = 7;

impl Instances {
    pub(crate) fn new(tables: &str) -> Self {
        let tables = serde_json::from_str(tables).expect("tables are JSON");
        Self { tables, random: TestRng::deterministic_rng(RngAlgorithm::ChaCha) }
    }

    /// An instance for the schema with this key.
    pub(crate) fn make(&mut self, key: &str) -> Value {
        let schema = self.tables[key].clone();
        self.instance(&schema, 0)
    }

    /// Whether something happens that happens `percent` times of a hundred.
    fn chance(&mut self, percent: u32) -> bool {
        self.random.next_u32() % 100 < percent
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.random.next_u64() % (bound.max(1) as u64)).unwrap_or_default()
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        let idx = self.below(all.len());
        all[idx].clone()
    }

    fn instance(&mut self, schema: &Value, depth: usize) -> Value {
        if self.chance(2) || depth > DEEPEST {
            return self.anything();
        }
        let Some(keywords) = schema.as_object() else { return self.anything() };
        if let Some(values) = keywords.get("enum").and_then(Value::as_array) {
            let values = values.clone();
            return if self.chance(92) { self.pick(&values) } else { self.anything() };
        }
        if let Some(value) = keywords.get("const") {
            return if self.chance(92) { value.clone() } else { self.anything() };
        }
        let mut parts: Vec<Value> = Vec::new();
        if let Some(target) = keywords.get("$ref").and_then(Value::as_str) {
            parts.push(self.tables[target.trim_start_matches('#')].clone());
        }
        parts.extend(keywords.get("allOf").and_then(Value::as_array).into_iter().flatten().cloned());
        for union in ["oneOf", "anyOf"] {
            if let Some(branches) = keywords.get(union).and_then(Value::as_array) {
                let branches = branches.clone();
                parts.push(self.pick(&branches));
            }
        }
        let mut whole: Option<Value> = None;
        for part in &parts {
            let made = self.instance(part, depth + 1);
            whole = Some(merged(whole, made));
        }
        if parts.is_empty() || keywords.contains_key("properties") {
            let made = self.typed(keywords, depth);
            whole = Some(merged(whole, made));
        }
        whole.unwrap_or(Value::Null)
    }

    fn typed(&mut self, keywords: &Map<String, Value>, depth: usize) -> Value {
        let ty = match keywords.get("type") {
            Some(Value::String(one)) => one.clone(),
            Some(Value::Array(several)) => self.pick(several).as_str().unwrap_or_default().to_owned(),
            _ if keywords.contains_key("properties") => "object".to_owned(),
            _ => return self.anything(),
        };
        match ty.as_str() {
            "null" => Value::Null,
            "boolean" => self.chance(50).into(),
            "integer" => self.number(keywords, true),
            "number" => self.number(keywords, false),
            "string" => self.string(keywords).into(),
            "array" => self.array(keywords, depth),
            _ => self.object(keywords, depth),
        }
    }

    fn number(&mut self, keywords: &Map<String, Value>, whole: bool) -> Value {
        let bounds: Vec<f64> = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
            .iter()
            .filter_map(|it| keywords.get(*it)?.as_f64())
            .collect();
        let near = if bounds.is_empty() { 7.0 } else { self.pick(&bounds) };
        let value = near + self.pick(&[0.0, 0.0, 1.0, 1.0, 2.0, -1.0, 100.0, 1e6]);
        if whole && self.chance(3) {
            return self.pick(&[json!(1.5), json!(1.0), json!(i64::MAX), json!(i64::MIN), json!(-0.0)]);
        }
        #[expect(clippy::cast_possible_truncation, reason = "bounds of our documents are small")]
        if whole { (value as i64).into() } else { json!(value + self.pick(&[0.0, 0.25])) }
    }

    fn string(&mut self, keywords: &Map<String, Value>) -> String {
        let format = keywords.get("format").and_then(Value::as_str).unwrap_or_default();
        let texts: &[&str] = match format {
            "date-time" => &["2019-08-24T14:15:22.123Z", "2024-02-29T23:59:60Z", "2023-02-29T00:00:00Z", "2024-01-01"],
            "date" => &["2019-08-24", "2024-02-29", "2023-02-29", "24.12.2024"],
            "uuid" => &["095be615-a8ad-4c33-8e9c-c7612fbf6c9f", "095BE615-A8AD-4C33-8E9C-C7612FBF6C9F", "095be615"],
            "email" => &["user@example.com", "a@b", "nobody", "@x", "a b@example.com"],
            "uri" => &["https://example.com/a?b#c", "mailto:a@b", "/relative", "not a uri"],
            "byte" => &["ZXhhbXBsZQ==", "!", ""],
            _ => &["string", "a", "", "pa$$word", "é\u{1F600}\u{1F600}", "99A9999A", "2024-05", "12.50", "\u{0}\"\\"],
        };
        let text = self.pick(texts).to_owned();
        let bounds: Vec<u64> = ["minLength", "maxLength"].iter().filter_map(|it| keywords.get(*it)?.as_u64()).collect();
        if bounds.is_empty() || !self.chance(30) {
            return text;
        }
        let length = (self.pick(&bounds) + self.pick(&[0, 1, 2])).saturating_sub(1).min(600);
        let letter = self.pick(&['x', 'é', '\u{1F600}', '7']);
        std::iter::repeat_n(letter, usize::try_from(length).unwrap_or_default()).collect()
    }

    fn array(&mut self, keywords: &Map<String, Value>, depth: usize) -> Value {
        let bounds: Vec<u64> = ["minItems", "maxItems"].iter().filter_map(|it| keywords.get(*it)?.as_u64()).collect();
        let count = if self.chance(30) && !bounds.is_empty() {
            (self.pick(&bounds) + self.pick(&[0, 1, 2])).saturating_sub(1).min(1100)
        } else {
            self.pick(&[0, 1, 1, 2, 3])
        };
        let any = Value::Bool(true);
        let items = keywords.get("items").unwrap_or(&any);
        (0..count).map(|_| self.instance(items, depth + 1)).collect()
    }

    fn object(&mut self, keywords: &Map<String, Value>, depth: usize) -> Value {
        let none = Map::new();
        let properties = keywords.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let required: Vec<&str> = keywords
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut members = Map::new();
        for (name, schema) in properties {
            let present = if required.contains(&name.as_str()) { 97 } else { 60 };
            if self.chance(present) {
                let value = if self.chance(4) { Value::Null } else { self.instance(schema, depth + 1) };
                members.insert(name.clone(), value);
            }
        }
        let more = keywords.get("additionalProperties").cloned();
        if self.chance(if more.is_some() { 60 } else { 10 }) {
            let name = self.pick(&["more", "Name", "", "é/~", "__proto__", "type", "id"]).to_owned();
            let value = match more {
                Some(schema) => self.instance(&schema, depth + 1),
                None => self.anything(),
            };
            members.entry(name).or_insert(value);
        }
        Value::Object(members)
    }

    fn anything(&mut self) -> Value {
        let all = [
            Value::Null,
            json!(true),
            json!(0),
            json!(-1),
            json!(3.5),
            json!(3.5e-300),
            json!(i64::MAX),
            json!(""),
            json!("text"),
            json!("0"),
            json!([]),
            json!([1, "1", null]),
            json!({}),
            json!({ "id": 1, "more": [{}] }),
        ];
        self.pick(&all)
    }
}

/// Members of both, or the later of two values that are not objects.
fn merged(first: Option<Value>, second: Value) -> Value {
    match (first, second) {
        (Some(Value::Object(mut all)), Value::Object(more)) => {
            all.extend(more);
            Value::Object(all)
        }
        (_, second) => second,
    }
}
