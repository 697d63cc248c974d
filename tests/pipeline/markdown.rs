//! What rustdoc sees of a description, by the parser that rustdoc has: no markup that acts, no code that runs.

use acceptance::pipeline;
use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use specwright::render::{CrateOptions, Delivery, Origin, render};

/// Pieces that mean something to Markdown or to HTML.
const PIECES: &[&str] = &[
    "word",
    " ",
    "  ",
    "    ",
    "\n",
    "\n\n",
    "\t",
    "```",
    "```rust\n",
    "~~~~",
    "~~~ no_run\n",
    "`",
    "``",
    "- ",
    "* ",
    "12. ",
    "> ",
    "# ",
    "<b>",
    "</b>",
    "<p>",
    "<br/>",
    "<ul>",
    "<li>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<h2>",
    "<a href=\"https://a.example/b\">",
    "<a href='javascript:a'>",
    "</a>",
    "<script>",
    "<!-- ",
    "-->",
    "<?",
    "<![CDATA[",
    "[a]",
    "(https://a.example/b)",
    "(javascript:a)",
    "[a]: javascript:b",
    "![",
    "https://a.example/<b>",
    "<https://a.example>",
    "<javascript:a>",
    "\\",
    "&lt;",
    "|",
    "---",
    "===",
    "*",
    "_",
    "]",
    ")",
];

/// The documentation of a module whose document has this description.
fn documentation(description: &str) -> String {
    let title = serde_json::json!({ "title": "T", "version": "1", "description": description });
    let text = format!(r#"{{"openapi": "3.1.0", "info": {title}, "paths": {{}}}}"#);
    let runtime = Delivery::Depend(Origin::Registry);
    let options = CrateOptions { runtime, ..pipeline::options() };
    let files = render(&[pipeline::plan("sample", &text)], &options).expect("a crate");
    let (_, module) = files.iter().find(|(path, _)| path.ends_with("src/sample/mod.rs")).expect("its module");
    let lines = module.lines().filter_map(|line| line.strip_prefix("//!"));
    lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// What is wrong with an event.
fn fault(event: &Event<'_>) -> Option<String> {
    let is_web = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(format!("HTML: {text}")),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some("a block that rustdoc runs".to_owned()),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words))) if &**words != "text" => {
            Some(format!("a block in `{words}`"))
        }
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) if !is_web(dest_url) => {
            Some(format!("a link to `{dest_url}`"))
        }
        _ => None,
    }
}

fn check(description: &str) -> Result<(), TestCaseError> {
    let documentation = documentation(description);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let fault = Parser::new_ext(&documentation, options).find_map(|event| fault(&event));
    prop_assert!(fault.is_none(), "{fault:?} in\n{documentation}\nof\n{description}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_description_acts(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14)) {
        check(&pieces.concat())?;
    }
}

#[test]
fn the_parser_finds_what_acts() {
    for text in ["<b>", "a <b>", "```rust\nx\n```", "    x", "[a](b)", "![a](javascript:b)", "~~~\n~~~"] {
        assert!(Parser::new(text).any(|event| fault(&event).is_some()), "{text}");
    }
}

#[test]
fn items_are_as_wide_as_rustdoc_takes_them_for_and_links_may_go_on_in_the_next_line() {
    let description = "About:\n\n*   one [two\n    three](https://a.example/b) is\n    four\n1.    five\nsix\n\nSee [it\nall][x] and [the `code\nof` it](https://a.example/c).";
    let documentation = documentation(description);
    let expected = "* one [two three](https://a.example/b) is\n  four\n1. five\n   six\n\nSee \\[it\nall]\\[x] and [the `code of` it](https://a.example/c).";
    assert!(documentation.contains(expected), "{documentation}");
}

#[test]
fn html_becomes_the_markdown_that_it_stands_for() {
    for (description, expected) in [
        ("<p>One.</p>\n<p>Two <em>three</em>.</p>", "One.\n\nTwo *three*."),
        ("One<br/>two<br>three", "One\n\ntwo\n\nthree"),
        ("<b> One</b>: two", "**One**: two"),
        ("Less <<b>one</b>", "Less &lt;**one**"),
        ("Of <code>a &lt; b</code> and <code>`c`</code>.", "Of `a < b` and `` `c` ``."),
        (
            "See <a target='_blank' href=\"https://a.example/b\">the <b>guide</b></a>.",
            "See [the **guide**](https://a.example/b).",
        ),
        ("See <a href=\"/docs#b\">here</a> or <a href=\"javascript:alert(1)\">there</a>.", "See here or there."),
        (
            "Either: <ul>\n  <li>one</li>\n  <li><p>two</p> <strong>three</strong></li>\n</ul> Or not.",
            "Either:\n\n- one\n- two **three**\n\nOr not.",
        ),
        ("<ol><li>one<li>two</ol>", "1. one\n1. two"),
        (
            "<h2>Use</h2><pre><code>let a = 1;\nlet b = 2;</code></pre>Done.",
            "## Use\n\n```text\nlet a = 1;\nlet b = 2;\n```\n\nDone.",
        ),
        ("| a | b |\n| - | - |\n| one<br>two | three |", "| a | b |\n| - | - |\n| one two | three |"),
        ("<u>A <span>b <span>c</span></span></u>, <span>d</span>", "A b c, d"),
        ("A <span class=\"x\">word</span><!-- and a remark -->.", "A word."),
        ("See [the guide](/docs#b), [it](#c) and [that](else).", "See the guide, it and \\[that](else)."),
        // What is no HTML stays: a place for a name, code, and an element that nothing ends.
        ("`GET /<id>` and /<b>/<id>, if a <b.", "`GET /<id>` and /&lt;b>/&lt;id>, if a &lt;b."),
        ("At /v1/<p>/<u> for Map<a>", "At /v1/&lt;p>/&lt;u> for Map&lt;a>"),
        ("`<p>` opens.\n\n```html\n<p>\n```", "`<p>` opens.\n\n```text\n<p>\n```"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
    ] {
        let documentation = documentation(description);
        assert!(documentation.contains(expected), "{documentation}\nof\n{description}");
        assert!(check(description).is_ok());
    }
}

/// The time for each byte is the same, however much there is: nothing is looked for twice.
#[test]
fn what_nothing_ends_is_read_once() {
    for piece in [
        "<b>",
        "<!--",
        "<a href='",
        "<b <b",
        "<li><p>",
        "<i><b>",
        "</b>",
        "<code>`",
        "<span>",
        "<",
        "[",
        "[a](",
        "](b [c\n",
    ] {
        assert!(check(&piece.repeat(100_000)).is_ok(), "{piece}");
    }
}
