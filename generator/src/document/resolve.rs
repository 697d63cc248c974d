//! Follows every reference of a document to the object it means, loading the files below the folder on the way.
//!
//! Nothing is fetched, and no path leaves the folder; a URL leads to the copy that somebody took. A target that the walk has not seen yet is walked as what the
//! reference takes it for; one that it has seen as something else is an error.

mod anchors;
mod meant;
mod through;
mod vendored;

use std::collections::BTreeMap;

use super::check::Checker;
use super::elsewhere::Taken;
use super::ledger::ObjectKind;
use super::lift::{self, Lifting};
use super::problems::{Located, Problem, has_bad_escape, outside};
use super::references::{Found, Reference, Seen, Via};
use super::scope::{Base, Refusal, join, percent_decode};
use super::suggest::similar;
use super::{LoadError, Loader, Version, kinds};
use crate::diagnostics::{Code, Diagnostics};
use crate::ordered::IndexMap;
use crate::source::{At, FileId, Origin, Placed, Pointer, Sources, Value};
use vendored::Copy;

/// The root folder as it is printed, with its slash: what stands before the path of the document below it.
fn folder(shown: &str, loader: &dyn Loader) -> String {
    let name = shown.rsplit('/').next().unwrap_or_default();
    shown.strip_suffix(&loader.document(name)).unwrap_or_default().to_owned()
}

/// Walks a document and what it refers to.
pub(super) struct Resolver<'r> {
    sources: &'r mut Sources,
    version: Version,
    /// What puts objects of Swagger 2.0 into the shape of 3.0 when they are met.
    lifting: Option<Lifting<'r>>,
    loader: &'r dyn Loader,
    diagnostics: &'r mut Diagnostics,
    /// The root folder as it is printed, with its slash.
    folder: String,
    found: Found,
    /// References that led nowhere so far.
    later: Vec<Reference>,
    /// The files by their path below the folder; `None` where one could not be had, which is reported once.
    files: BTreeMap<String, Result<(FileId, usize), String>>,
    targets: IndexMap<Origin, Origin>,
    /// How many more similar names are looked for.
    suggestions: usize,
    /// How many more times a pointer may pass through a reference, and how many do so within each other.
    passes: usize,
    depth: usize,
}

/// References that are followed together.
pub(super) struct Round {
    references: Vec<Reference>,
    /// Whether one that leads nowhere now leads nowhere at all.
    is_last: bool,
}

impl<'r> Resolver<'r> {
    /// Has not looked at anything yet.
    pub(super) fn new(
        sources: &'r mut Sources,
        version: Version,
        lifting: Option<Lifting<'r>>,
        loader: &'r dyn Loader,
        diagnostics: &'r mut Diagnostics,
    ) -> Self {
        Self {
            folder: folder(&sources.file(FileId(0)).path, loader),
            sources,
            version,
            lifting,
            loader,
            diagnostics,
            found: Found::default(),
            later: Vec::new(),
            files: BTreeMap::new(),
            targets: IndexMap::default(),
            suggestions: 100,
            passes: 10_000,
            depth: 0,
        }
    }

    /// Checks the document itself; some files were read already.
    pub(super) fn check_document(&mut self, taken: Taken) {
        let path = self.sources.file(FileId(0)).path.clone();
        let name = self.loader.document(path.rsplit('/').next().unwrap_or_default());
        let scope = self.open_scope(name, FileId(0));
        self.name_itself(scope);
        for (base, file) in taken {
            match base {
                Base::File(path) => {
                    self.open_scope(path, file);
                }
                Base::Uri(_) => {
                    self.found.scopes.add(base, Origin::root(file)).unwrap_or_else(|second| second);
                }
            }
        }
        self.walk(&Origin::root(FileId(0)), ObjectKind::OpenApi, scope);
    }

    /// The references that were met and not followed yet, those last that led nowhere before; none where all are.
    pub(super) fn next_round(&mut self) -> Option<Round> {
        let references = std::mem::take(&mut self.found.references);
        let is_last = references.is_empty();
        let references = if is_last { std::mem::take(&mut self.later) } else { references };
        (!references.is_empty()).then_some(Round { references, is_last })
    }

