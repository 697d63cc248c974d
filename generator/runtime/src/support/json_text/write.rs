//! JSON text as it is written: what `serde_json` writes, byte for byte, with less work for each string.
//!
//! Values are mostly names and short texts without anything to escape, so eight bytes are looked at in one step. All that
//! is rare is left to `serde_json`: texts with escapes, numbers, and what its own types say to it alone.

use serde::Serialize;
use serde::ser::{self, Serializer};

use super::Failed;
use super::growing::Text;

/// The text of a value, with room for so many bytes from the start; none where it has no JSON form.
pub(super) fn whole<T: Serialize>(room: usize, value: &T) -> Option<Vec<u8>> {
    let mut text = Text::with_room(room);
    value.serialize(&mut text).ok()?;
    Some(text.into_bytes())
}

impl Text {
    /// What opens an array or an object whose items are to be written.
    #[inline]
    fn open(&mut self, bracket: u8, close: &'static str) -> Items<'_> {
        self.byte(bracket);
        Items { text: self, is_first: true, close }
    }

    /// `"name":`
    fn name(&mut self, name: &str) -> Result<(), Failed> {
        self.string(name)?;
        self.byte(b':');
        Ok(())
    }

    /// `{"name":` and what opens its value.
    fn variant(&mut self, name: &str, bracket: u8, close: &'static str) -> Result<Items<'_>, Failed> {
        self.byte(b'{');
        self.name(name)?;
        Ok(self.open(bracket, close))
    }
}

/// Numbers and their kin, which `serde_json` writes.
macro_rules! rare {
    ($($name:ident($ty:ty))*) => {$(
        #[inline]
        fn $name(self, value: $ty) -> Result<(), Failed> {
            self.rare(&value)
        }
    )*};
}

impl<'a> Serializer for &'a mut Text {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = Items<'a>;
    type SerializeTupleVariant = Items<'a>;
    type SerializeMap = Items<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Items<'a>;

    rare! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
        serialize_f32(f32) serialize_f64(f64) serialize_char(char)
    }

    #[inline]
    fn serialize_bool(self, value: bool) -> Result<(), Failed> {
        self.raw(if value { b"true" } else { b"false" });
        Ok(())
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<(), Failed> {
        self.string(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Failed> {
        self.rare(value)
    }

    #[inline]
    fn serialize_none(self) -> Result<(), Failed> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Failed> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Result<(), Failed> {
        self.raw(b"null");
        Ok(())
    }

    #[inline]
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Failed> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Failed> {
        self.string(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        self.byte(b'{');
        self.name(variant)?;
        value.serialize(&mut *self)?;
        self.byte(b'}');
        Ok(())
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, Failed> {
        Ok(self.open(b'[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'a>, Failed> {
        Ok(self.open(b'[', "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'a>, Failed> {
        Ok(self.open(b'[', "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Items<'a>, Failed> {
        self.variant(name, b'[', "]}")
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Items<'a>, Failed> {
        Ok(self.open(b'{', "}"))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'a>, Failed> {
        // What `serde_json` calls its own types when it writes them: their one field is JSON text already.
        if name.starts_with("$serde_json::private::") {
            Ok(Fields::Json(self))
        } else {
            Ok(Fields::Each(self.open(b'{', "}")))
        }
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Items<'a>, Failed> {
        self.variant(name, b'{', "}}")
    }
}

/// The items of an array, or the members of an object.
pub(super) struct Items<'a> {
    text: &'a mut Text,
    is_first: bool,
    close: &'static str,
}

impl Items<'_> {
    #[inline]
    fn next(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.text.byte(b',');
        }
    }

    #[inline]
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.next();
        value.serialize(&mut *self.text)
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Failed> {
        self.next();
        self.text.name(name)?;
        value.serialize(&mut *self.text)
    }

    #[inline]
    fn close(self) {
        self.text.raw(self.close.as_bytes());
    }
}

/// The kinds of arrays that serde knows.
macro_rules! arrays {
    ($($kind:ident $item:ident)*) => {$(
        impl ser::$kind for Items<'_> {
            type Ok = ();
            type Error = Failed;

            #[inline]
            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
                self.item(value)
            }

            #[inline]
            fn end(self) -> Result<(), Failed> {
                self.close();
                Ok(())
            }
        }
    )*};
}

arrays! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

impl ser::SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Failed;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        self.next();
        let start = self.text.length();
        key.serialize(&mut *self.text)?;
        // JSON has names that are texts only: a number or a truth value becomes one, as with `serde_json`.
        match self.text.since(start).first() {
            Some(b'"') => {}
            Some(b'-' | b'0'..=b'9' | b't' | b'f') => self.text.quote(start),
            _ => return Err(Failed),
        }
        Ok(())
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.text.byte(b':');
        value.serialize(&mut *self.text)
    }

    #[inline]
    fn end(self) -> Result<(), Failed> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeStructVariant for Items<'_> {
    type Ok = ();
    type Error = Failed;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Failed> {
        self.member(name, value)
    }

    #[inline]
    fn end(self) -> Result<(), Failed> {
        self.close();
        Ok(())
    }
}

/// The fields of a struct.
pub(super) enum Fields<'a> {
    /// Each a member.
    Each(Items<'a>),
    /// One, whose text is JSON.
    Json(&'a mut Text),
}

impl ser::SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Failed;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Failed> {
        match self {
            Self::Each(items) => items.member(name, value),
            Self::Json(text) => {
                let json = serde_json::to_value(value).map_err(|_| Failed)?;
                text.raw(json.as_str().ok_or(Failed)?.as_bytes());
                Ok(())
            }
        }
    }

    #[inline]
    fn end(self) -> Result<(), Failed> {
        if let Self::Each(items) = self {
            items.close();
        }
        Ok(())
    }
}
