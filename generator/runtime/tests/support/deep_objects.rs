//! `deepObject`, and what servers read that the specification leaves open.

use crate::support::params::{Location, Shape, Style, encode};
use serde_json::json;

use super::http_params::{COLORS, EXPLODED, TEXT, check, color, read};

#[test]
fn deep_objects_nest() {
    static DEEP: Shape = Shape::Object(
        &[("size", Shape::Object(&[("min", Shape::Integer)], None)), ("tags", Shape::Array(&Shape::String))],
        None,
    );
    let deep = color(Location::Query, Style::DeepObject, EXPLODED, &DEEP);
    let value = json!({"size": {"min": 1}, "tags": ["a", "b"]});
    check(&deep, &value, "color%5Bsize%5D%5Bmin%5D=1&color%5Btags%5D=a&color%5Btags%5D=b");
    for text in
        ["color[size][min]=1&color[tags][]=a&color[tags][]=b", "color[tags][1]=b&color[tags][0]=a&color[size][min]=1"]
    {
        assert_eq!(read(&deep, text), Ok(Some(value.clone())), "{text}");
    }
}

/// What `qs`, Rack and PHP read, and so what services ask for whose documents have lists of objects in this style.
#[test]
fn deep_lists_of_objects_have_the_places_of_their_items() {
    static LINE: Shape = Shape::Object(
        &[
            ("price", Shape::String),
            ("quantity", Shape::Integer),
            ("rates", Shape::OneOf(&[Shape::Array(&Shape::String), Shape::String])),
        ],
        None,
    );
    static LINES: Shape = Shape::Array(&LINE);
    static ORDER: Shape = Shape::Object(
        &[("lines", Shape::OneOf(&[LINES, Shape::String])), ("grid", Shape::Array(&Shape::Array(&Shape::Integer)))],
        None,
    );
    let lines = color(Location::Query, Style::DeepObject, EXPLODED, &LINES);
    let value = json!([{"price": "p&1", "quantity": 2}, {"quantity": 1, "rates": ["a", "b"]}]);
    let text =
        "color[0][price]=p%261&color[0][quantity]=2&color[1][quantity]=1&color[1][rates][]=a&color[1][rates][]=b";
    check(&lines, &value, &text.replace('[', "%5B").replace(']', "%5D"));
    for text in [text.to_owned(), text.replace("[]", ""), text.replacen("[]", "[0]", 1).replacen("[]", "[1]", 1)] {
        assert_eq!(read(&lines, &text), Ok(Some(value.clone())), "{text}");
    }
    assert_eq!(read(&lines, "color[0][rates]=a"), Ok(Some(json!([{"rates": "a"}]))), "one text is a text");
    let order = color(Location::Query, Style::DeepObject, EXPLODED, &ORDER);
    let value = json!({"grid": [[1, 2], [3]], "lines": [{"quantity": 1}]});
    let text = "color[lines][0][quantity]=1&color[grid][0][]=1&color[grid][0][]=2&color[grid][1][]=3";
    check(&order, &value, &text.replace('[', "%5B").replace(']', "%5D"));
    assert_eq!(read(&order, "color[lines]=none"), Ok(Some(json!({"lines": "none"}))));
    for value in [json!({"grid": [[], [1]]}), json!({"lines": [{}]}), json!({"lines": [null, {"quantity": 1}]})] {
        let error = encode(&order, &value).unwrap_err().to_string();
        assert!(error.contains("an item that is empty"), "{error}");
    }
}

#[test]
fn deep_lists_and_scalars_have_the_usual_form() {
    let deep = color(Location::Query, Style::DeepObject, EXPLODED, &COLORS);
    check(&deep, &json!(["blue", "a&b"]), "color%5B%5D=blue&color%5B%5D=a%26b");
    for text in ["color[0]=a&color[1]=b", "color[]=a&color[]=b", "color=a&color=b"] {
        assert_eq!(read(&deep, text), Ok(Some(json!(["a", "b"]))), "{text}");
    }
    assert_eq!(read(&deep, ""), Ok(None));
    assert!(read(&deep, "color[x]=a").is_err());
    check(&color(Location::Query, Style::DeepObject, EXPLODED, &TEXT), &json!("a b"), "color=a%20b");
}
