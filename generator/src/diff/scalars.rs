//! What an instance itself may be: types, values, bounds, lengths, patterns and formats.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::compare::{Change, Difference};
use super::numbers;
use super::rules::{self, Effect, Keyword};
use super::shape::Merged;
use crate::ir::Type;

use Effect::{Narrows, Widens};

pub(super) fn types(a: &Merged, b: &Merged, out: &mut Difference) {
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
    null(a, b, out);
}

/// Whether `null` is an instance, where that changed.
pub(super) fn null(a: &Merged, b: &Merged, out: &mut Difference) {
    let key = if a.says_nullable || b.says_nullable { "nullable" } else { "type" };
    match (a.null, b.null) {
        (true, false) => {
            out.push(Keyword::Null, Narrows, key, "may not be `null` any more")
                .values("nullable", "not nullable")
                .show([Json::Null]);
        }
        (false, true) => {
            out.push(Keyword::Null, Widens, key, "may be `null` now")
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

pub(super) fn values(a: &Merged, b: &Merged, out: &mut Difference) {
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
pub(super) fn bound<'o>(
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
fn raised<T: PartialOrd + Copy>(before: T, after: T) -> Option<Effect> {
    if after > before {
        Some(Narrows)
    } else if after < before {
        Some(Widens)
    } else {
        None
    }
}

/// Minimum and maximum of something that is counted.
pub(super) fn counts(
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

pub(super) fn length(count: u64) -> usize {
    usize::try_from(count).unwrap_or_default()
}

pub(super) fn texts(a: &Merged, b: &Merged, out: &mut Difference) {
    let lengths = ((a.min_length, a.max_length), (b.min_length, b.max_length));
    counts(out, Keyword::Length, ["minLength", "maxLength"], lengths, &|it| "a".repeat(length(it)).into());
    let samples = || ["", "a", "A", "1", "a1", "-", " ", "example"].map(Json::from);
    sets(out, Keyword::Pattern, "pattern", (&a.patterns, &b.patterns)).for_each(|it| it.candidates.extend(samples()));
    let is_range = numbers::are_ranges(a, b);
    let left = |shape: &Merged| shape.formats.iter().filter(|it| !is_range(it)).cloned().collect::<BTreeSet<_>>();
    let (old, new) = (left(a), left(b));
    match (only(&old), only(&new)) {
        (Some(inner), Some(outer)) if lies_within(inner, outer) => {
            formatted(out, Widens, (&old, &new));
        }
        (Some(outer), Some(inner)) if lies_within(inner, outer) => {
            formatted(out, Narrows, (&old, &new));
        }
        _ => sets(out, Keyword::Format, "format", (&old, &new)).for_each(|it| it.candidates.extend(samples())),
    }
    sets(out, Keyword::Content, "contentEncoding", (&a.content, &b.content)).for_each(|_| {});
}

/// Says what became of formats.
pub(super) fn formatted<'o>(
    out: &'o mut Difference,
    effect: Effect,
    sides: (&BTreeSet<String>, &BTreeSet<String>),
) -> &'o mut Change {
    let change = out.push(Keyword::Format, effect, "format", went("format", sides));
    [change.before, change.after] = [sides.0, sides.1].map(named);
    change
}

/// The one format.
fn only(formats: &BTreeSet<String>) -> Option<&str> {
    formats.first().filter(|_| formats.len() == 1).map(String::as_str)
}

/// Whether every value of a format is one of another one.
fn lies_within(inner: &str, outer: &str) -> bool {
    const CHAINS: [&[&str]; 7] = [
        &["int8", "int16", "int32", "int64"],
        &["uint8", "uint16", "uint32", "uint64"],
        &["float", "double"],
        &["email", "idn-email"],
        &["hostname", "idn-hostname"],
        &["uri", "uri-reference", "iri-reference"],
        &["uri", "iri", "iri-reference"],
    ];
    let position = |chain: &&[&str], format: &str| chain.iter().position(|it| *it == format);
    CHAINS.iter().any(|chain| position(chain, inner).zip(position(chain, outer)).is_some_and(|(a, b)| a < b))
}

/// What must hold of several: each that is new narrows, each that is gone widens.
fn sets<'o>(
    out: &'o mut Difference,
    keyword: Keyword,
    key: &'static str,
    (a, b): (&BTreeSet<String>, &BTreeSet<String>),
) -> impl Iterator<Item = &'o mut Change> {
    let message = went(key, (a, b));
    let start = out.changes.len();
    for (effect, from, to) in [(Narrows, b, a), (Widens, a, b)] {
        if from.difference(to).next().is_some() {
            let change = out.push(keyword, effect, key, message.clone());
            [change.before, change.after] = [a, b].map(named);
        }
    }
    out.changes[start..].iter_mut()
}

/// What became of a set, in words.
fn went(key: &str, (a, b): (&BTreeSet<String>, &BTreeSet<String>)) -> String {
    match (named(a), named(b)) {
        (None, Some(after)) => format!("must follow the {key} {after} now"),
        (Some(before), None) => format!("need not follow the {key} {before} any more"),
        (before, after) => {
            format!("the {key} went from {} to {}", before.unwrap_or_default(), after.unwrap_or_default())
        }
    }
}

/// All of a set; nothing where it has none.
fn named(all: &BTreeSet<String>) -> Option<String> {
    let words: Vec<_> = all.iter().map(|it| format!("`{it}`")).collect();
    (!words.is_empty()).then(|| words.join(" and "))
}
