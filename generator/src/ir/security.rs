//! Who may call: schemes and requirements.

use super::Location;
use crate::source::Origin;

/// A Security Scheme Object.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityScheme {
    /// Where it stands.
    pub origin: Origin,
    /// Its name in `components.securitySchemes`.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
    /// What it asks for.
    pub kind: SecuritySchemeKind,
}

/// What a scheme asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecuritySchemeKind {
    /// `http` with `basic`.
    Basic,
    /// `http` with `bearer`, `oauth2` and `openIdConnect`: a token in the `Authorization` header.
    Bearer,
    /// `apiKey`.
    ApiKey {
        /// `in`.
        location: ApiKeyLocation,
        /// `name`.
        name: String,
    },
    /// `mutualTLS`.
    MutualTls,
    /// `http` with another scheme, such as `digest`: what stands behind its name in the `Authorization` header.
    Http {
        /// `scheme`.
        scheme: String,
    },
    /// One that the document does not describe: whoever asks for it sees all of the request but its body.
    Unknown,
}

/// The `in` of an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiKeyLocation {
    /// `header`
    Header,
    /// `query`
    Query,
    /// `cookie`
    Cookie,
}

impl ApiKeyLocation {
    /// The place, which parameters may have, too.
    pub fn location(self) -> Location {
        match self {
            Self::Header => Location::Header,
            Self::Query => Location::Query,
            Self::Cookie => Location::Cookie,
        }
    }
}

/// A Security Requirement Object: all of its schemes must hold; without any, anyone may call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The position of each scheme in [`Api::security_schemes`](super::Api::security_schemes), with its scopes.
    pub schemes: Vec<(usize, Vec<String>)>,
}