    /// Follows references, loads the files that they lead to, and checks the objects that nobody has seen.
    pub(super) fn follow(&mut self, round: Round) {
        for reference in round.references {
            let unknown = self.settle(reference, round.is_last);
            self.later.extend(unknown);
        }
    }

    /// What was seen, and where each reference leads.
    pub(super) fn into_found(self) -> (Found, IndexMap<Origin, Origin>) {
        (self.found, self.targets)
    }

    /// `$self` is another name of the document.
    fn name_itself(&mut self, scope: usize) {
        let Some(name) = self.sources.file(FileId(0)).root.get("$self").and_then(Value::as_str) else { return };
        let base = &self.found.scopes.all[scope].base;
        if let (Version::V32, Ok(base)) = (self.version, join(base, name)) {
            self.found.scopes.by_base.entry(base).or_insert(scope);
        }
    }

    fn open_scope(&mut self, path: String, file: FileId) -> usize {
        let scope = self.found.scopes.add(Base::File(path.clone()), Origin::root(file)).unwrap_or_else(|second| second);
        self.files.insert(path, Ok((file, scope)));
        scope
    }

    /// Walks an object that has not been walked.
    fn walk(&mut self, origin: &Origin, kind: ObjectKind, scope: usize) {
        let Some(at) = self.sources.at(origin) else { return };
        let mut checker =
            Checker { version: self.version, found: &mut self.found, diagnostics: &mut *self.diagnostics };
        if kind == ObjectKind::OpenApi {
            checker.object(&at, kind, scope);
        } else {
            checker.object_or_reference(&at, kind, scope);
        }
    }

    /// Finds the target of a reference; hands the reference back if it may be found later.
    fn settle(&mut self, reference: Reference, is_last: bool) -> Option<Reference> {
        match self.locate(&reference) {
            Ok(Located::Found(target)) => self.arrive(&reference, target),
            Ok(Located::Unknown(_)) if !is_last => return Some(reference),
            Ok(Located::Unknown(_)) if self.is_bound_by_others(&reference) => {}
            Ok(Located::Unknown(problem)) | Err(problem) => match self.meant(&reference) {
                Some(target) => self.arrive(&reference, target),
                None => {
                    problem.report(&reference.member, self.diagnostics);
                }
            },
        }
        None
    }

    fn arrive(&mut self, reference: &Reference, target: Origin) {
        let target = kinds::of_the_right_kind(&self.found, self.sources, self.diagnostics, reference, target);
        if let Err(problem) = self.accept(reference, &target) {
            problem.report(&reference.member, self.diagnostics);
        }
    }

    fn locate(&mut self, reference: &Reference) -> Result<Located, Problem> {
        let text = reference.text.as_str();
        if reference.via == Via::Mapping
            && let Some(target) = self.schema_by_name(reference)
        {
            return Ok(Located::Found(target));
        }
        if let (Via::RecursiveRef, "#") = (reference.via, text) {
            return Ok(Located::Found(self.recursive(reference)));
        }
        let (location, fragment) = text.split_once('#').unwrap_or((text, ""));
        let malformed =
            |reason| Problem::new(Code::UnresolvedReference, format!("`{text}` is no reference")).help(reason);
        let fragment = match percent_decode(fragment) {
            Ok(fragment) => fragment,
            Err(Refusal::Malformed(reason)) => return Err(malformed(reason)),
            Err(Refusal::Outside) => return Err(outside(text)),
        };
        if location.is_empty() {
            return self.within(reference, reference.scope, &fragment);
        }
        let base = match join(&self.found.scopes.all[reference.scope].base, location) {
            Ok(base) => base,
            Err(Refusal::Malformed(reason)) => return Err(malformed(reason)),
            Err(Refusal::Outside) => return Err(outside(text)),
        };
        if let Some(scope) = self.found.scopes.by_base.get(&base) {
            return self.within(reference, *scope, &fragment);
        }
        match base {
            Base::Uri(uri) if uri.starts_with('/') => Ok(Located::Unknown(outside(text))),
            Base::Uri(uri) => match self.vendored(&uri, text)? {
                Copy::Scope(scope) => self.within(reference, scope, &fragment),
                Copy::None(problem) => Ok(Located::Unknown(problem)),
            },
            Base::File(path) => {
                let (_, scope) = self.file(&path, text)?;
                self.within(reference, scope, &fragment)
            }
        }
    }

