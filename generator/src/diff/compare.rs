//! Two shapes, side by side: what an instance had to be and has to be now, and the pairs of schemas inside it.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::rules::{self, Direction, Effect, Keyword, Rule};
use super::shape::{Bound, Node, Shape, Shapes};
use super::unions;
use crate::ir::{SchemaId, Type};

use Effect::{Narrows, Widens};

/// What a change is, before its direction makes a rule of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    /// Fewer or more instances are valid.
    Set(Keyword, Effect),
    /// Something that has a rule of its own.
    Plain(&'static Rule),
}

/// One change of a schema.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) what: What,
    pub(super) message: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// The keyword that says it, as it stands in the documents.
    pub(super) key: &'static str,
    /// The property that it is about, where the finding is about one rather than about the schema.
    pub(super) property: Option<String>,
    /// Instances that may show it.
    pub(super) candidates: Vec<Json>,
}

/// How the validity of an instance depends on what is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Variance {
    /// The more is valid inside, the more is valid.
    With,
    /// The more is valid inside, the less is valid.
    Against,
    /// Both may happen.
    Either,
}

/// The way from a schema to one inside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// A property.
    Property(String),
    /// Every item.
    Items,
    /// The item at a position.
    Item(usize),
    /// Anything else, in words; the instance stays the same.
    Words(String),
}

/// A pair of schemas inside.
#[derive(Debug, Clone)]
pub(super) struct Child {
    pub(super) step: Step,
    pub(super) old: Node,
    pub(super) new: Node,
    pub(super) variance: Variance,
}

/// What differs between two shapes.
#[derive(Debug, Default)]
pub(super) struct Difference {
    pub(super) changes: Vec<Change>,
    pub(super) children: Vec<Child>,
}

/// Two documents and a direction.
pub(super) struct Pair<'a, 's> {
    pub(super) old: &'s Shapes<'a>,
    pub(super) new: &'s Shapes<'a>,
    pub(super) direction: Direction,
}

impl Difference {
    pub(super) fn push(
        &mut self,
        keyword: Keyword,
        effect: Effect,
        key: &'static str,
        message: impl Into<String>,
    ) -> &mut Change {
        self.add(What::Set(keyword, effect), key, message)
    }

    fn plain(&mut self, rule: &'static Rule, key: &'static str, message: impl Into<String>) -> &mut Change {
        self.add(What::Plain(rule), key, message)
    }

    fn add(&mut self, what: What, key: &'static str, message: impl Into<String>) -> &mut Change {
        let message = message.into();
        let change = Change { what, message, before: None, after: None, key, property: None, candidates: Vec::new() };
        self.changes.push(change);
        let last = self.changes.len() - 1;
        &mut self.changes[last]
    }

    pub(super) fn child(&mut self, step: Step, old: Node, new: Node, variance: Variance) {
        if !(old.is_empty() && new.is_empty()) {
            self.children.push(Child { step, old, new, variance });
        }
    }
}

impl Change {
    fn values(&mut self, before: impl ToString, after: impl ToString) -> &mut Self {
        (self.before, self.after) = (Some(before.to_string()), Some(after.to_string()));
        self
    }

    fn show(&mut self, candidates: impl IntoIterator<Item = Json>) -> &mut Self {
        self.candidates.extend(candidates);
        self
    }

    fn about(&mut self, property: &str) -> &mut Self {
        self.property = Some(property.to_owned());
        self
    }
}

/// Compares two sets of schemas; what is inside them is left to the caller, as children.
pub(super) fn compare(pair: &Pair<'_, '_>, old: &[SchemaId], new: &[SchemaId]) -> Difference {
    let (a, b) = (pair.old.of(old), pair.new.of(new));
    let mut out = Difference::default();
    if unions::wrapped(pair, (old, &a), (new, &b), &mut out) {
        annotations(pair, &a, &b, &mut out);
        return out;
    }
    types(&a, &b, &mut out);
    values(&a, &b, &mut out);
    numbers(&a, &b, &mut out);
    texts(&a, &b, &mut out);
    arrays(pair, &a, &b, &mut out);
    objects(pair, &a, &b, &mut out);
    unions::compare(pair, &a, &b, &mut out);
    logic(pair, &a, &b, &mut out);
    annotations(pair, &a, &b, &mut out);
    out
}

