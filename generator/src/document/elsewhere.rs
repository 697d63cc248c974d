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
use super::scope::{Base, join, percent_decode};
use super::{Loader, Version};
use crate::diagnostics::{Code, Diagnostics};
use crate::source::{At, FileId, Names, Node, Origin, Placed, Pointer, Sources};

/// The files that were read, by their paths below the root folder.
pub(super) type Taken = BTreeMap<String, FileId>;

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
    let mut taker = Taker { sources, version, loader, diagnostics, path, folder, files: Taken::new(), left: 1_000 };
    taker.walk(&mut tree, ROOT, 0);
    let Taker { sources, diagnostics, files, .. } = taker;
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
        let found = if kind == ValueKind::Text { self.content(text, &member.origin) } else { self.tree(text) };
        let Some(mut found) = found else { return false };
        let message = format!("OpenAPI has no reference here: `{text}` is taken in, as bundlers do");
        self.diagnostics.report(Code::ReferenceElsewhere, &member.origin, message);
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
    fn locate(&self, text: &str) -> Option<(String, Pointer)> {
        let (location, fragment) = text.split_once('#').unwrap_or((text, ""));
        let pointer = Pointer::from_escaped(&percent_decode(fragment).ok()?);
        match join(&Base::File(self.path.clone()), location) {
            _ if location.is_empty() => Some((self.path.clone(), pointer)),
            Ok(Base::File(file)) => Some((file, pointer)),
            _ => None,
        }
    }

    fn tree(&mut self, text: &str) -> Option<Placed> {
        let (path, pointer) = self.locate(text)?;
        let file = self.file(&path)?;
        let tree = Placed::new(&self.sources.at(&Origin { file, pointer })?);
        Some(if file == FileId(0) { tree } else { self.relative(tree, &path) })
    }

    /// The text of a file as it is, or a string in one.
    fn content(&mut self, text: &str, origin: &Origin) -> Option<Placed> {
        let (path, pointer) = self.locate(text)?;
        if text.contains('#') {
            let file = self.file(&path)?;
            let at = self.sources.at(&Origin { file, pointer })?;
            return at.value.as_str().map(|_| Placed::new(&at));
        }
        Some(Placed::string(origin, self.loader.load(&path).ok()?.trim_end()))
    }

    fn file(&mut self, path: &str) -> Option<FileId> {
        if path == self.path {
            return Some(FileId(0));
        }
        if let Some(file) = self.files.get(path) {
            return Some(*file);
        }
        let text = self.loader.load(path).ok()?;
        let file = self.sources.add(&format!("{}{path}", self.folder), text, self.diagnostics)?;
        self.files.insert(path.to_owned(), file);
        Some(file)
    }

    /// A tree of another file, whose references name the same places from within the document.
    fn relative(&self, tree: Placed, path: &str) -> Placed {
        let Placed { origin, node } = tree;
        let node = match node {
            Node::Array(items) => Node::Array(items.into_iter().map(|it| self.relative(it, path)).collect()),
            Node::Object(members) => {
                let member = |(key, it): (String, Placed)| match it.as_str().filter(|_| key == "$ref") {
                    Some(text) => {
                        let text = self.reword(text, path);
                        (key, Placed::string(&it.origin, text))
                    }
                    None => (key, self.relative(it, path)),
                };
                Node::Object(members.into_iter().map(member).collect())
            }
            Node::Scalar(value) => Node::Scalar(value),
        };
        Placed { origin, node }
    }

    /// A reference of another file as the document would write it.
    fn reword(&self, text: &str, path: &str) -> String {
        let (location, fragment) = text.split_once('#').unwrap_or((text, ""));
        let file = match join(&Base::File(path.to_owned()), location) {
            _ if location.is_empty() => path.to_owned(),
            Ok(Base::File(file)) => file,
            _ => return text.to_owned(),
        };
        if file == self.path {
            return format!("#{fragment}");
        }
        let up = "../".repeat(self.path.matches('/').count());
        format!("{up}{}#{fragment}", file.replace('%', "%25").replace('#', "%23"))
    }
}
