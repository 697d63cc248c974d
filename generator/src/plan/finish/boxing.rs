//! Recursion: a type that holds itself by value would have no finite size, so that edge is boxed.

use crate::plan::cycles::strongly_connected;
use crate::plan::words::{ApiPlan, ModelId, ModelKind, RustType};

/// Boxes every field and variant through which a model holds itself by value.
pub(super) fn break_cycles(plan: &mut ApiPlan) {
    let edges: Vec<Vec<usize>> = plan.models.iter().map(|model| by_value(&model.kind)).collect();
    let groups = strongly_connected(&edges);
    for (idx, model) in plan.models.iter_mut().enumerate() {
        let cyclic = |ModelId(target): ModelId| groups[idx] == groups[target];
        let is_cycle = edges[idx].iter().any(|target| groups[*target] == groups[idx]);
        if is_cycle {
            for ty in model.kind.types_mut() {
                box_cyclic(ty, &cyclic);
            }
        }
    }
}

fn box_cyclic(ty: &mut RustType, cyclic: &impl Fn(ModelId) -> bool) {
    match ty {
        RustType::Model(id) if cyclic(*id) => *ty = RustType::Boxed(Box::new(ty.clone())),
        RustType::Option(inner) | RustType::Tristate(inner) | RustType::Secret(inner) => box_cyclic(inner, cyclic),
        RustType::Tuple(types) => types.iter_mut().for_each(|ty| box_cyclic(ty, cyclic)),
        _ => {}
    }
}

fn by_value(kind: &ModelKind) -> Vec<usize> {
    fn held(ty: &RustType) -> Vec<usize> {
        match ty {
            RustType::Model(ModelId(id)) => vec![*id],
            RustType::Option(inner) | RustType::Tristate(inner) | RustType::Secret(inner) => held(inner),
            RustType::Tuple(types) => types.iter().flat_map(held).collect(),
            _ => Vec::new(),
        }
    }
    kind.types().into_iter().flat_map(held).collect()
}
