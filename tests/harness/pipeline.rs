//! The stages of the pipeline, one function each.

use specwright::diagnostics::{Diagnostics, Severity};
use specwright::document::NoFiles;
use specwright::listing::Style;
use specwright::output::Files;
use specwright::overlay::Overlay;
use specwright::plan::{ApiPlan, Naming, Wanted};
use specwright::render::{CrateOptions, Delivery, RenderError};
use specwright::samples::contract_requests;
use specwright::source::{FileId, Sources};
use specwright::{Choices, Compiled, ir, listing};

/// Compiles a document or a fragment of one; it is called `<name>.yaml`.
pub fn compile(name: &str, text: &str) -> Compiled {
    let naming = Naming { name: name.to_owned(), source: format!("{name}.yaml") };
    specwright::compile(&naming, crate::minimal::complete(text), &NoFiles)
}

/// A document as JSON.
pub fn json(name: &str, text: &str) -> serde_json::Value {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    sources.add(name, text.to_owned(), &mut diagnostics);
    assert!(!diagnostics.has_errors(), "`{name}` cannot be read");
    sources.file(FileId(0)).root.to_json()
}

/// What is printed about a document.
pub fn listing(name: &str, text: &str) -> String {
    print(&compile(name, text))
}

/// The findings as they are printed.
pub fn print(compiled: &Compiled) -> String {
    listing::render(&compiled.diagnostics, &compiled.sources, Style::Plain)
}

/// The codes of what was found, each once, sorted.
pub fn codes(compiled: &Compiled) -> Vec<&'static str> {
    let mut codes: Vec<_> = compiled.diagnostics.iter().map(|it| it.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Whether anything worse than a note was found.
pub fn has_complaints(compiled: &Compiled) -> bool {
    compiled.diagnostics.iter().any(|it| it.severity != Severity::Note)
}

/// The outline of a document's IR.
pub fn outline(name: &str, text: &str) -> String {
    let compiled = compile(name, text);
    match &compiled.api {
        Some(api) if !compiled.diagnostics.has_errors() => ir::outline(api),
        _ => panic!("`{name}` is refused:\n{}", print(&compiled)),
    }
}

/// The plan of a document.
pub fn plan(name: &str, text: &str) -> ApiPlan {
    let compiled = compile(name, text);
    let listing = print(&compiled);
    compiled.plan.unwrap_or_else(|| panic!("`{name}` is refused:\n{listing}"))
}

/// The plan of a document that an overlay has changed.
pub fn plan_overlaid(name: &str, text: &str, overlay: &str) -> ApiPlan {
    let naming = Naming { name: name.to_owned(), source: format!("{name}.yaml") };
    let overlay = Overlay { path: format!("{name}.overlay.yaml"), text: overlay.to_owned() };
    let compiled = specwright::compile_overlaid(&naming, text.to_owned(), vec![overlay], &NoFiles);
    let listing = print(&compiled);
    compiled.plan.unwrap_or_else(|| panic!("`{name}` is refused:\n{listing}"))
}

/// The plan of a document with what a user wants of it, and with a contract test.
pub fn plan_wanted(name: &str, text: &str, wanted: Wanted) -> ApiPlan {
    let naming = Naming { name: name.to_owned(), source: format!("{name}.yaml") };
    let choices = Choices { wanted, ..Choices::default() };
    let compiled = specwright::compile_with(&naming, crate::minimal::complete(text), &NoFiles, &choices);
    let listing = print(&compiled);
    let requests = compiled.api.as_ref().map(contract_requests);
    let plan = compiled.plan.unwrap_or_else(|| panic!("`{name}` is refused:\n{listing}"));
    ApiPlan { requests, ..plan }
}

/// A crate of its own.
pub fn options() -> CrateOptions {
    CrateOptions {
        name: "sample".to_owned(),
        description: "A sample.".to_owned(),
        workspace: false,
        runtime: Delivery::Copy,
    }
}

/// Renders plans as a crate of its own.
pub fn render(plans: &[ApiPlan]) -> Files {
    try_render(plans).unwrap_or_else(|error| panic!("{error}"))
}

/// As [`render`], for what may fail.
pub fn try_render(plans: &[ApiPlan]) -> Result<Files, RenderError> {
    specwright::render::render(plans, &options())
}

/// The crate of one document.
pub fn generate(name: &str, text: &str) -> Files {
    render(&[plan(name, text)])
}
