//! What a plain scalar of YAML means, as the core schema of YAML 1.2 says; numbers keep their digits.

use super::{Number, Value};

/// The meaning of a scalar without quotes.
///
/// `010` stays as the author wrote it, a code rather than the number ten, and so do `0b11` and `-0x1F`, which are
/// numbers to YAML 1.1 only.
pub(super) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        text => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

/// Whether a scalar is a number to YAML for which JSON has no form.
pub(super) fn is_infinite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

/// The number that a scalar is.
pub(super) fn number(text: &str) -> Option<Number> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.')) {
        return None;
    }
    let radix =
        |prefix: &str, radix| text.strip_prefix(prefix).filter(is_word).map(|it| u128::from_str_radix(it, radix));
    if let Some(whole) = radix("0x", 16).or_else(|| radix("0o", 8)) {
        return Number::new(&whole.ok()?.to_string());
    }
    (is_decimal(text) && !has_leading_zero(text)).then(|| Number::new(&json_text(text))).flatten()
}

/// Whether there are digits and letters only: a sign may stand before a prefix only, and then it is text.
fn is_word(text: &&str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether YAML 1.2 takes the scalar for a decimal number.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let power = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    all_digits(whole)
        && all_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && !power.is_empty()
        && all_digits(power)
}

fn has_leading_zero(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '+']);
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The same number in JSON's grammar: `+1.` becomes `1.0`, `.5` becomes `0.5`, `00.5` becomes `0.5`.
fn json_text(text: &str) -> String {
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'-') => ("-", &text[1..]),
        Some(b'+') => ("", &text[1..]),
        _ => ("", text),
    };
    let split = digits.find(['e', 'E']).unwrap_or(digits.len());
    let (mantissa, exponent) = digits.split_at(split);
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, "")) => (whole, Some("0")),
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let dot = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
    format!("{sign}{whole}{dot}{exponent}")
}
