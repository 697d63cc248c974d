//! Parameters: every style in both directions, and what no style may let through.

use http::{HeaderMap, HeaderName, HeaderValue};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::params::{Location, Parameter, RawRequest, Shape, Siblings, Style, decode, encode, expand};

pub(super) static TEXT: Shape = Shape::String;
pub(super) static COLORS: Shape = Shape::Array(&TEXT);
static EITHER: Shape = Shape::OneOf(&[TEXT, COLORS]);
pub(super) static RGB: Shape = Shape::Object(&[("R", Shape::Integer), ("G", Shape::Integer)], None);
pub(super) static FREE: Shape = Shape::Object(&[], Some(&TEXT));

pub(super) fn color(location: Location, style: Style, explode: bool, shape: &Shape) -> Parameter {
    let parameter = Parameter::query("color", "", *shape);
    Parameter { location, style, explode, required: location == Location::Path, ..parameter }
}

pub(super) fn read(parameter: &Parameter, text: &str) -> Result<Option<Value>, String> {
    let mut headers = HeaderMap::new();
    let name = match parameter.location {
        Location::Header => parameter.name,
        _ => "cookie",
    };
    let value = HeaderValue::from_bytes(text.as_bytes()).unwrap();
    headers.insert(HeaderName::from_bytes(name.as_bytes()).unwrap(), value);
    let path = [(parameter.name, text.to_owned())];
    let query = if parameter.location == Location::Query { text } else { "" };
    let request = RawRequest { path: &path, query, headers: &headers };
    decode(parameter, &request, Siblings::default()).map_err(|it| it.to_string())
}

pub(super) fn check(parameter: &Parameter, value: &Value, text: &str) {
    assert_eq!(encode(parameter, value).unwrap().as_deref(), Some(text), "{parameter:?}");
    assert_eq!(read(parameter, text).unwrap().as_ref(), Some(value), "{parameter:?} {text}");
}

pub(super) const NOT_EXPLODED: bool = false;
pub(super) const EXPLODED: bool = true;

#[test]
fn every_style_both_ways() {
    let colors = json!(["blue", "a,b", "50% |"]);
    let rgb = json!({"R": 100, "G": 200});
    for (location, style, explode, array, object) in [
        (Location::Path, Style::Simple, NOT_EXPLODED, "blue,a%2Cb,50%25%20%7C", "R,100,G,200"),
        (Location::Path, Style::Simple, EXPLODED, "blue,a%2Cb,50%25%20%7C", "R=100,G=200"),
        (Location::Path, Style::Label, NOT_EXPLODED, ".blue,a%2Cb,50%25%20%7C", ".R,100,G,200"),
        (Location::Path, Style::Label, EXPLODED, ".blue.a%2Cb.50%25%20%7C", ".R=100.G=200"),
        (Location::Path, Style::Matrix, NOT_EXPLODED, ";color=blue,a%2Cb,50%25%20%7C", ";color=R,100,G,200"),
        (Location::Path, Style::Matrix, EXPLODED, ";color=blue;color=a%2Cb;color=50%25%20%7C", ";R=100;G=200"),
        (Location::Query, Style::Form, NOT_EXPLODED, "color=blue,a%2Cb,50%25%20%7C", "color=R,100,G,200"),
        (Location::Query, Style::Form, EXPLODED, "color=blue&color=a%2Cb&color=50%25%20%7C", "R=100&G=200"),
        (Location::Cookie, Style::Form, NOT_EXPLODED, "color=blue,a%2Cb,50%25%20%7C", "color=R,100,G,200"),
    ] {
        check(&color(location, style, explode, &COLORS), &colors, array);
        check(&color(location, style, explode, &RGB), &rgb, object);
    }
    let deep = color(Location::Query, Style::DeepObject, EXPLODED, &RGB);
    check(&deep, &rgb, "color%5BR%5D=100&color%5BG%5D=200");
    assert_eq!(read(&deep, "color[R]=100&color[G]=200"), Ok(Some(rgb)));
    let plain = json!(["blue", "black"]);
    let spaces = color(Location::Query, Style::SpaceDelimited, NOT_EXPLODED, &COLORS);
    check(&spaces, &plain, "color=blue%20black");
    assert_eq!(read(&spaces, "color=blue+black"), Ok(Some(plain.clone())));
    let pipes = color(Location::Query, Style::PipeDelimited, NOT_EXPLODED, &COLORS);
    check(&pipes, &plain, "color=blue%7Cblack");
    assert_eq!(read(&pipes, "color=blue|black"), Ok(Some(plain.clone())));
    let header = color(Location::Header, Style::Simple, NOT_EXPLODED, &COLORS);
    check(&header, &plain, "blue,black");
    assert_eq!(read(&header, " blue ,\tblack"), Ok(Some(plain)));
}

