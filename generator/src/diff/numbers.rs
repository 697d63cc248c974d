//! What a number may be: its bounds and what it is a multiple of, by the sets that they allow.
//!
//! ```text
//! maximum: 10  ->  exclusiveMaximum: 11      the same integers
//! format: int32  ->  its two bounds          the same integers
//! multipleOf: 4  ->  multipleOf: 2           more numbers
//! ```

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::compare::Difference;
use super::merge::tighten;
use super::rules::{Effect, Keyword};
use super::scalars::{bound, formatted};
use super::shape::{Bound, Merged};
use crate::ir::Type;
use crate::source::Number;

use Effect::{Narrows, Widens};

/// The end of a range at which a bound stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Lower,
    Upper,
}

/// Which numbers are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looked {
    /// Integers alone: a shape takes no others.
    Whole,
    /// All of them.
    Any,
}

impl Looked {
    /// The numbers that both shapes may take; what one of them takes alone is a matter of types.
    fn at(a: &Merged, b: &Merged) -> Self {
        if a.types.contains(&Type::Number) && b.types.contains(&Type::Number) { Self::Any } else { Self::Whole }
    }
}

/// Where a bound stands, as far as it can be compared: for integers at the last one that is valid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    whole: Option<i128>,
    value: f64,
    exclusive: bool,
    end: End,
}

impl Edge {
    pub(super) fn new(bound: &Bound, end: End, looked: Looked) -> Self {
        let Bound { number, exclusive } = bound;
        let (whole, value, exclusive) = (number.as_i128(), number.as_f64(), *exclusive);
        if looked == Looked::Any {
            return Self { whole, value, exclusive, end };
        }
        let inwards = if end == End::Lower { 1 } else { -1 };
        let last = whole.and_then(|it| if exclusive { it.checked_add(inwards) } else { Some(it) });
        let value = if end == End::Lower { value.ceil() } else { value.floor() };
        Self {
            whole: last.or_else(|| integer(value)),
            value,
            exclusive: exclusive && whole.is_some() && last.is_none(),
            end,
        }
    }

    /// Which of two bounds of one end leaves less.
    pub(super) fn stricter(&self, other: &Self) -> Ordering {
        let values = match (self.whole, other.whole) {
            (Some(it), Some(other)) => it.cmp(&other),
            _ => self.value.partial_cmp(&other.value).unwrap_or(Ordering::Equal),
        };
        let values = if self.end == End::Lower { values } else { values.reverse() };
        values.then(self.exclusive.cmp(&other.exclusive))
    }

    /// The same text for the same bound.
    pub(super) fn spelled(&self) -> String {
        let value = self.whole.map_or_else(|| self.value.to_string(), |it| it.to_string());
        format!("{value}{}", self.exclusive)
    }
}

/// A whole number that an integer can be made of without loss.
#[expect(clippy::cast_possible_truncation, reason = "only whole numbers within 2^53 are converted")]
fn integer(value: f64) -> Option<i128> {
    (value.fract() == 0.0 && value.abs() < 9e15).then_some(value as i128)
}

pub(super) fn compare(a: &Merged, b: &Merged, out: &mut Difference) {
    let looked = Looked::at(a, b);
    let text = |it: &Option<Bound>| {
        it.as_ref().map(|it| format!("{}{}", it.number.as_str(), if it.exclusive { " (exclusive)" } else { "" }))
    };
    let near = |bounds: [&Option<Bound>; 2]| {
        let all = bounds.into_iter().flatten().map(|it| it.number.as_f64());
        all.flat_map(|it| [it, it + 1.0, it - 1.0, it + 0.5, it - 0.5]).map(number).collect::<Vec<_>>()
    };
    let is_range = are_ranges(a, b);
    let formats = |shape: &'_ Merged| shape.formats.iter().filter(|it| is_range(it)).cloned().collect::<BTreeSet<_>>();
    let (before, after) = (formats(a), formats(b));
    let (old, new) = (ranges(a, &before), ranges(b, &after));
    let mut by_format = BTreeSet::new();
    for (end, key, said, meant) in [
        (End::Lower, "minimum", (&a.lower, &b.lower), (&old[0], &new[0])),
        (End::Upper, "maximum", (&a.upper, &b.upper), (&old[1], &new[1])),
    ] {
        let Some(effect) = moved(meant, end, looked) else { continue };
        if moved(said, end, looked) == Some(effect) {
            let change = bound(out, Keyword::Range, key, (text(said.0), text(said.1)), effect);
            change.show(near([said.0, said.1])).show([json!(0), json!(-1), json!(1_000_000)]);
        } else {
            by_format.insert(effect);
        }
    }
    let around: Vec<Json> = old.iter().chain(&new).flatten().flat_map(beyond).collect();
    for effect in by_format {
        formatted(out, effect, (&before, &after)).show(around.clone());
    }
    multiples((&a.multiples, &b.multiples), looked, out);
}

/// The formats of two shapes that are nothing but ranges of integers: they are compared with the bounds.
pub(super) fn are_ranges(a: &Merged, b: &Merged) -> impl Fn(&str) -> bool {
    let is_whole = |it: &Merged| it.types.iter().all(|it| *it == Type::Integer);
    let are_whole = is_whole(a) && is_whole(b);
    move |format| are_whole && range(format).is_some()
}

