//! Annotations of GitHub Actions: one command a line.

use std::fmt::Write as _;

use super::place;
use crate::diff::{Finding, Judgement, Level, Report};

pub(super) fn write(reports: &[Report]) -> String {
    let mut out = String::new();
    for finding in reports.iter().flat_map(|it| &it.findings).filter(|it| it.allowed.is_none()) {
        let command = match finding.levels.worst() {
            Level::Breaking => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
            Level::None => continue,
        };
        let title = property(&format!("{} ({})", finding.rule.id, whom(finding)));
        let at = finding.new.as_ref().or(finding.old.as_ref());
        let at = at.map(|it| format!("file={},line={},col={},", property(&it.file), it.line, it.column));
        let witness = finding.witness.as_ref().map(|it| format!("\n{}: {}", it.caption(), it.instance()));
        let text = format!("{}: {}{}", place(finding), finding.message, witness.unwrap_or_default());
        let _ = writeln!(out, "::{command} {}title={title}::{}", at.unwrap_or_default(), data(&text));
    }
    out
}

fn whom(finding: &Finding) -> String {
    let worst = finding.levels.worst();
    let all = Judgement::ALL.into_iter().filter(|it| finding.levels.level(*it) == worst).map(super::name);
    all.collect::<Vec<_>>().join(", ")
}

/// Text behind the second pair of colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