#[test]
fn empty_elements_of_a_list_in_a_header_are_ignored() {
    let header = color(Location::Header, Style::Simple, NOT_EXPLODED, &COLORS);
    for text in ["blue,,black", ",blue, ,black,", "blue,black,"] {
        assert_eq!(read(&header, text), Ok(Some(json!(["blue", "black"]))), "{text}");
    }
    assert_eq!(read(&header, ""), Ok(Some(json!([]))));
    assert!(encode(&header, &json!(["blue", ""])).is_err(), "it would not arrive");
    let query = color(Location::Query, Style::Form, NOT_EXPLODED, &COLORS);
    assert_eq!(read(&query, "color=blue,,black"), Ok(Some(json!(["blue", "", "black"]))));
}

#[test]
fn percent_signs_stand_before_two_hexadecimal_digits() {
    for text in ["color=50%", "color=%zz", "color=%4", "color=a%"] {
        let error = read(&color(Location::Query, Style::Form, EXPLODED, &TEXT), text).unwrap_err();
        assert_eq!(error, "/query/color: is not UTF-8 in percent-encoding (style)", "{text}");
    }
    assert!(read(&color(Location::Path, Style::Simple, NOT_EXPLODED, &TEXT), "50%").is_err());
    assert_eq!(read(&color(Location::Query, Style::Form, EXPLODED, &TEXT), "color=50%25"), Ok(Some(json!("50%"))));
    // Cookies come from anybody, who may not have escaped them.
    assert_eq!(read(&color(Location::Cookie, Style::Form, NOT_EXPLODED, &TEXT), "color=50%"), Ok(Some(json!("50%"))));
}

#[test]
fn reserved_characters_and_triples_stay_where_they_are_allowed() {
    let reserved =
        |shape, explode| Parameter { allow_reserved: true, ..color(Location::Query, Style::Form, explode, shape) };
    let text = reserved(&TEXT, EXPLODED);
    for (value, written) in
        [("a/b?c", "color=a/b?c"), ("a%2Fb", "color=a%2Fb"), ("50% %zz", "color=50%25%20%25zz"), ("a&b", "color=a%26b")]
    {
        assert_eq!(encode(&text, &json!(value)).unwrap().as_deref(), Some(written), "{value}");
    }
    let items = reserved(&COLORS, NOT_EXPLODED);
    assert_eq!(encode(&items, &json!(["a/b", "c,d%20"])).unwrap().as_deref(), Some("color=a/b,c%2Cd%20"));
    assert_eq!(
        encode(&color(Location::Query, Style::Form, EXPLODED, &TEXT), &json!("%2F")).unwrap().as_deref(),
        Some("color=%252F")
    );
}

/// Swagger 2.0 has its delimiters in every place.
#[test]
fn delimiters_of_older_documents_both_ways() {
    let plain = json!(["blue", "black"]);
    for (location, style, text) in [
        (Location::Query, Style::TabDelimited, "color=blue%09black"),
        (Location::Path, Style::SpaceDelimited, "blue%20black"),
        (Location::Path, Style::PipeDelimited, "blue%7Cblack"),
        (Location::Path, Style::TabDelimited, "blue%09black"),
        (Location::Header, Style::SpaceDelimited, "blue black"),
        (Location::Header, Style::PipeDelimited, "blue|black"),
        (Location::Header, Style::TabDelimited, "blue\tblack"),
    ] {
        check(&color(location, style, NOT_EXPLODED, &COLORS), &plain, text);
    }
}

