//! What is inside an instance: the items of an array, the properties of an object.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::compare::{Around, Difference, Pair, Step, Variance};
use super::instances::sample;
use super::rules::{self, Effect, Keyword, Travel};
use super::scalars::{counts, length};
use super::shape::{Merged, Node, Shapes, matches};
use crate::ir::Type;

use Effect::{Narrows, Widens};

pub(super) fn arrays(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    let sizes = ((a.min_items, a.max_items), (b.min_items, b.max_items));
    let sample = |it: u64| Json::Array((0..length(it)).map(Json::from).collect());
    counts(out, Keyword::Items, ["minItems", "maxItems"], sizes, &sample);
    match (a.unique, b.unique) {
        (false, true) => {
            out.push(Keyword::Unique, Narrows, "uniqueItems", "items must differ now")
                .show([json!([1, 1]), json!(["a", "a"])]);
        }
        (true, false) => {
            out.push(Keyword::Unique, Widens, "uniqueItems", "items may repeat now")
                .show([json!([1, 1]), json!(["a", "a"])]);
        }
        _ => {}
    }
    let both = a.types.contains(&Type::Array) && b.types.contains(&Type::Array);
    if !both {
        return;
    }
    let most = a.prefix.max(b.prefix);
    for idx in 0..most {
        out.child(Step::Item(idx), pair.old.item(a, idx), pair.new.item(b, idx), Variance::With);
    }
    out.child(Step::Items, pair.old.item(a, most), pair.new.item(b, most), Variance::With);
    if let (Some(old), Some(new)) = (pair.old.unevaluated_items(a), pair.new.unevaluated_items(b)) {
        out.child(Step::Words("unevaluatedItems".to_owned()), old, new, Variance::With);
    }
    for idx in 0..a.contains.len().max(b.contains.len()) {
        match (a.contains.get(idx), b.contains.get(idx)) {
            (Some((old, min, max)), Some((new, least, most))) => {
                let counted = ((*min, *max), (*least, *most));
                counts(out, Keyword::Contains, ["minContains", "maxContains"], counted, &|_| Json::Null);
                let variance = if max.or(*most).is_some() { Variance::Either } else { Variance::With };
                out.child(Step::Words("contains".to_owned()), vec![*old], vec![*new], variance);
            }
            (None, Some(_)) => {
                out.push(Keyword::Contains, Narrows, "contains", "the array must contain something now")
                    .show([json!([])]);
            }
            (Some(_), None) => {
                let message = "the array need not contain anything any more";
                out.push(Keyword::Contains, Widens, "contains", message).show([json!([])]);
            }
            (None, None) => {}
        }
    }
}

pub(super) fn objects(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    let both = a.types.contains(&Type::Object) && b.types.contains(&Type::Object);
    if !both {
        return;
    }
    let sizes = ((a.min_properties, a.max_properties), (b.min_properties, b.max_properties));
    let sample = |it: u64| Json::Object((0..it).map(|idx| (format!("p{idx}"), Json::from(idx))).collect());
    counts(out, Keyword::Properties, ["minProperties", "maxProperties"], sizes, &sample);
    required(pair, a, b, out);
    properties(pair, a, b, out);
    rest(pair, a, b, out);
    for pattern in a.patterned.union(&b.patterned) {
        patterned(pair, pattern, a, b, out);
    }
    out.child(
        Step::Words("property names".to_owned()),
        pair.old.property_names(a),
        pair.new.property_names(b),
        Variance::With,
    );
    if let (Some(old), Some(new)) = (pair.old.unevaluated_properties(a), pair.new.unevaluated_properties(b)) {
        out.child(Step::Words("unevaluatedProperties".to_owned()), old, new, Variance::With);
    }
    dependencies(pair, a, b, out);
}

