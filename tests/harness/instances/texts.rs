//! Texts of formats, lengths and patterns.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::{Map, Value};

use super::Random;
use crate::meant::FORMAT;

/// A text for all these schemas.
pub(super) fn string(random: &mut Random, all: &[Map<String, Value>]) -> Option<String> {
    let word = |name: &str| all.iter().find_map(|it| it.get(name)?.as_str());
    let count = |name: &str| all.iter().filter_map(|it| it.get(name)?.as_u64()).collect::<Vec<_>>();
    if let Some(format) = word("format").and_then(samples) {
        return Some((*random.pick(format)).to_owned());
    }
    if let Some(texts) = word(FORMAT).and_then(spelt) {
        return Some((*random.pick(texts)).to_owned());
    }
    if let Some(pattern) = word("pattern") {
        let hir = regex_syntax::Parser::new().parse(pattern).ok()?;
        let mut out = String::new();
        sample(random, &hir, &mut out, 0);
        return Some(out);
    }
    let min = usize::try_from(count("minLength").into_iter().max().unwrap_or(0)).ok()?.min(5000);
    let max = usize::try_from(count("maxLength").into_iter().min().unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    let words = ["string", "a", "", "pa$$word", "é\u{1F600}", "99A9999A", "2024-05", "12.50", "\"\\\u{7f}"];
    let text = (*random.pick(&words)).to_owned();
    let length = text.chars().count();
    Some(if length < min {
        text.chars().chain(std::iter::repeat_n('x', min - length)).collect()
    } else {
        text.chars().take(max).collect()
    })
}

fn samples(format: &str) -> Option<&'static [&'static str]> {
    Some(match format {
        "date-time" => &["2019-08-24T14:15:22.123Z", "2024-02-29T23:59:59+02:00", "1970-01-01T00:00:00Z"],
        "date" => &["2019-08-24", "2024-02-29"],
        "uuid" => &["095be615-a8ad-4c33-8e9c-c7612fbf6c9f", "00000000-0000-0000-0000-000000000000"],
        "ipv4" => &["192.0.2.1", "0.0.0.0"],
        "ipv6" => &["2001:db8::1", "::"],
        "email" => &["user@example.com", "a@b.example"],
        "time" => &["14:15:22Z", "23:59:59.5+02:00"],
        "duration" => &["P1DT12H", "PT0S", "P3W"],
        "hostname" => &["example.com", "localhost", "xn--bcher-kva.example"],
        "uri-reference" => &["/a/b?c=d#e", "https://example.com/", "x"],
        "uri-template" => &["https://example.com/a{/b}{?c,d}", "x"],
        "iri" => &["https://example.com/\u{e4}", "mailto:a@b.example"],
        "iri-reference" => &["/\u{e4}?b#c", "x"],
        "relative-json-pointer" => &["0/a", "2#"],
        "regex" => &["^a+$", ""],
        "json-pointer" => &["/a/0/b~1c", ""],
        "uri" => &["https://example.com/a?b#c", "mailto:a@b.example"],
        _ => return None,
    })
}

/// Texts of a format that the judge states as a pattern.
fn spelt(format: &str) -> Option<&'static [&'static str]> {
    Some(match format {
        "byte" => &["", "YQ==", "YWI=", "YWJj", "+/+/AAECAwQ="],
        "decimal" => &["12.50", "-1", "0", "100000000000000000000.01"],
        _ => return None,
    })
}

/// A text that a pattern matches; what stands around the match is left out.
fn sample(random: &mut Random, hir: &Hir, out: &mut String, depth: usize) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges();
            if !ranges.is_empty() {
                let range = random.pick(&ranges[..ranges.len().min(4)]);
                let width = (u32::from(range.end()) - u32::from(range.start())).min(60) as usize;
                let offset = u32::try_from(random.below(width + 1)).unwrap_or_default();
                out.push(char::from_u32(u32::from(range.start()) + offset).unwrap_or(range.start()));
            }
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min + 3).min(repetition.min + 3);
            let spread = most - repetition.min;
            let extra = u32::try_from(random.below(spread as usize + 1)).unwrap_or_default();
            let times = if depth > 12 { repetition.min } else { repetition.min + extra };
            (0..times.min(300)).for_each(|_| sample(random, &repetition.sub, out, depth + 1));
        }
        HirKind::Capture(capture) => sample(random, &capture.sub, out, depth + 1),
        HirKind::Concat(parts) => parts.iter().for_each(|it| sample(random, it, out, depth + 1)),
        HirKind::Alternation(parts) => {
            let part = random.pick(parts);
            sample(random, part, out, depth + 1);
        }
    }
}
