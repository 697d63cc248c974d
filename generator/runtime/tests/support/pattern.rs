//! Regular expressions of ECMA-262.

use std::time::{Duration, Instant};

use crate::support::pattern::{Pattern, compile};

#[track_caller]
fn check(pattern: &str, matching: &[&str], other: &[&str]) {
    let engine = compile(pattern).unwrap_or_else(|error| panic!("`{pattern}`: {error}"));
    for text in matching {
        assert!(engine.is_match(text), "`{pattern}` should match {text:?}");
    }
    for text in other {
        assert!(!engine.is_match(text), "`{pattern}` should not match {text:?}");
    }
}

#[test]
fn a_pattern_is_not_anchored() {
    check("es", &["expression"], &["sx"]);
    check("^a$", &["a"], &["a\n", "\na", "ba"]);
    check("a.c", &["abc", "a\u{1F600}c"], &["a\nc", "a\rc", "a\u{2028}c"]);
    check("", &["", "x"], &[]);
}

#[test]
fn classes_are_those_of_ecma_262() {
    check(r"^\d$", &["7"], &["\u{9EA}"]);
    check(r"^\w$", &["a", "_"], &["\u{E9}"]);
    check(r"^\W$", &["\u{E9}"], &["a"]);
    check(r"^\s$", &["\u{FEFF}", "\u{A0}", "\u{2003}", "\u{B}", "\t"], &["\u{85}", "\u{180E}"]);
    check(r"^\S$", &["\u{85}"], &["\u{2028}"]);
    check(r"^[^\s\d]+$", &["ab"], &["a b", "a1"]);
    check(r"^[\D]$", &["a"], &["1"]);
    check(r"^[\w-.]+$", &["a-b.c"], &["a+b"]);
    check(r"^[a-z&&[b]+$", &["a&[b"], &["]"]);
    check("^[]$", &[], &["", "a"]);
    check("^[^]$", &["\n", "a"], &["", "ab"]);
    check(r"^[\b]$", &["\u{8}"], &["b"]);
    check(r"^[-a~|]$", &["-", "a", "~", "|"], &["b"]);
}

#[test]
fn escapes_are_those_of_ecma_262() {
    check(r"^\/\-\.\_\#$", &["/-._#"], &["/-.\\_#"]);
    check(r"^\cA\x41\u0042\u{1F600}\0$", &["\u{1}AB\u{1F600}\0"], &["A"]);
    check(r"^\ud83d\ude00[\ud83d\ude00-\ud83d\ude02]$", &["\u{1F600}\u{1F601}"], &["\u{1F600}\u{1F603}"]);
    check(r"^[\uD800-\uDFFF]$", &[], &["a", "\u{1F600}"]);
    check(r"^\t\n\v\f\r$", &["\t\n\u{B}\u{C}\r"], &[]);
    check(r"^\bfoo\b", &["foo bar", "foo\u{E9}"], &["foobar"]);
    check(r"a\Bb", &["ab"], &["a b"]);
}

#[test]
fn properties_have_their_unicode_names() {
    check(r"^\p{Letter}\p{L}\p{Lu}$", &["\u{E9}aB"], &["aab"]);
    check(r"^\p{Script=Greek}\p{sc=Cyrillic}$", &["\u{3B1}\u{431}"], &["ab"]);
    check(r"^[\P{L}\P{N}]$", &["a", "1"], &[]);
    check(r"^(?=.)[\P{L}\P{N}]$", &["a", "1"], &[]);
    check(r"^\p{General_Category=Decimal_Number}\p{ASCII}\p{Emoji}$", &["1a\u{1F600}"], &["aaa"]);
}

#[test]
fn braces_are_literal_unless_they_quantify() {
    check("^a{2}b{1,}c{0,1}$", &["aab", "aabbc"], &["ab", "aabcc"]);
    check("^{a}$", &["{a}"], &["a"]);
    check("^a{,2}$", &["a{,2}"], &["aa", ""]);
    check("^a{$", &["a{"], &["a"]);
    check("^x]}$", &["x]}"], &["x"]);
    check(r"^\{[^}]+\}$", &["{id}"], &["{}"]);
}

#[test]
fn groups_look_around_and_refer_back() {
    check("^(?:a|b)(?<year>c)$", &["ac"], &["a"]);
    check("^(?=.*[0-9])(?=.*[a-z]).{3,}$", &["ab1"], &["abc", "a1"]);
    check("^(?!foo)", &["bar"], &["foobar"]);
    check("(?<=a)b(?<!ab)", &[], &["ab"]);
    check("(?<=\\$)\\d+", &["$5"], &["5"]);
    check(r"^(a)\1$", &["aa"], &["ab"]);
    check(r"^(?<q>['\x22]).*\k<q>$", &["'a'", "\"a\""], &["'a\""]);
    check(r"^(?:(a)|b)\1$", &["aa", "b"], &["ba", "a"]);
    check(r"^(?=\bfoo\b)\w+\B.", &["foo "], &["foob"]);
}

#[test]
fn what_ecma_262_does_not_have_is_an_error() {
    for pattern in [
        "^(abc]",
        "a)",
        "(",
        "[a",
        "[z-a]",
        "a{2,1}",
        "*a",
        "a**",
        "a++",
        "^*",
        "(?i)a",
        "(?P<n>a)",
        r"\a",
        r"^\Z",
        r"\A",
        r"\p{Nonsense}",
        r"\pL",
        r"\k<a>",
        r"\2(a)",
        "\\",
        r"\x4",
        r"\u12",
        r"\u{110000}",
        r"\c1",
        r"\01",
        "(?<1>a)",
    ] {
        assert!(compile(pattern).is_err(), "`{pattern}` should be refused");
    }
    assert!(!Pattern::new("(").is_match("("));
}

#[test]
fn no_pattern_and_no_text_takes_long() {
    let evil = "a".repeat(100_000) + "!";
    for pattern in [
        "^(a+)+$",
        "^(?=(a+)+$)",
        r"^(a+)+\1$",
        "^(?!a*b)(a|a)*$",
        r"(?:(?=a*b)a)*c",
        r"(a*)*\1b",
        "(?=a)(a|aa)+$",
        "(?=a*b)",
    ] {
        let engine = compile(pattern).unwrap();
        let start = Instant::now();
        engine.is_match(&evil);
        let taken = start.elapsed();
        println!("{pattern}: {taken:?}");
        assert!(taken < Duration::from_secs(10), "`{pattern}` took {taken:?}");
    }
    let deep = "(".repeat(100_000) + &")".repeat(100_000);
    assert!(compile(&deep).is_err());
    assert!(compile("((a{1000}){1000}){1000}").is_err());
    check("^.{1,5000}$", &["\u{E9}"], &[""]);
    check("^[a-z]{0,65535}$", &["a"], &["A"]);
}
