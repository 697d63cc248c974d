//! References in places where OpenAPI has none: at an operation, for a whole map of components, for a text.
//!
//! Bundlers replace them by what they lead to, and real documents are written for bundlers:
//!
//! ```yaml
//! info: { title: T, version: '1', description: { $ref: intro.md } }
//! components: { schemas: { $ref: schemas.yaml } }
//! ```
//!
//! What they lead to is taken in before anything is checked, each node with the place where it was written. Places
//! that the ledger knows are not looked at: those references are resolved, not replaced.

use std::collections::BTreeMap;

use super::ledger::{ObjectKind, ValueKind, fields};
use super::problems::{Problem, not_copied};
use super::scope::{Base, join, percent_decode};
use super::vendored::normalized;
use super::{Loader, VendorError, Version};
use crate::diagnostics::{Code, Diagnostics};
use crate::source::{At, FileId, Names, Node, Origin, Placed, Pointer, Sources};

/// The files that were read: by their paths below the root folder, or by the URLs that they are copies of.
pub(super) type Taken = BTreeMap<Base, FileId>;

/// Replaces every such reference of the document.
pub(super) fn take_in(
    sources: &mut Sources,
    version: Version,
    loader: &dyn Loader,
    diagnostics: &mut Diagnostics,
) -> Taken {
    const ROOT: ValueKind = ValueKind::Object(ObjectKind::OpenApi);
    let Some(root) = sources.at(&Origin::root(FileId(0))) else { return Taken::new() };
    if !has_any(&root, ROOT, version) {
        return Taken::new();
    }
    let mut tree = Placed::new(&root);
    let shown = sources.file(FileId(0)).path.clone();
    let path = loader.document(shown.rsplit('/').next().unwrap_or_default());
    let folder = shown.strip_suffix(&path).unwrap_or_default().to_owned();
    let times = sources.times_rebuilt(FileId(0));
    let first = diagnostics.len();
    let document = Base::File(path.clone());
    let files = Taken::from([(document.clone(), FileId(0))]);
    let mut taker = Taker { sources, version, loader, diagnostics, path, document, folder, files, left: 1_000 };
    taker.walk(&mut tree, ROOT, 0);
    let Taker { sources, diagnostics, document, mut files, .. } = taker;
    files.remove(&document);
    diagnostics.found_before(first, times);
    sources.rebuild(FileId(0), tree, Names::Old);
    files
}

/// What may stand in the place of a value by its kind: an object that the ledger lets have a `$ref` is not asked.
fn is_elsewhere(kind: ValueKind, version: Version) -> bool {
    match kind {
        ValueKind::Text => true,
        ValueKind::Object(object) => {
            !matches!(object, ObjectKind::Schema | ObjectKind::SecurityRequirement)
                && fields(object, version).named("$ref").is_none()
        }
        ValueKind::Map(inner) | ValueKind::Array(inner) => {
            matches!(inner, ValueKind::Object(_) | ValueKind::OrReference(_) | ValueKind::Map(_) | ValueKind::Array(_))
        }
        _ => false,
    }
}

/// Whether there is such a reference at all, so that most documents are left as they are.
fn has_any(at: &At<'_>, kind: ValueKind, version: Version) -> bool {
    let has_reference = at.string("$ref").is_some();
    if has_reference && is_elsewhere(kind, version) {
        return true;
    }
    match kind {
        ValueKind::Object(ObjectKind::Schema) => false,
        ValueKind::OrReference(_) if has_reference => false,
        ValueKind::Object(object) | ValueKind::OrReference(object) => {
            let rows = fields(object, version);
            at.entries().any(|(key, member)| {
                let row = rows.named(key).or_else(|| rows.pattern().filter(|_| !key.starts_with("x-")));
                row.is_some_and(|row| has_any(&member, row.kind, version))
            })
        }
        ValueKind::Map(inner) => at.entries().any(|(_, member)| has_any(&member, *inner, version)),
        ValueKind::Array(inner) => at.items().any(|item| has_any(&item, *inner, version)),
        _ => false,
    }
}

struct Taker<'t> {
    sources: &'t mut Sources,
    version: Version,
    loader: &'t dyn Loader,
    diagnostics: &'t mut Diagnostics,
    /// The path of the document below the root folder.
    path: String,
    /// The document as what references are relative to.
    document: Base,
    /// The root folder as it is printed.
    folder: String,
    files: Taken,
    /// How many more references are replaced; a document that eats itself stops here.
    left: usize,
}

