//! The main job: documents in, a crate out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::diff::Version;
use super::files::{FileError, is_unfinished};
use super::fingerprint::{self, Fingerprint, Inputs};
use super::kept::Owner;
use super::levels::{self, Weighed};
use super::lock::Lock;
use super::names::{crate_name, description, package_name};
use super::one::One;
use super::outcome::{Failure, Summary};
use super::print::waiting;
use super::progress::Progress;
use super::report::Report;
use super::settings::{Settings, UnusedSelection};
use super::vendor::VendorFolder;
use super::{CodegenArgs, ReadingArgs};
use crate::config::{Level as Deny, Runtime, Selection, Side, Spot, Step};
use crate::diagnostics::{Code, Severity, Tally};
use crate::ir::Api;
use crate::lower::{Near, Unpaged};
use crate::overlay::Overlay;
use crate::parallel;
use crate::plan::{ApiPlan, add_attributes};
use crate::render::CrateOptions;
use crate::samples::contract_requests;
use crate::source::decode;
use crate::{Compiled, Effective, compile_with};

/// A document to generate from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The API's name.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// The path as it is printed and as generated files name it.
    pub shown: String,
}

/// Whether a run writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Bring the tree up to date.
    Write,
    /// Only compare.
    Check,
}

/// One run.
#[derive(Clone)]
pub struct Codegen {
    /// The documents.
    pub sources: Vec<Source>,
    /// The folder of the crate.
    pub out: PathBuf,
    /// What the crate is called and how it depends on others.
    pub options: CrateOptions,
    /// Whether to write.
    pub mode: Mode,
    /// What to refuse.
    pub deny: Option<Deny>,
    /// Whether every fault refuses its document, also one that can be repaired or left out.
    pub strict: bool,
    /// The least findings that are shown one by one.
    pub shown: Severity,
    /// What changes the documents before they are read, in order.
    pub overlays: Vec<PathBuf>,
    /// The folder that references may lead into; that of each document if there is none.
    pub root: Option<PathBuf>,
    /// Where copies of what URLs lead to are.
    pub vendor: VendorFolder,
    /// Only this document's findings and files count; the rest of the tree stays as it is.
    pub only: Option<String>,
    /// What a configuration says beyond that.
    pub settings: Settings,
    /// Who may edit the crate's manifest.
    pub owner: Owner,
    /// The manifest of the crate that has the code as a module; the nearest one above the folder if left out.
    pub manifest: Option<PathBuf>,
    /// Whether what the manifest lacks is written into it.
    pub update: bool,
    /// What decides whether anything may have changed.
    pub trust: Trust,
    /// What was read so far.
    pub(super) inputs: Inputs,
    /// The revision that documents are read from, by the paths as they are printed; the disk if there is none.
    pub past: Option<Version>,
}

/// What decides whether anything may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// The fingerprint of the last run, if there is one.
    Fingerprint,
    /// Generating everything and comparing it.
    Nothing,
}

/// Documents that may be generated from: nothing is wrong with them.
pub struct Prepared {
    pub(super) start: Instant,
    pub(super) progress: Progress,
    pub(super) report: Report,
    pub(super) tally: Tally,
    pub(super) plans: Vec<ApiPlan>,
    /// What each API sends, by its module, where its surface is asked for.
    pub(super) contracts: BTreeMap<String, String>,
    selections: Vec<(String, Selection)>,
    /// The places in the configuration that something answers to.
    pub used: BTreeSet<Spot>,
    /// The names of the configuration that nothing can have, by the position of the entry, each with the reason.
    pub misnamed: BTreeMap<usize, String>,
    /// What names of the configuration are likely to mean that nothing answers to, by the position of the entry.
    pub near: BTreeMap<Spot, Near>,
    /// The pages of the configuration that no operation can have, by the position of the entry.
    pub unpaged: BTreeMap<usize, Unpaged>,
}

