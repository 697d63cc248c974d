//! Large documents, whose parts are looked at side by side: they say what small ones say, in the same order.

use std::collections::BTreeMap;

use specwright::diagnostics::Diagnostics;
use specwright::ir::Api;
use specwright::lower::lower;

use crate::harness::{document, listing, run, value};

/// So many that paths are checked, and schemas lowered, in parts.
const MANY: usize = 1200;

/// A document of schemas, each on a line of its own.
fn with_schemas(schemas: impl Iterator<Item = String>) -> String {
    let lines: String = schemas.map(|line| format!("    {line}\n")).collect();
    format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{lines}")
}

/// A schema with others in it, one of which refers to what another schema has inside.
fn schema(idx: usize, to: usize) -> String {
    let bound = format!("{{$ref: '#/components/schemas/S{to}/properties/list'}}");
    format!(
        "S{idx}: {{type: object, properties: {{list: {{type: array, items: {{type: string, maxLength: {idx}}}}}, bound: {bound}}}}}"
    )
}

/// The pointers of all schemas, in the order of their numbers, and what each says, with pointers for numbers.
fn lowered(text: &str) -> (Vec<String>, BTreeMap<String, String>, Diagnostics) {
    let (document, mut diagnostics) = run(text, &specwright::document::NoFiles);
    let api = lower(&document.expect("a document"), &mut diagnostics);
    let pointer = |id| api.schemas[id].origin.pointer.as_str().to_owned();
    let order: Vec<String> = api.schemas.iter().map(|(id, _)| pointer(id)).collect();
    for (id, schema) in api.schemas.iter() {
        assert_eq!(api.schemas.find(&schema.origin), Some(id));
    }
    let said = api.schemas.iter().map(|(id, _)| (pointer(id), said(&api, id))).collect();
    (order, said, diagnostics)
}

fn said(api: &Api, id: specwright::ir::SchemaId) -> String {
    let schema = &api.schemas[id];
    let children: Vec<_> = schema.children().map(|it| api.schemas[it].origin.pointer.as_str()).collect();
    let (types, arrays, strings) = (schema.types, &schema.arrays.max_items, &schema.strings);
    let names: Vec<_> = schema.objects.properties.keys().collect();
    format!("{types:?} {arrays:?} {strings:?} {names:?} {children:?} {:?}", schema.annotations)
}

/// The order in which schemas get their numbers: all of `components`, then what is inside, from the last one on.
fn in_order(first_inside: &[&str], to: impl Fn(usize) -> usize) -> Vec<String> {
    let place = |idx: usize, rest: &str| format!("/components/schemas/S{idx}{rest}");
    let mut order: Vec<String> = (0..MANY).map(|idx| place(idx, "")).collect();
    let met = |all: &mut Vec<String>, one: String| {
        if !all.contains(&one) {
            all.push(one);
        }
    };
    for idx in (0..MANY).rev() {
        for rest in first_inside {
            met(&mut order, place(idx, rest));
        }
        // The last one is read first: what `bound` refers to, and then what is inside of `list`.
        met(&mut order, place(to(idx), "/properties/list"));
        met(&mut order, place(to(idx), "/properties/list/items"));
        met(&mut order, place(idx, "/properties/list/items"));
    }
    order
}

#[test]
fn schemas_of_a_large_document_have_the_numbers_that_one_walk_gives_them() {
    let inside = ["/properties/list", "/properties/bound"];
    // Each refers to itself, so that no part needs what another one has; or to one that another part has as well.
    for (to, name) in
        [(None, "itself"), (Some(0), "the first"), (Some(MANY - 1), "the last"), (Some(MANY / 2), "one between")]
    {
        let to = |idx: usize| to.unwrap_or(idx);
        let (order, said, diagnostics) = lowered(&with_schemas((0..MANY).map(|idx| schema(idx, to(idx)))));
        assert!(diagnostics.is_empty());
        let expected = in_order(&inside, to);
        assert_eq!(order.len(), expected.len(), "{name}");
        assert!(order == expected, "{name}: {:?}", order.iter().zip(&expected).find(|(one, other)| one != other));
        // What a schema says does not depend on how many there are.
        for idx in [0, 1, MANY / 2, MANY - 1] {
            let few = lowered(&with_schemas(
                [idx, to(idx)].into_iter().take(if to(idx) == idx { 1 } else { 2 }).map(|it| schema(it, to(it))),
            ))
            .1;
            for (pointer, small) in few.iter().filter(|(pointer, _)| pointer.contains(&format!("/S{idx}/"))) {
                assert_eq!(said.get(pointer), Some(small), "{name}: {pointer}");
            }
        }
    }
}

