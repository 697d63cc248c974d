//! Documents against the ledger: what is unknown, missing, of the wrong type, or put right.

use insta::assert_snapshot;

use crate::harness::{document, listing, run, schemas, schemas_30, value};
use specwright::document::NoFiles;

#[test]
fn a_good_document_has_no_findings() {
    let text = r"
openapi: 3.1.0
info: {title: T, summary: S, version: '1'}
servers: [{url: 'https://{host}/', variables: {host: {default: a, enum: [a, b]}}}]
paths:
  /pets/{id}:
    parameters: [{$ref: '#/components/parameters/Id', description: the pet}]
    get:
      operationId: getPet
      security: [{x-key: []}, {}]
      responses:
        200: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        4XX: {$ref: '#/components/responses/Problem'}
        default: {description: other}
        x-note: fine
components:
  parameters: {Id: {name: id, in: path, required: true, schema: {type: integer}}}
  responses: {Problem: {description: bad, headers: {X-A: {schema: true}}}}
  securitySchemes: {x-key: {type: apiKey, name: k, in: header}, mtls: {type: mutualTLS}}
  schemas:
    Pet: {type: [object, 'null'], properties: {a: {const: 1}, b: false}, unevaluatedProperties: false}
x-anything: {goes: [here]}
";
    assert_eq!(listing(text), "");
}

#[test]
fn versions() {
    assert_snapshot!("version_4", listing("openapi: 4.0.0\ninfo: {title: T, version: '1'}\npaths: {}\n"));
    assert_snapshot!("swagger", listing("swagger: '1.2'\ninfo: {title: T, version: '1'}\npaths: {}\n"));
    assert_snapshot!("version_number", listing("openapi: 3.1\ninfo: {title: T, version: '1'}\npaths: {}\n"));
    assert_snapshot!("version_missing", listing("info: {title: T, version: '1'}\n"));
}

#[test]
fn unknown_fields_are_named() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1', summary: S, desciption: D}\npaths: {}\nwebhooks: {}\n";
    assert_snapshot!("unknown_fields", listing(text));
    assert_snapshot!("unknown_keywords_30", listing(&schemas_30("X: {const: 1, minLenght: 2, x-ok: 1, zzz: 1}")));
    assert_snapshot!("unknown_keywords_31", listing(&schemas("X: {nullable: true, exmaples: [1]}")));
}

#[test]
fn missing_and_mistyped_fields_come_all_at_once() {
    let text = r"
openapi: 3.0.3
info: {title: 5}
servers: [{}, {url: u, variables: {v: {enum: [], default: a}, w: {enum: [b], default: a}}}]
paths:
  /a:
    get:
      tags: one
      deprecated: 'yes'
      parameters: [{in: query}, {name: a, in: body, schema: {}}, {name: b, in: header, style: form, schema: {}}]
      requestBody: {}
      responses: [1]
  /b: 7
  c: {}
";
    assert_snapshot!("all_at_once", listing(text));
}

#[test]
fn keyword_values_have_types() {
    let bad = "X: {type: strng, minLength: -1, maxItems: 1.5, multipleOf: 0, enum: a, pattern: 1, properties: [], items: [{}], required: [1]}\nY: 5";
    assert_snapshot!("keyword_values", listing(&schemas(bad)));
    let good = "X: {minLength: 2.0, maxItems: 1e400, multipleOf: 1e-400, maximum: 1e99999, type: [integer]}";
    assert_eq!(listing(&schemas(good)), "");
}

#[test]
fn statuses() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses:\n        '99': {description: x}\n        2xx: {description: x}\n        200 OK: {description: x}\n        '600': {description: x}\n        5XX: {description: x}\n        x-a: 1\n";
    assert_snapshot!("statuses", listing(text));
}

#[test]
fn what_real_documents_leave_out_is_a_warning() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get: {}\n    put: {responses: {}}\n    post: {parameters: [{name: a, in: query}], responses: {'200': {}}}\ncomponents: {schemas: {'a b': {type: array}}}\n";
    assert_snapshot!("repaired", listing(text));
    assert!(!run(text, &NoFiles).1.has_errors());
}

#[test]
fn what_can_only_mean_one_thing_is_put_right() {
    let text = schemas(
        "X: {type: string, required: true, oneOf: []}\nY: {minimum: 0, exclusiveMinimum: true, exclusiveMaximum: false}",
    );
    assert_snapshot!("put_right", listing(&text));
    let document = document(&text);
    assert_eq!(value(&document, "/components/schemas/X").as_object().unwrap().len(), 1);
    let bound = value(&document, "/components/schemas/Y/exclusiveMinimum").as_number().unwrap();
    assert_eq!(bound.as_str(), "0");
    assert!(value(&document, "/components/schemas/Y").get("exclusiveMaximum").is_none());
}

#[test]
fn security_schemes_need_what_their_type_needs() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  securitySchemes:\n    a: {type: apiKey}\n    b: {type: http}\n    c: {type: oauth2, flows: {implicit: {scopes: {}}, password: {tokenUrl: u}}}\n    d: {type: openIdConnect}\n    e: {type: basic}\n    f: {}\n";
    assert_snapshot!("security_schemes", listing(text));
}

#[test]
fn fields_that_exclude_each_other() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1', license: {name: a, identifier: b, url: c}}\ncomponents:\n  parameters:\n    a: {name: a, in: query, schema: {}, content: {a/b: {}, c/d: {}}}\n  links: {l: {}}\n";
    assert_snapshot!("exclusive", listing(text));
}

#[test]
fn ignored_fields_are_noted_once_with_their_number() {
    let text = schemas("X: {externalDocs: {url: a}, xml: {name: x}}\nY: {xml: {name: y}}\nZ: {xml: {name: z}}");
    assert_snapshot!("ignored", listing(&text));
}
