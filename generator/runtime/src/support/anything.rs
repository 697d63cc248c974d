//! JSON of any kind, in which no name stands twice.
//!
//! A tree keeps one value of each name. Who else reads the text may keep the other one, so neither is taken, as in objects
//! whose properties have names and in maps.

use std::fmt;

use serde::de::{Deserialize as _, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize as _, Serializer};
use serde_json::{Map, Value};

use super::Json;
use super::json::Seed;

impl Json for Value {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::read(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Seed::new())? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(Seed::new())?;
            if members.insert(name, value).is_some() {
                return Err(A::Error::custom("a property stands twice"));
            }
        }
        if members.len() == 1 && members.contains_key(NUMBER) {
            return Value::deserialize(Value::Object(members)).map_err(A::Error::custom);
        }
        Ok(Value::Object(members))
    }
}

/// How `serde_json` hands over numbers of any length where some crate asks it for them, which it alone can tell from an
/// object with this property.
const NUMBER: &str = "$serde_json::private::Number";