fn types(a: &Shape, b: &Shape, out: &mut Difference) {
    let words = |types: &BTreeSet<Type>| match types.len() {
        0 => "nothing".to_owned(),
        6 => "any type".to_owned(),
        _ => {
            let number = types.contains(&Type::Number);
            let shown = types.iter().filter(|it| !(number && **it == Type::Integer));
            shown.map(|it| format!("`{}`", it.as_str())).collect::<Vec<_>>().join(" or ")
        }
    };
    let (before, after) = (words(&a.types), words(&b.types));
    let sample = |ty: &Type| match ty {
        Type::Null => Json::Null,
        Type::Boolean => true.into(),
        Type::Integer => 1.into(),
        Type::Number => 1.5.into(),
        Type::String => "a".into(),
        Type::Array => json!([]),
        Type::Object => json!({}),
    };
    let lost: Vec<_> = a.types.difference(&b.types).map(sample).collect();
    let won: Vec<_> = b.types.difference(&a.types).map(sample).collect();
    if !lost.is_empty() {
        let change = out.push(Keyword::Type, Narrows, "type", format!("was {before} and is {after} now"));
        change.values(&before, &after).show(lost);
    }
    if !won.is_empty() {
        let change = out.push(Keyword::Type, Widens, "type", format!("was {before} and may be {after} now"));
        change.values(&before, &after).show(won);
    }
    match (a.null, b.null) {
        (true, false) => {
            out.push(Keyword::Null, Narrows, "type", "may not be `null` any more")
                .values("nullable", "not nullable")
                .show([Json::Null]);
        }
        (false, true) => {
            out.push(Keyword::Null, Widens, "type", "may be `null` now")
                .values("not nullable", "nullable")
                .show([Json::Null]);
        }
        _ => {}
    }
}

fn list(values: &[Json]) -> String {
    const SHOWN: usize = 8;
    let mut shown: Vec<_> = values.iter().take(SHOWN).map(|it| format!("`{it}`")).collect();
    if values.len() > SHOWN {
        shown.push(format!("{} more", values.len() - SHOWN));
    }
    shown.join(", ")
}

fn values(a: &Shape, b: &Shape, out: &mut Difference) {
    match (&a.values, &b.values) {
        (Some(before), Some(after)) => {
            let lost: Vec<_> = before.iter().filter(|it| !after.contains(it)).cloned().collect();
            let won: Vec<_> = after.iter().filter(|it| !before.contains(it)).cloned().collect();
            if !lost.is_empty() {
                let message = format!("may not be {} any more", list(&lost));
                out.push(Keyword::Values, Narrows, "enum", message).values(list(before), list(after)).show(lost);
            }
            if !won.is_empty() {
                let message = format!("may be {} now", list(&won));
                out.push(Keyword::Values, Widens, "enum", message).values(list(before), list(after)).show(won);
            }
        }
        (None, Some(after)) => {
            let message = format!("must be one of {} now", list(after));
            let change = out.push(Keyword::Values, Narrows, "enum", message);
            change.values("any value", list(after)).show([json!("another"), json!(-1), json!({}), json!([])]);
        }
        (Some(before), None) => {
            let message = format!("need not be one of {} any more", list(before));
            let change = out.push(Keyword::Values, Widens, "enum", message);
            change.values(list(before), "any value").show([json!("another"), json!(-1), json!({}), json!([])]);
        }
        (None, None) => {}
    }
    let lost: Vec<_> = a.known_values.difference(&b.known_values).map(|it| Json::from(it.as_str())).collect();
    let won: Vec<_> = b.known_values.difference(&a.known_values).map(|it| Json::from(it.as_str())).collect();
    if !lost.is_empty() {
        out.plain(&rules::KNOWN_VALUE_REMOVED, "x-extensible-enum", format!("no longer names {}", list(&lost)));
    }
    if !won.is_empty() {
        out.plain(&rules::KNOWN_VALUES_CHANGED, "x-extensible-enum", format!("names {} too", list(&won)));
    }
}

