//! Schemas whose every level names the next one several times: what is looked at once for each way takes for ever.

use std::fmt::Write as _;

use acceptance::pipeline;
use specwright::diagnostics::Severity;

const LEVELS: usize = 60;

/// Two towers of objects that say the same, and one of unions and references that are wrapped.
fn towers() -> String {
    let mut text = r##"
openapi: 3.1.0
info: { title: Towers, version: '1' }
paths:
  /towers:
    get:
      responses:
        '200':
          description: They.
          content:
            text/plain: { schema: { $ref: "#/components/schemas/A0" } }
            application/json: { schema: { $ref: "#/components/schemas/B0" } }
            application/vnd.wrapped+json: { schema: { type: object, allOf: [{ $ref: "#/components/schemas/C0" }] } }
components:
  schemas:
"##
    .to_owned();
    let schema = |letter: char, level: usize| format!("{{ $ref: '#/components/schemas/{letter}{level}' }}");
    for level in 0..LEVELS {
        for letter in ['A', 'B'] {
            let next = schema(letter, level + 1);
            let properties: Vec<_> = (0..8).map(|name| format!("p{name}: {next}")).collect();
            let _ =
                writeln!(text, "    {letter}{level}: {{ type: object, properties: {{ {} }} }}", properties.join(", "));
        }
        let next = schema('C', level + 1);
        let all = format!("{{ type: object, allOf: [{next}] }}");
        let _ = writeln!(text, "    C{level}: {{ anyOf: [{all}, {{ type: object, anyOf: [{next}] }}] }}");
    }
    for letter in ['A', 'B', 'C'] {
        let _ = writeln!(text, "    {letter}{LEVELS}: {{ type: object }}");
    }
    text
}

#[test]
fn what_fans_out_is_looked_at_once() {
    let files = pipeline::generate("towers", &towers());
    assert!(files.get("src/towers/models/a59.rs").is_some());
}

/// A chain of schemas without a type, and as many that hold all of it and say what it cannot be.
fn chain(beside: &str) -> String {
    const LINKS: usize = 2 * LEVELS;
    let mut text = "openapi: 3.1.0\ninfo: { title: Chain, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    \
        A0: { properties: { id: { type: string } } }\n"
        .to_owned();
    for link in 1..LINKS {
        let _ = writeln!(text, "    A{link}: {{ allOf: [{{ $ref: '#/components/schemas/A{}' }}] }}", link - 1);
    }
    for whole in 0..LINKS {
        let last = LINKS - 1;
        let _ = writeln!(text, "    B{whole}: {{ allOf: [{{ $ref: '#/components/schemas/A{last}' }}, {beside}] }}");
    }
    text
}

#[test]
fn what_many_wholes_have_is_copied_in_bounds() {
    let schemas = |beside: &str| pipeline::compile("chain", &chain(beside)).api.expect("an API").schemas.len();
    // One copy of each link serves all.
    let once = schemas("{ type: array, items: { type: string } }");
    assert!(once < 1_500, "{once}");
    // Each has copies of its own, as long as they are not too many.
    let all = schemas("{ type: object, properties: { id: { type: integer } } }");
    assert!((5_000..11_000).contains(&all), "{all}");
}

#[test]
fn what_a_short_text_makes_too_many_parts_of_is_refused() {
    const MANY: usize = 1_100;
    let parts = vec!["{ minProperties: 1 }"; MANY].join(", ");
    let mut text = format!(
        "openapi: 3.1.0\ninfo: {{ title: Wholes, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    \
         Base: {{ allOf: [{parts}] }}\n"
    );
    for whole in 0..MANY {
        let _ = writeln!(text, "    B{whole}: {{ allOf: [{{ $ref: '#/components/schemas/Base' }}] }}");
    }
    let compiled = pipeline::compile("wholes", &text);
    assert!(compiled.plan.is_none());
    let errors: Vec<_> = compiled.diagnostics.iter().filter(|it| it.severity == Severity::Error).collect();
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    assert!(error.message.starts_with("references and `allOf` make more than 2000000 parts"), "{}", error.message);
}

/// Levels of unions whose branches all name the next one, each in other bounds.
fn fan(levels: usize) -> String {
    let mut text = r##"
openapi: 3.1.0
info: { title: Fan, version: '1' }
paths:
  /fan:
    post:
      operationId: fan
      parameters: [{ name: f, in: query, style: deepObject, explode: true, schema: { $ref: "#/components/schemas/F0" } }]
      requestBody:
        content:
          multipart/form-data: { schema: { type: object, properties: { f: { $ref: "#/components/schemas/F0" } } } }
          application/x-www-form-urlencoded: { schema: { type: object, properties: { g: { $ref: "#/components/schemas/F0" } } } }
      responses: { '204': { description: Done. } }
components:
  schemas:
"##
    .to_owned();
    for level in 0..levels {
        let branch = |it| format!("{{ $ref: '#/components/schemas/F{}', maxLength: {} }}", level + 1, 100 * level + it);
        let branches: Vec<_> = (0..12).map(branch).collect();
        let _ = writeln!(text, "    F{level}: {{ oneOf: [{}] }}", branches.join(", "));
    }
    let _ = writeln!(text, "    F{levels}: {{ type: string, format: binary }}");
    text
}

#[test]
fn shapes_and_files_have_an_end() {
    let part = |levels| {
        let files = pipeline::generate("fan", &fan(levels));
        let operation = files.get("src/fan/operations/fan.rs").expect("the operation");
        operation.contains("\"f\": file,")
    };
    assert!(part(2) && part(7), "a union of files is a file, however many ways lead to it");
    assert!(!part(12), "what is too deep is not looked at");
}
