//! What became of a run.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::files::{Changes, FileError};
use super::fingerprint::Outcome;
use super::kept::Offer;
use super::report::Report;
use crate::config::Problem;
use crate::diagnostics::Tally;
use crate::output::Files;
use crate::render::RenderError;

/// What a run did.
#[derive(Debug)]
pub struct Summary {
    /// How many documents were read.
    pub documents: usize,
    /// How many operations they have.
    pub operations: usize,
    /// The features of the APIs that have operations, and so something to serve.
    pub served: Vec<String>,
    /// How many models were made of them.
    pub models: usize,
    /// How many files the crate has.
    pub files: usize,
    /// How the tree differed.
    pub changes: Changes,
    /// What the user's manifest lacks.
    pub offer: Option<Offer>,
    /// What the tree should hold, for showing the difference.
    pub wanted: Files,
    /// How long it took.
    pub time: Duration,
    /// What was found in the documents.
    pub report: Report,
    /// What was repaired and left out in them.
    pub tally: Tally,
    /// The files that were read, and those that were looked for.
    pub inputs: Vec<PathBuf>,
}

impl Summary {
    /// What a run said that would do the same.
    pub(super) fn repeated(outcome: Outcome, inputs: Vec<PathBuf>, time: Duration) -> Self {
        let Outcome { documents, operations, served, models, files, tally, report } = outcome;
        let (changes, offer, wanted) = (Changes::default(), None, Files::new());
        Self { documents, operations, served, models, files, changes, offer, wanted, time, report, tally, inputs }
    }

    /// What the next run says if nothing changes.
    pub(super) fn outcome(&self) -> Outcome {
        Outcome {
            documents: self.documents,
            operations: self.operations,
            served: self.served.clone(),
            models: self.models,
            files: self.files,
            tally: self.tally.clone(),
            report: self.report.clone(),
        }
    }

    /// Whether the tree is not as it should be.
    pub fn is_stale(&self) -> bool {
        !self.changes.is_empty() || self.offer.is_some()
    }
}

/// Why a run did nothing.
#[derive(Debug)]
pub enum Failure {
    /// The documents have errors.
    Documents(Report),
    /// The documents have findings that the configuration denies: by the position of its entry, how often.
    Denied(Report, BTreeMap<usize, usize>),
    /// Entries of the configuration have no effect.
    Config(Vec<Problem>),
    /// Files that the configuration names are not there.
    Missing(Vec<Problem>),
    /// The request cannot be met as it stands.
    Request(String),
    /// A file cannot be read or written.
    File(FileError),
    /// Our own mistake: a template does not render.
    Render(RenderError),
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<RenderError> for Failure {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}