/// Whether a format is a range of integers that all of these are in.
pub(super) fn is_range_of(format: &str, values: &[Json]) -> bool {
    let whole = |it: &Json| it.as_i64().map(i128::from).or_else(|| it.as_u64().map(i128::from));
    let is_in =
        |(first, last): (i128, i128)| values.iter().all(|it| whole(it).is_some_and(|it| first <= it && it <= last));
    range(format).is_some_and(is_in)
}

/// The first and the last integer of a format.
fn range(format: &str) -> Option<(i128, i128)> {
    let (is_signed, bits) = match format.strip_prefix('u') {
        Some(rest) => (false, rest.strip_prefix("int")?),
        None => (true, format.strip_prefix("int")?),
    };
    let bits: u32 = bits.parse().ok().filter(|it| [8, 16, 32, 64].contains(it))?;
    let beyond = 1_i128 << (bits - u32::from(is_signed));
    Some((if is_signed { -beyond } else { 0 }, beyond - 1))
}

/// The bounds of a shape, with those that some formats imply.
fn ranges(shape: &Merged, formats: &BTreeSet<String>) -> [Option<Bound>; 2] {
    let (mut lower, mut upper) = (shape.lower.clone(), shape.upper.clone());
    let implied = |it: i128| Some(Bound { number: Number::new(&it.to_string())?, exclusive: false });
    for (first, last) in formats.iter().filter_map(|it| range(it)) {
        for (known, end, bound) in [(&mut lower, End::Lower, implied(first)), (&mut upper, End::Upper, implied(last))] {
            if let Some(bound) = bound {
                tighten(known, bound, end);
            }
        }
    }
    [lower, upper]
}

/// Integers around a bound.
fn beyond(bound: &Bound) -> Vec<Json> {
    let all = bound.number.as_i128().into_iter().flat_map(|it| [it, it.saturating_add(1), it.saturating_sub(1)]);
    all.filter_map(|it| i64::try_from(it).map(Json::from).or_else(|_| u64::try_from(it).map(Json::from)).ok()).collect()
}

fn moved((before, after): (&Option<Bound>, &Option<Bound>), end: End, looked: Looked) -> Option<Effect> {
    let edge = |it: &Bound| Edge::new(it, end, looked);
    match (before.as_ref().map(edge), after.as_ref().map(edge)) {
        (None, None) => None,
        (None, Some(_)) => Some(Narrows),
        (Some(_), None) => Some(Widens),
        (Some(before), Some(after)) => match after.stricter(&before) {
            Ordering::Greater => Some(Narrows),
            Ordering::Less => Some(Widens),
            Ordering::Equal => None,
        },
    }
}

fn multiples((before, after): (&BTreeSet<String>, &BTreeSet<String>), looked: Looked, out: &mut Difference) {
    let words = |all: &BTreeSet<String>| {
        if all.is_empty() { "any number".to_owned() } else { all.iter().cloned().collect::<Vec<_>>().join(" and ") }
    };
    for (effect, inner, outer) in [(Narrows, before, after), (Widens, after, before)] {
        if !is_within(inner, outer, looked) {
            let (before, after) = (words(before), words(after));
            let message = format!("`multipleOf` went from {before} to {after}");
            let change = out.push(Keyword::Multiple, effect, "multipleOf", message);
            change.values(before, after).show((1..=12).map(Json::from)).show([json!(0.5), json!(0.1), json!(0.01)]);
        }
    }
}

/// Whether every number that is a multiple of all of the first is one of all of the others.
fn is_within(inner: &BTreeSet<String>, outer: &BTreeSet<String>, looked: Looked) -> bool {
    // What is listed on both sides is met by what is within; what cannot be calculated counts as more.
    let left: Vec<&String> = outer.difference(inner).collect();
    left.is_empty() || steps(inner, &left, looked).is_some_and(|(step, left)| left.iter().all(|it| step % it == 0))
}

/// The least number that is a multiple of all of the first, and the others, as integers of one unit.
fn steps(inner: &BTreeSet<String>, others: &[&String], looked: Looked) -> Option<(i128, Vec<i128>)> {
    let places = |text: &str| text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let most = inner.iter().chain(others.iter().copied()).map(|it| places(it)).max().unwrap_or_default();
    let unit = |text: &str| -> Option<i128> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{fraction}{}", "0".repeat(most - fraction.len()));
        digits.parse().ok().filter(|it| *it > 0)
    };
    let one = (looked == Looked::Whole).then_some("1");
    let mut step: Option<i128> = None;
    for text in inner.iter().map(String::as_str).chain(one) {
        let next = unit(text)?;
        step = Some(match step {
            Some(step) => (step / divisor(step, next)).checked_mul(next)?,
            None => next,
        });
    }
    let others: Option<Vec<i128>> = others.iter().map(|it| unit(it)).collect();
    Some((step?, others?))
}

/// The greatest number that divides both.
fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// A whole number is written without a fraction.
#[expect(clippy::cast_possible_truncation, reason = "only whole numbers within 2^53 are converted")]
fn number(value: f64) -> Json {
    if value.fract() == 0.0 && value.abs() < 9e15 { json!(value as i64) } else { json!(value) }
}
