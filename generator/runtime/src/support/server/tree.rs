//! Path templates, found by path.
//!
//! `/v1/alerts/acknowledge` wins over `/v1/alerts/{alert}`; a segment may mix text and parameters (`{name}.json`).
//! A path is split at its slashes before it is percent-decoded, so `%2F` stays inside a segment, and so is a segment at
//! its texts: of `archive.tar.gz`, `{name}.{extension}` takes `archive` and `tar.gz`, and `archive%2Etar` is one name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::support::params::{Pattern, capture, literal_text, parse};

/// A node of the tree: what comes after some segments.
#[derive(Debug)]
pub(super) struct Tree<T> {
    literals: BTreeMap<String, Self>,
    patterns: Vec<(Pattern, Self)>,
    /// What is registered for the path that ends here.
    pub(super) value: Option<T>,
}

impl<T> Tree<T> {
    pub(super) fn new() -> Self {
        Self { literals: BTreeMap::new(), patterns: Vec::new(), value: None }
    }

    /// The node of a path template, made where it is not there yet.
    pub(super) fn node(&mut self, template: &str) -> &mut Self {
        let mut node = self;
        for segment in segments(template) {
            node = node.child(segment);
        }
        node
    }

    fn child(&mut self, segment: &str) -> &mut Self {
        let (pattern, _) = parse(segment);
        if let [literal] = &*pattern {
            let literal = percent_decode_str(literal).decode_utf8_lossy().into_owned();
            return self.literals.entry(literal).or_insert_with(Self::new);
        }
        let pattern: Pattern = pattern.iter().map(|it| literal_text(it)).collect();
        let known = self.patterns.iter().position(|(it, _)| *it == pattern);
        let index = known.unwrap_or_else(|| {
            // The more literal text, the more specific, so it is tried first.
            let length = |it: &Pattern| it.iter().map(String::len).sum::<usize>();
            let place = self.patterns.partition_point(|(it, _)| length(it) >= length(&pattern));
            self.patterns.insert(place, (pattern, Self::new()));
            place
        });
        &mut self.patterns[index].1
    }

    /// What is registered for a path, and the texts of its parameters in their order.
    pub(super) fn find<'a>(&self, path: &'a str) -> Option<(&T, Vec<&'a str>)> {
        let mut texts = Vec::new();
        let value = self.walk(Some(path.strip_prefix('/').unwrap_or(path)), &mut texts)?;
        Some((value, texts))
    }

    /// As deep as the templates, and through each node at most once.
    fn walk<'a>(&self, path: Option<&'a str>, texts: &mut Vec<&'a str>) -> Option<&T> {
        let Some(path) = path else { return self.value.as_ref() };
        // Segments are short: a plain loop finds their end sooner than a search for text.
        let (segment, rest) = match path.bytes().position(|it| it == b'/') {
            Some(end) => (&path[..end], Some(&path[end + 1..])),
            None => (path, None),
        };
        if let Some(literal) = decoded(segment)
            && let Some(node) = self.literals.get(literal.as_ref())
            && let Some(value) = node.walk(rest, texts)
        {
            return Some(value);
        }
        for (pattern, node) in &self.patterns {
            let before = texts.len();
            if capture(pattern, segment, texts)
                && let Some(value) = node.walk(rest, texts)
            {
                return Some(value);
            }
            texts.truncate(before);
        }
        None
    }
}

fn decoded(segment: &str) -> Option<Cow<'_, str>> {
    if segment.bytes().all(|it| it != b'%') {
        return Some(segment.into());
    }
    percent_decode_str(segment).decode_utf8().ok()
}

/// The parameters of a template, in their order.
pub(super) fn names(template: &'static str) -> Vec<&'static str> {
    segments(template).flat_map(|segment| parse(segment).1).collect()
}

/// The paths under which axum finds a template: one parameter for each segment that is more than plain text.
///
/// `None` where axum has no way to say it; such paths come through the router's fallback.
pub(super) fn axum_path(template: &str) -> Option<String> {
    let mut path = String::new();
    let count = segments(template).count();
    for (index, segment) in segments(template).enumerate() {
        match segment {
            "" if index + 1 < count => return None,
            segment if is_plain(segment) => path.extend(["/", segment]),
            _ => path.extend(["/{p", &index.to_string(), "}"]),
        }
    }
    Some(path)
}

/// Whether a segment means the same to everybody, escaped or not.
pub(super) fn is_plain(segment: &str) -> bool {
    segment.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._~".contains(&it))
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}
