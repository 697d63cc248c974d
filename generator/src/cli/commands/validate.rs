//! `specwright validate`: what is wrong with documents, for whoever writes them.

use std::path::PathBuf;
use std::process::ExitCode;

use super::super::{Codegen, Prepared, Project, ReadingArgs, say};
use super::generate::{self, Told, failed, listed};
use super::{CodegenArgs, Common, exit};

/// Flags of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  specwright validate
  specwright validate pets.yaml
  specwright validate pets.yaml --deny unsupported --json")]
pub(super) struct Args {
    /// OpenAPI documents, YAML or JSON; those of `specwright.toml`, as it wants them, if left out
    #[arg(value_name = "FILE", group = "document")]
    files: Vec<PathBuf>,
    /// A document, as other commands name it
    #[arg(long, alias = "input", short_alias = 'i', value_name = "FILE", group = "document", hide = true)]
    spec: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &Args, common: &Common) -> ExitCode {
    let flags = CodegenArgs { check: true, reading: args.reading.clone(), ..CodegenArgs::default() };
    let (jobs, project) = match jobs(args, &flags, common) {
        Ok(found) => found,
        Err(message) => {
            say(&mut anstream::stderr(), &message);
            return exit::unable();
        }
    };
    let (mut prepared, mut failures) = (Vec::new(), Vec::new());
    if let Some(project) = &project {
        match project.prepare(&jobs) {
            Ok(all) => prepared = all,
            Err(all) => failures = all,
        }
    } else {
        for job in &jobs {
            match job.prepare() {
                Ok(it) => prepared.push(it),
                Err(failure) => failures.push(failure),
            }
        }
    }
    let mut told =
        if failures.is_empty() { Told::ending(exit::fine()) } else { failed(&flags, &failures, project.as_ref(), "") };
    let findings: String = prepared.iter().map(|it| listed(&flags, &it.report)).collect();
    told.findings.insert_str(0, &findings);
    let outcome: String = prepared.iter().map(Prepared::screen).collect();
    told.say(&flags, common.heard(&outcome))
}

/// What is to be read, and the configuration that says so.
fn jobs(args: &Args, flags: &CodegenArgs, common: &Common) -> Result<(Vec<Codegen>, Option<Project>), String> {
    if args.files.is_empty() && args.spec.is_empty() {
        return generate::jobs(flags, common);
    }
    // Nothing is made of them, wherever that would be.
    let job = |file: &PathBuf| {
        let (spec, out) = (Some(file.clone()), Some(PathBuf::new()));
        Codegen::standalone(&CodegenArgs { spec, out, ..flags.clone() })
    };
    let jobs: Result<_, _> = args.files.iter().chain(&args.spec).map(job).collect();
    Ok((jobs.map_err(|message| format!("error: {message}\n"))?, None))
}
