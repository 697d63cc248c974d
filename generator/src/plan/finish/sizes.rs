//! Sizes: an enum is as large as its largest variant (clippy's `large_enum_variant`).

use std::collections::BTreeMap;

use crate::config::Maps;
use crate::plan::words::{BodyItem, BodyType, Choice, Format, Model, ModelId, ModelKind, ResponsePlan, Rest, RustType};

/// Variants beyond this many bytes are large; clippy warns where two variants differ by 200.
const LARGEST: usize = 192;

/// A model of more bytes than this is taken for one of so many: nothing depends on how large it is beyond.
const ENOUGH: usize = 1 << 20;

/// Nesting beyond this is taken for large.
const DEEPEST: usize = 32;

/// Estimates, never below the truth.
pub(super) struct Sizes<'a> {
    models: &'a [Model],
    maps: Maps,
    known: BTreeMap<usize, usize>,
}

impl<'a> Sizes<'a> {
    pub(super) fn new(models: &'a [Model], maps: Maps) -> Self {
        Self { models, maps, known: BTreeMap::new() }
    }

    /// Whether the variants of some responses differ much in size.
    ///
    /// Bodies are not boxed, since a server makes them and a caller takes them apart; where their sizes differ much, the
    /// enum says so.
    pub(super) fn are_uneven(&mut self, responses: &[ResponsePlan], bodies: &[BodyItem]) -> bool {
        responses.iter().any(|it| self.response(it, bodies) > LARGEST)
    }

    /// Whether some bodies differ much in size.
    pub(super) fn is_uneven(&mut self, choices: &[Choice]) -> bool {
        choices.iter().any(|it| self.body(&it.ty, &[]) > LARGEST)
    }

    fn ty(&mut self, ty: &RustType, depth: usize) -> usize {
        match ty {
            RustType::Bool | RustType::Null => 1,
            RustType::Integer(integer) => integer.size(),
            RustType::Float | RustType::Boxed(_) => 8,
            RustType::String | RustType::Vec(_) => 24,
            RustType::Map(..) => self.map(),
            RustType::Set(_) => 72,
            RustType::Value => 32,
            // Nobody knows how large it is.
            RustType::Own(_) => LARGEST + 1,
            RustType::Formatted(Format::Uri | Format::UriReference) => 96,
            RustType::Formatted(_) => 40,
            RustType::Option(inner) | RustType::Tristate(inner) => 8 + self.ty(inner, depth),
            RustType::Secret(inner) => self.ty(inner, depth),
            RustType::Tuple(types) => types.iter().map(|ty| self.ty(ty, depth).next_multiple_of(8)).sum(),
            RustType::Model(ModelId(id)) => self.model(*id, depth + 1),
        }
    }

    fn map(&self) -> usize {
        match self.maps {
            Maps::BTree => 24,
            Maps::Hash => 48,
            Maps::Index => 72,
        }
    }

    fn model(&mut self, id: usize, depth: usize) -> usize {
        if let Some(size) = self.known.get(&id) {
            return *size;
        }
        if depth > DEEPEST {
            return LARGEST + 1;
        }
        let models = self.models;
        let size = match &models[id].kind {
            ModelKind::Struct(it) => {
                let rest = if matches!(it.rest, Rest::Open(..)) { self.map() } else { 0 };
                it.fields.iter().map(|field| self.ty(&field.ty, depth).next_multiple_of(8)).sum::<usize>() + rest
            }
            ModelKind::StringEnum(..) | ModelKind::IntegerEnum(..) => 24,
            ModelKind::TaggedUnion(it) => {
                let largest = it.variants.iter().map(|variant| self.ty(&variant.ty, depth)).max();
                largest.unwrap_or(0).max(32) + 8
            }
            ModelKind::UntaggedUnion(it) => {
                it.variants.iter().map(|variant| self.ty(&variant.ty, depth)).max().unwrap_or(0) + 8
            }
            ModelKind::TypeUnion(variants) => {
                variants.iter().map(|variant| self.ty(&variant.ty, depth)).max().unwrap_or(0) + 8
            }
            ModelKind::Newtype(ty, _) => self.ty(ty, depth),
            ModelKind::Alias(ModelId(id)) => self.model(*id, depth + 1),
            ModelKind::Own(_) => LARGEST + 1,
        };
        let size = size.min(ENOUGH);
        self.known.insert(id, size);
        size
    }

    fn response(&mut self, response: &ResponsePlan, bodies: &[BodyItem]) -> usize {
        let headers: usize = response.headers.iter().map(|header| 8 + self.ty(&header.ty, 0)).sum();
        headers + response.payload.as_ref().map_or(0, |it| self.body(&it.ty, bodies))
    }

    /// A body, of those types that an operation has of its own or of others.
    fn body(&mut self, ty: &BodyType, own: &[BodyItem]) -> usize {
        match ty {
            BodyType::Model(ty) => self.ty(ty, 0),
            BodyType::Own(name) => match own.iter().find(|it| it.name() == name) {
                Some(BodyItem::Choice { variants, .. }) => {
                    variants.iter().map(|it| 8 + self.body(&it.ty, &[])).max().unwrap_or(0)
                }
                // Parts may be many.
                Some(BodyItem::Parts { .. }) | None => LARGEST + 1,
            },
            _ => 0,
        }
    }
}
