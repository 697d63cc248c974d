//! Specwright as a library: what a build script, a task of a workspace and a test call.
//!
//! A [`Generator`] holds what `specwright.toml` holds and runs the jobs that the program runs; so both do the same.

mod build_script;
mod error;
mod options;

use std::path::{Path, PathBuf};

pub use error::{Error, ErrorKind};

use crate::cli::{Codegen, CodegenArgs, Failure, Mode, Project, Remedy, Summary};
use crate::config::{self, Attribute, Config, Dependency, Finding, Level, Output, Types};

/// Generates Rust of OpenAPI documents: the options of `specwright.toml`, in Rust.
///
/// Paths are relative to the folder of the configuration where one was read, else to the working folder, which in a
/// build script and in a test is that of the package.
///
/// ```no_run
/// use specwright::Generator;
/// use specwright::config::{ApiEntry, Output, Select};
///
/// # fn main() -> Result<(), specwright::Error> {
/// let pets = ApiEntry::new("pets.yaml").overlay("names.yaml").select(Select::default().tag("pets"));
/// let outcome = Generator::new().output(Output::in_crate("crates/pets").api(pets)).generate()?;
/// println!("{}", outcome.summary());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "it does nothing until `generate`, `check` or `build_script` is called"]
pub struct Generator {
    folder: PathBuf,
    config: Config,
    /// The file that was read, as it is printed, and its text, for messages; none once an option has changed.
    file: Option<(String, String)>,
    inputs: Vec<PathBuf>,
    args: CodegenArgs,
}

/// What a run did.
#[derive(Debug, Clone)]
pub struct Outcome {
    summary: String,
    warnings: Vec<String>,
    inputs: Vec<PathBuf>,
    written: usize,
}

impl Outcome {
    /// What happened, for people: how many documents, operations, models and files, what was written, and how long it
    /// took.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// What was found in the documents, and what a `Cargo.toml` lacks: one line each, with file, line and column.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The files that decide what is generated: documents, files that they refer to, overlays, the configuration.
    pub fn inputs(&self) -> &[PathBuf] {
        &self.inputs
    }

    /// How many files were written or removed.
    pub fn written(&self) -> usize {
        self.written
    }
}

impl Default for Generator {
    fn default() -> Self {
        Self::new()
    }
}

impl Generator {
    /// A generator with no output yet.
    pub fn new() -> Self {
        let (folder, config, args) = (PathBuf::from("."), Config::default(), CodegenArgs::default());
        Self { folder, config, file: None, inputs: Vec::new(), args }
    }

