//! References that lead nowhere in one of the documents, or in both: nobody knows what changed, and the report says so.

use super::project::Repository;
use super::{report, wire};

/// A document that takes and answers what a reference leads to.
fn document(reference: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: 1.0.0}}\npaths:\n  /a:\n    post:\n      operationId: a\n      \
         requestBody: {{content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}}}\n      \
         responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}}}}}\n  \
         /b:\n    get: {{operationId: b, responses: {{'204': {{description: ok}}}}}}\n\
         components:\n  schemas:\n{components}\n"
    )
}

const PET: &str = "    Pet: {type: object, properties: {a: {type: string}}}\n";
const OTHER: &str = "    Other: {type: string}\n";

#[test]
fn a_reference_that_leads_nowhere_on_one_side_is_told_and_not_compared() {
    let (known, unknown) =
        (document("#/components/schemas/Pet", &format!("{PET}{OTHER}")), document("#/components/schemas/Pet", OTHER));
    let lost = report(&known, &unknown);
    assert_eq!(wire(&lost), [("reference-lost", "breaking"), ("reference-lost", "breaking")]);
    let said = "`#/components/schemas/Pet` leads nowhere in the new document";
    assert!(lost.findings.iter().any(|it| it.message.starts_with(said)), "{:?}", lost.findings);
    assert!(lost.findings.iter().any(|it| it.operations == ["POST /a"] && it.path.starts_with("requestBody")));
    let found = report(&unknown, &known);
    assert_eq!(wire(&found), [("reference-found", "warning"), ("reference-found", "warning")]);
    assert!(found.findings.iter().any(|it| it.message.contains("leads nowhere in the old document")));
}

#[test]
fn what_is_missing_in_the_same_document_on_both_sides_is_no_change() {
    let document = document("#/components/schemas/Pet", OTHER);
    assert_eq!(wire(&report(&document, &document)), []);
}

#[test]
fn what_goes_because_of_a_reference_is_not_called_gone_or_new() {
    let with = |parameters: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: 1.0.0}}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
             parameters: [{{$ref: '#/components/parameters/Size'}}]\n      responses: {{'200': {{description: ok}}}}\n  \
             /b:\n    get: {{operationId: b, responses: {{'204': {{description: ok}}}}}}\n\
             components: {{parameters: {{{parameters}}}}}\n"
        )
    };
    let known = with("Size: {name: size, in: query, schema: {type: integer}}");
    let unknown = with("Other: {name: other, in: query, schema: {type: integer}}");
    assert_eq!(wire(&report(&known, &unknown)), [("reference-lost", "breaking")]);
    let found = report(&unknown, &known);
    assert_eq!(wire(&found), [("reference-found", "warning")]);
    let said = "`#/components/parameters/Size` leads nowhere in the old document";
    assert!(found.findings.iter().any(|it| it.message.starts_with(said)), "{:?}", found.findings);
}

#[test]
fn files_that_neither_side_has_are_not_called_the_same() {
    let here = Repository::new("");
    here.write("api.yaml", &document("models.yaml#/Pet", OTHER));
    let run = here.run(&["diff", "api.yaml", "api.yaml", "--no-rust"]);
    assert!(run.out.contains("reference-not-compared"), "{}", run.out);
    here.write("models.yaml", "Pet: {type: object}\n");
    let run = here.run(&["diff", "api.yaml", "api.yaml", "--no-rust"]);
    assert_eq!(run.out, "api: nothing changed\n");
}

#[test]
fn what_is_staged_is_a_version_with_all_of_its_files() {
    let here = Repository::new("");
    std::fs::create_dir(here.path().join("specs")).expect("a folder");
    here.write("specs/api.yaml", &document("models.yaml#/Pet", OTHER));
    here.write("specs/models.yaml", "Pet: {type: object, properties: {a: {type: string}}}\n");
    here.commit("start");
    here.write("specs/models.yaml", "Pet: {type: object, properties: {a: {type: integer}}}\n");
    let diff = |old: &str, new: &str| here.run(&["diff", old, new, "--no-rust"]).out;
    assert_eq!(diff("HEAD:specs/api.yaml", ":specs/api.yaml"), "api: nothing changed\n");
    here.git(&["add", "specs/models.yaml"]);
    here.write("specs/models.yaml", "Pet: {type: object, properties: {a: {type: boolean}}}\n");
    for index in [":specs/api.yaml", ":0:specs/api.yaml", ":./specs/api.yaml"] {
        let out = diff("HEAD:specs/api.yaml", index);
        assert!(out.contains("was `string` and is `integer` now"), "{index}: {out}");
    }
    assert!(diff(":specs/api.yaml", "specs/api.yaml").contains("was `integer` and is `boolean` now"));
    let folders = diff("HEAD:specs", ":specs");
    assert!(folders.contains("was `string` and is `integer` now"), "{folders}");
    let run = here.run(&["diff", "HEAD:specs/api.yaml", ":specs/none.yaml"]);
    assert_eq!(run.code, Some(2));
    assert!(run.out.contains("cannot read `:specs/none.yaml`") || run.err.contains("cannot read `:specs/none.yaml`"));
}
