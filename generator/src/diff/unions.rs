//! The branches of `oneOf` and `anyOf`: which one is which, whatever their order.

use serde_json::Value as Json;

use super::branches::{LEVELS, Matched, disjoint, is_same, matched};
use super::compare::{Difference, Pair, Step, Variance};
use super::instances::samples;
use super::rules::{Effect, Keyword};
use super::scalars;
use super::shape::{Merged, Shapes, Union};
use super::within::is_free;
use crate::ir::SchemaId;

/// So many branches that came or went are held against all others.
const HELD: usize = 20;

/// Where one side is a union and nothing else, the other side is a union of one branch; whether that was so.
pub(super) fn wrapped(
    pair: &Pair<'_, '_>,
    (old, a): (&[SchemaId], &Merged),
    (new, b): (&[SchemaId], &Merged),
    out: &mut Difference,
) -> bool {
    let alone = |shapes: &Shapes<'_>, node: &[SchemaId], shape: &Merged| {
        if let Some(branches) = shape.bare_types(shapes) {
            return Some(branches);
        }
        (node.len() == 1 && shape.unions.is_empty() && !is_anything(shape)).then(|| node.to_vec())
    };
    let (before, after) = match (a.is_bare_union(), b.is_bare_union()) {
        (true, false) => (a.unions[0].branches.clone(), alone(pair.new, new, b)),
        (false, true) => match alone(pair.old, old, a) {
            Some(branch) => (branch, Some(b.unions[0].branches.clone())),
            None => return false,
        },
        _ => return false,
    };
    let Some(after) = after else { return false };
    let Some(union) = a.unions.first().or(b.unions.first()).cloned() else { return false };
    scalars::null(a, b, out);
    let pair = &Tagged::new(pair, a, b);
    branches(pair, &Union { branches: before, ..union.clone() }, &Union { branches: after, ..union }, out);
    true
}

fn is_anything(shape: &Merged) -> bool {
    shape.types.len() == 6 && shape.values.is_none()
}

/// Compares the unions of two shapes.
pub(super) fn compare(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    let tagged = &Tagged::new(pair, a, b);
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
            Some(idx) => branches(tagged, union, left.remove(idx), out),
            None => lone.push(union),
        }
    }
    for union in lone {
        if let (true, Some(single)) = (left.is_empty(), b.singles.first()) {
            branches(tagged, union, single, out);
        } else if left.is_empty() {
            out.push(Keyword::Union, Effect::Widens, name(union), format!("`{}` is gone", name(union)));
        } else {
            branches(tagged, union, left.remove(0), out);
        }
    }
    for union in left {
        if let (true, Some(single)) = (a.unions.is_empty(), a.singles.first()) {
            branches(tagged, single, union, out);
            continue;
        }
        out.push(Keyword::Union, Effect::Narrows, name(union), format!("has `{}` now", name(union)));
    }
    discriminators(pair, a, b, out);
}

fn name(union: &Union) -> &'static str {
    if union.one { "oneOf" } else { "anyOf" }
}

