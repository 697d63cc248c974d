//! What requests send, made of what a server answered: for callers who read, change and write back.

use std::collections::{BTreeMap, BTreeSet};

use super::construction::MOST_ARGUMENTS;
use crate::plan::names;
use crate::plan::schemas::Draft;
use crate::plan::words::{Field, MadeOf, ModelId, ModelKind, Rest, RustType, Source};

/// An object whose fields are settled.
pub(super) struct Object {
    pub(super) fields: Vec<Field>,
    pub(super) rest: Rest,
}

/// Says of the objects with two forms how the second is made of the first, where nothing is to be decided; by the second.
pub(super) fn made_of(
    drafts: &[Draft],
    objects: &BTreeMap<usize, Object>,
    pairs: &[(ModelId, ModelId)],
) -> BTreeMap<usize, MadeOf> {
    let pairs: BTreeSet<(ModelId, ModelId)> = pairs
        .iter()
        .map(|(from, to)| (real(drafts, *from), real(drafts, *to)))
        .filter(|(from, to)| from != to)
        .collect();
    let mut known: BTreeMap<(ModelId, ModelId), Vec<Source>> = BTreeMap::new();
    // A form that is in another one is converted on the way, so it must need nothing; what turns out to need something
    // puts those in doubt that hold it.
    let mut ready = pairs.clone();
    loop {
        known.clear();
        for pair in &pairs {
            let (Some(from), Some(to)) = (objects.get(&pair.0.0), objects.get(&pair.1.0)) else { continue };
            known.extend(sources(from, to, &ready).map(|it| (*pair, it)));
        }
        let needs_nothing = |pair: &(ModelId, ModelId)| known.get(pair).is_some_and(|it| !it.contains(&Source::Given));
        let before = ready.len();
        ready.retain(needs_nothing);
        if ready.len() == before {
            break;
        }
    }
    let made = known.into_iter().map(|((model, to), fields)| {
        let name = names::snake(&format!("from {}", drafts[model.0].name));
        (to.0, MadeOf { model, name, fields })
    });
    made.collect()
}

/// The type that a name stands for.
fn real(drafts: &[Draft], id: ModelId) -> ModelId {
    if let ModelKind::Alias(target) = drafts[id.0].kind { target } else { id }
}

/// Where each field comes from; none where one cannot be had, or where there is too much to ask for.
fn sources(from: &Object, to: &Object, ready: &BTreeSet<(ModelId, ModelId)>) -> Option<Vec<Source>> {
    let source = |field: &Field| -> Option<Source> {
        let Some(known) = from.fields.iter().find(|it| it.wire == field.wire) else {
            return Some(if field.is_asked() { Source::Given } else { Source::Initial });
        };
        if known.ty == field.ty {
            return Some(Source::Taken(known.name.clone()));
        }
        let converts = known.presence == field.presence && converts(&known.ty, &field.ty, ready);
        converts.then(|| Source::Converted(known.name.clone()))
    };
    let has_rest = match (&from.rest, &to.rest) {
        (Rest::Open(_, from, _), Rest::Open(_, to, _)) => from == to,
        (from, to) => from == to,
    };
    let sources: Vec<Source> = to.fields.iter().map(source).collect::<Option<_>>()?;
    let given = sources.iter().filter(|it| **it == Source::Given).count();
    Some(sources).filter(|_| has_rest && given < MOST_ARGUMENTS)
}

/// Whether a value becomes one of the other form by converting what it holds.
fn converts(from: &RustType, to: &RustType, ready: &BTreeSet<(ModelId, ModelId)>) -> bool {
    match (from, to) {
        (RustType::Model(from), RustType::Model(to)) => ready.contains(&(*from, *to)),
        (RustType::Option(from), RustType::Option(to))
        | (RustType::Vec(from), RustType::Vec(to))
        | (RustType::Boxed(from), RustType::Boxed(to)) => converts(from, to, ready),
        (RustType::Map(key, from), RustType::Map(other, to)) => key == other && converts(from, to, ready),
        _ => false,
    }
}