/// Properties that the schema does not name.
fn rest(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    let (rest_a, rest_b) = (pair.old.rest(a), pair.new.rest(b));
    let key = |is_left: bool| if is_left { "unevaluatedProperties" } else { "additionalProperties" };
    // Where the object around is closed, what a branch does not know is refused there.
    let refused = |shapes: &Shapes<'_>, rest: &Node, around: Option<&Node>| {
        shapes.is_never(rest) || rest.is_empty() && around.is_some_and(|it| shapes.refuses_rest(it))
    };
    let was_refused = refused(pair.old, &rest_a, pair.around.as_ref().map(|it| &it.0));
    match (was_refused, refused(pair.new, &rest_b, pair.around.as_ref().map(|it| &it.1))) {
        (false, true) => {
            let message = "properties that the schema does not name are refused now";
            let key = key(!pair.new.unevaluated_rest(b).is_empty());
            out.push(Keyword::Additional, Narrows, key, message).show([json!({"unknown": 1})]);
        }
        (true, false) => {
            let message = "properties that the schema does not name are allowed now";
            let key = key(!pair.old.unevaluated_rest(a).is_empty());
            out.push(Keyword::Additional, Widens, key, message).show([json!({"unknown": 1})]);
        }
        (true, true) => {}
        (false, false) => out.child(Step::Property("*".to_owned()), rest_a, rest_b, Variance::With),
    }
}

/// Properties whose names follow a pattern. Where one side does not list it, they are what other properties are there.
fn patterned(pair: &Pair<'_, '_>, pattern: &str, a: &Merged, b: &Merged, out: &mut Difference) {
    let step = Step::Words(format!("properties like /{pattern}/"));
    if a.patterned.contains(pattern) && b.patterned.contains(pattern) {
        let (old, new) = (pair.old.pattern_property(a, pattern), pair.new.pattern_property(b, pattern));
        out.child(step, old, new, Variance::With);
        return;
    }
    let names = names_like(pattern);
    let covers = |it: &str| it == pattern || !names.is_empty() && names.iter().all(|name| matches(it, name));
    let (old, new) = (pair.old.covered_property(a, &covers), pair.new.covered_property(b, &covers));
    let shown = |shapes, node: &Node| {
        let value = sample(shapes, node).unwrap_or_else(|| json!(1));
        names.iter().map(|name| json!({ name.as_str(): value })).collect::<Vec<_>>()
    };
    let refused = |shapes: &Shapes<'_>, node: &Node, around: Option<&Node>| {
        shapes.is_never(node) || node.is_empty() && around.is_some_and(|it| shapes.refuses_pattern(it, &covers))
    };
    let was_refused = refused(pair.old, &old, pair.around.as_ref().map(|it| &it.0));
    let is_refused = refused(pair.new, &new, pair.around.as_ref().map(|it| &it.1));
    match (was_refused, is_refused) {
        (false, true) => {
            let message = format!("properties like /{pattern}/ are refused now");
            out.push(Keyword::Property, Narrows, "patternProperties", message).show(shown(pair.old, &old));
        }
        (true, false) => {
            let message = format!("properties like /{pattern}/ may be there now, which were ruled out");
            out.push(Keyword::Property, Widens, "patternProperties", message).show(shown(pair.new, &new));
        }
        (true, true) => {}
        (false, false) => out.child(step, old, new, Variance::With),
    }
}

/// A few names that follow a pattern, unlike each other, so that a pattern that they all follow is likely to cover it.
fn names_like(pattern: &str) -> Vec<String> {
    const LONGEST: usize = 64;
    let made = |least: usize| crate::samples::matching_text(&[pattern], least..=LONGEST, "");
    let mut all: Vec<String> = [1, 4, 12].into_iter().filter_map(made).collect();
    let ends = ["a", "Z", "0", "-", "_", ".", " "];
    let edited =
        all.iter().flat_map(|name| ends.iter().flat_map(move |it| [format!("{name}{it}"), format!("{it}{name}")]));
    let edited: Vec<_> = edited.filter(|it| matches(pattern, it)).collect();
    all.extend(edited);
    all.dedup();
    all
}

