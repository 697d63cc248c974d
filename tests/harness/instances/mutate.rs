//! Instances that are nearly those of a schema.

use serde_json::{Value, json};

use super::Random;

/// Any small value.
pub(super) fn anything(random: &mut Random) -> Value {
    let all = [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(3.5),
        json!(1.0),
        json!(""),
        json!("text"),
        json!("0"),
        json!([]),
        json!([1, "1", null]),
        json!({}),
        json!({ "id": 1, "more": [{}] }),
    ];
    random.pick(&all).clone()
}

/// The same value with one place of it changed.
pub(super) fn mutated(random: &mut Random, value: &Value) -> Value {
    let mut value = value.clone();
    let places = count(&value);
    let mut at = random.below(places);
    change(random, &mut value, &mut at);
    value
}

/// How many values a value is made of.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// Changes the value that is `at` places further on.
fn change(random: &mut Random, value: &mut Value, at: &mut usize) -> bool {
    if *at == 0 {
        change_here(random, value);
        return true;
    }
    *at -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|it| change(random, it, at)),
        Value::Object(members) => members.iter_mut().any(|(_, it)| change(random, it, at)),
        _ => false,
    }
}

fn change_here(random: &mut Random, value: &mut Value) {
    if random.chance(25) {
        *value = anything(random);
        return;
    }
    match value {
        Value::Object(members) if !members.is_empty() && random.chance(60) => {
            let names: Vec<String> = members.keys().cloned().collect();
            members.remove(random.pick(&names));
        }
        Value::Object(members) => {
            let name = (*random.pick(&["", "more", "type", "id", "kind", "__proto__"])).to_owned();
            let value = anything(random);
            members.insert(name, value);
        }
        Value::Array(items) if !items.is_empty() && random.chance(60) => {
            let again = random.pick(items).clone();
            items.push(again);
        }
        Value::Array(items) => items.push(anything(random)),
        Value::String(text) => match random.below(3) {
            0 => text.clear(),
            1 => text.push_str("\u{1}\u{1F600}"),
            _ => "other".clone_into(text),
        },
        Value::Number(number) => {
            let near = number.as_i64().unwrap_or_default();
            *value = random.pick(&[json!(near.saturating_add(1)), json!(-1), json!(0.5), json!(0), json!("1")]).clone();
        }
        _ => *value = anything(random),
    }
}
