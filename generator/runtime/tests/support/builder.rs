//! Builders take properties one by one and say which are missing.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{self, Tristate, Violations};

#[derive(Debug, Clone, PartialEq)]
pub struct Worker {
    id: i64,
    name: String,
    email: Option<String>,
    note: Option<String>,
    nickname: Tristate<String>,
    additional_properties: BTreeMap<String, Value>,
}

support::builder! { WorkerBuilder of Worker {
    required id(i64) []: "id",
    required name(String) []: "full/name",
    required email(Option<String>) []: "email",
    optional note(String) [impl Into<String>]: "note",
    tristate nickname(String) []: "nickname",
} build { additional_properties(BTreeMap<String, Value>) } }

#[derive(Debug, PartialEq)]
pub struct Point {
    x: f64,
    build: bool,
}

support::builder! { PointBuilder of Point {
    required x(f64) []: "x",
    required build(bool) []: "build",
} build_all {} }

#[test]
fn what_is_not_set_is_absent() {
    let built = Worker::builder().id(7).name("Jo").email(None).build().unwrap();
    let expected = Worker {
        id: 7,
        name: "Jo".to_owned(),
        email: None,
        note: None,
        nickname: Tristate::Absent,
        additional_properties: BTreeMap::new(),
    };
    assert_eq!(built, expected);
}

#[test]
fn every_property_can_be_set() {
    let more = BTreeMap::from([("size".to_owned(), json!(3))]);
    let builder = Worker::builder().id(7).name("Jo").email("jo@example.com".to_owned()).note("new");
    let built = builder.nickname(Tristate::Null).additional_properties(more.clone()).build().unwrap();
    assert_eq!(built.email.as_deref(), Some("jo@example.com"));
    assert_eq!(built.note.as_deref(), Some("new"));
    assert_eq!((built.nickname, built.additional_properties), (Tristate::Null, more));
}

#[test]
fn all_that_is_missing_is_named_at_once() {
    let pointers = |violations: Violations| {
        let each = violations.iter().map(|it| format!("{} {}", it.pointer, it.keyword));
        each.collect::<Vec<_>>()
    };
    assert_eq!(pointers(Worker::builder().id(7).build().unwrap_err()), ["/email required", "/full~1name required"]);
    assert_eq!(PointBuilder::default().x(1.0).build(true).build_all(), Ok(Point { x: 1.0, build: true }));
    assert_eq!(pointers(Point::builder().build_all().unwrap_err()), ["/build required", "/x required"]);
}
