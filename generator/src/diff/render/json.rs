//! For programs.

use serde_json::{Value as Json, json};

use crate::diff::churn::{Churn, MovedFile};
use crate::diff::{Finding, Judgement, Level, Place, Report, Witness};

/// What the report looks like, as JSON Schema.
pub const SCHEMA: &str = include_str!("report.schema.json");

pub(super) fn write(reports: &[Report], churn: &[Churn]) -> String {
    let all: Vec<Json> = reports.iter().map(report).collect();
    let generated: Vec<Json> = churn.iter().map(moved).collect();
    let log = json!({ "format": 1, "reports": all, "generated": generated });
    let text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text + "\n"
}

fn moved(churn: &Churn) -> Json {
    let file = |it: &MovedFile| json!({ "path": it.path, "cause": it.cause.as_str(), "added": it.added, "removed": it.removed });
    json!({ "output": churn.output, "since": churn.since, "moved": churn.moved.iter().map(file).collect::<Vec<_>>() })
}

fn report(report: &Report) -> Json {
    let judgement = |it: Judgement| {
        let counts =
            [Level::Breaking, Level::Warning, Level::Note].map(|level| (level.as_str(), report.count(it, level)));
        let counts: serde_json::Map<String, Json> =
            counts.into_iter().map(|(name, count)| (name.to_owned(), count.into())).collect();
        (it.as_str().to_owned(), json!({ "bump": report.bump(it).as_str(), "counts": counts }))
    };
    let judgements: serde_json::Map<String, Json> = Judgement::ALL.into_iter().map(judgement).collect();
    json!({
        "api": report.api,
        "old": report.old,
        "new": report.new,
        "judgements": judgements,
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

pub(super) fn finding(finding: &Finding) -> Json {
    let place = |it: &Place| json!({ "file": it.file, "line": it.line, "column": it.column, "pointer": it.pointer });
    let witness = |it: &Witness| {
        let (before, now) = match it {
            Witness::RefusedNow(_) => (true, false),
            Witness::ValidNow(_) => (false, true),
        };
        json!({ "instance": it.instance(), "validBefore": before, "validNow": now })
    };
    json!({
        "rule": finding.rule.id,
        "levels": {
            "wire": finding.levels.wire.as_str(),
            "document": finding.levels.document.as_str(),
            "rust": finding.levels.rust.as_str(),
        },
        "subject": finding.subject,
        "path": finding.path,
        "message": finding.message,
        "before": finding.before,
        "after": finding.after,
        "old": finding.old.as_ref().map(place),
        "new": finding.new.as_ref().map(place),
        "reason": finding.rule.reason,
        "remedy": finding.rule.remedy,
        "witness": finding.witness.as_ref().map(witness),
        "operations": finding.operations,
        "moved": finding.moved,
        "allowed": finding.allowed,
        "fingerprint": finding.fingerprint,
    })
}
