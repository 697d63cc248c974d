//! No text panics, hangs or overflows the stack.

use proptest::prelude::*;
use specwright::listing::{Style, render, to_json};

use crate::harness::{listing, run, schemas};
use specwright::document::NoFiles;

/// Text with a good chance of meaning something to YAML or JSON.
fn fragment() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "openapi: 3.1.0\n",
        "openapi: 3.0.3\n",
        "info: ",
        "paths:\n",
        "components:\n",
        "schemas:\n",
        "  ",
        "    ",
        "\n",
        "- ",
        ": ",
        "? ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "'",
        "\"",
        "|\n",
        ">-\n",
        "&a ",
        "*a",
        "<<: ",
        "!!str ",
        "!x ",
        "---\n",
        "...\n",
        "# c\n",
        "$ref: ",
        "'#/components/schemas/A'",
        "A",
        "allOf: ",
        "type: ",
        "object",
        "null",
        "~",
        "true",
        "1.5",
        "1e999",
        "0x1F",
        "010",
        ".inf",
        "é",
        "\u{feff}",
        "\t",
        "\r\n",
        "\\",
        "\u{0}",
        "%41",
        "get: ",
        "responses: ",
        "200: ",
        "in: query\n",
    ])
    .prop_map(str::to_owned);
    prop_oneof![8 => words, 1 => any::<String>()]
}

fn survives(text: &str) {
    let (result, diagnostics) = run(text, &NoFiles);
    let sources = result.map_or_else(|sources| sources, |document| document.sources);
    render(&diagnostics, &sources, Style::Plain);
    to_json(&diagnostics, &sources);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(parts in prop::collection::vec(fragment(), 0..60)) {
        survives(&parts.concat());
    }

    #[test]
    fn no_schema_panics(parts in prop::collection::vec(fragment(), 0..30)) {
        survives(&schemas(&format!("A: {}", parts.concat())));
    }

    #[test]
    fn no_json_panics(parts in prop::collection::vec(fragment(), 0..40)) {
        survives(&format!("{{\"openapi\": \"3.1.0\", \"paths\": {}", parts.concat()));
    }

    #[test]
    fn no_cut_panics(cut in 0_usize..400) {
        let text = schemas("A: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}, é: \"x\\u0041\"}");
        let cut = text.char_indices().map(|(start, _)| start).nth(cut).unwrap_or(text.len());
        survives(&text[..cut]);
        survives(&text[cut..]);
    }
}

#[test]
fn schemas_may_be_as_deep_as_documents() {
    let mut schema = "{type: string}".to_owned();
    for _ in 0..55 {
        schema = format!("{{properties: {{a: {schema}}}}}");
    }
    assert_eq!(listing(&schemas(&format!("A: {schema}"))), "");
}

#[test]
fn long_chains_are_no_deep_recursion() {
    let chain: String =
        (0..20_000).map(|link| format!("A{link}: {{$ref: '#/components/schemas/A{}'}}\n", link + 1)).collect();
    assert_eq!(listing(&schemas(&format!("{chain}A20000: {{}}"))), "");
    let ring = listing(&schemas(&format!("{chain}A20000: {{$ref: '#/components/schemas/A0'}}")));
    assert!(ring.starts_with("warning[reference-cycle]") && ring.ends_with("1 warning\n"));
}
