//! The parts of a request that hold parameters, as they came.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::COOKIE;

use super::text::Unescape;

/// The texts that stand for the parameters of a path template, still percent-encoded.
pub type Captures = Vec<(&'static str, String)>;

/// The parts of a request that hold parameters, as they came.
#[derive(Debug, Clone, Copy)]
pub struct RawRequest<'a> {
    /// What stands in the path for each name of the template.
    pub path: &'a [(&'static str, String)],
    /// The text after `?`.
    pub query: &'a str,
    /// The headers, cookies included.
    pub headers: &'a HeaderMap,
}

impl<'a> RawRequest<'a> {
    /// The text of a path parameter.
    pub(super) fn segment(&self, name: &str) -> Option<&'a str> {
        self.path.iter().find(|(it, _)| *it == name).map(|(_, text)| text.as_str())
    }

    /// Whether every name of the query can be read: no percent sign stands alone, and what is escaped is UTF-8.
    pub fn has_legible_names(&self) -> bool {
        let mut names = self.query.split('&').map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name));
        !self.query.contains('%') || names.all(|name| Unescape::Form.apply(name).is_some())
    }

    /// The pairs of the query in their order: unescaped name, value as it came.
    pub fn query_pairs(&self) -> impl Iterator<Item = (Cow<'a, str>, &'a str)> + use<'a> {
        self.query.split('&').filter(|pair| !pair.is_empty()).filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((Unescape::Form.apply(name)?, value))
        })
    }

    /// The lines of a header; one that is not visible ASCII is `None`.
    ///
    /// A request has so few headers that comparing names is quicker than to make one of the parameter's.
    pub(super) fn lines<'n>(&self, name: &'n str) -> impl Iterator<Item = Option<&'a str>> + use<'a, 'n> {
        let named = self.headers.iter().filter(move |(it, _)| it.as_str().eq_ignore_ascii_case(name));
        named.map(|(_, line)| line.to_str().ok())
    }

    /// The pairs of all `Cookie` headers: name and value as they came.
    ///
    /// Cookies that anybody has set come along, so one whose value is not UTF-8, which is `None`, spoils none of the others.
    pub fn cookies(&self) -> impl Iterator<Item = (&'a str, Option<&'a str>)> + use<'a> {
        let pairs = self.headers.get_all(COOKIE).iter().flat_map(|line| line.as_bytes().split(|it| *it == b';'));
        pairs.filter_map(|pair| {
            let (name, value) = pair.split_at(pair.iter().position(|it| *it == b'=')?);
            let name = str::from_utf8(name).ok()?.trim_start_matches([' ', '\t']);
            let value = str::from_utf8(&value[1..]).ok().map(|it| it.trim_end_matches([' ', '\t']));
            Some((name, value.map(|it| it.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(it))))
        })
    }
}
