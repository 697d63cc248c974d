//! Recorded exchanges: they hold values, so more can be said than by findings, until the document is true.

use serde_json::{Value, json};

use super::{is_true, observed, overlay};

fn document(version: &str, schema: &str) -> String {
    let schema = schema.trim();
    format!(
        "openapi: {version}\ninfo: {{ title: Things, version: '1' }}\nservers: [{{ url: 'https://api.example/v1' }}]\n\
         paths:\n  /things/{{id}}:\n    get:\n      operationId: getThing\n      \
         parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]\n      \
         responses: {{ '200': {{ description: A thing., content: {{ application/json: {{ schema: {{ $ref: \
         '#/components/schemas/Thing' }} }} }} }} }}\ncomponents:\n  schemas:\n    \
         Other: {{ type: string }}\n    Thing: {schema}\n"
    )
}

fn exchange(body: &Value) -> String {
    let headers = json!({ "content-type": "application/json" });
    json!({ "method": "get", "url": "https://api.example/v1/things/7?key=secret-key", "status": 200, "headers": headers, "body": body })
        .to_string()
}

/// One overlay for all bodies, with which the document is true.
fn made(version: &str, schema: &str, bodies: &[Value]) -> String {
    let document = document(version, schema);
    let seen: Vec<_> = bodies.iter().map(exchange).collect();
    let overlay = overlay(&document, &seen.join("\n"));
    assert!(is_true(&document, overlay.clone(), &seen.join("\n")), "{overlay}");
    overlay
}

#[test]
fn null_is_spelled_as_the_version_has_it() {
    let schema = "{ type: object, properties: { a: { type: string, enum: [x, y] }, b: { $ref: '#/components/schemas/Other' } } }";
    let old = made("3.0.3", schema, &[json!({ "a": null, "b": null })]);
    assert!(old.contains("nullable: true") && old.contains("allOf:"), "{old}");
    let new = made("3.1.0", schema, &[json!({ "a": null, "b": null })]);
    assert!(!new.contains("nullable") && new.contains("type: 'null'") && new.contains("anyOf:"), "{new}");
}

#[test]
fn unknown_values_join_their_enumeration_although_clients_keep_them() {
    let schema = "{ type: object, properties: { a: { type: string, enum: [x, y] }, c: { const: 3 } } }";
    let text = made("3.1.0", schema, &[json!({ "a": "z" }), json!({ "a": "z" }), json!({ "c": 4 })]);
    assert!(
        text.contains("seen 2 times: \"z\", which is not among the values, at `/body/a` of `getThing` 200"),
        "{text}"
    );
    assert!(text.contains("enum:\n    - z"), "{text}");
}

#[test]
fn limits_go_as_far_as_what_was_seen() {
    let schema = "{ type: object, properties: { a: { type: integer, maximum: 5 }, b: { type: string, maxLength: 2 }, d: { type: array, minItems: 2, items: {} } } }";
    let text =
        made("3.0.3", schema, &[json!({ "a": 7, "b": "abc", "d": [1] }), json!({ "a": 9, "b": "abcd", "d": [] })]);
    for limit in ["maximum: 9", "maxLength: 4", "minItems: 0"] {
        assert!(text.contains(limit), "{limit}: {text}");
    }
}

#[test]
fn one_look_is_enough_for_many_values_beyond_one_limit() {
    let schema = "{ type: object, properties: { a: { type: integer, minimum: 0, maximum: 5 } } }";
    let bodies: Vec<_> = (-20..40).map(|it| json!({ "a": it })).collect();
    let text = made("3.1.0", schema, &bodies);
    assert!(text.contains("maximum: 39") && text.contains("minimum: -20"), "{text}");
    assert!(text.contains("seen 34 times: a value beyond `maximum`"), "{text}");
}

#[test]
fn what_a_server_has_in_its_path_is_no_part_of_an_operation() {
    let operation = |id: &str, names: &[&str]| {
        let names =
            names.iter().map(|it| format!("{{ name: {it}, in: path, required: true, schema: {{ type: string }} }}"));
        let names = names.collect::<Vec<_>>().join(", ");
        format!("{{ operationId: {id}, parameters: [{names}], responses: {{ '204': {{ description: None. }} }} }}")
    };
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: Things, version: '1' }}\nservers: [{{ url: 'https://api.example/v1' }}]\n\
         paths:\n  /{{id}}:\n    get: {}\n  /{{list}}/{{id}}:\n    get: {}\n",
        operation("getOne", &["id"]),
        operation("getOfList", &["list", "id"]),
    );
    let text = overlay(&document, &json!({ "method": "GET", "path": "/v1/7", "status": 404 }).to_string());
    assert!(text.contains("of `getOne`") || text.contains("`getOne` 404"), "{text}");
}

