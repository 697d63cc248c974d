//! Sample numbers and texts: what keywords say about them is tried until it fits.

use serde_json::Value as Json;

use super::patterns;
use crate::ir::{Numbers, Type};
use crate::schemas::{View, whole};
use crate::source::{Number, Value};

/// A number that every keyword allows, else the one that comes closest.
pub(super) fn number(view: &View<'_>, ty: Type) -> Option<Value> {
    let all: Vec<&Numbers> = view.schemas().map(|it| &*it.numbers).collect();
    let candidates = candidates(&all);
    let fits = |it: &&Number| {
        let value = it.as_f64();
        (ty != Type::Integer || it.as_i128().is_some()) && all.iter().all(|numbers| allows(numbers, value))
    };
    candidates.iter().find(fits).or_else(|| candidates.first()).cloned().map(Value::Number)
}

fn allows(numbers: &Numbers, value: f64) -> bool {
    let Numbers { minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of } = numbers;
    let is_multiple = |of: &Number| {
        let times = value / of.as_f64();
        (times - times.round()).abs() < 1e-9
    };
    minimum.as_ref().is_none_or(|it| value >= it.as_f64())
        && exclusive_minimum.as_ref().is_none_or(|it| value > it.as_f64())
        && maximum.as_ref().is_none_or(|it| value <= it.as_f64())
        && exclusive_maximum.as_ref().is_none_or(|it| value < it.as_f64())
        && multiple_of.as_ref().is_none_or(is_multiple)
}

/// 1, multiples and bounds, and what lies beside and between them.
fn candidates(all: &[&Numbers]) -> Vec<Number> {
    let bounds = all
        .iter()
        .flat_map(|it| [&it.minimum, &it.maximum, &it.exclusive_minimum, &it.exclusive_maximum].into_iter().flatten());
    let bounds: Vec<&Number> = bounds.collect();
    let multiples: Vec<&Number> = all.iter().filter_map(|it| it.multiple_of.as_ref()).collect();
    let mut found: Vec<Number> = if multiples.is_empty() { Number::new("1").into_iter().collect() } else { Vec::new() };
    for multiple in &multiples {
        found.push((*multiple).clone());
        let unit = multiple.as_f64();
        let decimals = multiple.as_str().split_once('.').map_or(0, |(_, digits)| digits.len());
        // Two factors at most have a common multiple that is not too far away.
        for bound in bounds.iter().map(|it| it.as_f64()).chain([0.0]) {
            let times = (bound / unit).floor();
            let near = (-1..=24).map(|step| (times + f64::from(step)) * unit);
            found.extend(near.filter_map(|it| Number::new(&format!("{it:.decimals$}"))));
        }
    }
    found.extend(bounds.iter().map(|it| (*it).clone()));
    let values: Vec<f64> = bounds.iter().map(|it| it.as_f64()).collect();
    let beside = values.iter().flat_map(|it| [it.floor() + 1.0, it.ceil() - 1.0]);
    let between = values.iter().flat_map(|one| values.iter().map(move |other| f64::midpoint(*one, *other)));
    found.extend(beside.chain(between).chain([0.0]).filter_map(|it| Number::new(&it.to_string())));
    found
}

/// A text of the format, in the lengths and by the patterns that are allowed, as far as one is found.
pub(super) fn string(view: &View<'_>) -> String {
    let format = view.schemas().find_map(|it| it.format.as_deref()).unwrap_or_default();
    let least = view.schemas().filter_map(|it| it.strings.min_length).max().unwrap_or_default();
    let most = view.schemas().filter_map(|it| it.strings.max_length).min().unwrap_or(u64::MAX);
    let (least, most) = (usize::try_from(least).unwrap_or(usize::MAX), usize::try_from(most).unwrap_or(usize::MAX));
    let text = formatted(format);
    // Nobody wants to read a sample of a million characters.
    let missing = least.saturating_sub(text.chars().count()).min(4096);
    let text: String = text.chars().take(most).chain(std::iter::repeat_n('x', missing)).collect();
    let patterns: Vec<_> = view.schemas().filter_map(|it| it.strings.pattern.as_deref()).collect();
    if patterns.is_empty() {
        return text;
    }
    patterns::sample(&patterns, least..=most, &text).unwrap_or(text)
}

/// One of several, by its place.
pub(super) type Pick<'a> = &'a mut dyn FnMut(usize) -> usize;

