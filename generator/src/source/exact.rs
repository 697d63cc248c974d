//! Gives numbers their text back, where the reader handed over an `f64` or gave up on one.
//!
//! Events and tree are walked side by side; behind an alias stands the node of its anchor.

use super::events::{Events, Kind};
use super::{Number, Object, Value};

/// Replaces the numbers of a tree by the texts that the events have for them.
pub(super) fn restore(root: &mut Value, events: &Events, source: &str) {
    if !events.list.is_empty() {
        Restorer { events, source }.node(root, 0);
    }
}

struct Restorer<'e> {
    events: &'e Events,
    source: &'e str,
}

impl Restorer<'_> {
    /// The recursion ends with the tree, which is as deep as the readers allow.
    fn node(&self, value: &mut Value, index: usize) {
        let Some(event) = self.events.list.get(index) else { return };
        match (event.kind, value) {
            (Kind::Alias(anchor), value) => {
                // An anchor is an earlier node; through a chain of them the index only falls.
                if let Some(target) = self.events.anchors.get(&anchor).filter(|target| **target < index) {
                    self.node(value, *target);
                }
            }
            (Kind::Plain, value) => Self::scalar(value, event.text(self.source)),
            (Kind::Sequence, Value::Array(items)) => {
                for (item, child) in items.iter_mut().zip(self.events.children(index)) {
                    self.node(item, child);
                }
            }
            (Kind::Mapping, Value::Object(members)) => self.members(members, index),
            _ => {}
        }
    }

    fn members(&self, members: &mut Object, index: usize) {
        // A duplicate key would shift the pairs; it is an error of its own.
        if self.events.members(index).count() != members.len() {
            return;
        }
        for (value, (_, child)) in members.values_mut().zip(self.events.members(index)) {
            self.node(value, child);
        }
    }

    fn scalar(value: &mut Value, text: &str) {
        let number = is_core_number(text).then(|| json_text(text)).and_then(|text| Number::new(&text));
        match (&*value, number) {
            (Value::Number(_) | Value::String(_), Some(number)) if !has_leading_zero(text) => {
                *value = Value::Number(number);
            }
            // `0b11` and `-0x1F` are numbers to the reader, not to YAML 1.2.
            (Value::Number(_), None) if !is_radix(text) => *value = Value::String(text.to_owned()),
            _ => {}
        }
    }
}

/// Whether YAML 1.2 takes the plain scalar for a decimal number.
fn is_core_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = digits.split_once(['e', 'E']).map_or((digits, "0"), |(digits, power)| (digits, power));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let power = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    all_digits(whole)
        && all_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && !power.is_empty()
        && all_digits(power)
}

/// `0o17` and `0x1F`, which have no JSON text of their own.
fn is_radix(text: &str) -> bool {
    text.starts_with("0x") || text.starts_with("0o")
}

/// `010` is left as the author wrote it: a code rather than the number ten.
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
