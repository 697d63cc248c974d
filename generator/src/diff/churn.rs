//! Why generated files moved: the document, the configuration, the generator, or somebody's hand.
//!
//! Trees are made of what is known at both ends, one input exchanged at a time, and each step owns what moved in it:
//!
//! ```text
//! committed --(generator)--> old inputs --(configuration)--> new configuration --(documents)--> wanted
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

/// Texts by their paths.
pub type Tree = BTreeMap<String, String>;

/// The trees of one output.
#[derive(Debug, Clone, Default)]
pub struct Trees {
    /// What was committed at the revision.
    pub committed: Tree,
    /// What this generator makes of documents and configuration of the revision.
    pub before: Tree,
    /// What it makes of the documents of the revision, by the configuration of now.
    pub configured: Tree,
    /// What it makes of the documents and the configuration of now.
    pub wanted: Tree,
    /// What is there.
    pub found: Tree,
}

/// Why a file moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The document says something else.
    Document,
    /// The configuration asks for something else.
    Configuration,
    /// The generator, its templates or its version make something else of the same.
    Generator,
    /// Somebody edited it.
    Hand,
}

impl Cause {
    /// Every cause, in the order of reports.
    pub const ALL: [Self; 4] = [Self::Document, Self::Configuration, Self::Generator, Self::Hand];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Configuration => "configuration",
            Self::Generator => "generator",
            Self::Hand => "hand",
        }
    }

    /// What happened.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Document => "because a document changed",
            Self::Configuration => "because the configuration changed",
            Self::Generator => "because the generator changed, or what was committed was not generated",
            Self::Hand => "by hand: the next `generate` takes it back",
        }
    }
}

/// A file that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedFile {
    /// Why.
    pub cause: Cause,
    /// Its path in the output.
    pub path: String,
    /// Lines that came.
    pub added: usize,
    /// Lines that went.
    pub removed: usize,
}

/// What moved in one output since a revision.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Churn {
    /// The folder of the output.
    pub output: String,
    /// The revision.
    pub since: String,
    /// The files, by cause and path; one that moved for two reasons stands twice.
    pub moved: Vec<MovedFile>,
}

impl Churn {
    /// Says why each file moved.
    pub fn new(output: &str, since: &str, trees: &Trees) -> Self {
        let Trees { committed, before, configured, wanted, found } = trees;
        let mut moved = Vec::new();
        for (cause, from, to) in [
            (Cause::Document, configured, wanted),
            (Cause::Configuration, before, configured),
            (Cause::Generator, committed, before),
        ] {
            let paths: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
            moved.extend(paths.into_iter().filter_map(|path| step(cause, path, from.get(path), to.get(path))));
        }
        // What is there and was never made of anything was made by somebody.
        let made = |path: &String, text: &String| {
            [committed, before, configured, wanted].iter().any(|tree| tree.get(path) == Some(text))
        };
        let edited = found.iter().filter(|(path, text)| !made(path, text));
        moved.extend(edited.filter_map(|(path, text)| step(Cause::Hand, path, wanted.get(path), Some(text))));
        Self { output: output.to_owned(), since: since.to_owned(), moved }
    }

    /// The files that moved for a reason.
    pub fn because(&self, cause: Cause) -> Vec<&MovedFile> {
        self.moved.iter().filter(|it| it.cause == cause).collect()
    }

    /// What moved, for a terminal.
    pub fn report(&self) -> String {
        const MOST: usize = 8;
        let mut out = format!("`{}` since {}:", self.output, self.since);
        if self.moved.is_empty() {
            out.push_str(" nothing moved\n");
            return out;
        }
        out.push('\n');
        for cause in Cause::ALL {
            let files = self.because(cause);
            if files.is_empty() {
                continue;
            }
            let (added, removed) = sums(&files);
            let count = if files.len() == 1 { "1 file".to_owned() } else { format!("{} files", files.len()) };
            let _ = writeln!(out, "  {}: {count} +{added} -{removed}", cause.phrase());
            for file in files.iter().take(MOST) {
                let _ = writeln!(out, "    {} +{} -{}", file.path, file.added, file.removed);
            }
            if files.len() > MOST {
                let _ = writeln!(out, "    and {} more", files.len() - MOST);
            }
        }
        out
    }
}

/// Lines that came and went in some files.
pub(super) fn sums(files: &[&MovedFile]) -> (usize, usize) {
    files.iter().fold((0, 0), |(added, removed), it| (added + it.added, removed + it.removed))
}

fn step(cause: Cause, path: &str, from: Option<&String>, to: Option<&String>) -> Option<MovedFile> {
    if from == to {
        return None;
    }
    let text = |it: Option<&'_ String>| it.map(String::as_str).unwrap_or_default().to_owned();
    let (from, to) = (text(from), text(to));
    let diff = TextDiff::from_lines(&from, &to);
    let count = |tag| diff.iter_all_changes().filter(|it| it.tag() == tag).count();
    Some(MovedFile { cause, path: path.to_owned(), added: count(ChangeTag::Insert), removed: count(ChangeTag::Delete) })
}
