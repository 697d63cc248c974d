//! One page for a browser: everything in one file, nothing from the network, readable without scripts.

use std::fmt::Write as _;

use super::{bumps, headline, name, operations, plain, reasons};
use crate::diff::churn::{Cause, Churn, sums};
use crate::diff::{Finding, Judgement, Level, Place, Report};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

pub(super) fn write(reports: &[Report], churn: &[Churn]) -> String {
    let mut out = String::new();
    // The policy keeps the page from the network, whatever a document's text may try.
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>What changed in the API</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>What changed in the API</h1>\n"
    );
    summary(&mut out, reports);
    controls(&mut out, reports);
    out.push_str("</header>\n<main>\n<p id=\"count\" role=\"status\" aria-live=\"polite\"></p>\n<p id=\"none\" hidden>No change fits: take a filter back.</p>\n");
    for report in reports {
        section(&mut out, report);
    }
    moved(&mut out, churn);
    let _ = write!(out, "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// Text as text.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(it),
        }
    }
    out
}

/// A text of a document on one line: code between backticks is shown as code.
fn inline(text: &str) -> String {
    let safe = plain(text);
    if !safe.matches('`').count().is_multiple_of(2) {
        return escape(&safe);
    }
    let parts = safe.split('`').enumerate();
    parts.map(|(idx, part)| if idx % 2 == 1 { code(part) } else { escape(part) }).collect()
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(&plain(text)))
}

fn summary(out: &mut String, reports: &[Report]) {
    out.push_str(
        "<table class=\"summary\">\n<thead><tr><th scope=\"col\">API</th><th scope=\"col\">Wire</th>\
         <th scope=\"col\">Document</th><th scope=\"col\">Rust</th><th scope=\"col\">Versions to raise</th></tr></thead>\n<tbody>\n",
    );
    for report in reports {
        let cell = |judgement| {
            let (breaking, warnings) =
                (report.count(judgement, Level::Breaking), report.count(judgement, Level::Warning));
            match (breaking, warnings) {
                (0, 0) => "<td class=\"good\">nobody breaks</td>".to_owned(),
                (0, warnings) => format!("<td class=\"warning\">{warnings} to look at</td>"),
                (breaking, _) => format!("<td class=\"breaking\">{breaking} breaking</td>"),
            }
        };
        let cells: String = Judgement::ALL.map(cell).concat();
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th>{cells}<td>{}</td></tr>",
            escape(&plain(&report.api)),
            bumps(report)
        );
    }
    out.push_str("</tbody>\n</table>\n");
}

/// Why generated code moved.
fn moved(out: &mut String, churn: &[Churn]) {
    for it in churn.iter().filter(|it| !it.moved.is_empty()) {
        let _ = writeln!(out, "<h2>Generated code {} since {}</h2>\n<ul>", code(&it.output), code(&it.since));
        for cause in Cause::ALL {
            let files = it.because(cause);
            if files.is_empty() {
                continue;
            }
            let (added, removed) = sums(&files);
            let _ = writeln!(
                out,
                "<li><details><summary class=\"plain\">{}: {} files, +{added} −{removed}</summary><ul>",
                cause.phrase(),
                files.len()
            );
            for file in files {
                let _ = writeln!(out, "<li>{} +{} −{}</li>", code(&file.path), file.added, file.removed);
            }
            out.push_str("</ul></details></li>\n");
        }
        out.push_str("</ul>\n");
    }
}

fn controls(out: &mut String, reports: &[Report]) {
    out.push_str("<form class=\"controls\" role=\"search\">\n");
    out.push_str("<label>Search <input id=\"search\" type=\"search\" autocomplete=\"off\" placeholder=\"operation, property, rule\"></label>\n");
    for (group, legend, options) in [
        (
            "level",
            "Weight",
            [("breaking", "breaking"), ("warning", "to look at"), ("note", "compatible"), ("none", "other")].as_slice(),
        ),
        ("judgement", "Whom", [("wire", "wire"), ("document", "document"), ("rust", "Rust")].as_slice()),
    ] {
        let _ = write!(out, "<fieldset><legend>{legend}</legend>");
        for (value, label) in options {
            let _ = write!(
                out,
                "<label><input type=\"checkbox\" name=\"{group}\" value=\"{value}\" checked> {label}</label>"
            );
        }
        out.push_str("</fieldset>\n");
    }
    if reports.len() > 1 {
        out.push_str("<label>API <select id=\"api\"><option value=\"\">all</option>");
        for report in reports {
            let api = escape(&plain(&report.api));
            let _ = write!(out, "<option value=\"{api}\">{api}</option>");
        }
        out.push_str("</select></label>\n");
    }
    out.push_str(
        "<span><button type=\"button\" id=\"open\">Open all</button> <button type=\"button\" id=\"close\">Close all</button></span>\n</form>\n",
    );
}

fn section(out: &mut String, report: &Report) {
    let api = escape(&plain(&report.api));
    let _ = writeln!(
        out,
        "<section data-api=\"{api}\">\n<h2>{api}</h2>\n<p class=\"headline\">{} <span class=\"quiet\">{} → {}</span></p>",
        escape(&headline(report)),
        escape(&plain(&report.old)),
        escape(&plain(&report.new)),
    );
    for finding in &report.findings {
        one(out, finding, report.findings.len() <= FEW);
    }
    out.push_str("</section>\n");
}

/// As many changes can be read without closing some.
const FEW: usize = 5;

