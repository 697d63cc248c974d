//! Instances of JSON Schemas, made at random and guided by the schema: most are valid, and a judge sorts out the rest.
//!
//! The generator reads plain JSON Schema and knows nothing of what is generated from it.

mod mutate;
mod texts;

use serde_json::{Map, Value, json};

use crate::meant;

/// Random numbers that are the same in every run with the same seed (splitmix64).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % (bound.max(1) as u64)).unwrap_or_default()
    }

    /// Whether something happens that happens `percent` times of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several; there must be one.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let idx = self.below(all.len());
        &all[idx]
    }
}

/// Below this depth, only what must be there is there.
const DEEP: usize = 5;
/// Below this depth nothing is: a schema that goes on has no instance that is worth trying.
const DEEPEST: usize = 24;

/// Makes instances of the schemas of one document.
pub struct Instances<'a> {
    root: &'a Value,
    start: Value,
    random: Random,
}

impl<'a> Instances<'a> {
    /// Those of the schema that a reference leads to; the references of `root` lead into itself.
    pub fn new(root: &'a Value, reference: &str, seed: u64) -> Self {
        Self { root, start: json!({ "$ref": reference }), random: Random::new(seed) }
    }

    /// An instance of the schema; none where it has none that is small enough.
    pub fn make(&mut self) -> Option<Value> {
        let start = self.start.clone();
        self.instance(&[&start], 0)
    }

    /// The same instance with something else in it.
    pub fn mutated(&mut self, instance: &Value) -> Value {
        mutate::mutated(&mut self.random, instance)
    }

    /// An instance of all these schemas together.
    fn instance(&mut self, schemas: &[&Value], depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let all = self.flat(schemas)?;
        let values: Vec<&Value> = all
            .iter()
            .find_map(|it| {
                it.get("const").map(|it| vec![it]).or_else(|| Some(it.get("enum")?.as_array()?.iter().collect()))
            })
            .unwrap_or_default();
        let fits = |value: &&Value| {
            all.iter().all(|it| {
                let listed = it.get("enum").and_then(Value::as_array).is_none_or(|list| list.contains(value));
                listed && it.get("const").is_none_or(|it| it == *value)
            })
        };
        if !values.is_empty() {
            let values: Vec<_> = values.into_iter().filter(fits).collect();
            return (!values.is_empty()).then(|| (*self.random.pick(&values)).clone());
        }
        let types = types(&all);
        if types.is_empty() {
            return None;
        }
        match *self.random.pick(&types) {
            "null" => Some(Value::Null),
            "boolean" => Some(self.random.chance(50).into()),
            "integer" => Some(self.number(&all, true)),
            "number" => Some(self.number(&all, false)),
            "string" => texts::string(&mut self.random, &all).map(Value::from),
            "array" => self.array(&all, depth),
            _ => self.object(&all, depth),
        }
    }

    /// Schemas with all that must hold beside them, and one branch of each of their unions.
    fn flat(&mut self, schemas: &[&Value]) -> Option<Vec<Map<String, Value>>> {
        const MOST: usize = 400;
        let mut all = Vec::new();
        let mut pending: Vec<Value> = schemas.iter().map(|it| (*it).clone()).collect();
        let mut steps = 0;
        while let Some(next) = pending.pop() {
            steps += 1;
            if steps > MOST {
                return None;
            }
            let Value::Object(keywords) = next else {
                if next == Value::Bool(false) {
                    return None;
                }
                continue;
            };
            if let Some(target) = keywords.get("$ref").and_then(Value::as_str) {
                pending.push(meant::target(self.root, target)?.clone());
            }
            pending.extend(keywords.get("allOf").and_then(Value::as_array).into_iter().flatten().cloned());
            for union in ["oneOf", "anyOf"] {
                if let Some(branches) = keywords.get(union).and_then(Value::as_array).filter(|it| !it.is_empty()) {
                    pending.push(self.random.pick(branches).clone());
                }
            }
            if let Some(condition) = keywords.get("if") {
                let (branch, with) = if self.random.chance(50) { ("then", true) } else { ("else", false) };
                pending.extend(keywords.get(branch).cloned());
                pending.extend(Some(condition.clone()).filter(|_| with));
            }
            all.push(keywords);
        }
        Some(all)
    }

    fn number(&mut self, all: &[Map<String, Value>], whole: bool) -> Value {
        let bound = |names: [&str; 2]| {
            let bounds = all.iter().flat_map(|it| names.map(|name| it.get(name).and_then(Value::as_f64)));
            bounds.flatten().collect::<Vec<_>>()
        };
        let min = bound(["minimum", "exclusiveMinimum"]).into_iter().reduce(f64::max);
        let max = bound(["maximum", "exclusiveMaximum"]).into_iter().reduce(f64::min);
        let step = all.iter().find_map(|it| it.get("multipleOf")?.as_f64());
        let span = [0.0, 1.0, 2.0, 7.0, 100.0, 4096.0];
        let offset = *self.random.pick(&span);
        let near = match (min, max) {
            (Some(min), Some(max)) if self.random.chance(50) => (max - offset).max(min),
            (Some(min), Some(max)) => (min + offset).min(max),
            (Some(min), None) => min + offset,
            (None, Some(max)) => max - offset,
            (None, None) => *self.random.pick(&[0.0, 1.0, -1.0, 42.0, 1000.0, 2_147_483_647.0]),
        };
        let value = step.map_or(near, |step| (near / step).ceil() * step);
        if whole {
            // What is whole may be written with a point.
            let value = value.ceil();
            #[expect(clippy::cast_possible_truncation, reason = "bounds beyond 64 bits are refused by the judge")]
            return if self.random.chance(4) && value.abs() < 1e15 { json!(value) } else { json!(value as i64) };
        }
        if step.is_none() && self.random.chance(40) { json!(value + 0.25) } else { json!(value) }
    }

