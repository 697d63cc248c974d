//! What changed between two documents, and whom it breaks.
//!
//! Two compiled documents in, a [`Report`] out: every change with its rule, a level for each of three judgements (the
//! wire, the document, the Rust API), its places on both sides, and where it can be had an instance that shows it.
//! Schemas are compared by what they mean (`shape`), not by how they are spelled; the writers of reports are in
//! [`render`].
//!
//! Invariant: where a request may now be refused or a response may hold what it could not, there is a finding. A false
//! alarm is acceptable, a miss is not.

mod branches;
mod check;
pub mod churn;
mod compare;
mod components;
mod contents;
mod draft;
mod evaluated;
mod facts;
mod faults;
mod finding;
mod instances;
mod merge;
mod numbers;
mod operations;
mod pairs;
mod parts;
pub mod policy;
mod references;
mod renamed;
pub mod render;
pub mod rules;
mod rust;
mod scalars;
mod security;
mod servers;
mod shape;
mod unions;
mod walk;
mod within;
mod witness;
mod written;

pub use finding::{Bump, Finding, Place, Report, Witness};
pub use rules::{Judgement, Level, Levels, Rule};
pub use rust::public_items;

use std::collections::BTreeMap;

use draft::{Draft, Drafts};
use faults::Written;
use operations::Sender;
use references::References;
use shape::Shapes;
use walk::{Located, Walk};

use crate::Compiled;
use crate::ir::{Api, SchemaId};
use crate::render::PublicItem;
use crate::source::{Origin, Sources};

/// One of the two documents, and what was made of it.
pub struct Side<'a> {
    /// The document as people name it.
    pub name: String,
    /// The document.
    pub compiled: &'a Compiled,
    /// The public items of the generated code; none where the document has errors.
    pub items: Option<Vec<PublicItem>>,
}

/// Compares two documents; none where one of them cannot be read at all.
pub fn diff(api: &str, old: &Side<'_>, new: &Side<'_>) -> Option<Report> {
    let (before, after) = (old.compiled.api.as_ref()?, new.compiled.api.as_ref()?);
    let (shapes, other) = (Shapes::new(before), Shapes::new(after));
    let mut drafts = Drafts::default();
    let written = (Written::new(old.compiled), Written::new(new.compiled));
    let references = References::new((old.compiled, &written.0), (new.compiled, &written.1));
    let mut walk = Walk::new(&shapes, &other, references.unknown(before, after));
    let sources = (&old.compiled.sources, &new.compiled.sources);
    head((before, sources.0), (after, sources.1), &mut drafts);
    operations::compare((before, after), sources, Sender::Client, &mut walk, &mut drafts);
    operations::compare((before, after), sources, Sender::Owner, &mut walk, &mut drafts);
    components::compare(&shapes, &other, &mut walk, &mut drafts);
    faults::compare(&written.0, &written.1, &references, &mut drafts);
    references.report(&mut drafts);
    let places = Places { old: sources.0, new: sources.1 };
    let mut findings: Vec<Finding> = drafts.all.into_iter().map(|it| places.finding(it)).collect();
    findings.extend(schemas(walk.finish(), &shapes, &other, &places));
    let mut findings = merged(findings);
    rust::judge(old, new, &mut findings);
    findings.iter_mut().for_each(Finding::sign);
    let mut report = Report { api: api.to_owned(), old: old.name.clone(), new: new.name.clone(), findings };
    version((before, after), &places, &mut report);
    report.sort();
    Some(report)
}

/// The report of a document that there is on one side only, or that cannot be read.
pub fn alone(api: &str, old: Option<&str>, new: Option<&str>) -> Report {
    let (rule, message) = match (old, new) {
        (Some(_), None) => (&rules::DOCUMENT_REMOVED, "the document is gone"),
        (None, Some(_)) => (&rules::DOCUMENT_ADDED, "the document is new"),
        _ => (&rules::DOCUMENT_UNREADABLE, "the document cannot be read"),
    };
    let mut finding = rust::finding(rule, "document", "", message);
    finding.sign();
    let text = |it: Option<&str>| it.unwrap_or("nothing").to_owned();
    Report { api: api.to_owned(), old: text(old), new: text(new), findings: vec![finding] }
}

/// `info`, `servers` and the definitions of security schemes.
fn head((old, old_sources): (&Api, &Sources), (new, new_sources): (&Api, &Sources), out: &mut Drafts) {
    let root = |path: &[&str]| path.iter().fold(Origin::root(crate::source::FileId(0)), |at, key| at.key(key));
    let mut document = |rule, message: String, path: &[&str]| {
        out.add(Draft::new(rule, "document", message).old(&root(path)).new_at(&root(path)));
    };
    if old.info.title != new.info.title {
        document(
            &rules::TITLE_CHANGED,
            format!("`{}` is called `{}` now", old.info.title, new.info.title),
            &["info", "title"],
        );
    }
    if old.info.version != new.info.version {
        let message = format!("the version went from `{}` to `{}`", old.info.version, new.info.version);
        document(&rules::VERSION_CHANGED, message, &["info", "version"]);
    }
    if (&old.info.description, &old.info.summary) != (&new.info.description, &new.info.summary) {
        document(&rules::DESCRIPTION_CHANGED, "is described in other words".to_owned(), &["info"]);
    }
    servers::compare(old, new, out);
    security::schemes((old, old_sources), (new, new_sources), out);
}

/// From places in trees to places in texts.
struct Places<'a> {
    old: &'a Sources,
    new: &'a Sources,
}

