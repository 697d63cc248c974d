//! A keyword that no type and no check expresses is left to the tables, in every kind of type.

use specwright::diagnostics::Diagnostics;
use specwright::document::NoFiles;
use specwright::plan::{ApiPlan, Naming};

/// A schema for each kind of type, and one that refers to another.
const KINDS: &[(&str, &str)] = &[
    ("struct", r#"{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}"#),
    ("closed struct", r#"{"type":"object","properties":{"a":true},"additionalProperties":false}"#),
    ("strings", r#"{"type":"string","enum":["a","b"]}"#),
    ("integers", r#"{"type":"integer","enum":[1,2]}"#),
    ("tagged", r##"{"oneOf":[{"$ref":"#/components/schemas/Cat"}],"discriminator":{"propertyName":"kind"}}"##),
    ("types", r#"{"type":["string","integer"]}"#),
    ("tuple", r#"{"type":"array","prefixItems":[true,true],"minItems":2,"maxItems":2}"#),
    ("list", r#"{"type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true}"#),
    ("map", r#"{"type":"object","additionalProperties":{"type":"string"},"maxProperties":3}"#),
    ("string", r#"{"type":"string","minLength":1,"pattern":"^a"}"#),
    ("moment", r#"{"type":"string","format":"date-time"}"#),
    ("integer", r#"{"type":"integer","format":"int32","minimum":0,"multipleOf":5}"#),
    ("number", r#"{"type":"number","exclusiveMaximum":1}"#),
    ("boolean", r#"{"type":"boolean"}"#),
    ("anything", "{}"),
    ("reference", r##"{"$ref":"#/components/schemas/Cat"}"##),
];

/// The plan of a component, after one more assertion was added where a test wants it.
fn plan(schema: &str, unexpressed: bool) -> ApiPlan {
    let cat = r#"{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}}}"#;
    let text = format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"t","version":"1"}},"paths":{{}},
        "components":{{"schemas":{{"Subject":{schema},"Cat":{cat}}}}}}}"#
    );
    let naming = Naming { name: "t".to_owned(), source: "t.json".to_owned() };
    let mut api = specwright::compile(&naming, text, &NoFiles).api.expect("a document without errors");
    let subject = api.components.iter().find(|(name, _)| name == "Subject");
    let id = subject.map(|(_, id)| *id).expect("the component");
    api.schemas[id].unexpressed = unexpressed;
    specwright::plan::plan(&api, &naming, &mut Diagnostics::new())
}

#[test]
fn what_nobody_expresses_is_left_to_the_tables() {
    for (kind, schema) in KINDS {
        let is_left = |unexpressed| {
            let plan = plan(schema, unexpressed);
            plan.models.iter().any(|model| model.name == "Subject" && model.residue)
        };
        assert!(!is_left(false), "the types and checks of a {kind} say all of {schema}");
        assert!(is_left(true), "the tables are not asked about a {kind}");
    }
}
