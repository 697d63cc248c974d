//! Boxes: a type that holds itself by value would have no finite size, so that edge is boxed, and so is each branch of a
//! union that is an object or a union.

use crate::plan::cycles::strongly_connected;
use crate::plan::schemas::{Draft, KindDraft};
use crate::plan::words::{ModelId, ModelKind, RustType};

/// Nesting of names beyond this is taken for a compound.
const DEEPEST: usize = 32;

/// The same models, in which no one holds itself by value, and each branch of a union that is a compound has a box,
/// however large it is: an edit of a schema moves no box.
pub(super) fn boxed(drafts: Vec<Draft>) -> Vec<Draft> {
    let edges: Vec<Vec<usize>> = drafts.iter().map(|draft| by_value(&draft.kind)).collect();
    let groups = strongly_connected(&edges);
    let compound: Vec<bool> = (0..drafts.len()).map(|id| is_compound(&drafts, ModelId(id), 0)).collect();
    let boxed = |(idx, draft): (usize, Draft)| {
        let mut kind = draft.kind;
        let cyclic = |ModelId(target): ModelId| groups[idx] == groups[target];
        if edges[idx].iter().any(|target| groups[*target] == groups[idx]) {
            kind.types_mut().into_iter().for_each(|ty| box_cyclic(ty, &cyclic));
        }
        if matches!(kind, ModelKind::TaggedUnion(_) | ModelKind::UntaggedUnion(_) | ModelKind::TypeUnion(_)) {
            for ty in kind.types_mut() {
                if matches!(ty, RustType::Model(ModelId(id)) if compound[*id]) {
                    *ty = RustType::Boxed(Box::new(ty.clone()));
                }
            }
        }
        Draft { kind, ..draft }
    };
    drafts.into_iter().enumerate().map(boxed).collect()
}

/// Whether a model is an object or a union, whose size edits change.
fn is_compound(drafts: &[Draft], ModelId(id): ModelId, depth: usize) -> bool {
    match &drafts[id].kind {
        ModelKind::Struct(_)
        | ModelKind::TaggedUnion(_)
        | ModelKind::UntaggedUnion(_)
        | ModelKind::TypeUnion(_)
        | ModelKind::Own(_) => true,
        ModelKind::Alias(target) | ModelKind::Newtype(RustType::Model(target), _) => {
            depth > DEEPEST || is_compound(drafts, *target, depth + 1)
        }
        ModelKind::Newtype(..) | ModelKind::StringEnum(..) | ModelKind::IntegerEnum(..) => false,
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

fn by_value(kind: &KindDraft) -> Vec<usize> {
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
