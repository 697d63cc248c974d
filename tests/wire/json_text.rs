//! The text of JSON itself: malformed, duplicated, nested, and the many spellings of a number.

use generated::hbg_ramp::models::{TeamUser, UpdateTeamUserRequest};
use generated::nuweb::models::UpdateCompanyUserRequest;
use generated::support::Direction::{Request, Response};
use generated::support::{Model, decode, json};

use crate::harness::{faults_of_text, with};
use crate::pages;

#[test]
fn malformed_text_is_located() {
    for (text, place) in [
        ("", "line 1, column 0"),
        ("{", "line 1, column 1"),
        ("{\n  \"name\": \"Jo\",\n  \"role\" \"x\"\n}", "line 3, column 10"),
        ("{\"name\": \"Jo\"} x", "line 1, column 16"),
        ("{\"name\": 'Jo'}", "line 1, column 10"),
        ("{\"name\": NaN}", "line 1, column 10"),
        ("{\"name\": \"\\ud800\"}", "line 1, column"),
    ] {
        assert_eq!(faults_of_text::<UpdateTeamUserRequest>(text, Request), [" json"], "{text}");
        let violations = decode::<UpdateTeamUserRequest>(text.as_bytes()).unwrap_err();
        assert!(violations.to_string().contains(place), "{text}: {violations}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    for bytes in [&b"\xff"[..], b"{\"name\":\"\xc3\x28\"}", b"{\0}"] {
        let violations = decode::<UpdateTeamUserRequest>(bytes).unwrap_err();
        assert_eq!(crate::harness::listed(&violations), [" json"], "{bytes:?}");
    }
}

#[test]
fn a_byte_order_mark_is_not_looked_at() {
    let user = decode::<UpdateTeamUserRequest>(b"\xef\xbb\xbf{\"name\":\"Jo\"}").unwrap();
    assert_eq!(json::to_value(&user), serde_json::json!({ "name": "Jo" }));
    for (text, faults) in [
        ("\u{feff}", [" json"]),
        ("\u{feff}\u{feff}{}", [" json"]),
        ("{\u{feff}}", [" json"]),
        ("\u{feff}{\"name\":\"\"}", ["/name minLength"]),
        ("\u{feff}{\"name\":\"Jo\",\"name\":\"Jo\"}", ["/name json"]),
    ] {
        assert_eq!(faults_of_text::<UpdateTeamUserRequest>(text, Request), faults, "{text}");
    }
}

#[test]
fn what_is_no_json_is_called_what_it_is() {
    for (bytes, message) in [
        (&b""[..], "is empty, and no JSON"),
        (b" \n ", "is empty, and no JSON"),
        (b"\x1f\x8b\x08\0", "is gzip, and no JSON"),
        (b"{\"name\":\"Jo\",\"x\":1e400}", "holds a number that is out of range (line 1, column 22)"),
    ] {
        let violations = decode::<UpdateTeamUserRequest>(bytes).unwrap_err();
        assert!(violations.to_string().contains(message), "{violations}");
    }
}

#[test]
fn deep_nesting_is_refused_and_not_run_into() {
    let deep = format!("{{\"name\":\"Jo\",\"x\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(faults_of_text::<UpdateTeamUserRequest>(&deep, Request), [" json"]);
}

#[test]
fn a_property_that_stands_twice_is_named() {
    for (text, faults) in [
        (r#"{"name":"Jo","name":"Al"}"#, &["/name json"][..]),
        (r#"{"name":"Jo","name":"Jo"}"#, &["/name json"]),
        (r#"{"n\u0061me":"Jo","name":"Jo"}"#, &["/name json"]),
        (r#"{"name":"Jo","more":1,"more":1}"#, &["/more json"]),
        (
            r#"{"name":"","name":"","x/y":1,"x/y":2,"role":7}"#,
            &["/name json", "/name minLength", "/role type", "/x~1y json"],
        ),
    ] {
        assert_eq!(faults_of_text::<UpdateTeamUserRequest>(text, Request), faults, "{text}");
    }
    let many = format!("{{{}\"name\":\"Jo\"}}", "\"name\":\"Jo\",".repeat(100_000));
    assert_eq!(faults_of_text::<UpdateTeamUserRequest>(&many, Request), ["/name json"]);
}

#[test]
fn a_name_that_stands_twice_is_refused_wherever_any_json_may_stand() {
    for (text, faults) in [
        (r#"{"name":"Jo","more":{"a":{"b":1,"b":1}}}"#, ["/more/a/b json"]),
        (r#"{"name":"Jo","more":[{"x":1},{"a":1,"\u0061":2}]}"#, ["/more/1/a json"]),
    ] {
        assert_eq!(faults_of_text::<UpdateTeamUserRequest>(text, Request), faults, "{text}");
    }
    let once = r#"{"name":"Jo","more":[{"a":1},{"a":1,"b":{"a":null}}]}"#;
    assert_eq!(faults_of_text::<UpdateTeamUserRequest>(once, Request), [""; 0]);
}

#[test]
fn a_further_property_with_the_name_of_another_one_is_written_once_or_not_valid() {
    let further = |name: &str, value: serde_json::Value| {
        let mut user = UpdateTeamUserRequest::default().with_name("Jo");
        user.additional_properties.insert(name.to_owned(), value);
        user
    };
    let faults = |user: &UpdateTeamUserRequest| {
        let faults = user.validate(Request).err().map(|it| crate::harness::listed(&it)).unwrap_or_default();
        // What is valid decodes to what has the same JSON.
        let decoded = decode::<UpdateTeamUserRequest>(&json::to_vec(user));
        assert_eq!(decoded.ok().map(|it| json::to_value(&it)), faults.is_empty().then(|| json::to_value(user)));
        faults
    };
    assert_eq!(faults(&further("more", "Al".into())), [""; 0]);
    assert_eq!(faults(&further("name", "Al".into())), ["/name json"]);
    // Where the field is absent, what stands in its place must be valid.
    assert_eq!(faults(&further("role", "admin".into())), [""; 0]);
    assert_eq!(faults(&further("role", 7.into())), ["/role type"]);
}

#[test]
fn integers_may_be_spelled_with_a_fraction_of_zero() {
    for spelling in ["1", "1.0", "1.000", "1e0", "10e-1", "0.1e1"] {
        let text = format!("{{\"id\":{spelling},\"roles\":[{spelling}]}}");
        let typed: UpdateCompanyUserRequest = decode(text.as_bytes()).unwrap_or_else(|it| panic!("{spelling}: {it}"));
        assert_eq!((typed.id, typed.roles.as_deref()), (1, Some(&[1][..])), "{spelling}");
        assert_eq!(json::to_value(&typed)["id"], serde_json::json!(1));
    }
}

#[test]
fn other_numbers_are_no_integers() {
    for (spelling, faults) in [
        ("1.5", &["/id format", "/id type"][..]),
        ("11e-1", &["/id format", "/id type"]),
        ("\"1\"", &["/id type"]),
        ("true", &["/id type"]),
        ("-0", &["/id minimum"]),
        ("-1.0", &["/id minimum"]),
    ] {
        let text = format!("{{\"id\":{spelling}}}");
        assert_eq!(faults_of_text::<UpdateCompanyUserRequest>(&text, Request), faults, "{spelling}");
    }
}

#[test]
fn integers_beyond_64_bits_are_refused_and_those_within_are_exact() {
    let user = |id: &str| {
        with(&pages::ramp_response(), &serde_json::json!({ "id": 0 }))
            .to_string()
            .replace("\"id\":0", &format!("\"id\":{id}"))
    };
    for id in ["9223372036854775807", "-9223372036854775808", "9007199254740993"] {
        let typed: TeamUser = generated::support::decode_response(user(id).as_bytes()).unwrap();
        assert_eq!(typed.id.to_string(), id);
    }
    for id in ["9223372036854775808", "1e19", "1e400"] {
        assert!(!faults_of_text::<TeamUser>(&user(id), Response).is_empty(), "{id}");
    }
}
