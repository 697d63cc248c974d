//! Texts into trees: what is kept exactly, and what cannot be read.

use insta::assert_snapshot;

use crate::harness::{document, listing, schemas, value};

/// The values of `x-v` of a YAML document, as JSON.
fn yaml(values: &str) -> String {
    let document = document(&format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\nx-v: {values}\n"));
    shown(value(&document, "/x-v"))
}

fn json(values: &str) -> String {
    let text =
        format!(r#"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "paths": {{}}, "x-v": {values}}}"#);
    let document = document(&text);
    shown(value(&document, "/x-v"))
}

/// Numbers by their text, strings in quotes.
fn shown(value: &specwright::source::Value) -> String {
    use specwright::source::Value;
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.as_str().to_owned(),
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members: Vec<_> = members.iter().map(|(key, value)| format!("{key:?}: {}", shown(value))).collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

#[test]
fn yaml_numbers_keep_their_text() {
    assert_eq!(yaml("[1, -7, 1.10, 1.0, 1e3, .5, 5., +1.5]"), "[1, -7, 1.10, 1.0, 1e3, 0.5, 5.0, 1.5]");
    assert_eq!(yaml("[-9223372036854776000, 18446744073709551616]"), "[-9223372036854776000, 18446744073709551616]");
    assert_eq!(yaml("[1e400, 0.1234567890123456789012345]"), "[1e400, 0.1234567890123456789012345]");
    let digits = "9".repeat(60);
    assert_eq!(yaml(&digits), digits);
}

#[test]
fn yaml_strings_that_look_like_something_else_stay_strings() {
    let texts = "[NO, on, yes, y, 010, 1_000, 12:30:45, 2020-01-01, '1.0', \"1e400\", 0b11, -0x1F, nan, ~x]";
    assert_eq!(
        yaml(texts),
        r#"["NO", "on", "yes", "y", "010", "1_000", "12:30:45", "2020-01-01", "1.0", "1e400", "0b11", "-0x1F", "nan", "~x"]"#
    );
    assert_eq!(yaml("[0x1F, 0o17, null, ~, true, FALSE]"), "[31, 15, null, null, true, false]");
}

#[test]
fn numbers_behind_aliases_and_merges_are_exact_too() {
    assert_eq!(
        yaml("{a: &a {n: 1.10}, b: *a, c: {<<: *a, m: 2.50}}"),
        r#"{"a": {"n": 1.10}, "b": {"n": 1.10}, "c": {"m": 2.50, "n": 1.10}}"#
    );
}

#[test]
fn merges_keep_own_members_and_prefer_earlier_bases() {
    assert_eq!(
        yaml("{a: &a {x: 1, y: 1}, b: &b {x: 2, z: 2}, c: {<<: [*a, *b], y: 3}}"),
        r#"{"a": {"x": 1, "y": 1}, "b": {"x": 2, "z": 2}, "c": {"y": 3, "x": 1, "z": 2}}"#
    );
}

#[test]
fn integer_keys_become_strings() {
    assert_eq!(yaml("{200: a, '300': b, 4XX: c}"), r#"{"200": "a", "300": "b", "4XX": "c"}"#);
}

#[test]
fn json_numbers_keep_their_text() {
    assert_eq!(json("[1.10, 1e99999, -0, 1E+2, 0.0]"), "[1.10, 1e99999, -0, 1E+2, 0.0]");
    let digits = format!("-{}", "9".repeat(400));
    assert_eq!(json(&digits), digits);
    assert_eq!(json(r#"["1e99999", "\u0041\n\"", 2]"#), r#"["1e99999", "A\n\"", 2]"#);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    document("\u{feff}openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n");
}

#[test]
fn duplicate_keys_show_both_places() {
    assert_snapshot!("duplicate_key_yaml", listing(&schemas("X: {type: string}\nX: {type: integer}")));
    let json =
        "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"T\", \"version\": \"1\"},\n \"paths\": {}, \"paths\": {}}";
    assert_snapshot!("duplicate_key_json", listing(json));
}

#[test]
fn keys_must_be_strings() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\nx-a:\n  true: 1\n  ~: 2\n  1.5: 3\n  ? [a]\n  : 4\n  ? {b: c}\n  : 5\n  ?\n  : 6\n";
    assert_snapshot!("odd_keys", listing(text));
}

#[test]
fn a_file_is_one_document_without_tags() {
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
    assert_snapshot!("two_documents", listing(&format!("{head}---\n{head}")));
    assert_snapshot!("tags", listing(&format!("{head}x-a: !secret s\nx-b: !!python/object [1]\nx-c: !!str 5\n")));
    assert_snapshot!("infinity", listing(&format!("{head}x-a: [.inf, -.INF, .nan]\n")));
    assert_snapshot!("bad_merge", listing(&format!("{head}x-a: {{<<: 5}}\n")));
}

#[test]
fn what_cannot_be_read_says_where() {
    assert_snapshot!("truncated_json", listing("{\"openapi\": \"3.1.0\",\n\"paths\": {\"/x\": {\"get\":"));
    assert_snapshot!("bad_json", listing("{\"openapi\": \"3.1.0\",\n\"paths\": tru }"));
    assert_snapshot!("bad_yaml", listing("openapi: 3.1.0\ninfo: {title: T\npaths: {}\n"));
    assert_snapshot!("unknown_alias", listing("openapi: 3.1.0\ninfo: *nobody\n"));
    assert_snapshot!("empty", listing(""));
    assert_snapshot!("only_text", listing("hello"));
}

#[test]
fn lines_in_brackets_and_quotes_may_stand_at_the_margin() {
    let text = "{a: [\n1.10,\n  {b: 'x\ny',\n\nc: \"d\n\n e\"\n}\n]}";
    assert_eq!(yaml(text), r#"{"a": [1.10, {"b": "x y", "c": "d\ne"}]}"#);
    let wrong =
        "x:\n  a:\n    - [\n1,\n  ]\nopenapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\nx-é: 'y\n  z'\nX: 1\n";
    assert_snapshot!("after_the_margin", listing(wrong));
}

#[test]
fn many_lines_at_the_margin_take_no_time() {
    let list = "    - [\n1,\n2,\n]\n".repeat(20_000);
    let started = std::time::Instant::now();
    listing(&format!("openapi: 3.1.0\nx-a:\n  b:\n{list}"));
    assert!(started.elapsed() < std::time::Duration::from_secs(60));
}

#[test]
fn a_block_ends_as_its_text_does() {
    let block = |end: &str| {
        let document =
            document(&format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\nx-v: |\n  a\n  b{end}"));
        shown(value(&document, "/x-v"))
    };
    assert_eq!((block(""), block("\n")), (r#""a\nb""#.to_owned(), r#""a\nb\n""#.to_owned()));
}

#[test]
fn no_text_is_left_behind() {
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
    let indented: String = head.lines().map(|line| format!("  {line}\n")).collect();
    assert_snapshot!("behind_the_document", listing(&format!("{indented}x-lost: 1\n")));
    assert_snapshot!("half_a_character", listing("{\"openapi\": \"3.1.0\", \"x-a\": \"\\ud800\"}"));
    assert_snapshot!("trailing_comma", listing("{\"openapi\": \"3.1.0\",\n}"));
    assert_snapshot!("odd_number_keys", listing(&format!("{head}x-a: {{.inf: 1, 0x10: 2, 1e400: 3}}\n")));
}

#[test]
fn nesting_has_a_limit() {
    let deep = |open: &str, close: &str, depth| format!("{}{}", open.repeat(depth), close.repeat(depth));
    for depth in [200, 100_000] {
        let yaml = format!("openapi: 3.1.0\nx-deep: {}\n", deep("[", "]", depth));
        assert!(listing(&yaml).starts_with("error[syntax]: the document is nested more than 128 levels deep"));
        let json = format!("{{\"openapi\": \"3.1.0\", \"x-deep\": {}}}", deep("[", "]", depth));
        assert!(listing(&json).starts_with("error[syntax]: the document is nested more than 128 levels deep"));
    }
    let block: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert!(listing(&block).starts_with("error[syntax]: the document is nested more than 128 levels deep"));
    assert_eq!(yaml(&deep("[", "]", 100)), deep("[", "]", 100));
    let half = deep("[", "]", 70).replace("[]", "[*half]");
    let twice = format!("openapi: 3.1.0\nx-a: &half {}\nx-b: {half}\n", deep("[", "]", 70));
    assert!(listing(&twice).starts_with("error[syntax]: the document is nested more than 128 levels deep"));
}

#[test]
fn aliases_can_neither_loop_nor_explode() {
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
    assert_snapshot!("endless_alias", listing(&format!("{head}paths: &a {{x: *a}}\n")));
    let mut laughs = format!("{head}x-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 9].join(", ");
        laughs.push_str(&format!("x-{level}: &a{level} [{items}]\n"));
    }
    assert!(listing(&laughs).starts_with("error[syntax]: "), "{}", listing(&laughs));
    let copies = vec!["*s"; 5_000].join(", ");
    let long = format!("{head}x-s: &s {}\nx-t: [{copies}]\n", "x".repeat(100_000));
    assert!(listing(&long).starts_with("error[syntax]: aliases make the document many times larger"));
}

/// So many members that a mapping is built by several threads.
const MANY: usize = 3000;

/// The text of a mapping with many members of ten numbers each, and of others behind some of them.
fn many(others: &[(usize, &str)]) -> String {
    let member = |idx: usize| format!("\"m{idx}\": [{idx}.10, 1e400, -0, 1, 2, 3, 4, 5, 6, 7]");
    let others = |idx: usize| others.iter().filter(move |(behind, _)| *behind == idx).map(|(_, it)| (*it).to_owned());
    let members: Vec<_> = (0..MANY).flat_map(|idx| std::iter::once(member(idx)).chain(others(idx))).collect();
    format!("{{{}}}", members.join(", "))
}

#[test]
fn large_mappings_keep_the_order_and_the_numbers_of_their_members() {
    let text = many(&[]);
    assert_eq!(json(&text), text);
    assert_eq!(yaml(&text), text);
}

#[test]
fn large_mappings_have_what_aliases_and_merges_say() {
    let shared = [(0, "\"a\": &a {n: 1.10}"), (2, "\"b\": *a"), (MANY - 1, "\"c\": {<<: *a}")];
    let said =
        [0, 2, MANY - 1].into_iter().zip(["\"a\": {\"n\": 1.10}", "\"b\": {\"n\": 1.10}", "\"c\": {\"n\": 1.10}"]);
    assert_eq!(yaml(&many(&shared)), many(&said.collect::<Vec<_>>()));
    assert_eq!(yaml(&many(&[(1, "<<: {n: 1.10}")])), many(&[]).replace("7]}", "7], \"n\": 1.10}"));
}

#[test]
fn what_is_wrong_in_large_mappings_is_told_as_in_small_ones() {
    let wrong = [
        (1, "\"e\": .inf"),
        (1, "\"m0\": 1"),
        (MANY - 2, "\"f\": .inf"),
        (MANY - 2, "? [k] \n : 1"),
        (MANY - 1, "\"m2\": 2"),
    ];
    let lines = |text: &str| -> Vec<String> {
        let found = listing(&format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\nx-v: {text}\n"));
        found.lines().filter(|it| it.starts_with("error") || it.starts_with("warning")).map(str::to_owned).collect()
    };
    let small = "{\"m0\": 0, \"m2\": 0, \"e\": .inf, \"m0\": 1, \"f\": .inf, ? [k] \n : 1, \"m2\": 2}";
    assert_eq!(lines(&many(&wrong)), lines(small));
    assert_eq!(lines(small).len(), 5);
}

#[test]
fn a_quote_that_nobody_closes_is_told_where_it_opens() {
    let document = |title: &str| {
        format!(
            "openapi: 3.1.0\ninfo:\n  title: {title}\n  version: '1'\npaths:\n  /a:\n    get:\n      description: {} of it\n",
            "\"A\" part"
        )
    };
    for (text, message) in [
        // Nothing closes it.
        (document("'Pets").replace("'1'", "1"), "the quote that opens here is never closed"),
        // Another quote does, behind which YAML expects something else.
        (document("'Pets"), "the quote that opens here is closed in line 4 only: "),
        (document("\"Pets"), "the quote that opens here is closed in line 8 only: "),
    ] {
        let found = listing(&text);
        assert!(found.starts_with(&format!("error[syntax]: {message}")), "{text}{found}");
        assert!(found.contains(":3:10\n"), "{found}");
    }
    // What is wrong elsewhere stays there.
    let elsewhere = listing("openapi: 3.1.0\ninfo:\n  title: \"Pets\n    and more\"\n  version: 'a' b\n");
    assert!(!elsewhere.contains("the quote that opens here") && elsewhere.contains(":5:"), "{elsewhere}");
}

#[test]
fn a_bracket_that_nobody_closes_is_named() {
    let found = listing("openapi: 3.1.0\ninfo: {title: T, version: '1'\npaths: {}\nx-a: 1\n");
    assert!(found.contains("did not find expected ',' or '}' for the `{` in line 2"), "{found}");
    // Where the text ends behind it.
    for (end, bracket) in [("x-a: [\n", '['), ("x-a: { a: {\n\n", '{'), ("x-a: [[1], [\n", '['), ("x-a: [1, 2,\n", '[')]
    {
        let found = listing(&format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n{end}"));
        assert!(
            found.starts_with(&format!("error[syntax]: the `{bracket}` that opens here is never closed")),
            "{found}"
        );
        assert!(found.contains(&format!(":4:{}\n", end.rfind(bracket).unwrap() + 1)), "{found}");
    }
}

#[test]
fn a_tab_is_called_a_tab() {
    let document =
        |indent: &str| format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{indent}/a: {{}}\n");
    let found = listing(&document("\t"));
    assert!(found.contains("YAML takes no tab here") && found.contains("indent with spaces"), "{found}");
    assert!(!listing(&document("  ")).contains("error"));
    // In a name it is written as its escape.
    let found = listing("openapi: 3.1.0\ninfo: {title: T, version: '1', \"a\\tb\": 1}\npaths: {}\n");
    assert!(found.contains("`a\\tb` is not a field"), "{found}");
}
