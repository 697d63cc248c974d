//! JSON text as it is read: what `serde_json` reads, and nothing else, with less work for each member.
//!
//! Whoever reads wants a value or a no: what is wrong is told by a second look, at a tree. All that is rare is left to
//! `serde_json`: numbers with a fraction or many digits, texts with escapes, the enumerations of other people's types.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Failed, plain};

/// How many arrays and objects may stand in each other: as many as `serde_json` reads.
const DEPTH: u8 = 127;

/// How many digits an integer has that any type of 64 bits holds.
const DIGITS: usize = 18;

/// Reads a value that takes all of a text.
pub(super) fn whole<'de, T>(
    text: &'de str,
    read: impl FnOnce(&mut Text<'de>) -> Result<T, Failed>,
) -> Result<T, Failed> {
    let mut reader = Text { source: text, at: 0, depth: DEPTH };
    let mut value = read(&mut reader);
    // Where it is, since it may be large.
    if reader.peek().is_some() {
        value = Err(Failed);
    }
    value
}

/// JSON text, read up to a place.
pub(super) struct Text<'de> {
    source: &'de str,
    at: usize,
    /// How many more arrays and objects may be opened.
    depth: u8,
}

impl<'de> Text<'de> {
    #[inline]
    fn byte(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    /// Goes on behind a byte that must come next.
    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), Failed> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(Failed)
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Failed> {
        let rest = self.source.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            Err(Failed)
        }
    }

    fn since(&self, start: usize) -> Result<&'de str, Failed> {
        self.source.get(start..self.at).ok_or(Failed)
    }

    /// Goes over a string.
    #[inline]
    fn string(&mut self) -> Result<Quoted<'de>, Failed> {
        let start = self.at;
        self.at += 1;
        self.at += plain(self.source.as_bytes().get(self.at..).unwrap_or_default());
        if self.byte() == Some(b'"') {
            let plain = self.source.get(start + 1..self.at).ok_or(Failed)?;
            self.at += 1;
            return Ok(Quoted::Plain(plain));
        }
        self.escaped(start).map(Quoted::Escaped)
    }

    /// All of a string with escapes.
    #[cold]
    fn escaped(&mut self, start: usize) -> Result<&'de str, Failed> {
        loop {
            self.at += plain(self.source.as_bytes().get(self.at..).unwrap_or_default());
            match self.byte() {
                Some(b'"') => break self.at += 1,
                Some(b'\\') => self.at += 2,
                _ => return Err(Failed),
            }
        }
        self.since(start)
    }

    #[inline]
    fn read_string<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Failed> {
        match self.string()? {
            Quoted::Plain(plain) => visitor.visit_borrowed_str(plain),
            Quoted::Escaped(quoted) => {
                serde_json::Deserializer::from_str(quoted).deserialize_str(visitor).map_err(|_| Failed)
            }
        }
    }

    /// A number: integers of few digits here, every other one by `serde_json`.
    #[inline]
    fn read_number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Failed> {
        let start = self.at;
        let is_negative = self.byte() == Some(b'-');
        self.at += usize::from(is_negative);
        let first = self.at;
        let mut value = 0_u64;
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        let digits = self.at - first;
        let begins_with_zero = self.source.as_bytes().get(first) == Some(&b'0');
        let is_more = matches!(self.byte(), Some(b'.' | b'e' | b'E'));
        if is_more || begins_with_zero && (is_negative || digits > 1) || !(1..=DIGITS).contains(&digits) {
            return self.read_rare_number(start, visitor);
        }
        match i64::try_from(value) {
            Ok(value) if is_negative => visitor.visit_i64(-value),
            _ => visitor.visit_u64(value),
        }
    }

    #[cold]
    fn read_rare_number<V: Visitor<'de>>(&mut self, start: usize, visitor: V) -> Result<V::Value, Failed> {
        while let Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E') = self.byte() {
            self.at += 1;
        }
        let mut number = serde_json::Deserializer::from_str(self.since(start)?);
        let value = number.deserialize_any(visitor).map_err(|_| Failed)?;
        number.end().map_err(|_| Failed)?;
        Ok(value)
    }

    /// Opens an array or an object, reads its items, and closes it.
    fn within<T>(&mut self, close: u8, items: impl FnOnce(Items<'_, 'de>) -> Result<T, Failed>) -> Result<T, Failed> {
        match self.depth.checked_sub(1) {
            Some(depth) => {
                self.at += 1;
                self.depth = depth;
                self.opened(close, items)
            }
            None => Err(Failed),
        }
    }

    /// The value stays where it is read, since it may be large: there is one place that returns it.
    fn opened<T>(&mut self, close: u8, items: impl FnOnce(Items<'_, 'de>) -> Result<T, Failed>) -> Result<T, Failed> {
        let mut value = items(Items { text: self, is_first: true });
        if value.is_ok() && self.expect(close).is_err() {
            value = Err(Failed);
        }
        self.depth += 1;
        value
    }

    fn read_array<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Failed> {
        self.within(b']', |items| visitor.visit_seq(items))
    }

    fn read_object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Failed> {
        self.within(b'}', |items| visitor.visit_map(items))
    }

    /// The text of the value that comes next, which is well-formed.
    fn value(&mut self) -> Result<&'de str, Failed> {
        self.peek();
        let start = self.at;
        (&mut *self).deserialize_any(IgnoredAny)?;
        self.since(start)
    }
}

