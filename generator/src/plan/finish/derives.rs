//! Derives: `Eq` and `Hash` for what values are told apart by, which are names, numbers and the like.
//!
//! Objects, lists and unions have neither: nothing here puts them into sets, a compiler takes a tenth of the time of a
//! model for the two, and one more property with a float would take both away from code that uses them.

use std::collections::BTreeSet;

use crate::plan::schemas::Draft;
use crate::plan::words::{Equality, ModelId, ModelKind, RustType};

/// What holds for the equality of each model's values: whether they are always equal to themselves.
pub(super) fn equalities(drafts: &[Draft]) -> Vec<Equality> {
    let keys = keys(drafts);
    let equality = |(position, draft): (usize, &Draft)| match &draft.kind {
        ModelKind::Newtype(..) if keys.contains(&position) => Equality::Ordered,
        ModelKind::Newtype(ty, _) if is_single(drafts, ty) => Equality::Total,
        _ => Equality::Partial,
    };
    drafts.iter().enumerate().map(equality).collect()
}

/// Whether values of a type are one name, number or the like, which no floats are.
fn is_single(drafts: &[Draft], ty: &RustType) -> bool {
    match ty {
        RustType::Bool | RustType::Integer(_) | RustType::String | RustType::Null | RustType::Formatted(_) => true,
        RustType::Option(inner) | RustType::Secret(inner) => is_single(drafts, inner),
        RustType::Model(ModelId(id)) => match &drafts[*id].kind {
            ModelKind::StringEnum(..) | ModelKind::IntegerEnum(..) => true,
            ModelKind::Newtype(ty, _) => is_single(drafts, ty),
            ModelKind::Alias(id) => is_single(drafts, &RustType::Model(*id)),
            _ => false,
        },
        _ => false,
    }
}

/// The models that are keys of maps.
fn keys(drafts: &[Draft]) -> BTreeSet<usize> {
    fn visit(ty: &RustType, found: &mut BTreeSet<usize>) {
        if let RustType::Map(key, _) = ty
            && let RustType::Model(ModelId(id)) = **key
        {
            found.insert(id);
        }
        let parts: &[RustType] = if let RustType::Tuple(types) = ty { types } else { &[] };
        for inner in parts.iter().chain(ty.inner()) {
            visit(inner, found);
        }
    }
    let mut found = BTreeSet::new();
    drafts.iter().flat_map(|it| it.kind.types()).for_each(|ty| visit(ty, &mut found));
    found
}
