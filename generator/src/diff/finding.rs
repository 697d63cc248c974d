//! What a comparison finds, and what follows from it.

use std::fmt;

use serde_json::Value as Json;

use super::rules::{Judgement, Level, Levels, Rule};

/// A place in one of the two documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file as people name it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The JSON Pointer of the node.
    pub pointer: String,
    /// The first lines of the node.
    pub excerpt: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// An instance that shows a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Witness {
    /// Valid before, refused now.
    RefusedNow(Json),
    /// Refused before, valid now.
    ValidNow(Json),
}

impl Witness {
    /// The instance.
    pub fn instance(&self) -> &Json {
        match self {
            Self::RefusedNow(it) | Self::ValidNow(it) => it,
        }
    }

    /// What it shows.
    pub fn caption(&self) -> &'static str {
        match self {
            Self::RefusedNow(_) => "valid before, refused now",
            Self::ValidNow(_) => "refused before, valid now",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What kind of change.
    pub rule: &'static Rule,
    /// What it weighs here: the rule's levels, as configured.
    pub levels: Levels,
    /// What it is about: an operation, a component, the document.
    pub subject: String,
    /// Where in the subject; empty for the subject itself.
    pub path: String,
    /// The fact, in a sentence.
    pub message: String,
    /// What stood there before, in short.
    pub before: Option<String>,
    /// What stands there now, in short.
    pub after: Option<String>,
    /// The place in the old document.
    pub old: Option<Place>,
    /// The place in the new document.
    pub new: Option<Place>,
    /// An instance that shows it.
    pub witness: Option<Witness>,
    /// The operations that it reaches.
    pub operations: Vec<String>,
    /// What moved in the generated crate because of it, one line an item.
    pub moved: Vec<String>,
    /// The `x-sunset` of something deprecated that is gone.
    pub sunset: Option<String>,
    /// Why it is allowed, where an entry of the allow-list says so.
    pub allowed: Option<String>,
    /// A short name of the change that stays when lines move.
    pub fingerprint: String,
}

impl Finding {
    /// Names the change by what it is, not by where it stands.
    pub(super) fn sign(&mut self) {
        let none = String::new();
        let parts = [
            self.rule.id,
            &self.subject,
            &self.path,
            &self.message,
            self.before.as_ref().unwrap_or(&none),
            self.after.as_ref().unwrap_or(&none),
        ];
        // FNV-1a: stable among releases of Rust, which its own hasher is not.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.fingerprint = format!("{:012x}", hash & 0xffff_ffff_ffff);
    }

    /// Whether it counts: it weighs something, and nobody allowed it.
    pub fn counts(&self, judgement: Judgement, level: Level) -> bool {
        self.allowed.is_none() && self.levels.level(judgement) == level
    }
}

/// The part of a version that must be raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing changed.
    None,
    /// Words only.
    Patch,
    /// Something was added.
    Minor,
    /// Somebody breaks.
    Major,
}

impl Bump {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Everything that changed between two documents.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The API as people call it.
    pub api: String,
    /// The old document, as people name it.
    pub old: String,
    /// The new document, as people name it.
    pub new: String,
    /// The changes, the worst first.
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many findings count at a level.
    pub fn count(&self, judgement: Judgement, level: Level) -> usize {
        self.findings.iter().filter(|it| it.counts(judgement, level)).count()
    }

    /// The part of the version that a judgement asks to raise.
    pub fn bump(&self, judgement: Judgement) -> Bump {
        let level = self.findings.iter().filter(|it| it.allowed.is_none()).map(|it| it.levels.level(judgement)).min();
        match level {
            Some(Level::Breaking) => Bump::Major,
            Some(Level::Warning) => Bump::Minor,
            Some(Level::Note) if self.findings.iter().any(|it| it.adds(judgement)) => Bump::Minor,
            Some(Level::Note) => Bump::Patch,
            Some(Level::None) if !self.findings.is_empty() => Bump::Patch,
            Some(Level::None) | None => Bump::None,
        }
    }

    /// Puts the worst first; what weighs the same stays in the order of the documents.
    pub(super) fn sort(&mut self) {
        self.findings.sort_by_key(|it| (it.allowed.is_some(), it.levels.worst(), it.levels.wire));
    }
}

impl Finding {
    /// Whether it is more than words.
    fn adds(&self, judgement: Judgement) -> bool {
        let words = ["description-changed", "title-changed", "version-changed"];
        self.levels.level(judgement) == Level::Note && !words.contains(&self.rule.id)
    }
}
