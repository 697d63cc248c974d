//! What models hold: the types inside a type, and those inside a model.

use super::places::ModelId;
use super::types::{ModelKind, Rest, RustType};

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
}

impl ModelKind {
    /// The types of everything that it holds.
    pub fn types(&self) -> Vec<&RustType> {
        match self {
            Self::Struct(it) => {
                let rest = if let Rest::Open(_, ty, _) = &it.rest { Some(ty) } else { None };
                it.fields.iter().map(|field| &field.ty).chain(rest).collect()
            }
            Self::TaggedUnion(it) => it.variants.iter().map(|variant| &variant.ty).collect(),
            Self::UntaggedUnion(it) => it.variants.iter().map(|variant| &variant.ty).collect(),
            Self::TypeUnion(variants) => variants.iter().map(|variant| &variant.ty).collect(),
            Self::Newtype(ty, _) => vec![ty],
            Self::StringEnum(..) | Self::IntegerEnum(..) | Self::Alias(_) | Self::Own(_) => Vec::new(),
        }
    }

    /// The same, to be changed.
    pub fn types_mut(&mut self) -> Vec<&mut RustType> {
        match self {
            Self::Struct(it) => {
                let rest = if let Rest::Open(_, ty, _) = &mut it.rest { Some(ty) } else { None };
                it.fields.iter_mut().map(|field| &mut field.ty).chain(rest).collect()
            }
            Self::TaggedUnion(it) => it.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::UntaggedUnion(it) => it.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::TypeUnion(variants) => variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::Newtype(ty, _) => vec![ty],
            Self::StringEnum(..) | Self::IntegerEnum(..) | Self::Alias(_) | Self::Own(_) => Vec::new(),
        }
    }
}
