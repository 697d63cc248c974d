//! What a team decides: levels, what is allowed until when, and what fails.

use specwright::diff::policy::Policy;
use specwright::diff::{Judgement, Level, Report};

use super::{both_ways, report, report_with_rust};

fn breaking() -> Vec<Report> {
    vec![report(&both_ways(r#"{"type":"string"}"#), &both_ways(r#"{"type":"integer"}"#))]
}

fn today() -> jiff::civil::Date {
    jiff::civil::date(2030, 6, 15)
}

/// The judgements that fail, and what is wrong with the allow-list.
fn decide(policy: &str, reports: &mut [Report]) -> (Vec<Judgement>, Vec<String>) {
    let read = Policy::read(policy).expect("a policy");
    let line = |at: usize| policy[..at].matches('\n').count() + 1;
    let faults = read.apply(reports, today()).into_iter().map(|it| format!("{}: {}", line(it.span.start), it.message));
    let faults = faults.collect();
    (read.failed(reports), faults)
}

#[test]
fn a_run_fails_for_those_whom_it_protects() {
    assert_eq!(decide("[diff]\nfail-on = [\"wire\"]\n", &mut breaking()).0, [Judgement::Wire]);
    assert_eq!(decide("[diff]\nfail-on = [\"rust\"]\n", &mut breaking()).0, []);
    assert_eq!(decide("[diff]\nfail-on = [\"any\"]\n", &mut breaking()).0, [Judgement::Wire, Judgement::Document]);
    assert_eq!(decide("", &mut breaking()).0, []);
}

#[test]
fn levels_are_set_by_rule() {
    let mut reports = breaking();
    let policy = "[diff]\nfail-on = [\"wire\"]\n[diff.levels]\nrequest-type-narrowed = \"note\"\nresponse-type-widened = { wire = \"warning\" }\n";
    assert_eq!(decide(policy, &mut reports), (Vec::new(), Vec::new()));
    assert_eq!(reports[0].count(Judgement::Wire, Level::Breaking), 0);
}

#[test]
fn what_is_allowed_has_a_reason_and_an_end() {
    let print = |idx: usize| breaking()[0].findings[idx].fingerprint.clone();
    let entry = |print: &str, until: &str| {
        format!("[[diff.allow]]\nfingerprint = \"{print}\"\nreason = \"agreed\"\nuntil = \"{until}\"\n")
    };
    let head = "[diff]\nfail-on = [\"wire\"]\n";
    let wire: Vec<String> = breaking()[0]
        .findings
        .iter()
        .filter(|it| it.levels.wire == Level::Breaking)
        .map(|it| it.fingerprint.clone())
        .collect();
    let all: String = wire.iter().map(|it| entry(it, "2030-06-15")).collect();
    assert_eq!(decide(&format!("{head}{all}"), &mut breaking()), (Vec::new(), Vec::new()));
    let expired: String = wire.iter().map(|it| entry(it, "2030-06-14")).collect();
    let (failed, faults) = decide(&format!("{head}{expired}"), &mut breaking());
    assert_eq!(failed, [Judgement::Wire]);
    assert!(faults[0].starts_with("3: ") && faults[0].contains("until 2030-06-14"), "{faults:?}");
    let (_, faults) = decide(&entry("000000000000", "2031-01-01"), &mut breaking());
    assert!(faults[0].contains("does not happen"), "{faults:?}");
    assert_ne!(print(0), "000000000000");
}

#[test]
fn mistakes_in_a_policy_are_found_at_once() {
    let policy = "[diff.levels]\nno-such-rule = \"note\"\nparameter-added = \"bad\"\n[[diff.allow]]\nreason = \"\"\nuntil = \"soon\"\n";
    let faults = Policy::read(policy).expect_err("it is wrong");
    let said: Vec<_> = faults.iter().map(|it| (&policy[it.span.clone()], it.message.as_str())).collect();
    assert_eq!(
        said,
        [
            ("no-such-rule", "`diff.levels` has no key `no-such-rule`"),
            (
                "\"bad\"",
                "`diff.levels.parameter-added` must be one of `\"breaking\"`, `\"warning\"`, `\"note\"`, `\"none\"`, and this is `\"bad\"`"
            ),
            ("\"\"", "`diff.allow.reason` must not be empty"),
            ("\"soon\"", "`diff.allow.until` cannot be `\"soon\"`"),
        ]
    );
}

#[test]
fn an_operation_may_go_once_its_sunset_is_past() {
    let document =
        |part: &str| format!("paths:\n  /b:\n    get:\n      responses: {{'200': {{description: ok}}}}\n{part}");
    let old = |sunset: &str| {
        document(&format!(
            "  /a:\n    get:\n      deprecated: true\n      x-sunset: '{sunset}'\n      responses: {{'200': {{description: ok}}}}\n"
        ))
    };
    let rules = |sunset: &str| {
        let mut reports = [report(&old(sunset), &document(""))];
        decide("", &mut reports);
        reports[0].findings.iter().map(|it| it.rule.id).collect::<Vec<_>>()
    };
    assert!(rules("2030-06-14").contains(&"operation-retired"));
    assert!(rules("2030-06-15").contains(&"operation-removed"));
    assert!(rules("2030-06-16").contains(&"operation-removed"));
}

#[test]
fn what_an_entry_leaves_open_is_a_mistake() {
    let policy = "[[diff.allow]]\nreason = \"agreed\"\nuntil = \"2030-02-30\"\n";
    let faults = Policy::read(policy).expect_err("it is wrong");
    let messages: Vec<_> = faults.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        ["an entry of `diff.allow` names a `fingerprint` or a `rule`", "there is no day `2030-02-30`"]
    );
}

#[test]
fn code_that_calls_a_retired_operation_still_breaks() {
    let old = "paths:\n  /a:\n    get:\n      deprecated: true\n      x-sunset: '2020-01-01'\n      responses: {'200': {description: ok}}\n";
    let new = "paths:\n  /b:\n    get:\n      responses: {'200': {description: ok}}\n";
    let mut reports = [report_with_rust(old, new)];
    let (failed, _) = decide("[diff]\nfail-on = [\"any\"]\n", &mut reports);
    assert_eq!(failed, [Judgement::Rust]);
}

#[test]
fn the_page_about_the_rules_is_up_to_date() {
    let path = acceptance::fixtures::workspace().join("generator/recipes/rules.md");
    let found = std::fs::read_to_string(path).expect("the page");
    assert_eq!(found, specwright::diff::rules::page(), "run `cargo xtask readme`");
}
