//! What the snapshots show is also compiled and documented: every fixture of which anything is left, as one crate with
//! one API each.

use acceptance::fixtures::Fixture;
use acceptance::{fixtures, pipeline, scratch};
use specwright::plan::ApiPlan;
use specwright::render::{CrateOptions, Delivery, render};

use crate::workspace::Workspace;

#[test]
fn every_fixture_compiles_and_is_documented_without_a_warning() {
    let mut plans: Vec<ApiPlan> =
        fixtures::accepted().iter().map(|it| pipeline::plan(&it.api(), &it.document())).collect();
    // What is wrong with a document is said, and never found by the compiler.
    let repaired = fixtures::below("fixtures/repair").into_iter().map(|path| Fixture::read(&path));
    let repaired = repaired.map(|it| (it.api(), it.text));
    let rejected = fixtures::rejected().into_iter().map(|it| (it.api(), it.document()));
    plans.extend(repaired.chain(rejected).filter_map(|(api, text)| pipeline::compile(&api, &text).plan));
    assert!(plans.len() > fixtures::accepted().len() + 40, "few documents with faults are left: {}", plans.len());
    let options = CrateOptions {
        name: "fixtures".to_owned(),
        description: "All.".to_owned(),
        workspace: true,
        runtime: Delivery::Copy,
    };
    let files = render(&plans, &options).unwrap_or_else(|error| panic!("{error}"));
    let files = files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    let workspace = Workspace::write_as_asked("compile", &[("fixtures", files)]);
    for tool in ["clippy", "rustdoc"] {
        workspace.cargo(&[tool, "--quiet", "--offline", "--package", "fixtures", "--", "-D", "warnings"]);
    }
    // Nobody reads them, and they are large.
    for part in ["doc/fixtures", "doc/src/fixtures"] {
        std::fs::remove_dir_all(scratch::target().join(part)).expect("the pages are there");
    }
}
