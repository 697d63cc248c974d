//! Specwright turns OpenAPI documents into Rust.
//!
//! The pipeline, top-down; each stage is a module with one entry function:
//!
//! ```text
//! text -> document::read -> lower::lower -> judge::judge -> plan::plan -> render::render -> output::Files
//! ```
//!
//! It is a function from texts to texts: no clock, no environment, no printing. What reads and writes files, draws
//! progress and knows flags is in [`cli`].

pub mod cli;
pub mod diagnostics;
pub mod document;
pub mod ir;
pub mod judge;
pub mod lower;
pub mod output;
pub mod overlay;
pub mod plan;
pub mod render;
pub mod source;
#[cfg(test)]
mod unexpressed;

use diagnostics::{Code, Diagnostics};
use document::Loader;
use overlay::Overlay;
use plan::{ApiPlan, Naming};
use source::Sources;

/// What became of one document.
pub struct Compiled {
    /// The files that were read, for printing diagnostics.
    pub sources: Sources,
    /// Everything that was found.
    pub diagnostics: Diagnostics,
    /// What the document says.
    pub api: Option<ir::Api>,
    /// The plan of its code; none where something is wrong.
    pub plan: Option<ApiPlan>,
}

/// A document after overlays have changed it.
pub struct Effective {
    /// Its text; none where something is wrong.
    pub text: Option<String>,
    /// The files that were read, for printing diagnostics.
    pub sources: Sources,
    /// Everything that was found.
    pub diagnostics: Diagnostics,
}

/// Takes a document through every stage up to the plan.
///
/// No stage stops at the first problem, and lowering looks at what reading found fault with, so that one run
/// reports everything. Only a document without errors is planned.
pub fn compile(naming: &Naming, text: String, loader: &dyn Loader) -> Compiled {
    compile_overlaid(naming, text, Vec::new(), loader)
}

/// As [`compile`], after overlays have changed the document.
pub fn compile_overlaid(naming: &Naming, text: String, overlays: Vec<Overlay>, loader: &dyn Loader) -> Compiled {
    let mut diagnostics = Diagnostics::new();
    let document = match document::read_overlaid(&naming.source, text, overlays, loader, &mut diagnostics) {
        Ok(document) => document,
        Err(sources) => return Compiled { sources, diagnostics, api: None, plan: None },
    };
    let mut api = lower::lower(&document, &mut diagnostics);
    judge::judge(&document, &mut api, &mut diagnostics);
    if is_empty(&api) && diagnostics.tally().left_out > 0 {
        diagnostics.report(Code::NothingLeft, &document.root().origin, "no operation and no schema is left");
    }
    let plan = (!diagnostics.has_errors()).then(|| plan::plan(&api, naming, &mut diagnostics));
    let plan = plan.filter(|_| !diagnostics.has_errors());
    Compiled { sources: document.sources, diagnostics, api: Some(api), plan }
}

/// Whether there is nothing to generate from.
fn is_empty(api: &ir::Api) -> bool {
    api.operations.is_empty() && api.webhooks.is_empty() && api.components.is_empty()
}

/// The text of a document after overlays have changed it, in the format that it has itself; references stay as they
/// are. What is wrong with the document or with an overlay is in what comes with it.
pub fn effective(path: &str, text: String, overlays: Vec<Overlay>) -> Effective {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    sources.add(path, text, &mut diagnostics);
    overlay::apply(&mut sources, overlays, &mut diagnostics);
    let file = sources.file(source::FileId(0));
    let text = source::to_text(&file.root, file.format).ok().filter(|_| !diagnostics.has_errors());
    Effective { text, sources, diagnostics }
}
