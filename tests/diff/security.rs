//! Who may call: requirements of operations and of the document, and the definitions of schemes.

use super::{report, wire};

const KEY: &str = "{type: apiKey, name: k, in: header}";
const BEARER: &str = "{type: http, scheme: bearer}";
const OAUTH: &str =
    "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.example/t', scopes: {r: read, w: write}}}}";

/// What a document says of security: at its top, in its operation, and the schemes.
type Said<'a> = (&'a str, &'a str, &'a str);

fn document(field: &str, (top, own, schemes): Said<'_>) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: 1.0.0}}\n{top}\n{field}:\n  {}:\n    post:\n      operationId: a\n      {own}\n      \
         responses: {{'200': {{description: ok}}}}\ncomponents:\n  securitySchemes: {{{schemes}}}\n",
        if field == "paths" { "/a" } else { "a" }
    )
}

fn rules(old: Said<'_>, new: Said<'_>) -> Vec<(&'static str, &'static str)> {
    wire(&report(&document("paths", old), &document("paths", new)))
}

#[test]
fn requirements_are_compared_as_ways_in() {
    let both = format!("key: {KEY}, bearer: {BEARER}");
    let by = |own: &'static str| ("", own, both.as_str());
    let key = by("security: [{key: []}]");
    for (wide, narrow) in [
        (by(""), key),
        (by("security: [{key: []}, {bearer: []}]"), key),
        (by("security: [{key: []}, {}]"), key),
        (key, by("security: [{key: [], bearer: []}]")),
        (("security: [{key: []}]", "security: []", both.as_str()), ("security: [{key: []}]", "", both.as_str())),
        (("", "", both.as_str()), ("security: [{key: []}]", "", both.as_str())),
    ] {
        assert_eq!(rules(wide, narrow), [("security-tightened", "breaking")], "{wide:?} -> {narrow:?}");
        assert_eq!(rules(narrow, wide), [("security-relaxed", "note")], "{narrow:?} -> {wide:?}");
    }
    let moved = ("security: [{key: []}]", "", both.as_str());
    assert_eq!(rules(key, moved), []);
}

#[test]
fn owners_of_webhooks_are_the_ones_who_call() {
    let key = format!("key: {KEY}");
    let rules = |old, new| wire(&report(&document("webhooks", old), &document("webhooks", new)));
    let (asked, open) = (("", "security: [{key: []}]", key.as_str()), ("", "", key.as_str()));
    assert_eq!(rules(open, asked), [("webhook-security-tightened", "note")]);
    assert_eq!(rules(asked, open), [("webhook-security-relaxed", "breaking")]);
}

#[test]
fn a_scheme_that_is_asked_for_and_not_defined_any_more_is_told() {
    let (own, both) = ("security: [{key: []}]", format!("key: {KEY}, bearer: {BEARER}"));
    let bearer = format!("bearer: {BEARER}");
    let lost = report(&document("paths", ("", own, &both)), &document("paths", ("", own, &bearer)));
    assert_eq!(wire(&lost), [("security-scheme-lost", "breaking")]);
    assert!(lost.findings.iter().any(|it| it.operations == ["POST /a"]), "{:?}", lost.findings);
    assert_eq!(rules(("", own, &bearer), ("", own, &both)), [("security-scheme-found", "warning")]);
    // What nobody asks for breaks nobody who calls.
    let key = format!("key: {KEY}");
    assert_eq!(rules(("", own, &both), ("", own, &key)), []);
    assert_eq!(rules(("security: [{key: []}]", "", &both), ("security: [{key: []}]", "", &bearer)).len(), 1);
}

#[test]
fn another_kind_of_scheme_breaks_those_who_use_it() {
    let own = "security: [{key: []}]";
    let (key, bearer) = (format!("key: {KEY}"), format!("key: {BEARER}"));
    let changed = report(&document("paths", ("", own, &key)), &document("paths", ("", own, &bearer)));
    assert_eq!(wire(&changed), [("security-scheme-changed", "breaking")]);
    assert!(changed.findings.iter().any(|it| it.operations == ["POST /a"]));
    assert_eq!(rules(("", "", &key), ("", "", &bearer)), []);
    // A bearer token that is had elsewhere is another credential, whatever its scheme is called.
    let (oauth, other) = (format!("a: {OAUTH}"), format!("b: {BEARER}"));
    let found = rules(("", "security: [{a: []}]", &oauth), ("", "security: [{b: []}]", &other));
    assert!(found.contains(&("security-tightened", "breaking")), "{found:?}");
    let renamed = format!("b: {OAUTH}");
    assert_eq!(rules(("", "security: [{a: []}]", &oauth), ("", "security: [{b: []}]", &renamed)), []);
}

#[test]
fn what_a_scheme_says_to_readers_changes_nothing() {
    let own = "security: [{bearer: []}]";
    let scheme = |fields: &str| format!("bearer: {{type: http, {fields}}}");
    let plain = scheme("scheme: bearer");
    let changed = ("security-scheme-changed", "breaking");
    for (fields, expected) in [
        ("scheme: bearer, bearerFormat: JWT", vec![]),
        ("scheme: bearer, description: a token", vec![]),
        ("scheme: BEARER", vec![]),
        ("scheme: digest", vec![changed]),
    ] {
        assert_eq!(rules(("", own, &plain), ("", own, &scheme(fields))), expected, "{fields}");
    }
}