#[test]
fn one_change_shows_what_is_wrong_behind_it() {
    // `b` is null first, and then its enumeration lacks null; `d` has a type that nobody knows of before it is there.
    let schema = "{ type: object, additionalProperties: false, properties: { b: { type: string, enum: [x] } } }";
    for version in ["3.0.3", "3.1.0"] {
        made(version, schema, &[json!({ "b": null, "d": 1 }), json!({ "b": "y", "d": "text" }), json!({ "d": null })]);
    }
}

#[test]
fn several_branches_that_take_a_value_are_any_of_them() {
    let schema = "{ oneOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }] }";
    let text = made("3.1.0", schema, &[json!({ "a": "x", "b": "y" })]);
    assert!(text.contains("anyOf:") && text.contains("oneOf']"), "{text}");
}

#[test]
fn nothing_of_requests_and_no_value_gets_into_an_overlay() {
    let schema = "{ type: object, required: [id], properties: { id: { type: integer }, map: { type: object, additionalProperties: { type: integer } } } }";
    let text = made("3.1.0", schema, &[json!({ "id": "secret-id", "map": { "secret-key": "secret-value" } })]);
    assert!(!text.contains("secret"), "{text}");
}

#[test]
fn what_is_as_documented_needs_no_overlay_and_strangers_are_counted() {
    let document = document("3.1.0", "{ type: object }");
    let stranger = exchange(&json!({})).replace("/v1/things/7", "/v1/other");
    let found = observed(&document, &format!("{}\n\n{stranger}\n", exchange(&json!({}))));
    assert_eq!((found.overlay, found.actions, found.strangers), (None, 0, 1));
}

#[test]
fn har_is_read_as_browsers_write_it() {
    let entry = |status: u16, content: Value| {
        let request = json!({ "method": "GET", "url": "https://api.example/v1/things/a%2Fb?x=1", "headers": [] });
        let headers = [json!({ "name": "Content-Type", "value": "application/json" })];
        json!({ "request": request, "response": { "status": status, "headers": headers, "content": content } })
    };
    let entries = [
        entry(200, json!({ "text": "{\"a\":null}" })),
        entry(200, json!({ "text": "eyJhIjpudWxsfQ==", "encoding": "base64" })),
        // What got no response.
        entry(0, json!({})),
        // What no server sent.
        json!({ "request": { "method": "GET", "url": "data:image/png;base64,iVBO", "headers": [] }, "response": { "status": 200, "headers": [], "content": {} } }),
    ];
    let har = json!({ "log": { "version": "1.2", "entries": entries } }).to_string();
    let document = document("3.1.0", "{ type: object, properties: { a: { type: string } } }");
    let text = overlay(&document, &har);
    assert!(text.contains("seen 2 times: `null` at `/body/a`"), "{text}");
    assert!(is_true(&document, text, &har));
}

#[test]
fn har_without_headers_has_the_media_type_beside_the_body() {
    let document = document("3.1.0", "{ type: object, properties: { a: { type: integer } } }");
    let content = json!({ "mimeType": "application/json; charset=utf-8", "text": r#"{"a":"x"}"# });
    let request = json!({ "method": "GET", "url": "https://api.example/v1/things/7" });
    let entry = json!({ "request": request, "response": { "status": 200, "headers": [], "content": content } });
    let har = json!({ "log": { "entries": [entry] } }).to_string();
    let text = overlay(&document, &har);
    assert!(text.contains("a value of type string at `/body/a`"), "{text}");
    assert!(is_true(&document, text, &har));
}

#[test]
fn responses_and_media_types_are_added_as_they_were_seen() {
    let document = document("3.1.0", "{ type: object }");
    let seen = [
        json!({ "method": "GET", "path": "/v1/things/7", "status": 404, "headers": { "content-type": "application/problem+json; charset=utf-8" }, "body": { "title": "None" } }),
        json!({ "method": "GET", "path": "/v1/things/7", "status": 204 }),
        json!({ "method": "GET", "path": "/v1/things/7", "status": 200, "headers": { "content-type": "text/html" }, "body": "<p>Hi</p>" }),
    ];
    let seen = seen.map(|it| it.to_string()).join("\n");
    let text = overlay(&document, &seen);
    for part in ["'404':", "application/problem+json:", "'204':", "text/html:"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(is_true(&document, text, &seen));
}
