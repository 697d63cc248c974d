//! Why the library could not do what it was asked for.

use crate::cli::{Failure, Project, ProjectError};
use crate::listing::Style;

/// Why nothing was written.
///
/// Its text is what the program prints: every finding with file, line and column, without colors. `Debug` is the same
/// text, so that `fn main() -> Result<(), specwright::Error>` and `unwrap` in a test show it.
#[derive(Clone, thiserror::Error)]
#[error("{text}")]
pub struct Error {
    kind: ErrorKind,
    text: String,
}

/// What is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A document was refused.
    Document,
    /// The options cannot be met.
    Config,
    /// What is generated is not what would be generated.
    Stale,
    /// A file cannot be read or written.
    File,
    /// Specwright itself: please report it.
    Internal,
}

impl std::fmt::Debug for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error {
    pub(super) fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }

    /// What is at fault.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    pub(super) fn project(error: &ProjectError) -> Self {
        let kind = if matches!(error, ProjectError::File(_)) { ErrorKind::File } else { ErrorKind::Config };
        Self::new(kind, error.message(Style::Plain).trim_end())
    }

    /// All of some failures; the first one says what is at fault.
    pub(super) fn failures(failures: &[Failure], project: &Project) -> Self {
        let kind = failures.first().map_or(ErrorKind::Internal, kind);
        let texts: Vec<_> = failures.iter().map(|it| message(it, project)).collect();
        Self::new(kind, texts.concat().trim_end())
    }
}

fn kind(failure: &Failure) -> ErrorKind {
    match failure {
        Failure::Documents(_) | Failure::Denied(..) => ErrorKind::Document,
        Failure::Config(_) | Failure::Request(_) => ErrorKind::Config,
        Failure::File(_) | Failure::Missing(_) => ErrorKind::File,
        Failure::Render(_) => ErrorKind::Internal,
    }
}

fn message(failure: &Failure, project: &Project) -> String {
    match failure {
        Failure::Documents(report) => report.listing(Style::Plain).to_owned(),
        Failure::Denied(report, counts) => {
            report.listing(Style::Plain).to_owned() + &project.listing(&project.denied(counts), Style::Plain)
        }
        Failure::Config(problems) | Failure::Missing(problems) => project.listing(problems, Style::Plain),
        Failure::Request(message) => format!("{message}\n"),
        Failure::File(error) => format!("{error}\n"),
        Failure::Render(error) => format!("{error}\nThis is a bug of Specwright.\n"),
    }
}