#[test]
fn text_is_typed_by_shape_or_stays_text() {
    let number = "-12.5e3".parse::<f64>().unwrap();
    for (shape, text, value) in [
        (&Shape::Integer, "-12", json!(-12)),
        (&Shape::Integer, "12.0", json!("12.0")),
        (&Shape::Integer, "+12", json!("+12")),
        (&Shape::Integer, "012", json!("012")),
        (&Shape::Integer, "", json!("")),
        (&Shape::Integer, "99999999999999999999", json!(1e20)),
        (&Shape::Number, "-12.5e3", json!(number)),
        (&Shape::Number, "NaN", json!("NaN")),
        (&Shape::Number, "1e999", json!("1e999")),
        (&Shape::Boolean, "true", json!(true)),
        (&Shape::Boolean, "TRUE", json!("TRUE")),
        (&Shape::Any, "true", json!("true")),
        (&Shape::OneOf(&[Shape::String, Shape::Integer]), "7", json!(7)),
        (&Shape::OneOf(&[Shape::String, Shape::Integer]), "x", json!("x")),
        (&Shape::OneOf(&[Shape::Null, Shape::Integer]), "null", json!(null)),
    ] {
        let parameter = color(Location::Query, Style::Form, EXPLODED, shape);
        assert_eq!(
            read(&parameter, &format!("color={}", text.replace('+', "%2B"))),
            Ok(Some(value)),
            "{shape:?} {text}"
        );
    }
}

#[test]
fn unions_of_scalars_and_lists() {
    static EITHER: Shape = Shape::OneOf(&[Shape::Array(&Shape::Integer), Shape::Integer]);
    let parameter = color(Location::Query, Style::Form, EXPLODED, &EITHER);
    assert_eq!(read(&parameter, "color=7"), Ok(Some(json!(7))));
    assert_eq!(read(&parameter, "color=7&color=8"), Ok(Some(json!([7, 8]))));
    assert_eq!(read(&parameter, ""), Ok(None));
}

#[test]
fn absent_is_not_empty() {
    let text = color(Location::Query, Style::Form, EXPLODED, &TEXT);
    assert_eq!(read(&text, "other=1"), Ok(None));
    assert_eq!(read(&text, "color="), Ok(Some(json!(""))));
    assert_eq!(read(&text, "color"), Ok(Some(json!(""))));
    assert_eq!(encode(&text, &Value::Null), Ok(None));
    assert_eq!(encode(&text, &json!("")), Ok(Some("color=".to_owned())));
    let colors = color(Location::Query, Style::Form, EXPLODED, &COLORS);
    assert_eq!(encode(&colors, &json!([])), Ok(None));
    let required = Parameter { required: true, ..colors };
    assert!(encode(&required, &json!([])).is_err());
    assert_eq!(read(&required, ""), Err("/query/color: is missing (required)".to_owned()));
}

#[test]
fn what_is_not_in_the_form_of_its_style_is_a_violation() {
    let query = |style, explode, shape| color(Location::Query, style, explode, shape);
    let path = |style, explode, shape| color(Location::Path, style, explode, shape);
    for (parameter, text) in [
        (query(Style::Form, EXPLODED, &TEXT), "color=a&color=b"),
        (query(Style::Form, NOT_EXPLODED, &COLORS), "color=a&color=b"),
        (query(Style::Form, EXPLODED, &TEXT), "color=%ff"),
        (query(Style::Form, NOT_EXPLODED, &RGB), "color=R,100,G"),
        (query(Style::Form, EXPLODED, &RGB), "R=1&R=2"),
        (query(Style::DeepObject, EXPLODED, &RGB), "color[R=100"),
        (query(Style::DeepObject, EXPLODED, &RGB), "color[R]=1&color[R][x]=2"),
        (query(Style::DeepObject, EXPLODED, &RGB), "color[R]=1&color[R]=2"),
        (path(Style::Label, NOT_EXPLODED, &TEXT), "blue"),
        (path(Style::Matrix, NOT_EXPLODED, &TEXT), ";colour=blue"),
        (path(Style::Matrix, NOT_EXPLODED, &TEXT), "blue"),
        (path(Style::Simple, NOT_EXPLODED, &TEXT), "%ff"),
        (path(Style::Simple, EXPLODED, &RGB), "R"),
        (color(Location::Header, Style::Simple, NOT_EXPLODED, &TEXT), "é"),
    ] {
        let error = read(&parameter, text).unwrap_err();
        assert!(error.contains("/color: ") && error.ends_with("(style)"), "{text}: {error}");
    }
    let deep = format!("color{}=1", "[a]".repeat(100_000));
    assert!(read(&query(Style::DeepObject, EXPLODED, &RGB), &deep).is_err());
}

