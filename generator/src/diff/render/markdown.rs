//! For a pull request: a table that says it all, and the details below it, folded.

use std::fmt::Write as _;

use super::{headline, operations, plain, reasons, worst_bump};
use crate::diff::churn::{Cause, Churn, sums};
use crate::diff::{Finding, Judgement, Level, Report};

/// So many findings are listed; a comment that is longer is refused by those who show it.
const MOST: usize = 200;

pub(super) fn write(reports: &[Report]) -> String {
    let mut out = "## What changed in the API\n\n".to_owned();
    let changed: Vec<_> = reports.iter().filter(|it| !it.findings.is_empty()).collect();
    if changed.is_empty() {
        out.push_str("Nothing.\n");
        return out;
    }
    out.push_str("| API | wire | document | Rust | version to raise |\n| --- | --- | --- | --- | --- |\n");
    for report in &changed {
        let cell = |judgement| match (report.count(judgement, Level::Breaking), report.count(judgement, Level::Warning))
        {
            (0, 0) => "✅".to_owned(),
            (0, warnings) => format!("⚠️ {warnings} to look at"),
            (breaking, 0) => format!("❌ {breaking} breaking"),
            (breaking, warnings) => format!("❌ {breaking} breaking, ⚠️ {warnings} to look at"),
        };
        let cells = Judgement::ALL.map(cell).join(" | ");
        let _ = writeln!(out, "| {} | {cells} | {} |", inline(&report.api), worst_bump(report).as_str());
    }
    for report in changed {
        let _ = writeln!(out, "\n### {}\n\n{}\n", inline(&report.api), headline(report));
        let mut left = MOST;
        for (level, title, open) in [
            (Level::Breaking, "Breaking", " open"),
            (Level::Warning, "To look at", ""),
            (Level::Note, "Compatible", ""),
            (Level::None, "Without a judgement", ""),
        ] {
            let all: Vec<_> =
                report.findings.iter().filter(|it| it.allowed.is_none() && it.levels.worst() == level).collect();
            section(&mut out, title, open, &all, &mut left);
        }
        let allowed: Vec<_> = report.findings.iter().filter(|it| it.allowed.is_some()).collect();
        section(&mut out, "Allowed", "", &allowed, &mut left);
    }
    out
}

/// Why generated code moved, folded.
pub(super) fn churn(churn: &[Churn]) -> String {
    let mut out = String::new();
    for it in churn.iter().filter(|it| !it.moved.is_empty()) {
        let _ = writeln!(
            out,
            "\n<details><summary>Generated code ({})</summary>\n\n{} since {}\n",
            it.moved.len(),
            code(&it.output),
            code(&it.since)
        );
        for cause in Cause::ALL {
            let files = it.because(cause);
            if files.is_empty() {
                continue;
            }
            let (added, removed) = sums(&files);
            let _ = writeln!(out, "- {}: {} files, +{added} −{removed}", cause.phrase().replace('`', ""), files.len());
            for file in files.iter().take(20) {
                let _ = writeln!(out, "  - {} +{} −{}", code(&file.path), file.added, file.removed);
            }
            if files.len() > 20 {
                let _ = writeln!(out, "  - … and {} more", files.len() - 20);
            }
        }
        out.push_str("\n</details>\n");
    }
    out
}

fn section(out: &mut String, title: &str, open: &str, findings: &[&Finding], left: &mut usize) {
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(out, "<details{open}><summary>{title} ({})</summary>\n", findings.len());
    for finding in findings.iter().take(*left) {
        one(out, finding);
    }
    if findings.len() > *left {
        let _ = writeln!(out, "- … and {} more", findings.len() - *left);
    }
    *left = left.saturating_sub(findings.len());
    out.push_str("\n</details>\n");
}

fn one(out: &mut String, finding: &Finding) {
    let path = if finding.path.is_empty() { String::new() } else { format!(" {}", code(&finding.path)) };
    let _ = writeln!(out, "- {}{path}: {} ({})", code(&finding.subject), inline(&finding.message), levels(finding));
    let place = finding.new.as_ref().or(finding.old.as_ref());
    let place = place.map(|it| format!("{} · ", code(&it.to_string()))).unwrap_or_default();
    let _ = writeln!(out, "  {place}`{}` · `{}`", finding.rule.id, finding.fingerprint);
    if let Some(witness) = &finding.witness {
        let _ = writeln!(out, "  {}: {}", witness.caption(), code(&witness.instance().to_string()));
    }
    if finding.levels.worst() <= Level::Warning {
        let (reason, remedy) = reasons(finding);
        let _ = writeln!(out, "  {} {}", inline(&reason), inline(remedy));
    }
    if let Some(reason) = &finding.allowed {
        let _ = writeln!(out, "  Allowed: {}", inline(reason));
    }
    for line in finding.moved.iter().take(5) {
        let _ = writeln!(out, "  Rust: {}", code(line));
    }
    if !finding.operations.is_empty() && finding.operations != [finding.subject.clone()] {
        let _ = writeln!(out, "  Reaches {}", code(&operations(finding, 5)));
    }
}

fn levels(finding: &Finding) -> String {
    let all = Judgement::ALL.into_iter().filter(|it| finding.levels.level(*it) != Level::None);
    all.map(|it| format!("{} {}", super::name(it), finding.levels.level(it))).collect::<Vec<_>>().join(", ")
}

/// Text that stays text: no markup, no link, no mention of anybody, no HTML.
pub(super) fn inline(text: &str) -> String {
    // What stands between backticks is code already.
    let parts = text.split('`');
    let escaped = parts.enumerate().map(|(idx, part)| if idx % 2 == 1 { code(part) } else { escape(part) });
    if text.matches('`').count().is_multiple_of(2) { escaped.collect() } else { escape(text) }
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for it in plain(text).chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '~' => {
                out.push('\\');
                out.push(it);
            }
            // An address that is written out becomes a link by itself.
            ':' => out.push_str("&#58;"),
            _ => out.push(it),
        }
    }
    out
}

/// Text as code: the fence is longer than every run of backticks in it.
pub(super) fn code(text: &str) -> String {
    // In a table and in a list, a bar and a break would end the cell and the item.
    let text = plain(text).replace('|', "\u{2502}");
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