impl Prepared {
    /// The `operationId` of each operation.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.plans.iter().flat_map(|it| &it.operations).map(|it| it.id.as_str())
    }

    /// The entries of selections that no operation answers to.
    pub fn unused_selections(&self) -> Vec<UnusedSelection<'_>> {
        let entries = self.selections.iter().flat_map(|(api, selection)| {
            selection.unused().into_iter().map(move |(spot, text)| UnusedSelection {
                api,
                spot,
                similar: selection.similar(&text),
                text,
            })
        });
        entries.collect()
    }
}

impl Codegen {
    /// A job with the flags that every job has.
    pub fn new(sources: Vec<Source>, out: PathBuf, options: CrateOptions, args: &CodegenArgs) -> Self {
        let mode = if args.check { Mode::Check } else { Mode::Write };
        // Whoever refuses what is ignored wants to see it.
        let ReadingArgs { overlay, root, vendor, deny, strict, notes, .. } = args.reading.clone();
        let notes = notes || deny == Some(Deny::Ignored);
        let shown = if notes { Severity::Note } else { Severity::Warning };
        let settings = Settings { surface: args.surface, contract: args.contract, ..Settings::default() };
        let (overlays, update) = (overlay, args.update_manifest);
        let owner = if options.workspace { Owner::Generator } else { Owner::User };
        let trust = if args.full { Trust::Nothing } else { Trust::Fingerprint };
        let (only, manifest) = (None, None);
        let vendor = VendorFolder::flag(vendor.as_deref());
        Self {
            sources,
            out,
            options,
            mode,
            deny,
            strict,
            shown,
            overlays,
            root,
            vendor,
            only,
            settings,
            owner,
            manifest,
            update,
            trust,
            inputs: Inputs::default(),
            past: None,
        }
    }

    /// The job of one document: a crate that stands alone.
    ///
    /// # Errors
    /// Where the flags do not say what to make of what.
    pub fn standalone(args: &CodegenArgs) -> Result<Self, String> {
        let nowhere = PathBuf::new();
        let out = args.out.as_ref().or(args.effective.then_some(&nowhere));
        let (Some(spec), Some(out)) = (&args.spec, out) else {
            return Err("`--spec FILE` and `--out DIR` belong together".to_owned());
        };
        if args.runtime_path.is_some() && args.runtime == Runtime::Copy {
            return Err("a copy of the run time needs no `--runtime-path`: add `--runtime depend`".to_owned());
        }
        let stem = spec.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let name = args.name.clone().unwrap_or_else(|| package_name(&stem));
        let shown = spec.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let source = Source { name, path: spec.clone(), shown };
        let description = description([Side::ALL.as_slice()], &source.shown);
        let name = args.name.clone().unwrap_or_else(|| crate_name(&stem));
        let options = CrateOptions { name, description, workspace: false, runtime: args.delivery() };
        Ok(Self::new(vec![source], out.clone(), options, args))
    }

    /// Makes the job refuse every fault.
    #[must_use]
    pub fn strict(self) -> Self {
        Self { strict: true, ..self }
    }

    /// Makes the job write the surface of each API beside its code.
    #[must_use]
    pub fn with_surface(mut self) -> Self {
        self.settings.surface = true;
        self
    }

    /// Limits the job to one of its documents.
    #[must_use]
    pub fn only(self, only: Option<String>) -> Self {
        Self { only, ..self }
    }

    /// Runs: read everything, and only if nothing is wrong anywhere, write.
    pub fn run(&self) -> Result<Summary, Failure> {
        let mut lock = Lock::take([self.out.as_path()], self.mode, &waiting)?;
        if let Some(summary) = self.unchanged() {
            return Ok(summary);
        }
        let prepared = self.prepare()?;
        if let Some(UnusedSelection { api, text, .. }) = prepared.unused_selections().first() {
            return Err(Failure::Request(format!("`{api}` has no operation that `{text}` selects")));
        }
        let summary = self.finish(prepared)?;
        lock.keep();
        Ok(summary)
    }

