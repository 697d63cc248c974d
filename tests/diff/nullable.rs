//! `nullable` beside a reference or a composition means: or `null`, whatever these say.

use specwright::diff::{Report, Witness};

use super::{both_ways, report, wire};

/// Schemas that `nullable` may be added to, in front of the component `Part`.
const BESIDE: &[&str] = &[
    r##"{"$ref":"#/components/schemas/Part"NULLABLE}"##,
    r##"{"allOf":[{"$ref":"#/components/schemas/Part"}]NULLABLE}"##,
    r##"{"allOf":[{"$ref":"#/components/schemas/Part"},{"type":"object","required":["a"]}]NULLABLE}"##,
    r##"{"type":"object","allOf":[{"$ref":"#/components/schemas/Part"}]NULLABLE}"##,
    r##"{"oneOf":[{"$ref":"#/components/schemas/Part"},{"type":"string"}]NULLABLE}"##,
    r##"{"anyOf":[{"$ref":"#/components/schemas/Part"},{"type":"string"}]NULLABLE}"##,
    r##"{"type":"object","properties":{"p":{"$ref":"#/components/schemas/Part"NULLABLE}}}"##,
    r##"{"type":"object","properties":{"p":{"oneOf":[{"$ref":"#/components/schemas/Part"}]NULLABLE}}}"##,
    r##"{"type":"array","items":{"allOf":[{"$ref":"#/components/schemas/Part"}]NULLABLE}}"##,
];

/// A document of 3.0 with a schema and the component that it refers to.
fn document(schema: &str) -> String {
    let part = r#","Part":{"type":"object","properties":{"a":{"type":"string"}}}"#;
    both_ways(&format!("{schema}{part}")).replace("3.1.0", "3.0.3")
}

fn nullable(schema: &str) -> String {
    document(&schema.replace("NULLABLE", r#","nullable":true"#))
}

fn without(schema: &str) -> String {
    document(&schema.replace("NULLABLE", ""))
}

#[test]
fn nullable_beside_a_reference_or_a_composition_is_seen() {
    for schema in BESIDE {
        let gone = report(&nullable(schema), &without(schema));
        assert_eq!(wire(&gone), [("request-null-narrowed", "breaking")], "{schema}");
        let come = report(&without(schema), &nullable(schema));
        assert_eq!(wire(&come), [("response-null-widened", "breaking")], "{schema}");
        for report in [gone, come] {
            let finding = report.findings.iter().find(|it| it.rule.id.contains("-null-")).expect("the change");
            assert!(finding.witness.is_some(), "{schema} is shown by an instance");
            assert_eq!(finding.operations, ["POST /things"], "{schema}");
        }
    }
}

#[test]
fn nullable_beside_a_reference_is_said_where_it_stands() {
    let schema = r##"{"type":"object","properties":{"p":{"$ref":"#/components/schemas/Part"NULLABLE}}}"##;
    let report = report(&nullable(schema), &without(schema));
    let finding = report.findings.iter().find(|it| it.rule.id == "request-null-narrowed").expect("the change");
    assert_eq!((finding.subject.as_str(), finding.path.as_str()), ("schema `Thing`", "p"));
    assert_eq!(
        finding.old.as_ref().map(|it| it.pointer.as_str()),
        Some("#/components/schemas/Thing/properties/p/nullable")
    );
    assert_eq!(finding.witness, Some(Witness::RefusedNow(serde_json::json!({ "p": null }))));
}

#[test]
fn nullable_in_another_place_changes_no_component() {
    let schema = |places: [&str; 2]| {
        let [p, q] = places;
        document(&format!(
            r##"{{"type":"object","properties":{{"p":{{"$ref":"#/components/schemas/Part"{p}}},
            "q":{{"$ref":"#/components/schemas/Part"{q}}}}}}}"##
        ))
    };
    let yes = r#","nullable":true"#;
    let report = report(&schema(["", ""]), &schema([yes, yes]));
    let paths = |report: &Report| -> Vec<String> {
        let all = report.findings.iter().filter(|it| it.rule.id.contains("-null-"));
        all.map(|it| format!("{} {}", it.subject, it.path)).collect()
    };
    assert_eq!(paths(&report), ["schema `Thing` p", "schema `Thing` q"]);
}

#[test]
fn spellings_of_null_are_no_changes() {
    let old = document(r##"{"allOf":[{"$ref":"#/components/schemas/Part"}],"nullable":true}"##);
    let new =
        document(r##"{"anyOf":[{"$ref":"#/components/schemas/Part"},{"type":"null"}]}"##).replace("3.0.3", "3.1.0");
    assert_eq!(wire(&report(&old, &new)), []);
    assert_eq!(wire(&report(&new, &old)), []);
    // Whatever is `null` already stays so.
    let schema = r#"{"maxLength":3NULLABLE}"#;
    assert_eq!(wire(&report(&nullable(schema), &without(schema))), []);
}

#[test]
fn x_nullable_is_seen() {
    let document = |nullable: &str| {
        format!(
            r##"{{"swagger":"2.0","info":{{"title":"T","version":"1.0.0"}},"paths":{{"/things":{{"post":{{"operationId":"make",
            "consumes":["application/json"],"produces":["application/json"],
            "parameters":[{{"in":"body","name":"body","required":true,"schema":{{"$ref":"#/definitions/Thing"}}}}],
            "responses":{{"200":{{"description":"ok","schema":{{"$ref":"#/definitions/Thing"}}}}}}}}}}}},
            "definitions":{{"Thing":{{"type":"object","properties":{{"p":{{"$ref":"#/definitions/Part"{nullable}}}}}}},
            "Part":{{"type":"object","properties":{{"a":{{"type":"string"}}}}}}}}}}"##
        )
    };
    let (with, without) = (document(r#","x-nullable":true"#), document(""));
    assert_eq!(wire(&report(&with, &without)), [("request-null-narrowed", "breaking")]);
    assert_eq!(wire(&report(&without, &with)), [("response-null-widened", "breaking")]);
}
