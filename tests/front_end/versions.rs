//! OpenAPI 3.2: what it adds, and what older versions say about that.

use insta::assert_snapshot;

use crate::harness::{document, listing, origin};

fn with_version(version: &str, rest: &str) -> String {
    format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\n{rest}")
}

#[test]
fn the_document_has_a_name_of_its_own() {
    let text = with_version(
        "3.2.0",
        "$self: https://example.com/api\ncomponents:\n  schemas:\n    A: {$ref: 'https://example.com/api#/components/schemas/B'}\n    B: {}\n",
    );
    let target = document(&text).target(&origin("/components/schemas/A")).cloned();
    assert_eq!(target, Some(origin("/components/schemas/B")));
}

const NEW: &str = "paths:
  /a:
    query: {responses: {'200': {summary: S}}}
    additionalOperations: {COPY: {responses: {'204': {}}}}
    get:
      parameters:
        - {name: q, in: querystring, content: {application/json: {schema: {type: object}}}}
        - {name: c, in: cookie, style: cookie, schema: {type: string}}
      responses: {'200': {content: {application/json: {itemSchema: {type: string}}}}}
components:
  mediaTypes: {M: {$ref: '#/components/mediaTypes/N'}}
  schemas:
    U: {oneOf: [{$ref: '#/components/schemas/A'}], discriminator: {propertyName: k, defaultMapping: Z}}
    A: {type: object}
";

#[test]
fn what_is_new_is_checked() {
    assert_snapshot!("new_in_32", listing(&with_version("3.2.0", NEW)));
}

#[test]
fn older_versions_say_which_version_knows_it() {
    assert_snapshot!("of_32_in_31", listing(&with_version("3.1.0", NEW)));
}
