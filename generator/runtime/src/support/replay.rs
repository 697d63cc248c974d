//! The members of an object, some of which have been looked at before they are read.

use std::collections::VecDeque;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Error, IntoDeserializer as _, MapAccess};
use serde_json::Value;

use super::Json as _;
use super::json::Seed;

/// The members of an object: first those that somebody looked at, then the ones that nobody has seen.
pub struct Replay<A> {
    seen: VecDeque<(String, Value)>,
    rest: A,
}

impl<'de, A: MapAccess<'de>> Replay<A> {
    /// The members, as they come.
    pub fn new(rest: A) -> Self {
        Self { seen: VecDeque::new(), rest }
    }

    /// Takes a member out, and keeps what stands before it for whoever reads the object.
    ///
    /// # Errors
    /// Where a member is no JSON, or has a name twice.
    pub fn take(&mut self, name: &str) -> Result<Option<Value>, A::Error> {
        if let Some(place) = self.seen.iter().position(|(seen, _)| seen == name) {
            return Ok(self.seen.remove(place).map(|(_, value)| value));
        }
        while let Some(key) = self.rest.next_key::<String>()? {
            let value = self.rest.next_value_seed(Seed::new())?;
            if key == name {
                return Ok(Some(value));
            }
            self.seen.push_back((key, value));
        }
        Ok(None)
    }

    /// Puts such a member back.
    #[must_use]
    pub fn and(mut self, name: &'static str, value: Option<Value>) -> Self {
        self.seen.extend(value.map(|value| (name.to_owned(), value)));
        self
    }

    /// All of it as a tree.
    ///
    /// # Errors
    /// Where a member is no JSON.
    pub fn into_value(self) -> Result<Value, A::Error> {
        Value::read(MapAccessDeserializer::new(self))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Replay<A> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        match self.seen.front_mut() {
            Some((name, _)) => seed.deserialize(std::mem::take(name).into_deserializer()).map(Some),
            None => self.rest.next_key_seed(seed),
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.seen.pop_front() {
            Some((_, value)) => seed.deserialize(value).map_err(A::Error::custom),
            None => self.rest.next_value_seed(seed),
        }
    }
}
