//! `cargo xtask verdicts FOLDER`: our verdicts beside those that the test material of other tools states.
//!
//! Two kinds of folders are known: oasdiff's, with `EXPECTED.jsonl` and `RULES.tsv`, and openapi-diff's, whose files
//! say in their names what they are. A breaking change that we call none is a miss, and fails the task.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Deserialize;
use specwright::cli::FolderLoader;
use specwright::diff::{Judgement, Level, Report, Side, diff};
use specwright::plan::Naming;

use crate::failed;

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folders of test material
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// List the pairs that agree too
    #[arg(long)]
    all: bool,
}

/// A pair of documents with what somebody else says about it.
struct Case {
    name: String,
    old: PathBuf,
    new: PathBuf,
    /// Whether somebody breaks.
    breaks: bool,
    /// Their words.
    says: String,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let mut misses = 0;
    for folder in &args.folders {
        let cases = match cases(folder) {
            Ok(cases) => cases,
            Err(message) => return failed(&message),
        };
        misses += table(folder, &cases, args.all);
    }
    if misses == 0 { ExitCode::SUCCESS } else { failed(&format!("{misses} breaking changes were missed")) }
}

fn cases(folder: &Path) -> Result<Vec<Case>, String> {
    if folder.join("EXPECTED.jsonl").is_file() { oasdiff(folder) } else { openapi_diff(folder) }
}

/// A line of `EXPECTED.jsonl`.
#[derive(Deserialize)]
struct Expected {
    test: String,
    base: String,
    revision: String,
    #[serde(rename = "expected_ids")]
    ids: Vec<String>,
}

fn oasdiff(folder: &Path) -> Result<Vec<Case>, String> {
    let read =
        |name: &str| fs::read_to_string(folder.join(name)).map_err(|error| format!("cannot read `{name}`: {error}"));
    let rules = read("RULES.tsv")?;
    let levels: BTreeMap<&str, &str> =
        rules.lines().filter_map(|line| Some((line.split('\t').next()?, line.split('\t').nth(1)?))).collect();
    let mut cases = Vec::new();
    for line in read("EXPECTED.jsonl")?.lines() {
        let Expected { test, base, revision, ids } =
            serde_json::from_str(line).map_err(|error| format!("`EXPECTED.jsonl`: {error}"))?;
        let said = |id: &String| format!("{id} ({})", levels.get(id.as_str()).copied().unwrap_or("?"));
        cases.push(Case {
            name: test,
            old: folder.join(base),
            new: folder.join(revision),
            breaks: ids.iter().any(|id| levels.get(id.as_str()) == Some(&"error")),
            says: if ids.is_empty() {
                "nothing by id".to_owned()
            } else {
                ids.iter().map(said).collect::<Vec<_>>().join(", ")
            },
        });
    }
    Ok(cases)
}

/// Files such as `bc_request_param_style_changed.yaml` beside `bc_request_param_base.yaml`.
fn openapi_diff(folder: &Path) -> Result<Vec<Case>, String> {
    let mut files = BTreeMap::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(next) = pending.pop() {
        let entries = fs::read_dir(&next).map_err(|error| format!("cannot read `{}`: {error}", next.display()))?;
        for path in entries.filter_map(|it| Some(it.ok()?.path())) {
            if path.is_dir() {
                pending.push(path);
            } else if let Some(stem) = path.file_stem().and_then(|it| it.to_str()) {
                files.insert(stem.to_owned(), path.clone());
            }
        }
    }
    let bases: Vec<(Vec<&str>, &PathBuf)> = files
        .iter()
        .filter_map(|(stem, path)| {
            Some((stem.strip_suffix("_base")?.trim_start_matches("bc_").split('_').collect(), path))
        })
        .collect();
    let variants = files.iter().filter(|(stem, _)| stem.starts_with("bc_") && !stem.ends_with("_base"));
    let case = |(stem, path): (&String, &PathBuf)| {
        let words: Vec<_> = stem.trim_start_matches("bc_").split('_').collect();
        // `bc_request_maxlength_decreased` is a variant of `bc_maxlength_base`.
        let fits = |base: &Vec<&str>| base.iter().all(|it| words.contains(it));
        let (_, old) = bases.iter().filter(|(base, _)| fits(base)).max_by_key(|(base, _)| base.len())?;
        let breaks = !stem.ends_with("but_compatible");
        let says = if breaks { "incompatible" } else { "compatible" };
        Some(Case {
            name: stem.clone(),
            old: (*old).clone(),
            new: path.clone(),
            breaks,
            says: format!("{says}, by its name"),
        })
    };
    let mut cases: Vec<Case> = variants.filter_map(case).collect();
    for (stem, breaks) in [("add_endpoint", false), ("delete_endpoint", true), ("deprecate_endpoint", false)] {
        if let (Some(old), Some(new)) = (files.get(&format!("{stem}_1")), files.get(&format!("{stem}_2"))) {
            cases.push(Case {
                name: stem.to_owned(),
                old: old.clone(),
                new: new.clone(),
                breaks,
                says: "by its name".to_owned(),
            });
        }
    }
    Ok(cases)
}

