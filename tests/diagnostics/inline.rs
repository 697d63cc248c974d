//! Single facts about findings.

use acceptance::pipeline;

/// A document without findings.
const CLEAN: &str = "schemas: { Pet: { type: object, properties: { name: { type: string } } } }";

#[test]
fn a_clean_document_is_passed_over_in_silence() {
    assert_eq!(pipeline::listing("clean", CLEAN), "");
}

#[test]
fn findings_do_not_depend_on_what_else_is_wrong() {
    let first = "schemas:\n  A: { type: text }\n  B: { type: string }\n";
    let both = "schemas:\n  A: { type: text }\n  B: { type: string, pattern: '(' }\n";
    let found =
        |text: &str| pipeline::compile("sample", text).diagnostics.iter().map(|it| it.message.clone()).collect();
    let (first, both): (Vec<String>, Vec<String>) = (found(first), found(both));
    assert!(first.iter().all(|message| both.contains(message)), "{first:?} {both:?}");
    assert_eq!(both.len(), first.len() + 1);
}

#[test]
fn text_of_a_document_never_reaches_a_terminal_raw() {
    let listing = pipeline::listing("sample", "schemas:\n  \"\\e[31mred\\u202e\": { type: \"\\e]0;title\\a\" }\n");
    assert!(!listing.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{}", listing.escape_debug());
}

#[test]
fn a_tuple_without_room_for_what_must_be_there_is_told() {
    let tuple = "schemas: { Pair: { type: array, prefixItems: [{ type: string }], items: false, minItems: 2 } }";
    let listing = pipeline::listing("tuple", tuple);
    assert!(listing.contains("`minItems` is 2, and `items: false` leaves room for 1"), "{listing}");
    assert!(!pipeline::listing("tuple", &tuple.replace(": 2", ": 1")).contains("contradictory-schema"));
}

#[test]
fn what_some_value_satisfies_is_no_contradiction() {
    let parts = [
        "{ type: integer, minimum: 5 }, { maximum: 5 }",
        "{ type: number }, { type: integer, enum: [1, 2] }, { const: 1.0 }",
        "{ type: [string, 'null'] }, { type: 'null' }",
        "{ type: object, properties: { a: false } }, { type: object, properties: { a: { type: string } } }",
        "{ type: object, properties: { a: { type: number } } }, { type: object, properties: { a: { type: integer } } }",
        "{ type: object, minProperties: 1, properties: { a: { type: string } }, additionalProperties: false }",
        "{ type: array, items: { type: string } }, { type: array, minItems: 1, maxItems: 1 }",
    ];
    for all_of in parts {
        let listing = pipeline::listing("parts", &format!("schemas: {{ Whole: {{ allOf: [{all_of}] }} }}"));
        assert!(!listing.contains("warning"), "{all_of}:\n{listing}");
    }
}

/// A link leads to an operation of the document, or out of the file.
const LINKS: &str = "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /users:
    post:
      operationId: createUser
      responses:
        '201':
          description: Made.
          links:
            byId: { operationId: getUser, parameters: { id: '$response.body#/id' } }
            misspelled: { operationId: getUsr }
            unknown: { operationId: deleteUser }
            byReference: { operationRef: '#/paths/~1users~1%7Bid%7D/get' }
            byPlainReference: { operationRef: '#/paths/~1users~1{id}/get' }
            otherMethod: { operationRef: '#/paths/~1users~1{id}/delete' }
            noOperation: { operationRef: '#/paths/~1users' }
            elsewhere: { operationRef: 'https://example.com/#/paths/~1a/get' }
            behindReference: { operationRef: '#/paths/~1people~1{id}/get' }
            shared: { $ref: '#/components/links/Shared' }
  /users/{id}:
    get:
      operationId: getUser
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: Nothing. } }
  /people/{id}: { $ref: '#/components/pathItems/Person' }
components:
  links:
    Shared: { operationId: getPersons }
  pathItems:
    Person:
      get:
        operationId: getPerson
        parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
        responses: { '204': { description: Nothing. } }
";

#[test]
fn links_lead_to_operations() {
    let listing = pipeline::listing("links", LINKS);
    let told: Vec<_> = listing.lines().filter_map(|it| it.strip_prefix("warning[unresolved-reference]: ")).collect();
    let expected = [
        "no operation has the `operationId` `getUsr`",
        "no operation has the `operationId` `deleteUser`",
        "`#/paths/~1users~1{id}/delete` is no operation",
        "`#/paths/~1users` is no operation",
        "no operation has the `operationId` `getPersons`",
    ];
    assert_eq!(told, expected, "{listing}");
    assert!(listing.contains("one with a similar `operationId` is `getUser`"), "{listing}");
}
