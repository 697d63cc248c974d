//! What is said of objects beside their parts, whatever stands in the place of schemas and references.

use specwright::diagnostics::Diagnostics;
use specwright::document::skeleton::{
    self, KeyPlace, OperationHead, ParameterHead, ParameterPlace, PartHead, ResponseHead, SchemeHead,
};

use crate::harness::{document, origin};

const TEXT: &str = r"
openapi: 3.2.0
info: {title: T, version: '1'}
paths:
  /pets:
    get:
      operationId: pets
      tags: [a, b]
      description: All pets
      deprecated: true
      parameters:
        - {name: q, in: query, allowReserved: true, explode: false, schema: {type: [string, 'null']}, x-a: 1}
        - {name: n, in: header, description: N}
      requestBody: {required: true, content: {application/json: {schema: true, example: 1}}}
      responses:
        '200': {headers: {H: {required: true, schema: false}}, content: {text/plain: {schema: {type: string}}}}
        default: {$ref: '#/components/responses/R'}
      callbacks: {c: {'{$url}': {}}}
      security: [{k: []}, {}]
    put: {}
components:
  parameters: {w: {name: w, in: querystring, content: {application/x-www-form-urlencoded: {schema: true}}}}
  responses: {R: {description: r, links: {l: {operationId: o}}}}
  securitySchemes:
    k: {type: apiKey, in: header, name: k}
    m: {type: mutualTLS, description: cert}
    o: {type: openIdConnect, openIdConnectUrl: 'https://a.example'}
";

#[test]
fn an_object_has_a_head_whatever_its_schemas_and_references_say() {
    let document = document(TEXT);
    let mut diagnostics = Diagnostics::new();
    let at = |pointer: &str| document.at(&origin(pointer)).unwrap();
    let text = |it: &str| Some(it.to_owned());
    let get = at("/paths/~1pets/get");
    let operation = skeleton::operation(&document, &get, &mut diagnostics).unwrap();
    let tags = vec!["a".to_owned(), "b".to_owned()];
    let wanted =
        OperationHead { id: text("pets"), tags, summary: None, description: text("All pets"), deprecated: true };
    assert_eq!(operation, wanted);
    let list = get.field("parameters").unwrap();
    let parameters: Vec<_> =
        list.items().filter_map(|it| skeleton::parameter(&document, &it, &mut diagnostics)).collect();
    let places: Vec<_> = parameters.iter().map(|it| it.place).collect();
    assert_eq!(places, [ParameterPlace::Query, ParameterPlace::Header]);
    let query = ParameterHead {
        name: "q".to_owned(),
        place: ParameterPlace::Query,
        description: None,
        required: false,
        deprecated: false,
        explode: Some(false),
        allow_reserved: true,
        allow_empty: false,
    };
    assert_eq!(parameters[0], query);
    assert_eq!(parameters[1].description, text("N"));
    let body = skeleton::request_body(&document, &get.field("requestBody").unwrap(), &mut diagnostics);
    assert_eq!(body, Some(PartHead { description: None, required: true }));
    let header = skeleton::header(&document, &at("/paths/~1pets/get/responses/200/headers/H"), &mut diagnostics);
    assert_eq!(header, Some(PartHead { description: None, required: true }));
    let response = skeleton::response(&document, &at("/components/responses/R"), &mut diagnostics);
    assert_eq!(response, Some(ResponseHead { description: "r".to_owned() }));
    assert_eq!(diagnostics, Diagnostics::new());
}

#[test]
fn what_openapi_3_0_does_not_know_reads_all_the_same() {
    let document = document(TEXT);
    let mut diagnostics = Diagnostics::new();
    let at = |pointer: &str| document.at(&origin(pointer)).unwrap();
    assert!(skeleton::operation(&document, &at("/paths/~1pets/put"), &mut diagnostics).is_some());
    let bare = skeleton::response(&document, &at("/paths/~1pets/get/responses/200"), &mut diagnostics);
    assert_eq!(bare, Some(ResponseHead { description: String::new() }));
    let query = skeleton::parameter(&document, &at("/components/parameters/w"), &mut diagnostics);
    assert_eq!(query.map(|it| it.place), Some(ParameterPlace::Query));
    let mut scheme = |name: &str| {
        skeleton::security_scheme(&document, &at(&format!("/components/securitySchemes/{name}")), &mut diagnostics)
    };
    assert_eq!(scheme("m"), Some(SchemeHead::MutualTls));
    assert_eq!(scheme("k"), Some(SchemeHead::ApiKey { place: KeyPlace::Header, name: "k".to_owned() }));
    assert_eq!(scheme("o"), Some(SchemeHead::OpenIdConnect));
    assert_eq!(diagnostics, Diagnostics::new());
}
