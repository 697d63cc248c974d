//! The formats, with valid and invalid texts of each.

use serde_json::json;

use crate::support::format::{describe, is_valid, is_valid_number};

#[track_caller]
fn check(format: &str, valid: &[&str], invalid: &[&str]) {
    for text in valid {
        assert!(is_valid(format, text), "{text:?} is a valid {format}");
    }
    for text in invalid {
        assert!(!is_valid(format, text), "{text:?} is not a valid {format}");
    }
}

#[test]
fn times() {
    check(
        "date-time",
        &[
            "2024-02-29T23:59:59.123456789012Z",
            "2024-05-31t12:00:00z",
            "1998-12-31T15:59:60.5-08:00",
            "9999-12-31T23:59:59Z",
        ],
        &[
            "2023-02-29T00:00:00Z",
            "2024-05-31 12:00:00Z",
            "2024-05-31T24:00:00Z",
            "2024-05-31T12:00:60Z",
            "2024-05-31T12:00:00",
            "2024-05-31T12:00:00.Z",
            "2024-05-31T12:00:00+24:00",
            "\u{662}024-05-31T12:00:00Z",
        ],
    );
    check(
        "date",
        &["2000-02-29", "0000-01-01"],
        &["1900-02-29", "2024-13-01", "2024-00-01", "2024-1-1", "20240101", "2024-04-31"],
    );
    check(
        "time",
        &["00:00:00Z", "23:59:60+00:00", "12:00:00.1-00:30"],
        &["12:00Z", "12:00:00", "12:60:00Z", "12:00:00+1:00"],
    );
    check(
        "duration",
        &["P4Y", "PT0S", "P1M", "PT1M", "P1DT12H", "P4W", "P1Y2M3DT4H5M6S"],
        &["P", "PT", "P1YT", "P1Y2W", "P2D1Y", "PT1D", "1D", "P1", "PT1.5S", "P1Y3D", "P\u{662}Y"],
    );
}

#[test]
fn addresses() {
    check(
        "email",
        &["me@example.com", "\"a b\"@example.com", "me@[127.0.0.1]", "me@[IPv6:::1]", "a+b@x"],
        &["me", "@example.com", "me@", "a..b@x", ".a@x", "a@-x", "a b@x", "a@[300.0.0.1]", "\u{E9}@x"],
    );
    check("idn-email", &["\u{E9}@\u{E9}.com", "me@example.com"], &["me@", "me"]);
    check(
        "hostname",
        &["example.com", "xn--bcher-kva.example", "a", "a--b", "1.2"],
        &["", "a_b", "-a", "a-", "a..b", "a.", "xn--X", "\u{E9}"],
    );
    check(
        "idn-hostname",
        &["b\u{FC}cher.example", "example\u{3002}com", "l\u{B7}l"],
        &["\u{302E}x", "a\u{B7}l", "\u{2665}.com", "B\u{DC}CHER.com", "-\u{E9}"],
    );
    check("ipv4", &["127.0.0.1"], &["127.0.0.01", "127.0.0", "256.0.0.1", "127.0.0.1 "]);
    check("ipv6", &["::1", "::ffff:192.0.2.1"], &["::1%eth0", "12345::", "1:2"]);
    check("hostname", &[], &["a".repeat(64).as_str(), "a.".repeat(130).as_str(), "\u{E9}".repeat(100_000).as_str()]);
}

#[test]
fn identifiers() {
    check(
        "uri",
        &["https://example.com/a?b#c", "urn:isbn:1"],
        &["/a", "//a", "http://a b", "http://\u{E9}", "http://a/%zz"],
    );
    check("uri-reference", &["/a", "", "#a", "?b"], &["\\\\a", "a b"]);
    check("iri", &["http://\u{E9}.com/\u{E9}"], &["/\u{E9}"]);
    check("iri-reference", &["/\u{E9}", "#\u{E9}"], &["\u{E9} x"]);
    check(
        "uri-template",
        &["/a/{id}{?x,y*,z:3}", "{+p}", "a%20b"],
        &["{", "}", "{a", "{}", "{a:0}", "{a b}", "a b", "%z"],
    );
    check(
        "uuid",
        &["2EB8AA08-aa98-11ea-b4aa-73b441d16380"],
        &[
            "2eb8aa08aa9811eab4aa73b441d16380",
            "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
            "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
        ],
    );
    check("json-pointer", &["", "/", "/a~0~1b"], &["a", "/~2", "#/a"]);
    check("relative-json-pointer", &["0", "1/a", "0#", "2-1/a"], &["", "01", "-1", "/a", "0##", "1a", "\u{661}"]);
    check("regex", &["^(a|b)+$", "(?<=a)b"], &["(", "^\\Z"]);
}

#[test]
fn formats_of_openapi() {
    check("byte", &["", "aGk=", "AA=="], &["aGk", "a", "a-_=", "aGk=\n"]);
    check("base64url", &["", "aGk", "a-_A"], &["+/==", "a"]);
    check("decimal", &["0", "-12.50", "007"], &["", "-", "1.", ".5", "1e3", "+1", "\u{661}"]);
    check("password", &[""], &[]);
    check("of-my-own", &["anything"], &[]);
    assert_eq!(describe("of-my-own"), "valid by the format `of-my-own`");
}

#[test]
fn formats_of_numbers() {
    let check = |format: &str, number: serde_json::Value| match number {
        serde_json::Value::Number(number) => is_valid_number(format, &number),
        _ => unreachable!("a number"),
    };
    assert!(check("int32", json!(-2_147_483_648_i64)) && check("int32", json!(1.0)));
    assert!(!check("int32", json!(2_147_483_648_i64)) && !check("int32", json!(1.5)));
    assert!(check("uint32", json!(u32::MAX)) && !check("uint32", json!(-1)));
    assert!(check("int64", json!(i64::MIN)) && !check("int64", json!(u64::MAX)) && !check("int64", json!(1e19)));
    let below: serde_json::Value = serde_json::from_str("-9223372036854775809").unwrap();
    assert!(!check("int64", below) && check("int64", json!(-9e18)));
    assert!(check("uint64", json!(u64::MAX)) && !check("uint64", json!(-1)) && !check("uint64", json!(1e20)));
    assert!(check("float", json!(3.4e38)) && !check("float", json!(3.5e38)));
    assert!(
        check("float", json!(3.402_823_5e38)) && check("float", json!(-3.402_823_5e38)),
        "as Rust and Java write the last one"
    );
    assert!(check("double", json!(1e308)) && check("my-own", json!(1)));
}
