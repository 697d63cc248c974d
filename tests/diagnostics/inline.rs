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
