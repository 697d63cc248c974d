//! Maps and sets, and types of the user's.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::json;

use crate::support::{self, IndexMap, IndexSet, Json, Own, Uuid, json as form};

fn read<T: Json>(text: &str) -> Result<T, String> {
    T::read(&mut serde_json::Deserializer::from_str(text)).map_err(|error| error.to_string())
}

#[test]
fn maps_keep_their_order_where_they_have_one() {
    let text = r#"{"b":1,"a":2,"c":3}"#;
    let indexed: IndexMap<String, i64> = read(text).unwrap();
    assert_eq!(String::from_utf8(form::to_vec(&indexed)).unwrap(), text);
    let hashed: HashMap<String, i64> = read(text).unwrap();
    assert_eq!(form::to_value(&hashed), json!({ "a": 2, "b": 1, "c": 3 }));
    assert!(read::<HashMap<String, i64>>(r#"{"a":"b"}"#).is_err());
    assert!(read::<IndexMap<String, i64>>("[1]").is_err());
}

static SCHEMAS: support::Schemas = support::Schemas::new(r#"{ "/side": { "enum": ["left", "right"] } }"#);

support::string_enum! {
    /// A side.
    pub enum Side: closed in SCHEMAS["/side"] {
        Left = "left",
        /// The other one.
        Right = "right",
    }
}

#[test]
fn names_are_what_the_document_says_about_them() {
    let text = r#"{"left":1,"right":2}"#;
    let sides: BTreeMap<Side, i64> = read(text).unwrap();
    assert_eq!(sides, BTreeMap::from([(Side::Left, 1), (Side::Right, 2)]));
    assert_eq!(form::to_vec(&sides), text.as_bytes());
    assert!(read::<BTreeMap<Side, i64>>(r#"{"middle":1}"#).is_err());
    assert!(read::<HashMap<Side, i64>>(r#"{"left":1,"middle":1}"#).is_err());
    let text = r#"{"6BA7B810-9DAD-11D1-80B4-00C04FD430C8":true}"#;
    assert_eq!(form::to_vec(&read::<BTreeMap<Uuid, bool>>(text).unwrap()), text.as_bytes());
    assert!(read::<BTreeMap<Uuid, bool>>(r#"{"6ba7":true}"#).is_err());
    // A document in memory has names as well.
    let sides: BTreeMap<Side, bool> = form::from_value(json!({ "right": false })).unwrap();
    assert_eq!(form::to_value(&sides), json!({ "right": false }));
}

#[test]
fn sets_refuse_what_they_have_already() {
    let text = "[3,1,2]";
    assert_eq!(form::to_vec(&read::<IndexSet<i64>>(text).unwrap()), text.as_bytes());
    assert_eq!(form::to_vec(&read::<BTreeSet<i64>>(text).unwrap()), b"[1,2,3]");
    assert_eq!(read::<HashSet<i64>>(text).unwrap(), HashSet::from([1, 2, 3]));
    // `1.0` is the integer 1, here as everywhere.
    for text in ["[1,1]", "[1,2,1.0]"] {
        assert!(read::<IndexSet<i64>>(text).unwrap_err().contains("an item stands twice"), "{text}");
        assert!(read::<BTreeSet<i64>>(text).is_err() && read::<HashSet<i64>>(text).is_err(), "{text}");
    }
    assert!(read::<BTreeSet<i64>>("{}").is_err());
}

#[test]
fn a_type_of_the_users_is_what_serde_makes_of_it() {
    let port: Own<std::num::NonZeroU16> = read("80").unwrap();
    assert_eq!((port.get(), form::to_value(&port)), (80, json!(80)));
    assert_eq!((format!("{port:?}"), port.to_string()), ("80".to_owned(), "80".to_owned()));
    assert!(read::<Own<std::num::NonZeroU16>>("0").is_err());
    assert_eq!(Own::from(port.into_inner()), port);
}
