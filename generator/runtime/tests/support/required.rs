//! What must be there is one value, and all else is absent.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{self, Secret, Tristate};

#[derive(Debug, Clone, PartialEq)]
pub struct Worker {
    id: i64,
    kind: &'static str,
    email: Option<String>,
    key: Secret<String>,
    note: Option<String>,
    size: Option<i64>,
    nickname: Tristate<String>,
    files: Vec<u8>,
    additional_properties: BTreeMap<String, Value>,
}

support::required! { WorkerRequired of Worker {
    required id(i64),
    constant kind(&'static str) ["worker"],
    required email(Option<String>),
    required key(Secret<String>),
    optional note,
    optional size(i64) [Some(3)],
    tristate nickname(String),
    defaulted files,
} { additional_properties } }

#[derive(Debug, PartialEq)]
pub struct Point {
    x: f64,
    required: bool,
}

support::required! { PointRequired of Point {
    required x(f64),
    required required(bool),
} {} }

#[test]
fn what_is_not_asked_for_is_absent_or_filled_in() {
    let made = Worker::new(WorkerRequired { id: 7, email: None, key: "k".into() });
    let expected = Worker {
        id: 7,
        kind: "worker",
        email: None,
        key: "k".into(),
        note: None,
        size: Some(3),
        nickname: Tristate::Absent,
        files: Vec::new(),
        additional_properties: BTreeMap::new(),
    };
    assert_eq!(made, expected);
    assert_eq!(Point::new(PointRequired { x: 1.0, required: true }), Point { x: 1.0, required: true });
}

#[test]
fn what_is_given_is_not_printed() {
    let required = WorkerRequired { id: 7, email: None, key: "k".into() };
    assert_eq!(format!("{required:?}"), "WorkerRequired { .. }");
}
