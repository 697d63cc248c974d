//! The assertions on a value as a whole, on numbers and on strings.

use serde_json::{Number, Value};

use super::super::format;
use super::super::violation::Violation;
use super::run::{Place, Run};
use super::schema::{Enumeration, Keyword, Openness};
use super::{equal, number};

/// How many values of an enumeration a message lists.
const MAX_LISTED: usize = 12;
/// How long a value or a pattern of the schema may be in a message.
const MAX_SHOWN: usize = 120;

impl Run<'_> {
    /// The keywords that apply to values of every type, and those of numbers and strings.
    pub(super) fn scalar(&mut self, keyword: &Keyword, place: Place<'_, '_>) -> bool {
        match (keyword, place.instance) {
            (Keyword::Type(types), instance) => types.contains(instance) || self.mistyped(keyword, place),
            (Keyword::Enum(enumeration), instance) => {
                self.is_member(enumeration, instance) || self.fail(place.at, |it| enum_violation(it, enumeration))
            }
            (Keyword::Const(value), instance) => {
                equal::order(value, instance).is_eq()
                    || self.fail(place.at, |it| limited(it, "const", format!("must be {}", show(value)), value))
            }
            (Keyword::Never, _) => self.fail(place.at, |it| Violation::new(it, "false", "is not allowed")),
            (Keyword::Broken(problem), _) => self.fail(place.at, |it| super::bug(it, problem)),
            (_, Value::Number(number)) => self.number(keyword, number, place),
            (_, Value::String(text)) => self.string(keyword, text, place),
            _ => true,
        }
    }

    fn mistyped(&mut self, keyword: &Keyword, place: Place<'_, '_>) -> bool {
        let Keyword::Type(types) = keyword else { return true };
        self.fail(place.at, |pointer| {
            let articles = types.names().map(|name| match name {
                "null" => "null".to_owned(),
                "array" | "integer" | "object" => format!("an {name}"),
                _ => format!("a {name}"),
            });
            let names: Vec<_> = types.names().map(Value::from).collect();
            let limit = if let [name] = names.as_slice() { name.clone() } else { Value::Array(names) };
            Violation::new(pointer, "type", format!("must be {}", either(&articles.collect::<Vec<_>>())))
                .with_limit(limit)
        })
    }

    fn is_member(&self, enumeration: &Enumeration, instance: &Value) -> bool {
        let keeps = match enumeration.openness {
            Openness::Closed => false,
            Openness::Alike => enumeration.sorted.iter().any(|it| is_of_one_type(it, instance)),
            Openness::Open => true,
        };
        (keeps && self.is_lenient()) || enumeration.sorted.binary_search_by(|it| equal::order(it, instance)).is_ok()
    }

    fn number(&mut self, keyword: &Keyword, instance: &Number, place: Place<'_, '_>) -> bool {
        let order = |limit| number::compare(instance, limit);
        let (valid, name, words, limit) = match keyword {
            Keyword::Minimum(limit) => (order(limit).is_ge(), "minimum", "at least", limit),
            Keyword::Maximum(limit) => (order(limit).is_le(), "maximum", "at most", limit),
            Keyword::ExclusiveMinimum(limit) => (order(limit).is_gt(), "exclusiveMinimum", "greater than", limit),
            Keyword::ExclusiveMaximum(limit) => (order(limit).is_lt(), "exclusiveMaximum", "less than", limit),
            Keyword::MultipleOf(limit) => (number::is_multiple(instance, limit), "multipleOf", "a multiple of", limit),
            Keyword::Format(format) => {
                return format::is_valid_number(format, instance)
                    || self.fail(place.at, |it| format_violation(it, format));
            }
            _ => return true,
        };
        valid
            || self.fail(place.at, |pointer| {
                Violation::new(pointer, name, format!("must be {words} {limit}")).with_limit(limit.clone())
            })
    }

    fn string(&mut self, keyword: &Keyword, text: &str, place: Place<'_, '_>) -> bool {
        match keyword {
            Keyword::MinLength(min) => {
                has_length(text, *min)
                    || self.fail(place.at, |it| {
                        size_violation(it, "minLength", "be at least", *min, ["character", "characters"])
                    })
            }
            Keyword::MaxLength(max) => {
                !has_length(text, max.saturating_add(1))
                    || self.fail(place.at, |it| {
                        size_violation(it, "maxLength", "be at most", *max, ["character", "characters"])
                    })
            }
            #[cfg(feature = "pattern")]
            Keyword::Pattern(pattern) => {
                pattern.is_match(text)
                    || self.fail(place.at, |pointer| {
                        let message = format!("must match the pattern `{}`", shorten(pattern.as_str()));
                        limited(pointer, "pattern", message, &Value::from(pattern.as_str()))
                    })
            }
            Keyword::Format(format) => {
                format::is_valid(format, text) || self.fail(place.at, |it| format_violation(it, format))
            }
            _ => true,
        }
    }
}

