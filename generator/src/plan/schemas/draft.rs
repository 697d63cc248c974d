//! Models on their way: what the schemas decide, before names are settled, equal types shared and cycles boxed.
//!
//! A draft has nothing that is filled in later; what only all models together decide is not in it.

use std::fmt;

use crate::ir::SchemaId;
use crate::plan::words::{Checks, Holds, Home, LeftOut, ModelKind, Presence, Rest, RustType, TagCheck};
use crate::source::{Origin, Value};

/// A model on its way.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(in crate::plan) struct Draft {
    /// The name that it wants, until the names of all are settled.
    pub(in crate::plan) name: String,
    /// The file that it lives in.
    pub(in crate::plan) home: Home,
    /// Whether the document deprecates it.
    pub(in crate::plan) deprecated: bool,
    /// The key of its schema in the tables.
    pub(in crate::plan) pointer: String,
    /// What it is.
    pub(in crate::plan) kind: KindDraft,
    /// Whether the schema allows `null` beside what the type holds.
    pub(in crate::plan) nullable: bool,
    /// Whether the tables must be asked as well.
    pub(in crate::plan) residue: bool,
    /// The schema that it was made from.
    pub(in crate::plan) id: SchemaId,
    pub(in crate::plan) origin: Origin,
    /// Where that was written.
    pub(in crate::plan) source: String,
    /// The words of the place where it stands, outermost first.
    pub(in crate::plan) words: Vec<String>,
    /// `title`, or the `name` of `x-ms-enum`.
    pub(in crate::plan) title: Option<String>,
    /// The name that the author wants.
    pub(in crate::plan) rust_name: Option<String>,
    /// What the document says about it.
    pub(in crate::plan) about: String,
    /// Whether it has a file of its own.
    pub(in crate::plan) is_component: bool,
}

impl Draft {
    /// Adds a paragraph to it.
    pub(in crate::plan) fn add_docs(&mut self, text: &str) {
        let gap = if self.about.is_empty() { "" } else { "\n\n" };
        self.about = format!("{}{gap}{text}", self.about);
    }
}

/// What a model on its way is.
pub(in crate::plan) type KindDraft = ModelKind<StructDraft, VariantDraft>;

/// An object with named properties.
#[derive(Clone)]
pub(in crate::plan) struct StructDraft {
    /// The properties, in the order of the document.
    pub(in crate::plan) fields: Vec<FieldDraft>,
    /// What further properties are.
    pub(in crate::plan) rest: Rest,
    /// `minProperties` and `maxProperties`, as far as the fields leave them open.
    pub(in crate::plan) sizes: Vec<(Option<u64>, Option<u64>)>,
    /// The properties of the document that it does not have, because they do not travel its way.
    pub(in crate::plan) left_out: Option<LeftOut>,
}

/// A property as a field.
#[derive(Clone)]
pub(in crate::plan) struct FieldDraft {
    /// The field's identifier.
    pub(in crate::plan) name: String,
    /// The property's name.
    pub(in crate::plan) wire: String,
    /// The field's type.
    pub(in crate::plan) ty: RustType,
    /// When the property is there.
    pub(in crate::plan) presence: Presence,
    /// Its documentation.
    pub(in crate::plan) docs: String,
    /// Whether the document deprecates it.
    pub(in crate::plan) deprecated: bool,
    /// What must hold for its value.
    pub(in crate::plan) checks: Checks,
    /// `default`, where the property may be absent.
    pub(in crate::plan) given: Option<Value>,
}

/// A branch of a tagged union.
#[derive(Clone)]
pub(in crate::plan) struct VariantDraft {
    /// The variant's identifier.
    pub(in crate::plan) name: String,
    /// The value of the tag, as the mapping spells it.
    pub(in crate::plan) wire: String,
    /// What it holds.
    pub(in crate::plan) ty: RustType,
    /// The method that gives a reference to it.
    pub(in crate::plan) accessor: String,
}

impl Holds for StructDraft {
    fn held(&self) -> Vec<&RustType> {
        self.fields.iter().map(|field| &field.ty).chain(self.rest.held()).collect()
    }

    fn held_mut(&mut self) -> Vec<&mut RustType> {
        self.fields.iter_mut().map(|field| &mut field.ty).chain(self.rest.held_mut()).collect()
    }
}

impl Holds for VariantDraft {
    fn held(&self) -> Vec<&RustType> {
        vec![&self.ty]
    }

    fn held_mut(&mut self) -> Vec<&mut RustType> {
        vec![&mut self.ty]
    }
}

// Where two shared types want one name, a hash of what they are decides, and stands in the name: so these texts stay as
// they are, whatever becomes of the types.

impl fmt::Debug for StructDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fields, rest, sizes, left_out } = self;
        let mut out = f.debug_struct("Struct");
        out.field("fields", fields).field("rest", rest).field("sizes", sizes).field("builder", &NOTHING);
        out.field("left_out", left_out).field("made_of", &NOTHING).finish()
    }
}

impl fmt::Debug for FieldDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[derive(Debug)]
        struct Given<'v>(#[expect(dead_code, reason = "it is printed")] &'v Value);
        let Self { name, wire, ty, presence, docs, deprecated, checks, given } = self;
        let mut out = f.debug_struct("Field");
        out.field("name", name).field("wire", wire).field("ty", ty).field("presence", presence).field("docs", docs);
        out.field("deprecated", deprecated).field("checks", checks);
        out.field("default", &given.as_ref().map(Given)).field("constant", &NOTHING).finish()
    }
}

impl fmt::Debug for VariantDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, wire, ty, accessor } = self;
        let mut out = f.debug_struct("TaggedVariant");
        out.field("name", name).field("wire", wire).field("ty", ty).field("accessor", accessor);
        out.field("check", &TagCheck::Never).finish()
    }
}

/// What a text says of what drafts do not have.
const NOTHING: Option<()> = None;
