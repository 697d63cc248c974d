//! Where references lead, and what is said about those that lead nowhere.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use specwright::document::Document;

use crate::harness::{Files, document, document_with, listing, listing_with, origin, schemas, schemas_30};

fn target(document: &Document, pointer: &str) -> String {
    let target = document.target(&origin(pointer)).unwrap_or_else(|| panic!("{pointer} leads nowhere"));
    format!("{}{}", document.sources.file(target.file).path, target.pointer)
}

#[test]
fn references_lead_by_pointer_anchor_and_id() {
    let text = schemas(
        r"A: {$ref: '#/components/schemas/B~1c%20d'}
B/c d: {$anchor: b, $defs: {e: {$dynamicAnchor: node, type: string}}}
C: {$ref: '#b'}
D: {$id: 'https://example.com/d/', $defs: {inner: {$anchor: in}, other: {$id: other.json}}, allOf: [{$ref: '#in'}, {$ref: other.json}, {$ref: '#/$defs/inner'}]}
E: {$ref: 'https://example.com/d/other.json'}
F: {$dynamicRef: '#node'}
G: {$ref: '#/x-shared/G'}
H: {oneOf: [{$ref: '#/components/schemas/A'}], discriminator: {propertyName: k, mapping: {a: A, b: '#/components/schemas/C'}}}",
    ) + "x-shared: {G: {type: string}}\n";
    let document = document(&text);
    let at = |pointer: &str| target(&document, &format!("/components/schemas/{pointer}"));
    assert_eq!(at("A"), "specs/api.yaml#/components/schemas/B~1c d");
    assert_eq!(at("A/$ref"), "specs/api.yaml#/components/schemas/B~1c d");
    assert_eq!(at("C"), "specs/api.yaml#/components/schemas/B~1c d");
    assert_eq!(at("D/allOf/0"), "specs/api.yaml#/components/schemas/D/$defs/inner");
    assert_eq!(at("D/allOf/1"), "specs/api.yaml#/components/schemas/D/$defs/other");
    assert_eq!(at("D/allOf/2"), "specs/api.yaml#/components/schemas/D/$defs/inner");
    assert_eq!(at("E"), "specs/api.yaml#/components/schemas/D/$defs/other");
    assert_eq!(at("F/$dynamicRef"), "specs/api.yaml#/components/schemas/B~1c d/$defs/e");
    assert_eq!(at("G"), "specs/api.yaml#/x-shared/G");
    assert_eq!(at("H/discriminator/mapping/a"), "specs/api.yaml#/components/schemas/A");
    assert_eq!(at("H/discriminator/mapping/b"), "specs/api.yaml#/components/schemas/C");
}

#[test]
fn references_lead_into_files_and_back() {
    let files = Files(BTreeMap::from([
        (
            "schemas/pet.yaml",
            "Pet: {properties: {tag: {$ref: 'tag.json#/Tag'}, owner: {$ref: '../api.yaml#/components/schemas/Owner'}}}\n",
        ),
        ("schemas/tag.json", "{\"Tag\": {\"type\": \"string\"}}"),
        ("paths/pets.yaml", "get: {responses: {'200': {$ref: '../api.yaml#/components/responses/Ok'}}}\n"),
    ]));
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/pets: {$ref: ./paths/pets.yaml}}\ncomponents:\n  responses: {Ok: {description: ok}}\n  schemas:\n    Owner: {type: object}\n    Pet: {$ref: 'schemas/pet.yaml#/Pet'}\n";
    let document = document_with(text, &files);
    assert_eq!(target(&document, "/components/schemas/Pet"), "specs/schemas/pet.yaml#/Pet");
    assert_eq!(target(&document, "/paths/~1pets"), "specs/paths/pets.yaml#");
    let pet = document.follow(document.at(&origin("/components/schemas/Pet")).unwrap());
    let tag = document.follow(pet.field("properties").unwrap().field("tag").unwrap());
    assert_eq!(tag.string("type"), Some("string"));
    let owner = document.target(&pet.origin.key("properties").key("owner")).unwrap();
    assert_eq!(*owner, origin("/components/schemas/Owner"));
    let paths: Vec<_> = document.sources.iter().map(|(_, file)| file.path.as_str()).collect();
    assert_eq!(paths, ["specs/api.yaml", "specs/paths/pets.yaml", "specs/schemas/pet.yaml", "specs/schemas/tag.json"]);
}