/// A number that chance takes of those that are allowed.
pub(super) fn made_up_number(view: &View<'_>, ty: Type, pick: Pick<'_>) -> Option<Value> {
    let all: Vec<&Numbers> = view.schemas().map(|it| &*it.numbers).collect();
    let least = all.iter().flat_map(|it| [&it.minimum, &it.exclusive_minimum]).flatten().map(Number::as_f64);
    let most = all.iter().flat_map(|it| [&it.maximum, &it.exclusive_maximum]).flatten().map(Number::as_f64);
    let (least, most) = (least.reduce(f64::max), most.reduce(f64::min));
    let (low, high) = match (least, most) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, low + 1000.0),
        (None, Some(high)) => (high - 1000.0, high),
        (None, None) => (0.0, 1000.0),
    };
    let unit = all.iter().find_map(|it| it.multiple_of.as_ref()).map(Number::as_f64);
    let unit = unit.unwrap_or(if ty == Type::Integer { 1.0 } else { 0.01 });
    let steps = ((high - low) / unit).clamp(0.0, 1e9);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 1e9")]
    let step = pick(steps as usize + 1);
    let decimals = unit.to_string().split_once('.').map_or(0, |(_, digits)| digits.len());
    #[expect(clippy::cast_precision_loss, reason = "it is at most 1e9")]
    let value = ((low / unit).ceil() + step as f64) * unit;
    let made = Number::new(&format!("{value:.decimals$}"))?;
    let fits = all.iter().all(|it| allows(it, made.as_f64())) && (ty != Type::Integer || made.as_i128().is_some());
    if fits { Some(Value::Number(made)) } else { number(view, ty) }
}

/// A text that chance takes of those that are allowed.
pub(super) fn made_up(view: &View<'_>, pick: Pick<'_>) -> String {
    const WORDS: [&str; 16] = [
        "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbor", "iris", "juniper", "kite", "lumen",
        "maple", "north", "orchid", "pine",
    ];
    let usual = string(view);
    let format = view.schemas().find_map(|it| it.format.as_deref()).unwrap_or_default();
    let word = WORDS[pick(WORDS.len())];
    let mut digits = |count: usize| (0..count).map(|_| char::from(b"0123456789abcdef"[pick(16)])).collect::<String>();
    let text = match format {
        "uuid" => format!("{}-{}-4{}-a{}-{}", digits(8), digits(4), digits(3), digits(3), digits(12)),
        "date" => format!("20{:02}-{:02}-{:02}", pick(30), 1 + pick(12), 1 + pick(28)),
        "date-time" => {
            let day = format!("20{:02}-{:02}-{:02}", pick(30), 1 + pick(12), 1 + pick(28));
            format!("{day}T{:02}:{:02}:{:02}Z", pick(24), pick(60), pick(60))
        }
        "email" | "idn-email" => format!("{word}.{}@example.com", WORDS[pick(WORDS.len())]),
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => format!("https://example.com/{word}"),
        "hostname" | "idn-hostname" => format!("{word}.example.com"),
        "ipv4" => format!("192.0.2.{}", pick(255)),
        "" | "password" => format!("{word} {}", WORDS[pick(WORDS.len())]),
        _ => return usual,
    };
    let length = text.chars().count() as u64;
    let strings = || view.schemas().map(|it| &it.strings);
    let is_allowed = strings().all(|it| {
        it.pattern.is_none()
            && it.min_length.is_none_or(|least| length >= least)
            && it.max_length.is_none_or(|most| length <= most)
    });
    if is_allowed { text } else { usual }
}

fn formatted(format: &str) -> &'static str {
    match format {
        "date-time" => "2024-05-17T09:30:00Z",
        "date" => "2024-05-17",
        "time" => "09:30:00Z",
        "duration" => "PT15M",
        "uuid" => "7f3f1f5e-8a55-4b5c-9a39-3a4b1b0c2d11",
        "email" | "idn-email" => "jo@example.com",
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => "https://example.com/",
        "uri-template" => "https://example.com/{id}",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "ZXhhbXBsZQ==",
        "decimal" => "1.50",
        "json-pointer" => "",
        "relative-json-pointer" => "0",
        "regex" => "^example$",
        _ => "example",
    }
}

/// An integer, which may be larger than any that code has a type for.
pub(super) fn integer(value: &Value) -> Json {
    let large = || Some(value.to_json()).filter(|it| it.as_f64().is_some_and(|it| it.fract() == 0.0));
    whole(value).map(Json::from).or_else(large).unwrap_or_else(|| 1.into())
}

/// Another value of the same kind, for arrays whose items differ.
pub(super) fn varied(sample: Json, idx: usize) -> Json {
    match sample {
        Json::Number(it) => {
            it.as_i64().map_or(Json::Number(it), |it| it.saturating_add(i64::try_from(idx).unwrap_or(0)).into())
        }
        Json::String(it) => format!("{it}{idx}").into(),
        Json::Bool(it) => (!it).into(),
        other => other,
    }
}
