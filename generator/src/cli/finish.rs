//! The second half of a job, once its documents are in order: rendering, comparing and writing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::codegen::{Codegen, Mode, Prepared};
use super::files::{Changes, FileError, MANIFEST, compare, listed, recover, write};
use super::fingerprint::{self, Fingerprint};
use super::kept::{self, KEPT, Offer, Owner, Settled, settle};
use super::outcome::{Failure, Summary};
use crate::config::Side;
use crate::output::Files;
use crate::parallel;
use crate::plan::ApiPlan;
use crate::render::{CrateOptions, Extras, RenderError, render_crate};

impl Codegen {
    /// Renders, compares and writes.
    pub fn finish(&self, prepared: Prepared) -> Result<Summary, Failure> {
        let Prepared { start, progress, report, tally, plans, contracts, .. } = prepared;
        progress.step("rendering");
        let rendered = self.rendered(&plans, contracts).map_err(|error| {
            // What is wrong with a template of the user's is no mistake of ours.
            let name = error.template.split(' ').next().unwrap_or_default();
            let is_own = self.settings.extras.templates.has(name);
            if is_own { Failure::Request(error.to_string()) } else { Failure::Render(error) }
        })?;
        if self.mode == Mode::Write {
            recover(&self.out)?;
        }
        let rendered = match (&self.only, plans.as_slice()) {
            (Some(name), [plan]) => limited(&self.out, &rendered, name, &plan.module)?,
            _ => rendered,
        };
        progress.step("comparing");
        let Settled { files, count, offer } = match self.owner {
            Owner::User => settle(rendered, &self.out, self.manifest.as_deref(), &self.inputs)?,
            Owner::Generator => Settled { count: rendered.len(), files: rendered, offer: None },
        };
        let (changes, offer) = self.write(&files, offer)?;
        drop(progress);
        let summary = Summary {
            documents: plans.len(),
            operations: plans.iter().map(ApiPlan::operation_count).sum(),
            served: plans
                .iter()
                .filter(|plan| plan.has(Side::Server) && plan.operation_count() > 0)
                .map(|plan| plan.feature.clone())
                .collect(),
            models: plans.iter().map(|plan| plan.models.len()).sum(),
            files: count,
            changes,
            offer,
            wanted: files,
            time: start.elapsed(),
            report,
            tally,
            inputs: self.inputs.paths(),
        };
        parallel::discard(plans);
        if self.mode == Mode::Write && self.only.is_none() && summary.offer.is_none() {
            let request = self.request();
            Fingerprint::new(request, &self.inputs, &self.out, &summary.wanted, summary.outcome()).leave(&self.out);
        }
        Ok(summary)
    }

    /// The files of some APIs; what each sends stands beside those that it is known of.
    pub(super) fn rendered(
        &self,
        plans: &[ApiPlan],
        contracts: BTreeMap<String, String>,
    ) -> Result<Files, RenderError> {
        let extras = Extras { contracts, ..self.settings.extras.clone() };
        render_crate(plans, &self.options(), &extras)
    }

    /// Compares the tree with what it should hold, and brings it there unless this is a check.
    fn write(&self, files: &Files, offer: Option<Offer>) -> Result<(Changes, Option<Offer>), Failure> {
        let mut changes = compare(&self.out, files)?;
        if self.owner == Owner::User {
            // An older version listed them as its own.
            changes.obsolete.retain(|path, _| !KEPT.contains(&path.as_str()));
        }
        if self.mode == Mode::Check {
            return Ok((changes, offer));
        }
        if !changes.is_empty() {
            fingerprint::forget(&self.out);
            write(&self.out, files, &changes)?;
        }
        match offer {
            Some(offer) if self.update => {
                offer.accept()?;
                changes.changed.insert(offer.shown, offer.found);
                Ok((changes, None))
            }
            offer => Ok((changes, offer)),
        }
    }

    /// The options of the crate, whose name is what its owner has called it.
    pub(super) fn options(&self) -> CrateOptions {
        let found = if self.owner == Owner::User { kept::name(&self.out) } else { None };
        CrateOptions { name: found.unwrap_or_else(|| self.options.name.clone()), ..self.options.clone() }
    }
}

/// The tree as it is, with the files of one API as they were rendered.
fn limited(out: &Path, rendered: &Files, name: &str, module: &str) -> Result<Files, Failure> {
    let (folder, surface) = (format!("src/{module}/"), format!("surface/{module}."));
    let is_own = |path: &str| path.starts_with(&folder) || path.starts_with(&surface);
    let mut files = Files::new();
    let listed = listed(out)?;
    if !listed.iter().any(|path| is_own(path)) {
        return Err(Failure::Request(format!("`{name}` was never generated: run once without `--api`")));
    }
    for path in listed.iter().filter(|path| !is_own(path) && *path != MANIFEST) {
        let text = fs::read_to_string(out.join(path)).map_err(|cause| FileError {
            path: out.join(path),
            action: "read",
            cause,
        })?;
        files.insert(path.clone(), text);
    }
    for (path, text) in rendered.iter().filter(|(path, _)| is_own(path)) {
        files.insert(path.to_owned(), text.to_owned());
    }
    let manifest = crate::render::manifest(&files);
    files.insert(MANIFEST.to_owned(), manifest);
    Ok(files)
}