#[test]
fn following_goes_to_the_end_of_a_chain() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  responses: {A: {$ref: '#/components/responses/B'}, B: {$ref: '#/components/responses/C'}, C: {description: end}}\n";
    let document = document(text);
    let end = document.follow(document.at(&origin("/components/responses/A")).unwrap());
    assert_eq!(end.origin, origin("/components/responses/C"));
    let self_answer = document.follow(end.clone());
    assert_eq!(self_answer.origin, end.origin);
}

#[test]
fn dangling_and_malformed_references() {
    let bad = r#"Pet: {type: object}
A: {$ref: '#/components/schemas/Pett'}
B: {$ref: '#/components/schemas/Pet~2'}
C: {$ref: '#/components/schemas/%zz'}
D: {$ref: "x\0y"}
E: {$ref: 1}
F: {$ref: '#nobody'}
G: {$ref: missing.yaml}"#;
    assert_snapshot!("dangling", listing(&schemas(bad)));
}

#[test]
fn references_of_the_wrong_kind() {
    let text = schemas(
        "A: {$ref: '#/info'}\nB: {$ref: '#/components/examples/E'}\nC: {$ref: '#/components/examples/E/value'}\nD: {$ref: '#/components/schemas'}\nF: {$ref: '#/info/title'}\nG: {$ref: ''}",
    ) + "  examples: {E: {value: {type: string}}}\n";
    assert_snapshot!("wrong_kind", listing(&text));
}

#[test]
fn nothing_leaves_the_folder_and_nothing_is_fetched() {
    let bad = r#"A: {$ref: 'http://127.0.0.1:9/x.json#/X'}
B: {$ref: 'file:///etc/passwd'}
C: {$ref: '/etc/passwd'}
D: {$ref: '../../etc/passwd'}
E: {$ref: 'a/%2e%2e/%2e%2e/secret.yaml'}
F: {$ref: '//host/x'}
G: {$ref: "\\\\host\\share"}
H: {$ref: 'C:\x.yaml'}
I: {$ref: link.yaml}
J: {$ref: huge.yaml}
K: {$id: 'http://127.0.0.1:9/base/', properties: {a: {$ref: other.json}}}"#;
    assert_snapshot!("outside", listing_with(&schemas(bad), &Files(BTreeMap::new())));
}

#[test]
fn a_broken_file_is_told_apart_from_a_missing_one() {
    let files = Files(BTreeMap::from([("bad.yaml", "a: [\n"), ("empty.yaml", ""), ("list.yaml", "- 1\n")]));
    let text =
        schemas("A: {$ref: bad.yaml}\nB: {$ref: 'empty.yaml#/X'}\nC: {$ref: list.yaml}\nD: {$ref: 'list.yaml#/0'}");
    assert_snapshot!("broken_file", listing_with(&text, &files));
}

#[test]
fn a_stroke_behind_a_file_is_the_whole_file() {
    let files = Files(BTreeMap::from([
        ("path.yaml", "get: {responses: {'200': {description: D}}}\n"),
        ("schema.json", "{\"\": {\"type\": \"string\"}}"),
    ]));
    let text = schemas("A: {$ref: 'schema.json#/'}").replace("paths: {}", "paths: {/a: {$ref: 'path.yaml#/'}}");
    let document = document_with(&text, &files);
    assert_eq!(target(&document, "/paths/~1a"), "specs/path.yaml#");
    assert_eq!(target(&document, "/components/schemas/A"), "specs/schema.json#/");
    let text = text.replace("schema.json#/", "path.yaml#/get/").replace("path.yaml#/'}}", "path.yaml#//'}}");
    assert_snapshot!("strokes", listing_with(&text, &files));
}

#[test]
fn what_stands_among_components_is_what_it_is_whoever_refers_to_it_first() {
    let files = Files(BTreeMap::from([("other.yaml", "components: {schemas: {S: {type: string, minLength: 1}}}\n")]));
    let text = "openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {$ref: 'other.yaml#/components/schemas/S/'}
        '201': {$ref: 'other.yaml#/components/schemas/S'}
        '202': {description: D, content: {a/b: {schema: {$ref: 'other.yaml#/components/schemas/S'}}}}
      parameters: [{$ref: 'other.yaml#/components/schemas/S'}]
";
    assert_snapshot!("mistaken_components", listing_with(text, &files));
    let document = document_with(text, &files);
    let schema = target(&document, "/paths/~1a/get/responses/202/content/a~1b/schema");
    assert!(schema.ends_with("other.yaml#/components/schemas/S"), "{schema}");
}

