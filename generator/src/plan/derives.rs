//! Derives: `Eq` and `Hash` for the models that hold no float, however deep.

use super::ApiPlan;
use super::types::{Equality, ModelId, RustType};

/// Finds the models whose values are always equal to themselves.
pub(super) fn find_total(plan: &mut ApiPlan) {
    let mut total = vec![true; plan.models.len()];
    // A model is in doubt again when one that it holds turns out not to be.
    loop {
        let now: Vec<bool> =
            plan.models.iter().map(|model| model.kind.types().iter().all(|ty| holds(ty, &total))).collect();
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