impl Taker<'_> {
    fn walk(&mut self, node: &mut Placed, kind: ValueKind, depth: usize) {
        /// As deep as the readers let a document be.
        const DEEPEST: usize = 128;
        /// A longer chain is a cycle.
        const LONGEST: usize = 16;
        if depth > DEEPEST {
            return;
        }
        for _ in 0..LONGEST {
            if !is_elsewhere(kind, self.version) || !self.replace(node, kind) {
                break;
            }
        }
        match kind {
            ValueKind::OrReference(_) if node.text_of("$ref").is_some() => {}
            ValueKind::Object(ObjectKind::Schema) => {}
            ValueKind::Object(object) | ValueKind::OrReference(object) => {
                let rows = fields(object, self.version);
                for (key, member) in node.members_mut().into_iter().flatten() {
                    let row = rows.named(key).or_else(|| rows.pattern().filter(|_| !key.starts_with("x-")));
                    if let Some(row) = row {
                        self.walk(member, row.kind, depth + 1);
                    }
                }
            }
            ValueKind::Map(inner) => {
                for (_, member) in node.members_mut().into_iter().flatten() {
                    self.walk(member, *inner, depth + 1);
                }
            }
            ValueKind::Array(inner) => {
                if let Node::Array(items) = &mut node.node {
                    for item in items {
                        self.walk(item, *inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    /// Puts what a reference leads to in its place.
    fn replace(&mut self, node: &mut Placed, kind: ValueKind) -> bool {
        let Some(member) = node.get("$ref") else { return false };
        let (Some(text), Some(left)) = (member.as_str(), self.left.checked_sub(1)) else { return false };
        self.left = left;
        let (text, origin) = (text.to_owned(), member.origin.clone());
        let found = if kind == ValueKind::Text { self.content(&text, &origin) } else { self.tree(&text, &origin) };
        let Some(mut found) = found else { return false };
        let message = format!("OpenAPI has no reference here: `{text}` is taken in, as bundlers do");
        self.diagnostics.report(Code::ReferenceElsewhere, &origin, message);
        // What stands beside the reference counts where the other has nothing of that name.
        if let Some(members) = found.members_mut() {
            for (key, beside) in node.members().into_iter().flatten().filter(|(key, _)| *key != "$ref") {
                members.entry(key.clone()).or_insert_with(|| beside.clone());
            }
        }
        *node = found;
        true
    }

    /// The file and the place in it that a text names; the text is relative to the document.
    fn locate(&self, text: &str) -> Option<(Base, Pointer)> {
        let (location, fragment) = text.split_once('#').unwrap_or((text, ""));
        let pointer = Pointer::from_escaped(&percent_decode(fragment).ok()?);
        if location.is_empty() {
            return Some((self.document.clone(), pointer));
        }
        let base = match join(&self.document, location).ok()? {
            Base::Uri(url) => Base::Uri(normalized(&url).ok()?),
            file @ Base::File(_) => file,
        };
        Some((base, pointer))
    }

    fn tree(&mut self, text: &str, origin: &Origin) -> Option<Placed> {
        let (base, pointer) = self.locate(text)?;
        let file = self.file(&base, origin)?;
        let tree = Placed::new(&self.sources.at(&Origin { file, pointer })?);
        Some(if file == FileId(0) { tree } else { self.relative(tree, &base) })
    }

    /// The text of a file as it is, or a string in one.
    fn content(&mut self, text: &str, origin: &Origin) -> Option<Placed> {
        let (base, pointer) = self.locate(text)?;
        if text.contains('#') {
            let file = self.file(&base, origin)?;
            let at = self.sources.at(&Origin { file, pointer })?;
            return at.value.as_str().map(|_| Placed::new(&at));
        }
        let (_, text) = self.load(&base, origin)?;
        Some(Placed::string(origin, text.trim_end()))
    }

    fn file(&mut self, base: &Base, origin: &Origin) -> Option<FileId> {
        if let Some(file) = self.files.get(base) {
            return Some(*file);
        }
        let (path, text) = self.load(base, origin)?;
        let file = self.sources.add(&path, text, self.diagnostics)?;
        self.files.insert(base.clone(), file);
        Some(file)
    }

    /// The path and the text of a file, or of the copy of what a URL leads to. What cannot be had stays as it is, and is
    /// reported as what has no place there.
    fn load(&mut self, base: &Base, origin: &Origin) -> Option<(String, String)> {
        let url = match base {
            Base::File(path) => return Some((format!("{}{path}", self.folder), self.loader.load(path).ok()?)),
            Base::Uri(url) => url,
        };
        match self.loader.vendored(url) {
            Ok(copy) => Some((copy.path, copy.text)),
            Err(VendorError::Missing(command)) => {
                not_copied(url, command).report(origin, self.diagnostics).taken_as("no reference");
                None
            }
            Err(VendorError::Faulty { message, help }) => {
                Problem::new(Code::VendoredFile, message).help(help).report(origin, self.diagnostics);
                None
            }
        }
    }

    /// A tree of another file, whose references name the same places from within the document.
    fn relative(&self, tree: Placed, base: &Base) -> Placed {
        let Placed { origin, node } = tree;
        let node = match node {
            Node::Array(items) => Node::Array(items.into_iter().map(|it| self.relative(it, base)).collect()),
            Node::Object(members) => {
                let member = |(key, it): (String, Placed)| match it.as_str().filter(|_| key == "$ref") {
                    Some(text) => {
                        let text = self.reword(text, base);
                        (key, Placed::string(&it.origin, text))
                    }
                    None => (key, self.relative(it, base)),
                };
                Node::Object(members.into_iter().map(member).collect())
            }
            Node::Scalar(value) => Node::Scalar(value),
        };
        Placed { origin, node }
    }

    /// A reference of another file as the document would write it.
    fn reword(&self, text: &str, base: &Base) -> String {
        let (location, fragment) = text.split_once('#').unwrap_or((text, ""));
        let target = if location.is_empty() { Ok(base.clone()) } else { join(base, location) };
        match target {
            Ok(target) if target == self.document => format!("#{fragment}"),
            Ok(Base::File(file)) => {
                let up = "../".repeat(self.path.matches('/').count());
                format!("{up}{}#{fragment}", file.replace('%', "%25").replace('#', "%23"))
            }
            Ok(Base::Uri(url)) => format!("{url}#{fragment}"),
            Err(_) => text.to_owned(),
        }
    }
}
