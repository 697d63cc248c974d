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

    /// Whether nothing of the tree is there.
    pub fn is_new(&self) -> bool {
        !self.wanted.is_empty() && self.changes.missing.len() == self.wanted.len()
    }

    /// What makes the tree as it should be; nothing where it is.
    pub fn remedy(&self) -> Option<Remedy> {
        match (self.changes.is_empty(), self.offer.is_some()) {
            (true, false) => None,
            (true, true) => Some(Remedy::Manifest),
            (false, false) => Some(Remedy::Code),
            (false, true) => Some(Remedy::Both),
        }
    }
}

/// What makes a stale tree as it should be: the manifest is the user's, and no run changes it unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// A run that is asked to write the manifest.
    Manifest,
    /// A run.
    Code,
    /// A run that is asked to write the manifest too.
    Both,
}

impl Remedy {
    /// What mends all of these trees.
    pub fn joined<'a>(summaries: impl IntoIterator<Item = &'a Summary>) -> Option<Self> {
        let remedies = summaries.into_iter().filter_map(Summary::remedy);
        remedies.reduce(|one, other| if one == other { one } else { Self::Both })
    }

    /// What is wrong, and which command mends it: `command` has a flag put into it, or none.
    pub fn message(self, command: impl Fn(&str) -> String) -> String {
        const FLAG: &str = " --update-manifest";
        match self {
            Self::Manifest => format!("the manifest lacks what generated code needs: run {}", command(FLAG)),
            Self::Code => format!("the generated code is stale: run {}", command("")),
            Self::Both => {
                format!("the generated code is stale, and the manifest lacks what it needs: run {}", command(FLAG))
            }
        }
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
