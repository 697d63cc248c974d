//! Hand-written sources: their sizes, their first lines, and what nobody should commit.

use std::path::PathBuf;

use acceptance::fixtures::{files, workspace};

/// Nothing is longer than this.
const HARD: usize = 600;

/// What is longer than this has its reason here.
const SOFT: usize = 400;

/// Sorted by path.
const LONG: &[(&str, &str)] = &[
    ("generator/src/diff/rules.rs", "one flat table of rules"),
    ("generator/src/ir/operation.rs", "one flat list of records"),
    ("generator/src/ir/schema.rs", "one flat list of records"),
    ("generator/runtime/src/support/pattern.rs", "one translation, with the tables that it needs"),
];

/// Every hand-written Rust file: its path below the workspace, and its text.
pub(crate) fn sources() -> Vec<(String, String)> {
    let roots = [
        "generator/src",
        "generator/fuzz/fuzz_targets",
        "generator/runtime/src",
        "generator/runtime/tests",
        "xtask/src",
        "tests",
    ];
    let paths: Vec<PathBuf> = roots.iter().flat_map(|root| files(&workspace().join(root))).collect();
    let rust = paths.into_iter().filter(|path| path.extension().is_some_and(|it| it == "rs"));
    rust.map(|path| {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let name = path.strip_prefix(workspace()).expect("a file of the workspace").to_string_lossy().into_owned();
        (name, text)
    })
    .collect()
}

#[test]
fn files_are_short() {
    let sizes = sources().into_iter().map(|(path, text)| (text.lines().count(), path));
    let long: Vec<_> = sizes.filter(|(lines, _)| *lines > SOFT).collect();
    let hard: Vec<_> = long.iter().filter(|(lines, _)| *lines > HARD).collect();
    assert!(hard.is_empty(), "split these: {hard:#?}");
    let known: Vec<&str> = LONG.iter().map(|(path, _)| *path).collect();
    let found: Vec<&str> = long.iter().map(|(_, path)| path.as_str()).collect();
    assert_eq!(found, known, "a file of more than {SOFT} lines has a reason in `LONG`");
}

/// Names of functions that say nothing of what they give.
const MUTE: [&str; 2] = ["of", "text"];

/// Where one of them is a word all the same, with the reason; sorted by path.
const WORDS: &[(&str, &str)] = &[
    ("generator/runtime/src/support/http/content.rs", "a kind of body, beside `json` and `binary`"),
    (
        "generator/runtime/src/support/http/form.rs",
        "words of `form!`: `\"note\": text`, `\"photo\": file.of(\"image/png\")`",
    ),
    ("tests/benches/throughput/by_hand.rs", "code as people write it who know nothing of this house"),
];

#[test]
fn functions_are_named_by_what_they_give() {
    let is_mute = |line: &str| {
        let rest = line.split_once("fn ").map(|(_, rest)| rest).unwrap_or_default();
        MUTE.contains(&rest.split(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap_or_default())
    };
    let code =
        |line: &str| line.split("//").next().unwrap_or_default().split('"').next().unwrap_or_default().to_owned();
    let mute: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| text.lines().any(|line| is_mute(&code(line))))
        .map(|(path, _)| path)
        .collect();
    let mut known: Vec<&str> = WORDS.iter().map(|(path, _)| *path).collect();
    known.sort_unstable();
    let mut found: Vec<&str> = mute.iter().map(String::as_str).collect();
    found.sort_unstable();
    assert_eq!(
        found, known,
        "a function is called by what it gives, not {MUTE:?}; a word of a format has its reason in `WORDS`"
    );
}

/// Words with one meaning each, and the files that have a type of that name; sorted.
const MEANINGS: &[(&str, &[&str], &str)] = &[
    ("Direction", &["generator/runtime/src/support/check/mod.rs"], "which way an instance travels"),
    (
        "Format",
        &["generator/runtime/src/support/formatted.rs", "generator/src/plan/words/types.rs"],
        "the keyword: its types in the run time, and their names in the plan",
    ),
    ("Kind", &["generator/src/config/mod.rs"], "what a model is, for the user's attributes"),
    (
        "Presence",
        &["generator/runtime/src/support/object.rs", "generator/src/plan/words/types.rs"],
        "whether a property is there: asked of a field, and planned for one",
    ),
    (
        "Shape",
        &["generator/runtime/src/support/params/mod.rs", "generator/src/plan/words/shapes.rs"],
        "what a value is before a style writes it: a static of generated code, and its plan",
    ),
];

#[test]
fn a_word_has_one_meaning() {
    for (word, known, meaning) in MEANINGS {
        let names = |line: &str| {
            let words: Vec<_> = line.split(|it: char| !it.is_alphanumeric() && it != '_').collect();
            words.windows(2).any(|it| matches!(it[0], "enum" | "struct" | "trait" | "type") && it[1] == *word)
        };
        let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
        let ours =
            sources().into_iter().filter(|(path, _)| path.starts_with("generator/") || path.starts_with("xtask/"));
        let mut found: Vec<_> =
            ours.filter(|(_, text)| text.lines().any(|it| names(&code(it)))).map(|(path, _)| path).collect();
        found.sort();
        assert_eq!(found, *known, "`{word}` is {meaning}: another thing has another name");
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn templates_are_short() {
    for path in files(&workspace().join("generator/templates")) {
        let lines = std::fs::read_to_string(&path).expect("a template").lines().count();
        assert!(lines <= 120, "{}: {lines}", path.display());
    }
}

#[test]
fn nothing_is_left_to_do_without_an_issue() {
    let marks = ["TODO", "FIXME", "XXX"];
    for (path, text) in sources().into_iter().filter(|(path, _)| !path.starts_with("tests/tidy/")) {
        let open =
            |line: &&str| marks.iter().any(|mark| line.contains(&format!("// {mark}"))) && !line.contains("issue ");
        let lines: Vec<_> = text.lines().filter(open).collect();
        assert!(lines.is_empty(), "{path}: {lines:#?}");
    }
}