    /// What the last run said, where its fingerprint shows that this one would do the same.
    pub fn unchanged(&self) -> Option<Summary> {
        let start = Instant::now();
        if self.trust == Trust::Nothing || self.only.is_some() || is_unfinished(&self.out) {
            return None;
        }
        let found = Fingerprint::fresh(&self.out, self.request())?;
        self.inputs.adopt(&found);
        Some(Summary::repeated(found.outcome, self.inputs.paths(), start.elapsed()))
    }

    /// The files that were read so far, and those that were looked for.
    pub fn read_so_far(&self) -> Vec<PathBuf> {
        self.inputs.paths()
    }

    /// Whether all of that is as it was when it was read.
    pub fn is_current(&self) -> bool {
        self.inputs.are_current()
    }

    /// What this job is asked to do, as a number: the same for writing and checking.
    pub(super) fn request(&self) -> u64 {
        let Self { sources, options, deny, strict, shown, overlays, root, vendor, only, .. } = self;
        let Self { settings, owner, manifest, .. } = self;
        let what = (sources, options, deny, strict, shown, overlays, root, vendor, only);
        fingerprint::request(&format!("{what:?} {settings:?} {owner:?} {manifest:?}"))
    }

    /// Reads, compiles and judges the documents; nothing is written.
    pub fn prepare(&self) -> Result<Prepared, Failure> {
        if !self.settings.problems.is_empty() {
            return Err(Failure::Request(self.settings.problems.join("\n")));
        }
        let start = Instant::now();
        let progress = Progress::new(self.sources.len() + 2, start);
        let mut compiled = self.compile_all(&progress)?;
        let levels = self.settings.findings.as_slice();
        let Weighed { used, denied, near } = levels::weigh(&mut compiled, levels);
        let report = Report::new(&compiled, self.shown);
        if !denied.is_empty() {
            return Err(Failure::Denied(report, denied));
        }
        if compiled.iter().any(|(_, it)| it.plan.is_none() || self.denies(it)) {
            return Err(Failure::Documents(report));
        }
        let tally = compiled.iter().map(|(_, it)| it.diagnostics.tally()).fold(Tally::default(), Tally::plus);
        let (plans, selections, contracts, misnamed) = (Vec::new(), Vec::new(), BTreeMap::new(), BTreeMap::new());
        let unpaged = BTreeMap::new();
        let mut prepared =
            Prepared { start, progress, report, tally, plans, contracts, selections, used, misnamed, near, unpaged };
        let spot = |key, idx: &usize| vec![Step::Key(key), Step::Item(*idx)];
        for (source, it) in compiled {
            prepared.used.extend(it.names.renamed.used.iter().map(|idx| spot("rename", idx)));
            for (key, near) in [("rename", it.names.renamed.near), ("replace", it.names.replaced)] {
                prepared.near.extend(near.into_iter().map(|(idx, near)| (spot(key, &idx), near)));
            }
            prepared.used.extend(it.plan.iter().flat_map(|it| &it.replaced).map(|idx| spot("replace", idx)));
            prepared.misnamed.extend(it.names.refused);
            prepared.used.extend(it.names.paginated.used.iter().map(|idx| spot("pagination", idx)));
            prepared.unpaged.extend(it.names.paginated.refused);
            prepared.selections.push((source.name, it.selection));
            if let (Some(api), Some(plan), true) = (&it.api, &it.plan, self.settings.surface) {
                prepared.contracts.insert(plan.module.clone(), crate::ir::outline(api));
            }
            prepared.plans.extend(it.plan);
            parallel::discard((it.api, it.sources));
        }
        for plan in &mut prepared.plans {
            prepared.used.extend(add_attributes(plan, &self.settings.attributes));
        }
        Ok(prepared)
    }

