//! What changed, in words, for people who call the API: grouped by operation, breaking changes first.

use std::fmt::Write as _;

use super::markdown::{code, inline};
use crate::diff::{Finding, Level, Report};

pub(super) fn write(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        let _ = writeln!(out, "## {}\n", inline(&report.api));
        // What callers meet: changes of the crate and of the document's inside are for others.
        let told: Vec<&Finding> = report.findings.iter().filter(|it| it.levels.wire != Level::None).collect();
        if told.is_empty() {
            out.push_str("Nothing changed for callers.\n\n");
            continue;
        }
        section(&mut out, "Breaking", &told, |it| it.levels.wire == Level::Breaking);
        section(&mut out, "Worth a look", &told, |it| it.levels.wire == Level::Warning);
        section(&mut out, "New and changed", &told, |it| it.levels.wire == Level::Note);
    }
    out
}

fn section(out: &mut String, title: &str, all: &[&Finding], wanted: impl Fn(&Finding) -> bool) {
    let mut lines: Vec<String> = Vec::new();
    for finding in all.iter().filter(|it| wanted(it)) {
        let line = format!("- {}", sentence(finding));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if !lines.is_empty() {
        lines.sort_unstable();
        let _ = writeln!(out, "### {title}\n\n{}\n", lines.join("\n"));
    }
}

/// "`GET /workers` takes a new optional query parameter `status`."
fn sentence(finding: &Finding) -> String {
    let subject = match finding.subject.strip_prefix("schema `") {
        Some(name) => format!("Schema {}", code(name.trim_end_matches('`'))),
        None => code(&finding.subject),
    };
    let message = inline(&finding.message);
    if finding.message.starts_with(&finding.subject) {
        let rest = finding.message.get(finding.subject.len()..).unwrap_or_default();
        return format!("{subject}{}.", inline(rest));
    }
    let told = finding.message.contains("parameter `") || finding.path.is_empty();
    if told { format!("{subject} {message}.") } else { format!("{subject}, {}: {message}.", code(&finding.path)) }
}