/// A string.
enum Quoted<'de> {
    /// What stands between its quotes, where nothing is escaped.
    Plain(&'de str),
    /// All of it.
    Escaped(&'de str),
}

/// What is asked of other people's types alone, which `serde_json` reads.
macro_rules! rare {
    ($($name:ident($($argument:ident: $ty:ty),*))*) => {$(
        fn $name<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, Failed> {
            let mut value = serde_json::Deserializer::from_str(self.value()?);
            value.$name($($argument,)* visitor).map_err(|_| Failed)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Text<'de> {
    type Error = Failed;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        match self.peek() {
            Some(b'"') => self.read_string(visitor),
            Some(b'-' | b'0'..=b'9') => self.read_number(visitor),
            Some(b'{') => self.read_object(visitor),
            Some(b'[') => self.read_array(visitor),
            Some(b't') => self.word("true").and_then(|()| visitor.visit_bool(true)),
            Some(b'f') => self.word("false").and_then(|()| visitor.visit_bool(false)),
            Some(b'n') => self.word("null").and_then(|()| visitor.visit_unit()),
            _ => Err(Failed),
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.peek() == Some(b'"') { self.read_string(visitor) } else { Err(Failed) }
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.peek() == Some(b'{') { self.read_object(visitor) } else { Err(Failed) }
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.peek() == Some(b'[') { self.read_array(visitor) } else { Err(Failed) }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.peek() == Some(b'n') {
            self.word("null")?;
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char unit
    }

    rare! {
        deserialize_i128() deserialize_u128() deserialize_bytes() deserialize_byte_buf()
        deserialize_unit_struct(name: &'static str)
        deserialize_newtype_struct(name: &'static str)
        deserialize_tuple(length: usize)
        deserialize_tuple_struct(name: &'static str, length: usize)
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_any(visitor)
    }
}

/// The items of an array or the members of an object.
struct Items<'t, 'de> {
    text: &'t mut Text<'de>,
    is_first: bool,
}

impl Items<'_, '_> {
    /// Whether another one comes; then the place is before it.
    #[inline]
    fn has_next(&mut self, close: u8) -> Result<bool, Failed> {
        let next = self.text.peek();
        if next == Some(close) {
            return Ok(false);
        }
        if !std::mem::take(&mut self.is_first) {
            self.text.expect(b',')?;
        }
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Failed;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failed> {
        if self.has_next(b']')? { seed.deserialize(&mut *self.text).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = Failed;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failed> {
        if !self.has_next(b'}')? {
            return Ok(None);
        }
        if self.text.peek() != Some(b'"') {
            return Err(Failed);
        }
        match self.text.string()? {
            Quoted::Plain(plain) => seed.deserialize(Name(plain)).map(Some),
            Quoted::Escaped(quoted) => {
                let mut name = serde_json::Deserializer::from_str(quoted);
                seed.deserialize(&mut name).map(Some).map_err(|_| Failed)
            }
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failed> {
        self.text.expect(b':')?;
        seed.deserialize(&mut *self.text)
    }
}

/// The name of a member, for types that need not be texts: other people's maps have numbers and truth values for keys.
struct Name<'de>(&'de str);

/// Names that stand for a number or a truth value and nothing else.
macro_rules! names {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
            // The parser would skip white space.
            if self.0.trim_ascii().len() < self.0.len() {
                return Err(Failed);
            }
            let mut text = serde_json::Deserializer::from_str(self.0);
            let value = (&mut text).$name(visitor).map_err(|_| Failed)?;
            text.end().map_err(|_| Failed)?;
            Ok(value)
        }
    )*};
}

impl<'de> Deserializer<'de> for Name<'de> {
    type Error = Failed;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        BorrowedStrDeserializer::new(self.0).deserialize_enum(name, variants, visitor)
    }

    names! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 deserialize_u8
        deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64
    }

    serde::forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
