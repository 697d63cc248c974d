//! What a warning says is what happens: each repair with its listing, its meaning, and both sides of it.

use acceptance::fixtures::{Fixture, below};
use acceptance::pipeline;
use acceptance::sketch::{Docs, sketch};
use specwright::ir;

#[test]
fn fixtures() {
    insta::glob!("../fixtures/repair", "**/*.yaml", |path| {
        let fixture = Fixture::read(path);
        let compiled = pipeline::compile(&fixture.api(), &fixture.text);
        let listing = pipeline::print(&compiled);
        let (Some(api), Some(plan)) = (compiled.api, compiled.plan) else { panic!("refused:\n{listing}") };
        let operations = plan.operations.len();
        let line = compiled.diagnostics.tally().line(operations).unwrap_or_default();
        let files = pipeline::render(&[plan]);
        let sides = sketch(&files, Docs::Hide, is_side);
        insta::assert_snapshot!("repair", format!("{listing}{line}\n\n{}\n{}", ir::outline(&api), signatures(&sides)));
    });
}

fn is_side(path: &str) -> bool {
    !path.contains("/support/") && ["/server.rs", "/client.rs"].iter().any(|end| path.ends_with(end))
}

/// What each side offers and asks for: signatures, and who may call.
fn signatures(text: &str) -> String {
    const SHOWN: [&str; 6] = ["//- ", "fn ", "(),", "principal", "credential", "authorize("];
    let lines = text.lines().filter(|line| SHOWN.iter().any(|it| line.contains(it)));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn no_repair_passes_a_strict_run() {
    for path in below("fixtures/repair") {
        let fixture = Fixture::read(&path);
        let mut compiled = pipeline::compile(&fixture.api(), &fixture.text);
        assert!(!compiled.diagnostics.has_errors(), "{}:\n{}", path.display(), pipeline::print(&compiled));
        compiled.diagnostics.harden();
        assert!(compiled.diagnostics.has_errors(), "{}", path.display());
    }
}