/// Whether two values are of one type that open enumerations have; an integer is not just any number.
fn is_of_one_type(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(_), Value::String(_)) => true,
        (Value::Number(one), Value::Number(other)) => number::is_integer(one) && number::is_integer(other),
        _ => false,
    }
}

/// Whether a text has at least `length` code points.
fn has_length(text: &str, length: u64) -> bool {
    let Ok(length) = usize::try_from(length) else { return false };
    // A code point takes at most four bytes.
    text.len() >= length && (text.len() / 4 >= length || length == 0 || text.chars().nth(length - 1).is_some())
}

/// A violation by a size: `must be at least 3 characters long`.
pub(super) fn size_violation(
    pointer: String,
    keyword: &'static str,
    words: &str,
    limit: u64,
    [one, many]: [&str; 2],
) -> Violation {
    let unit = if limit == 1 { one } else { many };
    let long = if one == "character" { " long" } else { "" };
    Violation::new(pointer, keyword, format!("must {words} {limit} {unit}{long}")).with_limit(limit)
}

fn enum_violation(pointer: String, enumeration: &Enumeration) -> Violation {
    let Value::Array(values) = &enumeration.limit else { return Violation::new(pointer, "enum", "is not allowed") };
    let listed: Vec<_> = values.iter().take(MAX_LISTED).map(show).collect();
    let message = match (listed.as_slice(), values.len() - listed.len()) {
        ([], _) => "is not allowed".to_owned(),
        ([only], 0) => format!("must be {only}"),
        (_, 0) => format!("must be one of {}", listed.join(", ")),
        (_, others) => format!("must be one of {} and {others} others", listed.join(", ")),
    };
    limited(pointer, "enum", message, &enumeration.limit)
}

fn format_violation(pointer: String, format: &str) -> Violation {
    Violation::new(pointer, "format", format!("must be {}", format::describe(format))).with_limit(format)
}

/// A violation with its limit, if that is small.
fn limited(pointer: String, keyword: &'static str, message: String, limit: &Value) -> Violation {
    let violation = Violation::new(pointer, keyword, message);
    let is_small = match limit {
        Value::Array(values) => values.len() <= MAX_LISTED && values.iter().all(|it| !it.is_array() && !it.is_object()),
        Value::Object(_) => false,
        Value::String(text) => text.len() <= MAX_SHOWN,
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    };
    if is_small { violation.with_limit(limit.clone()) } else { violation }
}

/// A value of the schema in a message.
fn show(value: &Value) -> String {
    match value {
        Value::Array(_) => "a certain array".to_owned(),
        Value::Object(_) => "a certain object".to_owned(),
        Value::String(text) => format!("`{}`", shorten(text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// `a`, `a or b`, `a, b or c`.
fn either(items: &[String]) -> String {
    match items {
        [] => "absent".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
