//! Values that a text does not keep apart from others: escaped where that helps, else refused.

use serde_json::json;

use super::http_params::{COLORS, EXPLODED, FREE, NOT_EXPLODED, check, color, read};
use crate::support::params::{Location, Style, encode, expand};

#[test]
fn names_of_a_deep_object_hold_no_brackets() {
    let deep = color(Location::Query, Style::DeepObject, EXPLODED, &FREE);
    check(&deep, &json!({ "a.b": "1", "": "2" }), "color%5B%5D=2&color%5Ba.b%5D=1");
    for name in ["a][b", "a]", "[b", "["] {
        let error = encode(&deep, &json!({ name: "1" })).unwrap_err().to_string();
        assert!(error.contains("has a name that holds a bracket"), "{name}: {error}");
    }
}

/// `color=` is how others write a list without items.
#[test]
fn a_list_of_one_empty_text_is_refused_where_it_is_read_as_none() {
    for (location, style, explode) in [
        (Location::Query, Style::Form, EXPLODED),
        (Location::Query, Style::Form, NOT_EXPLODED),
        (Location::Query, Style::PipeDelimited, NOT_EXPLODED),
        (Location::Path, Style::Matrix, EXPLODED),
        (Location::Path, Style::Label, NOT_EXPLODED),
        (Location::Cookie, Style::Form, NOT_EXPLODED),
    ] {
        let parameter = color(location, style, explode, &COLORS);
        let error = encode(&parameter, &json!([""])).unwrap_err().to_string();
        assert!(error.contains("has an empty text as its only item"), "{parameter:?}: {error}");
        let written = encode(&parameter, &json!(["", "a"])).unwrap().unwrap();
        assert_eq!(read(&parameter, &written), Ok(Some(json!(["", "a"]))), "{parameter:?}");
    }
    let deep = color(Location::Query, Style::DeepObject, EXPLODED, &COLORS);
    check(&deep, &json!([""]), "color%5B%5D=");
}

#[test]
fn values_of_one_segment_are_read_as_they_are_written() {
    let expanded = |template, x: &str, y: &str| {
        expand(template, &[("x", x.to_owned()), ("y", y.to_owned())]).map_err(|it| it.to_string())
    };
    for (template, x, y, path) in [
        ("/{x}.{y}", "a", "tar.gz", "/a.tar.gz"),
        ("/{x}.{y}", "a.tar", "gz", "/a%2Etar.gz"),
        ("/{x}...{y}", "a.", "b", "/a%2E...b"),
        ("/{x}...{y}", "v1.0", "v1.1", "/v1.0...v1.1"),
        ("/{x}-{y}/{x}", "a-b", "c", "/a%2Db-c/a-b"),
        ("/{x}:{y}", "a%3Ab", "c", "/a%3Ab:c"),
        ("/{x}{y}", "a", "bc", "/abc"),
    ] {
        assert_eq!(expanded(template, x, y).as_deref(), Ok(path), "{template} {x} {y}");
    }
    for (template, x, y) in [("/{x}{y}", "ab", "c"), ("/{x}of{y}", "of-of", "b"), ("/{x}.{y}", ".a.b", "c")] {
        let error = expanded(template, x, y).unwrap_err();
        assert!(error.ends_with("has values that the text between them does not keep apart"), "{error}");
    }
}
