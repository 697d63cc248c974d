//! The levels that a configuration gives to findings.

use std::collections::{BTreeMap, BTreeSet};

use super::codegen::Source;
use crate::Compiled;
use crate::config::{Finding, Spot, Step, Weight};
use crate::diagnostics::{Diagnostic, Severity, similar_pointer};
use crate::lower::Near;

/// What became of the findings.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    /// The entries that a finding answers to.
    pub(super) used: BTreeSet<Spot>,
    /// How many findings each entry denies, by its position.
    pub(super) denied: BTreeMap<usize, usize>,
    /// What the places of others are likely to mean.
    pub(super) near: BTreeMap<Spot, Near>,
}

/// Takes out what is allowed, and counts what is denied. Errors stay what they are.
pub(super) fn weigh(compiled: &mut [(Source, Compiled)], levels: &[Finding]) -> Weighed {
    let mut weighed = Weighed::default();
    for (source, it) in compiled {
        for (idx, level) in levels.iter().enumerate() {
            let near = near(level, it.diagnostics.iter());
            weighed.near.extend(near.map(|it| (vec![Step::Key("finding"), Step::Item(idx)], ("at", it))));
        }
        it.diagnostics.retain(|finding| {
            let mut keep = true;
            for (idx, level) in levels.iter().enumerate().filter(|(_, level)| answers(finding, level, &source.name)) {
                weighed.used.insert(vec![Step::Key("finding"), Step::Item(idx)]);
                match level.level {
                    Weight::Allow => keep = false,
                    Weight::Deny => *weighed.denied.entry(idx).or_default() += 1,
                }
            }
            keep
        });
    }
    weighed
}

/// The place of a finding, or one around it, that an entry is likely to mean.
fn near<'d>(level: &Finding, findings: impl Iterator<Item = &'d Diagnostic>) -> Option<String> {
    let at = level.at.as_deref()?;
    let depth = at.split('/').count();
    let around = |it: &str| it.split('/').take(depth).collect::<Vec<_>>().join("/");
    let places: BTreeSet<String> =
        findings.filter(|it| it.code.as_str() == level.code).map(|it| around(it.origin.pointer.as_str())).collect();
    similar_pointer(at, places.iter().map(String::as_str)).map(str::to_owned)
}

/// Whether an entry is about a finding.
fn answers(finding: &Diagnostic, level: &Finding, api: &str) -> bool {
    finding.code.as_str() == level.code
        && finding.severity != Severity::Error
        && level.api.as_ref().is_none_or(|it| it == api)
        && level.at.as_ref().is_none_or(|it| finding.origin.pointer.is_within(it.trim_end_matches('/')))
}
