//! A tree as text, in the order of its members and with its numbers as they are.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;

use super::{Syntax, Value, yaml};

/// The text of a tree.
///
/// # Errors
/// Where the format has no form for the tree.
pub fn to_text(value: &Value, format: Syntax) -> Result<String, String> {
    match format {
        Syntax::Json => {
            serde_json::to_string_pretty(&Tree { value, format }).map(|text| text + "\n").map_err(|it| it.to_string())
        }
        Syntax::Yaml => yaml::write(&Tree { value, format }),
    }
}

struct Tree<'v> {
    value: &'v Value,
    format: Syntax,
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
        serializer.serialize_f64(text.parse().map_err(S::Error::custom)?)
    }
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let inner = |value| Tree { value, format: self.format };
        match self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(number) => self.number(number.as_str(), serializer),
            Value::String(text) => serializer.serialize_str(text),
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
                    map.serialize_entry(key, &inner(member))?;
                }
                map.end()
            }
        }
    }
}
