//! Whether callers of the generated crate still compile, and what each answer is due to.

use specwright::diff::{Bump, Finding, Judgement, Level};

use super::{both_ways, report_with_rust};

fn object(properties: &str) -> String {
    both_ways(&format!(
        r#"{{"type":"object","required":["id"],"properties":{{"id":{{"type":"integer"}}{properties}}}}}"#
    ))
}

#[test]
fn a_change_of_the_document_says_what_moves_in_the_crate() {
    let report = report_with_rust(&object(r#","name":{"type":"string"}"#), &object(r#","name":{"type":"integer"}"#));
    let finding = report.findings.iter().find(|it| it.rule.id == "request-type-narrowed").expect("the change");
    assert_eq!(finding.levels.rust, Level::Breaking);
    assert!(finding.moved.iter().any(|it| it.contains("Option<i64>")), "{:?}", finding.moved);
}

#[test]
fn words_move_nothing() {
    let old = object(r#","name":{"type":"string"}"#);
    let new = old.replace("\"description\":\"ok\"", "\"description\":\"fine\"");
    let report = report_with_rust(&old, &new);
    assert_eq!(report.bump(Judgement::Rust), Bump::None.max(report.bump(Judgement::Rust).min(Bump::Patch)));
    assert!(report.findings.iter().all(|it| it.moved.is_empty()), "{report:?}");
}

#[test]
fn a_new_operation_is_a_method_that_servers_lack() {
    let old = "paths:\n  /a:\n    get:\n      operationId: a\n      responses: {'200': {description: ok}}\n";
    let new = format!("{old}  /b:\n    get:\n      operationId: b\n      responses: {{'200': {{description: ok}}}}\n");
    let report = report_with_rust(old, &new);
    let added: Vec<&Finding> = report.findings.iter().filter(|it| it.rule.id == "operation-added").collect();
    assert_eq!(added.len(), 1);
    assert_eq!((added[0].levels.wire, added[0].levels.rust), (Level::Note, Level::Breaking));
    assert!(added[0].moved.iter().any(|it| it.starts_with("rust-trait-method-added")), "{:?}", added[0].moved);
}

#[test]
fn the_first_property_that_only_answers_have_gives_requests_a_type_of_their_own() {
    let at = r#","at":{"type":"string","readOnly":true}"#;
    let report = report_with_rust(&object(""), &object(at));
    assert_eq!((report.bump(Judgement::Rust), report.bump(Judgement::Wire)), (Bump::Major, Bump::Minor));
    let moved: Vec<&String> = report.findings.iter().flat_map(|it| &it.moved).collect();
    assert!(moved.iter().any(|it| it.contains("is `body: Option<models::ThingWritable>` now")), "{moved:?}");
    let more = format!(r#"{at},"by":{{"type":"string","readOnly":true}}"#);
    assert_eq!(report_with_rust(&object(at), &object(&more)).bump(Judgement::Rust), Bump::Minor);
}

/// The rules of a report.
fn rules(old: &str, new: &str) -> Vec<&'static str> {
    report_with_rust(old, new).findings.iter().map(|it| it.rule.id).collect()
}

#[test]
fn what_moves_without_a_reason_is_a_finding() {
    let old = object(r#","a":{"type":"string","maxLength":3},"b":{"type":"string"}"#);
    let new = object(r#","b":{"type":"string"},"a":{"type":"string","maxLength":3}"#);
    // The order of the checks follows that of the properties, and nobody is told of an order.
    assert_eq!(rules(&old, &new), ["rust-moved-alone"]);
    assert_eq!(rules(&old, &old.replace("\"ok\"", "\"fine\"")), ["description-changed"]);
}

#[test]
fn another_spelling_of_null_moves_no_code() {
    let old = object(r#","a":{"type":["string","null"]}"#);
    let new = object(r#","a":{"anyOf":[{"type":"string"},{"type":"null"}]}"#);
    assert_eq!(rules(&old, &new), Vec::<&str>::new());
}

/// Two operations that answer what stands inline, with components beside them.
fn inline(items: &str, components: &str) -> String {
    let answer = |id: &str, schema: &str| {
        format!(
            "  /{id}:\n    get:\n      operationId: {id}\n      responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}\n"
        )
    };
    let named = answer("names", &format!("{{type: array, items: {items}}}"));
    let counted = answer("counts", "{type: object, properties: {count: {type: integer}}}");
    format!("paths:\n{named}{counted}components:\n  schemas:\n    Other: {{type: string}}\n{components}")
}

#[test]
fn a_component_of_the_shape_of_a_place_breaks_nobody() {
    let labels = "    Labels: {type: array, items: {type: string}}\n";
    let counts = "    Counts: {type: object, properties: {count: {type: integer}}}\n";
    let (old, new) = (inline("{type: string}", ""), inline("{type: string}", &format!("{labels}{counts}")));
    let report = report_with_rust(&old, &new);
    assert_eq!(report.bump(Judgement::Rust), Bump::Minor, "{:?}", report.findings);
    // The component may be there already, and come to be equal.
    let other = inline("{type: string}", "    Labels: {type: array, items: {type: string}, maxItems: 3}\n");
    let report = report_with_rust(&inline("{type: integer}", labels), &inline("{type: string}", labels));
    assert_eq!(report.bump(Judgement::Rust), Bump::Major, "{:?}", report.findings);
    let report = report_with_rust(&other, &inline("{type: string}", labels));
    assert!(report.bump(Judgement::Rust) <= Bump::Minor, "{:?}", report.findings);
    // Who names the component for what is a type of its own again does not compile.
    assert_eq!(report_with_rust(&new, &old).bump(Judgement::Rust), Bump::Major);
}
