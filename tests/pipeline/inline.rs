//! Single facts, small enough to be read where they are asserted.

use acceptance::{check_listing, check_models, check_outline, pipeline};

#[test]
fn nullable_and_optional_are_different_types() {
    let fixture = "schemas: { Pet: { type: object, properties: { name: { type: [string, 'null'] } } } }";
    check_models!(fixture, @r#"
    //- models/pet.rs
    support::object! {
        #[derive(Default)]
        pub struct Pet in crate::fixture::SCHEMAS["/components/schemas/Pet"] {
            tristate name with_name(impl Into<String>): String = "name",
        }
        keeps additional_properties: BTreeMap<String, serde_json::Value>,
        holds always,
    }
    "#);
}

#[test]
fn branches_are_called_after_what_they_ask_for_themselves() {
    let fixture = "schemas:
  Base: { type: object, required: [a, b, c], properties: { a: { type: string }, b: { type: string }, c: { type: string } } }
  Either:
    allOf:
      - { $ref: '#/components/schemas/Base' }
      - oneOf:
          - { type: object, required: [x], properties: { x: { type: string } } }
          - { type: object, required: [y], properties: { y: { type: string } } }
";
    let plan = pipeline::plan("fixture", fixture);
    let names: Vec<_> = plan.models.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Base", "Either", "WithX", "WithY"]);
}

#[test]
fn what_the_text_of_an_event_holds_has_an_effect() {
    let document = |kind: &str| {
        format!(
            "openapi: 3.2.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          \
             description: Ok.\n          content:\n            {kind}: {{ itemSchema: {{ type: object, properties: {{ data: \
             {{ type: string, contentMediaType: application/json, contentSchema: {{ type: integer }} }} }} }} }}\n"
        )
    };
    let found = |kind: &str| pipeline::print(&pipeline::compile("fixture", &document(kind)));
    assert!(!found("text/event-stream").contains("content"), "{}", found("text/event-stream"));
    assert!(found("application/jsonl").contains("`contentSchema` has no effect"));
}

#[test]
fn an_integer_or_a_text_of_kubernetes_is_either() {
    let document = "openapi: 3.0.3\nschemas:\n  Port: { type: string, format: int-or-string, nullable: true }\n  \
                    Share: { x-kubernetes-int-or-string: true }\n";
    check_outline!(document, @"
    Fixture 1

    schemas
      Port: null|integer|string
      Share: integer|string
    ");
    let by_the_letter = document.replace("schemas:", "x-implied-types: false\nschemas:");
    assert!(pipeline::outline("fixture", &by_the_letter).contains("Port: null|string <int-or-string>"));
}

#[test]
fn null_that_an_enumeration_lists_is_meant_unless_it_is_ruled_out() {
    let outline = |more: &str| {
        let document =
            format!("openapi: 3.0.3\n{more}schemas:\n  State: {{ type: string, enum: [open, shut, null] }}\n");
        pipeline::outline("fixture", &document)
    };
    assert!(outline("").contains("State: null|string"), "{}", outline(""));
    assert!(!outline("x-implied-types: false\n").contains("null|string"));
    let ruled_out = "openapi: 3.0.3\nschemas:\n  State: { type: string, nullable: false, enum: [open, shut, null] }\n";
    assert!(!pipeline::outline("fixture", ruled_out).contains("null|string"));
}

#[test]
fn versions_agree_on_null() {
    let old = "openapi: 3.0.3\nschemas:\n  A: { type: string, nullable: true }";
    let new = "openapi: 3.1.0\nschemas:\n  A: { type: [string, 'null'] }";
    assert_eq!(pipeline::outline("fixture", old), pipeline::outline("fixture", new));
    check_outline!(new, @"
    Fixture 1

    schemas
      A: null|string
    ");
}

#[test]
fn a_fragment_keeps_its_lines() {
    check_listing!("# A comment.\nschemas:\n  A: { type: text }\n", @"
    warning[invalid-keyword]: `type` must be one of `null`, `boolean`, `object`, `array`, `number`, `string`, `integer`, or a sequence, and this is `text`
     --> fixture.yaml:3:16
      |
    3 |     A: { type: text }
      |                ^^^^
      |
      = note: left out: the keyword `type` (client and server)

    1 warning
    ");
}

#[test]
fn an_operation_that_is_called_as_a_security_scheme_has_another_name_with_a_note() {
    let operation = |id: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    \
             get: {{ operationId: {id}, security: [{{ session: [] }}], responses: {{ '204': {{ description: Done. }} }} }}\n\
             components: {{ securitySchemes: {{ session: {{ type: http, scheme: bearer }} }} }}\n"
        )
    };
    check_listing!(&operation("session"), @"
    note[name-clash]: the operation `session` and the security scheme `session` would have one name, so the operation is `session_xa457d7`
     --> fixture.yaml:5:5
      |
    5 |     get: { operationId: session, security: [{ session: [] }], responses: { '204': { description: Done. } } }
      |     ^^^
      |
      = help: `x-rust-name` gives the operation a name of its own

    1 note
    ");
    check_listing!(&operation("getSession"), @"");
}

/// The crate has features of its own; an API of that name gets another one.
#[test]
fn no_api_takes_a_feature_of_the_crate() {
    let document = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n\
        paths: { /a: { get: { operationId: a, responses: { '204': { description: Done. } } } } }\n";
    let features = |name: &str| {
        let files = pipeline::generate(name, document);
        let manifest = files.get("Cargo.toml").expect("a manifest").to_owned();
        let (_, features) = manifest.split_once("[features]\n").expect("features");
        let (features, _) = features.split_once("\n[").expect("what follows them");
        features.lines().filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect::<Vec<_>>()
    };
    let own: Vec<_> = features("other").into_iter().filter(|it| it != "other").collect();
    let tls = ["rustls", "rustls-ring", "rustls-graviola", "native-tls"];
    let wanted =
        [&["default", "client", "server", "reqwest"], &tls[..], &["gzip", "blocking", "browser", "stand-in"]].concat();
    assert_eq!(own, wanted);
    for name in own {
        let count = features(&name).iter().filter(|it| **it == name).count();
        assert_eq!(count, 1, "the feature `{name}` stands more than once");
    }
}

/// What a document gives an operation alone is where people look for it.
#[test]
fn an_operation_names_the_servers_that_it_has_alone() {
    let document = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\nservers: [{ url: 'https://a.example' }]\n\
        paths: { /a: { get: { operationId: a, servers: [{ url: 'https://b.example' }, { url: '/c`' }], \
        responses: { '204': { description: Done. } } } } }\n";
    assert!(pipeline::outline("fixture", document).contains("    servers https://b.example, /c`\n"));
    let files = pipeline::generate("fixture", document);
    let operation = files.get("src/fixture/operations/a.rs").expect("the operation");
    assert!(operation.contains("The document has it at `https://b.example` or `/c'`: "), "{operation}");
    assert!(operation.contains("#[cfg(feature = \"client\")]\npub const SERVERS: "), "{operation}");
    // Those of the document are said once.
    let files = pipeline::generate(
        "fixture",
        &document.replace("servers: [{ url: 'https://b.example' }, { url: '/c`' }], ", ""),
    );
    assert!(!files.get("src/fixture/operations/a.rs").expect("the operation").contains("SERVERS"));
}

/// A keyword of an older draft, which documents of 3.1 have.
#[test]
fn what_is_recursive_is_the_nearest_schema_that_says_so() {
    let fixture = "schemas:
  Filter:
    $recursiveAnchor: true
    type: object
    required: [filters]
    properties:
      filters: { type: array, items: { oneOf: [{ type: string }, { $recursiveRef: '#' }] } }
  Outer: { type: object, properties: { inner: { type: object, properties: { outer: { $recursiveRef: '#' } } } } }
";
    check_outline!(fixture, @"
    Fixture 1

    schemas
      Filter: object
        filters*: array of any oneOf(string | Filter)
      Outer: object
        inner: object
          outer: Outer
    ");
}

#[test]
fn a_duration_of_iso_8601_is_one_where_a_default_says_so() {
    let document = |default: &str| {
        format!(
            "openapi: 3.1.0\nschemas:\n  Wait: {{ type: string, format: duration, default: 30s }}\n  \
             Other: {{ type: string, format: duration, default: {default} }}\n"
        )
    };
    let outline = |default: &str| pipeline::outline("fixture", &document(default));
    assert!(outline("PT5M").contains("duration"), "{}", outline("PT5M"));
    assert!(!outline("5m").contains("duration"), "{}", outline("5m"));
}