/// Says what became of a bound: absent is the loosest.
fn bound<'o>(
    out: &'o mut Difference,
    keyword: Keyword,
    key: &'static str,
    (before, after): (Option<String>, Option<String>),
    effect: Effect,
) -> &'o mut Change {
    let message = match (&before, &after) {
        (None, Some(after)) => format!("has {} `{key}` of {after} now", article(key)),
        (Some(before), None) => format!("has no `{key}` any more; it was {before}"),
        (before, after) => {
            let text = |it: &Option<String>| it.clone().unwrap_or_default();
            format!("`{key}` went from {} to {}", text(before), text(after))
        }
    };
    let change = out.push(keyword, effect, key, message);
    (change.before, change.after) = (before, after);
    change
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// The effect of a change of a lower bound: to raise it is to narrow.
fn raised<T: PartialOrd>(before: T, after: T) -> Option<Effect> {
    if after > before {
        Some(Narrows)
    } else if after < before {
        Some(Widens)
    } else {
        None
    }
}

fn numbers(a: &Shape, b: &Shape, out: &mut Difference) {
    let order =
        |it: &Option<Bound>| it.as_ref().map_or((f64::NEG_INFINITY, false), |it| (it.number.as_f64(), it.exclusive));
    let text = |it: &Option<Bound>| {
        it.as_ref().map(|it| format!("{}{}", it.number.as_str(), if it.exclusive { " (exclusive)" } else { "" }))
    };
    let near = |bounds: [&Option<Bound>; 2]| {
        let all = bounds.into_iter().flatten().map(|it| it.number.as_f64());
        all.flat_map(|it| [it, it + 1.0, it - 1.0, it + 0.5, it - 0.5]).map(number).collect::<Vec<_>>()
    };
    if let Some(effect) = raised(order(&a.lower), order(&b.lower)) {
        let change = bound(out, Keyword::Range, "minimum", (text(&a.lower), text(&b.lower)), effect);
        change.show(near([&a.lower, &b.lower])).show([json!(0), json!(-1)]);
    }
    // A mirror: the same order with the signs turned.
    let mirrored =
        |it: &Option<Bound>| it.as_ref().map_or((f64::NEG_INFINITY, false), |it| (-it.number.as_f64(), it.exclusive));
    if let Some(effect) = raised(mirrored(&a.upper), mirrored(&b.upper)) {
        let change = bound(out, Keyword::Range, "maximum", (text(&a.upper), text(&b.upper)), effect);
        change.show(near([&a.upper, &b.upper])).show([json!(1_000_000)]);
    }
    if a.multiples != b.multiples {
        let words = |all: &BTreeSet<String>| {
            if all.is_empty() { "any number".to_owned() } else { all.iter().cloned().collect::<Vec<_>>().join(" and ") }
        };
        for (effect, changed) in [
            (Narrows, b.multiples.difference(&a.multiples).next().is_some()),
            (Widens, a.multiples.difference(&b.multiples).next().is_some()),
        ] {
            if changed {
                let (before, after) = (words(&a.multiples), words(&b.multiples));
                let message = format!("`multipleOf` went from {before} to {after}");
                let change = out.push(Keyword::Multiple, effect, "multipleOf", message);
                change.values(before, after).show((1..=12).map(Json::from)).show([json!(0.5), json!(0.1), json!(0.01)]);
            }
        }
    }
}

/// A whole number is written without a fraction.
#[expect(clippy::cast_possible_truncation, reason = "only whole numbers within 2^53 are converted")]
fn number(value: f64) -> Json {
    if value.fract() == 0.0 && value.abs() < 9e15 { json!(value as i64) } else { json!(value) }
}

