//! What all tests of values share.

use std::fmt::Debug;

use generated::support::{Direction, Model, Violations, decode_in, json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The page example in a file.
pub(crate) fn page(text: &str) -> Value {
    serde_json::from_str(text).expect("a page example is JSON")
}

/// The model of a valid value.
pub(crate) fn model<T: Model>(value: &Value, direction: Direction) -> T {
    let text = value.to_string();
    decode_in(text.as_bytes(), direction).unwrap_or_else(|violations| panic!("{text}: {violations}"))
}

/// The model of a valid request body.
pub(crate) fn request<T: Model>(value: &Value) -> T {
    model(value, Direction::Request)
}

/// The model of a valid response body.
pub(crate) fn response<T: Model>(value: &Value) -> T {
    model(value, Direction::Response)
}

/// A valid value goes into its model and comes back equal, as text, as a tree, and through serde.
pub(crate) fn assert_round_trip<T>(value: &Value, direction: Direction)
where
    T: Model + PartialEq + Debug + Serialize + DeserializeOwned,
{
    let typed: T = model(value, direction);
    assert_eq!(json::to_value(&typed), *value);
    assert_eq!(serde_json::from_slice::<Value>(&json::to_vec(&typed)).unwrap(), *value);
    assert_eq!(serde_json::to_value(&typed).unwrap(), *value);
    assert_eq!(serde_json::from_value::<T>(value.clone()).unwrap(), typed);
    assert!(typed.validate(direction).is_ok());
}

/// What is wrong with a text, as `pointer keyword`.
pub(crate) fn faults_of_text<T: Model>(text: &str, direction: Direction) -> Vec<String> {
    let Err(violations) = decode_in::<T>(text.as_bytes(), direction) else { return Vec::new() };
    assert!(!violations.is_empty());
    listed(&violations)
}

/// What is wrong with a request body, as `pointer keyword`.
pub(crate) fn request_faults<T: Model>(value: &Value) -> Vec<String> {
    faults_of_text::<T>(&value.to_string(), Direction::Request)
}

/// What is wrong with a response body, as `pointer keyword`.
pub(crate) fn response_faults<T: Model>(value: &Value) -> Vec<String> {
    faults_of_text::<T>(&value.to_string(), Direction::Response)
}

/// Violations as `pointer keyword`.
pub(crate) fn listed(violations: &Violations) -> Vec<String> {
    violations.iter().map(|it| format!("{} {}", it.pointer, it.keyword)).collect()
}

/// The value with some members set; `null` sets null.
pub(crate) fn with(base: &Value, members: &Value) -> Value {
    let mut value = base.clone();
    for (name, member) in members.as_object().expect("members are an object") {
        value[name] = member.clone();
    }
    value
}

/// The value without a member.
pub(crate) fn without(base: &Value, name: &str) -> Value {
    let mut value = base.clone();
    value.as_object_mut().and_then(|it| it.remove(name)).expect("the member is there");
    value
}
