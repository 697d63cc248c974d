//! Exact arithmetic on JSON numbers: `0.0075` is a multiple of `0.0001`, and `9007199254740993` is above `9007199254740992.0`.

use std::cmp::Ordering;

use serde_json::Number;

/// Which of two numbers is larger, exactly.
pub(super) fn compare(left: &Number, right: &Number) -> Ordering {
    match (integer(left), integer(right)) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(a), None) => compare_mixed(a, right),
        (None, Some(b)) => compare_mixed(b, left).reverse(),
        (None, None) => {
            let float = |it: &Number| it.as_f64().unwrap_or(0.0);
            float(left).partial_cmp(&float(right)).unwrap_or(Ordering::Equal)
        }
    }
}

/// A number that is held as an integer.
fn integer(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

/// Compares an integer of at most 64 bits with a number that is held as a float.
#[expect(clippy::cast_possible_truncation, reason = "the float is within the range")]
fn compare_mixed(integer: i128, number: &Number) -> Ordering {
    let float = number.as_f64().unwrap_or(0.0);
    if float.abs() > 1e20 {
        return if float > 0.0 { Ordering::Less } else { Ordering::Greater };
    }
    let whole = float.trunc();
    integer.cmp(&(whole as i128)).then_with(|| whole.partial_cmp(&float).unwrap_or(Ordering::Equal))
}

/// Whether a number has no fractional part: `1.0` is an integer.
pub(in super::super) fn is_integer(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|it| it.fract() == 0.0)
}

/// A size such as that of `minLength`; what is too large for the type is the largest of it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the conversion saturates")]
pub(super) fn count(number: &Number) -> Option<u64> {
    if let Some(count) = number.as_u64() {
        return Some(count);
    }
    number.as_f64().filter(|it| *it >= 0.0 && it.fract() == 0.0).map(|it| it as u64)
}

/// Whether `number` is an integer times `divisor`; everything is a multiple of a divisor that is not positive.
pub(super) fn is_multiple(number: &Number, divisor: &Number) -> bool {
    if let (Some(number), Some(divisor)) = (integer(number), integer(divisor)) {
        return divisor <= 0 || number % divisor == 0;
    }
    let (Some(number), Some(divisor)) = (Decimal::new(number), Decimal::new(divisor)) else { return true };
    number.is_multiple(&divisor)
}

/// The magnitude of a number: `digits * 10^exponent`, where `digits` does not end in zero unless it is zero.
struct Decimal {
    digits: u128,
    exponent: i32,
}

impl Decimal {
    /// The shortest decimal number that reads as the given one: at most twenty digits.
    fn new(number: &Number) -> Option<Self> {
        let (digits, exponent) = if let Some(integer) = integer(number) {
            (integer.unsigned_abs(), 0)
        } else {
            let text = format!("{:e}", number.as_f64()?.abs());
            let (mantissa, exponent) = text.split_once('e')?;
            let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
            let scale = i32::try_from(fraction.len()).ok()?;
            (format!("{whole}{fraction}").parse().ok()?, exponent.parse::<i32>().ok()? - scale)
        };
        let mut decimal = Self { digits, exponent };
        while decimal.digits != 0 && decimal.digits.is_multiple_of(10) {
            decimal.digits /= 10;
            decimal.exponent += 1;
        }
        Some(decimal)
    }

    fn is_multiple(&self, divisor: &Self) -> bool {
        if self.digits == 0 || divisor.digits == 0 {
            return true;
        }
        // The digits do not end in zero, so nothing can be gained from a finer number.
        let Ok(power) = u32::try_from(self.exponent - divisor.exponent) else { return false };
        // Both factors are below the divisor, which is below 2^64: the product fits.
        let power = power_modulo(10, power, divisor.digits);
        ((self.digits % divisor.digits) * power).is_multiple_of(divisor.digits)
    }
}

fn power_modulo(base: u128, exponent: u32, modulus: u128) -> u128 {
    (0..exponent).fold(1 % modulus, |power, _| power * base % modulus)
}
