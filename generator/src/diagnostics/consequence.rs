//! What becomes of the part of a document that a finding is about.
//!
//! There are three consequences, and each finding says which is its own: a fault is *repaired* and taken as something,
//! it is *left out* with the smallest part that can go, or the document is *refused*. What is no fault has none.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

use super::{Code, Diagnostic, Severity};

/// What becomes of the part of a document that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consequence {
    /// It stays as it is: the finding is a note, or a doubt.
    Nothing,
    /// It is understood all the same.
    Repaired {
        /// What it was taken as.
        taken_as: String,
    },
    /// It goes, and the rest is generated.
    LeftOut(Left),
    /// Nothing is generated.
    Refused,
}

/// Something that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// What it is, in the words of the specification and with its name.
    pub what: String,
    /// Who feels it.
    pub felt: Felt,
    /// How many operations go with it.
    pub operations: usize,
}

/// Who feels that something was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Felt {
    /// The generated documentation only.
    Readers,
    /// The client.
    Client,
    /// The server.
    Server,
    /// Both sides.
    Both,
}

impl fmt::Display for Felt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Readers => "documentation",
            Self::Client => "client",
            Self::Server => "server",
            Self::Both => "client and server",
        })
    }
}

impl Left {
    /// Something that is no operation.
    pub fn new(what: impl Into<String>, felt: Felt) -> Self {
        Self { what: what.into(), felt, operations: 0 }
    }

    /// An operation, for both sides.
    pub fn operation(what: impl Into<String>) -> Self {
        Self { what: what.into(), felt: Felt::Both, operations: 1 }
    }
}

impl Consequence {
    /// What a finding leads to before anyone has repaired anything.
    pub(super) fn unrepaired(code: Code) -> Self {
        if code.severity() == Severity::Error { Self::Refused } else { Self::Nothing }
    }

    /// The word for tools; none where the document stays as it is.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Repaired { .. } => Some("repaired"),
            Self::LeftOut(_) => Some("left-out"),
            Self::Refused => Some("refused"),
        }
    }

    /// The line below a listing; what is refused needs none.
    pub(crate) fn sentence(&self) -> Option<String> {
        match self {
            Self::Nothing | Self::Refused => None,
            Self::Repaired { taken_as } => Some(format!("taken as: {taken_as}")),
            Self::LeftOut(Left { what, felt, .. }) => Some(format!("left out: {what} ({felt})")),
        }
    }
}

/// How much was repaired and left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Tally {
    /// How many operations were left out.
    pub operations: usize,
    /// How many findings left something out, operations included.
    pub left_out: usize,
    /// How many findings were repaired.
    pub repaired: usize,
    /// How many findings of both kinds each code has.
    pub codes: BTreeMap<String, usize>,
    /// How many schemas have no type of Rust, by the reason.
    pub untyped: BTreeMap<String, usize>,
}

/// How the message about a schema without a type begins; the reason follows.
pub(crate) const UNTYPED: &str = "no type fits this schema: ";

impl Tally {
    pub(super) fn count<'d>(findings: impl Iterator<Item = &'d Diagnostic>) -> Self {
        let mut tally = Self::default();
        // An operation with two faults goes once.
        let mut gone = BTreeSet::new();
        for finding in findings {
            if let Some(reason) = finding.message.strip_prefix(UNTYPED) {
                *tally.untyped.entry(reason.to_owned()).or_default() += 1;
            }
            match &finding.consequence {
                Consequence::Repaired { .. } => tally.repaired += 1,
                Consequence::LeftOut(left) => {
                    tally.left_out += 1;
                    tally.operations += if gone.insert(&left.what) { left.operations } else { 0 };
                }
                Consequence::Nothing | Consequence::Refused => continue,
            }
            *tally.codes.entry(finding.code.as_str().to_owned()).or_default() += 1;
        }
        tally
    }

    /// Both, as one.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        let Self { operations, left_out, repaired, codes, untyped } = other;
        self.operations += operations;
        self.left_out += left_out;
        self.repaired += repaired;
        for (code, count) in codes {
            *self.codes.entry(code).or_default() += count;
        }
        for (reason, count) in untyped {
            *self.untyped.entry(reason).or_default() += count;
        }
        self
    }

    /// `1,221 of 1,223 operations; 2 left out, 7 repairs: 2 invalid-path, 7 repaired-field`; none where all is well.
    /// Schemas without a type follow: `3 schemas are any JSON: 3 (it names no type)`.
    ///
    /// `generated` is how many operations there are in what was generated.
    pub fn line(&self, generated: usize) -> Option<String> {
        let untyped: usize = self.untyped.values().sum();
        if self.left_out + self.repaired + untyped == 0 {
            return None;
        }
        let all = generated + self.operations;
        let mut parts = Vec::new();
        if self.left_out > 0 {
            parts.push(format!("{} left out", grouped(self.left_out)));
        }
        if self.repaired > 0 {
            parts.push(format!("{} repair{}", grouped(self.repaired), if self.repaired == 1 { "" } else { "s" }));
        }
        let codes: Vec<String> = self.codes.iter().map(|(code, count)| format!("{} {code}", grouped(*count))).collect();
        let (generated, all) = (grouped(generated), grouped(all));
        let mut line = format!("{generated} of {all} operations");
        if !parts.is_empty() {
            let _ = write!(line, "; {}: {}", parts.join(", "), codes.join(", "));
        }
        if untyped > 0 {
            let reasons = self.untyped.iter().map(|(reason, count)| format!("{} ({reason})", grouped(*count)));
            let reasons: Vec<String> = reasons.collect();
            let schemas = if untyped == 1 { "schema is" } else { "schemas are" };
            let _ = write!(line, "; {} {schemas} any JSON: {}", grouped(untyped), reasons.join(", "));
        }
        Some(line)
    }
}

/// `1223` as `1,223`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
