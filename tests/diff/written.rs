//! How values are written, where they are sent to, and which statuses and media types there are.

use super::{report, wire};

/// A document with one operation, and something before its paths.
fn document(head: &str, part: &str) -> String {
    format!("{head}\npaths:\n  /a:\n    post:\n      operationId: a\n      {part}\n")
}

const OK: &str = "responses: {'200': {description: ok}}";

fn rules(old: &str, new: &str) -> Vec<(&'static str, &'static str)> {
    wire(&report(&document("", old), &document("", new)))
}

#[test]
fn to_explode_a_text_changes_nothing() {
    let parameter = |place: &str, more: &str, schema: &str| {
        format!("parameters: [{{name: p, in: {place}, {more} schema: {schema}}}]\n      {OK}")
    };
    let (text, list, object) = ("{type: string}", "{type: array, items: {type: string}}", "{type: object}");
    for (place, explode, schema, expected) in [
        ("query", "explode: false,", text, 0),
        ("query", "explode: false,", "{type: [integer, 'null']}", 0),
        ("query", "explode: false,", list, 1),
        ("query", "explode: false,", object, 1),
        ("query", "explode: false,", "{}", 1),
        ("header", "explode: true,", text, 0),
        ("header", "explode: true,", list, 0),
        ("header", "explode: true,", object, 1),
    ] {
        let found = rules(&parameter(place, "", schema), &parameter(place, explode, schema));
        assert_eq!(found, vec![("parameter-form-changed", "breaking"); expected], "{place} {schema}");
    }
    let header = |more: &str| {
        format!("responses: {{'200': {{description: ok, headers: {{X: {{{more} schema: {{type: integer}}}}}}}}}}")
    };
    assert_eq!(rules(&header(""), &header("explode: true,")), []);
}

#[test]
fn reserved_characters_matter_where_a_value_can_have_one() {
    let parameter =
        |more: &str, schema: &str| format!("parameters: [{{name: p, in: query, {more} schema: {schema}}}]\n      {OK}");
    for (schema, expected) in [
        ("{type: integer}", 0),
        ("{type: [boolean, 'null']}", 0),
        ("{type: string, enum: [a-b, c d]}", 0),
        ("{type: array, items: {type: integer}}", 0),
        ("{type: array, items: {type: string, enum: [a, b]}}", 0),
        ("{type: string}", 1),
        ("{type: number}", 1),
        ("{type: string, enum: [a/b, c]}", 1),
        ("{type: array, items: {type: string}}", 1),
        ("{type: object}", 1),
        ("{}", 1),
    ] {
        let found = rules(&parameter("", schema), &parameter("allowReserved: true,", schema));
        assert_eq!(found, vec![("parameter-form-changed", "breaking"); expected], "{schema}");
    }
}

#[test]
fn an_encoding_that_says_what_is_so_anyway_changes_nothing() {
    const PROPERTIES: &str = "n: {type: integer}, p: {type: string}, o: {type: object}, l: {type: array, items: {type: string}}, \
                              f: {type: string, format: binary}";
    let body = |media: &str, encoding: &str| {
        format!(
            "requestBody: {{content: {{{media}: {{schema: {{type: object, properties: {{{PROPERTIES}}}}}{encoding}}}}}}}\n      {OK}"
        )
    };
    let (parts, pairs) = ("multipart/form-data", "application/x-www-form-urlencoded");
    for (media, encoding, expected) in [
        (parts, "p: {contentType: text/plain}", 0),
        (parts, "p: {contentType: 'text/plain; charset=utf-8'}", 0),
        (parts, "o: {contentType: application/json}", 0),
        (parts, "p: {contentType: application/json}", 1),
        (parts, "f: {contentType: image/png}", 1),
        (pairs, "p: {contentType: text/plain}", 0),
        (pairs, "p: {explode: false}", 0),
        (pairs, "l: {style: form}", 0),
        (pairs, "l: {explode: false}", 1),
        (pairs, "p: {allowReserved: true}", 1),
        (pairs, "n: {allowReserved: true}", 0),
    ] {
        let found = rules(&body(media, ""), &body(media, &format!(", encoding: {{{encoding}}}")));
        assert_eq!(found, vec![("encoding-changed", "breaking"); expected], "{media} {encoding}");
    }
}