impl Places<'_> {
    fn place(sources: &Sources, origin: &Origin) -> Place {
        let file = sources.file(origin.file);
        let place = file.place(&origin.pointer);
        let (line, column) = file.line_column(place.key.as_ref().map_or(place.value.start, |it| it.start));
        let last = file.line_column(place.value.end.saturating_sub(1)).0.clamp(line, line + 6);
        let lines = (line..=last).map(|it| file.text.get(file.line(it)).unwrap_or_default());
        let lines = lines.map(|it| it.chars().take(160).collect::<String>());
        let excerpt = lines.collect::<Vec<_>>().join("\n");
        Place { file: file.path.clone(), line, column, pointer: origin.pointer.to_string(), excerpt }
    }

    fn finding(&self, draft: Draft) -> Finding {
        let Draft { rule, subject, path, message, before, after, old, new, operations, deprecated } = draft;
        let gone = old.as_ref().filter(|_| deprecated);
        let sunset = gone.and_then(|it| self.old.at(it)).and_then(|it| it.string("x-sunset").map(str::to_owned));
        Finding {
            rule,
            levels: rule.levels,
            subject,
            path,
            message,
            before,
            after,
            old: old.map(|it| Self::place(self.old, &it)),
            new: new.map(|it| Self::place(self.new, &it)),
            witness: None,
            operations,
            moved: Vec::new(),
            sunset,
            allowed: None,
            fingerprint: String::new(),
        }
    }

    /// The keyword of a set of schemas that says something, else the schema itself.
    fn keyword(
        sources: &Sources,
        shapes: &Shapes<'_>,
        node: &[SchemaId],
        key: &str,
        property: Option<&str>,
    ) -> Option<Place> {
        let shape = shapes.shape(node);
        let origins = || shape.conjuncts.iter().map(|id| &shapes.schema(*id).origin);
        let named = property
            .and_then(|name| origins().map(|it| it.key("properties").key(name)).find(|it| sources.at(it).is_some()));
        let said = || origins().map(|it| it.key(key)).find(|it| sources.at(it).is_some());
        let origin = named.or_else(said).or_else(|| origins().next().cloned())?;
        Some(Self::place(sources, &origin))
    }
}

/// The changes of schemas as findings, with instances that show them.
fn schemas(all: Vec<Located>, old: &Shapes<'_>, new: &Shapes<'_>, places: &Places<'_>) -> Vec<Finding> {
    let mut witnesses = witness::Witnesses::new(old, new);
    let mut findings = Vec::new();
    for located in all {
        let witness = witnesses.find(&located);
        let Located { change, effect, direction, trail, old: a, new: b, operations, .. } = located;
        let rule = match (change.what, effect) {
            (compare::What::Plain(rule), _) => rule,
            (compare::What::Set(keyword, own), effect) => keyword.rule(direction, effect.unwrap_or(own)),
        };
        let property = change.property.as_deref();
        findings.push(Finding {
            rule,
            levels: rule.levels,
            subject: trail.subject,
            path: trail.path.trim_end_matches(": ").to_owned(),
            message: change.message,
            before: change.before,
            after: change.after,
            old: Places::keyword(places.old, old, &a, change.key, property),
            new: Places::keyword(places.new, new, &b, change.key, property),
            witness,
            operations: operations.into_iter().collect(),
            moved: Vec::new(),
            sunset: None,
            allowed: None,
            fingerprint: String::new(),
        });
    }
    findings
}

/// One finding for one change: a schema that travels both ways is looked at twice, and the worse view is kept.
fn merged(findings: Vec<Finding>) -> Vec<Finding> {
    let mut index: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let mut out: Vec<Finding> = Vec::new();
    for finding in findings {
        let key = (finding.subject.clone(), finding.path.clone(), finding.message.clone());
        let Some(idx) = index.get(&key).copied() else {
            index.insert(key, out.len());
            out.push(finding);
            continue;
        };
        let known = &mut out[idx];
        let mut operations = std::mem::take(&mut known.operations);
        operations.extend(finding.operations.clone());
        operations.sort_unstable();
        operations.dedup();
        if finding.levels.worst() < known.levels.worst() {
            *known = finding;
        }
        known.operations = operations;
    }
    out
}

/// Whether the document's version says what the change does.
fn version((old, new): (&Api, &Api), places: &Places<'_>, report: &mut Report) {
    let parse = |text: &str| -> Option<[u64; 3]> {
        let core = text.trim_start_matches('v').split(['-', '+']).next()?;
        let mut parts = core.split('.').map(str::parse);
        let parts = [parts.next()?.ok()?, parts.next().unwrap_or(Ok(0)).ok()?, parts.next().unwrap_or(Ok(0)).ok()?];
        Some(parts)
    };
    let wanted = report.bump(Judgement::Wire).max(report.bump(Judgement::Document));
    let (Some(before), Some(after)) = (parse(&old.info.version), parse(&new.info.version)) else { return };
    let made = if after[0] > before[0] {
        Bump::Major
    } else if after[0] == before[0] && after[1] > before[1] {
        Bump::Minor
    } else if after > before {
        Bump::Patch
    } else {
        Bump::None
    };
    // Before 1.0, the minor part counts what breaks.
    let made = if before[0] == 0 && made == Bump::Minor { Bump::Major } else { made };
    if wanted >= Bump::Minor && made < wanted {
        let origin = Origin::root(crate::source::FileId(0)).key("info").key("version");
        let made = if old.info.version == new.info.version {
            format!("the version is still `{}`", new.info.version)
        } else {
            format!("the version went from `{}` to `{}`", old.info.version, new.info.version)
        };
        let message = format!("{made}, and the change asks for a {} version", wanted.as_str());
        let draft = Draft::new(&rules::VERSION_TOO_LOW, "document", message).old(&origin).new_at(&origin);
        let mut finding = places.finding(draft);
        finding.sign();
        report.findings.push(finding);
    }
}