#[test]
fn siblings_of_references() {
    assert_snapshot!(
        "siblings_30",
        listing(&schemas_30("A: {$ref: '#/components/schemas/B', nullable: true, description: d, x-a: 1}\nB: {}"))
    );
    assert_eq!(listing(&schemas("A: {$ref: '#/components/schemas/B', description: d, minLength: 1}\nB: {}")), "");
}

#[test]
fn schemas_may_come_back_through_a_property_but_not_at_once() {
    let good =
        "A: {properties: {a: {$ref: '#/components/schemas/A'}}, items: {allOf: [{$ref: '#/components/schemas/A'}]}}";
    assert_eq!(listing(&schemas(good)), "");
    let bad = "A: {$ref: '#/components/schemas/B'}\nB: {allOf: [{$ref: '#/components/schemas/C'}]}\nC: {anyOf: [{type: string}, {$ref: '#/components/schemas/A'}]}\nD: {$ref: '#/components/schemas/D'}\nE: {not: {$ref: '#/components/schemas/E'}}";
    assert_snapshot!("schema_cycles", listing(&schemas(bad)));
}

#[test]
fn other_objects_may_not_come_back_at_all() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  responses: {A: {$ref: '#/components/responses/B'}, B: {$ref: '#/components/responses/A'}}\n  headers:\n    H: {content: {a/b: {encoding: {c: {headers: {X: {$ref: '#/components/headers/H'}}}}}}}\n";
    assert_snapshot!("other_cycles", listing(text));
}

#[test]
fn a_dynamic_reference_means_the_anchor_of_its_own_component_first() {
    let two = "A: {$dynamicAnchor: n, items: {$dynamicRef: '#n'}}\nB: {$dynamicAnchor: n, items: {$dynamicRef: '#n'}, contains: {$ref: '#n'}}\n";
    let document = document(&schemas(two));
    for (member, component) in [("A/items/$dynamicRef", "A"), ("B/items/$dynamicRef", "B"), ("B/contains", "B")] {
        let target = target(&document, &format!("/components/schemas/{member}"));
        assert_eq!(target, format!("specs/api.yaml#/components/schemas/{component}"));
    }
    // Where no schema around it has the name, none of the two is meant.
    let third = format!("{two}C: {{items: {{$dynamicRef: '#n'}}}}");
    assert_snapshot!("dynamic_of_others", listing(&schemas(&third)));
}

#[test]
fn names_of_schemas_are_unique() {
    let text = schemas(
        "A: {$id: 'urn:x', $anchor: a}\nB: {$id: 'urn:x'}\nC: {$anchor: c}\nD: {$anchor: c}\nE: {$anchor: '1'}\nF: {$id: '#f'}",
    );
    assert_snapshot!("names_twice", listing(&text));
    let ambiguous =
        schemas("A: {$id: a, $dynamicAnchor: n, items: {$dynamicRef: '#n'}}\nB: {$id: b, $dynamicAnchor: n}");
    assert_snapshot!("dynamic_ambiguous", listing(&ambiguous));
    let loose = schemas("A: {$id: 'https://example.com/a', items: {$ref: '#/components/schemas/B'}}\nB: {}");
    assert_snapshot!("reference_base", listing(&loose));
}

#[test]
fn an_operation_of_another_file_is_called_by_the_path_that_refers_to_it() {
    let files = Files(BTreeMap::from([
        ("pets.yaml", "get: {responses: {'200': {description: D}}, parameters: [{name: a, in: nowhere}]}\n"),
        (
            "more.yaml",
            "additionalOperations: {COPY: {responses: {'200': {description: D}}, parameters: [{in: query}]}}\n",
        ),
    ]));
    let text =
        "openapi: 3.2.0\ninfo: {title: T, version: '1'}\npaths: {/pets: {$ref: pets.yaml}, /more: {$ref: more.yaml}}\n";
    let listing = listing_with(text, &files);
    for name in ["GET /pets", "COPY /more"] {
        assert!(listing.contains(&format!("left out: the operation `{name}` (client and server)")), "{listing}");
    }
}
