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
pub mod config;
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

use config::{Selection, Types};
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
    /// What was taken of the document.
    pub selection: Selection,
}

/// What the user decided about an API.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Which operations to take.
    pub selection: Selection,
    /// Which types stand for which schemas.
    pub types: Types,
}

/// Takes a document through every stage up to the plan.
///
/// No stage stops at the first problem, and lowering looks at what reading found fault with, so that one run
/// reports everything. Only a document without errors is planned.
pub fn compile(naming: &Naming, text: String, loader: &dyn Loader) -> Compiled {
    compile_with(naming, text, loader, &Choices::default())
}

/// As [`compile`], with what the user decided.
pub fn compile_with(naming: &Naming, text: String, loader: &dyn Loader, choices: &Choices) -> Compiled {
    let Choices { mut selection, types } = choices.clone();
    let mut diagnostics = Diagnostics::new();
    let document = match document::read_selected(&naming.source, text, loader, &mut selection, &mut diagnostics) {
        Ok(document) => document,
        Err(sources) => return Compiled { sources, diagnostics, api: None, plan: None, selection },
    };
    let api = lower::lower_selected(&document, &mut selection, &mut diagnostics);
    let plan = (!diagnostics.has_errors()).then(|| plan::plan_with(&api, naming, types, &mut diagnostics));
    let plan = plan.filter(|_| !diagnostics.has_errors());
    Compiled { sources: document.sources, diagnostics, api: Some(api), plan, selection }
}
