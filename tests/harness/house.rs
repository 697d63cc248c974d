//! The rooms of the generator: what is in each, who may name whom, and which file names a library.
//!
//! `tests/tidy` holds the sources against the tables; `cargo xtask readme` shows them in `generator/ARCHITECTURE.md`.

use std::fmt::Write as _;
use std::path::Path;

use crate::fixtures::workspace;

/// The stages below `generator/src/`, each with the modules that it must not name.
pub const FORBIDDEN: &[(&str, &[&str])] = &[
    ("config/", &["source", "document", "ir", "lower", "plan", "render", "output", "cli"]),
    ("library/", &["source", "document", "ir", "lower", "plan", "render", "output"]),
    ("source/", &["listing", "document", "ir", "lower", "plan", "render", "output", "cli"]),
    ("overlay/", &["document", "ir", "lower", "plan", "render", "output", "cli"]),
    ("origin.rs", &["source", "diagnostics", "listing", "document", "ir", "lower", "plan", "render", "output", "cli"]),
    ("diagnostics/", &["source", "listing", "document", "ir", "lower", "plan", "render", "output", "cli"]),
    ("listing/", &["document", "ir", "lower", "plan", "render", "output", "cli"]),
    ("document/", &["ir", "lower", "plan", "render", "output", "cli"]),
    ("ir/", &["document", "lower", "plan", "render", "output", "cli", "diagnostics"]),
    ("schemas/", &["document", "lower", "judge", "samples", "plan", "render", "output", "cli", "diagnostics"]),
    ("samples/", &["document", "lower", "judge", "plan", "render", "output", "cli", "diagnostics"]),
    ("lower/", &["plan", "render", "output", "cli"]),
    ("plan/", &["document", "lower", "render", "output", "cli"]),
    (
        "plan/cycles.rs",
        &["plan::docs", "plan::names", "plan::words", "plan::schemas", "plan::operations", "plan::finish"],
    ),
    ("plan/docs.rs", &["plan::words", "plan::schemas", "plan::operations", "plan::finish"]),
    ("plan/names.rs", &["plan::words", "plan::schemas", "plan::operations", "plan::finish"]),
    ("plan/words/", &["plan::docs", "plan::names", "plan::schemas", "plan::operations", "plan::finish"]),
    ("plan/schemas/", &["plan::operations", "plan::finish"]),
    ("plan/operations/", &["plan::finish"]),
    ("render/", &["document", "lower", "cli", "diagnostics"]),
    ("diff/", &["lower", "cli", "mock", "observe"]),
    ("mock/", &["lower", "render", "output", "cli", "diff", "observe"]),
    ("observe/", &["lower", "render", "output", "cli", "diff"]),
];

/// Words, each with the places below `generator/src/` that may have it in code.
pub const WORDS: &[(&str, &[&str])] = &[
    ("openapiv3", &["document/skeleton.rs"]),
    ("serde_yaml", &["source/yaml.rs"]),
    ("serde_json_path", &["overlay/path.rs"]),
    ("saphyr_parser", &["source/events/yaml.rs"]),
    ("annotate_snippets", &["listing/"]),
    ("use heck", &["plan/names.rs"]),
    ("minijinja", &["render/"]),
    ("quote!", &["render/"]),
    ("syn::", &["config/entries.rs", "render/"]),
    ("prettyplease", &["render/"]),
    ("std::fs", &["cli/"]),
    ("std::env", &["cli/", "library/"]),
    ("std::process", &["cli/", "main.rs"]),
    ("std::time", &["cli/", "mock/"]),
    ("std::net", &["cli/mock.rs"]),
    ("std::io", &["cli/", "library/build_script.rs"]),
    ("HashMap", &["config/types.rs", "render/imports.rs", "render/tokens.rs"]),
    ("HashSet", &["config/types.rs", "render/imports.rs", "render/tokens.rs"]),
];

const WORDS_START: &str =
    "<!-- words: `cargo xtask readme` writes them from the table that a test holds the sources against -->\n";
const WORDS_END: &str = "<!-- end of the words -->";
const ROOMS_START: &str = "<!-- rooms: `cargo xtask readme` writes them from the first sentence of each file -->\n";
const ROOMS_END: &str = "<!-- end of the rooms -->";

/// The page about the house with fresh tables; none where it has no place for them.
pub fn with_tables(page: &str) -> Option<String> {
    let page = between(page, WORDS_START, WORDS_END, &words())?;
    between(&page, ROOMS_START, ROOMS_END, &rooms())
}

/// The text with another one between two marks.
pub fn between(text: &str, start: &str, end: &str, new: &str) -> Option<String> {
    let (head, rest) = text.split_once(start)?;
    let (_, tail) = rest.split_once(end)?;
    Some(format!("{head}{start}\n{}\n\n{end}{tail}", new.trim_matches('\n')))
}

/// Which files may name what, and which rooms a room knows nothing of.
fn words() -> String {
    let quoted = |all: &[&str]| all.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    let mut out = String::from("| word | only in |\n| --- | --- |\n");
    for (word, places) in WORDS {
        let _ = writeln!(out, "| `{word}` | {} |", quoted(places));
    }
    out.push_str("\n| room | knows nothing of |\n| --- | --- |\n");
    for (room, rooms) in FORBIDDEN {
        let _ = writeln!(out, "| `{room}` | {} |", quoted(rooms));
    }
    out
}

/// Every file of the generator with the first sentence of its documentation; a folder has that of its `mod.rs`.
fn rooms() -> String {
    let mut out = String::from("```text\n");
    folder(&workspace().join("generator/src"), 0, &mut out);
    out.push_str("```\n");
    out
}

fn folder(path: &Path, depth: usize, out: &mut String) {
    let entries = std::fs::read_dir(path).expect("a folder of sources");
    let mut entries: Vec<_> = entries.map(|it| it.expect("an entry").path()).collect();
    entries.sort();
    for entry in entries {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if entry.is_dir() {
            line(&format!("{name}/"), &sentence(&entry.join("mod.rs")), depth, out);
            folder(&entry, depth + 1, out);
        } else if name != "mod.rs" {
            line(&name, &sentence(&entry), depth, out);
        }
    }
}

fn line(name: &str, sentence: &str, depth: usize, out: &mut String) {
    let indented = format!("{}{name}", "  ".repeat(depth));
    let _ = writeln!(out, "{}", format!("{indented:<28} {sentence}").trim_end());
}

/// The first sentence of a file's documentation; nothing where there is no file, as for a folder beside its file.
fn sentence(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<_> = text.lines().map_while(|line| line.strip_prefix("//! ")).collect();
    let paragraph = lines.join(" ");
    paragraph.split_once(". ").map_or(paragraph.trim_end_matches('.'), |(first, _)| first).to_owned()
}
