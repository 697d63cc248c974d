//! Schemas whose every level names the next one several times: what is looked at once for each way takes for ever.

use std::fmt::Write as _;

use acceptance::pipeline;

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
