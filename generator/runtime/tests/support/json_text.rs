//! JSON text is read and written as `serde_json` does it, in every case.

use std::collections::{BTreeMap, HashMap};

use proptest::collection::vec;
use proptest::prelude::*;
use serde::de::Deserializer;
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::support::{Direction, Json, Model, Own, Schemas, Validate, decode, json as text};

static ANY: Schemas = Schemas::new(r#"{ "/any": {} }"#);

/// Any value, which a schema without assertions takes.
#[derive(Debug, Clone, PartialEq)]
struct Held<T>(T);

impl<T: Json> Json for Held<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

impl<T> Validate for Held<T> {
    fn holds(&self, _: Direction) -> bool {
        true
    }
}

impl<T: Json> Model for Held<T> {
    const SCHEMAS: &'static Schemas = &ANY;
    const POINTER: &'static str = "/any";
}

/// What the run time reads.
fn read<T: Json>(text: &str) -> Option<T> {
    decode::<Held<T>>(text.as_bytes()).ok().map(|it| it.0)
}

/// What the run time writes.
fn written<T: Json>(value: T) -> String {
    String::from_utf8(text::to_vec(&Held(value))).unwrap()
}

fn values() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1000_i64..1000).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
    ];
    let leaf =
        prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), number, texts().prop_map(Value::from)];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((texts(), inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Plain ones of every length, and those with something to escape.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z é]{0,20}", "[\u{0}-\u{ff}]{0,20}", any::<String>()]
}

proptest! {
    #[test]
    fn every_value_is_written_and_read_as_serde_json_does_it(value in values()) {
        let plain = value.to_string();
        prop_assert_eq!(&written(value.clone()), &plain);
        let spaced = serde_json::to_string_pretty(&value).unwrap().replace('\n', " \t\r\n");
        for text in [plain, spaced] {
            prop_assert_eq!(read::<Value>(&text), serde_json::from_str(&text).ok());
        }
    }

    #[test]
    fn damaged_text_is_refused_as_serde_json_does_it(
        value in values(),
        edits in vec((any::<prop::sample::Index>(), 0_u8..2, "[{}\\[\\]\",:\\\\ \n0-9eE+.\\-truefalsn\u{0}\u{1f}é]"), 1..4),
    ) {
        let mut text: Vec<char> = value.to_string().chars().collect();
        for (place, kept, put) in edits {
            let place = place.index(text.len() + 1);
            let end = (place + usize::from(1 - kept)).min(text.len());
            text.splice(place..end, put.chars());
        }
        let text: String = text.into_iter().collect();
        prop_assert_eq!(read::<Value>(&text), serde_json::from_str(&text).ok(), "{}", text);
    }
}

#[test]
fn numbers_are_those_of_json() {
    for text in [
        "0",
        "-0",
        "00",
        "01",
        "-01",
        "-",
        "1.",
        ".5",
        "1e",
        "1e5",
        "1E+5",
        "1.5e-3",
        "1e400",
        "-1e400",
        "1 2",
        "1,",
        "999999999999999999",
        "1000000000000000000",
        "9223372036854775807",
        "9223372036854775808",
        "+1",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "0x1",
        "NaN",
        "0.1",
        "123456789012345678901234567890",
        "5e-324",
        "1e-400",
        "1-2",
        "1e5.5",
    ] {
        assert_eq!(read::<Value>(text), serde_json::from_str(text).ok(), "{text}");
    }
}

#[test]
fn words_and_brackets_end_where_they_must() {
    for text in [
        "tru",
        "truee",
        "true ",
        " null",
        "nul",
        "falsey",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{\"a\" 1}",
        "{,}",
        "{\"a\":1 \"b\":2}",
        "[",
        "{",
        "\"",
        "\"\\",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\\ud83d\\ude00\"",
        "\"a\nb\"",
        "[]]",
        "",
        "{\"\\u0061\":1}",
        "{1:2}",
        "[1]{}",
        "\u{a0}1",
    ] {
        assert_eq!(read::<Value>(text), serde_json::from_str(text).ok(), "{text}");
    }
}

#[test]
fn nesting_is_bounded() {
    for depth in [1, 126, 127, 128, 129, 100_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            assert_eq!(read::<Value>(&text), serde_json::from_str(&text).ok(), "{depth} {open}");
        }
    }
}

/// What other people's types may ask of a reader and of a writer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Theirs {
    unit: (),
    marker: Marker,
    newtype: Newtype,
    pair: (u8, char),
    large: i128,
    single: f32,
    plan: Vec<Plan>,
    by_number: HashMap<u32, bool>,
    by_truth: BTreeMap<bool, Option<String>>,
    nested: Option<Box<Theirs>>,
    #[serde(flatten)]
    further: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Marker;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Newtype(String);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Plan {
    Free,
    Named(String),
    Split(u8, u8),
    Custom { seats: u64 },
}

