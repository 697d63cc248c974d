//! Media types: `application/json; charset=utf-8`, and what `Accept` makes of them.

use std::fmt;

use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE};

/// What people call UTF-8 and ASCII, which is a part of it.
const UTF8: [&str; 10] = [
    "utf-8",
    "utf8",
    "utf_8",
    "x-utf-8",
    "unicode-1-1-utf-8",
    "us-ascii",
    "us_ascii",
    "ascii",
    "ansi_x3.4-1968",
    "iso646-us",
];

/// A media type, its names in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    /// `type/subtype`.
    essence: String,
    parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Reads `type/subtype; name=value`; `None` where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
        let essence = essence.trim();
        let (kind, subtype) = essence.split_once('/')?;
        if !is_token(kind) || !is_token(subtype) {
            return None;
        }
        let parameters = quoted_split(parameters, ';').filter_map(|part| {
            let (name, value) = part.split_once('=')?;
            Some((name.trim().to_ascii_lowercase(), unquote(value.trim())))
        });
        Some(Self { essence: essence.to_ascii_lowercase(), parameters: parameters.collect() })
    }

    /// That of a message; `None` where there is none or it is malformed.
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        Self::parse(headers.get(CONTENT_TYPE)?.to_str().ok()?)
    }

    /// `type/subtype`, in small letters.
    pub fn essence(&self) -> &str {
        &self.essence
    }

    /// The value of a parameter such as `boundary`.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// Whether text of this type is in UTF-8, of which ASCII is a part.
    pub fn is_utf8(&self) -> bool {
        self.parameter("charset").is_none_or(|it| UTF8.iter().any(|known| it.eq_ignore_ascii_case(known)))
    }

    /// Whether the body is JSON: `application/json`, its older name `text/json`, or any `+json`. That is always in UTF-8:
    /// a `charset` has no effect (RFC 8259, section 11).
    pub fn is_json(&self) -> bool {
        self.essence == super::JSON || self.essence == "text/json" || self.essence.ends_with("+json")
    }

    /// Whether it is in a range such as `application/*`, or is this very type; parameters do not count.
    pub fn is_in(&self, range: &str) -> bool {
        self.fit(range).is_some()
    }

    /// How well a range fits: 2 for this very type, 1 for `type/*`, 0 for `*/*`.
    pub(crate) fn fit(&self, range: &str) -> Option<u8> {
        // Documents spell a media type as messages do, nearly always.
        if range == self.essence {
            return Some(2);
        }
        Self::parse(range)?.specificity_for(self)
    }

    /// How many parameters of a documented media type this one has too; `None` where one is missing or differs.
    pub(crate) fn shared_parameters(&self, documented: &str) -> Option<usize> {
        if !documented.contains(';') {
            return Some(0);
        }
        let wanted = Self::parse(documented)?.parameters;
        let has =
            |(name, value): &(String, String)| self.parameter(name).is_some_and(|it| it.eq_ignore_ascii_case(value));
        wanted.iter().all(has).then_some(wanted.len())
    }

    /// How well a range fits: 2 for the very type, 1 for `type/*`, 0 for `*/*`.
    fn specificity_for(&self, other: &Self) -> Option<u8> {
        match self.essence.strip_suffix("/*") {
            Some("*") => Some(0),
            Some(kind) => other.essence.strip_prefix(kind)?.starts_with('/').then_some(1),
            None => (self.essence == other.essence).then_some(2),
        }
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.essence)
    }
}

/// The position of the media type that `Accept` likes best; `None` where it excludes all of them. A range is liked as
/// what is liked best in it.
pub fn negotiate(headers: &HeaderMap, offered: &[&str]) -> Option<usize> {
    let ranges: Vec<_> =
        headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok()).flat_map(ranges).collect();
    if ranges.is_empty() {
        return (!offered.is_empty()).then_some(0);
    }
    let liking = |text: &str| {
        let offered = MediaType::parse(text)?;
        let fits = ranges.iter().filter_map(|(range, q)| Some((range.specificity_for(&offered)?, *q)));
        let whole = fits.max_by_key(|(specificity, _)| *specificity).map(|(_, q)| q);
        let inside = ranges.iter().filter(|(range, _)| offered.specificity_for(range).is_some()).map(|(_, q)| *q);
        let quality = whole.into_iter().chain(inside).max().filter(|q| *q > 0)?;
        // Parameters that are asked for decide between media types of one name, which a range is not.
        let same = ranges.iter().filter(|(it, _)| it.essence == offered.essence && !it.essence.contains('*'));
        Some((quality, same.filter_map(|(range, _)| range.shared_parameters(text)).max()))
    };
    let liked = offered.iter().enumerate().filter_map(|(position, it)| Some((position, liking(it)?)));
    // The first of the best, so the document's order decides between equals.
    liked.rev().max_by_key(|(_, liked)| *liked).map(|(position, _)| position)
}

/// `text/*;q=0.5, application/json` as ranges and thousandths.
fn ranges(line: &str) -> Vec<(MediaType, u32)> {
    let range = |text: &str| {
        let range = MediaType::parse(text)?;
        let q = range.parameter("q").map_or(Some(1.0), |q| q.parse::<f64>().ok()).unwrap_or(1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 1000")]
        Some((range, (q.clamp(0.0, 1.0) * 1000.0) as u32))
    };
    quoted_split(line, ',').filter_map(range).collect()
}

/// The parts between separators that are not inside quotes.
pub(crate) fn quoted_split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |c: char| {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        c == separator && !quoted
    })
}

fn unquote(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"').and_then(|it| it.strip_suffix('"')) else { return value.to_owned() };
    let mut text = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        text.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    text
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it))
}
