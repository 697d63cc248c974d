//! The branches of `oneOf` and `anyOf`: which one is which, whatever their order.

use serde_json::Value as Json;

use super::compare::{Difference, Pair, Step, Variance};
use super::instances::samples;
use super::rules::{Effect, Keyword};
use super::scalars;
use super::shape::{Merged, Shapes, Union};
use crate::ir::SchemaId;

/// Schemas are the same to this depth before they are compared in full.
const LEVELS: usize = 5;

/// Where one side is a union and nothing else, the other side is a union of one branch; whether that was so.
pub(super) fn wrapped(
    pair: &Pair<'_, '_>,
    (old, a): (&[SchemaId], &Merged),
    (new, b): (&[SchemaId], &Merged),
    out: &mut Difference,
) -> bool {
    let alone = |node: &[SchemaId], shape: &Merged| {
        (node.len() == 1 && shape.unions.is_empty() && !is_anything(shape)).then(|| node.to_vec())
    };
    let (before, after) = match (a.is_bare_union(), b.is_bare_union()) {
        (true, false) => (a.unions[0].branches.clone(), alone(new, b)),
        (false, true) => match alone(old, a) {
            Some(branch) => (branch, Some(b.unions[0].branches.clone())),
            None => return false,
        },
        _ => return false,
    };
    let Some(after) = after else { return false };
    let Some(union) = a.unions.first().or(b.unions.first()).cloned() else { return false };
    scalars::null(a, b, out);
    branches(pair, &Union { branches: before, ..union.clone() }, &Union { branches: after, ..union }, out);
    true
}

fn is_anything(shape: &Merged) -> bool {
    shape.types.len() == 6 && shape.values.is_none()
}

/// Compares the unions of two shapes.
pub(super) fn compare(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    let key = |shapes: &Shapes<'_>, union: &Union| {
        let mut all: Vec<_> = union.branches.iter().map(|id| shapes.hash(&[*id], LEVELS)).collect();
        all.sort_unstable();
        (union.one, all)
    };
    let mut left: Vec<&Union> = b.unions.iter().collect();
    let mut lone: Vec<&Union> = Vec::new();
    for union in &a.unions {
        let wanted = key(pair.old, union);
        match left.iter().position(|it| key(pair.new, it) == wanted) {
            Some(idx) => branches(pair, union, left.remove(idx), out),
            None => lone.push(union),
        }
    }
    for union in lone {
        if let (true, Some(single)) = (left.is_empty(), b.singles.first()) {
            branches(pair, union, single, out);
        } else if left.is_empty() {
            out.push(Keyword::Union, Effect::Widens, name(union), format!("`{}` is gone", name(union)));
        } else {
            branches(pair, union, left.remove(0), out);
        }
    }
    for union in left {
        if let (true, Some(single)) = (a.unions.is_empty(), a.singles.first()) {
            branches(pair, single, union, out);
            continue;
        }
        out.push(Keyword::Union, Effect::Narrows, name(union), format!("has `{}` now", name(union)));
    }
    discriminators(pair, a, b, out);
}

fn name(union: &Union) -> &'static str {
    if union.one { "oneOf" } else { "anyOf" }
}