#[test]
fn types_of_other_people_are_read_and_written_whatever_they_are() {
    let inner = Theirs {
        unit: (),
        marker: Marker,
        newtype: Newtype("a \"quoted\" one".to_owned()),
        pair: (1, 'é'),
        large: i128::MIN,
        single: 0.1,
        plan: vec![Plan::Free, Plan::Named("x".to_owned()), Plan::Split(1, 2), Plan::Custom { seats: 3 }],
        by_number: HashMap::from([(7, true)]),
        by_truth: BTreeMap::from([(false, None), (true, Some(String::new()))]),
        nested: None,
        further: BTreeMap::from([("more".to_owned(), json!([1, { "a": null }]))]),
    };
    let value = Theirs { nested: Some(Box::new(inner.clone())), ..inner };
    let expected = serde_json::to_string(&value).unwrap();
    assert_eq!(written(Own(value.clone())), expected);
    assert_eq!(read::<Own<Theirs>>(&expected), Some(Own(value.clone())));
    assert_eq!(
        read::<Vec<Own<Theirs>>>(&format!("[{expected} , {expected}]")),
        Some(vec![Own(value.clone()), Own(value)])
    );
    assert_eq!(read::<Own<Theirs>>(&expected.replace("\"Free\"", "\"Fre\"")), None);
    assert_eq!(read::<Own<Theirs>>(&expected.replace("\"more\":[1,", "\"more\":[1")), None);
}

#[test]
fn names_are_what_the_keys_of_a_map_are() {
    fn alike<T: Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(texts: &[&str]) {
        for text in texts {
            let expected = serde_json::from_str::<T>(text).ok();
            assert_eq!(read::<Own<T>>(text).map(Own::into_inner), expected, "{text}");
            if let Some(value) = expected {
                assert_eq!(written(Own(value)), *text);
            }
        }
    }
    alike::<BTreeMap<u32, bool>>(&["{\"7\":true}", "{\"-7\":true}", "{\" 7\":true}", "{\"7 \":true}", "{\"x\":true}"]);
    alike::<BTreeMap<i64, u8>>(&["{\"-7\":1}", "{\"07\":1}", "{\"1.0\":1}", "{\"\":1}"]);
    alike::<BTreeMap<bool, u8>>(&["{\"true\":1}", "{\"tru\":1}", "{\"1\":1}"]);
    alike::<BTreeMap<Plan, u8>>(&["{\"Free\":1}", "{\"Named\":1}", "{\"None\":1}"]);
    alike::<BTreeMap<Option<String>, u8>>(&["{\"a\":1}"]);
    alike::<BTreeMap<char, u8>>(&["{\"a\":1}", "{\"ab\":1}"]);
    let own = BTreeMap::from([(Own("a".to_owned()), 1_i64), (Own("b".to_owned()), 2)]);
    assert_eq!(read::<BTreeMap<Own<String>, i64>>("{\"a\":1,\"b\":2}"), Some(own.clone()));
    assert_eq!(written(own), "{\"a\":1,\"b\":2}");
}

#[test]
fn json_that_is_kept_as_text_is_written_as_it_is() {
    let raw = serde_json::value::RawValue::from_string("{\"a\": 1.50}".to_owned()).unwrap();
    let members = BTreeMap::from([("raw", raw)]);
    assert_eq!(serde_json::to_string(&members).unwrap(), r#"{"raw":{"a": 1.50}}"#);
    let ours = BTreeMap::from([("raw".to_owned(), Raw(members["raw"].clone()))]);
    assert_eq!(written(ours), r#"{"raw":{"a": 1.50}}"#);
    assert_eq!(read::<Raw>(" {\"a\": 1.50} ").unwrap().0.get(), "{\"a\": 1.50}");
    assert!(read::<Raw>("{\"a\": 1.50").is_none());
}

struct Raw(Box<serde_json::value::RawValue>);

impl Json for Raw {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Deserialize::deserialize(deserializer).map(Self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[test]
fn what_has_no_json_form_is_written_as_nothing() {
    struct Odd;

    impl Json for Odd {
        fn read<'de, D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
            Ok(Self)
        }

        fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            BTreeMap::from([(vec![1], 2)]).serialize(serializer)
        }
    }
    assert_eq!(written(Odd), "");
    assert_eq!(written(vec![f64::NAN, f64::INFINITY]), "[null,null]");
}

#[test]
fn a_name_that_stands_twice_is_no_value() {
    for text in [r#"{"a":1,"a":1}"#, r#"[{"b":{"a":1,"\u0061":2}}]"#, r#"{"a":null,"b":0,"a":null}"#] {
        assert_eq!(read::<Value>(text), None, "{text}");
        assert!(serde_json::from_str::<Value>(text).is_ok(), "a tree keeps one of them");
    }
    assert_eq!(read(r#"[{"a":1},{"a":1}]"#), Some(json!([{ "a": 1 }, { "a": 1 }])));
}
