//! Where requests go: URLs, and references to them.

use fluent_uri::UriRef;
use http::Uri;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::Error;
use crate::support::params;

/// A base URL without a slash at its end.
pub(super) fn base(url: &str) -> Result<String, Error> {
    if target(url)?.query().is_some() || url.contains('#') {
        return Err(Error::BaseUrl("has a query or a fragment"));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

/// How many bytes the URL of a request has at most.
const LONGEST: usize = u16::MAX as usize - 1;

/// Why no request can go to a URL, which a text of it is not for: it may hold secrets.
pub(super) fn url_fault(url: &str) -> &'static str {
    if url.len() > LONGEST { "has a URL of more than 65,534 bytes, which no request can have" } else { "has no URL" }
}

/// A URL that requests can go to.
pub(super) fn target(url: &str) -> Result<Uri, Error> {
    let is_long = url.len() > LONGEST;
    let fault = if is_long { "has more than 65,534 bytes, which no request can have" } else { "is not a URL" };
    let uri: Uri = url.parse().map_err(|_| Error::BaseUrl(fault))?;
    let authority = uri.authority().ok_or(Error::BaseUrl("has no host"))?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(Error::BaseUrl("is neither http nor https"));
    }
    if authority.as_str().contains('@') {
        return Err(Error::BaseUrl("holds credentials, which belong to a security scheme"));
    }
    Ok(uri)
}

/// A reference as servers write it, whose characters that no URL has are escaped, as browsers do: `?page[number]=2`.
pub(super) fn reference(text: &str) -> Option<UriRef<String>> {
    const ESCAPED: AsciiSet =
        CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');
    // A host may be an address in brackets.
    const BRACKETED: AsciiSet = ESCAPED.add(b'[').add(b']');
    let authority = text.find("//").filter(|it| !text[..*it].contains(['/', '?', '#'])).map_or(0, |it| it + 2);
    let path = if authority == 0 {
        0
    } else {
        text[authority..].find(['/', '?', '#']).map_or(text.len(), |it| authority + it)
    };
    let (before, behind) = text.split_at(path);
    UriRef::parse(format!("{}{}", utf8_percent_encode(before, &ESCAPED), utf8_percent_encode(behind, &BRACKETED))).ok()
}

/// Whether two URLs lead to one server: the same scheme, host and port.
pub(super) fn is_same_origin(one: &Uri, other: &Uri) -> bool {
    let origin = |it: &Uri| {
        let port = it.port_u16().or(if it.scheme_str() == Some("https") { Some(443) } else { Some(80) });
        (it.scheme_str().map(str::to_owned), it.host().map(str::to_ascii_lowercase), port)
    };
    origin(one) == origin(other)
}

/// A URL without the pairs of its query that have the name of this one.
pub(super) fn without(url: &str, pair: &str) -> String {
    let Some((path, query)) = url.split_once('?') else { return url.to_owned() };
    let name = |pair: &str| params::form_pairs(pair).into_iter().next().map(|(name, _)| name);
    let kept: Vec<_> = query.split('&').filter(|it| name(it) != name(pair)).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}
