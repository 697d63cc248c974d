//! Words of Swagger 2.0, and levels that were forgotten, in documents of OpenAPI 3.
//!
//! People move documents to OpenAPI 3 by hand, and some places keep their old words, or lose a level on the way:
//!
//! | written | read as |
//! | --- | --- |
//! | a parameter with `in: body` or `in: formData` | `requestBody` |
//! | `type`, `items`, … of a parameter or header | its `schema` |
//! | `schema` of a response or of a `requestBody` | `content` with a media type |
//! | `content: { schema: … }`, `application/json: { $ref: … }`, `application/json: { type: … }` | a media type with a `schema` |
//! | `parameters`, `servers` or `security` without its list | the list |
//! | `GET:` | `get:` |
//!
//! Each has one thing that it can mean, and is taken as that, with a warning. The walk goes top-down: what is mended is
//! walked as what it has become. Most documents have no [sign](signs) of any of it, and are left as they are.

mod contents;
mod operations;
mod parameters;
mod signs;

use super::super::ledger::{ObjectKind, ValueKind, fields};
use super::super::scope::Base;
use super::super::{Loader, Version};
use super::{Defaults, Lift, Originals};
use crate::diagnostics::{Code, Diagnostics};
use crate::source::{At, FileId, Names, Node, Origin, Placed, Sources, Value};

/// As deep as the readers let a document be.
const DEEPEST: usize = 128;
/// The kind of a whole document.
const ROOT: ValueKind = ValueKind::Object(ObjectKind::OpenApi);

/// Mends a whole document of OpenAPI 3.
pub(in super::super) fn document(
    sources: &mut Sources,
    version: Version,
    loader: &dyn Loader,
    diagnostics: &mut Diagnostics,
) {
    let Some(root) = sources.at(&Origin::root(FileId(0))) else { return };
    if !signs::any(root.value, ROOT, version, 0) {
        return;
    }
    let name = loader.document(sources.file(FileId(0)).path.rsplit('/').next().unwrap_or_default());
    let mut originals = Originals::new(loader, &name, root.value);
    let mut tree = Placed::new(&root);
    let times = sources.times_rebuilt(FileId(0));
    let first = diagnostics.len();
    let base = Base::File(name);
    let lift = Lift { base: &base, originals: &mut originals, diagnostics, defaults: Defaults::default() };
    let mut mender = Mender { lift, version, consumes: None, produces: None };
    mender.walk(&mut tree, ROOT, 0);
    diagnostics.found_before(first, times);
    sources.rebuild(FileId(0), tree, Names::Old);
}

/// Whether an object that a reference leads to has something to mend.
pub(in super::super) fn is_needed(at: &At<'_>, kind: ObjectKind, version: Version) -> bool {
    signs::any(at.value, ValueKind::OrReference(kind), version, 0)
}

/// Mends an object that a reference leads to, which nobody has walked.
pub(in super::super) fn object(
    mut tree: Placed,
    kind: ObjectKind,
    version: Version,
    base: &Base,
    originals: &mut Originals<'_>,
    diagnostics: &mut Diagnostics,
) -> Placed {
    let lift = Lift { base, originals, diagnostics, defaults: Defaults::default() };
    let mut mender = Mender { lift, version, consumes: None, produces: None };
    mender.walk(&mut tree, ValueKind::OrReference(kind), 0);
    tree
}

struct Mender<'l, 'o> {
    lift: Lift<'l, 'o>,
    version: Version,
    /// The media types that an operation gives its body in the words of 2.0.
    consumes: Option<Vec<Placed>>,
    /// And those of its responses.
    produces: Option<Vec<Placed>>,
}

impl Mender<'_, '_> {
    fn walk(&mut self, node: &mut Placed, kind: ValueKind, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match kind {
            ValueKind::Object(ObjectKind::Schema | ObjectKind::SecurityRequirement) => {}
            ValueKind::Object(object) | ValueKind::OrReference(object) => self.object(node, object, depth),
            ValueKind::Map(inner) => {
                for (_, member) in node.members_mut().into_iter().flatten() {
                    self.walk(member, *inner, depth + 1);
                }
            }
            ValueKind::Array(inner) => {
                self.without_nulls(node, *inner);
                if let Node::Array(items) = &mut node.node {
                    for item in items {
                        self.walk(item, *inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    /// Mends an object, and then what has become of its fields.
    fn object(&mut self, node: &mut Placed, kind: ObjectKind, depth: usize) {
        let outer = (self.consumes.clone(), self.produces.clone());
        match kind {
            ObjectKind::OpenApi => self.root(node),
            ObjectKind::Components => self.components(node),
            ObjectKind::PathItem => self.path_item(node),
            ObjectKind::Operation => self.operation(node),
            ObjectKind::Parameter | ObjectKind::Header => self.described(node),
            ObjectKind::RequestBody | ObjectKind::Response => self.body_or_response(node, kind),
            ObjectKind::MediaType => self.media_type(node),
            _ => {}
        }
        let rows = fields(kind, self.version);
        for (key, member) in node.members_mut().into_iter().flatten() {
            let row = rows.named(key).or_else(|| rows.pattern().filter(|_| !key.starts_with("x-")));
            if let Some(row) = row {
                self.walk(member, row.kind, depth + 1);
            }
        }
        (self.consumes, self.produces) = outer;
    }

    /// An item with nothing behind its dash is no item. Of `security` it could mean that nobody is asked for anything, and
    /// stays.
    fn without_nulls(&mut self, list: &mut Placed, kind: ValueKind) {
        let Node::Array(items) = &mut list.node else { return };
        if !signs::is_object_without_nulls(kind) {
            return;
        }
        let name = list.origin.pointer.last().unwrap_or_default();
        items.retain(|item| {
            let is_null = item.node == Node::Scalar(Value::Null);
            if is_null {
                self.lift
                    .diagnostics
                    .report(Code::RepairedField, &item.origin, format!("an item of `{name}` is `null`"))
                    .taken_as("it is absent");
            }
            !is_null
        });
    }

    /// Says what is wrong and what it was taken as.
    fn repaired(&mut self, origin: &Origin, message: impl Into<String>, instead: &str) {
        self.lift.repaired(origin, message, instead);
    }

    /// Says that something is a word of Swagger 2.0, and what it was taken as.
    fn older(&mut self, origin: &Origin, what: &str, instead: &str) {
        let message = format!("{what} is of Swagger 2.0, and this is OpenAPI {}", self.version.as_str());
        self.lift.repaired(origin, message, instead);
    }
}
