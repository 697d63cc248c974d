//! `specwright generate` and `specwright check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::super::codegen::{default_crate, package_name};
use super::super::{Codegen, Mode, Project, Summary, findings, say};
use super::{CodegenArgs, Common, exit, style, unable};
use crate::cli::Failure;

/// Flags of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Without a document it does what `specwright.toml` says; with one, it makes a crate of it.

Examples:
  specwright generate
  specwright generate pets.yaml
  specwright generate pets.yaml --out crates/pets")]
pub(super) struct Args {
    /// An OpenAPI document, YAML or JSON, to make a crate of; `specwright.toml` says what to generate if left out
    #[arg(value_name = "FILE", group = "document")]
    file: Option<PathBuf>,
    #[command(flatten)]
    flags: CodegenArgs,
}

impl Args {
    /// The flags, with the document that is named without one.
    fn flags(&self) -> CodegenArgs {
        let Self { file, flags } = self;
        CodegenArgs { spec: file.clone().or_else(|| flags.spec.clone()), ..flags.clone() }
    }

    /// The same, without writing.
    pub(super) fn checking(mut self) -> Self {
        self.flags.check = true;
        self
    }
}

pub(super) fn run(args: &Args, common: &Common) -> ExitCode {
    let flags = args.flags();
    if flags.spec.is_some() && flags.effective {
        return super::super::run(&flags, Codegen::standalone(&flags));
    }
    if flags.spec.is_some() {
        return match standalone(&flags) {
            Ok(job) => {
                let result = job.run().map(|it| vec![it]).map_err(|it| vec![it]);
                finish(&flags, common, &[job], result, None)
            }
            Err(message) => unable(&message),
        };
    }
    let project = match common.project() {
        Ok(project) => project,
        Err(error) => {
            say(&mut anstream::stderr(), &error.text(style()));
            return exit::unable();
        }
    };
    let jobs = project.jobs(&flags);
    if flags.effective {
        let all = jobs.into_iter().map(|job| super::super::run(&flags, Ok(job)));
        return all.into_iter().find(|code| *code != ExitCode::SUCCESS).unwrap_or(ExitCode::SUCCESS);
    }
    let result = project.run(&jobs);
    finish(&flags, common, &jobs, result, Some(&project))
}

/// The job of one document; where no folder is named, of the crate that `specwright init` would ask for.
fn standalone(flags: &CodegenArgs) -> Result<Codegen, String> {
    if flags.out.is_some() {
        return Codegen::standalone(flags);
    }
    let stem = flags.spec.as_deref().and_then(Path::file_stem).unwrap_or_default().to_string_lossy();
    let package = flags.name.clone().unwrap_or_else(|| default_crate(&package_name(&stem)));
    let mut job = Codegen::standalone(&CodegenArgs { out: Some(PathBuf::from(&package)), ..flags.clone() })?;
    job.options.name = package;
    Ok(job)
}

/// Says what the jobs did.
fn finish(
    args: &CodegenArgs,
    common: &Common,
    jobs: &[Codegen],
    result: Result<Vec<Summary>, Vec<Failure>>,
    project: Option<&Project>,
) -> ExitCode {
    let summaries = match result {
        Ok(summaries) => summaries,
        Err(failures) => return failed(args, &failures, project),
    };
    let mut is_stale = false;
    for (job, summary) in jobs.iter().zip(&summaries) {
        findings(args, &summary.report);
        if job.mode == Mode::Check {
            say(&mut anstream::stdout(), &summary.diff());
            is_stale |= summary.is_stale();
        }
        let name = if jobs.len() > 1 { format!("{}: ", shown(&job.out, project)) } else { String::new() };
        common.tell(&format!("{name}{}", summary.text(job.mode)));
    }
    if is_stale {
        say(&mut anstream::stderr(), "error: the generated code is stale: run `specwright generate`\n");
        return exit::refused();
    }
    ExitCode::SUCCESS
}

/// A folder as the configuration spells it.
fn shown(out: &Path, project: Option<&Project>) -> String {
    let folder = project.map_or(out, |it| out.strip_prefix(&it.folder).unwrap_or(out));
    folder.display().to_string()
}

/// Says why the jobs did nothing; the worst of the reasons decides how the command ends.
fn failed(args: &CodegenArgs, failures: &[Failure], project: Option<&Project>) -> ExitCode {
    let mut is_refused = true;
    for failure in failures {
        let text = match (failure, project) {
            (Failure::Documents(report), _) => {
                findings(args, report);
                continue;
            }
            (Failure::Denied(report, counts), Some(project)) => {
                findings(args, report);
                project.listing(&project.denied(counts), style())
            }
            (Failure::Config(problems), Some(project)) => {
                is_refused = false;
                project.listing(problems, style())
            }
            (other, _) => {
                is_refused = false;
                super::super::message(other)
            }
        };
        say(&mut anstream::stderr(), &text);
    }
    say(&mut anstream::stderr(), "error: nothing was written\n");
    if is_refused { exit::refused() } else { exit::unable() }
}
