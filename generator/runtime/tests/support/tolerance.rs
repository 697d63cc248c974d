//! What is read although it is not as documented, and what is not.

use serde_json::{Value, json};

use super::check::schemas;
use crate::support::{Bytes, Date, DateTime, Json, Tristate, Uri, Uuid, Violations, tolerate_value};

/// What a value is read as, and the places that are not as documented.
#[expect(clippy::needless_pass_by_value, reason = "the literals of the cases read best as they are")]
fn read<T: Json>(schema: Value, value: Value) -> Result<(T, Vec<String>), Violations> {
    let schemas = schemas(&json!({ "/s": schema }));
    let (value, deviations) = tolerate_value(schemas, "/s", value)?;
    Ok((value, deviations.iter().map(|it| format!("{} {}", it.pointer, it.keyword)).collect()))
}

fn told(schema: Value, value: Value) -> String {
    let (value, deviations) = read::<String>(schema, value).unwrap();
    format!("{value} {deviations:?}")
}

#[test]
fn what_a_type_can_hold_is_taken_as_it_is() {
    assert_eq!(told(json!({ "type": "string", "maxLength": 3 }), json!("abc")), "abc []");
    assert_eq!(told(json!({ "type": "string", "maxLength": 2 }), json!("abc")), r#"abc [" maxLength"]"#);
    assert_eq!(told(json!({ "type": "string", "pattern": "^x" }), json!("abc")), r#"abc [" pattern"]"#);
    assert_eq!(told(json!({ "type": "string", "format": "email" }), json!("none")), r#"none [" format"]"#);
    let numbers = read::<Vec<i64>>(json!({ "items": { "maximum": 5 }, "uniqueItems": true }), json!([7, 7])).unwrap();
    assert_eq!(numbers.0, [7, 7]);
    assert_eq!(numbers.1, [" uniqueItems", "/0 maximum", "/1 maximum"]);
}

#[test]
fn numbers_and_booleans_are_read_from_their_texts() {
    let integer = json!({ "type": "integer" });
    assert_eq!(read::<i64>(integer.clone(), json!("12")).unwrap(), (12, vec![" type".to_owned()]));
    assert_eq!(read::<f64>(json!({ "type": "number" }), json!("-1.5e3")).unwrap().0.to_bits(), (-1500.0_f64).to_bits());
    assert!(read::<bool>(json!({ "type": "boolean" }), json!("true")).unwrap().0);
    assert_eq!(told(json!({ "type": "string" }), json!(42)), r#"42 [" type"]"#);
    for value in ["", " 12", "12 ", "1.5", "0x1", "twelve", "99999999999999999999", "NaN", "1_0"] {
        assert!(read::<i64>(integer.clone(), json!(value)).is_err(), "{value}");
    }
    for value in ["yes", "1", "True", ""] {
        assert!(read::<bool>(json!({ "type": "boolean" }), json!(value)).is_err(), "{value}");
    }
    assert!(read::<bool>(json!({ "type": "boolean" }), json!(1)).is_err());
}

#[test]
fn spellings_with_one_meaning_are_read_by_it() {
    fn spelled<T: Json>(format: &str, text: &str) -> Option<Value> {
        let read = read::<T>(json!({ "type": "string", "format": format }), json!(text)).ok()?;
        assert_eq!(read.1, [" format"], "{text}");
        Some(crate::support::json::to_value(&read.0))
    }
    for (text, expected) in [
        ("2024-05-31T12:00:00", "2024-05-31T12:00:00Z"),
        ("2024-05-31 12:00:00.5", "2024-05-31T12:00:00.5Z"),
        ("2024-05-31T12:00+0200", "2024-05-31T12:00:00+02:00"),
        ("2024-05-31 12:00:00 +02", "2024-05-31T12:00:00+02:00"),
    ] {
        assert_eq!(spelled::<DateTime>("date-time", text), Some(json!(expected)), "{text}");
    }
    for text in ["2024-05-31", "yesterday", "1717156800", "31/05/2024 12:00", "", "2024-13-01T12:00:00"] {
        assert_eq!(spelled::<DateTime>("date-time", text), None, "{text}");
    }
    assert_eq!(spelled::<Date>("date", "2024-05-31T00:00:00Z"), Some(json!("2024-05-31")));
    assert_eq!(spelled::<Date>("date", "20240531"), Some(json!("2024-05-31")));
    assert_eq!(spelled::<Date>("date", "2024-05-31T10:00:00Z"), None);
    let id = "123e4567-e89b-12d3-a456-426614174000";
    for text in [id.replace('-', ""), format!("{{{id}}}"), format!("urn:uuid:{id}")] {
        assert_eq!(spelled::<Uuid>("uuid", &text), Some(json!(id)), "{text}");
    }
    assert_eq!(spelled::<Uuid>("uuid", "42"), None);
    assert_eq!(spelled::<Bytes>("byte", "-_8"), Some(json!("+/8=")));
    assert_eq!(spelled::<Bytes>("byte", "?"), None);
    assert_eq!(spelled::<Uri>("uri", "http://a.example/é b"), Some(json!("http://a.example/%C3%A9%20b")));
    assert_eq!(spelled::<Uri>("uri", "no scheme"), None);
}

crate::support::object! {
    /// A pet.
    pub struct Pet in UNIONS["/pet"] {
        required name: String = "name",
        optional age with_age: i64 = "age",
        optional born with_born: Date = "born",
        tristate note with_note: String = "note",
    }
    closed,
    holds always,
}

fn pet() -> Value {
    json!({
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": { "type": "string" },
            "age": { "type": "integer" },
            "born": { "type": "string", "format": "date" },
            "note": { "type": ["string", "null"] },
        },
        "additionalProperties": false,
    })
}

#[test]
fn null_for_a_property_that_may_be_absent_is_absence() {
    let value = json!({ "name": "Rex", "age": null, "born": "", "note": null, "later": 1 });
    let (read, deviations) = read::<Pet>(pet(), value).unwrap();
    assert_eq!(read, Pet { name: "Rex".to_owned(), age: None, born: None, note: Tristate::Null });
    assert_eq!(deviations, ["/age type", "/born format", "/later additionalProperties"]);
}

#[test]
fn nothing_is_made_up() {
    for value in [
        json!({}),
        json!({ "name": null }),
        json!({ "name": ["Rex"] }),
        json!({ "name": "Rex", "age": "old" }),
        json!({ "name": "Rex", "age": 1.5 }),
        json!({ "name": "Rex", "born": "spring" }),
        json!(null),
        json!([]),
    ] {
        assert!(read::<Pet>(pet(), value.clone()).is_err(), "{value}");
    }
    let error = read::<Pet>(pet(), json!({ "name": null })).unwrap_err();
    assert!(error.to_string().starts_with("/name: must be a string (type)"), "{error}");
    assert!(read::<Vec<i64>>(json!({ "items": { "type": "integer" } }), json!([1, null])).is_err());
}

proptest::proptest! {
    /// Whatever comes, nothing panics, and what is read has what the type must have.
    #[test]
    fn anything_may_come(text in r#"[\[\]{}",:a-z0-9 ]{0,40}"#, name in ".{0,5}") {
        let any = serde_json::from_str::<Value>(&text).unwrap_or(Value::String(text));
        for value in [any.clone(), json!({ "name": any }), json!({ "name": name, "age": any, "born": any })] {
            let named = value.get("name").is_some_and(|it| it.is_string() || it.is_number());
            if let Ok((read, deviations)) = read::<Pet>(pet(), value.clone()) {
                assert!(named, "{value}");
                assert!(!deviations.is_empty() || crate::support::json::to_value(&read) == value, "{value}");
            }
        }
    }
}

crate::support::untagged_union! {
    /// A cat or a dog.
    pub enum Choice: ExactlyOne in UNIONS["/pet"] {
        /// A cat.
        "/cat" => Cat(Cat) [as_cat into_cat from],
        /// A dog.
        "/dog" => Dog(Dog) [as_dog into_dog from],
    }
}

crate::support::object! {
    /// A cat.
    pub struct Cat in UNIONS["/cat"] {
        required lives: i64 = "lives",
        required name: String = "name",
    }
    closed,
    holds always,
}

crate::support::object! {
    /// A dog.
    pub struct Dog in UNIONS["/dog"] {
        required bark: String = "bark",
    }
    closed,
    holds always,
}

static UNIONS: crate::support::Schemas = crate::support::Schemas::new(
    r##"{
        "/cat": { "type": "object", "required": ["lives", "name"], "properties": {
            "lives": { "type": "integer", "maximum": 9 }, "name": { "type": "string", "maxLength": 3 } } },
        "/dog": { "type": "object", "required": ["bark"], "properties": { "bark": { "type": "string" } } },
        "/pets": { "type": "array", "items": { "$ref": "#/pet" } },
        "/pet": { "oneOf": [{ "$ref": "#/cat" }, { "$ref": "#/dog" }] }
    }"##,
);

#[test]
fn a_union_takes_the_closest_branch_and_says_what_is_wrong_in_it() {
    let value = json!([{ "lives": "10", "name": "Minka" }, { "bark": 3 }]);
    let (pets, deviations) = tolerate_value::<Vec<Choice>>(&UNIONS, "/pets", value).unwrap();
    assert_eq!(
        pets,
        [Choice::Cat(Cat { lives: 10, name: "Minka".to_owned() }), Choice::Dog(Dog { bark: "3".to_owned() })]
    );
    let places: Vec<_> = deviations.iter().map(|it| format!("{} {}", it.pointer, it.keyword)).collect();
    assert_eq!(places, ["/0/lives maximum", "/0/lives type", "/0/name maxLength", "/1/bark type"]);
    assert!(tolerate_value::<Choice>(&UNIONS, "/pet", json!({ "lives": 3 })).is_err());
}