/// Minimum and maximum of something that is counted.
fn counts(
    out: &mut Difference,
    keyword: Keyword,
    keys: [&'static str; 2],
    (a, b): ((u64, Option<u64>), (u64, Option<u64>)),
    sample: &dyn Fn(u64) -> Json,
) {
    let near = |counts: [u64; 2]| {
        let small = counts.into_iter().filter(|it| *it < 5_000);
        small.flat_map(|it| [it, it + 1, it.saturating_sub(1)]).map(sample).collect::<Vec<_>>()
    };
    let given = |it: u64| (it > 0).then(|| it.to_string());
    if let Some(effect) = raised(a.0, b.0) {
        bound(out, keyword, keys[0], (given(a.0), given(b.0)), effect).show(near([a.0, b.0]));
    }
    let most = |it: Option<u64>| it.unwrap_or(u64::MAX);
    if let Some(effect) = raised(most(b.1), most(a.1)) {
        let text = |it: Option<u64>| it.map(|it| it.to_string());
        bound(out, keyword, keys[1], (text(a.1), text(b.1)), effect).show(near([most(a.1), most(b.1)]));
    }
}

fn length(count: u64) -> usize {
    usize::try_from(count).unwrap_or_default()
}

fn texts(a: &Shape, b: &Shape, out: &mut Difference) {
    let lengths = ((a.min_length, a.max_length), (b.min_length, b.max_length));
    counts(out, Keyword::Length, ["minLength", "maxLength"], lengths, &|it| "a".repeat(length(it)).into());
    let samples = || ["", "a", "A", "1", "a1", "-", " ", "example"].map(Json::from);
    sets(out, Keyword::Pattern, "pattern", (&a.patterns, &b.patterns)).for_each(|it| it.candidates.extend(samples()));
    // Every `int32` is an `int64`.
    let only = |it: &BTreeSet<String>, name: &str| it.len() == 1 && it.contains(name);
    match (only(&a.formats, "int32"), only(&b.formats, "int64"), only(&a.formats, "int64"), only(&b.formats, "int32")) {
        (true, true, ..) => {
            out.push(Keyword::Format, Widens, "format", "`format` went from int32 to int64").values("int32", "int64");
        }
        (.., true, true) => {
            out.push(Keyword::Format, Narrows, "format", "`format` went from int64 to int32").values("int64", "int32");
        }
        _ => sets(out, Keyword::Format, "format", (&a.formats, &b.formats))
            .for_each(|it| it.candidates.extend(samples())),
    }
    sets(out, Keyword::Content, "contentEncoding", (&a.content, &b.content)).for_each(|_| {});
}

/// What must hold of several: each that is new narrows, each that is gone widens.
fn sets<'o>(
    out: &'o mut Difference,
    keyword: Keyword,
    key: &'static str,
    (a, b): (&BTreeSet<String>, &BTreeSet<String>),
) -> impl Iterator<Item = &'o mut Change> {
    let words = |all: &BTreeSet<String>| all.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" and ");
    let message = match (a.is_empty(), b.is_empty()) {
        (true, false) => format!("must follow the {key} {} now", words(b)),
        (false, true) => format!("need not follow the {key} {} any more", words(a)),
        _ => format!("the {key} went from {} to {}", words(a), words(b)),
    };
    let start = out.changes.len();
    for (effect, from, to) in [(Narrows, b, a), (Widens, a, b)] {
        if from.difference(to).next().is_some() {
            let change = out.push(keyword, effect, key, message.clone());
            change.before = Some(words(a)).filter(|it| !it.is_empty());
            change.after = Some(words(b)).filter(|it| !it.is_empty());
        }
    }
    out.changes[start..].iter_mut()
}

