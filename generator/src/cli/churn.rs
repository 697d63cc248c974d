//! Why a generated tree moved since a revision of git.

use std::path::Path;

use super::codegen::{Codegen, Mode, Prepared};
use super::diff::Version;
use super::files::MANIFEST;
use super::kept::KEPT;
use super::message;
use super::outcome::Failure;
use crate::diff::churn::{Churn, Tree, Trees};
use crate::output::Files;

/// The job that a revision asks for, by its own configuration; its documents are read later.
pub type Past<'a> = &'a dyn Fn(&Version) -> Result<Codegen, String>;

/// Why the output of a job moved between two versions; since its last commit, if the first is not given.
///
/// The folder is that which the paths of the configuration start from.
///
/// # Errors
/// Where there is no such commit, or one of the trees cannot be made.
pub fn churn(
    folder: &Path,
    job: &Codegen,
    past: Past<'_>,
    (since, now): (Option<&Version>, &Version),
) -> Result<Churn, String> {
    let output = job.out.strip_prefix(folder).unwrap_or(&job.out).to_string_lossy().replace('\\', "/");
    let last = || Version::last(folder, &output).ok_or_else(|| format!("git has no commit of `{output}`"));
    let since = since.map_or_else(last, |it| Ok(it.clone()))?;
    let (committed, found) = (own(since.tree(&output)?), own(now.tree(&output)?));
    if committed.is_empty() && found.is_empty() {
        // Nobody keeps the code in git, and nobody has made it.
        return Ok(Churn::default());
    }
    let made = |job: &Codegen| -> Result<Tree, String> { job.files().map(|it| own(tree(&it))).map_err(|it| told(&it)) };
    // What a revision asks for is read from it, by its own configuration.
    let job = match now {
        Version::Disk(_) => job.clone(),
        Version::Git { .. } => past(now)?.at(now),
    };
    let trees = Trees {
        committed,
        before: made(&past(&since)?.at(&since))?,
        configured: made(&job.clone().at(&since))?,
        wanted: made(&job)?,
        found,
    };
    Ok(Churn::new(&output, since.revision().unwrap_or_default(), &trees))
}

impl Codegen {
    /// The files, without a look at what is there.
    ///
    /// # Errors
    /// As of a run that writes.
    pub fn files(&self) -> Result<Files, Failure> {
        let Prepared { plans, contracts, .. } = self.prepare()?;
        Ok(self.rendered(&plans, contracts)?)
    }

    /// The job as of a revision: of its documents, those that were there.
    #[must_use]
    pub fn at(mut self, version: &Version) -> Self {
        self.sources.retain(|source| version.has(&source.shown));
        Self { past: Some(version.clone()), root: None, mode: Mode::Check, ..self }
    }
}

fn tree(files: &Files) -> Tree {
    files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// A tree without what others own, and without the list of its files, which follows from them.
fn own(tree: Tree) -> Tree {
    tree.into_iter().filter(|(path, _)| path != MANIFEST && !KEPT.contains(&path.as_str())).collect()
}

/// A failure in a line.
fn told(failure: &Failure) -> String {
    message(failure).trim_start_matches("error: ").trim_end().to_owned()
}
