//! What a client shows to be let in.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};

use crate::support::Secret;
use crate::support::params::{EncodeError, Location};

/// A credential of one security scheme. `Debug` shows its kind.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential(Kind);

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    Bearer(Secret<String>),
    Basic { user: String, password: Secret<String> },
    Http { scheme: &'static str, text: Secret<String> },
    ApiKey { location: Location, name: &'static str, key: Secret<String> },
}

/// Where a credential goes in a request.
pub(super) enum Placed {
    Header(HeaderName, HeaderValue),
    Query(String),
    Cookie(String),
}

impl Credential {
    /// A bearer token: for the `http` scheme `bearer`, for `oauth2` and for `openIdConnect`.
    pub fn bearer(token: impl Into<Secret<String>>) -> Self {
        Self(Kind::Bearer(token.into()))
    }

    /// A name and a password.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret<String>>) -> Self {
        Self(Kind::Basic { user: user.into(), password: password.into() })
    }

    /// What stands behind the name of another scheme of HTTP, such as `Digest`, in the `Authorization` header.
    pub fn http(scheme: &'static str, text: impl Into<Secret<String>>) -> Self {
        Self(Kind::Http { scheme, text: text.into() })
    }

    /// A key in a header, in the query or in a cookie.
    pub fn api_key(location: Location, name: &'static str, key: impl Into<Secret<String>>) -> Self {
        Self(Kind::ApiKey { location, name, key: key.into() })
    }

    /// The credential in its place.
    pub(super) fn placed(&self) -> Result<Placed, EncodeError> {
        match &self.0 {
            Kind::Bearer(token) => header(AUTHORIZATION, &format!("Bearer {}", token.expose())),
            Kind::Basic { user, password } => {
                let pair = STANDARD.encode(format!("{user}:{}", password.expose()));
                header(AUTHORIZATION, &format!("Basic {pair}"))
            }
            Kind::Http { scheme, text } => header(AUTHORIZATION, &format!("{scheme} {}", text.expose())),
            Kind::ApiKey { location: Location::Header, name, key } => {
                let name = HeaderName::from_bytes(name.as_bytes());
                header(name.map_err(|_| EncodeError::about("API key", "has a name that is no header"))?, key.expose())
            }
            Kind::ApiKey { location, name, key } => {
                let escaped = |text| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
                let pair = format!("{}={}", escaped(name), escaped(key.expose()));
                Ok(if *location == Location::Cookie { Placed::Cookie(pair) } else { Placed::Query(pair) })
            }
        }
    }
}

fn header(name: HeaderName, text: &str) -> Result<Placed, EncodeError> {
    let value = HeaderValue::from_str(text);
    let mut value =
        value.map_err(|_| EncodeError::about("credential", "holds a character that no header can carry"))?;
    value.set_sensitive(true);
    Ok(Placed::Header(name, value))
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Bearer(_) => f.write_str("Bearer(..)"),
            Kind::Basic { .. } => f.write_str("Basic(..)"),
            Kind::Http { scheme, .. } => write!(f, "Http({scheme}, ..)"),
            Kind::ApiKey { name, .. } => write!(f, "ApiKey({name}, ..)"),
        }
    }
}