    /// A generator that does what a configuration says.
    ///
    /// # Errors
    /// Where the file cannot be read or has mistakes; the error lists them with their places.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::read(Path::new(""), Some(path.as_ref()))
    }

    /// A generator that does what the nearest `specwright.toml` in the working folder or above it says.
    ///
    /// # Errors
    /// Where there is none, or it has mistakes.
    pub fn from_nearest_file() -> Result<Self, Error> {
        let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        Self::read(&here, None)
    }

    fn read(start: &Path, path: Option<&Path>) -> Result<Self, Error> {
        let Project { folder, shown, text, config } = Project::find(start, path).map_err(|it| Error::project(&it))?;
        let inputs = vec![path.map_or_else(|| folder.join(config::FILE), Path::to_owned)];
        Ok(Self { folder, config, file: Some((shown, text)), inputs, args: CodegenArgs::default() })
    }

    /// Adds something to make: a crate, or a module tree.
    pub fn output(self, output: Output) -> Self {
        self.configure(|config| config.output.push(output))
    }

    /// Chooses Rust types for formats and schemas.
    pub fn types(self, types: Types) -> Self {
        self.configure(|config| config.types = types)
    }

    /// Adds derives and attributes to generated types.
    pub fn attribute(self, attribute: Attribute) -> Self {
        self.configure(|config| config.attribute.push(attribute))
    }

    /// Adds a crate that those need.
    pub fn dependency(self, name: impl Into<String>, dependency: Dependency) -> Self {
        self.configure(|config| _ = config.dependencies.insert(name.into(), dependency))
    }

    /// Makes a kind of finding weigh more or less.
    pub fn finding(self, finding: Finding) -> Self {
        self.configure(|config| config.finding.push(finding))
    }

    /// Refuses documents with a finding of this level or worse, notes included.
    pub fn deny(self, level: Level) -> Self {
        self.configure(|config| config.deny = Some(level))
    }

    /// Changes any option of the configuration.
    pub fn configure(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self.file = None;
        self
    }

    /// Refuses every fault of a document, also one that can be repaired or left out.
    pub fn strict(mut self) -> Self {
        self.args.reading.strict = true;
        self
    }

    /// Compares everything, whatever the fingerprint of the last run says.
    pub fn full(mut self) -> Self {
        self.args.full = true;
        self
    }

    /// Writes what the options ask for: all of it or nothing, and only what differs.
    ///
    /// # Errors
    /// Where an option, a document or a file is at fault; nothing was written.
    pub fn generate(&self) -> Result<Outcome, Error> {
        let project = self.project()?;
        let jobs = project.jobs(&self.args);
        run(&project, &jobs).map(|it| self.outcome(&it, Mode::Write))
    }

    /// Says whether what is generated is what [`generate`](Self::generate) would write; nothing is written.
    ///
    /// A test that generated code is fresh:
    ///
    /// ```no_run
    /// #[test]
    /// fn generated_code_is_fresh() -> Result<(), specwright::Error> {
    ///     specwright::Generator::from_nearest_file()?.check()
    /// }
    /// ```
    ///
    /// # Errors
    /// Of [`ErrorKind::Stale`] where it is not, with the difference; else as for [`generate`](Self::generate).
    pub fn check(&self) -> Result<(), Error> {
        let project = self.project()?;
        let jobs = project.jobs(&CodegenArgs { check: true, ..self.args.clone() });
        let summaries = run(&project, &jobs)?;
        let stale = summaries.iter().filter(|it| it.remedy().is_some());
        let text: String = stale.map(|it| it.diff() + &it.screen(Mode::Check)).collect();
        let message = match Remedy::joined(&summaries) {
            None => return Ok(()),
            Some(Remedy::Manifest) => "the manifest lacks what generated code needs: add what is shown",
            Some(Remedy::Code) => "the generated code is stale: generate it again",
            Some(Remedy::Both) => "the generated code is stale: generate it again, and add what the manifest lacks",
        };
        Err(Error::new(ErrorKind::Stale, format!("{message}\n{text}")))
    }

    /// The options as a configuration that was checked; one made in Rust is written down first, so that its mistakes
    /// have a place, too.
    fn project(&self) -> Result<Project, Error> {
        let (shown, text) = if let Some(file) = &self.file {
            file.clone()
        } else {
            let text = toml::to_string(&self.config);
            let text = text.map_err(|error| Error::new(ErrorKind::Config, error.to_string()))?;
            ("the options of the generator".to_owned(), text)
        };
        let folder = self.folder.clone();
        match Project::checked(&folder, &text) {
            Ok(config) => Ok(Project { folder, shown, text, config }),
            Err(problems) => {
                let project = Project { folder, shown, text, config: Config::default() };
                Err(Error::failures(&[Failure::Config(problems)], &project))
            }
        }
    }

    fn outcome(&self, summaries: &[Summary], mode: Mode) -> Outcome {
        let mut inputs: Vec<_> =
            self.inputs.iter().chain(summaries.iter().flat_map(|it| &it.inputs)).cloned().collect();
        inputs.sort();
        inputs.dedup();
        Outcome {
            summary: summaries.iter().map(|it| it.screen(mode)).collect(),
            warnings: summaries.iter().flat_map(warnings).collect(),
            inputs,
            written: summaries.iter().map(|it| it.changes.len()).sum(),
        }
    }
}

fn run(project: &Project, jobs: &[Codegen]) -> Result<Vec<Summary>, Error> {
    project.run(jobs).map_err(|failures| Error::failures(&failures, project))
}

/// The findings of a run that weigh more than a note, and what its manifest lacks, a line each.
fn warnings(summary: &Summary) -> Vec<String> {
    let mut lines = summary.report.lines();
    if let Some(offer) = &summary.offer {
        let path = &offer.shown;
        lines.extend(
            offer.lacking.iter().map(|lacking| format!("`{path}` lacks {lacking}, which generated code needs")),
        );
    }
    lines
}
