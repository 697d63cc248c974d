//! Reports as people and programs read them. Texts of documents are untrusted: each writer escapes what it takes in.

mod changelog;
mod github;
mod html;
mod json;
mod markdown;
mod sarif;
mod terminal;

pub use json::SCHEMA;

use super::churn::Churn;
use super::{Bump, Finding, Judgement, Level, Report};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Output {
    /// For a terminal, with colors
    Terminal,
    /// For a pull request: short first, details folded
    Markdown,
    /// For programs; `--format json-schema` prints what it looks like
    Json,
    /// The JSON Schema of the JSON report
    JsonSchema,
    /// For code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// One page for a browser, without anything from the network
    Html,
    /// What changed, in words, for people who call the API
    Changelog,
}

/// Writes the reports of several documents.
pub fn write(reports: &[Report], format: Output) -> String {
    write_all(reports, &[], format)
}

/// Writes the reports of several documents, and why generated code moved.
pub fn write_all(reports: &[Report], churn: &[Churn], format: Output) -> String {
    match format {
        Output::Terminal => {
            let moved = churn.iter().filter(|it| !it.moved.is_empty()).map(|it| plain_lines(&it.report()));
            moved.fold(terminal::write(reports), |out, it| format!("{out}\ngenerated code: {it}"))
        }
        Output::Markdown => markdown::write(reports) + &markdown::churn(churn),
        Output::Json => json::write(reports, churn),
        Output::JsonSchema => SCHEMA.to_owned(),
        Output::Sarif => sarif::write(reports),
        Output::Github => github::write(reports),
        Output::Html => html::write(reports, churn),
        Output::Changelog => changelog::write(reports),
    }
}

fn plain_lines(text: &str) -> String {
    text.lines().map(|line| plain(line) + "\n").collect()
}

/// The sentence that comes first: how many break, for each judgement.
fn headline(report: &Report) -> String {
    if report.findings.is_empty() {
        return "nothing changed".to_owned();
    }
    let part = |judgement: Judgement| {
        let (breaking, warnings) = (report.count(judgement, Level::Breaking), report.count(judgement, Level::Warning));
        match (breaking, warnings) {
            (0, 0) => format!("{}: nobody breaks", name(judgement)),
            (0, warnings) => format!("{}: {warnings} to look at", name(judgement)),
            (breaking, 0) => format!("{}: {breaking} breaking", name(judgement)),
            (breaking, warnings) => format!("{}: {breaking} breaking, {warnings} to look at", name(judgement)),
        }
    };
    Judgement::ALL.map(part).join("; ")
}

fn name(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Wire => "wire",
        Judgement::Document => "document",
        Judgement::Rust => "Rust",
    }
}

/// The part of the version that each judgement asks to raise.
fn bumps(report: &Report) -> String {
    let part = |judgement: Judgement| format!("{} {}", name(judgement), report.bump(judgement).as_str());
    Judgement::ALL.map(part).join(", ")
}

/// The worst bump of a report.
fn worst_bump(report: &Report) -> Bump {
    Judgement::ALL.into_iter().map(|it| report.bump(it)).max().unwrap_or(Bump::None)
}

/// Subject and path.
fn place(finding: &Finding) -> String {
    if finding.path.is_empty() { finding.subject.clone() } else { format!("{}, {}", finding.subject, finding.path) }
}

/// Operations, the first few by name.
fn operations(finding: &Finding, most: usize) -> String {
    let shown: Vec<_> = finding.operations.iter().take(most).cloned().collect();
    match finding.operations.len().saturating_sub(most) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A text on one line that no terminal and no parser takes for more than text.
fn plain(text: &str) -> String {
    let risky = |it: char| {
        it.is_control()
            || matches!(it, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().flat_map(|it| if risky(it) { it.escape_default().collect::<Vec<_>>() } else { vec![it] }).collect()
}

/// Why a finding weighs what it does, and what to do.
fn reasons(finding: &Finding) -> (String, &'static str) {
    // What moves in the crate may weigh more than the change of the document that it is due to.
    let is_worse = finding.levels.rust < finding.rule.levels.worst();
    let more = if is_worse { " Code that uses the generated crate must change." } else { "" };
    let remedy = if is_worse && finding.rule.remedy == "Nothing." {
        "Release a major version of the crate."
    } else {
        finding.rule.remedy
    };
    (format!("{}{more}", finding.rule.reason), remedy)
}
