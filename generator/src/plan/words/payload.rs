//! The vocabulary of the plan for bodies: their types, their media types, and how each is read and written.

use super::shapes::Shape;
use super::types::{Presence, RustType};
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
    pub fn types_mut(&mut self) -> Option<&mut RustType> {
        match self {
            Self::Model(ty) | Self::Items(ty) | Self::Events(ty) => Some(ty),
            Self::Value | Self::Text | Self::Bytes | Self::Binary | Self::Own(_) | Self::OwnBoxed(_) => None,
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
    /// A file, or a list of files.
    File,
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

    /// The types inside it.
    pub fn types_mut(&mut self) -> Vec<&mut RustType> {
        match self {
            Self::Parts { fields, .. } => {
                let values = fields.iter_mut().filter_map(|field| match &mut field.kind {
                    PartKind::Value(_, ty) => Some(ty),
                    PartKind::File | PartKind::OptionalFile | PartKind::Files => None,
                });
                values.collect()
            }
            Self::Choice { variants, .. } => variants.iter_mut().filter_map(|it| it.ty.types_mut()).collect(),
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
    /// Any number of files.
    Files,
    /// A value.
    Value(Presence, RustType),
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