fn required(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    let hidden = |name: &str| {
        pair.old.is_hidden(&pair.old.property(a, name), pair.direction)
            || pair.new.is_hidden(&pair.new.property(b, name), pair.direction)
    };
    for name in b.required.difference(&a.required).filter(|it| !hidden(it)) {
        let new = !a.properties.contains(name) && b.properties.contains(name);
        let message =
            if new { format!("the new property `{name}` is required") } else { format!("`{name}` is required now") };
        out.push(Keyword::Required, Narrows, "required", message)
            .about(name)
            .values("optional", "required")
            .show([json!({})]);
    }
    for name in a.required.difference(&b.required).filter(|it| !hidden(it)) {
        let gone = a.properties.contains(name) && !b.properties.contains(name);
        let message = if gone {
            format!("the required property `{name}` is gone")
        } else {
            format!("`{name}` may be missing now")
        };
        out.push(Keyword::Required, Widens, "required", message)
            .about(name)
            .values("required", "optional")
            .show([json!({})]);
    }
}

fn properties(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    let added = b.properties.iter().filter(|name| !a.properties.contains(name));
    for name in a.properties.iter().chain(added) {
        let (old, new) = (pair.old.property(a, name), pair.new.property(b, name));
        let (was_hidden, is_hidden) =
            (pair.old.is_hidden(&old, pair.direction), pair.new.is_hidden(&new, pair.direction));
        match (a.properties.contains(name), b.properties.contains(name)) {
            (true, true) => {
                hiding(pair.direction, name, (was_hidden, is_hidden), b.required.contains(name), out);
                if !(was_hidden && is_hidden) {
                    out.child(Step::Property(name.clone()), old, new, Variance::With);
                }
            }
            (true, false) if !was_hidden => removed(pair, name, (a, &old), (b, &new), out),
            (false, true) if !is_hidden => appeared(pair, name, (a, &old), (b, &new), out),
            _ => {}
        }
    }
}

/// A property that is not known any more: refused where the schema is closed.
fn removed(
    pair: &Pair<'_, '_>,
    name: &str,
    (a, old): (&Merged, &Node),
    (b, new): (&Merged, &Node),
    out: &mut Difference,
) {
    if b.conjuncts.is_empty() {
        out.push(Keyword::Property, Widens, "properties", format!("`{name}` need not follow a schema any more"))
            .about(name);
        return;
    }
    let is_closed = new.is_empty() && pair.around.as_ref().is_some_and(|(_, it)| pair.new.refuses_property(it, name));
    let refused = (is_closed || pair.new.is_never(new)) && !pair.old.is_never(old);
    if refused && pair.direction == Travel::Request {
        let message = format!("the property `{name}` is refused now");
        out.push(Keyword::Property, Narrows, "properties", message)
            .about(name)
            .show([json!({ name: 1 }), json!({ name: "a" })]);
    } else if pair.direction == Travel::Response && !a.required.contains(name) {
        out.plain(&rules::PROPERTY_REMOVED_RESPONSE, "properties", format!("the property `{name}` is gone"))
            .about(name);
    } else if pair.direction == Travel::Request {
        let message = format!("the property `{name}` has no meaning any more");
        out.plain(&rules::PROPERTY_REMOVED_REQUEST, "properties", message).about(name);
    } else if pair.direction == Travel::Unused {
        let message = format!("the property `{name}` is gone");
        out.push(Keyword::Property, Widens, "properties", message).about(name);
    } else if b.required.contains(name) {
        // It is still there always, and nobody says any more what it is.
        out.push(Keyword::Property, Widens, "properties", format!("`{name}` need not follow a schema any more"))
            .about(name)
            .show([json!({ name: 1 }), json!({ name: "a" })]);
    }
    // What other properties may be is what this one may be now.
    if !new.is_empty() && !refused {
        out.child(Step::Property(name.to_owned()), old.clone(), new.clone(), Variance::With);
    }
}

