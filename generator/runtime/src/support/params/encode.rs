//! From a JSON value to the text of a parameter.

use serde_json::{Map, Value};

use super::text::{Escape, ascii_json, header_fault, is_cookie};
use super::{EncodeError, Location, Parameter, Shape, Style};

/// How deep a `deepObject` may be, far beyond what a URL can sensibly hold.
const MAX_DEPTH: usize = 32;

/// Writes a value as its parameter wants it; `None` where the parameter is left out.
///
/// - in a path: the text that replaces `{name}`, with the prefix of its style;
/// - in a query: pairs such as `color=blue&color=black`, without `?`;
/// - in a header: its value; in a cookie: pairs such as `color=blue`.
///
/// # Errors
/// Where the style has no form for the value, or the place cannot carry it.
pub fn encode(parameter: &Parameter, value: &Value) -> Result<Option<String>, EncodeError> {
    let fail = |reason| EncodeError::new(parameter, reason);
    let in_path = parameter.location == Location::Path;
    if value.is_null() && !(parameter.required && takes_null(&parameter.shape)) {
        return if in_path { Err(fail("must have a value")) } else { Ok(None) };
    }
    let text = match parameter {
        Parameter { content: true, .. } => json(parameter, value),
        Parameter { whole: true, .. } => Escape::All.apply(&scalar(parameter, value)?),
        _ => styled(parameter, value)?,
    };
    if parameter.whole && text.is_empty() {
        return Err(fail("is empty, as a query is that is not there"));
    }
    if parameter.location == Location::Header
        && let Some(fault) = header_fault(&text)
    {
        return Err(fail(fault));
    }
    // Only empty arrays and objects, and empty text in a path or a header, have no characters at all.
    let left_out = text.is_empty() && !in_path && !value.is_string();
    if left_out && parameter.required && !parameter.may_be_unsaid() {
        return Err(fail("is required, and an empty list has no form in its style"));
    }
    Ok((!left_out).then_some(text))
}

fn takes_null(shape: &Shape) -> bool {
    match shape {
        Shape::Null => true,
        Shape::OneOf(shapes) => shapes.iter().any(takes_null),
        _ => false,
    }
}

/// `content: application/json`: the JSON text, escaped for its place.
fn json(parameter: &Parameter, value: &Value) -> String {
    let text = value.to_string();
    match parameter.location {
        Location::Header => ascii_json(&text),
        Location::Path => Escape::All.apply(&text),
        Location::Query if parameter.whole => Escape::All.apply(&text),
        Location::Query | Location::Cookie => {
            format!("{}={}", Escape::All.apply(parameter.name), Escape::All.apply(&text))
        }
    }
}

/// A value's parts as unescaped text.
enum Parts {
    Scalar(String),
    Items(Vec<String>),
    Pairs(Vec<(String, String)>),
}

fn styled(parameter: &Parameter, value: &Value) -> Result<String, EncodeError> {
    if parameter.style == Style::DeepObject {
        return deep_object(parameter, value);
    }
    let parts = match value {
        Value::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            let items: Vec<String> = items.map(|item| scalar(parameter, item)).collect::<Result<_, _>>()?;
            let in_header = parameter.location == Location::Header && parameter.style == Style::Simple;
            if in_header && items.iter().any(String::is_empty) {
                return Err(EncodeError::new(parameter, "has an empty item, which recipients of a header ignore"));
            }
            // `color=` is how others write a list without items.
            if matches!(&*items, [only] if only.is_empty()) {
                return Err(EncodeError::new(
                    parameter,
                    "has an empty text as its only item, which is read as no item",
                ));
            }
            Parts::Items(items)
        }
        Value::Object(members) => {
            let members = in_order(&parameter.shape, members).into_iter().filter(|(_, member)| !member.is_null());
            let mut pairs = Vec::new();
            for (name, member) in members {
                for member in repeated(parameter, member) {
                    pairs.push((name.to_owned(), scalar(parameter, member)?));
                }
            }
            Parts::Pairs(pairs)
        }
        value => Parts::Scalar(scalar(parameter, value)?),
    };
    let writer = Writer::new(parameter, &parts);
    if let Some(reason) = writer.ambiguity(&parts) {
        return Err(EncodeError::new(parameter, reason));
    }
    Ok(writer.write(&parts))
}

/// The values that stand under the name of a property: a list in a query repeats it, as in `sort=name&sort=age`.
fn repeated<'v>(parameter: &Parameter, member: &'v Value) -> Vec<&'v Value> {
    match member {
        Value::Array(items) if parameter.repeats_names() => items.iter().filter(|item| !item.is_null()).collect(),
        member => vec![member],
    }
}

/// The properties in the order of the document, then the others: a JSON object in memory has an order of its own.
fn in_order<'a>(shape: &Shape, members: &'a Map<String, Value>) -> Vec<(&'a str, &'a Value)> {
    let place = |name: &str| shape.properties().and_then(|it| it.iter().position(|(it, _)| *it == name));
    let mut ordered: Vec<_> = members.iter().map(|(name, member)| (name.as_str(), member)).collect();
    ordered.sort_by_key(|(name, _)| place(name).unwrap_or(usize::MAX));
    ordered
}

