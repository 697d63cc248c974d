//! The vocabulary of the plan for bodies: their types, their media types, and how each is read and written.

use super::places::ModelId;
use super::shapes::Shape;
use super::types::{Construction, Presence, RustType};
use crate::ir::Style;

/// What a body holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    /// Its type.
    pub ty: BodyType,
    /// Its media types, in the order of the document.
    pub content: Vec<ContentPlan>,
}

/// The type of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyType {
    /// A model.
    Model(RustType),
    /// Any JSON.
    Value,
    /// Text.
    Text,
    /// Bytes in one media type.
    Bytes,
    /// Bytes in one of several media types.
    Binary,
    /// A stream of values.
    Items(RustType),
    /// A stream of server-sent events.
    Events(RustType),
    /// One of the operation's own [`BodyItem`]s, by its name.
    Own(String),
    /// The same, on the heap.
    OwnBoxed(String),
}

impl BodyType {
    /// The type inside it, if it has one.
    pub fn held(&self) -> Option<&RustType> {
        match self {
            Self::Model(ty) | Self::Items(ty) | Self::Events(ty) => Some(ty),
            Self::Value | Self::Text | Self::Bytes | Self::Binary | Self::Own(_) | Self::OwnBoxed(_) => None,
        }
    }

    /// The same with other generated types in it.
    #[must_use]
    pub fn with_models(self, other: &impl Fn(ModelId) -> ModelId) -> Self {
        match self {
            Self::Model(ty) => Self::Model(ty.with_models(other)),
            Self::Items(ty) => Self::Items(ty.with_models(other)),
            Self::Events(ty) => Self::Events(ty.with_models(other)),
            Self::Value | Self::Text | Self::Bytes | Self::Binary | Self::Own(_) | Self::OwnBoxed(_) => self,
        }
    }
}

/// A media type of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentPlan {
    /// The media type or range.
    pub media_type: String,
    /// The key of its schema in the tables, where it is asked.
    pub pointer: Option<String>,
    /// How it is read and written.
    pub codec: Codec,
}

/// How a body is read and written.
#[derive(Debug, Clone, PartialEq)]
pub enum Codec {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form(FormPlan),
    /// `multipart/form-data`.
    Multipart(FormPlan),
    /// Text.
    Text,
    /// Text of this shape that stands for a value.
    Scalar(Shape),
    /// Bytes.
    Binary,
    /// JSON lines.
    Lines,
    /// JSON text sequences.
    Sequence,
    /// Server-sent events.
    Events,
}

/// The fields of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormPlan {
    /// The properties that the schema names.
    pub fields: Vec<FieldPlan>,
    /// The shape of all others; `None` where there are no others.
    pub further: Option<Shape>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldPlan {
    /// The property.
    pub wire: String,
    /// What its texts are.
    pub kind: FieldKind,
    /// `style`, `explode` and `allowReserved`, where they are not the usual ones.
    pub style: Option<(Style, bool, bool)>,
    /// The media types of its parts, where the document names some.
    pub media_types: Option<String>,
}

/// What the texts of a field are.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldKind {
    /// Text of a shape.
    Text(Shape),
    /// JSON.
    Json,
    /// A list whose items are JSON, and no lists.
    JsonItems,
    /// A list whose items are JSON, and may be lists.
    JsonLists,
    /// Text where the value is a scalar, else JSON.
    Either(Shape),
    /// A file, or a list of files.
    File,
    /// A file or a text in its place, or a list of them.
    FileOrText,
}

/// A type that a body has of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyItem {
    /// A struct whose fields are parts.
    Parts {
        /// Its name.
        name: String,
        /// Its documentation.
        docs: String,
        /// Its fields.
        fields: Vec<PartPlan>,
        /// How callers make it.
        construction: Construction,
    },
    /// An enum of media types that differ in type.
    Choice {
        /// Its name.
        name: String,
        /// Its documentation.
        docs: String,
        /// Its variants.
        variants: Vec<Choice>,
        /// Whether they differ much in size.
        uneven: bool,
    },
}

impl BodyItem {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Parts { name, .. } | Self::Choice { name, .. } => name,
        }
    }
}

/// A field that is a part, or several.
#[derive(Debug, Clone, PartialEq)]
pub struct PartPlan {
    /// The field's identifier.
    pub name: String,
    /// The property.
    pub wire: String,
    /// What it is.
    pub kind: PartKind,
    /// Its documentation.
    pub docs: String,
    /// Whether the document deprecates it.
    pub deprecated: bool,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq)]
pub enum PartKind {
    /// A file.
    File,
    /// A file, or none.
    OptionalFile,
    /// Files.
    Files,
    /// Files, or none.
    OptionalFiles,
    /// A value.
    Value(Presence, RustType),
}

impl PartKind {
    /// Whether a form must have it.
    pub fn is_required(&self) -> bool {
        matches!(self, Self::File | Self::Files | Self::Value(Presence::Required, _))
    }

    /// Whether it is a list of files.
    pub fn is_files(&self) -> bool {
        matches!(self, Self::Files | Self::OptionalFiles)
    }

    /// The type of its value, if it is one.
    pub fn held(&self) -> Option<&RustType> {
        match self {
            Self::Value(_, ty) => Some(ty),
            Self::File | Self::OptionalFile | Self::Files | Self::OptionalFiles => None,
        }
    }

    /// The same with other generated types in it.
    #[must_use]
    pub fn with_models(self, other: &impl Fn(ModelId) -> ModelId) -> Self {
        match self {
            Self::Value(presence, ty) => Self::Value(presence, ty.with_models(other)),
            Self::File | Self::OptionalFile | Self::Files | Self::OptionalFiles => self,
        }
    }
}

/// A variant of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// Its documentation.
    pub docs: String,
    /// Its type.
    pub ty: BodyType,
    /// The positions of its media types.
    pub positions: Vec<usize>,
}
