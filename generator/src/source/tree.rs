//! The visitor that builds the tree, from whichever reader drives it.
//!
//! It keeps what it can exactly, and notes what the events of the text must settle: the digits of fractions, keys that
//! stand twice, keys that are no strings, tags.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::{Number, Object, Value};

/// What a reading has met, and how much it may still grow.
#[derive(Debug)]
pub(super) struct State {
    /// A number whose exact text the visitor was not given.
    pub inexact: Cell<bool>,
    /// Something that only the events can locate: a duplicate key, a key that is no string, a tag, `.inf`.
    pub suspicious: Cell<bool>,
    /// A member called `<<`.
    pub merges: Cell<bool>,
    /// Why the visitor gave up.
    pub fault: RefCell<Option<String>>,
    /// The nodes and bytes that aliases may still add up to.
    budget: Cell<usize>,
}

impl State {
    /// A text of this length, in which no string stands for many more bytes than it takes.
    pub(super) fn new(length: usize) -> Self {
        const SPARE: usize = 16 << 20;
        Self {
            inexact: Cell::new(false),
            suspicious: Cell::new(false),
            merges: Cell::new(false),
            fault: RefCell::new(None),
            budget: Cell::new(length.saturating_mul(4).saturating_add(SPARE)),
        }
    }

    fn fail<E: Error>(&self, message: impl Into<String>) -> E {
        let message = message.into();
        let error = E::custom(&message);
        self.fault.borrow_mut().get_or_insert(message);
        error
    }

    /// Pays for a node and its text; a node without text weighs as much as its memory.
    fn spend<E: Error>(&self, bytes: usize) -> Result<(), E> {
        match self.budget.get().checked_sub(bytes + 1) {
            Some(rest) => {
                self.budget.set(rest);
                Ok(())
            }
            None => Err(self.fail("aliases make the document many times larger than its text")),
        }
    }

    fn number<E: Error>(&self, number: impl fmt::Display) -> Result<Value, E> {
        self.spend(1)?;
        let text = number.to_string();
        Ok(Number::new(&text).map_or(Value::String(text), Value::Number))
    }
}

/// Reads one node.
#[derive(Clone, Copy)]
pub(super) struct Node<'s>(pub &'s State);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.0.spend(1)?;
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.0.spend(1)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.0.number(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.0.number(value)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.0.number(value)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.0.number(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        if !value.is_finite() {
            self.0.suspicious.set(true);
            return Ok(Value::Null);
        }
        self.0.inexact.set(true);
        self.0.number(value)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.0.spend(text.len())?;
        // Plain or quoted, `1e400` arrives here: no `f64` holds it.
        if text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first))
            && text.parse::<f64>().is_ok_and(f64::is_infinite)
        {
            self.0.inexact.set(true);
        }
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.0.spend(8)?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.0.spend(16)?;
        let mut members = Object::new();
        while let Some(key) = access.next_key_seed(Key(self.0))? {
            let value = access.next_value_seed(self)?;
            let Some(key) = key else { continue };
            if key == "<<" {
                self.0.merges.set(true);
            }
            if members.insert(key, value).is_some() {
                self.0.suspicious.set(true);
            }
        }
        Ok(Value::Object(members))
    }

    /// A node with a tag such as `!secret` comes as an enum.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        self.0.suspicious.set(true);
        let (_, variant) = access.variant::<IgnoredAny>()?;
        variant.newtype_variant_seed(self)
    }
}

/// Reads the key of a member: a string, or an integer that becomes one; another key is left out,
/// and the events say where it stands.
#[derive(Clone, Copy)]
struct Key<'s>(&'s State);

impl Key<'_> {
    fn odd(self) -> Option<String> {
        self.0.suspicious.set(true);
        None
    }
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<String>, E> {
        self.0.spend(text.len())?;
        Ok(Some(text.to_owned()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<String>, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<String>, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Option<String>, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Option<String>, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Option<String>, E> {
        Ok(self.odd())
    }

    fn visit_unit<E: Error>(self) -> Result<Option<String>, E> {
        Ok(self.odd())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Option<String>, E> {
        Ok(self.odd())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Option<String>, A::Error> {
        while access.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self.odd())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Option<String>, A::Error> {
        while access.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(self.odd())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Option<String>, A::Error> {
        self.0.suspicious.set(true);
        let (_, variant) = access.variant::<IgnoredAny>()?;
        variant.newtype_variant_seed(self)
    }
}