#[test]
fn what_is_found_in_the_parts_of_a_large_document_has_the_order_of_one_walk() {
    // The pattern is one that no engine can be made of.
    let (_, _, found) =
        lowered(&with_schemas((0..MANY).map(|idx| format!("S{idx}: {{pattern: '(', uniqueItems: 'true'}}"))));
    let places: Vec<_> = found.iter().map(|it| it.origin.pointer.as_str().to_owned()).collect();
    let checked = places.iter().filter(|it| it.ends_with("/uniqueItems")).cloned().collect::<Vec<_>>();
    let patterns = places.iter().filter(|it| it.ends_with("/pattern")).cloned().collect::<Vec<_>>();
    assert_eq!(checked, (0..MANY).map(|idx| format!("/components/schemas/S{idx}/uniqueItems")).collect::<Vec<_>>());
    assert_eq!(patterns, (0..MANY).rev().map(|idx| format!("/components/schemas/S{idx}/pattern")).collect::<Vec<_>>());
    assert_eq!(places.len(), 2 * MANY);
}

#[test]
fn patterns_that_make_large_engines_are_counted_for_the_whole_document() {
    // A part takes none of them, and is looked at again.
    let large = |idx: usize| format!("S{idx}: {{type: string, pattern: '^\\w{{{},3000}}$'}}", 1000 + idx);
    let few = |idx: usize| idx == 0 || idx == MANY - 1;
    let text =
        with_schemas((0..MANY).map(|idx| if few(idx) { large(idx) } else { format!("S{idx}: {{type: string}}") }));
    let (_, said, found) = lowered(&text);
    assert!(found.is_empty(), "{:?}", found.iter().next());
    assert!(said["/components/schemas/S0"].contains("{1000,") && said["/components/schemas/S1199"].contains("{2199,"));
}

#[test]
fn paths_of_a_large_document_are_checked_as_those_of_a_small_one() {
    let path = |idx: usize| {
        let schema =
            format!("{{$id: 'https://example.com/s{idx}', $defs: {{a: {{type: string}}}}, $ref: '#/$defs/a'}}");
        let content = format!("{{application/json: {{schema: {schema}}}}}");
        let responses = format!("{{'200': {{description: {idx}, content: {content}}}}}");
        format!("  /p{idx}:\n    get: {{deprecated: 'true', sumary: s, responses: {responses}}}\n")
    };
    let text = |paths: &mut dyn Iterator<Item = usize>| {
        let paths: String = paths.map(path).collect();
        format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}")
    };
    let (result, found) = run(&text(&mut (0..MANY)), &specwright::document::NoFiles);
    let large = result.expect("a document");
    let messages = |found: &Diagnostics| -> Vec<String> { found.iter().map(|it| it.message.clone()).collect() };
    let one = messages(&run(&text(&mut std::iter::once(7)), &specwright::document::NoFiles).1);
    assert_eq!(one.len(), 3, "{one:?}");
    let expected: Vec<_> =
        (0..MANY).flat_map(|idx| one.iter().map(move |it| it.replace("is `7`", &format!("is `{idx}`")))).collect();
    assert_eq!(messages(&found), expected);
    // What is repaired is repaired, and references start from the `$id` around them.
    assert_eq!(shown(value(&large, "/paths/~1p900/get/deprecated")), "Bool(true)");
    let reference = crate::harness::origin("/paths/~1p900/get/responses/200/content/application~1json/schema/$ref");
    let target = large.target(&reference).expect("a target");
    assert!(target.pointer.as_str().ends_with("/~1p900/get/responses/200/content/application~1json/schema/$defs/a"));
}

fn shown(value: &specwright::source::Value) -> String {
    format!("{value:?}")
}