#[test]
fn a_range_that_becomes_some_of_it_is_what_clients_know() {
    let status = |all: &str| format!("responses: {{{all}}}");
    let (range, one) = (status("2XX: {description: ok}"), status("'200': {description: ok}"));
    assert_eq!(rules(&range, &one), [("response-status-narrowed", "note")]);
    let media = |all: &str| format!("responses: {{'200': {{description: ok, content: {{{all}}}}}}}");
    let (any, json) = (media("'*/*': {}"), media("application/json: {}"));
    assert_eq!(rules(&any, &json), [("response-media-types-narrowed", "note")]);
    assert!(rules(&json, &any).contains(&("response-media-type-removed", "breaking")));
    // What the range said of its bodies holds for each.
    let (text, other) =
        (media("'*/*': {schema: {type: string}}"), media("application/json: {schema: {type: [string, integer]}}"));
    assert!(rules(&text, &other).contains(&("response-type-widened", "breaking")));
}

#[test]
fn what_default_stands_for_is_not_gone() {
    let answers = |all: &str| format!("responses: {{{all}}}");
    let json = |schema: &str| format!("{{description: d, content: {{application/json: {{schema: {schema}}}}}}}");
    let (text, other) = (json("{type: string}"), json("{type: [string, integer]}"));
    let default = |schema: &str| answers(&format!("default: {schema}"));
    let status = |status: &str, schema: &str| answers(&format!("'{status}': {schema}"));
    let both =
        |status: &str, schema: &str, default: &str| answers(&format!("'{status}': {schema}, default: {default}"));
    let left = ("response-left-to-default", "note");
    // Without a success of its own, `default` is what a success is as well.
    assert!(rules(&status("200", &text), &default(&text)).contains(&left));
    assert!(!rules(&status("200", &text), &default(&text)).iter().any(|(_, level)| *level == "breaking"));
    assert!(rules(&status("200", &text), &default(&other)).contains(&("response-type-widened", "breaking")));
    let elsewhere = rules(&status("200", &text), &both("201", &text, &text));
    assert!(elsewhere.contains(&("response-removed", "breaking")), "{elsewhere:?}");
    // A failure is one of those that `default` stands for, as it says.
    let failing = |failure: &str| answers(&format!("'200': {text}, '404': {failure}, default: {text}"));
    assert_eq!(rules(&failing(&text), &both("200", &text, &text)), [left]);
    let found = rules(&failing(&other), &both("200", &text, &text));
    assert!(found.contains(&left) && !found.iter().any(|(_, level)| *level == "breaking"), "{found:?}");
    let found = rules(&failing(&text), &both("200", &text, &other));
    assert!(found.contains(&("response-type-widened", "breaking")), "{found:?}");
    let gone = rules(&failing(&text), &status("200", &text));
    assert_eq!(gone, [("error-response-removed", "warning"); 2]);
    // The other way, nobody gets what was not said.
    assert!(!rules(&default(&text), &both("200", &text, &text)).iter().any(|(rule, _)| *rule == "response-added"));
    assert!(rules(&default(&text), &both("200", &other, &text)).contains(&("response-type-widened", "breaking")));
}

#[test]
fn servers_are_compared_by_where_they_lead() {
    let rules = |old: (&str, &str), new: (&str, &str)| {
        let document = |(head, own): (&str, &str)| document(head, &format!("{own}\n      {OK}"));
        wire(&report(&document(old), &document(new)))
    };
    let (shared, own) = ("servers: [{url: https://a.example/v1}]", "servers: [{url: https://a.example/v1}]");
    assert_eq!(rules((shared, ""), ("", own)), []);
    assert_eq!(rules(("", own), (shared, "")), []);
    let at = |region: &str| format!("servers: [{{url: 'https://{{r}}.example', variables: {{r: {{{region}}}}}}}]");
    let few = at("default: a, enum: [a]");
    let many = at("default: a, enum: [a, b]");
    let told = at("default: a, enum: [b, a], description: words");
    let other = at("default: b, enum: [a, b]");
    assert_eq!(rules((&many, ""), (&told, "")), []);
    assert_eq!(rules((&few, ""), (&many, "")), [("server-added", "note")]);
    assert_eq!(rules((&many, ""), (&few, "")), [("server-removed", "warning")]);
    assert_eq!(rules((&many, ""), (&other, "")), [("server-removed", "warning")]);
}