fn branches(tagged: &Tagged<'_, '_, '_>, a: &Union, b: &Union, out: &mut Difference) {
    let pair = tagged.pair;
    match (a.one, b.one) {
        (true, false) if !is_disjoint(pair.old, a) => {
            out.push(
                Keyword::Union,
                Effect::Widens,
                "anyOf",
                "several branches may hold at once: `oneOf` is `anyOf` now",
            );
        }
        (false, true) if !is_disjoint(pair.new, b) => {
            out.push(Keyword::Union, Effect::Narrows, "oneOf", "only one branch may hold: `anyOf` is `oneOf` now");
        }
        _ => {}
    }
    let (a, b) = (&flat(pair.old, a, 0), &flat(pair.new, b, 0));
    let Matched { pairs, old, new } = matched(pair, (&a.branches, &b.branches), &|x, y| tagged.is_same(x, y));
    let kept: Vec<SchemaId> = pairs.iter().map(|(x, _)| *x).collect();
    let one = a.one || b.one;
    for (x, y) in pairs {
        // In `oneOf`, a branch that allows more may take instances away from another one, and one that allows less gives
        // them back.
        let were = || a.branches.iter().any(|it| overlap(pair.old, *it, x));
        let are = || b.one && !b.tagged && b.branches.iter().any(|it| overlap(pair.new, *it, y));
        let overlaps = one && !is_same(pair, x, y) && (were() || are());
        let variance = if overlaps { Variance::Either } else { Variance::With };
        out.branch(Step::Words(title(pair.new, y)), vec![x], vec![y], variance);
    }
    let is_held = old.len() <= HELD && new.len() <= HELD;
    for id in old {
        let is_taken = |it: &SchemaId| is_free(pair, (id, *it), Effect::Narrows) && is_apart(pair.new, b, *it);
        if !(is_held && b.branches.iter().any(is_taken)) {
            let message = format!("the branch {} of `{}` is gone", title(pair.old, id), name(a));
            out.push(Keyword::Union, Effect::Narrows, name(a), message).candidates.extend(simple(pair.old, id));
        }
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
        let was_there = |it: &SchemaId| is_free(pair, (*it, id), Effect::Widens) && is_apart(pair.old, a, *it);
        if !(is_held && a.branches.iter().any(was_there)) {
            let message = format!("`{}` has the new branch {}", name(b), title(pair.new, id));
            out.push(Keyword::Union, Effect::Widens, name(b), message).candidates.extend(simple(pair.new, id));
        }
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

/// Whether what a branch takes is valid, whatever the other branches take.
fn is_apart(shapes: &Shapes<'_>, union: &Union, branch: SchemaId) -> bool {
    !union.one || !union.branches.iter().any(|it| overlap(shapes, *it, branch))
}

/// A union with the branches of the unions in it, where that makes no difference.
fn flat(shapes: &Shapes<'_>, union: &Union, depth: usize) -> Union {
    const DEEPEST: usize = 8;
    let inner = |id: SchemaId| {
        let shape = shapes.shape(&[id]);
        let is_inline = shapes.component(&[id]).is_none() && !shape.null && says_itself(shapes, &shape);
        let bare =
            (is_inline && depth < DEEPEST && shape.is_bare_union()).then(|| flat(shapes, &shape.unions[0], depth + 1));
        let others = || union.branches.iter().filter(|it| **it != id);
        // One of several, of which one holds: the others must not hold beside those of the branch.
        let is_told_apart = |it: &Union| it.branches.iter().all(|x| !others().any(|y| overlap(shapes, *x, *y)));
        bare.filter(|it| if union.one { it.one && is_told_apart(it) } else { !it.one || is_disjoint(shapes, it) })
    };
    let branches = union.branches.iter().flat_map(|id| inner(*id).map_or_else(|| vec![*id], |it| it.branches));
    Union { branches: branches.collect(), ..union.clone() }
}

/// Whether no two branches hold at once, as far as can be told.
fn is_disjoint(shapes: &Shapes<'_>, union: &Union) -> bool {
    const MOST: usize = 60;
    union.branches.len() <= MOST
        && union.branches.iter().all(|it| is_apart(shapes, &Union { one: true, ..union.clone() }, *it))
}

/// Two documents, and which tags name which branches in both.
struct Tagged<'p, 'a, 's> {
    pair: &'p Pair<'a, 's>,
    /// Each tag that names a branch on both sides, which are the same property.
    branches: Vec<(SchemaId, SchemaId)>,
}

impl<'p, 'a, 's> Tagged<'p, 'a, 's> {
    fn new(pair: &'p Pair<'a, 's>, a: &Merged, b: &Merged) -> Self {
        let branches = match (&a.discriminator, &b.discriminator) {
            (Some((property, before, _)), Some((other, after, _))) if property == other => {
                let both = before.iter().filter_map(|(tag, old)| Some((*old, *after.get(tag)?)));
                both.collect()
            }
            _ => Vec::new(),
        };
        Self { pair, branches }
    }

    /// Whether one tag names both branches, which stand behind references.
    fn is_same(&self, old: SchemaId, new: SchemaId) -> bool {
        let target = |shapes: &Shapes<'_>, id: SchemaId| shapes.schema(id).reference.unwrap_or(id);
        let (x, y) = (target(self.pair.old, old), target(self.pair.new, new));
        let fits = |(before, after): &(SchemaId, SchemaId)| {
            target(self.pair.old, *before) == x && target(self.pair.new, *after) == y
        };
        self.branches.iter().any(fits)
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
    if disjoint(a.values.as_ref(), b.values.as_ref()) {
        return false;
    }
    // A property that both must have and that never has the same value tells them apart.
    let tag = a.required.intersection(&b.required).any(|name| {
        let (x, y) = (shapes.shape(&shapes.property(&a, name)), shapes.shape(&shapes.property(&b, name)));
        disjoint(x.values.as_ref(), y.values.as_ref()) || x.types.intersection(&y.types).next().is_none()
    });
    // What one must have and the other refuses does too.
    let refuses = |a: &Merged, b: &Merged| a.required.iter().any(|name| shapes.is_never(&shapes.property(b, name)));
    !(tag || refuses(&a, &b) || refuses(&b, &a))
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

/// Whether the branches themselves insist on all that the discriminator says, if there is one.
fn says_itself(shapes: &Shapes<'_>, shape: &Merged) -> bool {
    let Some((property, mapping, default)) = &shape.discriminator else { return true };
    default.is_none()
        && mapping.iter().all(|(tag, id)| {
            let branch = shapes.shape(&[*id]);
            let values = &shapes.shape(&shapes.property(&branch, property)).values;
            let is_tag = |it: &Json| it.as_str().map_or_else(|| it.to_string(), str::to_owned).eq(tag);
            branch.required.contains(property) && matches!(values.as_deref(), Some([value]) if is_tag(value))
        })
}

fn discriminators(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    let (Some((old, before, old_default)), Some((new, after, new_default))) = (&a.discriminator, &b.discriminator)
    else {
        let says_more = !(says_itself(pair.old, a) && says_itself(pair.new, b));
        if a.discriminator.is_some() != b.discriminator.is_some() && says_more {
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
            // The same name is the same branch, which is compared with the others.
            Some(target) if pair.old.component(&[*id]) != pair.new.component(&[*target]) => {
                out.branch(Step::Words(format!("tag `{tag}`")), vec![*id], vec![*target], Variance::With);
            }
            Some(_) => {}
        }
    }
    for tag in after.keys().filter(|tag| !before.contains_key(*tag)) {
        let message = format!("the tag `{tag}` names a branch now");
        out.push(Keyword::Discriminator, Effect::Widens, "discriminator", message);
    }
}
