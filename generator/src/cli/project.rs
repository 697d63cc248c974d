//! A configuration on disk: found from the working folder upwards, and the jobs that it asks for.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::churn::churn;
use super::codegen::{Codegen, Mode, Prepared, Source};
use super::diff::Version;
use super::files::{FileError, read_text};
use super::lock::Lock;
use super::outcome::{Failure, Summary};
use super::place::place;
use super::print::waiting;
use super::settings::Settings;
use super::templates;
use super::unlisted::{misnamed, unlisted};
use super::vendor::VendorFolder;
use super::{CodegenArgs, Deny};
use crate::Choices;
use crate::config::{self, ApiEntry, Config, Form, Output, Problem, Side, Step};
use crate::diff::churn::Churn;
use crate::listing::{Mistake, Style, draw};
use crate::plan::Wanted;
use crate::render::{CrateOptions, Extras, Place};

/// A configuration, and where it stands.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder that its paths start from.
    pub folder: PathBuf,
    /// The file as it is printed.
    pub shown: String,
    /// Its text.
    pub text: String,
    /// What it says.
    pub config: Config,
}

/// Why there is no configuration to work with.
#[derive(Debug)]
pub enum ProjectError {
    /// There is none here or above.
    Missing,
    /// It cannot be read.
    File(FileError),
    /// It has mistakes: the file as it is printed, its text, and what is wrong.
    Problems(String, String, Vec<Problem>),
}

impl ProjectError {
    /// What to say about it.
    pub fn message(&self, style: Style) -> String {
        match self {
            Self::Missing => format!(
                "error: there is no `{}` here or in a folder above: `specwright init DOCUMENT` makes one\n",
                config::FILE
            ),
            Self::File(error) => format!("error: {error}\n"),
            Self::Problems(path, text, problems) => listing(path, text, problems, style),
        }
    }
}

/// Mistakes as listings, and how many there are.
pub(super) fn listing(path: &str, text: &str, problems: &[Problem], style: Style) -> String {
    let snippets = problems.iter().map(|it| Mistake {
        path,
        text,
        span: &it.span,
        message: &it.message,
        help: it.help.as_deref(),
    });
    let count = problems.len();
    format!("{}{count} error{} in `{path}`\n", draw(snippets, style), if count == 1 { "" } else { "s" })
}

impl Project {
    /// Reads the configuration at a path, or the nearest one in a folder or above it.
    ///
    /// # Errors
    /// Where there is none, or it has mistakes.
    pub fn find(start: &Path, explicit: Option<&Path>) -> Result<Self, ProjectError> {
        let path = match explicit {
            Some(path) => path.to_owned(),
            None => nearest(start).ok_or(ProjectError::Missing)?,
        };
        let text = read_text(&path)
            .map_err(|cause| ProjectError::File(FileError { path: path.clone(), action: "read", cause }))?;
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let shown = path.strip_prefix(start).unwrap_or(&path).display().to_string();
        match Self::checked(folder, &text) {
            Ok(config) => Ok(Self { folder: folder.to_owned(), shown, text, config }),
            Err(problems) => Err(ProjectError::Problems(shown, text, problems)),
        }
    }

