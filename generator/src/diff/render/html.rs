//! One page for a browser: everything in one file, nothing from the network, readable without scripts.

use std::fmt::Write as _;

use super::{bumps, headline, name, operations, plain, reasons};
use crate::diff::{Finding, Judgement, Level, Place, Report};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

pub(super) fn write(reports: &[Report]) -> String {
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
    out.push_str("</header>\n<main>\n<p id=\"count\" role=\"status\" aria-live=\"polite\"></p>\n");
    for report in reports {
        section(&mut out, report);
    }
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
fn text(text: &str) -> String {
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
    out.push_str("</form>\n");
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
        one(out, finding);
    }
    out.push_str("</section>\n");
}

fn one(out: &mut String, finding: &Finding) {
    let worst = finding.levels.worst().as_str();
    let whom: Vec<_> =
        Judgement::ALL.into_iter().filter(|it| finding.levels.of(*it) != Level::None).map(Judgement::as_str).collect();
    let open = if finding.levels.worst() == Level::Breaking && finding.allowed.is_none() { " open" } else { "" };
    let path = if finding.path.is_empty() { String::new() } else { format!(" {}", code(&finding.path)) };
    let _ = writeln!(
        out,
        "<details class=\"finding {worst}\" data-level=\"{worst}\" data-whom=\"{}\" id=\"{}\"{open}>\n<summary>{}<span class=\"what\"><strong>{}</strong>{path} {}</span></summary>",
        whom.join(" "),
        escape(&finding.fingerprint),
        badges(finding),
        escape(&plain(&finding.subject)),
        text(&finding.message),
    );
    out.push_str("<div class=\"sides\">\n");
    side(out, "Before", finding.old.as_ref(), finding.before.as_deref());
    side(out, "Now", finding.new.as_ref(), finding.after.as_deref());
    out.push_str("</div>\n");
    if let Some(witness) = &finding.witness {
        let _ =
            writeln!(out, "<p class=\"witness\">{}: {}</p>", witness.caption(), code(&witness.instance().to_string()));
    }
    let (reason, remedy) = reasons(finding);
    let _ = writeln!(out, "<p>{} <em>{}</em></p>", text(&reason), text(remedy));
    if let Some(reason) = &finding.allowed {
        let _ = writeln!(out, "<p>Allowed: {}</p>", text(reason));
    }
    if !finding.moved.is_empty() {
        out.push_str("<p>What moves in the generated crate:</p>\n<ul>");
        for line in &finding.moved {
            let _ = write!(out, "<li>{}</li>", code(line));
        }
        out.push_str("</ul>\n");
    }
    if !finding.operations.is_empty() && finding.operations != [finding.subject.clone()] {
        let _ = writeln!(out, "<p>Reaches {}</p>", escape(&plain(&operations(finding, 20))));
    }
    let _ = writeln!(
        out,
        "<p class=\"quiet\">{} <span>{}</span></p>\n</details>",
        code(finding.rule.id),
        escape(&finding.fingerprint)
    );
}

fn badges(finding: &Finding) -> String {
    let badge = |judgement: Judgement| {
        let level = finding.levels.of(judgement);
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

fn side(out: &mut String, title: &str, place: Option<&Place>, value: Option<&str>) {
    let _ = write!(out, "<div><h3>{title}</h3>");
    if let Some(value) = value {
        let _ = write!(out, "<p>{}</p>", text(value));
    }
    match place {
        Some(place) => {
            let _ = write!(out, "<p class=\"quiet\">{}</p>", escape(&plain(&place.to_string())));
            let lines: Vec<_> = place.excerpt.lines().map(|line| escape(&plain(line))).collect();
            let _ = write!(out, "<pre tabindex=\"0\">{}</pre>", lines.join("\n"));
        }
        None => out.push_str("<p class=\"quiet\">not there</p>"),
    }
    out.push_str("</div>\n");
}