    /// The schema of this name among the components of the file that the mapping stands in.
    fn schema_by_name(&self, reference: &Reference) -> Option<Origin> {
        let is_name = !reference.text.is_empty()
            && reference.text.chars().all(|char| char.is_ascii_alphanumeric() || "._-".contains(char));
        let target = Origin::root(reference.member.file).key("components").key("schemas").key(&reference.text);
        (is_name && self.sources.at(&target).is_some()).then_some(target)
    }

    /// The file below the folder, loaded once; a file that cannot be had is an error wherever it is named.
    fn file(&mut self, path: &str, text: &str) -> Result<(FileId, usize), Problem> {
        if !self.files.contains_key(path) {
            let loaded = match self.loader.load(path) {
                Ok(text) => self.sources.add(&format!("{}{path}", self.folder), text, self.diagnostics),
                Err(error) => {
                    let reason = match error {
                        LoadError::NotFound => format!("`{path}` does not exist"),
                        LoadError::OutsideRoot => return Err(outside(text)),
                        LoadError::TooLarge => format!("`{path}` is too large"),
                        LoadError::Other(reason) => format!("`{path}` cannot be read: {reason}"),
                    };
                    self.files.insert(path.to_owned(), Err(reason.clone()));
                    return Err(Problem::new(Code::UnresolvedReference, reason));
                }
            };
            match loaded {
                Some(file) => _ = self.open_scope(path.to_owned(), file),
                None => _ = self.files.insert(path.to_owned(), Err("there are too many files".to_owned())),
            }
        }
        match self.files.get(path) {
            Some(Ok(file)) => Ok(*file),
            Some(Err(reason)) => Err(Problem::new(Code::UnresolvedReference, reason.clone())),
            None => Err(Problem::new(Code::UnresolvedReference, format!("`{path}` does not exist"))),
        }
    }

