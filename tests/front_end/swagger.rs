//! Swagger 2.0: what its objects become, and where findings about them point.

use std::collections::BTreeMap;

use insta::assert_snapshot;

use crate::harness::{Files, document, document_with, listing, listing_with, origin, value};

fn swagger(rest: &str) -> String {
    format!("swagger: '2.0'\ninfo: {{title: T, version: '1'}}\n{rest}")
}

/// What stands at a pointer of the lifted document, as JSON with sorted keys.
fn lifted(text: &str, pointer: &str) -> String {
    value(&document(text), pointer).to_json().to_string()
}

fn sorted(json: &str) -> String {
    json.parse::<serde_json::Value>().expect("JSON").to_string()
}

#[test]
fn host_base_path_and_schemes_are_servers() {
    let servers = |fields: &str| lifted(&swagger(&format!("paths: {{}}\n{fields}\n")), "/servers");
    assert_eq!(
        servers("host: api.example.com:8443\nbasePath: /v1/\nschemes: [https, http]"),
        sorted(r#"[{"url":"https://api.example.com:8443/v1"},{"url":"http://api.example.com:8443/v1"}]"#)
    );
    assert_eq!(servers("host: api.example.com"), sorted(r#"[{"url":"https://api.example.com"}]"#));
    assert_eq!(servers("basePath: /v1"), sorted(r#"[{"url":"/v1"}]"#));
    assert!(document(&swagger("paths: {}\n")).root().field("servers").is_none());
}

#[test]
fn collection_formats_are_styles() {
    let text = |format: &str, location: &str| {
        swagger(&format!(
            "paths: {{/a: {{get: {{parameters: [{{name: ids, in: {location}, type: array, items: {{type: string}}{format}}}], responses: {{'204': {{description: D}}}}}}}}}}\n"
        ))
    };
    let style = |format: &str, location: &str| {
        let document = document(&text(format, location));
        let parameter = value(&document, "/paths/~1a/get/parameters/0");
        let explode = parameter.get("explode").and_then(specwright::source::Value::as_bool);
        format!("{} {}", parameter.get("style").and_then(|it| it.as_str()).unwrap(), explode.unwrap())
    };
    assert_eq!(style("", "query"), "form false");
    assert_eq!(style(", collectionFormat: csv", "query"), "form false");
    assert_eq!(style(", collectionFormat: multi", "query"), "form true");
    assert_eq!(style(", collectionFormat: ssv", "query"), "spaceDelimited false");
    assert_eq!(style(", collectionFormat: tsv", "query"), "tabDelimited false");
    assert_eq!(style(", collectionFormat: pipes", "query"), "pipeDelimited false");
    assert_eq!(style("", "header"), "simple false");
    assert_eq!(style(", collectionFormat: tsv", "header"), "tabDelimited false");
    assert_snapshot!("collections", listing(&text(", collectionFormat: multi", "header")));
}

#[test]
fn a_failure_that_is_no_text_is_json_whatever_a_success_is() {
    let text = swagger(
        "paths:
  /logs:
    get:
      produces: [application/octet-stream]
      responses:
        200: {description: D, schema: {type: string, format: binary}}
        404: {description: N, schema: {$ref: '#/definitions/Fault'}}
        410: {description: T, schema: {type: string}}
        default: {$ref: '#/responses/Other'}
    put:
      produces: [application/xml]
      responses: {500: {description: X, schema: {$ref: '#/definitions/Fault'}}}
definitions: {Fault: {type: object, properties: {message: {type: string}}}}
responses: {Other: {description: O, schema: {type: array, items: {type: string}}}}
",
    );
    let types = |pointer: &str| {
        let content: serde_json::Value = serde_json::from_str(&lifted(&text, pointer)).expect("JSON");
        content.as_object().expect("an object").keys().cloned().collect::<Vec<_>>()
    };
    let get = |status: &str| types(&format!("/paths/~1logs/get/responses/{status}/content"));
    assert_eq!(get("200"), ["application/octet-stream"]);
    assert_eq!(get("404"), ["application/json"]);
    assert_eq!(get("410"), ["application/octet-stream"]);
    assert_eq!(get("default"), ["application/json"]);
    assert_eq!(types("/paths/~1logs/put/responses/500/content"), ["application/xml"]);
}

#[test]
fn bodies_have_the_media_types_of_consumes_and_produces() {
    let text = swagger(
        "consumes: [application/json, text/json]
paths:
  /a:
    post:
      parameters: [{name: b, in: body, required: true, schema: {type: object}}]
      responses: {'200': {description: D, schema: {$ref: '#/definitions/A'}, examples: {application/json: 1}}}
    put:
      consumes: [application/xml]
      produces: [application/pdf]
      parameters: [{$ref: '#/parameters/B'}]
      responses: {'200': {description: D, schema: {type: file}}, default: {$ref: '#/responses/R'}}
definitions: {A: {type: integer}}
parameters: {B: {name: b, in: body, schema: {type: string}}}
responses: {R: {description: R, schema: {type: string}}}
produces: [application/json]
",
    );
    assert_eq!(
        lifted(&text, "/paths/~1a/post/requestBody"),
        sorted(
            r##"{"required":true,"content":{"application/json":{"schema":{"type":"object"}},"text/json":{"schema":{"$ref":"#/paths/~1a/post/parameters/0/schema"}}}}"##
        )
    );
    assert_eq!(
        lifted(&text, "/paths/~1a/post/responses/200/content"),
        sorted(r##"{"application/json":{"schema":{"$ref":"#/definitions/A"},"example":1}}"##)
    );
    assert_eq!(
        lifted(&text, "/paths/~1a/put/requestBody/content"),
        sorted(r##"{"application/xml":{"schema":{"$ref":"#/parameters/B/schema"}}}"##)
    );
    assert_eq!(
        lifted(&text, "/paths/~1a/put/responses"),
        sorted(
            r##"{"200":{"description":"D","content":{"application/pdf":{"schema":{"type":"string","format":"binary"}}}},"default":{"description":"R","content":{"application/pdf":{"schema":{"$ref":"#/responses/R/schema"}}}}}"##
        )
    );
    let document = document(&text);
    let target = |pointer: &str| document.target(&origin(pointer)).map(|it| it.pointer.to_string());
    assert_eq!(
        target("/paths/~1a/post/requestBody/content/text~1json/schema").as_deref(),
        Some("#/paths/~1a/post/requestBody/content/application~1json/schema")
    );
    assert_eq!(
        target("/paths/~1a/put/requestBody/content/application~1xml/schema").as_deref(),
        Some("#/components/requestBodies/B/content/application~1json/schema")
    );
}

#[test]
fn fields_of_a_form_are_properties() {
    let text = swagger(
        "paths:
  /a:
    parameters: [{$ref: '#/parameters/Note'}, {name: a, in: formData, type: string}]
    post:
      parameters:
        - {name: photo, in: formData, type: file, required: true}
        - {name: tags, in: formData, type: array, items: {type: string}, collectionFormat: multi}
        - {name: a, in: formData, type: integer}
      responses: {'204': {description: D}}
    put:
      responses: {'204': {description: D}}
parameters: {Note: {name: note, in: formData, type: string, description: N.}}
",
    );
    assert_eq!(
        lifted(&text, "/paths/~1a/post/requestBody"),
        sorted(
            r#"{"required":true,"content":{"multipart/form-data":{"schema":{"type":"object","properties":{"photo":{"format":"binary","type":"string"},"tags":{"type":"array","items":{"type":"string"}},"a":{"type":"integer"},"note":{"type":"string","description":"N."}},"required":["photo"]},"encoding":{"tags":{"style":"form","explode":true}}}}}"#
        )
    );
    assert_eq!(
        lifted(&text, "/paths/~1a/put/requestBody"),
        sorted(
            r#"{"required":false,"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","properties":{"note":{"type":"string","description":"N."},"a":{"type":"string"}}}}}}"#
        )
    );
}

#[test]
fn security_definitions_are_schemes() {
    let text = swagger(
        "paths: {}
securityDefinitions:
  a: {type: basic}
  b: {type: apiKey, name: k, in: header}
  c: {type: oauth2, flow: application, tokenUrl: 'https://example.com/t', scopes: {s: S}}
  d: {type: oauth2, flow: implicit, authorizationUrl: 'https://example.com/a', scopes: {}}
",
    );
    assert_eq!(
        lifted(&text, "/components/securitySchemes"),
        sorted(
            r#"{"a":{"type":"http","scheme":"basic"},"b":{"type":"apiKey","name":"k","in":"header"},"c":{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"https://example.com/t","scopes":{"s":"S"}}}},"d":{"type":"oauth2","flows":{"implicit":{"authorizationUrl":"https://example.com/a","scopes":{}}}}}"#
        )
    );
}

#[test]
fn schemas_say_null_and_discriminator_as_later_versions_do() {
    let text = swagger(
        "paths: {}
definitions:
  A:
    discriminator: kind
    required: [kind]
    properties: {kind: {type: string}, b: {$ref: '#/definitions/B', x-nullable: true, description: D.}}
    example: {discriminator: kept, x-nullable: true}
  B: {type: string, x-nullable: true}
",
    );
    assert_eq!(
        lifted(&text, "/components/schemas"),
        sorted(
            r##"{"A":{"discriminator":{"propertyName":"kind"},"required":["kind"],"properties":{"kind":{"type":"string"},"b":{"description":"D.","allOf":[{"$ref":"#/definitions/B"}],"nullable":true}},"example":{"discriminator":"kept","x-nullable":true}},"B":{"type":"string","nullable":true}}"##
        )
    );
}

/// Everything that is wrong is said in the words of 2.0, where it was written.
#[test]
fn findings_speak_of_the_original() {
    let text = swagger(
        "host: example.com
schemes: https
basePath: v1
servers: []
consumes: application/json
paths:
  /a/{id}:
    post:
      requestBody: {}
      parameters:
        - {name: id, in: path, required: true, type: integer, minimum: low}
        - {name: b, in: body, schema: {$ref: '#/definitions/Boat'}}
        - {name: c, in: body, schema: {type: text}}
        - {name: d, in: formData, type: string}
        - {name: e, in: query, schema: {type: string}}
        - {name: f, in: query, type: array, items: {type: string}, collectionFormat: comma}
        - {name: g, in: query}
        - {$ref: '#/parameters/Limmit'}
      responses:
        '200': {description: D, schema: {type: object, properties: {a: {type: strin}}}, content: {}}
        '20': {description: D}
      security: [{tokens: []}]
definitions:
  Boats: {type: object, propertys: {}}
parameters:
  Limit: {name: limit, in: query, type: integer}
securityDefinitions:
  token: {type: oauth2, flow: code, scopes: {}}
",
    );
    assert_snapshot!("mistakes", listing(&text));
}

#[test]
fn other_files_are_lifted_when_they_are_met() {
    let files = Files(BTreeMap::from([
        (
            "parts/parameters.yaml",
            "body: {name: b, in: body, schema: {$ref: 'schemas.yaml#/Pet'}}\nlimit: {name: limit, in: query, type: array, items: {type: string}}\nnote: {name: note, in: formData, type: string}\n",
        ),
        ("parts/schemas.yaml", "Pet: {type: object, discriminator: kind, properties: {kind: {type: strin}}}\n"),
        (
            "parts/path.yaml",
            "get: {parameters: [{$ref: 'parameters.yaml#/limit'}], responses: {'200': {$ref: 'responses.yaml#/ok'}}}\npost: {parameters: [{$ref: 'parameters.yaml#/body'}], responses: {'204': {description: D}}}\nput: {parameters: [{$ref: 'parameters.yaml#/note'}], responses: {'204': {description: D}}}\n",
        ),
        ("parts/responses.yaml", "ok: {description: OK, schema: {type: file}}\n"),
    ]));
    let text = swagger("paths: {/a: {$ref: parts/path.yaml}}\nproduces: [image/png]\nconsumes: [application/json]\n");
    assert_snapshot!("files", listing_with(&text, &files));
    let mended =
        Files(files.0.into_iter().map(|(path, text)| (path, &*text.replace("strin}", "string}").leak())).collect());
    let document = document_with(&text, &mended);
    let path = document.follow(document.at(&origin("/paths/~1a")).unwrap());
    let field = |path: &[&str]| {
        let step = |at: specwright::source::At<'_>, key: &&str| document.follow(at).field(key).map(|it| it.origin);
        let mut at = document.at(&document.follow(document.at(&origin("/paths/~1a")).unwrap()).origin).unwrap();
        for key in path {
            let next = step(at.clone(), key).unwrap_or_else(|| panic!("no {key} in {}", at.origin.pointer));
            at = document.at(&next).unwrap();
        }
        document.follow(at).value.to_json().to_string()
    };
    assert!(path.field("get").is_some());
    assert_eq!(
        field(&["get", "responses", "200", "content"]),
        sorted(r#"{"image/png":{"schema":{"type":"string","format":"binary"}}}"#)
    );
    assert_eq!(
        field(&["post", "requestBody", "content"]),
        sorted(r#"{"application/json":{"schema":{"$ref":"schemas.yaml#/Pet"}}}"#)
    );
    assert_eq!(
        field(&["post", "requestBody", "content", "application/json", "schema", "discriminator"]),
        sorted(r#"{"propertyName":"kind"}"#)
    );
    assert_eq!(
        field(&["put", "requestBody", "content", "application/x-www-form-urlencoded", "schema", "properties"]),
        sorted(r#"{"note":{"type":"string"}}"#)
    );
}