    fn array(&mut self, all: &[Map<String, Value>], depth: usize) -> Option<Value> {
        let count = |name: &str| all.iter().filter_map(|it| it.get(name)?.as_u64()).collect::<Vec<_>>();
        let min = count("minItems").into_iter().max().unwrap_or(0).min(60);
        let max = count("maxItems").into_iter().min().unwrap_or(u64::MAX);
        let wanted = if depth >= DEEP { min } else { (min + *self.random.pick(&[0, 1, 1, 2])).min(max) };
        let prefix: Vec<&Value> =
            all.iter().find_map(|it| it.get("prefixItems")?.as_array()).into_iter().flatten().collect();
        let items: Vec<&Value> = all.iter().filter_map(|it| it.get("items")).collect();
        let is_unique = all.iter().any(|it| it.get("uniqueItems") == Some(&Value::Bool(true)));
        let mut made: Vec<Value> = Vec::new();
        for position in 0..usize::try_from(wanted).unwrap_or_default() {
            let made_item = match prefix.get(position) {
                Some(schema) => self.instance(&[schema], depth + 1),
                None if items.is_empty() => Some(self.anything()),
                None => self.instance(&items, depth + 1),
            };
            match made_item {
                Some(item) if is_unique && made.contains(&item) => {}
                Some(item) => made.push(item),
                None if made.len() as u64 >= min => break,
                None => return None,
            }
        }
        Some(Value::Array(made))
    }

    fn object(&mut self, all: &[Map<String, Value>], depth: usize) -> Option<Value> {
        let required: Vec<&str> =
            all.iter().filter_map(|it| it.get("required")?.as_array()).flatten().filter_map(Value::as_str).collect();
        let mut named: Vec<(&String, Vec<&Value>)> = Vec::new();
        for (name, schema) in all.iter().filter_map(|it| it.get("properties")?.as_object()).flatten() {
            match named.iter_mut().find(|(known, _)| *known == name) {
                Some((_, schemas)) => schemas.push(schema),
                None => named.push((name, vec![schema])),
            }
        }
        let mut members = Map::new();
        for (name, schemas) in &named {
            let must = required.contains(&name.as_str());
            if !must && (depth >= DEEP || self.random.chance(45)) {
                continue;
            }
            match self.instance(schemas, depth + 1) {
                Some(value) => drop(members.insert((*name).clone(), value)),
                None if must => return None,
                None => {}
            }
        }
        let more: Vec<&Value> = all.iter().filter_map(|it| it.get("additionalProperties")).collect();
        for name in required.iter().filter(|name| !named.iter().any(|(known, _)| known == *name)) {
            members.insert((*name).to_owned(), self.further(&more, depth)?);
        }
        let least = all.iter().filter_map(|it| it.get("minProperties")?.as_u64()).max().unwrap_or(0).min(20);
        let is_map = named.is_empty() && !more.is_empty() && depth < DEEP;
        let wanted = least.max(u64::from(is_map && self.random.chance(70)) * 2);
        let spelling: Vec<&Value> = all.iter().filter_map(|it| it.get("propertyNames")).collect();
        for _ in 0..wanted * 2 {
            if members.len() as u64 >= wanted {
                break;
            }
            let name = if spelling.is_empty() { None } else { self.instance(&spelling, depth + 1) };
            let name = name.and_then(|it| it.as_str().map(str::to_owned));
            let name = name.unwrap_or_else(|| format!("{}{}", self.random.pick(&["key", "x-", "é/~"]), members.len()));
            match self.further(&more, depth) {
                Some(value) => drop(members.insert(name, value)),
                None => break,
            }
        }
        if more.is_empty() && self.random.chance(8) {
            let value = self.anything();
            members.entry("moreThanIsNamed").or_insert(value);
        }
        Some(Value::Object(members))
    }

    fn further(&mut self, schemas: &[&Value], depth: usize) -> Option<Value> {
        if schemas.is_empty() { Some(self.anything()) } else { self.instance(schemas, depth + 1) }
    }

    fn anything(&mut self) -> Value {
        mutate::anything(&mut self.random)
    }
}

/// The types that all schemas allow; where none is named, those that their keywords are about.
fn types(all: &[Map<String, Value>]) -> Vec<&'static str> {
    const NAMES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
    let named: Vec<Vec<&str>> = all
        .iter()
        .filter_map(|it| match it.get("type")? {
            Value::String(one) => Some(vec![one.as_str()]),
            Value::Array(several) => Some(several.iter().filter_map(Value::as_str).collect()),
            _ => None,
        })
        .collect();
    let allows = |list: &Vec<&str>, name: &str| list.contains(&name) || (name == "integer" && list.contains(&"number"));
    let common: Vec<&'static str> =
        NAMES.into_iter().filter(|name| named.iter().all(|list| allows(list, name))).collect();
    if !named.is_empty() {
        // `integer` stands in for `number` only where some schema asks for it.
        let asks = |name: &str| named.iter().any(|list| list.contains(&name));
        return common.into_iter().filter(|name| asks(name)).collect();
    }
    let has = |names: &[&str]| all.iter().any(|it| names.iter().any(|name| it.contains_key(*name)));
    if has(&["properties", "required", "additionalProperties", "minProperties"]) {
        vec!["object"]
    } else if has(&["items", "prefixItems", "minItems"]) {
        vec!["array"]
    } else if has(&["pattern", "minLength", "maxLength", "format"]) {
        vec!["string"]
    } else if has(&["minimum", "maximum", "multipleOf"]) {
        vec!["number"]
    } else {
        common
    }
}