fn one(out: &mut String, finding: &Finding, is_few: bool) {
    let worst = finding.levels.worst().as_str();
    let whom: Vec<_> = Judgement::ALL
        .into_iter()
        .filter(|it| finding.levels.level(*it) != Level::None)
        .map(Judgement::as_str)
        .collect();
    let is_open = is_few && finding.levels.worst() == Level::Breaking && finding.allowed.is_none();
    let open = if is_open { " open" } else { "" };
    let _ = writeln!(
        out,
        "<details class=\"finding {worst}\" data-level=\"{worst}\" data-whom=\"{}\" id=\"{}\"{open}>\n<summary>{}<span class=\"what\">{}</span></summary>",
        whom.join(" "),
        escape(&finding.fingerprint),
        badges(finding),
        headline_of(finding),
    );
    out.push_str("<div class=\"sides\">\n");
    let lines = |it: Option<&Place>| it.map(|it| it.excerpt.clone()).unwrap_or_default();
    let (before, now) = (lines(finding.old.as_ref()), lines(finding.new.as_ref()));
    side(out, "Before", finding.old.as_ref(), finding.before.as_deref(), &now);
    side(out, "Now", finding.new.as_ref(), finding.after.as_deref(), &before);
    out.push_str("</div>\n");
    details(out, finding);
    let _ = writeln!(
        out,
        "<p class=\"quiet\">{} <a href=\"#{2}\">{1}</a></p>\n</details>",
        code(finding.rule.id),
        escape(&finding.fingerprint),
        escape(&finding.fingerprint)
    );
}

/// The line that is read while a change is closed: what, where, and an instance that shows it.
fn headline_of(finding: &Finding) -> String {
    let mut out = String::new();
    let rest = finding.message.strip_prefix(&finding.subject).unwrap_or(&finding.message);
    let path = if finding.path.is_empty() { String::new() } else { format!(" {}", code(&finding.path)) };
    let _ = write!(out, "<strong>{}</strong>{path} {}", inline(&finding.subject), inline(rest.trim_start()));
    if let Some(witness) = &finding.witness {
        let instance = witness.instance().to_string();
        let short: String = instance.chars().take(72).collect();
        let more = if short.len() < instance.len() { "…" } else { "" };
        let _ = write!(out, "<span class=\"shown\">{}: {}</span>", witness.caption(), code(&format!("{short}{more}")));
    }
    out
}

/// Why it weighs what it does, what to do, and what it reaches.
fn details(out: &mut String, finding: &Finding) {
    if let Some(witness) = &finding.witness {
        let _ =
            writeln!(out, "<p class=\"witness\">{}: {}</p>", witness.caption(), code(&witness.instance().to_string()));
    }
    let (reason, remedy) = reasons(finding);
    let _ = writeln!(out, "<p>{} <em>{}</em></p>", inline(&reason), inline(remedy));
    if let Some(reason) = &finding.allowed {
        let _ = writeln!(out, "<p class=\"allowed\">Allowed: {}</p>", inline(reason));
    }
    if !finding.moved.is_empty() {
        let _ = write!(out, "<p>What moves in the generated crate ({}):</p>\n<ul>", finding.moved.len());
        for line in &finding.moved {
            let _ = write!(out, "<li>{}</li>", inline(line));
        }
        out.push_str("</ul>\n");
    }
    if !finding.operations.is_empty() && finding.operations != [finding.subject.clone()] {
        let _ = writeln!(out, "<p>Reaches {}</p>", escape(&plain(&operations(finding, 20))));
    }
}

fn badges(finding: &Finding) -> String {
    let badge = |judgement: Judgement| {
        let level = finding.levels.level(judgement);
        let sign = match level {
            Level::Breaking => "✖",
            Level::Warning => "▲",
            Level::Note => "●",
            Level::None => "–",
        };
        format!(
            "<span class=\"badge {level}\" title=\"{0}: {level}\"><span aria-hidden=\"true\">{sign}</span> {0}<span class=\"spoken\">: {level}</span></span>",
            name(judgement)
        )
    };
    Judgement::ALL.map(badge).concat()
}

/// One side; lines that the other side does not have are marked.
fn side(out: &mut String, title: &str, place: Option<&Place>, value: Option<&str>, other: &str) {
    let class = title.to_lowercase();
    let _ = write!(out, "<div class=\"{class}\"><h3>{title}</h3>");
    if let Some(value) = value {
        let _ = write!(out, "<p>{}</p>", inline(value));
    }
    match place {
        Some(place) => {
            let (own, known): (Vec<_>, Vec<_>) =
                (place.excerpt.lines().map(str::trim).collect(), other.lines().map(str::trim).collect());
            // An excerpt ends after some lines, so that what the other one has more pushes lines out of it.
            let pushed = known.iter().filter(|it| !own.contains(it)).count();
            let end = own.len().saturating_sub(pushed);
            let line = |(idx, line): (usize, &str)| {
                let safe = escape(&plain(line));
                let is_new =
                    !known.is_empty() && !known.contains(&line.trim()) && (idx < end || own.len() < known.len());
                if is_new { format!("<mark>{safe}</mark>") } else { safe }
            };
            let lines: Vec<_> = place.excerpt.lines().enumerate().map(line).collect();
            let _ = write!(
                out,
                "<p class=\"quiet\">{}</p><pre tabindex=\"0\" role=\"region\" aria-label=\"{title}\">{}</pre>",
                escape(&plain(&place.to_string())),
                lines.join("\n")
            );
        }
        None => out.push_str("<p class=\"quiet\">not there</p>"),
    }
    out.push_str("</div>\n");
}