/// A property that was not known before.
fn appeared(
    pair: &Pair<'_, '_>,
    name: &str,
    (a, old): (&Merged, &Node),
    (b, new): (&Merged, &Node),
    out: &mut Difference,
) {
    if a.conjuncts.is_empty() {
        out.push(Keyword::Property, Narrows, "properties", format!("`{name}` must follow a schema now")).about(name);
        return;
    }
    let is_closed = |around: &Around| pair.old.refuses_property(&around.0, name);
    // A branch may know it, and need not hold.
    let may_refuse = || pair.old.may_refuse_property(a, name);
    let was_closed = old.is_empty() && (pair.around.as_ref().is_some_and(is_closed) || may_refuse());
    let was_refused = was_closed || pair.old.is_never(old);
    if was_refused && pair.direction == Travel::Response {
        let message = format!("the property `{name}` may be there now, which was ruled out");
        out.push(Keyword::Property, Widens, "properties", message).about(name);
    } else if pair.direction == Travel::Unused {
        out.push(Keyword::Property, Widens, "properties", format!("the property `{name}` is new")).about(name);
    } else if !b.required.contains(name) {
        let response = pair.direction == Travel::Response;
        let rule = if response { &rules::PROPERTY_ADDED_RESPONSE } else { &rules::PROPERTY_ADDED_REQUEST };
        out.plain(rule, "properties", format!("has a new optional property `{name}`")).about(name);
    } else if pair.direction == Travel::Response {
        let message = format!("has a new property `{name}`, which is always there");
        out.plain(&rules::PROPERTY_ADDED_RESPONSE, "properties", message).about(name);
    } else if a.required.contains(name) {
        // It was there always, and could be anything.
        out.push(Keyword::Property, Narrows, "properties", format!("`{name}` must follow a schema now"))
            .about(name)
            .show([json!({ name: 1 }), json!({ name: "a" })]);
    }
    if !old.is_empty() && !was_refused {
        out.child(Step::Property(name.to_owned()), old.clone(), new.clone(), Variance::With);
    }
}

fn hiding(direction: Travel, name: &str, (was, is): (bool, bool), required: bool, out: &mut Difference) {
    match (direction, was, is) {
        (Travel::Request, false, true) => {
            let message = format!("`{name}` is `readOnly` now");
            out.plain(&rules::PROPERTY_BECAME_READ_ONLY, "properties", message).about(name);
        }
        (Travel::Request, true, false) if required => {
            let message = format!("`{name}` is not `readOnly` any more, and required");
            out.push(Keyword::Required, Narrows, "properties", message).about(name).show([json!({})]);
        }
        (Travel::Request, true, false) => {
            let message = format!("`{name}` is not `readOnly` any more");
            out.plain(&rules::PROPERTY_BECAME_WRITABLE, "properties", message).about(name);
        }
        (Travel::Response, false, true) => {
            let message = format!("`{name}` is `writeOnly` now");
            out.plain(&rules::PROPERTY_BECAME_WRITE_ONLY, "properties", message).about(name);
        }
        (Travel::Response, true, false) => {
            let message = format!("`{name}` is not `writeOnly` any more");
            out.plain(&rules::PROPERTY_BECAME_READABLE, "properties", message).about(name);
        }
        _ => {}
    }
}

fn dependencies(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    let none = BTreeSet::new();
    let names: BTreeSet<_> = a.dependent.keys().chain(b.dependent.keys()).collect();
    for name in names {
        let (before, after) = (a.dependent.get(name).unwrap_or(&none), b.dependent.get(name).unwrap_or(&none));
        for needed in after.difference(before) {
            let message = format!("with `{name}`, `{needed}` is required now");
            out.push(Keyword::Dependencies, Narrows, "dependentRequired", message).show([json!({ name.as_str(): 1 })]);
        }
        for needed in before.difference(after) {
            let message = format!("with `{name}`, `{needed}` may be missing now");
            out.push(Keyword::Dependencies, Widens, "dependentRequired", message).show([json!({ name.as_str(): 1 })]);
        }
    }
    for name in a.dependent_schemas.union(&b.dependent_schemas) {
        let (old, new) = (pair.old.dependent_schema(a, name), pair.new.dependent_schema(b, name));
        out.branch(Step::Words(format!("where `{name}` is there")), old, new, Variance::With);
    }
}