    /// What a configuration in a folder says, where it is right for that folder.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn checked(folder: &Path, text: &str) -> Result<Config, Vec<Problem>> {
        let config = config::read(text)?;
        let mut problems = config::shared_folders(&config, text, |path| place(&folder.join(path)));
        problems.extend(misnamed(&config, text));
        problems.extend(unlisted(folder, &config, text));
        problems.sort_by_key(|it| it.span.start);
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }

    /// One job for each output.
    pub fn jobs(&self, args: &CodegenArgs) -> Vec<Codegen> {
        self.config.output.iter().map(|output| self.job(output, args)).collect()
    }

    fn job(&self, output: &Output, args: &CodegenArgs) -> Codegen {
        let sources = output.api.iter().map(|api| Source {
            name: api.api_name(),
            path: self.folder.join(&api.document),
            shown: api.document.clone(),
        });
        let sources: Vec<_> = sources.collect();
        let documents: Vec<_> = sources.iter().map(|it| it.shown.as_str()).collect();
        let folder = output.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let sides = output.api.iter().map(|api| api.sides.as_deref().unwrap_or(&Side::ALL));
        let description =
            output.description.clone().unwrap_or_else(|| super::names::description(sides, &documents.join(", ")));
        let name = output.name.clone().unwrap_or_else(|| super::names::crate_name(folder));
        let runtime = super::delivery(output.runtime, output.runtime_path.as_ref());
        let options = CrateOptions { name, description, workspace: false, runtime };
        let choices = output.api.iter().map(|api| (api.api_name(), self.choices(api)));
        let overlays = output.api.iter().map(|api| {
            let files = api.overlays.iter().map(|it| (self.folder.join(it), it.clone()));
            (api.api_name(), files.collect())
        });
        let place = match (&output.form, &output.module) {
            (Form::Module, Some(path)) => Place::Module(path.clone()),
            _ => Place::Crate,
        };
        let settings = Settings {
            choices: choices.collect(),
            overlays: overlays.collect(),
            attributes: self.config.attribute.clone(),
            findings: self.config.finding.clone(),
            extras: Extras { place, dependencies: self.config.dependencies.clone(), ..Extras::default() },
            problems: Vec::new(),
            surface: output.surface || args.surface,
            contract: output.contract || args.contract,
            strict: BTreeSet::new(),
        };
        let mut job = Codegen::new(sources, self.folder.join(&output.path), options, args);
        job.settings = settings;
        job.vendor = VendorFolder::configured(&self.folder, self.config.vendor.as_ref());
        if let Some(folder) = &output.templates {
            match templates::read(&self.folder.join(folder), &job.inputs) {
                Ok(overrides) => job.settings.extras.templates = overrides,
                Err(problems) => job.settings.problems = problems,
            }
        }
        job.deny = strictest(job.deny, self.config.deny);
        let is_strict = |api: &&ApiEntry| api.strict.unwrap_or(self.config.strict);
        job.settings.strict = output.api.iter().filter(is_strict).map(ApiEntry::api_name).collect();
        job
    }

    /// What is decided about one API.
    fn choices(&self, api: &ApiEntry) -> Choices {
        let name = api.api_name();
        let replace = self.config.replace.iter().cloned().enumerate().filter(|(_, it)| it.is_about(&name));
        let rename = self.config.rename.iter().cloned().enumerate().filter(|(_, it)| it.is_about(&name));
        let pages = self.config.pagination.iter().cloned().enumerate().filter(|(_, it)| it.is_about(&name));
        let types = api.types.clone().or(&self.config.types);
        Choices {
            overlays: Vec::new(),
            selection: api.selection(),
            wanted: Wanted { sides: api.sides.clone(), handlers: api.handlers, types, replace: replace.collect() },
            ignored: self.config.ignore_extensions.iter().copied().collect(),
            rename: rename.collect(),
            pagination: pages.collect(),
        }
    }

    /// Runs all jobs: nothing is written unless everything can be.
    ///
    /// # Errors
    /// Each failure, in the order of the outputs.
    pub fn run(&self, jobs: &[Codegen]) -> Result<Vec<Summary>, Vec<Failure>> {
        let mode = jobs.first().map_or(Mode::Check, |it| it.mode);
        let folders = jobs.iter().map(|it| it.out.as_path());
        let mut lock = Lock::take(folders, mode, &waiting).map_err(|error| vec![error.into()])?;
        // An entry of the configuration may be about any output, so that all of them are looked at, or none.
        if let Some(unchanged) = jobs.iter().map(Codegen::unchanged).collect() {
            return Ok(unchanged);
        }
        let prepared = self.prepare(jobs)?;
        let summaries = jobs.iter().zip(prepared).map(|(job, it)| job.finish(it));
        let summaries = summaries.collect::<Result<_, _>>().map_err(|failure| vec![failure])?;
        lock.keep();
        Ok(summaries)
    }

    /// Reads, compiles and judges the documents of all jobs; nothing is written.
    ///
    /// # Errors
    /// Each failure, in the order of the outputs.
    pub fn prepare(&self, jobs: &[Codegen]) -> Result<Vec<Prepared>, Vec<Failure>> {
        let missing = self.unreadable(jobs);
        if !missing.is_empty() {
            return Err(vec![Failure::Missing(missing)]);
        }
        let mut failures = Vec::new();
        let mut prepared = Vec::new();
        for job in jobs {
            match job.prepare() {
                Ok(it) => prepared.push(it),
                Err(failure) => failures.push(failure),
            }
        }
        if failures.is_empty() {
            let problems = self.unanswered(&prepared);
            if !problems.is_empty() {
                failures.push(Failure::Config(problems));
            }
        }
        if !failures.is_empty() {
            return Err(failures);
        }
        Ok(prepared)
    }

    /// The name of the file.
    pub(super) fn file_name(&self) -> Cow<'_, str> {
        Path::new(&self.shown).file_name().map_or_else(|| config::FILE.into(), |it| it.to_string_lossy())
    }

    /// The configuration as of a revision.
    pub(super) fn at(&self, version: &Version) -> Result<Self, String> {
        let name = self.file_name();
        let text = version.read(&name)?;
        match config::read(&text) {
            Ok(config) => Ok(Self { text, config, ..self.clone() }),
            Err(_) => Err(format!("`{name}` of that revision has mistakes")),
        }
    }

    /// Why the output of a job moved since its last commit.
    ///
    /// # Errors
    /// Where git does not know, or the revision cannot be generated.
    pub fn churn(&self, job: &Codegen, args: &CodegenArgs) -> Result<Churn, String> {
        self.churn_between(job, args, (None, &Version::Disk(self.folder.clone())))
    }

    /// Why the output of a job moved between two versions.
    pub(super) fn churn_between(
        &self,
        job: &Codegen,
        args: &CodegenArgs,
        versions: (Option<&Version>, &Version),
    ) -> Result<Churn, String> {
        let past = |version: &Version| {
            let jobs = self.at(version)?.jobs(args);
            // An output that was not there yet had nothing to make.
            let empty = || Codegen { sources: Vec::new(), ..job.clone() };
            Ok(jobs.into_iter().find(|it| it.out == job.out).unwrap_or_else(empty))
        };
        churn(&self.folder, job, &past, versions)
    }

    /// Mistakes in this configuration as listings.
    pub fn listing(&self, problems: &[Problem], style: Style) -> String {
        listing(&self.shown, &self.text, problems, style)
    }

    /// What the configuration denies, as mistakes at its entries.
    pub fn denied(&self, counts: &BTreeMap<usize, usize>) -> Vec<Problem> {
        let problem = |(idx, count): (&usize, &usize)| {
            let entry = &self.config.finding[*idx];
            let found = if *count == 1 { "1 finding".to_owned() } else { format!("{count} findings") };
            let message = format!("{found} of `{}`: {}", entry.code, entry.reason);
            let spot = [Step::Key("finding"), Step::Item(*idx), Step::Key("code")];
            config::problem(&self.text, &spot, message, "this entry denies them")
        };
        counts.iter().map(problem).collect()
    }
}

fn strictest(one: Option<Deny>, other: Option<Deny>) -> Option<Deny> {
    one.into_iter().chain(other).min()
}

/// The configuration in a folder or in the nearest one above it.
pub(super) fn nearest(start: &Path) -> Option<PathBuf> {
    start.ancestors().map(|folder| folder.join(config::FILE)).find(|path| path.is_file())
}
