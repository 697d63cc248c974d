//! What a client shows to be let in.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};

use super::Token;
use crate::support::Secret;
use crate::support::params::{self, EncodeError, Location, header_fault, is_cookie};

/// A credential of one security scheme. `Debug` shows its kind.
#[derive(Clone)]
pub struct Credential {
    kind: Scheme,
    token: Token,
}

#[derive(Clone, PartialEq, Eq)]
enum Scheme {
    Bearer,
    Basic { user: String },
    Http { scheme: &'static str },
    ApiKey { location: Location, name: &'static str },
}

/// Where a credential goes in a request.
pub(super) enum Placed {
    Header(HeaderName, HeaderValue),
    Query(String),
    Cookie(String),
}

impl Credential {
    /// A bearer token: for the `http` scheme `bearer`, for `oauth2` and for `openIdConnect`.
    pub fn bearer(token: impl Into<Token>) -> Self {
        Self { kind: Scheme::Bearer, token: token.into() }
    }

    /// A name and a password.
    pub fn basic(user: impl Into<String>, password: impl Into<Token>) -> Self {
        Self { kind: Scheme::Basic { user: user.into() }, token: password.into() }
    }

    /// What stands behind the name of another scheme of HTTP, such as `Digest`, in the `Authorization` header.
    pub fn http(scheme: &'static str, text: impl Into<Token>) -> Self {
        Self { kind: Scheme::Http { scheme }, token: text.into() }
    }

    /// A key in a header, in the query or in a cookie.
    pub fn api_key(location: Location, name: &'static str, key: impl Into<Token>) -> Self {
        Self { kind: Scheme::ApiKey { location, name }, token: key.into() }
    }

    /// Where the secret comes from.
    pub(super) fn token(&self) -> &Token {
        &self.token
    }

    /// The credential in its place, with its secret.
    pub(super) fn placed(&self, secret: &Secret<String>) -> Result<Placed, EncodeError> {
        let secret = secret.expose();
        match &self.kind {
            Scheme::Bearer => header(AUTHORIZATION, "Bearer ", secret),
            // The first colon ends the name (RFC 7617, section 2).
            Scheme::Basic { user } if user.contains(':') => Err(EncodeError::about(
                "credential",
                "has a user name with a colon, which no server can tell from its end",
            )),
            // Nor has either of the two a control character.
            Scheme::Basic { user } if user.chars().chain(secret.chars()).any(char::is_control) => {
                Err(EncodeError::about("credential", "has a control character, which no user name and no password has"))
            }
            Scheme::Basic { user } => header(AUTHORIZATION, "Basic ", &STANDARD.encode(format!("{user}:{secret}"))),
            Scheme::Http { scheme } => header(AUTHORIZATION, &format!("{scheme} "), secret),
            Scheme::ApiKey { location: Location::Header, name } => {
                let name = HeaderName::from_bytes(name.as_bytes());
                header(name.map_err(|_| EncodeError::about("API key", "has a name that is no header"))?, "", secret)
            }
            Scheme::ApiKey { location: Location::Cookie, name } => {
                Ok(Placed::Cookie(format!("{name}={}", cookie(secret)?)))
            }
            Scheme::ApiKey { name, .. } => Ok(Placed::Query(params::form_pair(name, secret))),
        }
    }
}

/// A text as the value of a cookie: as it is, which RFC 6265 allows for these characters only.
fn cookie(text: &str) -> Result<&str, EncodeError> {
    let fault = || EncodeError::about("API key", "holds a character that no cookie can carry");
    is_cookie(text).then_some(text).ok_or_else(fault)
}

/// A secret in a header, behind the name of its scheme.
fn header(name: HeaderName, scheme: &str, secret: &str) -> Result<Placed, EncodeError> {
    let fault = |reason| EncodeError::about("credential", reason);
    if let Some(reason) = header_fault(secret) {
        return Err(fault(reason));
    }
    let value = HeaderValue::from_str(&format!("{scheme}{secret}"));
    let mut value = value.map_err(|_| fault("holds a character that no header can carry"))?;
    value.set_sensitive(true);
    Ok(Placed::Header(name, value))
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Scheme::Bearer => f.write_str("Bearer(..)"),
            Scheme::Basic { .. } => f.write_str("Basic(..)"),
            Scheme::Http { scheme } => write!(f, "Http({scheme}, ..)"),
            Scheme::ApiKey { name, .. } => write!(f, "ApiKey({name}, ..)"),
        }
    }
}
