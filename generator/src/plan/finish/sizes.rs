//! Sizes: an enum is as large as its largest variant (clippy's `large_enum_variant`).

use std::collections::BTreeMap;

use crate::config::Maps;
use crate::plan::words::{
    ApiPlan, BodyItem, BodyType, Choice, Format, ModelId, ModelKind, OperationPlan, Payload, ResponsePlan, Rest,
    RustType,
};

/// Variants beyond this many bytes are large; clippy warns where two variants differ by 200.
const LARGEST: usize = 192;

/// Nesting beyond this is taken for large.
const DEEPEST: usize = 32;

/// Boxes each variant of a union that holds a compound, however large that is: an edit of a schema moves no box.
///
/// Bodies are not boxed, since a server makes them and a caller takes them apart; where their sizes differ much, the enum
/// says so.
pub(super) fn settle(plan: &mut ApiPlan) {
    let compound: Vec<bool> = (0..plan.models.len()).map(|id| is_compound(plan, ModelId(id), 0)).collect();
    for model in &mut plan.models {
        let variants: Vec<&mut RustType> = match &mut model.kind {
            ModelKind::TaggedUnion(it) => it.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            ModelKind::UntaggedUnion(it) => it.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            ModelKind::TypeUnion(variants) => variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            _ => continue,
        };
        for ty in variants {
            if matches!(ty, RustType::Model(ModelId(id)) if compound[*id]) {
                *ty = RustType::Boxed(Box::new(ty.clone()));
            }
        }
    }
    let mut sizes = Sizes { plan, known: BTreeMap::new() };
    let uneven = |operation: &OperationPlan| operation.responses.iter().any(|it| sizes.response(it) > LARGEST);
    let responses: Vec<bool> = plan.operations.iter().map(uneven).collect();
    let mut sizes = Sizes { plan, known: BTreeMap::new() };
    let mut is_large = |choice: &Choice| matches!(&choice.ty, BodyType::Model(ty) if sizes.ty(ty, 0) > LARGEST);
    let mut items = |operation: &OperationPlan| -> Vec<bool> {
        let choices = operation.bodies.iter().map(|it| match it {
            BodyItem::Choice { variants, .. } => variants.as_slice(),
            BodyItem::Parts { .. } => &[],
        });
        choices.map(|variants| variants.iter().any(&mut is_large)).collect()
    };
    let bodies: Vec<Vec<bool>> = plan.operations.iter().map(&mut items).collect();
    for ((operation, responses), bodies) in plan.operations.iter_mut().zip(responses).zip(bodies) {
        operation.uneven = responses;
        for (item, is_uneven) in operation.bodies.iter_mut().zip(bodies) {
            if let BodyItem::Choice { uneven, .. } = item {
                *uneven = is_uneven;
            }
        }
    }
}

/// Whether a model is an object or a union, whose size edits change.
fn is_compound(plan: &ApiPlan, ModelId(id): ModelId, depth: usize) -> bool {
    match &plan.models[id].kind {
        ModelKind::Struct(_)
        | ModelKind::TaggedUnion(_)
        | ModelKind::UntaggedUnion(_)
        | ModelKind::TypeUnion(_)
        | ModelKind::Own(_) => true,
        ModelKind::Alias(target) | ModelKind::Newtype(RustType::Model(target), _) => {
            depth > DEEPEST || is_compound(plan, *target, depth + 1)
        }
        ModelKind::Newtype(..) | ModelKind::StringEnum(..) | ModelKind::IntegerEnum(..) => false,
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
}