#[test]
fn a_large_text_in_json_is_read_as_a_small_one() {
    let member = |idx: usize| format!("\"m{idx}\": [\"\\u00e9\\n{idx}\", {idx}, {{\"k\\\"\": null}}, true]");
    let members: Vec<_> = (0..40_000).map(member).collect();
    let text = |between: &str| {
        let values = members.join(between);
        format!(
            "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"paths\": {{}}, \"x-v\": {{{values}}}}}"
        )
    };
    // In two halves, and where no line ends in one.
    for between in [",\n", ", "] {
        let large = document(&text(between));
        for idx in [0, 1, 19_999, 20_000, 20_001, 39_999] {
            let expected =
                format!("[String(\"é\\n{idx}\"), Number(Number(\"{idx}\")), Object({{\"k\\\"\": Null}}), Bool(true)]");
            assert_eq!(shown(value(&large, &format!("/x-v/m{idx}"))), format!("Array({expected})"));
        }
    }
    // A line break within a string is told where it stands, in whichever half.
    for idx in [10, 39_990] {
        let broken = text(",\n").replace(&format!("\\n{idx}\""), &format!("\n{idx}\""));
        let small = "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"T\", \"version\": \"1\"}, \"paths\": {}, \"x-v\": \"a\nb\"}";
        let first = |text: &str| listing(text).lines().next().map(str::to_owned);
        assert_eq!(first(&broken), first(small));
        assert!(listing(&broken).contains(&format!("api.json:{}:", idx + 1)), "{}", listing(&broken));
    }
}

/// A long text in YAML with something before the line in its middle that starts with a key, and something behind it.
///
/// Keys in quotes are the same to everybody but whoever looks for a place to divide the text at.
fn long_yaml(before: &str, behind: &str, quote: &str) -> String {
    let filling =
        |at: char| -> String { (0..2000).map(|idx| format!("  {at}{idx}: [\"é{idx}\", {idx}]\n")).collect() };
    let key = |name: &str| format!("{quote}{name}{quote}");
    let parts = [
        format!("{}: 3.1.0\n{}: {{title: T, version: '1'}}\n{}: {{}}\n", key("openapi"), key("info"), key("paths")),
        format!("{}:\n{}{before}", key("x-before"), filling('a')),
        format!("{}:\n{}{behind}", key("x-behind"), filling('b')),
        format!("{}:\n  schemas:\n    A: {{uniqueItems: 'true'}} # é\n", key("components")),
    ];
    parts.concat()
}

#[test]
fn a_long_text_in_yaml_is_read_as_a_short_one() {
    let cases = [
        ("", ""),
        ("# a comment\n\n   # and another\n", "  c: &c {k: v} # an anchor\n"),
        ("  c: |+\n    kept\n\n\n", "  c: >-\n    folded\n    to one\n"),
        ("  c:\n", "  c: |\n    é\n\n"),
        ("  c: &c [1]\n", "  c: *c\n"),
        ("  c: &c {k: v}\n", "  c: {<<: *c}\n"),
        ("", "  c: !!str 1\n"),
        ("  c: \"over the seam\n", "  c: 1\nend: \"\n"),
        ("  c: 'a\nkey: b'\n", "  c: 'a\nkey: b'\n"),
        ("  c: [1,\nkey, 2]\n", "  c: {k: v,\nkey: v}\n"),
        ("- a\n", ""),
        ("...\n", ""),
        ("---\n", "---\n"),
        ("  c: 1\n d: 2\n", ""),
        ("\t- c\n", "  c: }\n"),
    ];
    for (before, behind) in cases {
        let (divided, whole) = (long_yaml(before, behind, ""), long_yaml(before, behind, "'"));
        let read = |text: &str| run(text, &specwright::document::NoFiles);
        let ((one, found), (other, expected)) = (read(&divided), read(&whole));
        assert_eq!(one.is_ok(), other.is_ok(), "{before:?} {behind:?}");
        if let (Ok(one), Ok(other)) = (one, other) {
            assert_eq!(shown(value(&one, "")), shown(value(&other, "")), "{before:?} {behind:?}");
        }
        let told = |found: &Diagnostics| -> Vec<_> {
            found.iter().map(|it| (it.message.clone(), it.origin.pointer.as_str().to_owned())).collect()
        };
        assert_eq!(told(&found), told(&expected), "{before:?} {behind:?}");
        // What is drawn has no key of the outermost mapping in it, unless that is what is wrong.
        if before.is_empty() {
            assert_eq!(listing(&divided), listing(&whole), "{behind:?}");
        }
    }
}