#[test]
fn json_parameters() {
    for location in [Location::Path, Location::Query, Location::Header, Location::Cookie] {
        let parameter = Parameter { content: true, ..color(location, Style::Simple, NOT_EXPLODED, &Shape::Any) };
        let value = json!({"a": [1, "é&=;, ☃𝄞"]});
        let text = encode(&parameter, &value).unwrap().unwrap();
        assert!(text.is_ascii(), "{text}");
        assert_eq!(read(&parameter, &text), Ok(Some(value)));
    }
    let parameter = Parameter { content: true, ..color(Location::Query, Style::Form, EXPLODED, &Shape::Any) };
    assert_eq!(read(&parameter, "color={"), Err("/query/color: is not well-formed JSON (json)".to_owned()));
    // A tree keeps one of two values, and who else reads the text the other one.
    let twice = read(&parameter, r#"color={"a":[{"b":1,"b":2}]}"#);
    assert_eq!(twice, Err("/query/color/a/0/b: stands twice (json)".to_owned()));
}

/// The form that Spring's `Pageable` has, which documents describe as an object.
#[test]
fn lists_in_an_exploded_object_repeat_their_name() {
    static PAGE: Shape = Shape::Object(
        &[
            ("page", Shape::Integer),
            ("sort", Shape::Array(&Shape::String)),
            ("ids", Shape::OneOf(&[Shape::Array(&Shape::Integer), Shape::Null])),
        ],
        None,
    );
    let page = color(Location::Query, Style::Form, EXPLODED, &PAGE);
    check(&page, &json!({"page": 2, "sort": ["name", "-age"], "ids": [7]}), "page=2&sort=name&sort=-age&ids=7");
    check(&page, &json!({"sort": ["a,b"]}), "sort=a%2Cb");
    assert_eq!(read(&page, "page=1&page=2"), Err("/query/color: has a property more than once (style)".to_owned()));
    assert_eq!(read(&page, "ids=x&ids=8"), Ok(Some(json!({"ids": ["x", 8]}))), "the schema says what is wrong with it");
    // The name of the parameter stands nowhere, so that an object without properties is what is not there.
    let required = Parameter { required: true, ..page };
    assert_eq!((encode(&required, &json!({})), read(&required, "other=1")), (Ok(None), Ok(Some(json!({})))));
    assert_eq!((encode(&page, &json!({})), read(&page, "")), (Ok(None), Ok(None)));
    for other in [
        color(Location::Query, Style::Form, NOT_EXPLODED, &PAGE),
        color(Location::Header, Style::Simple, EXPLODED, &PAGE),
    ] {
        let error = encode(&other, &json!({"sort": ["name"]})).unwrap_err().to_string();
        assert!(error.contains("has a list or an object inside another"), "{error}");
    }
}

#[test]
fn headers_carry_visible_ascii_only() {
    let header = color(Location::Header, Style::Simple, NOT_EXPLODED, &TEXT);
    for text in ["a\r\nset-cookie: b", "a\n", "a\0", "é", " a", "a ", "\u{7f}"] {
        let error = encode(&header, &json!(text)).unwrap_err().to_string();
        assert!(error.starts_with("header parameter `color` ") && !error.contains(text), "{error}");
    }
}

/// Whoever sends several lines of a text means a list (RFC 9110, section 5.3).
#[test]
fn lines_of_a_header_that_is_text_are_one_text() {
    let header = color(Location::Header, Style::Simple, NOT_EXPLODED, &TEXT);
    let read = |shape: &Shape, lines: &[&[u8]]| {
        let header = Parameter { shape: *shape, ..header };
        let lines = lines.iter().map(|it| (HeaderName::from_static("color"), HeaderValue::from_bytes(it).unwrap()));
        let headers: HeaderMap = lines.collect();
        let request = RawRequest { path: &[], query: "", headers: &headers };
        decode(&header, &request, Siblings::default()).map_err(|it| it.to_string())
    };
    assert_eq!(read(&TEXT, &[b"\"a\"", b" W/\"b\" "]), Ok(Some(json!("\"a\", W/\"b\""))));
    assert!(read(&TEXT, &[b"a", b"gr\xfcn"]).is_err());
    assert_eq!(read(&COLORS, &[b"a", b"b, c"]), Ok(Some(json!(["a", "b", "c"]))));
    assert_eq!(read(&EITHER, &[b"a", b"b"]), Ok(Some(json!(["a", "b"]))));
    let twice = Err("/header/color: is given more than once (style)".to_owned());
    assert_eq!(read(&Shape::Integer, &[b"1", b"1"]), twice);
    assert_eq!(read(&TEXT, &[]), Ok(None));
}

#[test]
fn paths_keep_their_segments() {
    let expanded = |template, text: &str| expand(template, &[("x", text.to_owned())]);
    assert_eq!(expanded("/a/{x}/b", "c%2Fd").unwrap(), "/a/c%2Fd/b");
    assert_eq!(expanded("/a/{x}.json", "").unwrap(), "/a/.json");
    assert_eq!(expanded("/a b/{x}", "c").unwrap(), "/a%20b/c");
    for text in ["", ".", ".."] {
        assert!(expanded("/a/{x}/b", text).is_err(), "{text}");
    }
    assert!(expanded("/a/{x}{y}", "c").is_err());
    assert!(expanded("/a/{x}.", ".").is_err());
    assert!(expanded("/a/{x", "c").is_err());
}

proptest! {
    #[test]
    fn lists_of_any_text_come_back(items in prop::collection::vec(".{1,8}", 1..4), explode: bool) {
        for (location, style) in [
            (Location::Query, Style::Form),
            (Location::Path, Style::Matrix),
            (Location::Cookie, Style::Form),
        ] {
            let parameter = color(location, style, explode, &COLORS);
            let value = json!(items);
            let text = encode(&parameter, &value).unwrap().unwrap();
            prop_assert!(text.is_ascii());
            prop_assert_eq!(read(&parameter, &text), Ok(Some(value)));
        }
    }

    #[test]
    fn no_request_panics(text in "[ -~]{0,40}", explode: bool) {
        for shape in [&TEXT, &COLORS, &RGB] {
            for (location, styles) in [
                (Location::Path, &[Style::Simple, Style::Label, Style::Matrix][..]),
                (Location::Query, &[Style::Form, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject]),
                (Location::Header, &[Style::Simple, Style::TabDelimited]),
                (Location::Cookie, &[Style::Form, Style::Cookie]),
            ] {
                for style in styles {
                    drop(read(&color(location, *style, explode, shape), &text));
                }
            }
        }
    }
}

#[test]
fn an_item_that_holds_what_separates_items_is_refused() {
    for (location, style, explode, item) in [
        (Location::Query, Style::SpaceDelimited, NOT_EXPLODED, "a b"),
        (Location::Query, Style::PipeDelimited, NOT_EXPLODED, "a|b"),
        (Location::Query, Style::TabDelimited, NOT_EXPLODED, "a\tb"),
        (Location::Header, Style::Simple, NOT_EXPLODED, "a,b"),
        (Location::Header, Style::Simple, NOT_EXPLODED, " a"),
        (Location::Path, Style::Label, EXPLODED, "a.b"),
    ] {
        let parameter = color(location, style, explode, &COLORS);
        assert!(encode(&parameter, &json!(["c", item])).is_err(), "{parameter:?} {item}");
        assert!(encode(&parameter, &json!(["c", "d"])).is_ok(), "{parameter:?}");
    }
    let header = color(Location::Header, Style::Simple, EXPLODED, &RGB);
    assert!(encode(&header, &json!({ "a=b": "c" })).is_err(), "a name that ends early");
    assert_eq!(encode(&header, &json!({ "a": "b=c" })).unwrap().as_deref(), Some("a=b=c"));
    // Where the separator can be told from what is in an item, the item goes through.
    check(
        &color(Location::Query, Style::PipeDelimited, NOT_EXPLODED, &COLORS),
        &json!(["a b", "c,d"]),
        "color=a%20b%7Cc%2Cd",
    );
    check(&color(Location::Header, Style::Simple, NOT_EXPLODED, &COLORS), &json!(["a b", "c|d"]), "a b,c|d");
}
