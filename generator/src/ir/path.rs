//! Path templates: what a key of `paths` says about the requests that it matches.
//!
//! ```
//! use specwright::ir::PathTemplate;
//! let (template, repairs) = PathTemplate::parse("/v1/{id}/x?beta=true#get").unwrap();
//! assert_eq!(template.as_str(), "/v1/{id}/x?beta=true");
//! assert_eq!(template.query(), [("beta".to_owned(), "true".to_owned())]);
//! assert_eq!(repairs.len(), 2);
//! ```

use super::placeholder::{self, Placeholder, is_alike};

/// A path with parameters in braces; it exists only if it is well formed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathTemplate {
    text: String,
    segments: Vec<Segment>,
    query: Vec<(String, String)>,
    asked: Vec<(String, String)>,
}

/// Something in a key that is no path, and what it is taken as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What is wrong.
    pub message: String,
    /// What it is taken as.
    pub taken_as: String,
}

impl Repair {
    fn new(message: impl Into<String>, taken_as: impl Into<String>) -> Self {
        Self { message: message.into(), taken_as: taken_as.into() }
    }
}

/// What stands between two slashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// The same text in every request.
    Literal(String),
    /// One parameter and nothing else.
    Parameter(String),
    /// Parameters and literal text mixed, such as `{name}.json`: literals and names in turn, a literal first.
    Mixed(Vec<String>),
}

impl PathTemplate {
    /// Parses a key of `paths`, and says what had to be repaired.
    ///
    /// # Errors
    /// What is wrong with it, where no template can be made of it.
    pub fn parse(key: &str) -> Result<(Self, Vec<Repair>), String> {
        Self::parse_declared(key, &[])
    }

    /// As [`parse`](Self::parse), where path parameters of these names are declared: they tell what routers write for a
    /// parameter from text.
    ///
    /// # Errors
    /// What is wrong with it, where no template can be made of it.
    pub fn parse_declared(key: &str, declared: &[&str]) -> Result<(Self, Vec<Repair>), String> {
        let mut repairs = Vec::new();
        let whole = without_fragment(key, &mut repairs);
        let (path, query, asked) = split_query(whole, declared, &mut repairs);
        let path = escaped(path.strip_prefix('/').unwrap_or(path), &mut repairs);
        let segment = |text| parse_segment(text, declared, &mut repairs);
        let segments = split_outside(&path, '/').into_iter().map(segment).collect::<Result<Vec<_>, _>>()?;
        let mut template = Self { text: String::new(), segments, query, asked };
        template.name_each_once(&mut repairs);
        template.text = template.to_text();
        Ok((template, repairs))
    }

    /// Two places of one name are two parameters.
    fn name_each_once(&mut self, repairs: &mut Vec<Repair>) {
        let mut taken: Vec<String> = self.parameters().map(str::to_owned).collect();
        let mut met: Vec<String> = Vec::new();
        for name in self.segments.iter_mut().flat_map(Segment::names_mut) {
            if name.is_empty() {
                *name = fresh("parameter", &taken);
                taken.push(name.clone());
                repairs.push(Repair::new("a parameter in the path has no name", format!("`{{{name}}}`")));
            } else if met.contains(name) {
                let other = fresh(name, &taken);
                let message = format!("the parameter `{name}` stands twice in the path");
                repairs.push(Repair::new(message, format!("a second parameter of the same kind, `{other}`")));
                taken.push(other.clone());
                *name = other;
            }
            met.push(name.clone());
        }
    }

