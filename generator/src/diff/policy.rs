//! What a team decides about changes: what weighs how much, what is allowed until when, and what fails a run.
//!
//! The table `[diff]` of the [configuration](crate::config::Diff) says it; here it is applied to reports.

use jiff::civil::Date;

use super::{Judgement, Level, Levels, Report, rules};
use crate::config::{Allowed, Diff, FailOn, LevelName, Problem, RuleLevel, RuleLevels, Step, problem, read_diff};

fn includes(whose: FailOn, judgement: Judgement) -> bool {
    match whose {
        FailOn::Wire => judgement == Judgement::Wire,
        FailOn::Document => judgement == Judgement::Document,
        FailOn::Rust => judgement == Judgement::Rust,
        FailOn::Any => true,
    }
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Self {
        match name {
            LevelName::Breaking => Self::Breaking,
            LevelName::Warning => Self::Warning,
            LevelName::Note => Self::Note,
            LevelName::None => Self::None,
        }
    }
}

/// What was decided, with the text that says so.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// What it says.
    pub diff: Diff,
    text: String,
}

impl Policy {
    /// Reads what a configuration says about `diff`.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        Ok(Self { diff: read_diff(text)?, text: text.to_owned() })
    }

    /// The text that says it.
    pub fn written(&self) -> &str {
        &self.text
    }

    /// Weighs the findings: retired operations, levels, and what is allowed. The answer is what is wrong with the
    /// allow-list: entries that have expired, and entries that allowed nothing.
    pub fn apply(&self, reports: &mut [Report], today: Date) -> Vec<Problem> {
        for finding in reports.iter_mut().flat_map(|it| &mut it.findings) {
            let sunset = finding.sunset.as_ref().and_then(|it| it.get(..10)?.parse::<Date>().ok());
            if finding.rule == &rules::OPERATION_REMOVED && sunset.is_some_and(|it| it < today) {
                finding.rule = &rules::OPERATION_RETIRED;
                // Code that calls the operation still has to change.
                finding.levels = Levels { rust: finding.levels.rust, ..finding.rule.levels };
                finding.sign();
            }
            if let Some(level) = self.diff.levels.get(finding.rule.id) {
                weigh(*level, &mut finding.levels);
            }
        }
        let faults = self.diff.allow.iter().enumerate().filter_map(|(idx, it)| self.allow(idx, it, reports, today));
        let faults = faults.collect();
        reports.iter_mut().for_each(Report::sort);
        faults
    }

    /// Takes what an entry allows out of what counts; the answer is what is wrong with the entry.
    fn allow(&self, idx: usize, entry: &Allowed, reports: &mut [Report], today: Date) -> Option<Problem> {
        let Allowed { fingerprint, rule, subject, reason, until } = entry;
        let expired = until.as_ref().and_then(|it| it.parse::<Date>().ok()).is_some_and(|it| it < today);
        let mut used = false;
        for finding in reports.iter_mut().flat_map(|it| &mut it.findings) {
            let fits = fingerprint.as_ref().is_none_or(|it| *it == finding.fingerprint)
                && rule.as_ref().is_none_or(|it| it == finding.rule.id)
                && subject.as_ref().is_none_or(|it| *it == finding.subject);
            if fits {
                used = true;
                if !expired {
                    finding.allowed = Some(reason.clone());
                }
            }
        }
        let at = [Step::Key("diff"), Step::Key("allow"), Step::Item(idx)];
        let what = fingerprint.as_ref().or(rule.as_ref()).cloned().unwrap_or_default();
        if !used {
            let message = format!("`{what}` is allowed and does not happen");
            return Some(problem(&self.text, &at, message, "take the entry out"));
        }
        let until = until.as_ref().filter(|_| expired)?;
        let message = format!("`{what}` was allowed until {until}, so it counts again");
        Some(problem(&self.text, &at, message, "undo the change, or agree on another day"))
    }

    /// The judgements in which somebody breaks whom the run is to protect.
    pub fn failed(&self, reports: &[Report]) -> Vec<Judgement> {
        let breaks = |judgement: &Judgement| {
            self.diff.fail_on.iter().any(|it| includes(*it, *judgement))
                && reports.iter().any(|it| it.count(*judgement, Level::Breaking) > 0)
        };
        Judgement::ALL.into_iter().filter(breaks).collect()
    }
}

fn weigh(level: RuleLevel, levels: &mut Levels) {
    let all = [&mut levels.wire, &mut levels.document, &mut levels.rust];
    match level {
        RuleLevel::All(level) => {
            all.into_iter().filter(|it| **it != Level::None).for_each(|it| *it = level.into());
        }
        RuleLevel::Each(RuleLevels { wire, document, rust }) => {
            for (it, wanted) in all.into_iter().zip([wire, document, rust]) {
                *it = wanted.map_or(*it, Level::from);
            }
        }
    }
}
