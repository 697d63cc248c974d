//! Which whole numbers there are in generated code: those of 64 bits.

use super::view::View;
use crate::ir::{Numbers, Type};
use crate::source::Number;

/// The formats that name 64 bits, with the least and the greatest number of each.
const WIDE: [(&str, i128, i128); 3] =
    [("int64", LEAST, GREATEST), ("uint64", 0, u64::MAX as i128), ("uint", 0, u64::MAX as i128)];

const LEAST: i128 = i64::MIN as i128;
const GREATEST: i128 = i64::MAX as i128;

/// Whether integers take 64 bits without a sign, which they do where bounds from zero on need them.
pub(crate) fn are_unsigned<'n>(all: impl Iterator<Item = &'n Numbers>) -> bool {
    let is_beyond = |it: &Number| it.as_i128().map_or(it.as_f64() > 9.3e18, |it| it > GREATEST);
    let is_natural = |it: &Number| it.as_i128().is_some_and(|it| it >= -1);
    let (mut beyond, mut natural) = (false, false);
    for numbers in all {
        beyond |= numbers.maximum.iter().chain(&numbers.exclusive_maximum).any(is_beyond);
        natural |= numbers.minimum.as_ref().is_some_and(|it| it.as_i128().is_some_and(|it| it >= 0));
        natural |= numbers.exclusive_minimum.as_ref().is_some_and(is_natural);
    }
    beyond && natural
}

/// The least and the greatest integer of a schema whose instances are integers; narrower formats are asserted anyway.
pub(crate) fn range(view: &View<'_>) -> Option<(i128, i128)> {
    if view.single() != Some(Type::Integer) {
        return None;
    }
    let formats = || view.schemas().filter_map(|it| it.format.as_deref());
    let named = formats().find_map(|format| WIDE.into_iter().find(|(name, ..)| *name == format));
    match named {
        Some((_, least, greatest)) => Some((least, greatest)),
        None if are_unsigned(view.schemas().map(|it| &*it.numbers)) => Some((0, u64::MAX.into())),
        None => Some((LEAST, GREATEST)),
    }
}
