//! Strings: their types, and the checks of their lengths, patterns and formats.

use super::checks::{Assertion, Checks};
use super::schemas::Planned;
use super::types::{Format, RustType};
use super::view::View;
use crate::config::{Formats, Plain};

/// A string, or the type of its format.
pub(super) fn string(view: &View<'_>, wanted: &Formats) -> Planned {
    let mut own = Vec::new();
    for schema in view.schemas() {
        let strings = &schema.strings;
        let min = strings.min_length.filter(|min| *min > 0);
        if min.is_some() || strings.max_length.is_some() {
            own.push(Assertion::Length(min, strings.max_length));
        }
    }
    // One static a field: where several patterns must hold, the tables say so.
    let patterns: Vec<_> = view.schemas().filter_map(|it| it.strings.pattern.clone()).collect();
    let residue = patterns.len() > 1;
    own.extend(patterns.into_iter().take(1).map(Assertion::Pattern));
    let formats: Vec<_> = view.schemas().filter_map(|it| it.format.as_deref()).collect();
    let secret =
        view.schemas().any(|it| it.annotations.write_only || it.extensions.secret) || formats.contains(&"password");
    let mut ty = RustType::String;
    for format in formats {
        match typed_format(format, wanted).filter(|_| own.is_empty() && !secret && ty == RustType::String) {
            Some(format) => ty = RustType::Formatted(format),
            None if ASSERTED_FORMATS.contains(&format) => own.push(Assertion::Format(format.to_owned())),
            None => {}
        }
    }
    let ty = if secret { RustType::Secret(Box::new(ty)) } else { ty };
    Planned { ty, checks: Checks { own, inner: None }, residue }
}

/// The type of a format, as the user wants it.
fn typed_format(format: &str, wanted: &Formats) -> Option<Format> {
    let plain = |wanted: Option<Plain>, format| Some(format).filter(|_| wanted != Some(Plain::Text));
    match format {
        "date-time" => plain(wanted.date_time, Format::DateTime),
        "date" => plain(wanted.date, Format::Date),
        "time" => plain(wanted.time, Format::Time),
        "uuid" => plain(wanted.uuid, Format::Uuid),
        "uri" => plain(wanted.uri, Format::Uri),
        "uri-reference" => Some(Format::UriReference),
        "byte" => Some(Format::Byte),
        "ipv4" => Some(Format::Ipv4),
        "ipv6" => Some(Format::Ipv6),
        _ => None,
    }
}

/// The formats that are asserted; every other one is an annotation.
pub(super) const ASSERTED_FORMATS: &[&str] = &[
    "date-time",
    "date",
    "time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uri-template",
    "uuid",
    "json-pointer",
    "relative-json-pointer",
    "regex",
    "byte",
    "decimal",
    "int32",
    "int64",
    "uint32",
    "uint64",
    "float",
    "double",
];