    fn to_text(&self) -> String {
        let mut text = String::new();
        for segment in &self.segments {
            text.push('/');
            match segment {
                Segment::Literal(literal) => text.push_str(literal),
                Segment::Parameter(name) => text.extend(["{", name, "}"]),
                Segment::Mixed(parts) => {
                    for (index, part) in parts.iter().enumerate() {
                        let is_name = index % 2 == 1;
                        text.extend([if is_name { "{" } else { "" }, part, if is_name { "}" } else { "" }]);
                    }
                }
            }
        }
        for (index, (name, value)) in self.query.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            text.push_str(name);
            if !value.is_empty() {
                text.extend(["=", value]);
            }
        }
        text
    }

    /// The template of a webhook, which has a name instead of a path.
    pub fn webhook(name: &str) -> Self {
        Self {
            text: name.to_owned(),
            segments: vec![Segment::Literal(name.to_owned())],
            query: Vec::new(),
            asked: Vec::new(),
        }
    }

    /// The template as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands between the slashes.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The query that every request has, as it goes over the wire.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// The parameters that stand in the query, as nothing of a path does: the key of each, and its name in braces.
    ///
    /// ```
    /// # use specwright::ir::PathTemplate;
    /// let (template, _) = PathTemplate::parse("/weather?lat={latitude}").unwrap();
    /// assert_eq!((template.as_str(), template.asked()), ("/weather", &[("lat".to_owned(), "latitude".to_owned())][..]));
    /// ```
    pub fn asked(&self) -> &[(String, String)] {
        &self.asked
    }

    /// What a request must look like to match: the names of parameters do not matter.
    pub fn shape(&self) -> String {
        let segment = |segment: &Segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Parameter(_) => "{}".to_owned(),
            Segment::Mixed(parts) => parts.iter().step_by(2).cloned().collect::<Vec<_>>().join("{}"),
        };
        let path: Vec<_> = self.segments.iter().map(segment).collect();
        let mut query: Vec<_> = self.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        query.sort();
        format!("{}?{}", path.join("/"), query.join("&"))
    }

    /// The names in braces.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().flat_map(|segment| -> Box<dyn Iterator<Item = &str>> {
            match segment {
                Segment::Literal(_) => Box::new(std::iter::empty()),
                Segment::Parameter(name) => Box::new(std::iter::once(name.as_str())),
                Segment::Mixed(parts) => Box::new(parts.iter().skip(1).step_by(2).map(String::as_str)),
            }
        })
    }
}

impl Segment {
    fn names_mut(&mut self) -> Box<dyn Iterator<Item = &mut String> + '_> {
        match self {
            Self::Literal(_) => Box::new(std::iter::empty()),
            Self::Parameter(name) => Box::new(std::iter::once(name)),
            Self::Mixed(parts) => Box::new(parts.iter_mut().skip(1).step_by(2)),
        }
    }
}

/// The name that a second parameter gets.
fn fresh(name: &str, taken: &[String]) -> String {
    let names = (2..).map(|number| format!("{name}_{number}"));
    let mut free = names.filter(|name| !taken.contains(name));
    if name == "parameter" && !taken.iter().any(|it| it == name) {
        return name.to_owned();
    }
    free.next().unwrap_or_default()
}

/// No request carries what stands behind `#`.
fn without_fragment<'k>(key: &'k str, repairs: &mut Vec<Repair>) -> &'k str {
    let path = split_outside(key, '#').first().copied().unwrap_or(key);
    if path == key {
        return key;
    }
    repairs.push(Repair::new("a fragment (`#`) is never sent", format!("the path without it, `{path}`")));
    path
}

/// The names and values of a query.
type Pairs = Vec<(String, String)>;

/// A query in a path is one that every request has; what it has in braces are parameters.
fn split_query<'k>(key: &'k str, declared: &[&str], repairs: &mut Vec<Repair>) -> (&'k str, Pairs, Pairs) {
    let path = split_outside(key, '?').first().copied().unwrap_or(key);
    let Some(query) = key.get(path.len() + 1..) else { return (key, Pairs::new(), Pairs::new()) };
    let has_braces = |text: &str| text.contains(['{', '}']);
    let (mut fixed, mut asked) = (Pairs::new(), Pairs::new());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let inner = value.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        match inner.filter(|it| !it.is_empty() && !has_braces(it) && !has_braces(name)) {
            Some(inner) => asked.push((name.to_owned(), inner.to_owned())),
            None if has_braces(pair) => {}
            None => fixed.push((query_text(name), query_text(value))),
        }
    }
    repairs.push(Repair::new("a path has no query (`?`)", taken_as(&fixed, &asked, declared)));
    (path, fixed, asked)
}

/// What a query in a path is taken as.
fn taken_as(fixed: &Pairs, asked: &Pairs, declared: &[&str]) -> String {
    let fixed: Vec<_> = fixed.iter().map(|(name, value)| format!("`{name}={value}`")).collect();
    let moved = asked.iter().filter(|(_, inner)| declared.contains(&inner.as_str()));
    let moved: Vec<_> = moved.map(|(key, _)| format!("`{key}`")).collect();
    let every = (!fixed.is_empty()).then(|| format!("a query that every request has: {}", fixed.join(", ")));
    let moved = (!moved.is_empty()).then(|| format!("parameters of the query: {}", moved.join(", ")));
    let parts: Vec<_> = every.into_iter().chain(moved).collect();
    match parts.as_slice() {
        [] => "the path alone; parameters of the query are declared as such".to_owned(),
        parts => parts.join(", and "),
    }
}

