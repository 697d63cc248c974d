//! Specwright turns OpenAPI documents into Rust.
//!
//! The pipeline, top-down; each stage is a module with one entry function:
//!
//! ```text
//! text -> document::read -> lower::lower -> plan::plan -> render::render -> output::Files
//! ```
//!
//! It is a function from texts to texts: no clock, no environment, no printing. What reads and writes files, draws
//! progress and knows flags is in [`cli`].

pub mod cli;
pub mod diagnostics;
pub mod document;
pub mod ir;
pub mod lower;
pub mod output;
pub mod plan;
pub mod render;
pub mod source;
#[cfg(test)]
mod unexpressed;

use diagnostics::Diagnostics;
use document::Loader;
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

/// Takes a document through every stage up to the plan.
///
/// No stage stops at the first problem, and lowering looks at what reading found fault with, so that one run
/// reports everything. Only a document without errors is planned.
pub fn compile(naming: &Naming, text: String, loader: &dyn Loader) -> Compiled {
    let mut diagnostics = Diagnostics::new();
    let document = match document::read(&naming.source, text, loader, &mut diagnostics) {
        Ok(document) => document,
        Err(sources) => return Compiled { sources, diagnostics, api: None, plan: None },
    };
    let api = lower::lower(&document, &mut diagnostics);
    let plan = (!diagnostics.has_errors()).then(|| plan::plan(&api, naming, &mut diagnostics));
    let plan = plan.filter(|_| !diagnostics.has_errors());
    Compiled { sources: document.sources, diagnostics, api: Some(api), plan }
}
