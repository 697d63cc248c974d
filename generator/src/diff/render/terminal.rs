//! For a terminal: the worst first, grouped by what it is about.

use std::fmt::Write as _;

use super::{bumps, headline, operations, plain, reasons};
use crate::diff::{Finding, Judgement, Level, Report};

const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[33m";
const BLUE: &str = "\u{1b}[36m";
const DIM: &str = "\u{1b}[2m";
const BOLD: &str = "\u{1b}[1m";
const END: &str = "\u{1b}[0m";

pub(super) fn write(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        let _ = writeln!(out, "{BOLD}{}{END}: {}", plain(&report.api), headline(report));
        if report.findings.is_empty() {
            continue;
        }
        let _ = writeln!(
            out,
            "{DIM}{} -> {}; version to raise: {}{END}\n",
            plain(&report.old),
            plain(&report.new),
            bumps(report)
        );
        for level in [Level::Breaking, Level::Warning, Level::Note, Level::None] {
            let all: Vec<&Finding> =
                report.findings.iter().filter(|it| it.allowed.is_none() && it.levels.worst() == level).collect();
            group(&mut out, level, &all);
        }
        let allowed: Vec<_> = report.findings.iter().filter(|it| it.allowed.is_some()).collect();
        if !allowed.is_empty() {
            let _ = writeln!(out, "{DIM}allowed ({}){END}", allowed.len());
            for finding in allowed {
                let reason = finding.allowed.as_deref().unwrap_or_default();
                let _ = writeln!(
                    out,
                    "  {} {} {DIM}({}){END}",
                    finding.fingerprint,
                    plain(&finding.message),
                    plain(reason)
                );
            }
        }
    }
    out
}

fn group(out: &mut String, level: Level, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    let (color, word) = match level {
        Level::Breaking => (RED, "breaking"),
        Level::Warning => (YELLOW, "to look at"),
        Level::Note => (BLUE, "compatible"),
        Level::None => (DIM, "no judgement"),
    };
    let _ = writeln!(out, "{color}{word} ({}){END}", findings.len());
    let mut subjects: Vec<&str> = Vec::new();
    for finding in findings {
        if !subjects.contains(&finding.subject.as_str()) {
            subjects.push(&finding.subject);
        }
    }
    for subject in subjects {
        let _ = writeln!(out, "  {BOLD}{}{END}", plain(subject));
        for finding in findings.iter().filter(|it| it.subject == subject) {
            one(out, color, finding);
        }
    }
    out.push('\n');
}

fn one(out: &mut String, color: &str, finding: &Finding) {
    let path = if finding.path.is_empty() { String::new() } else { format!("{}: ", plain(&finding.path)) };
    let whom: Vec<_> = Judgement::ALL
        .into_iter()
        .filter(|it| finding.levels.level(*it) == finding.levels.worst() && finding.levels.worst() != Level::None)
        .map(super::name)
        .collect();
    let _ = writeln!(
        out,
        "    {color}{}{END} {path}{} {DIM}[{}]{END}",
        marks(finding),
        plain(&finding.message),
        whom.join(", ")
    );
    let places = match (&finding.old, &finding.new) {
        (Some(old), Some(new)) => format!("{} -> {}", plain(&old.to_string()), plain(&new.to_string())),
        (Some(one), None) | (None, Some(one)) => plain(&one.to_string()),
        (None, None) => String::new(),
    };
    if !places.is_empty() {
        let _ = writeln!(out, "      {DIM}{places}{END}");
    }
    if let Some(witness) = &finding.witness {
        let _ = writeln!(out, "      {}: {}", witness.caption(), plain(&witness.instance().to_string()));
    }
    if finding.levels.worst() <= Level::Warning {
        let (reason, remedy) = reasons(finding);
        let _ = writeln!(out, "      {DIM}{reason} {remedy}{END}");
    }
    for line in finding.moved.iter().take(5) {
        let _ = writeln!(out, "      {DIM}Rust: {}{END}", plain(line));
    }
    if finding.moved.len() > 5 {
        let _ = writeln!(out, "      {DIM}Rust: {} more{END}", finding.moved.len() - 5);
    }
    if !finding.operations.is_empty() && finding.operations != [finding.subject.clone()] {
        let _ = writeln!(out, "      {DIM}reaches {}{END}", plain(&operations(finding, 3)));
    }
    let _ = writeln!(out, "      {DIM}{} {}{END}", finding.rule.id, finding.fingerprint);
}

/// One letter for each judgement: breaking, warning, note or none.
fn marks(finding: &Finding) -> String {
    let mark = |judgement| match finding.levels.level(judgement) {
        Level::Breaking => '!',
        Level::Warning => '?',
        Level::Note => '.',
        Level::None => '-',
    };
    Judgement::ALL.into_iter().map(mark).collect()
}
