//! `cargo xtask mutate`: documents changed at random. None may make the generator panic, hang or print what is no code,
//! and what it accepts must compile without a warning.
//!
//! The changes are those that people make: a value is lost, doubled, moved, put in the place of another one, or replaced
//! by something odd. Each document of which a crate came is kept below `target/mutate/`, so that a finding can be seen
//! again; the same seed makes the same documents.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use acceptance::instances::Random;
use acceptance::mutants::mutate;
use acceptance::pipeline;
use serde_json::Value;
use specwright::plan::ApiPlan;

use crate::corpus::Together;
use crate::within::{Ended, within};
use crate::{failed, target};

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The documents to start from
    #[arg(required = true, value_name = "FILE")]
    documents: Vec<PathBuf>,
    /// How many documents that are accepted are wanted
    #[arg(long, value_name = "N", default_value_t = 100)]
    accepted: usize,
    /// How many of them are modules of one crate
    #[arg(long, value_name = "N", default_value_t = 50)]
    together: usize,
    /// How many changes one document has at most
    #[arg(long, value_name = "N", default_value_t = 6)]
    changes: usize,
    /// How long one document may take
    #[arg(long, value_name = "N", default_value_t = 30)]
    seconds: u64,
    /// Only generate, without the compiler
    #[arg(long)]
    no_compile: bool,
    /// Where random numbers start
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

/// What became of a document.
enum Verdict {
    Accepted(Box<ApiPlan>),
    Refused,
    /// A bug of ours.
    Bug(String),
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let mut originals = Vec::new();
    for path in &args.documents {
        let name = path.display().to_string();
        match fs::read_to_string(path) {
            Ok(text) => originals.push(pipeline::json(&name, &text)),
            Err(error) => return failed(&format!("cannot read `{name}`: {error}")),
        }
    }
    let folder = target().join("mutate");
    if let Err(error) = fs::create_dir_all(&folder) {
        return failed(&format!("cannot make `{}`: {error}", folder.display()));
    }
    let mut random = Random::new(args.seed);
    let together = Together::new(args.together);
    let (mut tried, mut accepted, mut refused, mut bugs) = (0, 0, 0, 0);
    // Most changes leave a document that is accepted; where none is, there is an end all the same.
    while accepted < args.accepted && tried < args.accepted.saturating_mul(20) {
        tried += 1;
        let mut document = originals[tried % originals.len()].clone();
        for _ in 0..=random.below(args.changes.max(1)) {
            mutate(&mut document, &mut random);
        }
        let kept = folder.join(format!("{}-{tried}.json", args.seed));
        match judge(&document, tried, Duration::from_secs(args.seconds)) {
            Verdict::Refused => {
                refused += 1;
                continue;
            }
            Verdict::Accepted(plan) => {
                accepted += 1;
                if !args.no_compile {
                    together.add(&kept, *plan);
                }
            }
            Verdict::Bug(problem) => {
                bugs += 1;
                println!("{}: {problem}", kept.display());
            }
        }
        if let Err(error) = fs::write(&kept, document.to_string()) {
            return failed(&format!("cannot write `{}`: {error}", kept.display()));
        }
    }
    let (clean, faulty) = together.finish();
    println!("{tried} documents: {accepted} accepted, {refused} refused, {bugs} found a mistake");
    if !args.no_compile {
        println!("{accepted} documents: {clean} compile without a warning, {faulty} do not");
    }
    if bugs + faulty == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn judge(document: &Value, number: usize, limit: Duration) -> Verdict {
    let text = document.to_string();
    let ended = within(limit, move || {
        let compiled = pipeline::compile(&format!("mutant-{number}"), &text);
        let _ = pipeline::print(&compiled);
        let Some(plan) = compiled.plan else { return Verdict::Refused };
        match pipeline::try_render(std::slice::from_ref(&plan)) {
            Ok(_) => Verdict::Accepted(Box::new(plan)),
            Err(error) => Verdict::Bug(error.to_string()),
        }
    });
    match ended {
        Ended::Done(verdict) => verdict,
        Ended::Late => Verdict::Bug("it takes too long".to_owned()),
        Ended::Panicked => Verdict::Bug("it panics".to_owned()),
    }
}