/// Where we call something no break, and why.
const REASONS: &[(&str, &str)] = &[
    ("TestRequestParameterMaxItemsDecreased", "`maxItems` stands beside `type: string`, where no instance meets it"),
    (
        "TestRequestPropertyAllOfAdded_AnnotationOnly_EmitsInfo",
        "the branch of `allOf` has a title and nothing that could refuse",
    ),
    ("TestRequestPropertyAnyOfInlineEnumRefactorToRef", "the same values stand behind a reference now"),
    ("TestRequestBodyAnyOfMultiMediaTypeDetails", "the two components have the same content"),
    (
        "TestWebhookOperationChangesDetected",
        "the API sends the webhook: receivers who get the body always lose nothing",
    ),
    ("TestListOfTypesIntegration_ParameterChanges", "both sides of the pair are one file"),
    ("bc_response_header_required_increased", "a header that is always sent breaks no client"),
    ("bc_response_minlength_increased", "a response that promises more breaks no client"),
];

/// Prints what differs; the answer is how many breaking changes were missed.
fn table(folder: &Path, cases: &[Case], all: bool) -> usize {
    let (mut agree, mut misses, mut milder, mut stricter, mut unread) = (0, 0, 0, 0, 0);
    println!("{}: {} pairs", folder.display(), cases.len());
    for case in cases {
        let (old, new) = (compiled(&case.old), compiled(&case.new));
        let side = |compiled| Side { name: String::new(), compiled, items: None };
        let report = old.as_ref().zip(new.as_ref()).and_then(|(old, new)| diff(&case.name, &side(old), &side(new)));
        let Some(report) = report else {
            unread += 1;
            println!("  not read     {}", case.name);
            continue;
        };
        let ours = breaking(&report);
        let reason = REASONS.iter().find(|(name, _)| *name == case.name).map(|(_, reason)| *reason);
        let verdict = match (case.breaks, ours.is_empty()) {
            (true, true) if reason.is_some() => {
                milder += 1;
                "milder   "
            }
            (true, true) => {
                misses += 1;
                "MISSED   "
            }
            (false, false) => {
                stricter += 1;
                "stricter "
            }
            _ => {
                agree += 1;
                "agree    "
            }
        };
        if all || !verdict.starts_with("agree") {
            let ours = if ours.is_empty() { notes(&report) } else { ours.join(", ") };
            println!("  {verdict}    {}\n    theirs: {}\n    ours:   {ours}", case.name, case.says);
            if let Some(reason) = reason {
                println!("    because {reason}");
            }
        }
    }
    println!(
        "  agree {agree}, milder with a reason {milder}, stricter {stricter}, missed {misses}, not read {unread}\n"
    );
    misses
}

fn compiled(path: &Path) -> Option<specwright::Compiled> {
    let text = fs::read_to_string(path).ok()?;
    let naming = Naming { name: "api".to_owned(), source: path.display().to_string() };
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    Some(specwright::compile(&naming, text, &FolderLoader::new(folder)))
}

fn breaking(report: &Report) -> Vec<String> {
    let breaks =
        |judgement: Judgement| move |it: &&specwright::diff::Finding| it.levels.level(judgement) == Level::Breaking;
    let mut all: Vec<String> = [Judgement::Wire, Judgement::Document]
        .into_iter()
        .flat_map(|judgement| report.findings.iter().filter(breaks(judgement)))
        .map(|it| format!("{} ({}): {}", it.rule.id, it.message, it.rule.reason))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn notes(report: &Report) -> String {
    let all: Vec<_> =
        report.findings.iter().filter(|it| it.levels.worst() != Level::None).map(|it| it.rule.id).collect();
    if all.is_empty() { "nothing".to_owned() } else { all.join(", ") }
}