fn scalar(parameter: &Parameter, value: &Value) -> Result<String, EncodeError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Array(_) | Value::Object(_) => {
            Err(EncodeError::new(parameter, "has a list or an object inside another, for which its style has no form"))
        }
    }
}

/// The punctuation of one style.
struct Writer {
    name: String,
    escape: Escape,
    style: Style,
    explode: bool,
    /// What stands between the pairs of an exploded `form`.
    separator: &'static str,
    /// Whether nothing but the value stands in the place.
    is_bare: bool,
    in_header: bool,
}

impl Writer {
    fn new(parameter: &Parameter, parts: &Parts) -> Self {
        let explode = parameter.explode;
        let escape = match (parameter.location, parts) {
            (Location::Header, _) => Escape::Nothing,
            _ if parameter.style == Style::Cookie => Escape::Nothing,
            (Location::Query, Parts::Scalar(_)) if parameter.allow_reserved => Escape::Query,
            (Location::Query, _) if parameter.allow_reserved && explode => Escape::Query,
            (Location::Query, _) if parameter.allow_reserved => Escape::QueryItem,
            _ => Escape::All,
        };
        // RFC 6570 has `&` everywhere, and a cookie ends at `;` only.
        let separator = if parameter.location == Location::Cookie { "; " } else { "&" };
        let is_bare = matches!(parameter.location, Location::Path | Location::Header);
        let in_header = parameter.location == Location::Header;
        Self {
            name: if parameter.style == Style::Cookie { escape } else { Escape::All }.apply(parameter.name),
            escape,
            style: parameter.style,
            explode,
            separator,
            is_bare,
            in_header,
        }
    }

    /// Why a reader would take other items out of the text than those that go in.
    fn ambiguity(&self, parts: &Parts) -> Option<&'static str> {
        let texts: Vec<&String> = match parts {
            Parts::Scalar(text) if self.style == Style::Cookie => vec![text],
            Parts::Scalar(_) => return None,
            Parts::Items(items) => items.iter().collect(),
            Parts::Pairs(pairs) => pairs.iter().flat_map(|(name, value)| [name, value]).collect(),
        };
        if self.style == Style::Cookie && !texts.iter().all(|text| is_cookie(text)) {
            return Some("holds a character that no cookie can carry, and its style does not escape");
        }
        // Everywhere else the separator is escaped within items.
        let separator = match self.style {
            Style::Label if self.explode => Some('.'),
            Style::SpaceDelimited if !self.explode => Some(' '),
            Style::PipeDelimited if !self.explode => Some('|'),
            Style::TabDelimited if !self.explode => Some('\t'),
            _ if self.in_header => Some(','),
            _ => None,
        };
        if separator.is_some_and(|it| texts.iter().any(|text| text.contains(it))) {
            return Some("has an item that holds what separates items, and its style cannot escape it");
        }
        if let Parts::Pairs(pairs) = parts
            && (self.in_header || self.style == Style::Cookie)
            && self.explode
            && pairs.iter().any(|(name, _)| name.contains('='))
        {
            return Some("has a name that holds `=`, which ends a name, and its style cannot escape it");
        }
        let is_trimmed = |it: &&String| it.trim().len() == it.len();
        if self.in_header && !texts.iter().all(is_trimmed) {
            return Some("has an item that begins or ends with a space, which no header keeps");
        }
        None
    }

    fn write(&self, parts: &Parts) -> String {
        match parts {
            Parts::Scalar(text) => self.scalar(&self.escape.apply(text)),
            Parts::Items(items) if items.is_empty() => String::new(),
            Parts::Pairs(pairs) if pairs.is_empty() => String::new(),
            Parts::Items(items) => self.items(items),
            Parts::Pairs(pairs) => self.pairs(pairs),
        }
    }

    fn scalar(&self, text: &str) -> String {
        match self.style {
            Style::Simple => text.to_owned(),
            Style::Label => format!(".{text}"),
            Style::Matrix => matrix(&self.name, text),
            // Swagger 2.0 has them in paths and headers, too.
            Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited if self.is_bare => text.to_owned(),
            Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject
            | Style::Cookie => {
                format!("{}={text}", self.name)
            }
        }
    }

    fn items(&self, items: &[String]) -> String {
        let items = items.iter().map(|item| self.escape.apply(item));
        if !self.explode {
            return self.scalar(&join(items, self.delimiter()));
        }
        match self.style {
            Style::Simple => join(items, ","),
            Style::Label => join(items.map(|item| format!(".{item}")), ""),
            Style::Matrix => join(items.map(|item| matrix(&self.name, &item)), ""),
            Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject
            | Style::Cookie => join(items.map(|item| format!("{}={item}", self.name)), self.separator),
        }
    }

    fn pairs(&self, pairs: &[(String, String)]) -> String {
        let pairs = pairs.iter().map(|(name, value)| (self.escape.apply(name), self.escape.apply(value)));
        if !self.explode {
            return self.scalar(&join(pairs.flat_map(|(name, value)| [name, value]), self.delimiter()));
        }
        let assigned = |(name, value)| format!("{name}={value}");
        match self.style {
            Style::Simple => join(pairs.map(assigned), ","),
            Style::Label => join(pairs.map(|(name, value)| format!(".{name}={value}")), ""),
            Style::Matrix => join(pairs.map(|(name, value)| matrix(&name, &value)), ""),
            Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject
            | Style::Cookie => join(pairs.map(assigned), self.separator),
        }
    }

    /// What stands between items that are not exploded.
    fn delimiter(&self) -> &'static str {
        match self.style {
            Style::SpaceDelimited if self.in_header => " ",
            Style::PipeDelimited if self.in_header => "|",
            Style::TabDelimited if self.in_header => "\t",
            Style::SpaceDelimited => "%20",
            Style::PipeDelimited => "%7C",
            Style::TabDelimited => "%09",
            Style::Simple | Style::Label | Style::Matrix | Style::Form | Style::DeepObject | Style::Cookie => ",",
        }
    }
}

