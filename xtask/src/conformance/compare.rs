//! JSON values with numbers of any size: reading, writing, and whether two are the same.

use specwright::diagnostics::Diagnostics;
use specwright::source::{FileId, Number, Sources, Value};

/// Reads a text; its numbers keep their digits.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    sources.add("instance.json", text.to_owned(), &mut diagnostics);
    match diagnostics.iter().next() {
        Some(problem) => Err(problem.message.clone()),
        None => Ok(sources.file(FileId(0)).root.clone()),
    }
}

/// Writes a value; its numbers keep their digits.
pub(super) fn to_text(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(number.as_str()),
        Value::String(text) => out.push_str(&quote(text)),
        Value::Array(items) => {
            out.push('[');
            for (idx, item) in items.iter().enumerate() {
                out.push_str(if idx == 0 { "" } else { "," });
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (idx, (name, value)) in members.iter().enumerate() {
                out.push_str(if idx == 0 { "" } else { "," });
                out.push_str(&quote(name));
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether two texts are the same JSON value: `1.0` is `1`, and the order of properties does not matter.
pub(super) fn same(left: &str, right: &str) -> bool {
    match (parse(left), parse(right)) {
        (Ok(left), Ok(right)) => same_value(&left, &right),
        // What cannot be read exactly, such as half of a surrogate pair, is compared by the letter.
        _ => left == right,
    }
}

fn same_value(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => same_number(left, right),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same_value(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let has = |(name, value): (&String, &Value)| right.get(name).is_some_and(|it| same_value(value, it));
            left.len() == right.len() && left.iter().all(has)
        }
        (left, right) => left == right,
    }
}

/// Integers of 64 bits are kept to the digit, all other numbers as the doubles that JSON promises (RFC 8259, section 6).
fn same_number(left: &Number, right: &Number) -> bool {
    let is_exact = fits_64_bits(left) || fits_64_bits(right);
    let (left_double, right_double) = (left.as_f64(), right.as_f64());
    let are_doubles = left_double.is_finite() && left_double.to_bits() == right_double.to_bits();
    decimal(left.as_str()) == decimal(right.as_str()) || (!is_exact && are_doubles)
}

fn fits_64_bits(number: &Number) -> bool {
    number.as_i128().is_some_and(|it| i64::try_from(it).is_ok() || u64::try_from(it).is_ok())
}

/// Whether a value has a whole number that fits no integer of 64 bits.
pub(super) fn has_large_integer(text: &str) -> bool {
    fn is_large(value: &Value) -> bool {
        match value {
            Value::Number(number) => {
                let (_, digits, exponent) = decimal(number.as_str());
                !digits.is_empty() && exponent >= 0 && !fits_64_bits(number)
            }
            Value::Array(items) => items.iter().any(is_large),
            Value::Object(members) => members.values().any(is_large),
            Value::Null | Value::Bool(_) | Value::String(_) => false,
        }
    }
    parse(text).is_ok_and(|value| is_large(&value))
}

/// A number as sign, digits and exponent, where the digits neither start nor end with zero.
fn decimal(text: &str) -> (bool, String, i64) {
    let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_end_matches('0');
    let zeros = i64::try_from(all.len() - digits.len()).unwrap_or_default();
    let places = i64::try_from(fraction.len()).unwrap_or_default();
    let exponent = exponent.parse::<i64>().unwrap_or_default();
    let digits = digits.trim_start_matches('0').to_owned();
    if digits.is_empty() { (false, digits, 0) } else { (is_negative, digits, exponent - places + zeros) }
}

#[cfg(test)]
mod tests {
    use super::{has_large_integer, same};

    #[test]
    fn what_64_bits_do_not_hold_is_compared_as_doubles() {
        assert!(same("98249283749234923498293171823948729348710298301928331", "9.824928374923492e52"));
        assert!(!same("98249283749234923498293171823948729348710298301928331", "9.8e52"));
        assert!(!same("18446744073709551615", "18446744073709551616"));
    }

    #[test]
    fn integers_of_64_bits_are_not_large() {
        assert!(!has_large_integer("[18446744073709551615, -9223372036854775808, 1e3, 0.5, 1e-400]"));
        assert!(has_large_integer(r#"{"a": [18446744073709551616]}"#));
        assert!(has_large_integer("1e308"));
    }

    #[test]
    fn numbers_are_compared_by_their_value() {
        for (left, right) in [("1.0", "1"), ("100", "1e2"), ("-0.5e1", "-5"), ("0", "-0.0"), ("[1]", "[1.0]")] {
            assert!(same(left, right), "{left} and {right}");
        }
        for (left, right) in [("1", "-1"), ("9007199254740993", "9007199254740992.0"), ("10", "1"), ("1", "\"1\"")] {
            assert!(!same(left, right), "{left} and {right}");
        }
    }

    #[test]
    fn objects_are_compared_by_their_members() {
        assert!(same(r#"{"a":1,"b":[]}"#, r#"{"b":[],"a":1.0}"#));
        assert!(!same(r#"{"a":1}"#, r#"{"a":1,"b":null}"#));
    }
}
