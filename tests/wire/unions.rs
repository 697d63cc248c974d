//! Unions that a property tells apart: where that property stands, and what else comes in its place.

use generated::nuweb::models::IncludedResource;
use generated::support::Direction::Response;
use generated::support::{decode_response, json};
use serde_json::Value;

use crate::harness::faults_of_text;

#[test]
fn the_tag_may_stand_anywhere() {
    let members = [r#""type":"roles""#, r#""id":7"#, r#""attributes":{"title":"Owner"}"#, r#""more":{"type":"users"}"#];
    let texts = (0..members.len()).map(|first| {
        let (ahead, behind) = members.split_at(first);
        format!("{{{}}}", [behind, ahead].concat().join(","))
    });
    for text in texts {
        let value: IncludedResource = decode_response(text.as_bytes()).unwrap();
        assert!(value.as_roles().is_some_and(|it| it.id == 7), "{text}");
        assert_eq!(json::to_value(&value), serde_json::from_str::<Value>(&text).unwrap());
        assert_eq!(serde_json::from_str::<IncludedResource>(&text).unwrap(), value);
    }
}

#[test]
fn a_tag_that_nobody_knows_is_kept_as_it_came() {
    for text in [r#"{"id":"x","type":"teams","more":[1.5,null]}"#, r#"{"type":"teams"}"#] {
        let value: IncludedResource = decode_response(text.as_bytes()).unwrap();
        assert!(matches!(value, IncludedResource::Unknown(_)), "{text}");
        assert_eq!(json::to_value(&value), serde_json::from_str::<Value>(text).unwrap());
    }
}

#[test]
fn members_stand_once_before_the_tag_and_behind_it() {
    for (text, faults) in [
        (r#"{"type":"roles","id":1,"type":"roles"}"#, &["/type json"][..]),
        (r#"{"type":"roles","id":1,"type":"users"}"#, &["/type json"]),
        (r#"{"id":1,"type":"roles","id":1}"#, &["/id json"]),
        (r#"{"more":1,"more":2,"type":"roles","id":1}"#, &["/more json"]),
    ] {
        let found = faults_of_text::<IncludedResource>(text, Response);
        assert!(faults.iter().all(|it| found.contains(&(*it).to_owned())), "{text}: {found:?}");
    }
}

#[test]
fn what_has_no_tag_is_refused() {
    for text in [
        "{}",
        r#"{"id":1}"#,
        r#"{"type":1,"id":1}"#,
        r#"{"type":null}"#,
        "[]",
        "[1]",
        "1",
        "-1",
        "1.5",
        "\"roles\"",
        "true",
        "null",
    ] {
        assert!(!faults_of_text::<IncludedResource>(text, Response).is_empty(), "{text}");
        assert!(serde_json::from_str::<IncludedResource>(text).is_err(), "{text}");
    }
}