fn branches(pair: &Pair<'_, '_>, a: &Union, b: &Union, out: &mut Difference) {
    match (a.one, b.one) {
        (true, false) => {
            out.push(
                Keyword::Union,
                Effect::Widens,
                "anyOf",
                "several branches may hold at once: `oneOf` is `anyOf` now",
            );
        }
        (false, true) => {
            out.push(Keyword::Union, Effect::Narrows, "oneOf", "only one branch may hold: `anyOf` is `oneOf` now");
        }
        _ => {}
    }
    let mut pairs: Vec<(SchemaId, SchemaId)> = Vec::new();
    let mut old = a.branches.clone();
    let mut new = b.branches.clone();
    let hash = |x: SchemaId, y: SchemaId| pair.old.hash(&[x], LEVELS) == pair.new.hash(&[y], LEVELS);
    let named = |x: SchemaId, y: SchemaId| {
        let component = pair.old.component(&[x]);
        component.is_some() && component == pair.new.component(&[y])
    };
    let titled = |x: SchemaId, y: SchemaId| {
        let title = &pair.old.schema(x).annotations.title;
        title.is_some() && *title == pair.new.schema(y).annotations.title
    };
    let typed = |x: SchemaId, y: SchemaId| {
        let inline = pair.old.component(&[x]).is_none() && pair.new.component(&[y]).is_none();
        inline && pair.old.shape(&[x]).types == pair.new.shape(&[y]).types
    };
    take(&mut old, &mut new, &mut pairs, &|x, y| hash(x, y) && named(x, y));
    take(&mut old, &mut new, &mut pairs, &named);
    take(&mut old, &mut new, &mut pairs, &hash);
    take(&mut old, &mut new, &mut pairs, &titled);
    take(&mut old, &mut new, &mut pairs, &typed);
    let kept: Vec<SchemaId> = pairs.iter().map(|(x, _)| *x).collect();
    let one = a.one || b.one;
    for (x, y) in pairs {
        // In `oneOf`, a branch that allows more may take instances away from another one, and one that allows less gives
        // them back.
        let were = || a.branches.iter().any(|it| overlap(pair.old, *it, x));
        let are = || b.one && !b.tagged && b.branches.iter().any(|it| overlap(pair.new, *it, y));
        let overlaps = one && !hash(x, y) && (were() || are());
        let variance = if overlaps { Variance::Either } else { Variance::With };
        out.child(Step::Words(title(pair.new, y)), vec![x], vec![y], variance);
    }
    for id in old {
        let message = format!("the branch {} of `{}` is gone", title(pair.old, id), name(a));
        out.push(Keyword::Union, Effect::Narrows, name(a), message).candidates.extend(simple(pair.old, id));
        let gives_back = a.one && !a.tagged && kept.iter().any(|it| overlap(pair.old, *it, id));
        if gives_back {
            let message = format!(
                "the branch {} of `oneOf` that is gone may have held beside another one, which made instances invalid",
                title(pair.old, id)
            );
            out.push(Keyword::Union, Effect::Widens, name(a), message).candidates.extend(samples(pair.old, &[id]));
        }
    }
    for id in new {
        let message = format!("`{}` has the new branch {}", name(b), title(pair.new, id));
        out.push(Keyword::Union, Effect::Widens, name(b), message).candidates.extend(simple(pair.new, id));
        let steals = b.one && b.branches.iter().any(|it| overlap(pair.new, *it, id));
        if steals {
            let message = format!(
                "the new branch {} of `oneOf` may hold beside another one, which makes instances invalid",
                title(pair.new, id)
            );
            out.push(Keyword::Union, Effect::Narrows, name(b), message).candidates.extend(simple(pair.new, id));
        }
    }
}

/// Whether two branches of one union may hold at once, as far as types and values tell.
fn overlap(shapes: &Shapes<'_>, x: SchemaId, y: SchemaId) -> bool {
    if x == y {
        return false;
    }
    let (a, b) = (shapes.shape(&[x]), shapes.shape(&[y]));
    if a.types.intersection(&b.types).next().is_none() {
        return false;
    }
    let disjoint = |a: &Option<Vec<Json>>, b: &Option<Vec<Json>>| match (a, b) {
        (Some(a), Some(b)) => !a.iter().any(|it| b.contains(it)),
        _ => false,
    };
    if disjoint(&a.values, &b.values) {
        return false;
    }
    // A property that both must have and that never has the same value tells them apart.
    let tag = a.required.intersection(&b.required).any(|name| {
        let (x, y) = (shapes.shape(&shapes.property(&a, name)), shapes.shape(&shapes.property(&b, name)));
        disjoint(&x.values, &y.values) || x.types.intersection(&y.types).next().is_none()
    });
    // What one must have and the other refuses does too.
    let refuses = |a: &Merged, b: &Merged| a.required.iter().any(|name| shapes.is_never(&shapes.property(b, name)));
    !(tag || refuses(&a, &b) || refuses(&b, &a))
}

