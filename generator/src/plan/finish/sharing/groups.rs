//! Which models are equal.

use std::collections::{BTreeMap, BTreeSet};

use crate::ordered::{IndexMap, IndexSet};
use crate::parallel;
use crate::plan::names;
use crate::plan::schemas::{Classes, Draft, KindDraft};
use crate::plan::words::ModelKind;

/// Rounds of comparison; each finds those types equal that hold equal types.
const ROUNDS: usize = 24;

/// Which drafts are equal.
pub(super) struct Groups {
    /// The draft that stands for each.
    pub(super) of: Vec<usize>,
    /// The drafts that each stands for, itself included; empty for those that another one stands for.
    pub(super) members: Vec<Vec<usize>>,
    /// The content of each as a number that is the same in every run.
    pub(super) content: Vec<u64>,
}

/// What a model is made of, where documentation and the models inside it are left aside.
struct Likeness {
    text: String,
    inner: Vec<usize>,
}

pub(super) fn groups(drafts: &[Draft], classes: &Classes) -> Groups {
    let shapes = parallel::each(drafts.iter().collect(), |draft: &Draft| shape(draft.kind.clone()));
    let mut of: Vec<usize> = (0..drafts.len()).collect();
    let mut texts: IndexSet<&str> = IndexSet::default();
    let numbers: Vec<usize> = shapes.iter().map(|shape| texts.insert_full(&shape.text).0).collect();
    for _ in 0..ROUNDS {
        let mut found: IndexMap<(usize, usize, Vec<usize>), Vec<usize>> = IndexMap::default();
        for (idx, draft) in drafts.iter().enumerate() {
            let inner = shapes[idx].inner.iter().map(|id| of[*id]).collect();
            found.entry((classes.without_null(draft.id), numbers[idx], inner)).or_default().push(idx);
        }
        let mut now = of.clone();
        for members in found.values() {
            settle_group(drafts, members, &mut now);
        }
        if now == of {
            break;
        }
        of = now;
    }
    let mut members = vec![Vec::new(); drafts.len()];
    of.iter().enumerate().for_each(|(idx, group)| members[*group].push(idx));
    Groups { content: content(drafts, &of), of, members }
}

/// Says for each of some equal drafts which one stands for it.
fn settle_group(drafts: &[Draft], members: &[usize], of: &mut [usize]) {
    let order = |idx: &usize| {
        let draft = &drafts[*idx];
        let pointer = draft.origin.pointer.as_str();
        (!draft.is_component, pointer.len(), draft.origin.file, pointer, draft.name.len())
    };
    let Some(first) = members.iter().copied().min_by_key(order) else { return };
    for idx in members.iter().copied() {
        let draft = &drafts[idx];
        // Authors who name a thing twice may mean two things, unless they also give it one title.
        let is_other = draft.is_component && idx != first && !is_same_by_title(&drafts[first], draft);
        if !is_other {
            of[idx] = first;
        }
    }
}

fn is_same_by_title(one: &Draft, other: &Draft) -> bool {
    let is_newtype = matches!(one.kind, ModelKind::Newtype(..));
    one.title.is_some() && one.title == other.title && !is_newtype
}

fn shape(mut kind: KindDraft) -> Likeness {
    let mut inner = Vec::new();
    for ty in kind.types_mut() {
        ty.each_model(&mut |id| inner.push(std::mem::replace(&mut id.0, 0)));
    }
    match &mut kind {
        ModelKind::Struct(it) => {
            it.fields.iter_mut().for_each(|field| field.docs.clear());
            // What is left out follows from the properties of the schemas, which are compared.
            it.left_out = None;
        }
        ModelKind::UntaggedUnion(it) => it.variants.iter_mut().for_each(|variant| variant.pointer.clear()),
        _ => {}
    }
    Likeness { text: format!("{kind:?}"), inner }
}

/// The same model with its properties in the order of their names.
fn ordered(mut kind: KindDraft) -> KindDraft {
    if let ModelKind::Struct(it) = &mut kind {
        it.fields.sort_by(|one, other| one.wire.cmp(&other.wire));
    }
    kind
}

/// A number for each model that depends on its content alone, as deep as a name needs it: equal ones have one.
fn content(drafts: &[Draft], of: &[usize]) -> Vec<u64> {
    const DEPTH: usize = 4;
    let groups: BTreeSet<usize> = of.iter().copied().collect();
    let shapes = parallel::each(groups.into_iter().collect(), |idx| (idx, shape(ordered(drafts[idx].kind.clone()))));
    let shapes: BTreeMap<usize, Likeness> = shapes.into_iter().collect();
    let shapes: Vec<&Likeness> = of.iter().map(|group| &shapes[group]).collect();
    let own: Vec<u64> = shapes.iter().map(|shape| names::digest(shape.text.as_bytes())).collect();
    (0..DEPTH).fold(own.clone(), |known, _| {
        let deeper = shapes.iter().zip(&own).map(|(shape, own)| {
            let inner = shape.inner.iter().flat_map(|id| known[*id].to_be_bytes());
            names::digest(&own.to_be_bytes().into_iter().chain(inner).collect::<Vec<_>>())
        });
        deeper.collect()
    })
}

/// The text that comes most often; of several, the first in the alphabet.
pub(super) fn most<'t>(texts: impl Iterator<Item = &'t str>) -> &'t str {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    texts.for_each(|text| *counts.entry(text).or_default() += 1);
    let best = counts.into_iter().filter(|(text, _)| !text.is_empty());
    best.max_by_key(|(text, count)| (*count, std::cmp::Reverse(*text))).map_or("", |(text, _)| text)
}
