//! The documents of a configuration in two versions, each read by the configuration that its version has.

use std::path::{Path, PathBuf};

use super::{Edition, EditionSettings, Pair, Version, revisions};
use crate::cli::{Codegen, CodegenArgs, Project, ProjectError, Source, say, style};
use crate::diff::churn::Churn;

/// The documents of a configuration in two revisions, or in one and on disk, and why their code moved.
pub(super) fn compared(config: Option<&Path>, wanted: &str) -> Result<(Vec<Pair>, Vec<Churn>), String> {
    let project = project(config)?;
    let (old, new) = revisions(&project.folder, wanted)?;
    let args = CodegenArgs::default();
    let jobs = configured(&project, &new).jobs(&args);
    let mut all = Vec::new();
    for job in &jobs {
        match project.churn_between(job, &args, (Some(&old), &new)) {
            Ok(churn) => all.push(churn),
            Err(error) => say(&mut anstream::stderr(), &format!("note: nobody knows why the code moved: {error}\n")),
        }
    }
    let before = entries(&configured(&project, &old).jobs(&args), &old);
    Ok((paired(before, entries(&jobs, &new)), all))
}

/// The configuration that names the documents.
fn project(config: Option<&Path>) -> Result<Project, String> {
    let here = std::env::current_dir().unwrap_or_else(|_| Path::new(".").to_owned());
    Project::find(&here, config).map_err(|error| match error {
        ProjectError::Missing => {
            format!("name two versions, or a revision where there is a `{}`", crate::config::FILE)
        }
        other => other.message(style()).trim_start_matches("error: ").trim_end().to_owned(),
    })
}

/// The configuration of a version; that of today where the version has none, or none that can be read.
fn configured(project: &Project, version: &Version) -> Project {
    let is_there = matches!(version, Version::Git { .. }) && version.has(&project.file_name());
    if !is_there {
        return project.clone();
    }
    project.at(version).unwrap_or_else(|error| {
        let message = format!("note: {error}, so that its documents are those of today's configuration\n");
        say(&mut anstream::stderr(), &message);
        project.clone()
    })
}

/// A document that a configuration names.
struct Entry {
    /// The folder of its output, and what its API is called there.
    api: (PathBuf, String),
    path: String,
    /// The document; none where the version does not have it.
    edition: Option<Edition>,
}

/// The documents of some jobs in a version.
fn entries(jobs: &[Codegen], version: &Version) -> Vec<Entry> {
    let entry = |job: &Codegen, source: &Source| {
        let choices = job.settings.choices.get(&source.name).cloned().unwrap_or_default();
        let overlays = job.settings.overlays.get(&source.name).into_iter().flatten();
        let overlays = overlays.map(|(_, shown)| shown.clone()).collect();
        let settings = EditionSettings { choices, overlays, vendor: job.vendor.clone() };
        let path = source.shown.clone();
        let edition = Edition { version: version.clone(), path: path.clone(), settings };
        let edition = version.has(&path).then_some(edition);
        Entry { api: (job.out.clone(), source.name.clone()), path, edition }
    };
    jobs.iter().flat_map(|job| job.sources.iter().map(move |source| entry(job, source))).collect()
}

/// Which document is which: an API of an output stays one, a document that another entry names does, and an API that
/// goes to another output with another document does.
fn paired(old: Vec<Entry>, new: Vec<Entry>) -> Vec<Pair> {
    let is_same: [fn(&Entry, &Entry) -> bool; 3] =
        [|old, new| old.api == new.api, |old, new| old.path == new.path, |old, new| old.api.1 == new.api.1];
    let mut old: Vec<_> = old.into_iter().map(Some).collect();
    let mut found: Vec<Option<Entry>> = new.iter().map(|_| None).collect();
    for is_same in is_same {
        for (found, new) in found.iter_mut().zip(&new).filter(|(found, _)| found.is_none()) {
            let same = old.iter_mut().find(|it| it.as_ref().is_some_and(|old| is_same(old, new)));
            *found = same.and_then(Option::take);
        }
    }
    let both = found.into_iter().zip(new).map(|(old, new)| Pair {
        name: new.api.1,
        old: old.and_then(|it| it.edition),
        new: new.edition,
    });
    // What only an entry that is gone names, and was not even there, nobody misses.
    let gone = old.into_iter().flatten().filter(|it| it.edition.is_some());
    both.chain(gone.map(|it| Pair { name: it.api.1, old: it.edition, new: None })).collect()
}
