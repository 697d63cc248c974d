//! Strings: their types, and the checks of their lengths, patterns and formats.

use super::open::{Open, taken};
use crate::config::{Dates, Decimals, Plain, Types};
use crate::ir::Schema;
use crate::plan::words::{Assertion, Checks, Format, RustType};
use crate::schemas::View;

/// A string, or the type of its format, whose values know their text: lengths and patterns are about that.
pub(super) fn string(view: &View<'_>, open: &mut Open, wanted: &Types) -> (RustType, Checks) {
    let mut own = Vec::new();
    for strings in open.each().filter_map(|it| it.strings.present()) {
        let (min, max) = taken(&mut strings.min_length, &mut strings.max_length);
        if min.is_some() || max.is_some() {
            own.push(Assertion::Length(min, max));
        }
    }
    // One static a field: where several patterns must hold, the tables say so.
    let pattern = open.each().filter_map(|it| it.strings.present()).find_map(|it| it.pattern.take());
    own.extend(pattern.map(Assertion::Pattern));
    let is_password = |it: &Schema| it.format.as_deref() == Some("password");
    let secret = view.schemas().any(|it| it.annotations.write_only || it.extensions.secret || is_password(it));
    let mut ty = RustType::String;
    for format in open.each().filter_map(|it| it.format.take()) {
        match typed_format(&format, wanted).filter(|_| !secret && ty == RustType::String) {
            Some(format) => ty = RustType::Formatted(format),
            None => own.push(Assertion::Format(format)),
        }
    }
    let ty = if secret { RustType::Secret(Box::new(ty)) } else { ty };
    (ty, Checks { own, inner: None })
}

/// The type of a format, as the user wants it.
fn typed_format(format: &str, wanted: &Types) -> Option<Format> {
    let plain = |wanted: Option<Plain>, format| Some(format).filter(|_| wanted != Some(Plain::Text));
    let [date_time, date, time] = wanted.dates().map(Dates::library);
    match format {
        "date-time" => date_time.map(Format::DateTime),
        "date" => date.map(Format::Date),
        "time" => time.map(Format::Time),
        "decimal" => (wanted.formats.decimal == Some(Decimals::RustDecimal)).then_some(Format::Decimal),
        "uuid" => plain(wanted.formats.uuid, Format::Uuid),
        "uri" => plain(wanted.formats.uri, Format::Uri),
        "uri-reference" => Some(Format::UriReference),
        "byte" => Some(Format::Byte),
        "ipv4" => Some(Format::Ipv4),
        "ipv6" => Some(Format::Ipv6),
        _ => None,
    }
}
