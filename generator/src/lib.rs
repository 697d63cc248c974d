//! Specwright turns OpenAPI documents into Rust: models, validation, an axum server and a typed client for each API.
//!
//! # As a library
//!
//! [`Generator`] does what the program `specwright` does, from a build script, a task of a workspace, or a test:
//!
//! - `build.rs` generates into `OUT_DIR` with [`Generator::build_script`], only when an input has changed.
//! - A task of a workspace writes code that is committed with [`Generator::generate`].
//! - A test says that committed code is fresh with [`Generator::check`].
//!
//! ```no_run
//! use specwright::Generator;
//! use specwright::config::{ApiEntry, Output};
//!
//! # fn main() -> Result<(), specwright::Error> {
//! let pets = Output::in_crate("crates/pets").api(ApiEntry::new("pets.yaml"));
//! let outcome = Generator::new().output(pets).generate()?;
//! println!("{}", outcome.summary());
//! # Ok(())
//! # }
//! ```
//!
//! What is public beyond [`Generator`], [`Error`] and [`config`] serves the tasks and tests of Specwright itself, is
//! hidden from this page, and may change with every version.
//!
//! # Inside
//!
//! The pipeline, top-down; each stage is a module with one entry function:
//!
//! ```text
//! text -> document::read -> lower::lower -> judge::judge -> plan::plan -> render::render -> output::Files
//! ```
//!
//! It is a function from texts to texts: no clock, no environment, no printing. What reads and writes files, draws
//! progress and knows flags is in `cli`.

#[doc(hidden)]
pub mod cli;
pub mod config;
#[doc(hidden)]
pub mod diagnostics;
#[doc(hidden)]
pub mod diff;
#[doc(hidden)]
pub mod document;
#[cfg(not(doctest))]
pub mod guide;
#[doc(hidden)]
pub mod ir;
#[doc(hidden)]
pub mod judge;
mod library;
#[doc(hidden)]
pub mod listing;
#[doc(hidden)]
pub mod lower;
#[cfg(feature = "mock")]
#[doc(hidden)]
pub mod mock;
#[cfg(feature = "mock")]
#[doc(hidden)]
pub mod observe;
#[doc(hidden)]
pub mod ordered;
#[doc(hidden)]
pub mod origin;
#[doc(hidden)]
pub mod output;
#[doc(hidden)]
pub mod overlay;
mod parallel;
#[doc(hidden)]
pub mod plan;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod samples;
#[doc(hidden)]
pub mod schemas;
#[doc(hidden)]
pub mod source;

pub use library::{Error, ErrorKind, Generator, Outcome};

use std::collections::{BTreeMap, BTreeSet};

use config::{Extension, Numbered, OneOf, Pagination, Rename, Selection, Unknown};
use diagnostics::{Code, Diagnostics};
use document::{Document, Loader};
use overlay::Overlay;
use plan::{ApiPlan, Naming};
use source::Sources;

/// What became of one document.
#[doc(hidden)]
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
    /// What answers to the user's names.
    pub names: Names,
}

/// What answers to the names of the user's, by the positions of the entries in the configuration.
#[doc(hidden)]
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The entries that a part of the document answers to, and what others are likely to mean.
    pub renamed: lower::Renamed,
    /// What entries of types of the user's are likely to mean.
    pub replaced: BTreeMap<usize, lower::Near>,
    /// Those whose name it could not get, and why.
    pub refused: BTreeMap<usize, String>,
    /// What answers to the pages of the user's.
    pub paginated: lower::Paginated,
}

/// What the user decided about an API.
#[doc(hidden)]
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// What changes the document before it is read.
    pub overlays: Vec<Overlay>,
    /// Which operations to take.
    pub selection: Selection,
    /// Which sides and types to make.
    pub wanted: plan::Wanted,
    /// Extensions that are not to be honored.
    pub ignored: BTreeSet<Extension>,
    /// Names that the document does not carry, each with the position of its entry in the configuration.
    pub rename: Numbered<Rename>,
    /// Pages that the document does not speak of, each with the position of its entry in the configuration.
    pub pagination: Numbered<Pagination>,
}

/// A document after overlays have changed it.
#[doc(hidden)]
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
#[doc(hidden)]
pub fn compile(naming: &Naming, text: String, loader: &dyn Loader) -> Compiled {
    compile_with(naming, text, loader, &Choices::default())
}

/// As [`compile`], after overlays have changed the document.
#[doc(hidden)]
pub fn compile_overlaid(naming: &Naming, text: String, overlays: Vec<Overlay>, loader: &dyn Loader) -> Compiled {
    compile_with(naming, text, loader, &Choices { overlays, ..Choices::default() })
}

/// As [`compile`], with what the user decided.
#[doc(hidden)]
pub fn compile_with(naming: &Naming, text: String, loader: &dyn Loader, choices: &Choices) -> Compiled {
    let Choices { overlays, mut selection, wanted, ignored, rename, pagination } = choices.clone();
    let mut names = Names::default();
    let mut diagnostics = Diagnostics::new();
    let lower = |document: Document, selection: &mut Selection, diagnostics: &mut Diagnostics| {
        let api = lower::lower_selected(&document, selection, &ignored, diagnostics);
        (document, api)
    };
    let lowered = document::read_then(&naming.source, text, overlays, loader, &mut selection, &mut diagnostics, lower);
    let (document, mut api) = match lowered {
        Ok(lowered) => lowered,
        Err(sources) => return Compiled { sources, diagnostics, api: None, plan: None, selection, names },
    };
    names.replaced = lower::replaced_near(&api, &wanted.replace);
    names.renamed = lower::rename(&mut api, &rename);
    names.paginated = lower::paginate(&mut api, &pagination);
    if wanted.types.one_of == Some(OneOf::Any) {
        lower::take_any(&mut api.schemas, &mut diagnostics);
    }
    if wanted.types.unknown_properties == Some(Unknown::Refuse) {
        lower::close(&mut api);
    }
    judge::judge(&document, &mut api, &mut diagnostics);
    if selection.prunes() {
        lower::prune(&mut api, &mut diagnostics);
    }
    if is_empty(&api) && diagnostics.tally().left_out > 0 {
        diagnostics.report(Code::NothingLeft, &document.root().origin, "no operation and no schema is left");
    }
    let plan = (!diagnostics.has_errors()).then(|| plan::plan_with(&api, naming, &wanted, &mut diagnostics));
    let plan = plan.filter(|_| !diagnostics.has_errors());
    if let Some(plan) = &plan {
        names.refused = plan::misnamed(plan, &rename, &names.renamed.used);
    }
    Compiled { sources: document.sources, diagnostics, api: Some(api), plan, selection, names }
}

/// Whether there is nothing to generate from.
fn is_empty(api: &ir::Api) -> bool {
    api.operations.is_empty() && api.webhooks.is_empty() && api.components.is_empty()
}

/// The text of a document after overlays have changed it, in the format that it has itself; references stay as they
/// are. What is wrong with the document or with an overlay is in what comes with it.
#[doc(hidden)]
pub fn effective(path: &str, text: String, overlays: Vec<Overlay>) -> Effective {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    sources.add(path, text, &mut diagnostics);
    overlay::apply(&mut sources, overlays, &mut diagnostics);
    let file = sources.file(source::FileId(0));
    let text = source::to_text(&file.root, file.format).ok().filter(|_| !diagnostics.has_errors());
    Effective { text, sources, diagnostics }
}