fn arrays(pair: &Pair<'_, '_>, a: &Shape, b: &Shape, out: &mut Difference) {
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
    let words = Step::Words("unevaluatedItems".to_owned());
    out.child(words, pair.old.unevaluated_items(a), pair.new.unevaluated_items(b), Variance::With);
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

fn objects(pair: &Pair<'_, '_>, a: &Shape, b: &Shape, out: &mut Difference) {
    let both = a.types.contains(&Type::Object) && b.types.contains(&Type::Object);
    if !both {
        return;
    }
    let sizes = ((a.min_properties, a.max_properties), (b.min_properties, b.max_properties));
    let sample = |it: u64| Json::Object((0..it).map(|idx| (format!("p{idx}"), Json::from(idx))).collect());
    counts(out, Keyword::Properties, ["minProperties", "maxProperties"], sizes, &sample);
    required(pair, a, b, out);
    properties(pair, a, b, out);
    let (rest_a, rest_b) = (pair.old.rest(a), pair.new.rest(b));
    match (pair.old.is_never(&rest_a), pair.new.is_never(&rest_b)) {
        (false, true) => {
            let message = "properties that the schema does not name are refused now";
            out.push(Keyword::Additional, Narrows, "additionalProperties", message).show([json!({"unknown": 1})]);
        }
        (true, false) => {
            let message = "properties that the schema does not name are allowed now";
            out.push(Keyword::Additional, Widens, "additionalProperties", message).show([json!({"unknown": 1})]);
        }
        (true, true) => {}
        (false, false) => out.child(Step::Property("*".to_owned()), rest_a, rest_b, Variance::With),
    }
    for pattern in a.patterned.union(&b.patterned) {
        let (old, new) = (pair.old.pattern_property(a, pattern), pair.new.pattern_property(b, pattern));
        out.child(Step::Words(format!("properties like /{pattern}/")), old, new, Variance::With);
    }
    out.child(
        Step::Words("property names".to_owned()),
        pair.old.property_names(a),
        pair.new.property_names(b),
        Variance::With,
    );
    let (old, new) = (pair.old.unevaluated_properties(a), pair.new.unevaluated_properties(b));
    out.child(Step::Words("unevaluatedProperties".to_owned()), old, new, Variance::With);
    dependencies(pair, a, b, out);
}

fn required(pair: &Pair<'_, '_>, a: &Shape, b: &Shape, out: &mut Difference) {
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

fn properties(pair: &Pair<'_, '_>, a: &Shape, b: &Shape, out: &mut Difference) {
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
    (a, old): (&Shape, &Node),
    (b, new): (&Shape, &Node),
    out: &mut Difference,
) {
    if b.conjuncts.is_empty() {
        out.push(Keyword::Property, Widens, "properties", format!("`{name}` need not follow a schema any more"))
            .about(name);
        return;
    }
    let refused = pair.new.is_never(new) && !pair.old.is_never(old);
    if refused && pair.direction == Direction::Request {
        let message = format!("the property `{name}` is refused now");
        out.push(Keyword::Property, Narrows, "properties", message)
            .about(name)
            .show([json!({ name: 1 }), json!({ name: "a" })]);
    } else if pair.direction == Direction::Response && !a.required.contains(name) {
        out.plain(&rules::PROPERTY_REMOVED_RESPONSE, "properties", format!("the property `{name}` is gone"))
            .about(name);
    } else if pair.direction == Direction::Request {
        let message = format!("the property `{name}` has no meaning any more");
        out.plain(&rules::PROPERTY_REMOVED_REQUEST, "properties", message).about(name);
    } else if pair.direction == Direction::Unused {
        let message = format!("the property `{name}` is gone");
        out.push(Keyword::Property, Widens, "properties", message).about(name);
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
    (a, old): (&Shape, &Node),
    (b, new): (&Shape, &Node),
    out: &mut Difference,
) {
    if a.conjuncts.is_empty() {
        out.push(Keyword::Property, Narrows, "properties", format!("`{name}` must follow a schema now")).about(name);
        return;
    }
    let was_refused = pair.old.is_never(old);
    if was_refused && pair.direction == Direction::Response {
        let message = format!("the property `{name}` may be there now, which was ruled out");
        out.push(Keyword::Property, Widens, "properties", message).about(name);
    } else if pair.direction == Direction::Unused {
        out.push(Keyword::Property, Widens, "properties", format!("the property `{name}` is new")).about(name);
    } else if !b.required.contains(name) {
        let response = pair.direction == Direction::Response;
        let rule = if response { &rules::PROPERTY_ADDED_RESPONSE } else { &rules::PROPERTY_ADDED_REQUEST };
        out.plain(rule, "properties", format!("has a new optional property `{name}`")).about(name);
    } else if pair.direction == Direction::Response {
        let message = format!("has a new property `{name}`, which is always there");
        out.plain(&rules::PROPERTY_ADDED_RESPONSE, "properties", message).about(name);
    }
    if !old.is_empty() && !was_refused {
        out.child(Step::Property(name.to_owned()), old.clone(), new.clone(), Variance::With);
    }
}

fn hiding(direction: Direction, name: &str, (was, is): (bool, bool), required: bool, out: &mut Difference) {
    match (direction, was, is) {
        (Direction::Request, false, true) => {
            let message = format!("`{name}` is `readOnly` now");
            out.plain(&rules::PROPERTY_BECAME_READ_ONLY, "properties", message).about(name);
        }
        (Direction::Request, true, false) if required => {
            let message = format!("`{name}` is not `readOnly` any more, and required");
            out.push(Keyword::Required, Narrows, "properties", message).about(name).show([json!({})]);
        }
        (Direction::Request, true, false) => {
            let message = format!("`{name}` is not `readOnly` any more");
            out.plain(&rules::PROPERTY_BECAME_WRITABLE, "properties", message).about(name);
        }
        (Direction::Response, false, true) => {
            let message = format!("`{name}` is `writeOnly` now");
            out.plain(&rules::PROPERTY_BECAME_WRITE_ONLY, "properties", message).about(name);
        }
        (Direction::Response, true, false) => {
            let message = format!("`{name}` is not `writeOnly` any more");
            out.plain(&rules::PROPERTY_BECAME_READABLE, "properties", message).about(name);
        }
        _ => {}
    }
}

fn dependencies(pair: &Pair<'_, '_>, a: &Shape, b: &Shape, out: &mut Difference) {
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
        out.child(Step::Words(format!("where `{name}` is there")), old, new, Variance::With);
    }
}

fn logic(pair: &Pair<'_, '_>, a: &Shape, b: &Shape, out: &mut Difference) {
    let _ = pair;
    for idx in 0..a.nots.len().max(b.nots.len()) {
        match (a.nots.get(idx), b.nots.get(idx)) {
            (Some(old), Some(new)) => {
                out.child(Step::Words("not".to_owned()), vec![*old], vec![*new], Variance::Against);
            }
            (None, Some(_)) => {
                out.push(Keyword::Not, Narrows, "not", "something is excluded now");
            }
            (Some(_), None) => {
                out.push(Keyword::Not, Widens, "not", "something is not excluded any more");
            }
            (None, None) => {}
        }
    }
    for idx in 0..a.conditionals.len().max(b.conditionals.len()) {
        match (a.conditionals.get(idx), b.conditionals.get(idx)) {
            (Some(old), Some(new)) => {
                let node = |id: Option<SchemaId>| id.into_iter().collect::<Vec<_>>();
                let words = |word: &str| Step::Words(word.to_owned());
                out.child(words("if"), vec![old.condition], vec![new.condition], Variance::Either);
                out.child(words("then"), node(old.then), node(new.then), Variance::With);
                out.child(words("else"), node(old.otherwise), node(new.otherwise), Variance::With);
            }
            (None, Some(_)) => {
                out.push(Keyword::Condition, Narrows, "if", "a condition was added");
            }
            (Some(_), None) => {
                out.push(Keyword::Condition, Widens, "if", "a condition is gone");
            }
            (None, None) => {}
        }
    }
}

fn annotations(pair: &Pair<'_, '_>, a: &Shape, b: &Shape, out: &mut Difference) {
    if a.default != b.default && pair.direction != Direction::Response {
        let text = |it: &Option<Json>| it.as_ref().map_or("none".to_owned(), |it| format!("`{it}`"));
        let (before, after) = (text(&a.default), text(&b.default));
        let message = format!("the default went from {before} to {after}");
        out.plain(&rules::DEFAULT_CHANGED, "default", message).values(before, after);
    }
    if b.deprecated && !a.deprecated {
        out.plain(&rules::DEPRECATED, "deprecated", "is deprecated now");
    }
}
