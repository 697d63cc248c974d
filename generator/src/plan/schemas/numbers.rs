//! Numbers: their types, and the checks of their bounds.

use std::cmp::Ordering;

use super::open::Open;
use crate::config::Types;
use crate::plan::words::{Assertion, Checks, Comparison, Integer, RustType};
use crate::schemas::integers::are_unsigned;
use crate::source::Number;

/// What a bound is to a type.
enum Bound {
    /// Every value of the type satisfies it.
    Implied,
    /// A comparison with this literal.
    Literal(Number),
    /// No comparison that the type can make, or one that is satisfied by a single value or none: the tables know.
    Odd,
}

/// 64 bits, unless the format or the user says otherwise.
pub(super) fn integer(open: &mut Open, wanted: &Types) -> (RustType, Checks) {
    let named: Vec<_> = open.each().filter_map(|it| Integer::of_format(it.format.as_deref()?)).collect();
    let named = Integer::ALL.into_iter().find(|it| named.contains(it));
    let ty = match named {
        Some(Integer::I32) => wanted.formats.int32.map_or(Integer::I32, Integer::from),
        Some(Integer::I64) => wanted.formats.int64.map_or(Integer::I64, Integer::from),
        Some(ty) => ty,
        None if are_unsigned(open.each().map(|it| &*it.numbers)) => Integer::U64,
        None => wanted.integers.map_or(Integer::I64, Integer::from),
    };
    let mut own = bounds(open, |number, comparison| whole(number, comparison, ty));
    for left in open.each() {
        // A float has every integer of 64 bits, if not each of them exactly.
        left.format.take_if(|format| Integer::of_format(format).is_none_or(|it| it.holds(ty)));
        let multiple = left.numbers.multiple_of.as_ref().and_then(|it| multiple(it, ty));
        if let Some(multiple) = multiple {
            left.numbers.multiple_of = None;
            own.push(multiple);
        }
    }
    (RustType::Integer(ty), Checks { own, inner: None })
}

/// `f64`
pub(super) fn number(open: &mut Open) -> (RustType, Checks) {
    open.each().for_each(|it| drop(it.format.take_if(|format| format == "double")));
    let mut own = bounds(open, |number, _| Bound::Literal(number.clone()));
    // What lies between two bounds is finite.
    if own.len() < 2 {
        own.push(Assertion::Finite);
    }
    (RustType::Float, Checks { own, inner: None })
}

/// Takes the bounds that the type or a comparison expresses.
fn bounds(open: &mut Open, bound: impl Fn(&Number, Comparison) -> Bound) -> Vec<Assertion> {
    let all = open.each().filter_map(|it| it.numbers.present()).flat_map(|numbers| {
        [
            (Comparison::AtLeast, &mut numbers.minimum),
            (Comparison::Above, &mut numbers.exclusive_minimum),
            (Comparison::AtMost, &mut numbers.maximum),
            (Comparison::Below, &mut numbers.exclusive_maximum),
        ]
    });
    let mut expressed: Vec<(Comparison, Number)> = Vec::new();
    for (comparison, given) in all {
        let Some(number) = given.as_ref() else { continue };
        match bound(number, comparison) {
            Bound::Implied => *given = None,
            // One number satisfies both, or none: the tables know.
            Bound::Literal(number) if expressed.iter().any(|it| meets(it, &(comparison, number.clone()))) => {}
            Bound::Literal(number) => {
                *given = None;
                strictest(&mut expressed, (comparison, number));
            }
            Bound::Odd => {}
        }
    }
    expressed.into_iter().map(|(comparison, number)| Assertion::Bound(comparison, number)).collect()
}

/// Adds a bound, or puts it in the place of a weaker one on the same side: two of them would be one too many.
fn strictest(all: &mut Vec<(Comparison, Number)>, bound: (Comparison, Number)) {
    let Some(other) = all.iter_mut().find(|it| is_lower(it.0) == is_lower(bound.0)) else { return all.push(bound) };
    let is_strict = matches!(bound.0, Comparison::Above | Comparison::Below);
    let is_stricter = match order(&bound.1, &other.1) {
        Ordering::Equal => is_strict,
        Ordering::Greater => is_lower(bound.0),
        Ordering::Less => !is_lower(bound.0),
    };
    if is_stricter {
        *other = bound;
    }
}

/// Whether two bounds have no more than one number between them.
fn meets(one: &(Comparison, Number), other: &(Comparison, Number)) -> bool {
    let (lower, upper) = match (is_lower(one.0), is_lower(other.0)) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        _ => return false,
    };
    order(&lower.1, &upper.1) != Ordering::Less
}

fn is_lower(comparison: Comparison) -> bool {
    matches!(comparison, Comparison::AtLeast | Comparison::Above)
}

/// The order of two numbers, as the generated code sees them.
fn order(one: &Number, other: &Number) -> Ordering {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one.as_f64().total_cmp(&other.as_f64()),
    }
}

/// `multipleOf`, where it is a number that the type can divide by.
fn multiple(number: &Number, ty: Integer) -> Option<Assertion> {
    let divisor = number.as_i128().filter(|it| (2..=ty.range().1).contains(it))?;
    Some(Assertion::Multiple(Number::new(&divisor.to_string())?))
}

fn whole(number: &Number, comparison: Comparison, ty: Integer) -> Bound {
    let (least, most) = ty.range();
    let Some(bound) = number.as_i128() else {
        let (value, at_least) = (number.as_f64(), matches!(comparison, Comparison::AtLeast | Comparison::Above));
        // Far beyond the type, a bound says nothing, or leaves nothing.
        let is_implied = if at_least { value < -1e20 } else { value > 1e20 };
        return if is_implied { Bound::Implied } else { Bound::Odd };
    };
    let (is_implied, is_useful) = match comparison {
        Comparison::AtLeast => (bound <= least, bound < most),
        Comparison::Above => (bound < least, bound < most),
        Comparison::AtMost => (bound >= most, bound > least),
        Comparison::Below => (bound > most, bound > least),
    };
    match Number::new(&bound.to_string()) {
        _ if is_implied => Bound::Implied,
        Some(number) if is_useful => Bound::Literal(number),
        _ => Bound::Odd,
    }
}
