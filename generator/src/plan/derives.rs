//! Derives: `Eq` and `Hash` for the models that hold no float, however deep.

use super::ApiPlan;
use super::types::{Equality, ModelId, ModelKind, Rest, RustType};

/// Finds the models whose values are always equal to themselves.
pub(super) fn find_total(plan: &mut ApiPlan) {
    let mut total = vec![true; plan.models.len()];
    // A model is in doubt again when one that it holds turns out not to be.
    loop {
        let now: Vec<bool> =
            plan.models.iter().map(|model| held(&model.kind).iter().all(|ty| holds(ty, &total))).collect();
        if now == total {
            break;
        }
        total = now;
    }
    for (model, is_total) in plan.models.iter_mut().zip(total) {
        model.equality = if is_total { Equality::Total } else { Equality::Partial };
    }
}

fn holds(ty: &RustType, total: &[bool]) -> bool {
    match ty {
        RustType::Float => false,
        RustType::Tuple(types) => types.iter().all(|ty| holds(ty, total)),
        RustType::Model(ModelId(id)) => total.get(*id).copied().unwrap_or(false),
        other => other.inner().is_none_or(|inner| holds(inner, total)),
    }
}

fn held(kind: &ModelKind) -> Vec<&RustType> {
    match kind {
        ModelKind::Struct(it) => {
            let rest = if let Rest::Open(_, ty, _) = &it.rest { Some(ty) } else { None };
            it.fields.iter().map(|field| &field.ty).chain(rest).collect()
        }
        ModelKind::TaggedUnion(it) => it.variants.iter().map(|variant| &variant.ty).collect(),
        ModelKind::UntaggedUnion(it) => it.variants.iter().map(|variant| &variant.ty).collect(),
        ModelKind::TypeUnion(variants) => variants.iter().map(|variant| &variant.ty).collect(),
        ModelKind::Newtype(ty, _) => vec![ty],
        ModelKind::StringEnum(..) | ModelKind::IntegerEnum(..) => Vec::new(),
    }
}
