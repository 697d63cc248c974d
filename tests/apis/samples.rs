//! Samples of schemas: what stand-ins answer where the document has no example.

use acceptance::cases::{ExampleCases, sample_cases};
use acceptance::{fixtures, pipeline};
use generated::support::{Direction, Schemas};

/// The samples that their schemas refuse, with the place of each schema.
fn refused(name: &str, text: &str) -> Vec<String> {
    let Some(api) = pipeline::compile(name, text).api else { return vec![format!("{name} is no document")] };
    let ExampleCases { tables, cases } = sample_cases(&api);
    let schemas = Schemas::new(String::leak(tables));
    let refused = cases.iter().filter(|it| !schemas.is_valid(&it.schema, &it.value, Direction::Response));
    refused.map(|it| format!("{name} {}: {}", it.origin.pointer, it.value)).collect()
}

#[test]
fn samples_are_valid() {
    let all: Vec<_> = fixtures::accepted().iter().flat_map(|it| refused(&it.api(), &it.document())).collect();
    assert_eq!(all, [] as [&str; 0], "{}", all.join("\n"));
}

#[test]
fn samples_follow_patterns_lengths_and_bounds() {
    let sample = |schema: &str| {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: A.\n          content: {{ application/json: {{ schema: {schema} }} }}\n"
        );
        let api = pipeline::compile("sample", &text).api.expect("an API");
        let mut cases = sample_cases(&api).cases;
        assert_eq!(refused("sample", &text), [] as [&str; 0]);
        cases.swap_remove(0).value.to_string()
    };
    let cases = [
        ("{ type: string, pattern: '^[a-z]+$' }", r#""example""#),
        ("{ type: string, pattern: '^[A-Z]{2}\\d{4}$' }", r#""AA1111""#),
        ("{ type: string, pattern: '^(GB|FR)-\\d+$', minLength: 8 }", r#""GB-11111""#),
        ("{ type: string, pattern: '^\\p{Lu}', maxLength: 3 }", r#""A""#),
        ("{ type: number, exclusiveMinimum: 0, exclusiveMaximum: 1 }", "0.5"),
        ("{ type: integer, minimum: 10, multipleOf: 7 }", "14"),
        ("{ type: number, minimum: 0.25, multipleOf: 0.1 }", "0.3"),
        ("{ type: integer, maximum: -5 }", "-5"),
        ("{ type: array, contains: { const: 7 }, minContains: 2 }", "[7,7]"),
        ("{ type: array, items: { enum: [a, b, c] }, minItems: 2, uniqueItems: true }", r#"["a","b"]"#),
    ];
    for (schema, expected) in cases {
        assert_eq!(sample(schema), expected, "{schema}");
    }
}

/// A schema of twenty properties, each of that schema again, has 20 to the sixth values six levels down.
#[test]
fn samples_of_schemas_that_refer_to_themselves_can_be_read() {
    let sample = |required: bool| {
        let properties = (0..20).map(|it| format!("p{it}: {{ $ref: '#/components/schemas/A' }}")).collect::<Vec<_>>();
        let names = (0..20).filter(|_| required).map(|it| format!("p{it}")).collect::<Vec<_>>();
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{ /a: {{ get: {{ responses: {{ '200': {{ description: A., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/A' }} }} }} }} }} }} }} }}\ncomponents: {{ schemas: {{ A: {{ type: object, properties: {{ {} }}, required: [{}] }} }} }}\n",
            properties.join(", "),
            names.join(", "),
        );
        let api = pipeline::compile("wide", &text).api.expect("an API");
        sample_cases(&api).cases.swap_remove(0).value
    };
    let readable = sample(false);
    assert_eq!(readable["p19"], serde_json::json!({}));
    assert_eq!(readable.as_object().map(serde_json::Map::len), Some(20));
    // No finite instance has all that must be there.
    assert_eq!(sample(true), serde_json::Value::Null);
}

/// Nor has an array that contains 64 arrays, each of them 64 in turn.
#[test]
fn samples_of_arrays_that_contain_themselves_end() {
    let text = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: { /a: { get: { responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } } } }\ncomponents: { schemas: { A: { type: array, contains: { $ref: '#/components/schemas/A' }, minContains: 64 } } }\n";
    let api = pipeline::compile("deep", text).api.expect("an API");
    assert_eq!(sample_cases(&api).cases.swap_remove(0).value, serde_json::Value::Null);
}
