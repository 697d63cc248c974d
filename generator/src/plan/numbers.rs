//! Numbers: their types, and the checks of their bounds.

use super::checks::{Assertion, Checks, Comparison};
use super::open::Open;
use super::types::{Integer, RustType};
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

/// 64 bits, unless the format says otherwise.
pub(super) fn integer(open: &mut Open) -> (RustType, Checks) {
    let formats: Vec<_> = open.each().filter_map(|it| it.format.clone()).collect();
    let ty = match formats.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["int32"] => Integer::I32,
        ["uint32"] => Integer::U32,
        ["uint64"] => Integer::U64,
        _ => Integer::I64,
    };
    // Every integer of 64 bits has these.
    let is_implied = |format: &String| formats.len() == 1 || matches!(format.as_str(), "int64" | "float" | "double");
    let mut own = bounds(open, |number, comparison| whole(number, comparison, ty));
    for left in open.each() {
        left.format.take_if(|format| is_implied(format));
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
    let own = bounds(open, |number, _| Bound::Literal(number.clone()));
    (RustType::Float, Checks { own, inner: None })
}

/// Takes the bounds that the type or a comparison expresses.
fn bounds(open: &mut Open, bound: impl Fn(&Number, Comparison) -> Bound) -> Vec<Assertion> {
    let all = open.each().flat_map(|it| {
        let numbers = &mut it.numbers;
        [
            (Comparison::AtLeast, &mut numbers.minimum),
            (Comparison::Above, &mut numbers.exclusive_minimum),
            (Comparison::AtMost, &mut numbers.maximum),
            (Comparison::Below, &mut numbers.exclusive_maximum),
        ]
    });
    let expressed = all.filter_map(|(comparison, given)| match bound(given.as_ref()?, comparison) {
        Bound::Implied => {
            *given = None;
            None
        }
        Bound::Literal(number) => {
            *given = None;
            Some(Assertion::Bound(comparison, number))
        }
        Bound::Odd => None,
    });
    expressed.collect()
}

/// `multipleOf`, where it is a number that the type can divide by.
fn multiple(number: &Number, ty: Integer) -> Option<Assertion> {
    let divisor = number.as_i128().filter(|it| (2..=range(ty).1).contains(it))?;
    Some(Assertion::Multiple(Number::new(&divisor.to_string())?))
}

/// The least and the greatest value of a type.
fn range(ty: Integer) -> (i128, i128) {
    match ty {
        Integer::I32 => (i32::MIN.into(), i32::MAX.into()),
        Integer::I64 => (i64::MIN.into(), i64::MAX.into()),
        Integer::U32 => (u32::MIN.into(), u32::MAX.into()),
        Integer::U64 => (u64::MIN.into(), i128::from(u64::MAX)),
    }
}

fn whole(number: &Number, comparison: Comparison, ty: Integer) -> Bound {
    let Some(bound) = number.as_i128() else { return Bound::Odd };
    let (least, most) = range(ty);
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
