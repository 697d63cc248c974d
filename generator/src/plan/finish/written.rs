//! What requests send, made of what a server answered: for callers who read, change and write back.

use std::collections::{BTreeMap, BTreeSet};

use super::builders::MOST_ARGUMENTS;
use crate::plan::names;
use crate::plan::words::{ApiPlan, Field, MadeOf, ModelId, ModelKind, Rest, RustType, Source, Struct};

/// Says of the objects with two forms how the second is made of the first, where nothing is to be decided.
pub(super) fn settle(plan: &mut ApiPlan, pairs: &[(ModelId, ModelId)]) {
    let pairs: BTreeSet<(ModelId, ModelId)> =
        pairs.iter().map(|(from, to)| (real(plan, *from), real(plan, *to))).filter(|(from, to)| from != to).collect();
    let mut known: BTreeMap<(ModelId, ModelId), Vec<Source>> = BTreeMap::new();
    // A form that is in another one is converted on the way, so it must need nothing; what turns out to need something
    // puts those in doubt that hold it.
    let mut ready = pairs.clone();
    loop {
        known.clear();
        for pair in &pairs {
            let (Some(from), Some(to)) = (structure(plan, pair.0), structure(plan, pair.1)) else { continue };
            known.extend(sources(from, to, &ready).map(|it| (*pair, it)));
        }
        let needs_nothing = |pair: &(ModelId, ModelId)| known.get(pair).is_some_and(|it| !it.contains(&Source::Given));
        let before = ready.len();
        ready.retain(needs_nothing);
        if ready.len() == before {
            break;
        }
    }
    for ((model, to), fields) in known {
        let name = names::snake(&format!("from {}", plan.models[model.0].name));
        if let ModelKind::Struct(it) = &mut plan.models[to.0].kind {
            it.made_of = Some(MadeOf { model, name, fields });
        }
    }
}

/// The type that a name stands for.
fn real(plan: &ApiPlan, id: ModelId) -> ModelId {
    if let ModelKind::Alias(target) = plan.models[id.0].kind { target } else { id }
}

fn structure(plan: &ApiPlan, id: ModelId) -> Option<&Struct> {
    if let ModelKind::Struct(it) = &plan.models[id.0].kind { Some(it) } else { None }
}

/// Where each field comes from; none where one cannot be had, or where there is too much to ask for.
fn sources(from: &Struct, to: &Struct, ready: &BTreeSet<(ModelId, ModelId)>) -> Option<Vec<Source>> {
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
