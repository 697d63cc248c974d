//! Values of a document as its author means it: what is valid comes back equal, in both directions, and what is not is
//! refused where it is wrong.

use programs::meant::models::{All, Author, Defaults, Mode, Sky};
use programs::meant::operations::read_defaults;
use programs::support::Direction::{self, Request, Response};
use programs::support::{Tristate, decode_in, json};
use serde_json::{Value, json};

/// The pointers of what is wrong with a value, with the keywords.
fn faults(value: &Value, direction: Direction) -> Vec<String> {
    match decode_in::<All>(value.to_string().as_bytes(), direction) {
        Ok(all) => {
            assert_eq!(json::to_value(&all), *value, "what comes in goes out");
            Vec::new()
        }
        Err(violations) => violations.iter().map(|it| format!("{} {}", it.pointer, it.keyword)).collect(),
    }
}

#[test]
fn what_is_meant_is_accepted_in_both_directions() {
    let valid = [
        json!({}),
        json!({ "problem": { "title": "t" } }),
        json!({ "author": null, "wrapped": null, "maybe": null }),
        json!({ "author": { "name": "n" }, "wrapped": { "name": "n" }, "maybe": { "name": "n" } }),
        json!({ "sky": 42, "level": "high" }),
        json!({ "crossing": "false" }),
        json!({ "crossing": "404" }),
        json!({ "tiny": -128, "octet": 255, "port": 65535, "any": u64::MAX, "wide": u64::MAX }),
        json!({ "items": [{ "name": "n" }] }),
    ];
    for value in valid {
        assert!(faults(&value, Request).is_empty(), "{value}: {:?}", faults(&value, Request));
        assert!(faults(&value, Response).is_empty(), "{value}: {:?}", faults(&value, Response));
    }
}

#[test]
fn what_is_not_is_refused_where_it_is_wrong() {
    let invalid = [
        (json!([]), " type"),
        (json!({ "problem": "text" }), "/problem type"),
        (json!({ "problem": {} }), "/problem/title required"),
        (json!({ "author": { "name": "" } }), "/author/name minLength"),
        (json!({ "wrapped": {} }), "/wrapped/name required"),
        (json!({ "maybe": 1 }), "/maybe type"),
        (json!({ "problem": null }), "/problem type"),
        (json!({ "tiny": 128 }), "/tiny format"),
        (json!({ "octet": 256 }), "/octet format"),
        (json!({ "octet": -1 }), "/octet format"),
        (json!({ "port": 0 }), "/port minimum"),
        (json!({ "any": -1 }), "/any format"),
        (json!({ "wide": -1 }), "/wide minimum"),
        (json!({ "items": [] }), "/items minItems"),
        (json!({ "items": [{ "name": 1 }] }), "/items/0/name type"),
    ];
    for (value, fault) in invalid {
        assert_eq!(faults(&value, Request), [fault], "{value}");
        assert_eq!(faults(&value, Response), [fault], "{value}");
    }
}

#[test]
fn an_open_enumeration_keeps_what_the_rest_of_its_schema_allows() {
    assert_eq!(faults(&json!({ "sky": 7 }), Request), ["/sky enum"]);
    assert!(faults(&json!({ "sky": 7 }), Response).is_empty());
    assert_eq!(faults(&json!({ "sky": 4_294_967_296_i64 }), Response), ["/sky format"]);
    assert!(faults(&json!({ "level": "mid" }), Response).is_empty());
    assert_eq!(faults(&json!({ "level": "middle" }), Response), ["/level maxLength"]);
    assert!(faults(&json!({ "crossing": "zebra" }), Response).is_empty());
}

#[test]
fn types_and_defaults_are_those_that_people_expect() {
    let mut all = All::default();
    assert_eq!((all.mode_or_default(), all.tags_or_default()), (&Mode::Exact, [].as_slice()));
    all.mode = Some(Mode::Fast);
    all.tags = Some(vec!["a".to_owned()]);
    assert_eq!((all.mode_or_default(), all.tags_or_default()), (&Mode::Fast, ["a".to_owned()].as_slice()));
    all.author = Tristate::Value(Author::new("n"));
    (all.tiny, all.octet, all.port, all.any, all.wide) = (Some(1_i8), Some(1_u8), Some(1_u16), Some(1_u64), Some(1_u64));
    all.sky = Some(Sky::Sunny);
    assert_eq!(json::to_value(&all)["sky"], 42);
}

#[test]
fn a_default_of_any_kind_stands_for_what_is_absent() {
    let absent = Defaults::default();
    assert_eq!(absent.pair_or_default(), [1.0, 2.5]);
    assert_eq!(absent.modes_or_default(), [Mode::Fast, Mode::Exact]);
    assert_eq!(absent.words_or_default(), ["a", "b\""]);
    assert_eq!(absent.author_or_default().name, "nobody");
    assert_eq!(absent.limits_or_default().get("a"), Some(&1));
    let moments = [absent.since_or_default(), absent.early_or_default()].map(|it| it.to_string());
    assert_eq!(moments, ["2023-12-31T23:00:00.5Z", "1969-12-31T23:59:59.5Z"]);
    assert_eq!(absent.day_or_default().to_string(), "2024-02-29");
    assert_eq!(json::to_value(&absent), json!({}), "a default is never filled in");

    let given = Defaults::default().with_pair(vec![]).with_author(Author::new("n"));
    assert_eq!((given.pair_or_default(), given.author_or_default()), ([].as_slice(), &Author::new("n")));
}

#[test]
fn parameters_have_their_defaults_and_those_of_the_components_that_they_refer_to() {
    let absent = read_defaults::Request::default();
    assert_eq!((absent.mode_or_default(), absent.plain_or_default()), (&Mode::Fast, &Mode::Exact));
    assert_eq!((absent.size_or_default(), absent.fields_or_default()), (10, ["id".to_owned(), "name".to_owned()].as_slice()));
    assert_eq!(absent.x_since_or_default().to_string(), "2024-02-29");
    let given = absent.with_size(3).with_mode(Mode::Exact);
    assert_eq!((given.size_or_default(), given.mode_or_default()), (3, &Mode::Exact));
}
