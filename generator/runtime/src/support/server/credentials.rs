//! Credentials as they come with a request.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::request::Parts;

use super::call::Head;
use super::{Context, Denied};
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

/// What everybody may know: the credential of stand-ins.
const DEMO: &str = "demo";

fn demo(secrets: &[&str]) -> Result<(), Denied> {
    if secrets.iter().all(|it| *it == DEMO) { Ok(()) } else { Err(Denied::Unauthorized) }
}

impl Bearer {
    /// Admits the token `demo` and nothing else: for stand-ins, never for servers.
    ///
    /// # Errors
    /// For every other token.
    pub fn is_demo(&self) -> Result<(), Denied> {
        demo(&[self.0.expose()])
    }
}

impl Basic {
    /// Admits the user `demo` with the password `demo`: for stand-ins, never for servers.
    ///
    /// # Errors
    /// For everybody else.
    pub fn is_demo(&self) -> Result<(), Denied> {
        demo(&[&self.user, self.password.expose()])
    }
}

impl ApiKey {
    /// Admits the key `demo`: for stand-ins, never for servers.
    ///
    /// # Errors
    /// For every other key.
    pub fn is_demo(&self) -> Result<(), Denied> {
        demo(&[self.0.expose()])
    }
}

/// The certificate that a client shows when the connection begins (`mutualTLS`).
///
/// Whatever ends TLS puts it into the extensions of each request, for instance with `axum::Extension`, after the
/// certificate is verified: as DER, or in the form of a proxy in front. The bytes are what the hook gets.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientCertificate(Bytes);

impl ClientCertificate {
    /// The certificate.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Admits the bytes `demo` and nothing else: for stand-ins, never for servers.
    ///
    /// # Errors
    /// For every other certificate.
    pub fn is_demo(&self) -> Result<(), Denied> {
        if self.0 == DEMO { Ok(()) } else { Err(Denied::Unauthorized) }
    }
}

impl<B: Into<Bytes>> From<B> for ClientCertificate {
    fn from(certificate: B) -> Self {
        Self(certificate.into())
    }
}

/// It names its owner, who need not stand in logs.
impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientCertificate(..)")
    }
}

/// What stands behind the name of a scheme in `Authorization`, as it came: for schemes such as `Digest`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpCredentials(pub Secret<String>);

impl HttpCredentials {
    /// Admits `demo`: for stand-ins, never for servers.
    ///
    /// # Errors
    /// For everything else.
    pub fn is_demo(&self) -> Result<(), Denied> {
        demo(&[self.0.expose()])
    }
}

/// All of a request but its body, for a security scheme that the document asks for and does not describe.
#[derive(Clone)]
pub struct RequestHead(Context);

impl RequestHead {
    pub(super) fn new(context: Context) -> Self {
        Self(context)
    }

    /// Method, URI, headers and extensions.
    pub fn parts(&self) -> &Parts {
        self.0.parts()
    }

    /// Admits requests with `Authorization: demo`: for stand-ins, never for servers.
    ///
    /// # Errors
    /// For every other request.
    pub fn is_demo(&self) -> Result<(), Denied> {
        let shown = self.0.header(AUTHORIZATION.as_str());
        demo(&[shown.unwrap_or_default()])
    }
}

/// URI and headers may hold secrets.
impl fmt::Debug for RequestHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestHead({}, ..)", self.0.method())
    }
}

/// What a request shows for a scheme.
pub(super) enum Shown<T> {
    Nothing,
    /// Something that is no credential of the scheme.
    Malformed,
    Credential(T),
}

impl<T> Shown<T> {
    /// What can be read, or else is malformed.
    fn read(credential: Option<T>) -> Self {
        credential.map_or(Self::Malformed, Self::Credential)
    }
}

pub(super) fn bearer(head: &Head) -> Shown<Bearer> {
    match authorization(head, "bearer") {
        Shown::Credential(token) => Shown::Credential(Bearer(token.into())),
        Shown::Malformed => Shown::Malformed,
        Shown::Nothing => Shown::Nothing,
    }
}

pub(super) fn http(head: &Head, scheme: &str) -> Shown<HttpCredentials> {
    match authorization(head, scheme) {
        Shown::Credential(text) => Shown::Credential(HttpCredentials(text.into())),
        Shown::Malformed => Shown::Malformed,
        Shown::Nothing => Shown::Nothing,
    }
}

pub(super) fn basic(head: &Head) -> Shown<Basic> {
    match authorization(head, "basic") {
        Shown::Credential(pair) => Shown::read(user_and_password(pair)),
        Shown::Malformed => Shown::Malformed,
        Shown::Nothing => Shown::Nothing,
    }
}

fn user_and_password(pair: &str) -> Option<Basic> {
    let decoded = String::from_utf8(STANDARD.decode(pair).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some(Basic { user: user.to_owned(), password: password.into() })
}

pub(super) fn api_key(head: &Head, location: Location, name: &str) -> Shown<ApiKey> {
    let request = head.raw();
    let keys: Vec<Option<String>> = match location {
        Location::Header => {
            let lines = head.parts.headers.get_all(name).iter();
            lines.map(|it| it.to_str().ok().map(str::to_owned)).collect()
        }
        Location::Query => {
            let values = request.query_pairs().filter(|(it, _)| it == name);
            values.map(|(_, value)| decoded(&value.replace('+', " "))).collect()
        }
        // A cookie is no URL: RFC 6265 knows no escapes.
        Location::Cookie => {
            let values = request.cookies().filter(|(it, _)| *it == name);
            values.map(|(_, value)| value.map(str::to_owned)).collect()
        }
        Location::Path => Vec::new(),
    };
    match keys.as_slice() {
        [] => Shown::Nothing,
        [Some(key)] if !key.is_empty() => Shown::Credential(ApiKey(key.as_str().into())),
        // Two keys are none, as below.
        _ => Shown::Malformed,
    }
}

/// The credentials of one scheme. Two `Authorization` headers are none: proxies and servers would disagree about them.
fn authorization<'a>(head: &'a Head, scheme: &str) -> Shown<&'a str> {
    let mut lines = head.parts.headers.get_all(AUTHORIZATION).iter();
    let Some(line) = lines.next() else { return Shown::Nothing };
    let Some(line) = line.to_str().ok().filter(|_| lines.next().is_none()) else { return Shown::Malformed };
    let (given, credentials) = line.split_once(' ').unwrap_or((line, ""));
    if !given.eq_ignore_ascii_case(scheme) {
        return Shown::Nothing;
    }
    Shown::read(Some(credentials.trim()).filter(|it| !it.is_empty()))
}

fn decoded(text: &str) -> Option<String> {
    percent_encoding::percent_decode_str(text).decode_utf8().ok().map(Into::into)
}
