//! Parameters in cookies: escaped as RFC 6570 has it, or as they are.

use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::http_params::{COLORS, EXPLODED, FREE, NOT_EXPLODED, RGB, TEXT, check, color, read};
use crate::support::params::{Location, Parameter, RawRequest, Siblings, Style, decode, encode};

#[test]
fn cookies_are_written_as_rfc_6570_has_them_and_may_come_as_rfc_6265_allows() {
    let text = color(Location::Cookie, Style::Form, NOT_EXPLODED, &TEXT);
    for (value, written) in [
        ("a/b+c", "color=a%2Fb%2Bc"),
        ("a b\"c,d;e\\f", "color=a%20b%22c%2Cd%3Be%5Cf"),
        ("50% %zz", "color=50%25%20%25zz"),
        ("a%2Fb", "color=a%252Fb"),
        ("%é", "color=%25%C3%A9"),
        ("", "color="),
    ] {
        check(&text, &json!(value), written);
    }
    // Who escapes less says the same.
    assert_eq!(read(&text, "color=a/b+c=d:e!f&g"), Ok(Some(json!("a/b+c=d:e!f&g"))));
    assert!(read(&text, "color=%E9").is_err(), "no text in UTF-8");
    let items = color(Location::Cookie, Style::Form, EXPLODED, &COLORS);
    check(&items, &json!(["a&b", "c=d/e"]), "color=a%26b; color=c%3Dd%2Fe");
    let pairs = color(Location::Cookie, Style::Form, EXPLODED, &FREE);
    check(&pairs, &json!({"a=b/c": "d=e/f&g"}), "a%3Db%2Fc=d%3De%2Ff%26g");
    let document = Parameter { content: true, ..color(Location::Cookie, Style::Form, EXPLODED, &FREE) };
    check(&document, &json!({"a": "b&c"}), "color=%7B%22a%22%3A%22b%26c%22%7D");
}

#[test]
fn cookies_in_their_own_style_have_no_escapes() {
    let text = color(Location::Cookie, Style::Cookie, EXPLODED, &TEXT);
    check(&text, &json!("50%25+a&b=="), "color=50%25+a&b==");
    check(&color(Location::Cookie, Style::Cookie, EXPLODED, &COLORS), &json!(["a", "b%3B"]), "color=a; color=b%3B");
    check(&color(Location::Cookie, Style::Cookie, NOT_EXPLODED, &COLORS), &json!(["a", "b"]), "color=a,b");
    check(&color(Location::Cookie, Style::Cookie, EXPLODED, &RGB), &json!({"R": 1, "G": 2}), "R=1; G=2");
    check(&color(Location::Cookie, Style::Cookie, NOT_EXPLODED, &RGB), &json!({"R": 1, "G": 2}), "color=R,1,G,2");
    for refused in ["a;b", "a b", "a,b", "a\"b", "a\\b", "é", "a\r\nb"] {
        let error = encode(&text, &json!(refused)).unwrap_err().to_string();
        assert!(error.contains("no cookie can carry"), "{refused}: {error}");
        assert!(!error.contains(refused), "{error}");
    }
    let pairs = color(Location::Cookie, Style::Cookie, EXPLODED, &FREE);
    assert!(encode(&pairs, &json!({"R=1": 1})).unwrap_err().to_string().contains("which ends a name"));
}

#[test]
fn exploded_cookies_are_cookies_of_their_own() {
    check(&color(Location::Cookie, Style::Form, EXPLODED, &COLORS), &json!(["a", "b;c"]), "color=a; color=b%3Bc");
    check(&color(Location::Cookie, Style::Form, EXPLODED, &RGB), &json!({"R": 1, "G": 2}), "R=1; G=2");
    // RFC 6570 has an ampersand everywhere.
    let read = read(&color(Location::Cookie, Style::Form, EXPLODED, &COLORS), "color=a&color=b");
    assert_eq!(read, Ok(Some(json!(["a", "b"]))));
}

/// Browsers send the cookies of everybody, and some are set by scripts that escape nothing.
#[test]
fn a_cookie_of_others_spoils_none() {
    let seen = |parameter: &Parameter, line: &[u8]| -> Result<Option<Value>, String> {
        let headers = HeaderMap::from_iter([(http::header::COOKIE, HeaderValue::from_bytes(line).unwrap())]);
        let request = RawRequest { path: &[], query: "", headers: &headers };
        decode(parameter, &request, Siblings::default()).map_err(|it| it.to_string())
    };
    for style in [Style::Form, Style::Cookie] {
        let text = color(Location::Cookie, style, EXPLODED, &TEXT);
        assert_eq!(seen(&text, "name=J\u{fc}rgen; color=red".as_bytes()), Ok(Some(json!("red"))));
        assert_eq!(seen(&text, b"name=J\xfcrgen; \xfc=1; color=red"), Ok(Some(json!("red"))));
        assert_eq!(seen(&text, "color=gr\u{fc}n; a=b".as_bytes()), Ok(Some(json!("gr\u{fc}n"))));
        // Its own has to be text.
        assert_eq!(seen(&text, b"a=b; color=gr\xfcn"), Err("/cookie/color: is not UTF-8 (style)".to_owned()));
        let pairs = color(Location::Cookie, style, EXPLODED, &RGB);
        assert_eq!(seen(&pairs, b"name=J\xfcrgen; R=1; G=2"), Ok(Some(json!({ "R": 1, "G": 2 }))));
        assert!(seen(&pairs, b"R=\xfc; G=2").is_err());
        let free = color(Location::Cookie, style, EXPLODED, &FREE);
        assert_eq!(seen(&free, b"name=J\xfcrgen; R=1"), Ok(Some(json!({ "R": "1" }))));
    }
}
