//! What a document needs of libraries when its code runs.

use std::collections::BTreeSet;

use crate::config::{Decimals, Library, Maps, Plain, Sets, Types};
use crate::ir::{Api, SchemaId};
use crate::plan::words::Need;

/// What some schemas need, with the types that the user wants.
pub(in crate::plan) fn needed(api: &Api, schemas: &BTreeSet<SchemaId>, wanted: &Types) -> BTreeSet<Need> {
    let mut needs = BTreeSet::new();
    for schema in schemas.iter().map(|id| &api.schemas[*id]) {
        let has_pattern = schema.strings.pattern.is_some() || !schema.objects.pattern_properties.is_empty();
        needs.extend(has_pattern.then_some(Need::Pattern));
        needs.extend(schema.format.as_deref().and_then(|format| of_format(format, wanted)));
    }
    let is_indexed = wanted.maps == Some(Maps::Index) || wanted.sets == Some(Sets::Index);
    needs.extend(is_indexed.then_some(Need::Library(Library::Indexmap)));
    needs
}

fn of_format(format: &str, wanted: &Types) -> Option<Need> {
    let [date_time, date, time] = wanted.dates();
    match format {
        "date-time" => date_time.library().map(Need::Library),
        "date" => date.library().map(Need::Library),
        "time" => time.library().map(Need::Library),
        "decimal" => {
            (wanted.formats.decimal == Some(Decimals::RustDecimal)).then_some(Need::Library(Library::RustDecimal))
        }
        "uuid" => (wanted.formats.uuid != Some(Plain::Text)).then_some(Need::Uuid),
        "byte" => Some(Need::Byte),
        "email" | "idn-email" | "hostname" | "idn-hostname" => Some(Need::Hostname),
        "uri" | "uri-reference" | "iri" | "iri-reference" => Some(Need::Uri),
        "regex" => Some(Need::Pattern),
        _ => None,
    }
}
