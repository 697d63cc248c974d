//! Objects as `openapiv3` types, with pointers in the place of schemas and references.

use insta::assert_debug_snapshot;
use specwright::diagnostics::Diagnostics;
use specwright::document::skeleton::{self, SecurityScheme};

use crate::harness::{document, origin};

const TEXT: &str = r"
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /pets:
    summary: Pets
    parameters: [{$ref: '#/components/parameters/P'}]
    get:
      parameters: [{name: q, in: query, schema: {type: [string, 'null']}, x-a: 1}, {name: n, in: header}]
      requestBody: {content: {application/json: {schema: true, example: 1}}}
      responses: {'200': {content: {text/plain: {schema: {type: string}}}}, default: {$ref: '#/components/responses/R'}}
      callbacks: {c: {'{$url}': {}}}
      security: [{k: []}, {}]
    put: {}
components:
  parameters: {P: {name: p, in: query, content: {a/b: {}}}}
  responses: {R: {description: r, links: {l: {operationId: o}}}}
  securitySchemes: {k: {type: apiKey, in: header, name: k}, m: {type: mutualTLS, description: cert}}
";

#[test]
fn schemas_and_references_become_pointers() {
    let document = document(TEXT);
    let mut diagnostics = Diagnostics::new();
    let get = document.at(&origin("/paths/~1pets/get")).unwrap();
    let operation = skeleton::operation(&document, &get, &mut diagnostics).unwrap();
    assert_debug_snapshot!("operation", operation);
    assert_eq!(
        skeleton::origin(&get, "#/paths/~1pets/get/parameters/0/schema"),
        origin("/paths/~1pets/get/parameters/0/schema")
    );
    assert_eq!(diagnostics, Diagnostics::new());
}

#[test]
fn what_openapi_3_0_does_not_know_reads_all_the_same() {
    let document = document(TEXT);
    let mut diagnostics = Diagnostics::new();
    let at = |pointer: &str| document.at(&origin(pointer)).unwrap();
    let put = skeleton::operation(&document, &at("/paths/~1pets/put"), &mut diagnostics).unwrap();
    assert!(put.responses.responses.is_empty());
    let item = skeleton::path_item(&document, &at("/paths/~1pets"), &mut diagnostics).unwrap();
    assert_eq!((item.summary.as_deref(), item.parameters.len(), item.get.is_none()), (Some("Pets"), 1, true));
    let mtls = skeleton::security_scheme(&document, &at("/components/securitySchemes/m"), &mut diagnostics);
    assert_eq!(mtls, Some(SecurityScheme::MutualTls { description: Some("cert".to_owned()) }));
    let key = skeleton::security_scheme(&document, &at("/components/securitySchemes/k"), &mut diagnostics);
    assert!(matches!(key, Some(SecurityScheme::Known(_))));
    let security = skeleton::security(&document, &at("/paths/~1pets/get/security"), &mut diagnostics);
    assert_eq!(security.len(), 2);
    assert_eq!(diagnostics, Diagnostics::new());
}
