//! What a document needs of libraries when its code runs: each of its formats and patterns has one that knows it.

use std::collections::BTreeSet;

use crate::config::{Decimals, Library, Maps, Plain, Sets, Types};
use crate::ir::{Api, SchemaId};

/// What a document may need of the run time, which has a feature for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Texts with the format `byte`.
    Byte,
    /// Texts with the format `hostname`, `email` and their kin.
    Hostname,
    /// The types of a library.
    Library(Library),
    /// Patterns, and texts that are some.
    Pattern,
    /// Texts with the format `uri` and its kin.
    Uri,
    /// The type of `uuid`.
    Uuid,
}

impl Need {
    /// Every one.
    pub const ALL: [Self; 10] = [
        Self::Byte,
        Self::Hostname,
        Self::Library(Library::Chrono),
        Self::Library(Library::Indexmap),
        Self::Library(Library::Jiff),
        Self::Library(Library::RustDecimal),
        Self::Library(Library::Time),
        Self::Pattern,
        Self::Uri,
        Self::Uuid,
    ];

    /// The name of the feature.
    pub const fn feature(self) -> &'static str {
        match self {
            Self::Byte => "byte",
            Self::Hostname => "hostname",
            Self::Library(it) => it.name(),
            Self::Pattern => "pattern",
            Self::Uri => "uri",
            Self::Uuid => "uuid",
        }
    }

    /// Whether code without it might compile all the same, and check less.
    pub const fn is_silent(self) -> bool {
        !matches!(self, Self::Library(_))
    }
}

/// What some schemas need, with the types that the user wants.
pub(super) fn needed(api: &Api, schemas: &BTreeSet<SchemaId>, wanted: &Types) -> BTreeSet<Need> {
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
