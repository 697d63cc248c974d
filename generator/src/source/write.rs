//! A tree as text, in the order of its members and with its numbers as they are.

use std::cell::RefCell;

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;

use super::plain::is_read_otherwise;
use super::{Syntax, Value, yaml};

/// The text of a tree.
///
/// # Errors
/// Where the format has no form for the tree.
pub fn to_text(value: &Value, format: Syntax) -> Result<String, String> {
    let held = Held::new(value);
    let tree = Tree { value, format, held: &held };
    match format {
        Syntax::Json => serde_json::to_string_pretty(&tree).map(|text| text + "\n").map_err(|it| it.to_string()),
        Syntax::Yaml => yaml::write(&tree).map(|text| held.put(&text)),
    }
}

/// How many digits an `f64` always keeps.
const MOST_DIGITS: usize = 15;

/// What stands in YAML as it is, and is a word while the rest is written: the writer quotes fewer texts than readers of
/// YAML 1.1 need, and knows no numbers beyond those of machines.
struct Held {
    /// What these words begin with, and nothing else in the tree has.
    word: String,
    texts: RefCell<Vec<String>>,
}

impl Held {
    fn new(value: &Value) -> Self {
        let mut word = "held_".to_owned();
        while has(value, &word) {
            word.push('_');
        }
        Self { word, texts: RefCell::default() }
    }

    /// The word for a text.
    fn hold(&self, text: String) -> String {
        let mut texts = self.texts.borrow_mut();
        texts.push(text);
        format!("{}{}x", self.word, texts.len() - 1)
    }

    /// Puts the texts in place of their words.
    fn put(&self, written: &str) -> String {
        let mut parts = written.split(&self.word);
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (part, held) in parts.zip(self.texts.borrow().iter()) {
            text.push_str(held);
            text.push_str(part.split_once('x').map_or(part, |(_, rest)| rest));
        }
        text
    }
}

/// Whether a text is a part of any text or name of a tree.
fn has(value: &Value, text: &str) -> bool {
    match value {
        Value::String(it) => it.contains(text),
        Value::Array(items) => items.iter().any(|it| has(it, text)),
        Value::Object(members) => members.iter().any(|(key, it)| key.contains(text) || has(it, text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

struct Tree<'v> {
    value: &'v Value,
    format: Syntax,
    held: &'v Held,
}

impl Tree<'_> {
    fn number<S: Serializer>(&self, text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        if self.format == Syntax::Json {
            return RawValue::from_string(text.to_owned()).map_err(S::Error::custom)?.serialize(serializer);
        }
        if let Ok(whole) = text.parse::<i64>() {
            return serializer.serialize_i64(whole);
        }
        if let Ok(whole) = text.parse::<u64>() {
            return serializer.serialize_u64(whole);
        }
        // What an `f64` holds is written as one, which every reader takes for a number.
        let number: f64 = text.parse().map_err(S::Error::custom)?;
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if number.is_infinite() || digits > MOST_DIGITS {
            return serializer.serialize_str(&self.held.hold(text.to_owned()));
        }
        serializer.serialize_f64(number)
    }

    /// A text or a name as it is written.
    fn spelled(&self, text: &str) -> String {
        if self.format == Syntax::Yaml && is_read_otherwise(text) {
            self.held.hold(format!("'{text}'"))
        } else {
            text.to_owned()
        }
    }
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let inner = |value| Tree { value, format: self.format, held: self.held };
        match self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(number) => self.number(number.as_str(), serializer),
            Value::String(text) => serializer.serialize_str(&self.spelled(text)),
            Value::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&inner(item))?;
                }
                list.end()
            }
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, member) in &**members {
                    map.serialize_entry(&self.spelled(key), &inner(member))?;
                }
                map.end()
            }
        }
    }
}
