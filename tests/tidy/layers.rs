//! Who may name whom: the boundaries of the pipeline.

use acceptance::house::{FORBIDDEN, WORDS};

use crate::sources::sources;

/// The lines of code of the generator: file below `generator/src/`, and the line without its comment.
fn code() -> Vec<(String, String)> {
    let ours =
        sources().into_iter().filter_map(|(path, text)| Some((path.strip_prefix("generator/src/")?.to_owned(), text)));
    ours.flat_map(|(path, text)| {
        let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
        lines.into_iter().map(move |line| (path.clone(), line))
    })
    .collect()
}

#[test]
fn no_stage_names_a_later_one() {
    for (path, line) in code() {
        for (stage, forbidden) in FORBIDDEN.iter().filter(|(stage, _)| path.starts_with(stage)) {
            let named = forbidden.iter().find(|it| line.contains(&format!("crate::{it}::")));
            assert!(named.is_none(), "`{stage}` must not name `{}`: {path}: {line}", named.unwrap_or(&""));
        }
    }
}

#[test]
fn each_library_is_named_in_its_place_only() {
    for (path, line) in code() {
        for (word, places) in WORDS.iter().filter(|(word, _)| line.contains(word)) {
            let allowed = places.iter().any(|place| path.starts_with(place));
            assert!(allowed, "`{word}` belongs to {places:?}: {path}: {line}");
        }
    }
}

/// What the page says of this is made from the same tables.
#[test]
fn the_page_about_the_house_lists_its_rooms_and_who_names_what() {
    let page = std::fs::read_to_string(acceptance::fixtures::workspace().join("generator/ARCHITECTURE.md"));
    let page = page.expect("the page");
    let fresh = acceptance::house::with_tables(&page);
    assert!(fresh.as_ref() == Some(&page), "`generator/ARCHITECTURE.md` is stale: run `cargo xtask readme`");
}

/// The IR speaks the words of OpenAPI: nothing in it knows how Rust will spell things.
#[test]
fn the_ir_knows_no_rust() {
    let words =
        ["RustType", "snake", "pascal", "Pascal", "keyword of Rust", "derive(Serialize", "tokio", "axum", "reqwest"];
    for (path, line) in code().into_iter().filter(|(path, _)| path.starts_with("ir/")) {
        assert!(!words.iter().any(|word| line.contains(word)), "{path}: {line}");
    }
}

#[test]
fn generated_code_depends_on_nothing_of_the_generator() {
    let manifest = std::fs::read_to_string(acceptance::fixtures::workspace().join("generated/Cargo.toml"));
    let manifest = manifest.expect("the manifest");
    let named: Vec<_> = manifest.lines().filter(|line| line.starts_with("specwright")).collect();
    assert!(named.iter().all(|line| line.starts_with("specwright-runtime = ")), "{named:?}");
}
