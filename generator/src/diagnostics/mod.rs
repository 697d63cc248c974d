//! What is wrong with a document, for the person who wrote it.
//!
//! A [`Diagnostic`] holds origins, not line numbers: a stage far from the text reports as precisely as the parser,
//! and `listing` looks the lines up when there is something to print.

mod code;
mod consequence;
pub(crate) mod suggest;

pub use code::{Code, Severity};
pub(crate) use consequence::UNTYPED;
pub use consequence::{Consequence, Felt, Left, Tally};
pub use suggest::{similar, similar_pointer};

use std::ops::Range;

use crate::origin::Origin;

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// What kind of finding.
    pub code: Code,
    /// How much it weighs: what its code weighs, less where the fault was repaired or left out.
    pub severity: Severity,
    /// What became of what it is about.
    pub consequence: Consequence,
    /// The fact: lower case, no full stop, the offending text in backticks.
    pub message: String,
    /// The place.
    pub origin: Origin,
    /// Whether the place is the node's key rather than its value.
    pub target: Target,
    /// The bytes themselves, where no pointer leads to them: a text that cannot be read, a key that stands twice.
    pub span: Option<Range<usize>>,
    /// What is written under the place in the listing.
    pub label: Option<String>,
    /// Other places that matter, each with its role.
    pub related: Vec<(Origin, String)>,
    /// What to do about it.
    pub help: Option<String>,
    /// How often the document had been rebuilt when this was found; none where it was as it is now.
    pub rebuilt: Option<usize>,
}

/// Which half of a mapping's entry a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The key, such as an unknown keyword.
    Key,
    /// The value.
    Value,
}

impl Diagnostic {
    /// Says what a fault was taken as: it is repaired, and no longer refuses the document.
    pub fn taken_as(&mut self, instead: impl Into<String>) -> &mut Self {
        self.severity = self.severity.max(Severity::Warning);
        self.consequence = Consequence::Repaired { taken_as: instead.into() };
        self
    }

    /// Says what goes because of a fault: it no longer refuses the document.
    pub fn leaves_out(&mut self, left: Left) -> &mut Self {
        self.severity = self.severity.max(Severity::Warning);
        self.consequence = Consequence::LeftOut(left);
        self
    }

    /// Adds the remedy.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place and its role.
    pub fn related(&mut self, origin: Origin, label: impl Into<String>) -> &mut Self {
        self.related.push((origin, label.into()));
        self
    }

    /// Says something right under the place.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = Some(label.into());
        self
    }

    /// Points at bytes of the origin's file instead of at a node.
    pub fn span(&mut self, span: Range<usize>) -> &mut Self {
        self.span = Some(span);
        self
    }

    /// Points at the entry's key instead of its value.
    pub fn at_key(&mut self) -> &mut Self {
        self.target = Target::Key;
        self
    }
}

/// All findings of a run, in the order in which the stages met them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diagnostics {
    all: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No findings yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a finding; the answer takes help and related places.
    pub fn report(&mut self, code: Code, origin: &Origin, message: impl Into<String>) -> &mut Diagnostic {
        self.all.push(Diagnostic {
            code,
            severity: code.severity(),
            consequence: Consequence::unrepaired(code),
            message: printable(message.into()),
            origin: origin.clone(),
            target: Target::Value,
            span: None,
            label: None,
            related: Vec::new(),
            help: None,
            rebuilt: None,
        });
        let last = self.all.len() - 1;
        &mut self.all[last]
    }

    /// Adds the findings of a part of a stage behind those of the others.
    pub(crate) fn append(&mut self, other: Self) {
        self.all.extend(other.all);
    }

    /// Takes away all findings but the first ones.
    pub(crate) fn split_off(&mut self, first: usize) -> Self {
        Self { all: self.all.split_off(first.min(self.all.len())) }
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Says of all findings but the first ones how often the document had been rebuilt when they were made.
    pub(crate) fn found_before(&mut self, first: usize, rebuilt: usize) {
        self.all.iter_mut().skip(first).for_each(|it| it.rebuilt = Some(rebuilt));
    }

    /// Whether nothing may be written.
    pub fn has_errors(&self) -> bool {
        self.all.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// The findings that weigh at least as much as this.
    #[must_use]
    pub fn at_least(&self, severity: Severity) -> Self {
        Self { all: self.all.iter().filter(|finding| finding.severity <= severity).cloned().collect() }
    }

    /// Forgets the findings that a test does not hold for.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.all.retain(keep);
    }

    /// Whether something is wrong with a node or with what is in it.
    pub fn has_errors_within(&self, origin: &Origin) -> bool {
        self.all.iter().any(|it| it.severity == Severity::Error && it.origin.is_within(origin))
    }

    /// Makes an error of every fault of the document, however it was taken: what only this generator cannot do, and
    /// what has no effect by design, stays what it is.
    pub fn harden(&mut self) {
        for finding in self.all.iter_mut().filter(|it| it.severity == Severity::Warning) {
            // A branch that nothing reaches is no fault: the document is valid and means what it says.
            if !matches!(finding.code, Code::ApproximatedField | Code::UnreachableBranch) {
                finding.severity = Severity::Error;
            }
        }
    }

    /// What was repaired and left out, counted.
    pub fn tally(&self) -> Tally {
        Tally::count(self.all.iter())
    }

    /// The findings that still refuse the document, for whoever decides what goes instead.
    pub(crate) fn errors_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.all.iter_mut().filter(|it| it.severity == Severity::Error)
    }

    /// The findings.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.all.iter()
    }
}

/// A sentence with the escapes of what would move a terminal's cursor, such as a tab in a name.
fn printable(sentence: String) -> String {
    let is_printable = |it: char| !it.is_control() || it == '\n';
    if sentence.chars().all(is_printable) {
        return sentence;
    }
    let shown = |it: char| if is_printable(it) { it.to_string() } else { it.escape_debug().to_string() };
    sentence.chars().map(shown).collect()
}
