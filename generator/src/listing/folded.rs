//! Findings that are drawn as one: equal notes, and what is no error and of a kind that there is much of.

use std::collections::{BTreeMap, BTreeSet};

use super::Spot;
use crate::diagnostics::{Code, Consequence, Diagnostic, Severity};
use crate::source::FileId;

/// More findings of one kind than this are drawn as one, unless they are errors.
const FEW: usize = 20;

/// So many of the texts that findings of one kind differ in are named.
const NAMED: usize = 5;

/// A finding, drawn for others as well.
pub(super) struct Folded<'s, 'd> {
    pub(super) spot: Spot<'s>,
    pub(super) diagnostic: &'d Diagnostic,
    /// How many findings it stands for, itself included.
    places: usize,
    /// What others quote where this one quotes something else.
    quoted: BTreeSet<&'d str>,
}

impl Folded<'_, '_> {
    /// What is said of the others; nothing where there are none.
    pub(super) fn others(&self) -> Option<String> {
        let count = self.places.checked_sub(1).filter(|it| *it > 0)?;
        let mut named: Vec<_> = self.quoted.iter().take(NAMED).map(|it| format!("`{it}`")).collect();
        let rest = self.quoted.len() - named.len();
        if rest > 0 {
            named.push(format!("{rest} others"));
        }
        let said = match named.as_slice() {
            [] => String::new(),
            [only] => format!(", where it is {only}"),
            [first @ .., last] => format!(", where it is {} or {last}", first.join(", ")),
        };
        Some(format!("and in {count} more places{said}"))
    }
}

/// Draws equal notes once, where the first of them is, and so what is no error and of a kind that there is much of.
pub(super) fn grouped<'s, 'd>(sorted: Vec<(Spot<'s>, &'d Diagnostic)>) -> Vec<Folded<'s, 'd>> {
    let mut sizes: BTreeMap<Alike, usize> = BTreeMap::new();
    for (_, diagnostic) in &sorted {
        *sizes.entry(kind(diagnostic)).or_default() += 1;
    }
    let mut first: BTreeMap<(Alike, &str), usize> = BTreeMap::new();
    let mut groups: Vec<Folded<'s, 'd>> = Vec::new();
    for (spot, diagnostic) in sorted {
        let kind = kind(diagnostic);
        let is_folded = sizes.get(&kind).is_some_and(|size| *size > FEW);
        let alike = match diagnostic.severity {
            Severity::Warning | Severity::Note if is_folded => Some((kind, "")),
            Severity::Note => Some((kind, diagnostic.message.as_str())),
            Severity::Warning | Severity::Error => None,
        };
        if let Some(alike) = alike {
            let group = *first.entry(alike).or_insert(groups.len());
            if let Some(group) = groups.get_mut(group) {
                group.places += 1;
                group.quoted.extend(difference(group.diagnostic, diagnostic));
                continue;
            }
        }
        groups.push(Folded { spot, diagnostic, places: 1, quoted: BTreeSet::new() });
    }
    groups
}

/// Findings are of one kind where they are in one file and differ in what they quote of the document only, with what
/// becomes of it.
type Alike = (FileId, Code, String, String);

fn kind(diagnostic: &Diagnostic) -> Alike {
    let unquoted = |text: &str| text.split('`').step_by(2).collect::<Vec<_>>().join("`");
    let consequence = match &diagnostic.consequence {
        Consequence::Repaired { taken_as } => unquoted(taken_as),
        Consequence::LeftOut(left) => unquoted(&left.what),
        Consequence::Nothing | Consequence::Refused => String::new(),
    };
    (diagnostic.origin.file, diagnostic.code, unquoted(&diagnostic.message), consequence)
}

/// The first text that a finding quotes and another one of its kind does not.
fn difference<'d>(one: &Diagnostic, other: &'d Diagnostic) -> Option<&'d str> {
    let mut pairs = one.message.split('`').zip(other.message.split('`'));
    pairs.find(|(one, other)| one != other).map(|(_, other)| other)
}
