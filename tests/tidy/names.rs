//! Names that generated code has anyway: those of the templates are reserved, and none is reserved for nothing.

use acceptance::fixtures::{files, specs, workspace};
use specwright::plan::{RESERVED, Scope};

fn read(path: &str) -> String {
    std::fs::read_to_string(workspace().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The templates whose functions stand beside those of operations.
fn sides() -> String {
    let names = ["client", "receiver", "sender", "server"];
    names.iter().map(|it| read(&format!("generator/templates/{it}.rs.j2"))).collect()
}

fn reserved(scope: Scope) -> &'static [&'static str] {
    RESERVED.iter().find(|(it, _)| *it == scope).map(|(_, names)| *names).unwrap_or_default()
}

#[test]
fn the_functions_of_templates_are_reserved() {
    let text = sides();
    let names = text.split("fn ").skip(1).map(|it| it.split(|it: char| !it.is_alphanumeric() && it != '_').next());
    let literal = names.flatten().filter(|it| !it.is_empty());
    // A method of a trait never meets one of an operation.
    let mut missing: Vec<_> = literal.filter(|it| *it != "fmt" && !reserved(Scope::Sides).contains(it)).collect();
    missing.dedup();
    assert!(missing.is_empty(), "reserve these in `plan/names.rs`: {missing:?}");
}

#[test]
fn the_modules_of_templates_are_reserved() {
    let text = read("generator/templates/api_mod.rs.j2");
    let names: Vec<_> = text.lines().filter_map(|it| it.trim_start_matches("pub ").strip_prefix("mod ")).collect();
    let literal = names.iter().filter_map(|it| it.strip_suffix(';')).filter(|it| !it.contains('{'));
    let missing: Vec<_> = literal.filter(|it| !reserved(Scope::Api).contains(it)).collect();
    assert!(names.len() > 5 && missing.is_empty(), "reserve these in `plan/names.rs`: {missing:?}");
}

#[test]
fn the_features_of_crates_are_reserved() {
    let manifest = read("generated/Cargo.toml");
    let (_, features) = manifest.split_once("[features]\n").expect("features");
    let names = features.lines().take_while(|it| !it.starts_with('[')).filter_map(|it| it.split_once(" = "));
    let of_apis: Vec<_> = specs().into_iter().map(|(name, ..)| name).collect();
    let own = names.map(|(name, _)| name).filter(|name| !of_apis.iter().any(|it| it == name));
    let missing: Vec<_> = own.filter(|it| !reserved(Scope::Crate).contains(&&*it.replace('-', "_"))).collect();
    assert!(missing.is_empty(), "reserve these in `plan/names.rs`: {missing:?}");
}

#[test]
fn no_name_is_reserved_for_nothing() {
    let folders = ["generator/templates", "generator/src/render", "generator/runtime/src/support"];
    let paths = folders.iter().flat_map(|it| files(&workspace().join(it)));
    let all: String = paths.filter_map(|it| std::fs::read_to_string(it).ok()).collect();
    let is_boundary = |it: Option<char>| it.is_none_or(|it| !it.is_alphanumeric() && it != '_');
    let stands = |name: &str| {
        all.match_indices(name).any(|(at, _)| {
            is_boundary(all[..at].chars().next_back()) && is_boundary(all[at + name.len()..].chars().next())
        })
    };
    for (scope, names) in RESERVED {
        for name in *names {
            assert!(stands(name) || stands(&name.replace('_', "-")), "{scope:?} reserves `{name}` for nothing");
        }
    }
}
