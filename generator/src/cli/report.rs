//! What a run says: findings as listings or JSON, the summary, and the difference of a stale tree.

use std::fmt::Write as _;

use similar::TextDiff;

use serde::{Deserialize, Serialize};

use super::codegen::{Mode, Prepared, Source};
use super::outcome::Summary;
use crate::Compiled;
use crate::diagnostics::Severity;
use crate::listing::{Style, render, to_json};
use crate::parallel;
use crate::plan::ApiPlan;

/// The findings of all documents, ready to print.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
pub struct Report {
    plain: String,
    colored: String,
    json: Vec<serde_json::Value>,
    hidden: usize,
}

impl Report {
    /// Draws the findings of every document that weigh at least as much as `shown`, and counts the others.
    pub fn new(compiled: &[(Source, Compiled)], shown: Severity) -> Self {
        let mut report = Self::default();
        for (_, it) in compiled {
            let diagnostics = it.diagnostics.at_least(shown);
            let drawn = diagnostics.iter().count();
            report.hidden += it.diagnostics.iter().count() - drawn;
            let draw = |style| if drawn > 0 { render(&diagnostics, &it.sources, style) } else { String::new() };
            let listings = || parallel::both(|| draw(Style::Plain), || draw(Style::Color));
            let (json, (plain, colored)) = parallel::both(|| to_json(&it.diagnostics, &it.sources), listings);
            report.plain.push_str(&plain);
            report.colored.push_str(&colored);
            report.json.push(json);
        }
        report
    }

    /// The listings, for a terminal or for a file.
    pub fn listing(&self, style: Style) -> &str {
        match style {
            Style::Plain => &self.plain,
            Style::Color => &self.colored,
        }
    }

    /// The findings that weigh more than a note, a line each: place, code, message, and what became of it.
    pub fn lines(&self) -> Vec<String> {
        let all = self.json.iter().flat_map(|it| it.as_array().into_iter().flatten());
        let text = |it: &serde_json::Value, key: &str| it[key].as_str().unwrap_or_default().to_owned();
        let line = |it: &serde_json::Value| {
            let place = format!("{}:{}:{}", text(it, "path"), it["line"], it["column"]);
            let became = ["taken_as", "left_out"].iter().find(|key| it[**key].is_string());
            let became =
                became.map(|key| format!("; {}: {}", key.replace('_', " "), text(it, key))).unwrap_or_default();
            let line =
                format!("{place}: {}[{}]: {}{became}", text(it, "severity"), text(it, "code"), text(it, "message"));
            line.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
        };
        all.filter(|it| it["severity"] != "note").map(line).collect()
    }

    /// The findings for tools: one array a document.
    pub fn json(&self) -> String {
        self.json.iter().fold(String::new(), |mut out, it| {
            let _ = writeln!(out, "{it}");
            out
        })
    }
}

impl Report {
    /// How many notes are not shown.
    fn unseen(&self) -> String {
        match self.hidden {
            0 => String::new(),
            many => format!("{} about what has no effect: `--notes` shows them\n", count(many, "note")),
        }
    }
}

impl Prepared {
    /// What there is to say about documents that nothing is to be made of.
    pub(super) fn screen(&self) -> String {
        let operations = self.plans.iter().map(ApiPlan::operation_count).sum();
        let models = self.plans.iter().map(|it| it.models.len()).sum();
        let counts = [(self.plans.len(), "document"), (operations, "operation"), (models, "model")];
        let counts = counts.map(|(n, word)| count(n, word)).join(", ");
        let mut out = format!("{counts}: fit to generate from ({} ms)\n", self.start.elapsed().as_millis());
        out.push_str(&self.report.unseen());
        if let Some(line) = self.tally.line(operations) {
            let _ = writeln!(out, "{line}");
        }
        out
    }
}

/// A number of things in words.
fn count(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

impl Summary {
    /// One screen about the run.
    pub fn screen(&self, mode: Mode) -> String {
        let mut out = format!(
            "{}, {}, {}, {}: ",
            count(self.documents, "document"),
            count(self.operations, "operation"),
            count(self.models, "model"),
            count(self.files, "file"),
        );
        let verb = match mode {
            Mode::Write => "written",
            Mode::Check => "stale",
        };
        let _ = match self.changes.len() {
            0 if self.offer.is_some() => write!(out, "the manifest lacks something"),
            0 => write!(out, "nothing changed"),
            _ if self.is_new() && mode == Mode::Check => write!(out, "nothing is generated yet"),
            n => write!(out, "{n} {verb}"),
        };
        let _ = writeln!(out, " ({} ms)", self.time.as_millis());
        out.push_str(&self.report.unseen());
        self.list(&mut out);
        if let Some(offer) = &self.offer {
            for lacking in &offer.lacking {
                let _ = writeln!(out, "  lacking  {lacking} in `{}`", offer.shown);
            }
            if mode == Mode::Write {
                let help = "that file is yours: `check` shows what to add, `--update-manifest` adds it";
                let _ = writeln!(out, "  {help}");
            }
        }
        if let Some(line) = self.tally.line(self.operations) {
            let _ = writeln!(out, "{line}");
        }
        out
    }

    fn list(&self, out: &mut String) {
        const MOST: usize = 24;
        let changes = &self.changes;
        let lines = changes
            .missing
            .iter()
            .map(|path| format!("  new      {path}"))
            .chain(changes.changed.keys().map(|path| format!("  changed  {path}")))
            .chain(changes.obsolete.keys().map(|path| format!("  removed  {path}")));
        for line in lines.take(MOST) {
            let _ = writeln!(out, "{line}");
        }
        if changes.len() > MOST {
            let _ = writeln!(out, "  and {} more", changes.len() - MOST);
        }
    }

    /// What a run that writes would change, as unified diffs; of a crate that was never generated there is nothing to
    /// compare.
    pub fn diff(&self) -> String {
        let mut out = String::new();
        let changes = &self.changes;
        if self.is_new() {
            return out;
        }
        let empty = String::new();
        let stale = changes.changed.iter().chain(&changes.obsolete);
        for (path, found) in stale.chain(changes.missing.iter().map(|path| (path, &empty))) {
            let wanted = self.wanted.get(path).unwrap_or_default();
            let diff = TextDiff::from_lines(found.as_str(), wanted);
            let _ = write!(out, "{}", diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")));
        }
        if let Some(offer) = &self.offer {
            let diff = TextDiff::from_lines(offer.found.as_str(), offer.wanted.as_str());
            let path = offer.shown.trim_start_matches('/');
            let _ = write!(out, "{}", diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")));
        }
        out
    }
}