    /// Reads and compiles the one document, for whoever needs what it says.
    ///
    /// # Errors
    /// Where it is refused, or cannot be read.
    pub fn compile_one(&self) -> Result<(Report, Api, ApiPlan), Failure> {
        let compiled = self.compile_all(&Progress::new(1, Instant::now()))?;
        let report = Report::new(&compiled, self.shown);
        let found = compiled.into_iter().next().filter(|(_, it)| !self.denies(it));
        match found.and_then(|(_, it)| it.api.zip(it.plan)) {
            Some((api, plan)) => Ok((report, api, plan)),
            None => Err(Failure::Documents(report)),
        }
    }

    fn compile_all(&self, progress: &Progress) -> Result<Vec<(Source, Compiled)>, Failure> {
        let wanted = |source: &&Source| self.only.as_ref().is_none_or(|only| source.name == *only);
        let sources: Vec<_> = self.sources.iter().filter(wanted).collect();
        let compiled = parallel::each(sources, |source| {
            progress.step(&source.shown);
            self.compile(source).map(|it| (source.clone(), it))
        });
        compiled.into_iter().collect()
    }

    fn compile(&self, source: &Source) -> Result<Compiled, Failure> {
        let One { naming, text, overlays, loader } = self.one_of(source)?;
        let mut choices = self.settings.choices.get(&source.name).cloned().unwrap_or_default();
        choices.overlays = overlays;
        let mut compiled = compile_with(&naming, text, &*loader, &choices);
        if self.strict || self.settings.strict.contains(&source.name) {
            compiled.diagnostics.harden();
        }
        if let (Some(api), Some(plan), true) = (&compiled.api, &mut compiled.plan, self.settings.contract) {
            plan.requests = Some(contract_requests(api));
        }
        Ok(compiled)
    }

    /// The text of a file of the sources.
    pub(super) fn read_source(&self, path: &Path, shown: &str) -> Result<String, Failure> {
        match &self.past {
            Some(version) => version.read(shown).map_err(Failure::Request),
            None => read(path, &self.inputs),
        }
    }

    /// The overlays of a document: those of the configuration, then those of the flags.
    pub(super) fn overlays_of(&self, source: &Source) -> Result<Vec<Overlay>, Failure> {
        let own = self.settings.overlays.get(&source.name).into_iter().flatten().cloned();
        let added = self.overlays.iter().map(|path| (path.clone(), path.to_string_lossy().replace('\\', "/")));
        own.chain(added)
            .map(|(path, shown)| Ok(Overlay { text: self.read_source(&path, &shown)?, path: shown }))
            .collect()
    }

    /// The documents as overlays leave them.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn effective(&self) -> Result<Vec<Effective>, String> {
        let read = |source: &Source| Ok((read(&source.path, &self.inputs)?, self.overlays_of(source)?));
        let all = self.sources.iter().map(|source| {
            let (text, overlays) = read(source).map_err(|failure: Failure| match failure {
                Failure::File(error) => error.to_string(),
                Failure::Request(message) => message,
                _ => String::new(),
            })?;
            Ok(crate::effective(&source.shown, text, overlays))
        });
        all.collect()
    }

    fn denies(&self, compiled: &Compiled) -> bool {
        let level = |code: Code| match code {
            Code::IgnoredField => Some(Deny::Ignored),
            Code::ApproximatedField => Some(Deny::Approximated),
            Code::UnsupportedField => Some(Deny::Unsupported),
            _ => None,
        };
        let findings = || compiled.diagnostics.iter();
        findings().any(|it| it.severity == Severity::Error)
            || self.deny.is_some_and(|deny| findings().filter_map(|it| level(it.code)).any(|found| found >= deny))
    }
}

fn read(path: &Path, inputs: &Inputs) -> Result<String, Failure> {
    let failed = |cause| Failure::File(FileError { path: path.to_owned(), action: "read", cause });
    let bytes = inputs.read(path).map_err(failed)?;
    decode(bytes).map_err(|error| failed(std::io::Error::new(std::io::ErrorKind::InvalidData, error.to_string())))
}
