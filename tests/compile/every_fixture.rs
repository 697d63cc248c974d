//! What the snapshots show is also compiled: every accepted fixture, as one crate with one API each.

use acceptance::{fixtures, pipeline};
use specwright::plan::ApiPlan;
use specwright::render::{CrateOptions, Delivery, render};

use crate::workspace::Workspace;

#[test]
fn every_accepted_fixture_compiles_without_a_warning() {
    let plans: Vec<ApiPlan> = fixtures::accepted().iter().map(|it| pipeline::plan(&it.api(), &it.document())).collect();
    let options = CrateOptions {
        name: "fixtures".to_owned(),
        description: "All.".to_owned(),
        workspace: true,
        runtime: Delivery::Copy,
    };
    let files = render(&plans, &options).unwrap_or_else(|error| panic!("{error}"));
    let files = files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    let workspace = Workspace::write("compile", &[("fixtures", files)]);
    workspace.cargo(&["clippy", "--quiet", "--offline", "--package", "fixtures", "--", "-D", "warnings"]);
}
