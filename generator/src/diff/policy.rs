//! What a team decides about changes: what weighs how much, what is allowed until when, and what fails a run.
//!
//! ```toml
//! [diff]
//! fail-on = ["wire"]
//!
//! [diff.levels]
//! parameter-removed = "warning"
//! operation-id-changed = { document = "note" }
//!
//! [[diff.allow]]
//! fingerprint = "0f3a5c7e9b1d"
//! reason = "Agreed with everybody who calls it"
//! until = "2030-01-31"
//! ```

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::{Judgement, Level, Levels, Report, rules};

/// The table `[diff]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Policy {
    /// What fails a run.
    pub fail_on: Vec<FailOn>,
    /// What rules weigh here.
    pub levels: BTreeMap<String, Spanned<Weight>>,
    /// Changes that are meant.
    pub allow: Vec<Spanned<Allowed>>,
}

/// Whose breaking fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Clients and servers that run already
    Wire,
    /// People who read the document with other tools
    Document,
    /// People whose code calls the generated crate
    Rust,
    /// Anybody
    Any,
}

impl FailOn {
    fn includes(self, judgement: Judgement) -> bool {
        match self {
            Self::Wire => judgement == Judgement::Wire,
            Self::Document => judgement == Judgement::Document,
            Self::Rust => judgement == Judgement::Rust,
            Self::Any => true,
        }
    }
}

/// What a rule weighs: one level for all judgements in which it weighs something, or one for each.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Weight {
    /// The same for all.
    All(LevelName),
    /// Each for itself; the others stay.
    Each(Weights),
}

/// A level for some judgements.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    wire: Option<LevelName>,
    document: Option<LevelName>,
    rust: Option<LevelName>,
}

/// The name of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LevelName {
    /// Somebody breaks.
    Breaking,
    /// Somebody may break.
    Warning,
    /// Nobody breaks.
    Note,
    /// It does not count.
    None,
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

/// A change that is meant.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// The fingerprint of the change.
    pub fingerprint: Option<String>,
    /// The rule, where every change of its kind is meant.
    pub rule: Option<String>,
    /// The subject, such as `GET /pets` or ``schema `Pet` ``.
    pub subject: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<String>,
}

/// What a file says, without the rest of the configuration around it.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    diff: Policy,
}

impl Policy {
    /// Reads the table `[diff]` of a configuration; other tables are somebody else's.
    ///
    /// # Errors
    /// What is wrong with it, with line and column, all at once.
    pub fn read(name: &str, text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| format!("`{name}`: {error}"))?;
        let faults: Vec<String> = file.diff.faults().into_iter().map(|(at, it)| place(name, text, at, &it)).collect();
        if faults.is_empty() { Ok(file.diff) } else { Err(faults.join("\n")) }
    }

    fn faults(&self) -> Vec<(usize, String)> {
        let mut all = Vec::new();
        for (id, weight) in &self.levels {
            if rules::find(id).is_none() {
                all.push((weight.span().start, format!("there is no rule `{id}`; `explain` lists all rules")));
            }
        }
        for entry in &self.allow {
            let (at, it) = (entry.span().start, entry.get_ref());
            if it.fingerprint.is_none() && it.rule.is_none() {
                all.push((at, "an entry of `diff.allow` names a `fingerprint` or a `rule`".to_owned()));
            }
            if it.reason.trim().is_empty() {
                all.push((at, "an entry of `diff.allow` has a `reason`".to_owned()));
            }
            if let Some(rule) = it.rule.as_ref().filter(|it| rules::find(it).is_none()) {
                all.push((at, format!("there is no rule `{rule}`; `explain` lists all rules")));
            }
            if let Some(until) = it.until.as_ref().filter(|it| it.parse::<Date>().is_err()) {
                all.push((at, format!("`{until}` is not a date such as 2030-01-31")));
            }
        }
        all
    }

    /// Weighs the findings: retired operations, levels, and what is allowed. The answer is what is wrong with the
    /// allow-list: entries that have expired, and entries that allowed nothing.
    pub fn apply(&self, reports: &mut [Report], today: Date, name: &str, text: &str) -> Vec<String> {
        for finding in reports.iter_mut().flat_map(|it| &mut it.findings) {
            let sunset = finding.sunset.as_ref().and_then(|it| it.get(..10)?.parse::<Date>().ok());
            if finding.rule == &rules::OPERATION_REMOVED && sunset.is_some_and(|it| it < today) {
                finding.rule = &rules::OPERATION_RETIRED;
                finding.levels = finding.rule.levels;
                finding.sign();
            }
            if let Some(weight) = self.levels.get(finding.rule.id) {
                weigh(weight.get_ref(), &mut finding.levels);
            }
        }
        let mut faults = Vec::new();
        for entry in &self.allow {
            let (at, it) = (entry.span().start, entry.get_ref());
            let expired = it.until.as_ref().and_then(|it| it.parse::<Date>().ok()).is_some_and(|it| it < today);
            let mut used = false;
            for finding in reports.iter_mut().flat_map(|it| &mut it.findings) {
                let fits = it.fingerprint.as_ref().is_none_or(|it| *it == finding.fingerprint)
                    && it.rule.as_ref().is_none_or(|it| it == finding.rule.id)
                    && it.subject.as_ref().is_none_or(|it| *it == finding.subject);
                if fits {
                    used = true;
                    if !expired {
                        finding.allowed = Some(it.reason.clone());
                    }
                }
            }
            let what = it.fingerprint.as_ref().or(it.rule.as_ref()).cloned().unwrap_or_default();
            if !used {
                faults.push(place(
                    name,
                    text,
                    at,
                    &format!("`{what}` is allowed and does not happen: take the entry out"),
                ));
            } else if expired {
                let until = it.until.clone().unwrap_or_default();
                faults.push(place(name, text, at, &format!("`{what}` was allowed until {until}: it counts again")));
            }
        }
        reports.iter_mut().for_each(Report::sort);
        faults
    }

    /// The judgements in which somebody breaks whom the run is to protect.
    pub fn failed(&self, reports: &[Report]) -> Vec<Judgement> {
        let breaks = |judgement: &Judgement| {
            self.fail_on.iter().any(|it| it.includes(*judgement))
                && reports.iter().any(|it| it.count(*judgement, Level::Breaking) > 0)
        };
        Judgement::ALL.into_iter().filter(breaks).collect()
    }
}

fn weigh(weight: &Weight, levels: &mut Levels) {
    match weight {
        Weight::All(level) => {
            for it in [&mut levels.wire, &mut levels.document, &mut levels.rust] {
                if *it != Level::None {
                    *it = (*level).into();
                }
            }
        }
        Weight::Each(Weights { wire, document, rust }) => {
            let each = [(&mut levels.wire, wire), (&mut levels.document, document), (&mut levels.rust, rust)];
            for (level, wanted) in each {
                if let Some(wanted) = wanted {
                    *level = (*wanted).into();
                }
            }
        }
    }
}

/// A fault with the line of the file.
fn place(name: &str, text: &str, at: usize, fault: &str) -> String {
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{name}:{line}:{column}: {fault}")
}