/// `;name=value`, and `;name` where the value is empty, as RFC 6570 has it.
fn matrix(name: &str, value: &str) -> String {
    if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") }
}

fn join(texts: impl Iterator<Item = String>, delimiter: &str) -> String {
    texts.collect::<Vec<_>>().join(delimiter)
}

/// `color[R]=100`, brackets escaped; deeper objects get further brackets.
///
/// The specification has no form for anything but objects, and none for what their properties hold but scalars. Lists
/// are what servers with such documents read: `color[]=blue` for the parameter and deep in it, `color[tags]=a` as in
/// `form` for its properties, and `color[0][R]=100` where items are lists or objects. Scalars are as in `form`.
fn deep_object(parameter: &Parameter, value: &Value) -> Result<String, EncodeError> {
    let escape = if parameter.allow_reserved { Escape::Query } else { Escape::All };
    let mut deep = Deep { parameter, escape, pairs: Vec::new() };
    let key = Key { text: Escape::All.apply(parameter.name), depth: 0, repeats: false };
    deep.write(&parameter.shape, &key, value)?;
    Ok(deep.pairs.join("&"))
}

/// The pairs of a `deepObject`.
struct Deep<'p> {
    parameter: &'p Parameter,
    escape: Escape,
    pairs: Vec<String>,
}

/// What stands before `=`.
struct Key {
    text: String,
    /// How many brackets it has.
    depth: usize,
    /// Whether a list of scalars repeats it as it is.
    repeats: bool,
}

impl Key {
    /// With another bracket, whose text is escaped.
    fn and(&self, name: &str, repeats: bool) -> Self {
        Self { text: format!("{}%5B{name}%5D", self.text), depth: self.depth + 1, repeats }
    }
}

impl Deep<'_> {
    fn write(&mut self, shape: &Shape, key: &Key, value: &Value) -> Result<(), EncodeError> {
        let fail = |reason| Err(EncodeError::new(self.parameter, reason));
        if key.depth > MAX_DEPTH {
            return fail("is nested too deeply");
        }
        match value {
            Value::Null => {}
            Value::Object(members) => {
                for (name, member) in in_order(shape, members) {
                    if name.contains(['[', ']']) {
                        return fail(
                            "has a name that holds a bracket, which ends a name, and its style cannot escape it",
                        );
                    }
                    let property = shape.properties().and_then(|it| it.iter().find(|(it, _)| *it == name));
                    let key = key.and(&Escape::All.apply(name), key.depth == 0);
                    self.write(property.map_or(&Shape::Any, |(_, it)| it), &key, member)?;
                }
            }
            Value::Array(items) if items.iter().any(|it| it.is_array() || it.is_object()) => {
                let item_shape = shape.items().unwrap_or(&Shape::Any);
                for (idx, item) in items.iter().enumerate() {
                    let before = self.pairs.len();
                    self.write(item_shape, &key.and(&idx.to_string(), false), item)?;
                    if self.pairs.len() == before {
                        return fail("has a list with an item that is empty, for which its style has no form");
                    }
                }
            }
            Value::Array(items) if key.repeats => self.list(&key.text, items)?,
            Value::Array(items) => self.list(&key.and("", false).text, items)?,
            value => self.pair(&key.text, value)?,
        }
        Ok(())
    }

    fn list(&mut self, key: &str, items: &[Value]) -> Result<(), EncodeError> {
        items.iter().try_for_each(|item| self.pair(key, item))
    }

    fn pair(&mut self, key: &str, value: &Value) -> Result<(), EncodeError> {
        let text = self.escape.apply(&scalar(self.parameter, value)?);
        self.pairs.push(format!("{key}={text}"));
        Ok(())
    }
}
