//! Documents changed at random, as people change them: a value is lost, doubled, moved, renamed, or something odd.
//!
//! What comes out is JSON all the same, and mostly near enough to the original to be understood: so a mutation looks
//! behind the checks of a document, where damage to its text seldom gets.

use serde_json::{Map, Value, json};

use crate::instances::Random;

/// How many nodes a document may grow by in one step.
const MOST_COPIED: usize = 400;

/// Names that are awkward somewhere: in Rust, in URLs, in headers, in JSON Pointers.
const NAMES: [&str; 20] = [
    "type",
    "self",
    "Self",
    "_",
    "",
    "1",
    "a b",
    "a/b",
    "a~b",
    "foo",
    "body",
    "request",
    "String",
    "Option",
    "é",
    "日本",
    "x-y",
    "$ref",
    "Content-Type",
    "new",
];

/// Members that schemas and other objects have.
fn members() -> Vec<(&'static str, Value)> {
    let object = json!({ "type": "object", "properties": { "a": { "type": "string" }, "A": { "type": "integer" } } });
    vec![
        ("type", json!("string")),
        ("type", json!(["string", "null"])),
        ("type", json!("object")),
        ("format", json!("uuid")),
        ("format", json!("int32")),
        ("format", json!("date-time")),
        ("nullable", json!(true)),
        ("enum", json!(["a", "A", "a-", "", "1", "self"])),
        ("enum", json!([1, -1, 0])),
        ("const", json!("only")),
        ("default", json!("a")),
        ("default", json!(1)),
        ("minimum", json!(0)),
        ("maximum", json!(-1)),
        ("minLength", json!(1)),
        ("maxItems", json!(0)),
        ("pattern", json!("^[a-z]+$")),
        ("readOnly", json!(true)),
        ("writeOnly", json!(true)),
        ("deprecated", json!(true)),
        ("required", json!(["a", "type", "id"])),
        ("required", json!(true)),
        ("uniqueItems", json!(true)),
        ("additionalProperties", json!(false)),
        ("additionalProperties", json!({ "type": "integer" })),
        ("propertyNames", json!({ "enum": ["a", "b"] })),
        ("patternProperties", json!({ "^x": { "type": "string" } })),
        ("items", object.clone()),
        ("oneOf", json!([{ "type": "string" }, object.clone()])),
        ("anyOf", json!([{ "type": "integer" }, { "type": "number" }, { "type": "null" }])),
        ("allOf", json!([object, { "required": ["a"] }])),
        ("not", json!({ "type": "null" })),
        ("discriminator", json!({ "propertyName": "type" })),
        ("example", json!({ "a": "b" })),
        ("title", json!("Self")),
        ("description", json!("*/ } `code` <b> \u{202e}\n\n```\nfn main() {}")),
        ("operationId", json!("new")),
        ("x-rust-name", json!("Wanted")),
        ("explode", json!(false)),
        ("style", json!("deepObject")),
        ("security", json!([])),
    ]
}

/// Changes one thing.
pub fn mutate(document: &mut Value, random: &mut Random) {
    let mut places = Vec::new();
    pointers(document, "", &mut places);
    if places.is_empty() {
        return;
    }
    let place = random.pick(&places).clone();
    match random.below(7) {
        0 => drop(take(document, &place)),
        1 => put(document, &place, odd(random)),
        2 | 3 => {
            // Of the same name, it may also be of the same meaning.
            let last = |it: &String| it.rsplit('/').next().map(str::to_owned);
            let alike: Vec<&String> = places.iter().filter(|it| last(it) == last(&place)).collect();
            let from = if alike.len() > 1 { (*random.pick(&alike)).clone() } else { random.pick(&places).clone() };
            let Some(copy) = document.pointer(&from).filter(|it| count(it) <= MOST_COPIED).cloned() else { return };
            put(document, &place, copy);
        }
        4 => rename(document, &place, random),
        _ => {
            let all = members();
            let (key, value) = random.pick(&all).clone();
            if let Some(Value::Object(object)) = document.pointer_mut(&place) {
                object.insert(key.to_owned(), value);
            }
        }
    }
}

/// A value that belongs nowhere.
fn odd(random: &mut Random) -> Value {
    let all = [
        Value::Null,
        json!({}),
        json!([]),
        json!(true),
        json!(false),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("#/components/schemas/Nowhere"),
        json!("{ } \" \\ \u{0} \u{feff}"),
        json!({ "$ref": "#" }),
        json!({ "$ref": "#/components/schemas" }),
        json!([null, 1, "a", {}]),
    ];
    random.pick(&all).clone()
}

fn rename(document: &mut Value, place: &str, random: &mut Random) {
    let Some((parent, key)) = place.rsplit_once('/') else { return };
    let key = key.replace("~1", "/").replace("~0", "~");
    let Some(Value::Object(object)) = document.pointer_mut(parent) else { return };
    let Some(value) = object.get(&key).cloned() else { return };
    // Half of the time the old name stays too.
    if random.chance(50) {
        object.remove(&key);
    }
    object.insert((*random.pick(&NAMES)).to_owned(), value);
}

fn put(document: &mut Value, place: &str, value: Value) {
    if let Some(node) = document.pointer_mut(place) {
        *node = value;
    }
}

fn take(document: &mut Value, place: &str) -> Option<Value> {
    let (parent, key) = place.rsplit_once('/')?;
    let key = key.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(parent)? {
        Value::Object(object) => object.remove(&key),
        Value::Array(items) => {
            let index = key.parse::<usize>().ok().filter(|it| *it < items.len())?;
            Some(items.remove(index))
        }
        _ => None,
    }
}

/// The pointers of all nodes below this one.
fn pointers(value: &Value, here: &str, out: &mut Vec<String>) {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(object) => keys(object).map(|(key, it)| (format!("{here}/{key}"), it)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(idx, it)| (format!("{here}/{idx}"), it)).collect(),
        _ => Vec::new(),
    };
    for (pointer, inner) in below {
        pointers(inner, &pointer, out);
        out.push(pointer);
    }
}

fn keys(object: &Map<String, Value>) -> impl Iterator<Item = (String, &Value)> {
    object.iter().map(|(key, it)| (key.replace('~', "~0").replace('/', "~1"), it))
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(object) => object.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum(),
        _ => 0,
    }
}