/// A path whose operation has a parameter that all share, a body of its own, and a schema that some share.
fn operation(idx: usize, more: &str) -> String {
    let shared = idx % 7;
    let content = |schema: &str| format!("content: {{application/json: {{schema: {schema}}}}}");
    let body = content(&format!("{{type: array, maxItems: {idx}}}"));
    let answered = content(&format!("{{$ref: '#/components/responses/R{shared}/content/application~1json/schema'}}"));
    let parameters = "[{$ref: '#/components/parameters/p'}, {name: q, in: query, schema: {type: string}}]";
    format!(
        "  /p{idx}:\n    post:\n      operationId: op{idx}\n      parameters: {parameters}\n      requestBody: {{{body}}}\n      responses: {{'200': {{$ref: '#/components/responses/R{shared}'}}, '201': {{description: d, {answered}}}}}\n{more}"
    )
}

#[test]
fn operations_of_a_large_document_are_those_of_one_walk() {
    const PATHS: usize = 300;
    let responses: String = (0..7)
        .map(|idx| {
            format!(
                "    R{idx}: {{description: d, headers: {{H: {{schema: {{type: integer}}}}}}, content: {{application/json: {{schema: {{type: object, maxProperties: {idx}}}}}}}}}\n"
            )
        })
        .collect();
    let callback = "      callbacks: {c: {'{$request.body#/url}': {post: {responses: {'200': {description: d}}}}}}\n";
    let unknown = "      security: [{missing: []}]\n";
    let broken = "      tags: 5\n";
    // Parts that are whole, and some that are lowered again.
    for more in ["", callback, unknown, broken] {
        let paths: String =
            (0..PATHS).map(|idx| operation(idx, if [80, 299].contains(&idx) { more } else { "" })).collect();
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}components:\n  schemas: {{A: {{type: string}}}}\n  parameters: {{p: {{name: p, in: query, schema: {{type: boolean}}}}}}\n  responses:\n{responses}"
        );
        let (document, mut diagnostics) = run(&text, &specwright::document::NoFiles);
        let api = lower(&document.expect("a document"), &mut diagnostics);
        let pointer = |id| api.schemas[id].origin.pointer.as_str().to_owned();
        let media = "/content/application~1json/schema";
        let mut expected = vec!["/components/schemas/A".to_owned()];
        let mut met = |one: String| {
            if !expected.contains(&one) {
                expected.push(one);
            }
        };
        assert_eq!(api.operations.len(), PATHS, "{more}");
        for (idx, operation) in api.operations.iter().enumerate() {
            let (place, shared) = (format!("/paths/~1p{idx}/post"), format!("/components/responses/R{}", idx % 7));
            let (asked, sent) = (&operation.parameters, operation.body.as_ref().expect("a body"));
            let pointers = [
                pointer(asked[0].schema),
                pointer(asked[1].schema),
                pointer(sent.content[0].schema.expect("a schema")),
                pointer(operation.responses[0].headers[0].schema),
                pointer(operation.responses[0].content[0].schema.expect("a schema")),
                pointer(operation.responses[1].content[0].schema.expect("a schema")),
            ];
            let places = [
                "/components/parameters/p/schema".to_owned(),
                format!("{place}/parameters/1/schema"),
                format!("{place}/requestBody{media}"),
                format!("{shared}/headers/H/schema"),
                format!("{shared}{media}"),
                format!("{place}/responses/201{media}"),
            ];
            assert_eq!(pointers, places, "{more}");
            places.into_iter().for_each(&mut met);
        }
        let order: Vec<_> = api.schemas.iter().map(|(id, _)| pointer(id)).collect();
        assert_eq!(order, expected, "{more}");
        assert_eq!(api.webhooks.len(), if more == callback { 2 } else { 0 });
        assert_eq!(api.security_schemes.len(), usize::from(more == unknown));
    }
}
