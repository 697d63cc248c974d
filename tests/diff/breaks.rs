//! What breaks, and in which direction.

use std::slice::from_ref;

use specwright::diff::{Bump, Judgement, Witness};

use super::{both_ways, report, wire};

/// One thing that a schema says, before and after, with the rule of each direction.
const NARROWED: &[(&str, &str, &str, &str)] = &[
    ("range", r#"{"type":"integer","minimum":0}"#, r#"{"type":"integer","minimum":1}"#, "minimum"),
    ("range", r#"{"type":"number"}"#, r#"{"type":"number","exclusiveMaximum":10}"#, "maximum"),
    ("length", r#"{"type":"string"}"#, r#"{"type":"string","maxLength":3}"#, "maxLength"),
    ("pattern", r#"{"type":"string"}"#, r#"{"type":"string","pattern":"^[0-9]+$"}"#, "pattern"),
    ("enum", r#"{"type":"string","enum":["a","b"]}"#, r#"{"type":"string","enum":["a"]}"#, "b"),
    ("type", r#"{"type":["string","integer"]}"#, r#"{"type":"string"}"#, "integer"),
    ("null", r#"{"type":["string","null"]}"#, r#"{"type":"string"}"#, "null"),
    ("item-count", r#"{"type":"array"}"#, r#"{"type":"array","maxItems":2}"#, "maxItems"),
    ("unique-items", r#"{"type":"array"}"#, r#"{"type":"array","uniqueItems":true}"#, "items"),
    ("multiple", r#"{"type":"integer"}"#, r#"{"type":"integer","multipleOf":5}"#, "multipleOf"),
    (
        "required",
        r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        r#"{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}"#,
        "required",
    ),
    (
        "additional-properties",
        r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
        "properties that the schema does not name",
    ),
    (
        "union",
        r#"{"oneOf":[{"type":"string"},{"type":"array","items":{"type":"integer"}},{"type":"boolean"}]}"#,
        r#"{"oneOf":[{"type":"string"},{"type":"boolean"}]}"#,
        "branch",
    ),
];

#[test]
fn a_request_breaks_where_less_is_valid_and_a_response_where_more_is() {
    for (keyword, wide, narrow, word) in NARROWED {
        let (wide, narrow) = (both_ways(wide), both_ways(narrow));
        for (old, new, expected) in [
            (&wide, &narrow, format!("request-{keyword}-narrowed")),
            (&narrow, &wide, format!("response-{keyword}-widened")),
        ] {
            let report = report(old, new);
            let finding = report.findings.iter().find(|it| it.rule.id == expected);
            let finding = finding.unwrap_or_else(|| panic!("{expected}: {:?}", wire(&report)));
            assert_eq!(report.bump(Judgement::Wire), Bump::Major, "{expected}");
            assert!(finding.witness.is_some(), "{expected} is shown by an instance");
            assert!(finding.old.is_some() && finding.new.is_some(), "{expected} has both places");
            assert_eq!(finding.operations, ["POST /things"], "{expected}");
            let said = format!("{} {:?}", finding.message, finding.before);
            assert!(said.contains(word), "{said} names {word}");
        }
    }
}

#[test]
fn a_required_property_without_a_schema_may_be_anything() {
    let told = both_ways(r#"{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}}"#);
    let untold = both_ways(r#"{"type":"object","required":["id"]}"#);
    let gone = report(&told, &untold);
    assert!(wire(&gone).contains(&("response-property-widened", "breaking")), "{:?}", wire(&gone));
    let come = report(&untold, &told);
    assert!(wire(&come).contains(&("request-property-narrowed", "breaking")), "{:?}", wire(&come));
}

#[test]
fn an_instance_shows_the_change_in_the_object_around() {
    let schema =
        |least: u8| format!(r#"{{"type":"object","properties":{{"age":{{"type":"integer","minimum":{least}}}}}}}"#);
    let report = report(&both_ways(&schema(0)), &both_ways(&schema(1)));
    let finding = report.findings.iter().find(|it| it.rule.id == "request-range-narrowed").expect("the change");
    assert_eq!(finding.witness, Some(Witness::RefusedNow(serde_json::json!({ "age": 0 }))));
    assert_eq!((finding.subject.as_str(), finding.path.as_str()), ("schema `Thing`", "age"));
}

/// Rules and what they weigh on the wire.
type Rules = &'static [(&'static str, &'static str)];

/// Changes of operations: old and new parts of one, and the rules that follow.
const OPERATIONS: &[(&str, &str, Rules)] = &[
    (
        "responses: {'200': {description: ok}}",
        "parameters: [{name: size, in: query, required: true, schema: {type: integer}}]\n      responses: {'200': {description: ok}}",
        &[("parameter-added-required", "breaking")],
    ),
    (
        "responses: {'200': {description: ok}}",
        "parameters: [{name: size, in: query, schema: {type: integer}}]\n      responses: {'200': {description: ok}}",
        &[("parameter-added", "note")],
    ),
    (
        "parameters: [{name: ids, in: query, schema: {type: array, items: {type: integer}}}]\n      responses: {'200': {description: ok}}",
        "parameters: [{name: ids, in: query, explode: false, schema: {type: array, items: {type: integer}}}]\n      responses: {'200': {description: ok}}",
        &[("parameter-form-changed", "breaking")],
    ),
    (
        "responses: {'200': {description: ok}, '404': {description: no}}",
        "responses: {'201': {description: ok}}",
        &[("response-removed", "breaking"), ("error-response-removed", "warning"), ("response-added", "warning")],
    ),
    (
        "responses: {'200': {description: ok, headers: {X-A: {required: true, schema: {type: string}}}}}",
        "responses: {'200': {description: ok, headers: {x-a: {schema: {type: string}}}}}",
        &[("response-header-became-optional", "breaking")],
    ),
    (
        "requestBody: {content: {application/json: {schema: {type: string}}}}\n      responses: {'200': {description: ok}}",
        "requestBody: {required: true, content: {text/plain: {schema: {type: string}}}}\n      responses: {'200': {description: ok}}",
        &[
            ("body-became-required", "breaking"),
            ("request-media-type-removed", "breaking"),
            ("request-media-type-added", "note"),
        ],
    ),
];

#[test]
fn parts_of_operations_are_compared() {
    for (old, new, expected) in OPERATIONS {
        let document = |part: &str| format!("paths:\n  /a:\n    post:\n      operationId: a\n      {part}\n");
        let found = wire(&report(&document(old), &document(new)));
        assert_eq!(found, *expected, "{old} -> {new}");
    }
}

#[test]
fn an_operation_that_is_gone_breaks_and_a_renamed_path_parameter_does_not() {
    let document = |path: &str, name: &str| {
        format!(
            "paths:\n  {path}:\n    get:\n      operationId: a\n      parameters: [{{name: {name}, in: path, required: true, schema: {{type: string}}}}]\n      responses: {{'200': {{description: ok}}}}\n"
        )
    };
    let renamed = report(&document("/a/{id}", "id"), &document("/a/{key}", "key"));
    assert_eq!(wire(&renamed), []);
    assert!(renamed.findings.iter().any(|it| it.rule.id == "path-parameter-renamed"));
    let moved = report(&document("/a/{id}", "id"), &document("/b/{id}", "id"));
    assert_eq!(wire(&moved), [("operation-removed", "breaking"), ("operation-added", "note")]);
}

#[test]
fn security_breaks_where_the_credentials_of_before_do_not_do() {
    let document = |security: &str| {
        let schemes = "components:\n  securitySchemes:\n    a: {type: http, scheme: basic}\n    b: {type: http, scheme: bearer}\n";
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: 1.0.0}}\n{schemes}security: {security}\npaths:\n  /a:\n    get:\n      responses: {{'200': {{description: ok}}}}\n"
        )
    };
    let rules = |old: &str, new: &str| wire(&report(&document(old), &document(new)));
    assert_eq!(rules("[{a: []}]", "[{a: []}, {b: []}]"), [("security-relaxed", "note")]);
    assert_eq!(rules("[{a: []}, {b: []}]", "[{a: []}]"), [("security-tightened", "breaking")]);
    assert_eq!(rules("[{a: []}]", "[{a: [], b: []}]"), [("security-tightened", "breaking")]);
    assert_eq!(rules("[]", "[{a: []}]"), [("security-tightened", "breaking")]);
    assert_eq!(rules("[{a: []}, {b: []}]", "[{b: []}, {a: []}]"), []);
}

#[test]
fn a_webhook_is_sent_by_the_owner() {
    let document = |schema: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: 1.0.0}}\nwebhooks:\n  ping:\n    post:\n      requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}\n      responses: {{'200': {{description: ok}}}}\n"
        )
    };
    let (wide, narrow) = (document("{type: string}"), document("{type: string, maxLength: 3}"));
    assert_eq!(wire(&report(&wide, &narrow)), [("response-length-narrowed", "note")]);
    assert_eq!(wire(&report(&narrow, &wide)), [("response-length-widened", "breaking")]);
}

#[test]
fn base_urls_of_an_operation_are_compared_as_those_of_the_document() {
    let document = |shared: &str, path: &str, own: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: 1.0.0}}\nservers: [{shared}]\npaths:\n  /a:\n    servers: [{path}]\n    get:\n      servers: [{own}]\n      responses: {{'200': {{description: ok}}}}\n"
        )
    };
    let (one, two) = ("{url: 'https://one.example'}", "{url: 'https://two.example/'}");
    let both = format!("{one}, {two}");
    let changed = |old: (&str, &str, &str), new: (&str, &str, &str)| {
        let report = report(&document(old.0, old.1, old.2), &document(new.0, new.1, new.2));
        let servers = report.findings.iter().filter(|it| it.rule.id.starts_with("server-"));
        servers.map(|it| format!("{} {}: {}", it.rule.id, it.subject, it.message)).collect::<Vec<_>>()
    };
    let removed = |which: &str| format!("server-removed GET /a: the base URL `https://{which}.example` is gone");
    let added = |which: &str| format!("server-added GET /a: the base URL `https://{which}.example` is new");
    assert_eq!(changed((one, "", one), (one, "", two)), [removed("one"), added("two")]);
    assert_eq!(changed((one, one, ""), (one, &both, "")), [added("two")]);
    assert_eq!(changed((one, "", &both), (one, "", "")), [removed("two")]);
    assert_eq!(changed((one, "", ""), (one, "", two)), [removed("one"), added("two")]);
    let none = Vec::<String>::new();
    assert_eq!(changed((one, two, ""), (one, "", two)), none, "it says itself what its path said");
    assert_eq!(changed((&both, "", ""), (&both, "", &both)), none, "they are those of the document");
    assert_eq!(changed((one, "", "{url: 'https://two.example'}"), (one, "", two)), none);
    let shared = changed((one, "", two), (&both, "", two));
    assert_eq!(shared, ["server-added servers: the base URL `https://two.example/` is new"]);
}

#[test]
fn a_callback_is_another_one_where_it_goes_elsewhere() {
    let callback = |expression: &str, schema: &str| {
        format!(
            "{{paid: {{'{expression}': {{post: {{requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}, responses: {{'200': {{description: ok}}}}}}}}}}}}"
        )
    };
    let document = |callbacks: &[String]| {
        let operation = |(idx, it): (usize, &String)| {
            format!("  /a{idx}:\n    post:\n      callbacks: {it}\n      responses: {{'200': {{description: ok}}}}\n")
        };
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: 1.0.0}}\npaths:\n{}",
            callbacks.iter().enumerate().map(operation).collect::<String>()
        )
    };
    let (url, other) = ("{$request.body#/url}", "{$request.body#/hook}");
    let (here, there) = (callback(url, "{type: string}"), callback(other, "{type: string}"));
    let narrow = callback(url, "{type: string, maxLength: 3}");
    let moved = report(&document(from_ref(&here)), &document(from_ref(&there)));
    assert_eq!(wire(&moved), [("operation-removed", "breaking"), ("operation-added", "note")]);
    assert_eq!(moved.findings[0].message, "webhook POST paid to `{$request.body#/url}` is gone");
    // Operations may have callbacks of one name, each of which stays its own.
    let same = document(&[here.clone(), here.clone()]);
    assert_eq!(wire(&report(&same, &same)), []);
    let changed = report(&document(&[here.clone(), narrow]), &same);
    assert_eq!(wire(&changed), [("response-length-widened", "breaking")]);
    let less = report(&document(&[there.clone(), here]), &document(&[there]));
    assert_eq!(wire(&less), [("operation-removed", "breaking"), ("operation-removed", "breaking")]);
}

#[test]
fn a_fingerprint_stays_where_lines_move() {
    let old = both_ways(r#"{"type":"string"}"#);
    let new = both_ways(r#"{"type":"integer"}"#);
    let moved = new.replace("\"paths\"", "\n\n\n\"paths\"");
    let prints = |new: &str| report(&old, new).findings.iter().map(|it| it.fingerprint.clone()).collect::<Vec<_>>();
    assert_eq!(prints(&new), prints(&moved));
    assert!(!prints(&new).is_empty());
}

#[test]
fn what_refers_to_itself_is_compared_to_the_end() {
    let schema = |max: &str| {
        format!(
            r##"{{"type":"object","properties":{{"next":{{"$ref":"#/components/schemas/Thing"}},"name":{{"type":"string"{max}}}}}}}"##
        )
    };
    let report = report(&both_ways(&schema("")), &both_ways(&schema(r#","maxLength":4"#)));
    assert_eq!(wire(&report), [("request-length-narrowed", "breaking")]);
}