/// A part of a query as it may stand in a request.
fn query_text(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$'()*+,;:@/".contains(&byte);
    escape(text, plain)
}

/// Characters that no request line may have are escaped.
fn escaped(path: &str, repairs: &mut Vec<Repair>) -> String {
    let text = escape(path, |byte| !byte.is_ascii_control());
    if text != path {
        repairs.push(Repair::new("a path has no control characters", format!("their escapes, `/{text}`")));
    }
    text
}

fn escape(text: &str, plain: impl Fn(u8) -> bool) -> String {
    let mut out = Vec::new();
    for byte in text.bytes() {
        if plain(byte) {
            out.push(byte);
        } else {
            out.extend(format!("%{byte:02X}").into_bytes());
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Splits at a character, but for where it stands in braces, or says of `:name?` that it may be absent.
fn split_outside(text: &str, at: char) -> Vec<&str> {
    let (mut depth, mut from) = (0_usize, 0);
    let mut parts = Vec::new();
    for (index, it) in text.char_indices() {
        match it {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            it if it == at && depth == 0 && !is_optional(text, index) => {
                parts.push(&text[from..index]);
                from = index + it.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

/// Whether a character is the end of a segment `:name?`.
fn is_optional(text: &str, index: usize) -> bool {
    let (before, rest) = text.split_at(index);
    let segment = before.rsplit('/').next().unwrap_or_default();
    segment.starts_with(':') && (rest == "?" || rest.starts_with("?/"))
}

fn parse_segment(text: &str, declared: &[&str], repairs: &mut Vec<Repair>) -> Result<Segment, String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for it in text.chars() {
        match it {
            '{' if depth == 0 => parts.push(String::new()),
            '}' if depth == 1 => parts.push(String::new()),
            '}' if depth == 0 => return Err(UNMATCHED.to_owned()),
            _ => parts.last_mut().into_iter().for_each(|part| part.push(it)),
        }
        match it {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    if depth > 0 {
        return Err(UNMATCHED.to_owned());
    }
    for name in parts.iter_mut().skip(1).step_by(2).filter(|name| !declared.contains(&name.as_str())) {
        plain_name(name, repairs)?;
    }
    Ok(match parts.as_slice() {
        [literal] => literal_or_parameter(literal, declared, repairs),
        [before, name, after] if before.is_empty() && after.is_empty() => Segment::Parameter(name.clone()),
        _ => Segment::Mixed(parts),
    })
}

/// What a router says beside the name goes.
fn plain_name(name: &mut String, repairs: &mut Vec<Repair>) -> Result<(), String> {
    if let Some(Placeholder { name: plain, lost }) = placeholder::in_braces(name) {
        let message = format!("`{{{name}}}` is more than a name in braces");
        repairs.push(Repair::new(message, format!("`{{{plain}}}`{lost}")));
        *name = plain;
    } else if name.contains(['{', '}']) {
        return Err(format!("`{{{name}}}` has braces in its name"));
    }
    Ok(())
}

/// `:id` is `{id}` where such a parameter is declared, and text elsewhere.
fn literal_or_parameter(literal: &str, declared: &[&str], repairs: &mut Vec<Repair>) -> Segment {
    let text = || Segment::Literal(literal.to_owned());
    let Some(Placeholder { name, lost }) = placeholder::in_segment(literal) else { return text() };
    let known = declared.iter().find(|it| **it == name).or_else(|| declared.iter().find(|it| is_alike(it, &name)));
    let Some(known) = known else {
        let message = format!("`{literal}` looks like a parameter, and no path parameter is called `{name}`");
        repairs.push(Repair::new(message, format!("the text `{literal}`; a parameter is written `{{{name}}}`")));
        return text();
    };
    repairs.push(Repair::new(
        format!("a parameter stands in braces, and this is `{literal}`"),
        format!("`{{{known}}}`{lost}"),
    ));
    Segment::Parameter((*known).to_owned())
}

const UNMATCHED: &str = "the braces of the path do not match";
