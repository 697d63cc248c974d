//! What a document needs of libraries when its code runs: each of its formats and patterns has one that knows it.

use crate::config::Library;

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
