//! `cargo xtask conformance DIR`: whether generated types mean what JSON Schema says.
//!
//! The files of the JSON Schema Test Suite hold groups: a schema, and instances that are valid or not. Each schema
//! becomes a component of an OpenAPI document of the matching version (draft 4: 3.0, draft 2020-12: 3.1), all documents
//! become one crate, and each instance goes through the `decode` of its type as JSON text. What is accepted is encoded
//! again and must be the same JSON value.

mod compare;
mod draft2020;
mod draft4;
mod harness;
mod nested;
mod report;
mod suite;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use specwright::cli::FolderLoader;
use specwright::diagnostics::{Code, Diagnostic, Severity};
use specwright::listing::{Style, render};
use specwright::plan::{ApiPlan, Naming};
use specwright::source::Value;

use crate::failed;
use report::{Outcome, Report, Verdict};
use suite::{Draft, Formats, Group};

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folders with files of the suite's form; folders in them are searched too
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Only files whose path contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Let each schema stand inside another one: as property, item, value of a map, behind a reference
    #[arg(long)]
    nested: bool,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    match try_run(args) {
        Ok(report) => {
            print!("{report}");
            if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(message) => failed(&message),
    }
}

fn try_run(args: &Args) -> Result<Report, String> {
    let mut groups = Vec::new();
    for folder in &args.folders {
        groups.extend(suite::read(folder, args.only.as_deref())?);
    }
    if args.nested {
        groups.iter_mut().for_each(nested::instances);
    }
    if groups.is_empty() {
        return Err("there are no groups".to_owned());
    }
    println!("{} groups: generating", groups.len());
    let mut plans = Vec::new();
    let mut planned = Vec::new();
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (idx, group) in groups.iter().enumerate() {
        outcomes.push(match generate(group, idx, args.nested) {
            Ok(plan) => {
                planned.push(idx);
                plans.push(plan);
                Outcome::Ran(Vec::new())
            }
            Err(outcome) => outcome,
        });
    }
    println!("{} models: compiling", plans.len());
    let start = Instant::now();
    let runner = harness::build(&plans)?;
    println!("compiled in {} s: decoding", start.elapsed().as_secs());
    let instances: Vec<Vec<&str>> =
        planned.iter().map(|idx| groups[*idx].tests.iter().map(|it| it.instance.as_str()).collect()).collect();
    let answers = harness::decode(&runner, &instances)?;
    for (idx, answers) in planned.into_iter().zip(answers) {
        let tests = groups[idx].tests.iter().zip(answers);
        let verdicts = tests.map(|(test, answer)| Verdict::judge(test, answer)).collect();
        outcomes[idx] = Outcome::Ran(verdicts);
    }
    Ok(Report { groups, outcomes })
}

/// Takes a group through the pipeline up to its plan.
fn generate(group: &Group, idx: usize, nested: bool) -> Result<ApiPlan, Outcome> {
    let wrapped = match group.draft {
        Draft::Four => draft4::wrap(&group.schema),
        Draft::TwentyTwenty => draft2020::wrap(&group.schema),
    };
    let mut components = wrapped.map_err(Outcome::NotRun)?;
    if nested {
        nested::components(&mut components);
    }
    let text = document(group, components);
    let naming = Naming { name: format!("group-{idx}"), source: format!("{}.json", group.id()) };
    let compiled = specwright::compile(&naming, text, &FolderLoader::new(PathBuf::new()));
    // What is only known when it is used is taken as any value: no verdict that a suite could judge.
    let is_open = |it: &Diagnostic| matches!(it.code, Code::UnsupportedField | Code::UnresolvedReference);
    let is_taken = compiled.diagnostics.iter().any(|it| it.severity == Severity::Warning && is_open(it));
    compiled.plan.filter(|_| !is_taken).ok_or_else(|| {
        let is_fault = |it: &&Diagnostic| it.severity == Severity::Error || (is_taken && is_open(it));
        let mut errors = compiled.diagnostics.iter().filter(is_fault).peekable();
        Outcome::Refused {
            // A document may ask for what is only known when it is used, or for what JSON Schema leaves open.
            expected: errors.peek().is_some() && errors.all(is_open),
            listing: render(&compiled.diagnostics, &compiled.sources, Style::Plain),
        }
    })
}

/// The OpenAPI document around some components, of which `Root` is the group's schema.
fn document(group: &Group, components: Vec<(String, Value)>) -> String {
    let text = |it: &str| Value::String(it.to_owned());
    let object = |members: Vec<(&str, Value)>| {
        Value::object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    };
    let version = match group.draft {
        Draft::Four => "3.0.3",
        Draft::TwentyTwenty => "3.1.0",
    };
    let mut members = vec![
        ("openapi", text(version)),
        ("info", object(vec![("title", text(&group.description)), ("version", text("1.0.0"))])),
        ("paths", object(Vec::new())),
        ("x-implied-types", Value::Bool(false)),
        ("components", object(vec![("schemas", Value::object(components.into_iter().collect()))])),
    ];
    if group.formats == Formats::Annotations {
        members.push(("x-format-assertion", Value::Bool(false)));
    }
    compare::to_text(&object(members))
}
