//! `specwright generate` and `specwright check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::super::names::{default_crate, package_name};
use super::super::{Codegen, Failure, Mode, Project, Remedy, Report, Summary, churn_text, printed, say};
use super::{CodegenArgs, Common, exit, style, unable};

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
    pub(super) fn flags(&self) -> CodegenArgs {
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
    if flags.check && flags.update_manifest {
        return unable("`check` writes nothing: `specwright generate --update-manifest` adds what `Cargo.toml` lacks");
    }
    let (jobs, project) = match jobs(&flags, common) {
        Ok(found) => found,
        Err(message) => {
            say(&mut anstream::stderr(), &message);
            return exit::unable();
        }
    };
    if flags.effective {
        return super::super::effective(&flags, &jobs);
    }
    let result = run_all(&jobs, project.as_ref());
    let told = told(&flags, &jobs, result, project.as_ref());
    let remedy = told.remedy;
    let done = told.diff.clone() + common.heard(&told.outcome);
    let code = told.say(&flags, &done);
    if let Some(remedy) = remedy {
        // A document of one's own has flags of its own.
        let others = if flags.spec.is_some() { " with the same arguments" } else { "" };
        let message = remedy.message(|flag| format!("`specwright generate{flag}`{others}"));
        say(&mut anstream::stderr(), &format!("error: {message}\n"));
    }
    code
}

/// What is to be done, and the configuration that says so; or why that cannot be known.
pub(super) fn jobs(flags: &CodegenArgs, common: &Common) -> Result<(Vec<Codegen>, Option<Project>), String> {
    if flags.spec.is_some() {
        let job = if flags.effective { Codegen::standalone(flags) } else { standalone(flags) };
        return Ok((vec![job.map_err(|message| format!("error: {message}\n"))?], None));
    }
    let project = common.project().map_err(|error| error.message(style()))?;
    Ok((project.jobs(flags), Some(project)))
}

/// Runs all jobs or none.
pub(super) fn run_all(jobs: &[Codegen], project: Option<&Project>) -> Result<Vec<Summary>, Vec<Failure>> {
    match project {
        Some(project) => project.run(jobs),
        None => jobs.iter().map(Codegen::run).collect::<Result<_, _>>().map_err(|failure| vec![failure]),
    }
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

/// What there is to say about jobs that have run.
pub(super) struct Told {
    /// What was found in documents and in the configuration, as listings or as JSON.
    pub(super) findings: String,
    /// What a check found to be stale.
    pub(super) diff: String,
    /// What was done.
    pub(super) outcome: String,
    /// What mends that.
    remedy: Option<Remedy>,
    /// How the command ends.
    pub(super) code: ExitCode,
}

/// Says what the jobs did.
pub(super) fn told(
    args: &CodegenArgs,
    jobs: &[Codegen],
    result: Result<Vec<Summary>, Vec<Failure>>,
    project: Option<&Project>,
) -> Told {
    let summaries = match result {
        Ok(summaries) => summaries,
        Err(failures) => return failed(args, &failures, project, "error: nothing was written\n"),
    };
    let mut told = Told::ending(exit::fine());
    for (job, summary) in jobs.iter().zip(&summaries) {
        told.findings.push_str(&listed(args, &summary.report));
        if job.mode == Mode::Check {
            told.diff.push_str(&summary.diff());
            if let (false, Some(project)) = (summary.changes.is_empty() || summary.is_new(), project) {
                told.diff.push_str(&churn_text(project.churn(job, args).map(|it| it.report())));
            }
        }
        if jobs.len() > 1 {
            told.outcome.push_str(&shown(&job.out, project));
            told.outcome.push_str(": ");
        }
        told.outcome.push_str(&summary.screen(job.mode));
    }
    let checked = jobs.iter().zip(&summaries).filter(|(job, _)| job.mode == Mode::Check).map(|(_, summary)| summary);
    told.remedy = Remedy::joined(checked);
    if told.remedy.is_some() {
        told.code = exit::refused();
    }
    told
}

impl Told {
    /// Nothing said yet.
    pub(super) fn ending(code: ExitCode) -> Self {
        Self { findings: String::new(), diff: String::new(), outcome: String::new(), remedy: None, code }
    }

    /// Says what was found, and what was done: findings as JSON are for a program, the rest is for people.
    pub(super) fn say(self, args: &CodegenArgs, done: &str) -> ExitCode {
        let (out, err) =
            if args.reading.json { (self.findings.as_str(), done) } else { (done, self.findings.as_str()) };
        say(&mut anstream::stderr(), err);
        printed(out, self.code)
    }
}

/// Findings as the flags want them.
pub(super) fn listed(args: &CodegenArgs, report: &Report) -> String {
    if args.reading.json { report.json() } else { report.listing(style()).to_owned() }
}

/// A folder as the configuration spells it.
fn shown(out: &Path, project: Option<&Project>) -> String {
    let folder = project.map_or(out, |it| out.strip_prefix(&it.folder).unwrap_or(out));
    folder.display().to_string()
}

/// Says why the jobs did nothing, and some last words; the worst of the reasons decides how the command ends.
pub(super) fn failed(args: &CodegenArgs, failures: &[Failure], project: Option<&Project>, last: &str) -> Told {
    let mut is_refused = true;
    let mut findings = String::new();
    let mut reasons = String::new();
    for failure in failures {
        match (failure, project) {
            (Failure::Documents(report), _) => findings.push_str(&listed(args, report)),
            (Failure::Denied(report, counts), Some(project)) => {
                findings.push_str(&listed(args, report));
                reasons.push_str(&project.listing(&project.denied(counts), style()));
            }
            (Failure::Config(problems) | Failure::Missing(problems), Some(project)) => {
                is_refused = false;
                reasons.push_str(&project.listing(problems, style()));
            }
            (other, _) => {
                is_refused = false;
                reasons.push_str(&super::super::message(other));
            }
        }
    }
    reasons.push_str(last);
    let code = if is_refused { exit::refused() } else { exit::unable() };
    if !args.reading.json {
        return Told { findings: findings + &reasons, ..Told::ending(code) };
    }
    // Findings as JSON are for a program, the rest is for people.
    say(&mut anstream::stderr(), &reasons);
    Told { findings, ..Told::ending(code) }
}
