//! Two snapshots a fixture: what the document means, and the items that are rendered for it.
//!
//! Those of the documents in `specs/` stand beside their code, in `generated/surface/`.

use acceptance::fixtures::Fixture;
use acceptance::pipeline;
use acceptance::sketch::{Docs, sketch};
use specwright::output::Files;
use specwright::render::surface;

#[test]
fn fixtures() {
    insta::glob!("../fixtures/accept", "**/*.yaml", |path| {
        let fixture = Fixture::read(path);
        let (api, text) = (fixture.api(), fixture.document());
        insta::assert_snapshot!("ir", pipeline::outline(&api, &text));
        insta::assert_snapshot!("rust", items(&fixture.folder, &pipeline::generate(&api, &text)));
    });
}

/// What a family is about: models always, the other files where they show something.
fn items(family: &str, files: &Files) -> String {
    let docs = if family == "docs" { Docs::Show } else { Docs::Hide };
    let is_model = |path: &str| path.contains("/models/") || path.contains("/shared/");
    match family {
        "names" => public(files, |path| path.contains("/client.rs") || is_model(path)),
        "security" => sketch(files, docs, |path| path.ends_with("/server.rs") && !path.contains("/support/")),
        "documents" => sketch(files, docs, |path| path.ends_with("/client.rs") || is_model(path)),
        "enums" | "unions" | "swagger" => sketch(files, docs, is_model),
        _ => sketch(files, docs, |path| is_model(path) || path.contains("/operations/")),
    }
}

/// The public surface of the files that are asked for; the run time is left out.
fn public(files: &Files, wanted: impl Fn(&str) -> bool) -> String {
    let is_ours = |path: &str| path.rsplit('.').next() == Some("rs") && !path.contains("/support/") && wanted(path);
    let print = |(path, text): (&str, &str)| match surface(path, text) {
        Ok(text) => format!("//- {}\n{text}", path.split('/').skip(2).collect::<Vec<_>>().join("/")),
        Err(error) => panic!("{error}"),
    };
    files.iter().filter(|(path, _)| is_ours(path)).map(print).collect()
}
