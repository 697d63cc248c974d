//! For code scanning: SARIF 2.1.0.

use serde_json::{Value as Json, json};

use super::place;
use crate::diff::{Finding, Level, Report, rules};

pub(super) fn write(reports: &[Report]) -> String {
    let results: Vec<Json> = reports.iter().flat_map(|it| &it.findings).map(result).collect();
    let used = |id: &str| reports.iter().flat_map(|it| &it.findings).any(|it| it.rule.id == id);
    let rules = rules::all().into_iter().filter(|it| used(it.id)).map(|it| {
        json!({
            "id": it.id,
            "shortDescription": { "text": it.reason },
            "help": { "text": it.remedy },
            "defaultConfiguration": { "level": level(it.levels.worst()) },
        })
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "specwright",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.collect::<Vec<_>>(),
            } },
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Breaking => "error",
        Level::Warning => "warning",
        Level::Note => "note",
        Level::None => "none",
    }
}

fn result(finding: &Finding) -> Json {
    let at = finding.new.as_ref().or(finding.old.as_ref());
    let witness = finding.witness.as_ref().map(|it| format!(" ({}: {})", it.caption(), it.instance()));
    let text = format!("{}: {}{}", place(finding), finding.message, witness.unwrap_or_default());
    let location = |it: &crate::diff::Place| {
        json!({ "physicalLocation": {
            "artifactLocation": { "uri": uri(&it.file) },
            "region": { "startLine": it.line, "startColumn": it.column },
        } })
    };
    let suppressions: Vec<Json> =
        finding.allowed.iter().map(|reason| json!({ "kind": "external", "justification": reason })).collect();
    json!({
        "ruleId": finding.rule.id,
        "level": level(finding.levels.worst()),
        "message": { "text": text },
        "locations": at.into_iter().map(location).collect::<Vec<_>>(),
        "partialFingerprints": { "specwright/v1": finding.fingerprint },
        "suppressions": suppressions,
        "properties": super::json::finding(finding)["levels"],
    })
}

/// A path as a URI reference.
fn uri(path: &str) -> String {
    const KEEP: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    percent_encoding::utf8_percent_encode(&path.replace('\\', "/"), KEEP).to_string()
}
