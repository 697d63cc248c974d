//! Reports: what they say, and that no text of a document becomes markup.

use specwright::diff::churn::{Cause, Churn, MovedFile};
use specwright::diff::render::{Output, SCHEMA, write, write_all};
use specwright::diff::rules;

use super::{both_ways, report, report_with_rust};

/// Texts that want to be more than text.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</pre></details><img src=x onerror=alert(1)>",
    "\\\"><svg onload=alert(1)>",
    "`|x|` ![i](http://e.example/i.png) [l](javascript:alert(1)) @everybody",
    "::error file=x::y",
    "a\\n::error::b",
    "\\u001b]8;;http://e.example\\u0007x",
    "\\u202egnp.exe",
];

fn hostile() -> Vec<specwright::diff::Report> {
    let one = |text: &&str| {
        let schema = |more: &str| {
            format!(
                r#"{{"type":"object","properties":{{"{text}":{{"type":"string","enum":["{text}"{more}],"description":"{text}{more}"}}}}}}"#
            )
        };
        let more = format!(r#","x{text}""#);
        let new = both_ways(&schema(&more).replace(&format!("{text}{more}\"}}"), &format!("y{text}\"}}")));
        report(&both_ways(&schema("")), &new)
    };
    HOSTILE.iter().map(one).collect()
}

#[test]
fn a_page_holds_texts_as_texts() {
    let page = write(&hostile(), Output::Html);
    let body = page.split("<main>").nth(1).and_then(|it| it.split("<script>").next()).expect("the findings");
    for tag in ["<script", "<img", "<svg", "onerror=alert(1)>", "onload=alert(1)>"] {
        assert!(!body.contains(tag), "{tag}");
    }
    assert!(body.contains("&lt;script&gt;"));
    assert_eq!(page.matches("<script>").count(), 1);
    // Links lead to changes of the page, and nothing else names another place.
    assert!(body.split("href=\"").skip(1).all(|it| it.starts_with('#')));
    for outside in ["<link", "url(", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn markdown_holds_texts_as_texts() {
    let text = write(&hostile(), Output::Markdown);
    // What stands in code is code; what is left has no markup.
    let prose: String = text.lines().map(without_code).collect::<Vec<_>>().join("\n");
    for mark in ["<script", "<img", "<svg", "](", "@everybody"] {
        assert!(!prose.contains(mark), "{mark}:\n{prose}");
    }
}

/// A line without its code spans, by the rule of Markdown: a run of backticks ends at a run of the same length.
fn without_code(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        let run = rest[start..].chars().take_while(|it| *it == '`').count();
        let behind = &rest[start + run..];
        out.push_str(&rest[..start]);
        let fence = "`".repeat(run);
        let end = behind
            .match_indices(&fence)
            .find(|(at, _)| !behind[..*at].ends_with('`') && !behind[at + run..].starts_with('`'));
        match end {
            Some((at, _)) => rest = &behind[at + run..],
            None => return out + &fence + behind,
        }
    }
    out + rest
}

#[test]
fn annotations_are_one_command_a_line() {
    let text = write(&hostile(), Output::Github);
    for line in text.lines() {
        let legal = ["::error ", "::warning ", "::notice "].iter().any(|it| line.starts_with(it));
        assert!(legal, "{line}");
    }
}

#[test]
fn a_terminal_gets_no_sequences_of_the_document() {
    let text = write(&hostile(), Output::Terminal);
    for sequence in ["\u{1b}]", "\u{202e}", "\u{7}"] {
        assert!(!text.contains(sequence), "{sequence:?}");
    }
}

#[test]
fn json_follows_its_schema() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let moved = Cause::ALL.map(|cause| MovedFile { cause, path: "src/a.rs".to_owned(), added: 1, removed: 2 });
    let churn = Churn { output: "a".to_owned(), since: "main".to_owned(), moved: moved.to_vec() };
    let text = write_all(&hostile(), &[churn], Output::Json);
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let faults: Vec<_> = validator.iter_errors(&value).map(|it| it.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());
    let mut broken = value.clone();
    broken["reports"][0]["findings"][0]["levels"]["wire"] = "worse".into();
    assert!(!validator.is_valid(&broken));
}

#[test]
fn sarif_names_rule_place_and_fingerprint() {
    let text = write(&[report(&both_ways(r#"{"type":"string"}"#), &both_ways(r#"{"type":"integer"}"#))], Output::Sarif);
    let log: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let run = &log["runs"][0];
    let result = &run["results"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(rules.iter().any(|it| it["id"] == result["ruleId"]), "{result}");
    assert_eq!(result["level"], "error");
    assert!(result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().is_some());
    assert_eq!(result["partialFingerprints"]["specwright/v1"].as_str().map(str::len), Some(12));
}

/// The schema that OASIS publishes for SARIF 2.1.0.
const SARIF: &str = include_str!("sarif-2.1.0.schema.json");

#[test]
fn sarif_follows_its_schema() {
    // What the schema says about languages is no regular expression: a bracket is missing.
    let text = SARIF.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let mut reports = hostile();
    reports.push(report_with_rust(&both_ways(r#"{"type":"string"}"#), &both_ways(r#"{"type":"integer"}"#)));
    reports.push(specwright::diff::alone("gone", Some("gone.yaml"), None));
    reports[0].findings[0].allowed = Some("agreed".to_owned());
    let value: serde_json::Value = serde_json::from_str(&write(&reports, Output::Sarif)).expect("JSON");
    let faults: Vec<_> = validator.iter_errors(&value).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert_eq!(faults, Vec::<String>::new());
    let mut broken = value.clone();
    broken["runs"][0]["results"][0]["level"] = "worse".into();
    assert!(!validator.is_valid(&broken));
}

#[test]
fn a_changelog_speaks_to_callers() {
    let document = |part: &str| {
        format!(
            "paths:\n  /v1/workers:\n    get:\n      operationId: a\n      {part}responses: {{'200': {{description: ok}}}}\n"
        )
    };
    let new = document("parameters: [{name: status, in: query, schema: {type: string}}]\n      ");
    let text = write(&[report(&document(""), &new)], Output::Changelog);
    insta::assert_snapshot!("changelog", text);
}

#[test]
fn the_terminal_says_the_worst_first() {
    let old = "paths:\n  /a:\n    get:\n      operationId: a\n      responses: {'200': {description: ok}}\n";
    let new = "paths:\n  /b:\n    get:\n      operationId: b\n      responses: {'200': {description: ok}}\n";
    let text = write(&[report_with_rust(old, new)], Output::Terminal);
    let plain = text.split('\u{1b}').map(|it| it.split_once('m').map_or(it, |(_, rest)| rest)).collect::<String>();
    insta::assert_snapshot!("terminal", plain);
}

#[test]
fn every_rule_has_an_id_of_its_own_and_says_why() {
    let all = rules::all();
    for pair in all.windows(2) {
        assert!(pair[0].id < pair[1].id, "{}", pair[1].id);
    }
    for rule in all {
        assert!(rule.reason.ends_with('.') && rule.remedy.ends_with('.'), "{}", rule.id);
        assert!(rules::explain(rule).contains(rule.remedy), "{}", rule.id);
        assert!(rules::table().contains(&format!("| `{}` |", rule.id)), "{}", rule.id);
    }
}