    /// The node that a fragment names in a file, or in a schema with an `$id`.
    fn within(&mut self, reference: &Reference, scope: usize, fragment: &str) -> Result<Located, Problem> {
        let root = self.found.scopes.all[scope].root.clone();
        let text = &reference.text;
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return Ok(self.anchor(reference, scope, fragment));
        }
        if has_bad_escape(fragment) {
            return Err(Problem::new(Code::UnresolvedReference, format!("`{text}` is no reference"))
                .help("in a JSON Pointer `~` is written `~0`, and `/` in a name is written `~1`"));
        }
        let pointer = |root: &Origin| Origin {
            file: root.file,
            pointer: Pointer::from_escaped(&format!("{}{fragment}", root.pointer.as_str())),
        };
        let target = self.sources.now(&pointer(&root));
        let is_read = self.sources.file(target.file).root != Value::Null;
        if is_read && self.sources.at(&target).is_some() {
            return Ok(Located::Found(target));
        }
        if is_read && let Some(target) = self.through(reference, &target) {
            return Ok(Located::Found(target));
        }
        let outer = self.sources.now(&pointer(&Origin::root(root.file)));
        if outer != target && self.sources.at(&outer).is_some() {
            self.diagnostics
                .report(Code::ReferenceBase, &reference.member, format!("`{text}` leads nowhere within this `$id`"))
                .taken_as("from the root of the document")
                .related(root.key("$id"), "what the reference is relative to");
            return Ok(Located::Found(outer));
        }
        Err(self.dangling(reference, &target))
    }

    fn dangling(&mut self, reference: &Reference, target: &Origin) -> Problem {
        let text = &reference.text;
        let file = self.sources.file(target.file);
        if file.root == Value::Null {
            return Problem::new(
                Code::UnresolvedReference,
                format!("`{text}` leads into `{}`, which is empty or cannot be read", file.path),
            );
        }
        let problem = Problem::new(Code::UnresolvedReference, format!("`{text}` is not defined"));
        let parent = target.pointer.parent().map(|pointer| Origin { file: target.file, pointer });
        let siblings = parent.as_ref().and_then(|parent| self.sources.at(parent));
        if let (Some(name), Some(siblings), Some(left)) =
            (target.pointer.last(), siblings, self.suggestions.checked_sub(1))
        {
            self.suggestions = left;
            if let Some(similar) = similar(&name, siblings.entries().map(|(key, _)| key)) {
                return problem.help(format!(
                    "`{}` has a similar name",
                    self.sources.written(&siblings.origin.key(similar)).pointer
                ));
            }
        }
        problem
    }

    /// Checks that the target is what the reference needs, and walks it if nobody has.
    fn accept(&mut self, reference: &Reference, target: &Origin) -> Result<(), Problem> {
        let expected = reference.expected;
        let wrong = |what: &str| {
            Err(Problem::new(
                Code::UnresolvedReference,
                format!("`{}` is {what}, not {}", reference.text, expected.with_article()),
            ))
        };
        match self.found.seen.get(target).copied() {
            Some(Seen::Object(kind) | Seen::Reference(kind)) if kind == expected => {}
            Some(Seen::Object(ObjectKind::Parameter)) if expected == ObjectKind::Header => {}
            Some(Seen::Object(kind) | Seen::Reference(kind)) => return wrong(&kind.with_article()),
            Some(Seen::Group) => return wrong("a collection"),
            Some(Seen::Value) => return wrong("a value without a meaning of its own"),
            None => {
                let Some(at) = self.sources.at(target) else { return wrong("nothing") };
                let is_schema = expected == ObjectKind::Schema && at.value.as_bool().is_some();
                if at.value.as_object().is_none() && !is_schema {
                    let what = format!("of type {}", at.value.type_name());
                    return wrong(&what);
                }
                if self.is_within_value(&at) {
                    return wrong("part of an example or of another plain value");
                }
                if let Some(kind) = kinds::by_place(&target.pointer).filter(|kind| *kind != expected) {
                    return wrong(&kind.with_article());
                }
                self.lift(target, expected);
                let scope = self.scope_around(target);
                self.walk(target, expected, scope);
            }
        }
        self.targets.insert(reference.member.clone(), target.clone());
        Ok(())
    }

    /// Puts an object that nobody has walked into the shape of 3.0, or mends it.
    fn lift(&mut self, target: &Origin, kind: ObjectKind) {
        let Some(Lifting { originals, defaults }) = &mut self.lifting else { return };
        let Some(at) = self.sources.at(target) else { return };
        let version = self.version;
        if version != Version::V20 && !lift::mend::is_needed(&at, kind, version) {
            return;
        }
        let tree = Placed::new(&at).map(&|it| self.sources.written(it));
        let Some(scope) = self.found.scopes.by_root.get(&Origin::root(target.file)) else { return };
        let base = &self.found.scopes.all[*scope].base;
        let first = self.diagnostics.len();
        let tree = if version == Version::V20 {
            lift::object(tree, kind, base, defaults, originals, self.diagnostics)
        } else {
            lift::mend::object(tree, kind, version, base, originals, self.diagnostics)
        };
        self.diagnostics.found_before(first, 0);
        self.sources.rebuild_at(target, tree);
    }

    /// Whether a node lies in an example, a default, a constant.
    fn is_within_value(&self, at: &At<'_>) -> bool {
        let mut pointer = at.origin.pointer.parent();
        while let Some(outer) = pointer {
            let origin = Origin { file: at.origin.file, pointer: outer.clone() };
            if let Some(seen) = self.found.seen.get(&origin) {
                return *seen == Seen::Value;
            }
            pointer = outer.parent();
        }
        false
    }

    /// The innermost scope that a node lies in.
    fn scope_around(&self, target: &Origin) -> usize {
        let mut around = Some(target.clone());
        while let Some(origin) = around {
            if let Some(scope) = self.found.scopes.by_root.get(&origin) {
                return *scope;
            }
            around = origin.pointer.parent().map(|pointer| Origin { file: origin.file, pointer });
        }
        0
    }
}
