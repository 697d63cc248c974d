//! Recursion: a type that holds itself by value would have no finite size, so that edge is boxed.

use super::ApiPlan;
use super::types::{ModelId, ModelKind, RustType};

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

/// The group of each node (Tarjan's algorithm, without recursion so that long chains are fine).
pub(super) fn strongly_connected(edges: &[Vec<usize>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let n = edges.len();
    let (mut order, mut low, mut group) = (vec![NEW; n], vec![0; n], vec![NEW; n]);
    let (mut stack, mut next, mut groups) = (Vec::new(), 0, 0);
    for start in 0..n {
        if order[start] != NEW {
            continue;
        }
        let mut walk = vec![(start, 0)];
        while let Some((node, edge)) = walk.pop() {
            if edge == 0 {
                order[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
            }
            if let Some(target) = edges[node].get(edge).copied() {
                walk.push((node, edge + 1));
                if order[target] == NEW {
                    walk.push((target, 0));
                } else if group[target] == NEW {
                    low[node] = low[node].min(order[target]);
                }
                continue;
            }
            if let Some((parent, _)) = walk.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == order[node] {
                while let Some(member) = stack.pop() {
                    group[member] = groups;
                    if member == node {
                        break;
                    }
                }
                groups += 1;
            }
        }
    }
    group
}
