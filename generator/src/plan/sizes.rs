//! Sizes: an enum is as large as its largest variant, so large ones are boxed (clippy's `large_enum_variant`).

use std::collections::BTreeMap;

use super::api::{ApiPlan, ResponsePlan};
use super::payload::{BodyItem, BodyType, Payload};
use super::types::{Format, ModelId, ModelKind, Rest, RustType};
use crate::config::Maps;

/// Variants beyond this many bytes are boxed; clippy warns where two variants differ by 200.
const LARGEST: usize = 192;

/// Nesting beyond this is taken for large.
const DEEPEST: usize = 32;

/// Boxes the large variants of unions and of answers.
pub(super) fn box_large(plan: &mut ApiPlan) {
    let mut sizes = Sizes { plan, known: BTreeMap::new() };
    let is_large: Vec<bool> = (0..plan.models.len()).map(|id| sizes.model(id, 0) > LARGEST).collect();
    let answers = plan.operations.iter().map(|operation| &operation.responses);
    let bodies: Vec<Vec<bool>> =
        answers.map(|all| all.iter().map(|response| sizes.response(response) > LARGEST).collect()).collect();
    for model in &mut plan.models {
        let variants: Vec<&mut RustType> = match &mut model.kind {
            ModelKind::TaggedUnion(it) => it.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            ModelKind::UntaggedUnion(it) => it.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            ModelKind::TypeUnion(variants) => variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            _ => continue,
        };
        for ty in variants {
            if matches!(ty, RustType::Model(ModelId(id)) if is_large[*id]) {
                *ty = RustType::Boxed(Box::new(ty.clone()));
            }
        }
    }
    for (operation, bodies) in plan.operations.iter_mut().zip(bodies) {
        for item in &mut operation.bodies {
            let BodyItem::Choice { variants, .. } = item else { continue };
            for choice in variants {
                if let BodyType::Model(ty) = &mut choice.ty
                    && matches!(ty, RustType::Model(ModelId(id)) if is_large[*id])
                {
                    *ty = RustType::Boxed(Box::new(ty.clone()));
                }
            }
        }
        for (response, is_large) in operation.responses.iter_mut().zip(bodies) {
            let model = response.payload.as_mut().map(|it| &mut it.ty);
            if let (Some(BodyType::Model(ty)), true) = (model, is_large) {
                *ty = RustType::Boxed(Box::new(ty.clone()));
            }
        }
    }
}

/// Estimates, never below the truth.
struct Sizes<'a> {
    plan: &'a ApiPlan,
    known: BTreeMap<usize, usize>,
}

impl Sizes<'_> {
    fn ty(&mut self, ty: &RustType, depth: usize) -> usize {
        match ty {
            RustType::Bool | RustType::Null => 1,
            RustType::Integer(integer) => integer.size(),
            RustType::Float | RustType::Boxed(_) => 8,
            RustType::String | RustType::Vec(_) => 24,
            RustType::Map(_) => self.map(),
            RustType::Set(_) => 72,
            RustType::Value => 32,
            // Boxed where it is one of several, since nobody knows how large it is.
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
        match self.plan.types.maps.unwrap_or_default() {
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
        let plan = self.plan;
        let size = match &plan.models[id].kind {
            ModelKind::Struct(it) => {
                let rest = if matches!(it.rest, Rest::Open(..)) { self.map() } else { 0 };
                it.fields.iter().map(|field| self.ty(&field.ty, depth).next_multiple_of(8)).sum::<usize>() + rest
            }
            ModelKind::StringEnum(..) | ModelKind::IntegerEnum(..) => 24,
            ModelKind::TaggedUnion(it) => {
                let largest = it.variants.iter().map(|variant| self.variant(&variant.ty, depth)).max();
                largest.unwrap_or(0).max(32) + 8
            }
            ModelKind::UntaggedUnion(it) => {
                it.variants.iter().map(|variant| self.variant(&variant.ty, depth)).max().unwrap_or(0) + 8
            }
            ModelKind::TypeUnion(variants) => {
                variants.iter().map(|variant| self.variant(&variant.ty, depth)).max().unwrap_or(0) + 8
            }
            ModelKind::Newtype(ty, _) => self.ty(ty, depth),
            ModelKind::Alias(ModelId(id)) => self.model(*id, depth + 1),
            ModelKind::Own(_) => LARGEST + 1,
        };
        self.known.insert(id, size);
        size
    }

    fn response(&mut self, response: &ResponsePlan) -> usize {
        let headers: usize = response.headers.iter().map(|header| 8 + self.ty(&header.ty, 0)).sum();
        match &response.payload {
            Some(Payload { ty: BodyType::Model(ty), .. }) => headers + self.ty(ty, 0),
            _ => headers,
        }
    }

    /// A large variant will be a pointer.
    fn variant(&mut self, ty: &RustType, depth: usize) -> usize {
        Some(self.ty(ty, depth)).filter(|size| *size <= LARGEST).unwrap_or(8)
    }
}
