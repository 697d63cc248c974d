//! Derives: `Eq` and `Hash` for the models that hold no float and nothing else that has no hash, however deep.

use std::collections::BTreeSet;

use crate::config::{Maps, Sets, Types};
use crate::plan::schemas::Draft;
use crate::plan::words::{Equality, ModelId, ModelKind, Rest, RustType};

/// What holds for the equality of each model's values: whether they are always equal to themselves.
pub(super) fn equalities(drafts: &[Draft], types: &Types) -> Vec<Equality> {
    let mut total = vec![true; drafts.len()];
    let (maps, sets) = (types.maps.unwrap_or_default(), types.sets.unwrap_or_default());
    let hashes = Hashes { maps: maps == Maps::BTree, sets: matches!(sets, Sets::List | Sets::BTree) };
    // A model is in doubt again when one that it holds turns out not to be.
    loop {
        let is_total = |draft: &Draft| {
            let has_map = matches!(&draft.kind, ModelKind::Struct(it) if matches!(it.rest, Rest::Open(..)));
            (hashes.maps || !has_map) && draft.kind.types().iter().all(|ty| holds(ty, &total, hashes))
        };
        let now: Vec<bool> = drafts.iter().map(is_total).collect();
        if now == total {
            break;
        }
        total = now;
    }
    let keys = keys(drafts);
    let equality = |(position, is_total)| match is_total {
        true if keys.contains(&position) => Equality::Ordered,
        true => Equality::Total,
        false => Equality::Partial,
    };
    total.into_iter().enumerate().map(equality).collect()
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

/// Which collections have a hash.
#[derive(Clone, Copy)]
struct Hashes {
    maps: bool,
    sets: bool,
}

fn holds(ty: &RustType, total: &[bool], hashes: Hashes) -> bool {
    match ty {
        // Nobody knows about the user's types.
        RustType::Float | RustType::Own(_) => false,
        RustType::Map(_, inner) => hashes.maps && holds(inner, total, hashes),
        RustType::Set(inner) => hashes.sets && holds(inner, total, hashes),
        RustType::Tuple(types) => types.iter().all(|ty| holds(ty, total, hashes)),
        RustType::Model(ModelId(id)) => total.get(*id).copied().unwrap_or(false),
        other => other.inner().is_none_or(|inner| holds(inner, total, hashes)),
    }
}
