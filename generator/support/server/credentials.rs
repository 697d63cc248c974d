//! Credentials as they come with a request.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;

use super::call::Head;
use crate::support::Secret;
use crate::support::params::Location;

/// A bearer token: of the `http` scheme `bearer`, of `oauth2`, or of `openIdConnect`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer(pub Secret<String>);

/// A name and a password of the `http` scheme `basic`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basic {
    /// The name.
    pub user: String,
    /// The password.
    pub password: Secret<String>,
}

/// The value of an `apiKey` header, query parameter or cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey(pub Secret<String>);

pub(super) fn bearer(head: &Head) -> Option<Bearer> {
    Some(Bearer(authorization(head, "bearer")?.into()))
}

pub(super) fn basic(head: &Head) -> Option<Basic> {
    let decoded = STANDARD.decode(authorization(head, "basic")?).ok()?;
    let decoded = String::from_utf8(decoded).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some(Basic { user: user.to_owned(), password: password.into() })
}

pub(super) fn api_key(head: &Head, location: Location, name: &str) -> Option<ApiKey> {
    let request = head.raw();
    let key = match location {
        Location::Header => one(head.parts.headers.get_all(name).iter().map(|it| it.to_str().ok()))??.to_owned(),
        Location::Query => {
            let spaced = one(request.query_pairs().filter(|(it, _)| it == name))?.1.replace('+', " ");
            decoded(&spaced)?
        }
        Location::Cookie => decoded(one(request.cookies().filter(|(it, _)| *it == name))?.1)?,
        Location::Path => return None,
    };
    (!key.is_empty()).then(|| ApiKey(key.into()))
}

/// The credentials of one scheme. Two `Authorization` headers are none: proxies and servers would disagree about them.
fn authorization<'a>(head: &'a Head, scheme: &str) -> Option<&'a str> {
    let line = one(head.parts.headers.get_all(AUTHORIZATION).iter())?.to_str().ok()?;
    let (given, credentials) = line.split_once(' ')?;
    let credentials = credentials.trim();
    (given.eq_ignore_ascii_case(scheme) && !credentials.is_empty()).then_some(credentials)
}

fn decoded(text: &str) -> Option<String> {
    percent_encoding::percent_decode_str(text).decode_utf8().ok().map(Into::into)
}

/// The only one.
fn one<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    all.next().filter(|_| all.next().is_none())
}
