//! The text of a parameter, split at the delimiters of its style, then unescaped.

use std::borrow::Cow;

use super::{Found, Location, Parameter, Place, REPEATED, Shape, Style};
use crate::support::Violation;
use crate::support::params::text::Unescape;

impl<'a> Place<'a> {
    /// The whole text of a scalar.
    pub(super) fn scalar(&self) -> Found<Cow<'a, str>> {
        if self.parameter.whole {
            return self.whole_query();
        }
        if self.parameter.location == Location::Header && !self.parameter.content && is_text(&self.parameter.shape) {
            return Ok(self.lines_as_text()?.map(Cow::Owned));
        }
        self.one()?.map(|text| self.characters(text)).transpose()
    }

    /// The lines of a header that is text: whoever sends several means a list (RFC 9110, section 5.3).
    fn lines_as_text(&self) -> Found<String> {
        let lines: Vec<_> = self.lines().map(|line| self.unescape(line?)).collect::<Result<_, _>>()?;
        Ok((!lines.is_empty()).then(|| lines.join(", ")))
    }

    /// The whole query; an empty one is none.
    fn whole_query(&self) -> Found<Cow<'a, str>> {
        let query = Some(self.request.query).filter(|it| !it.is_empty());
        query.map(|query| self.characters(query)).transpose()
    }

    /// The texts of a list.
    pub(super) fn items(&self) -> Found<Vec<String>> {
        let Parameter { style, explode, .. } = *self.parameter;
        match style {
            Style::Matrix if explode => {
                let Some(parts) = self.matrix_parts()? else { return Ok(None) };
                let values = parts.into_iter().map(|(name, value)| self.expect_name(name).and(self.unescape(value)));
                values.collect::<Result<_, _>>().map(Some)
            }
            Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject
            | Style::Cookie
                if explode =>
            {
                let values: Vec<_> = self.values().map(|it| self.unescape(it?)).collect::<Result<_, _>>()?;
                Ok((!values.is_empty()).then_some(values))
            }
            _ => self.delimited().map(|texts| texts.map(|texts| self.present(texts))),
        }
    }

    /// The items of a list; in headers, recipients ignore empty ones (RFC 9110, 5.6.1).
    fn present(&self, mut texts: Vec<String>) -> Vec<String> {
        if self.parameter.location == Location::Header && self.parameter.style == Style::Simple {
            texts.retain(|text| !text.is_empty());
        }
        texts
    }

    /// The names and texts of an object's properties.
    pub(super) fn pairs(&self, properties: &[(&str, Shape)], further: bool) -> Found<Vec<(String, String)>> {
        if !self.parameter.explode {
            let Some(texts) = self.delimited()? else { return Ok(None) };
            if matches!(&*texts, [only] if only.is_empty()) {
                return Ok(Some(Vec::new()));
            }
            let mut pairs = Vec::new();
            let mut texts = texts.into_iter();
            while let Some(name) = texts.next() {
                pairs.push((name, texts.next().ok_or_else(|| self.malformed())?));
            }
            return Ok(Some(pairs));
        }
        match self.parameter.style {
            Style::Simple => self.assignments(','),
            Style::Label => self.assignments('.'),
            Style::Matrix => {
                let Some(parts) = self.matrix_parts()? else { return Ok(None) };
                let pair = |(name, value)| Ok((self.unescape(name)?, self.unescape(value)?));
                parts.into_iter().map(pair).collect::<Result<_, _>>().map(Some)
            }
            Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject
            | Style::Cookie => {
                let is_ours = |name: &str| {
                    let known = further || properties.iter().any(|(it, _)| *it == name);
                    known && self.siblings.leave(name, self.parameter)
                };
                // A cookie of others is no property that cannot be read.
                let is_named = |name: &str| properties.iter().any(|(it, _)| *it == name);
                let pairs = self.named_pairs().into_iter().filter(|(name, _)| is_ours(name));
                let pairs: Vec<_> = pairs
                    .filter(|(name, value)| value.is_some() || is_named(name))
                    .map(|(name, value)| Ok((name.into_owned(), self.unescape(self.legible(value)?)?)))
                    .collect::<Result<_, _>>()?;
                Ok((!pairs.is_empty()).then_some(pairs))
            }
        }
    }

    /// The items between delimiters.
    fn delimited(&self) -> Found<Vec<String>> {
        let Some(text) = self.one_or_lines()? else { return Ok(None) };
        let delimiter = match self.parameter.style {
            Style::Label if self.parameter.explode => '.',
            // The delimiter itself is escaped, so that the text has to be unescaped first.
            Style::SpaceDelimited => return Ok(Some(self.unescape(&text)?.split(' ').map(str::to_owned).collect())),
            Style::PipeDelimited => return Ok(Some(self.unescape(&text)?.split('|').map(str::to_owned).collect())),
            Style::TabDelimited => return Ok(Some(self.unescape(&text)?.split('\t').map(str::to_owned).collect())),
            _ => ',',
        };
        text.split(delimiter).map(|item| self.unescape(item)).collect::<Result<_, _>>().map(Some)
    }

    /// `R=100,G=200`. A dot in a value is not escaped, so a piece without `=` belongs to the value before.
    fn assignments(&self, delimiter: char) -> Found<Vec<(String, String)>> {
        let Some(text) = self.one_or_lines()? else { return Ok(None) };
        let mut pairs: Vec<(String, String)> = Vec::new();
        for piece in text.split(delimiter).filter(|_| !text.is_empty()) {
            match (piece.split_once('='), pairs.last_mut()) {
                (Some((name, value)), _) => pairs.push((self.unescape(name)?, self.unescape(value)?)),
                (None, Some((_, value))) if delimiter == '.' => {
                    value.push('.');
                    value.push_str(&self.unescape(piece)?);
                }
                (None, _) => return Err(self.malformed()),
            }
        }
        Ok(Some(pairs))
    }

    /// The text of a parameter that is there once, without the prefix of its style.
    fn one(&self) -> Found<&'a str> {
        match self.parameter.style {
            Style::Label => self.after_dot(),
            Style::Matrix => {
                let Some(parts) = self.matrix_parts()? else { return Ok(None) };
                let [(name, value)] = *parts else { return Err(self.malformed()) };
                self.expect_name(name)?;
                Ok(Some(value))
            }
            _ if self.parameter.location == Location::Header => self.only(self.lines()),
            _ => self.only(self.values()),
        }
    }

    /// The only one of some texts.
    fn only(&self, mut texts: impl Iterator<Item = Result<&'a str, Violation>>) -> Found<&'a str> {
        let first = texts.next().transpose()?;
        match texts.next().transpose()? {
            None => Ok(first),
            Some(_) => Err(self.parameter.violation("style", REPEATED)),
        }
    }

    /// The lines of the parameter's header.
    fn lines(&self) -> impl Iterator<Item = Result<&'a str, Violation>> {
        let illegible = || self.parameter.violation("style", "holds a character that no header can carry");
        self.request.lines(self.parameter.name).map(move |line| line.ok_or_else(illegible))
    }

    /// What stands there, where it is text.
    fn legible(&self, text: Option<&'a str>) -> Result<&'a str, Violation> {
        text.ok_or_else(|| self.parameter.violation("style", "is not UTF-8"))
    }

    /// As `one`, but the lines of a repeated header are one list.
    fn one_or_lines(&self) -> Found<Cow<'a, str>> {
        if self.parameter.location != Location::Header {
            return Ok(self.one()?.map(Cow::Borrowed));
        }
        let lines = self.values().collect::<Result<Vec<_>, _>>()?;
        Ok((!lines.is_empty()).then(|| lines.join(",").into()))
    }

    fn after_dot(&self) -> Found<&'a str> {
        let Some(text) = self.request.segment(self.parameter.name) else { return Ok(None) };
        text.strip_prefix('.').map(Some).ok_or_else(|| self.malformed())
    }

    /// `;R=100;G=200` as names and values.
    fn matrix_parts(&self) -> Found<Vec<(&'a str, &'a str)>> {
        let Some(text) = self.request.segment(self.parameter.name) else { return Ok(None) };
        let parts = text.strip_prefix(';').ok_or_else(|| self.malformed())?;
        Ok(Some(parts.split(';').map(|part| part.split_once('=').unwrap_or((part, ""))).collect()))
    }

    fn expect_name(&self, name: &str) -> Result<(), Violation> {
        if self.unescape(name)? == self.parameter.name { Ok(()) } else { Err(self.malformed()) }
    }

    /// Every text that goes by the parameter's name.
    fn values(&self) -> impl Iterator<Item = Result<&'a str, Violation>> {
        let (name, location) = (self.parameter.name, self.parameter.location);
        let segment = (location == Location::Path).then(|| self.request.segment(name)).flatten();
        let lines = (location == Location::Header).then(|| self.lines()).into_iter().flatten();
        let is_named = matches!(location, Location::Query | Location::Cookie);
        let pairs = is_named.then(|| self.named_pairs()).into_iter().flatten();
        let named = pairs.filter(move |(it, _)| *it == name).map(|(_, value)| self.legible(value));
        segment.map(Ok).into_iter().chain(lines).chain(named)
    }

    /// Every pair of the query or the cookies; the value of a cookie that is not UTF-8 is `None`.
    fn named_pairs(&self) -> Vec<(Cow<'a, str>, Option<&'a str>)> {
        if self.parameter.location == Location::Query {
            return self.request.query_pairs().map(|(name, value)| (name, Some(value))).collect();
        }
        let Parameter { explode, content, shape, .. } = self.parameter;
        if self.parameter.style == Style::Cookie {
            return self.request.cookies().map(|(name, value)| (name.into(), value)).collect();
        }
        let exploded = *explode && !content && matches!(shape, Shape::Array(_) | Shape::Object(..));
        let mut pairs = Vec::new();
        for (name, value) in self.request.cookies() {
            // RFC 6570 writes `color=blue&color=black` in cookies, too, and such an ampersand is never part of a value.
            let Some((value, rest)) = value.and_then(|it| it.split_once('&')).filter(|_| exploded) else {
                pairs.push((name, value));
                continue;
            };
            pairs.push((name, Some(value)));
            let rest = rest.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            pairs.extend(rest.map(|(name, value)| (name, Some(value))));
        }
        let unescaped = |(name, value)| Some((Unescape::Cookie.apply(name)?, value));
        pairs.into_iter().filter_map(unescaped).collect()
    }

    pub(super) fn unescape(&self, text: &str) -> Result<String, Violation> {
        self.characters(text).map(Cow::into_owned)
    }

    /// What a text says in the escapes of its place.
    fn characters<'t>(&self, text: &'t str) -> Result<Cow<'t, str>, Violation> {
        let unescape = match self.parameter.location {
            Location::Path => Unescape::Percent,
            // What is no form has no `+` for a space.
            Location::Query if self.parameter.whole => Unescape::Percent,
            Location::Cookie if self.parameter.style == Style::Cookie => Unescape::Nothing,
            Location::Cookie => Unescape::Cookie,
            Location::Query => Unescape::Form,
            Location::Header => Unescape::Header,
        };
        unescape.apply(text).ok_or_else(|| self.parameter.violation("style", "is not UTF-8 in percent-encoding"))
    }
}

/// Whether a shape takes any text, and has no form of its own for a list.
fn is_text(shape: &Shape) -> bool {
    match shape {
        Shape::String | Shape::Any => true,
        Shape::OneOf(shapes) => {
            shapes.iter().any(is_text) && !shapes.iter().any(|it| matches!(it, Shape::Array(_) | Shape::Object(..)))
        }
        _ => false,
    }
}
