//! Who may name whom: the boundaries of the pipeline.

use std::collections::{BTreeMap, BTreeSet};

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

/// Folders whose files name each other in one direction: what a file builds on never leads back to it.
const ONE_WAY: &[&str] = &["library", "lower", "overlay", "plan", "schemas"];

#[test]
fn no_file_of_a_room_builds_on_itself() {
    let code = code();
    for room in ONE_WAY {
        let named = named_modules(&code, room);
        for module in named.keys() {
            let circle = way(&named, module, module);
            assert!(circle.is_none(), "these name each other in a circle: {}", circle.unwrap_or_default().join(" -> "));
        }
    }
}

#[test]
fn a_circle_of_files_is_seen() {
    let code = [
        ("room/mod.rs", "mod one; mod two; use one::One;"),
        ("room/one.rs", "use crate::room::two::deep::Two;"),
        ("room/two/mod.rs", "use super::one::One;"),
    ];
    let code: Vec<(String, String)> = code.map(|(path, line)| (path.to_owned(), line.to_owned())).to_vec();
    let named = named_modules(&code, "room");
    assert_eq!(way(&named, "room", "room"), None);
    assert_eq!(way(&named, "room::one", "room::one").unwrap_or_default(), ["room::one", "room::two", "room::one"]);
    let of_parent = [("room/one.rs".to_owned(), "use super::Two;".to_owned())];
    let code: Vec<_> = code.into_iter().filter(|(path, _)| path != "room/one.rs").chain(of_parent).collect();
    assert_eq!(way(&named_modules(&code, "room"), "room", "room").unwrap_or_default(), ["room", "room::one", "room"]);
}

/// The modules of a folder of the generator, each with those that its file names.
fn named_modules(code: &[(String, String)], room: &str) -> BTreeMap<String, BTreeSet<String>> {
    let module = |path: &str| path.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
    let ours = || code.iter().map(|(path, line)| (module(path), line));
    let ours = || ours().filter(|(it, _)| it == room || it.starts_with(&format!("{room}::")));
    let modules: BTreeSet<String> = ours().map(|(module, _)| module).collect();
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, line) in ours() {
        // Who may see an item is not what it builds on.
        let line = line.replace(&format!("pub(in crate::{room})"), "");
        let found = paths(&line).filter_map(|path| target(&modules, &module, path)).filter(|it| *it != module);
        named.entry(module.clone()).or_default().extend(found);
    }
    named
}

/// The paths in a line, such as `super::names::settle`.
fn paths(line: &str) -> impl Iterator<Item = &str> {
    line.split(|it: char| !it.is_alphanumeric() && it != '_' && it != ':').filter(|it| it.contains("::"))
}

/// The module that a path leads to: that of the file or folder which it names last.
fn target(modules: &BTreeSet<String>, module: &str, path: &str) -> Option<String> {
    let mut words = path.split("::").peekable();
    let mut place = module;
    match words.peek()? {
        &"crate" => {
            words.next();
            place = words.next()?;
        }
        &"super" => {
            while words.next_if_eq(&"super").is_some() {
                place = place.rsplit_once("::")?.0;
            }
        }
        first if !modules.contains(&format!("{module}::{first}")) => return None,
        _ => {}
    }
    let inner = |place: String, word: &str| {
        let inner = format!("{place}::{word}");
        if modules.contains(&inner) { Ok(inner) } else { Err(place) }
    };
    let place = words.try_fold(place.to_owned(), inner).unwrap_or_else(|place| place);
    modules.contains(&place).then_some(place)
}

/// The way from one module to another by what is named, both ends included.
fn way(named: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> Option<Vec<String>> {
    let mut ways: Vec<Vec<String>> = vec![vec![from.to_owned()]];
    let mut seen: BTreeSet<&String> = BTreeSet::new();
    while let Some(way) = ways.pop() {
        for next in way.last().and_then(|last| named.get(last)).into_iter().flatten() {
            let longer: Vec<String> = way.iter().chain([next]).cloned().collect();
            if next == to {
                return Some(longer);
            }
            if seen.insert(next) {
                ways.push(longer);
            }
        }
    }
    None
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
