//! The listings themselves: what reaches a terminal, what reaches a tool.

use insta::assert_snapshot;
use specwright::document::NoFiles;
use specwright::listing::{Style, render, to_json};

use crate::harness::{listing, run, schemas};

#[test]
fn control_characters_never_reach_a_terminal() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n\"bad\\e[31m\\u202e\": 1\n'raw \u{1b}[2J\u{202e}': 2\n";
    let (result, diagnostics) = run(text, &NoFiles);
    let sources = result.map_or_else(|sources| sources, |document| document.sources);
    let plain = render(&diagnostics, &sources, Style::Plain);
    assert!(!plain.contains(['\u{1b}', '\u{202e}']), "{plain:?}");
    let colored = render(&diagnostics, &sources, Style::Color);
    assert!(!colored.contains("\u{1b}[31m\u{202e}") && !colored.contains("\u{1b}[2J"), "{colored:?}");
}

#[test]
fn long_lines_are_cut_and_keep_their_columns() {
    let filler = "abcdefghij".repeat(100);
    let text = format!(
        "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"{filler}\", \"version\": 1, \"license\": \"{filler}\"}}, \"paths\": {{}}}}"
    );
    assert_snapshot!("long_line", listing(&text));
    let minified = format!(
        "{{\"openapi\": \"3.1.0\", \"x-a\": \"{}\", \"info\": {{\"title\": 1, \"version\": \"1\"}}, \"paths\": {{}}}}",
        "é".repeat(30_000)
    );
    assert_snapshot!("minified", listing(&minified));
}

#[test]
fn columns_count_characters() {
    assert_snapshot!("columns", listing(&schemas("Ä: {description: 'ä€𝄞', minLength: äö}")));
}

#[test]
fn tools_get_json() {
    let text = schemas("A: {$ref: '#/components/schemas/B'}\nBC: {minLenght: 1}");
    let (result, diagnostics) = run(&text, &NoFiles);
    assert_snapshot!("tools", format!("{:#}", to_json(&diagnostics, &result.unwrap().sources)));
}

#[test]
fn many_findings_are_cut_short_and_counted() {
    let keys: String = (0..1_500).map(|key| format!("k{key}: 1\n")).collect();
    let text = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n{keys}");
    let (result, mut diagnostics) = run(&text, &NoFiles);
    let sources = result.unwrap().sources;
    let drawn = render(&diagnostics, &sources, Style::Plain);
    // Nobody has to look for what else it is about.
    let others = "and in 1499 more places, where it is `k1`, `k10`, `k100`, `k1000`, `k1001` or 1494 others";
    assert!(drawn.contains(others) && drawn.ends_with("\n1500 warnings\n"), "{drawn}");
    // Each error has its own place.
    diagnostics.harden();
    let drawn = render(&diagnostics, &sources, Style::Plain);
    assert!(drawn.ends_with("500 more are not shown\n\n1500 errors\n"), "{}", &drawn[drawn.len() - 200..]);
}
