//! References where OpenAPI has none, and pointers that pass through references.

use std::collections::BTreeMap;

use insta::assert_snapshot;

use crate::harness::{Files, document_with, listing, listing_with, origin, value};

const FILES: [(&str, &str); 5] = [
    ("intro.md", "# Boxes\n\nAll of them: [x](y)\n"),
    ("texts.yaml", "license: MIT\n"),
    (
        "paths/list.yaml",
        "operationId: listBoxes\ndescription: {$ref: ../texts.yaml#/license}\nresponses: {'200': {description: D, content: {application/json: {schema: {$ref: '../schemas.yaml#/Box'}}}}}\n",
    ),
    (
        "schemas.yaml",
        "Shelf: {type: object, properties: {box: {$ref: '#/Box'}}}\nBox: {type: object, properties: {lid: {type: string}, loop: {$ref: '#/Box'}}}\n",
    ),
    ("eats.yaml", "a: {$ref: eats.yaml#/a}\n"),
];

const API: &str = "openapi: 3.0.3
info: {title: T, version: '1', description: {$ref: intro.md}}
paths:
  /boxes:
    get: {$ref: paths/list.yaml, summary: Lists.}
    post:
      responses:
        '200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/Shelf/properties/box/properties/lid'}}}}
components:
  schemas: {$ref: schemas.yaml}
";

#[test]
fn what_bundlers_follow_is_taken_in_and_noted() {
    let files = Files(BTreeMap::from(FILES));
    let document = document_with(API, &files);
    assert_eq!(value(&document, "/info/description").as_str(), Some("# Boxes\n\nAll of them: [x](y)"));
    assert_eq!(value(&document, "/paths/~1boxes/get/operationId").as_str(), Some("listBoxes"));
    assert_eq!(value(&document, "/paths/~1boxes/get/summary").as_str(), Some("Lists."));
    assert_eq!(value(&document, "/paths/~1boxes/get/description").as_str(), Some("MIT"));
    // The same schema by each of its names.
    let target = |pointer: &str| document.target(&origin(pointer)).map(|it| it.pointer.to_string());
    let own = Some("#/components/schemas/Box".to_owned());
    assert_eq!(target("/paths/~1boxes/get/responses/200/content/application~1json/schema"), own);
    assert_eq!(target("/components/schemas/Shelf/properties/box"), own);
    assert_eq!(target("/components/schemas/Box/properties/loop"), own);
    let lid = "#/components/schemas/Box/properties/lid".to_owned();
    assert_eq!(target("/paths/~1boxes/post/responses/200/content/application~1json/schema"), Some(lid));
    assert_snapshot!("taken_in", listing_with(API, &files));
}

#[test]
fn what_is_taken_in_is_at_fault_where_it_was_written() {
    let mut files = BTreeMap::from(FILES);
    files.insert("schemas.yaml", "Shelf: {type: objct}\nBox: {$ref: '#/Bx'}\n");
    files.insert("paths/list.yaml", "$ref: list.yaml\n");
    assert_snapshot!("taken_in_faults", listing_with(&API.replace("intro.md", "missing.md"), &Files(files)));
}

#[test]
fn references_that_eat_themselves_end() {
    let files = Files(BTreeMap::from(FILES));
    let text = API.replace("schemas.yaml", "eats.yaml#/a");
    assert!(listing_with(&text, &files).contains("warning[unresolved-reference]"));
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/A/x'}\n    B: {$ref: '#/components/schemas/C/x'}\n    C: {$ref: '#/components/schemas/B/x'}\n    D: {$ref: '#/components/schemas/A'}\n    E: {$ref: '#/components/schemas/D/x/y'}\n";
    assert!(listing(text).contains("is not defined"));
}
