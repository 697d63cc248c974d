//! `cargo xtask edits`: random edits of documents; where `diff` reports no change of the wire, a thousand instances must
//! have the same verdict before and after.

use std::path::PathBuf;
use std::process::ExitCode;

use acceptance::edits::{Outcome, edit, judge};
use acceptance::instances::Random;
use acceptance::{fixtures, pipeline};
use serde_json::Value;

use crate::failed;

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Documents to edit; those of `specs/` if left out
    documents: Vec<PathBuf>,
    /// How many edits
    #[arg(long, default_value_t = 1000)]
    count: usize,
    /// How many instances for each edit that `diff` is silent about
    #[arg(long, default_value_t = 1000)]
    samples: usize,
    /// Where random numbers start
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let documents = match documents(&args.documents) {
        Ok(documents) => documents,
        Err(message) => return failed(&message),
    };
    let mut random = Random::new(args.seed);
    let (mut edits, mut refused, mut reported, mut silent, mut instances, mut missed) = (0, 0, 0, 0, 0, 0);
    let mut tries = 0;
    // Some places have nothing to change in the way that chance has chosen.
    while edits < args.count && tries < args.count.saturating_mul(20) {
        tries += 1;
        let (name, document) = &documents[tries % documents.len()];
        let Some((what, edited)) = edit(document, &mut random) else { continue };
        edits += 1;
        match judge(document, &edited, args.samples, args.seed.wrapping_add(tries as u64)) {
            Outcome::Refused => refused += 1,
            Outcome::Reported => reported += 1,
            Outcome::Silent(count) => {
                silent += 1;
                instances += count;
            }
            Outcome::Missed(instance) => {
                missed += 1;
                println!("MISSED {name} {what}\n  {instance}");
            }
        }
    }
    println!(
        "{edits} edits: {reported} change the wire, {silent} do not ({instances} instances agree), {refused} have errors, {missed} missed"
    );
    if missed == 0 { ExitCode::SUCCESS } else { failed(&format!("{missed} changes of the wire were missed")) }
}

/// The documents with schemas, by name.
fn documents(paths: &[PathBuf]) -> Result<Vec<(String, Value)>, String> {
    let mut texts = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read `{name}`: {error}"))?;
        texts.push((name, text));
    }
    if paths.is_empty() {
        texts.extend(fixtures::specs().into_iter().map(|(name, _, text)| (name, text)));
    }
    let all = texts.into_iter().map(|(name, text)| {
        let document = pipeline::json(&name, &text);
        (name, document)
    });
    let all: Vec<_> = all.filter(|(_, it)| it["components"]["schemas"].is_object()).collect();
    if all.is_empty() { Err("no document has schemas among its components".to_owned()) } else { Ok(all) }
}