fn take(
    old: &mut Vec<SchemaId>,
    new: &mut Vec<SchemaId>,
    pairs: &mut Vec<(SchemaId, SchemaId)>,
    fits: &dyn Fn(SchemaId, SchemaId) -> bool,
) {
    old.retain(|x| match new.iter().position(|y| fits(*x, *y)) {
        Some(idx) => {
            pairs.push((*x, new.remove(idx)));
            false
        }
        None => true,
    });
}

/// The branch as people call it.
fn title(shapes: &Shapes<'_>, id: SchemaId) -> String {
    if let Some(name) = shapes.component(&[id]) {
        return format!("`{name}`");
    }
    if let Some(title) = &shapes.schema(id).annotations.title {
        return format!("`{title}`");
    }
    let shape = shapes.shape(&[id]);
    let types: Vec<_> = shape.types.iter().map(|it| it.as_str()).collect();
    match types.as_slice() {
        [] => "without instances".to_owned(),
        few if few.len() < 4 => format!("of {}", few.join(" or ")),
        _ => "of any type".to_owned(),
    }
}

fn simple(shapes: &Shapes<'_>, id: SchemaId) -> Vec<Json> {
    super::instances::sample(shapes, &[id]).into_iter().collect()
}

/// The branch of every value that no tag names.
fn defaults(pair: &Pair<'_, '_>, old: Option<SchemaId>, new: Option<SchemaId>, out: &mut Difference) {
    let same = |old: SchemaId, new: SchemaId| {
        pair.old.hash(&[old], LEVELS) == pair.new.hash(&[new], LEVELS)
            || pair.old.component(&[old]) == pair.new.component(&[new])
    };
    let (effects, message): (&[Effect], _) = match (old, new) {
        (None, None) => return,
        (Some(old), Some(new)) if same(old, new) => return,
        (None, Some(_)) => (&[Effect::Widens], "other tags have a branch now"),
        (Some(_), None) => (&[Effect::Narrows], "other tags have no branch any more"),
        (Some(_), Some(_)) => (&[Effect::Narrows, Effect::Widens], "other tags have another branch"),
    };
    for effect in effects {
        out.push(Keyword::Discriminator, *effect, "discriminator", message.to_owned());
    }
}

fn discriminators(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    let (Some((old, before, old_default)), Some((new, after, new_default))) = (&a.discriminator, &b.discriminator)
    else {
        if a.discriminator.is_some() != b.discriminator.is_some() {
            let message =
                if a.discriminator.is_some() { "has no discriminator any more" } else { "has a discriminator now" };
            let effect = if a.discriminator.is_some() { Effect::Widens } else { Effect::Narrows };
            out.push(Keyword::Discriminator, effect, "discriminator", message);
        }
        return;
    };
    if old != new {
        for effect in [Effect::Narrows, Effect::Widens] {
            let message = format!("branches are told apart by `{new}` and no longer by `{old}`");
            out.push(Keyword::Discriminator, effect, "discriminator", message);
        }
    }
    defaults(pair, *old_default, *new_default, out);
    for (tag, id) in before {
        match after.get(tag) {
            None => {
                let message = format!("the tag `{tag}` names no branch any more");
                out.push(Keyword::Discriminator, Effect::Narrows, "discriminator", message);
            }
            Some(target)
                if pair.old.hash(&[*id], LEVELS) != pair.new.hash(&[*target], LEVELS)
                    && pair.old.component(&[*id]) != pair.new.component(&[*target]) =>
            {
                for effect in [Effect::Narrows, Effect::Widens] {
                    let message = format!("the tag `{tag}` names another branch");
                    out.push(Keyword::Discriminator, effect, "discriminator", message);
                }
            }
            Some(_) => {}
        }
    }
    for tag in after.keys().filter(|tag| !before.contains_key(*tag)) {
        let message = format!("the tag `{tag}` names a branch now");
        out.push(Keyword::Discriminator, Effect::Widens, "discriminator", message);
    }
}
