//! Names that stand twice in one object: a tree keeps only one of the two values, so they are looked for in the text.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::super::json_text::unmarked;
use super::super::violation::{Violation, Violations};
use super::run::At;

/// Every name that stands twice; malformed text has none, since its fault is another one.
pub(crate) fn duplicates(text: &[u8]) -> Violations {
    let mut found = Violations::new();
    let mut deserializer = serde_json::Deserializer::from_slice(unmarked(text));
    let outcome = Walk { at: At::ROOT, found: &mut found }.deserialize(&mut deserializer);
    if outcome.is_ok() { found } else { Violations::new() }
}

/// The walk at one value; the parser bounds its depth.
struct Walk<'a> {
    at: At<'a>,
    found: &'a mut Violations,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Values without members.
macro_rules! leaf {
    ($($visit:ident($ty:ty))*) => {$(
        fn $visit<E>(self, _: $ty) -> Result<(), E> {
            Ok(())
        }
    )*};
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    leaf! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) visit_str(&str) }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0;
        while items.next_element_seed(Walk { at: self.at.item(index), found: self.found })?.is_some() {
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut names = BTreeSet::new();
        while let Some(name) = members.next_key::<String>()? {
            let at = self.at.property(&name);
            if names.contains(&name) && !self.found.truncated() {
                self.found.push(Violation::new(at.pointer(), "json", "stands twice"));
            }
            members.next_value_seed(Walk { at, found: self.found })?;
            names.insert(name);
        }
        Ok(())
    }
}
