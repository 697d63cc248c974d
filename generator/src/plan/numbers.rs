//! Numbers: their types, and the checks of their bounds.

use super::checks::{Assertion, Checks, Comparison};
use super::schemas::Planned;
use super::types::{Integer, RustType};
use super::view::View;
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
pub(super) fn integer(view: &View<'_>) -> Planned {
    let formats: Vec<_> = view.schemas().filter_map(|it| it.format.as_deref()).collect();
    let ty = match formats.as_slice() {
        ["int32"] => Integer::I32,
        ["uint32"] => Integer::U32,
        ["uint64"] => Integer::U64,
        _ => Integer::I64,
    };
    let own = assertions(view, |number, comparison| whole(number, comparison, ty));
    let multiples: Option<Vec<_>> =
        view.schemas().filter_map(|it| it.numbers.multiple_of.as_ref()).map(|it| multiple(it, ty)).collect();
    let residue = multiples.is_none() || own.is_none();
    let own = own.into_iter().chain(multiples).flatten().collect();
    let checks = Checks { own, inner: None };
    Planned { ty: RustType::Integer(ty), checks, residue }
}

/// `f64`
pub(super) fn number(view: &View<'_>) -> Planned {
    let own = assertions(view, |number, _| Bound::Literal(number.clone()));
    let is_narrow = |format: &str| format != "double" && super::strings::ASSERTED_FORMATS.contains(&format);
    let residue =
        view.schemas().any(|it| it.numbers.multiple_of.is_some() || it.format.as_deref().is_some_and(is_narrow));
    Planned { ty: RustType::Float, checks: Checks { own: own.unwrap_or_default(), inner: None }, residue }
}

/// The bounds that must be checked; `None` where one of them is odd.
fn assertions(view: &View<'_>, bound: impl Fn(&Number, Comparison) -> Bound) -> Option<Vec<Assertion>> {
    let all = view.schemas().flat_map(|it| {
        let numbers = &it.numbers;
        [
            (Comparison::AtLeast, &numbers.minimum),
            (Comparison::Above, &numbers.exclusive_minimum),
            (Comparison::AtMost, &numbers.maximum),
            (Comparison::Below, &numbers.exclusive_maximum),
        ]
    });
    let given = all.filter_map(|(comparison, number)| number.as_ref().map(|number| (comparison, number)));
    given
        .filter_map(|(comparison, number)| match bound(number, comparison) {
            Bound::Implied => None,
            Bound::Literal(number) => Some(Some(Assertion::Bound(comparison, number))),
            Bound::Odd => Some(None),
        })
        .collect()
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
