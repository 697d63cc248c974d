//! `diff`: pairs of documents in, findings and reports out.

#![allow(clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod breaks;
mod browser;
mod closed;
mod directions;
mod faults;
mod nullable;
mod outputs;
mod overlap;
mod policies;
mod project;
mod random;
mod recipes;
mod references;
mod refined;
mod rust;
mod same;
mod security;
mod written;

use specwright::diff::{Finding, Judgement, Level, Report, Side, diff, public_items};

use acceptance::pipeline;

/// The report about two fixtures, without generated code.
fn report(old: &str, new: &str) -> Report {
    let (before, after) = (pipeline::compile("api", old), pipeline::compile("api", new));
    let side = |name: &str, compiled| Side { name: name.to_owned(), compiled, items: None };
    diff("api", &side("old.yaml", &before), &side("new.yaml", &after)).expect("both can be read")
}

/// The report about two fixtures, with what callers of the generated crate meet.
fn report_with_rust(old: &str, new: &str) -> Report {
    let (before, after) = (pipeline::compile("api", old), pipeline::compile("api", new));
    let files = |text: &str| pipeline::render(&[pipeline::plan("api", text)]);
    let (olds, news) = public_items(&files(old), &files(new));
    let old = Side { name: "old.yaml".to_owned(), compiled: &before, items: Some(olds) };
    let new = Side { name: "new.yaml".to_owned(), compiled: &after, items: Some(news) };
    diff("api", &old, &new).expect("both can be read")
}

/// Rule and level of everything that weighs something on the wire.
fn wire(report: &Report) -> Vec<(&'static str, &'static str)> {
    let weighs = |it: &&Finding| it.levels.level(Judgement::Wire) != Level::None;
    report.findings.iter().filter(weighs).map(|it| (it.rule.id, it.levels.level(Judgement::Wire).as_str())).collect()
}

/// A document with one operation that takes and answers a schema.
fn both_ways(schema: &str) -> String {
    format!(
        r##"{{"openapi":"3.1.0","info":{{"title":"T","version":"1.0.0"}},"paths":{{"/things":{{"post":{{"operationId":"make",
        "requestBody":{{"content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/Thing"}}}}}}}},
        "responses":{{"200":{{"description":"ok","content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/Thing"}}}}}}}}}}}}}}}},
        "components":{{"schemas":{{"Thing":{schema}}}}}}}"##
    )
}
