//! The pages about the house tell the truth: each path that they name exists, each symbol stands in a source, and each
//! task can be called.

use std::path::Path;

use acceptance::fixtures::workspace;

use crate::sources::sources;

/// The pages, below the workspace.
const PAGES: &[&str] = &[
    "generator/ARCHITECTURE.md",
    "generator/STYLE.md",
    "tests/README.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
];

/// Where a path in a page may start.
const ROOTS: &[&str] = &["", "generator/", "generator/src/", "generated/", "tests/"];

/// What is named and lies outside of the workspace or comes about when something runs, with the reason.
const ELSEWHERE: &[(&str, &str)] = &[
    ("../pets", "the reader makes it"),
    ("/docs", "a path of a server"),
    ("specwright.toml", "the configuration of a project of the reader"),
    (".specwright/", "what a run leaves to the next one"),
    ("MANIFEST", "each generated crate has one"),
    ("Manager", "a name that nothing has"),
    ("Helper", "a name that nothing has"),
    ("Util", "a name that nothing has"),
    ("Info", "a name that nothing has"),
];

/// The code spans of a page outside of its code blocks.
fn spans(page: &str) -> Vec<String> {
    let text = std::fs::read_to_string(workspace().join(page)).expect("the page");
    let blocks = text.split("```").step_by(2);
    blocks.flat_map(|prose| prose.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

fn is_elsewhere(span: &str) -> bool {
    ELSEWHERE.iter().any(|(name, _)| span.starts_with(name))
}

/// `src/lib.rs`, `tests/wire/`, `Cargo.toml`; no pattern, no JSON Pointer, no media type.
fn is_path(span: &str) -> bool {
    let is_plain = span.chars().all(|it| it.is_alphanumeric() || matches!(it, '/' | '.' | '_' | '-'));
    let is_file = ["rs", "toml", "md", "j2"].iter().any(|it| Path::new(span).extension().is_some_and(|end| end == *it));
    is_plain && (is_file || span.ends_with('/'))
}

/// `RustType`, `Files::insert`, `holds_by_schema!`: a name that has a capital, a path or a `!`.
fn symbol(span: &str) -> Option<&str> {
    let name = span.rsplit("::").next()?.trim_end_matches('!');
    let is_word = !name.is_empty() && span.chars().all(|it| it.is_alphanumeric() || matches!(it, '_' | ':' | '!'));
    let is_code = span.contains("::") || span.ends_with('!') || span.contains('_');
    let is_type = name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
    (is_word && (is_code || is_type)).then_some(name)
}

#[test]
fn each_path_that_a_page_names_exists() {
    let mut missing = Vec::new();
    for page in PAGES {
        for span in spans(page).into_iter().filter(|it| is_path(it) && !is_elsewhere(it)) {
            let is_there = ROOTS.iter().any(|root| workspace().join(root).join(&span).exists());
            if !is_there {
                missing.push(format!("{page}: {span}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn each_symbol_that_a_page_names_stands_in_a_source() {
    let extra = ["Cargo.toml", "generated/Cargo.toml"].map(|it| std::fs::read_to_string(workspace().join(it)));
    let ours = sources().into_iter().filter(|(path, _)| path != "tests/tidy/pages.rs").map(|(_, text)| text);
    let texts: Vec<String> = ours.chain(extra.into_iter().flatten()).collect();
    let is_boundary = |it: Option<char>| it.is_none_or(|it| !it.is_alphanumeric() && it != '_');
    let stands = |name: &str| {
        texts.iter().any(|text| {
            text.match_indices(name).any(|(at, _)| {
                is_boundary(text[..at].chars().next_back()) && is_boundary(text[at + name.len()..].chars().next())
            })
        })
    };
    let mut missing = Vec::new();
    for page in PAGES {
        for span in spans(page) {
            if let Some(name) = symbol(&span).filter(|name| !is_elsewhere(&span) && !stands(name)) {
                missing.push(format!("{page}: {span} ({name})"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// "make it an `Assertion` in `src/plan/checks.rs`": where a page says which file has a name, that file has it.
#[test]
fn a_symbol_stands_in_the_file_that_a_page_names_beside_it() {
    let mut wrong = Vec::new();
    for page in PAGES {
        let text = std::fs::read_to_string(workspace().join(page)).expect("the page");
        let parts: Vec<&str> = text.split('`').collect();
        for window in parts.windows(3).filter(|it| matches!(it[1], " in " | " of ") && is_path(it[2])) {
            let Some(name) = symbol(window[0]) else { continue };
            let mut paths = ROOTS.iter().map(|root| workspace().join(root).join(window[2]));
            let file = paths.find(|it| it.is_file()).and_then(|it| std::fs::read_to_string(it).ok());
            if file.is_some_and(|text| !text.contains(name)) {
                wrong.push(format!("{page}: `{}` is not in `{}`", window[0], window[2]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_task_that_a_page_names_can_be_called() {
    let tasks = std::fs::read_to_string(workspace().join("xtask/src/main.rs")).expect("the tasks");
    for page in PAGES {
        for span in spans(page) {
            let Some(rest) = span.strip_prefix("cargo xtask ") else { continue };
            let task = rest.split(' ').next().unwrap_or_default();
            if task.starts_with('-') {
                continue;
            }
            assert!(tasks.contains(&format!(" => {task}::run(")), "{page}: `{span}` is no task");
        }
    }
}
