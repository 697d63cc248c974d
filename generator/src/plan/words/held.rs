//! What models hold: the types inside a type, and those inside a model, finished or not.

use super::places::ModelId;
use super::types::{ModelKind, Rest, RustType, Struct, TaggedVariant};

impl RustType {
    /// Visits every generated type in this one.
    pub fn each_model(&mut self, visit: &mut impl FnMut(&mut ModelId)) {
        match self {
            Self::Model(id) => visit(id),
            Self::Tuple(types) => types.iter_mut().for_each(|ty| ty.each_model(visit)),
            Self::Map(key, inner) => {
                key.each_model(visit);
                inner.each_model(visit);
            }
            Self::Vec(inner)
            | Self::Set(inner)
            | Self::Option(inner)
            | Self::Tristate(inner)
            | Self::Secret(inner)
            | Self::Boxed(inner) => inner.each_model(visit),
            Self::Bool
            | Self::Integer(_)
            | Self::Float
            | Self::String
            | Self::Value
            | Self::Null
            | Self::Own(_)
            | Self::Formatted(_) => {}
        }
    }

    /// The generated types in this one.
    pub fn models(&self) -> Vec<ModelId> {
        match self {
            Self::Model(id) => vec![*id],
            Self::Tuple(types) => types.iter().flat_map(Self::models).collect(),
            Self::Map(key, inner) => [key, inner].into_iter().flat_map(|it| it.models()).collect(),
            other => other.inner().map(Self::models).unwrap_or_default(),
        }
    }

    /// The same type with other generated types in it.
    #[must_use]
    pub fn with_models(mut self, other: &impl Fn(ModelId) -> ModelId) -> Self {
        self.each_model(&mut |id| *id = other(*id));
        self
    }
}

/// What holds types: an object, or a branch of a union.
pub trait Holds {
    /// The types of everything that it holds.
    fn held(&self) -> Vec<&RustType>;

    /// The same, to be changed.
    fn held_mut(&mut self) -> Vec<&mut RustType>;
}

impl Holds for Rest {
    fn held(&self) -> Vec<&RustType> {
        if let Self::Open(_, ty, _) = self { vec![ty] } else { Vec::new() }
    }

    fn held_mut(&mut self) -> Vec<&mut RustType> {
        if let Self::Open(_, ty, _) = self { vec![ty] } else { Vec::new() }
    }
}

impl Holds for Struct {
    fn held(&self) -> Vec<&RustType> {
        self.fields.iter().map(|field| &field.ty).chain(self.rest.held()).collect()
    }

    fn held_mut(&mut self) -> Vec<&mut RustType> {
        self.fields.iter_mut().map(|field| &mut field.ty).chain(self.rest.held_mut()).collect()
    }
}

impl Holds for TaggedVariant {
    fn held(&self) -> Vec<&RustType> {
        vec![&self.ty]
    }

    fn held_mut(&mut self) -> Vec<&mut RustType> {
        vec![&mut self.ty]
    }
}

impl<S: Holds, V: Holds> ModelKind<S, V> {
    /// The types of everything that it holds.
    pub fn types(&self) -> Vec<&RustType> {
        match self {
            Self::Struct(it) => it.held(),
            Self::TaggedUnion(it) => it.variants.iter().flat_map(Holds::held).collect(),
            Self::UntaggedUnion(it) => it.variants.iter().map(|variant| &variant.ty).collect(),
            Self::TypeUnion(variants) => variants.iter().map(|variant| &variant.ty).collect(),
            Self::Newtype(ty, _) => vec![ty],
            Self::StringEnum(..) | Self::IntegerEnum(..) | Self::Alias(_) | Self::Own(_) => Vec::new(),
        }
    }

    /// The same, to be changed.
    pub fn types_mut(&mut self) -> Vec<&mut RustType> {
        match self {
            Self::Struct(it) => it.held_mut(),
            Self::TaggedUnion(it) => it.variants.iter_mut().flat_map(Holds::held_mut).collect(),
            Self::UntaggedUnion(it) => it.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::TypeUnion(variants) => variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::Newtype(ty, _) => vec![ty],
            Self::StringEnum(..) | Self::IntegerEnum(..) | Self::Alias(_) | Self::Own(_) => Vec::new(),
        }
    }
}
