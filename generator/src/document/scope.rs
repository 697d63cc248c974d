//! What a relative reference is relative to: the file, or the `$id` of the schema around it.
//!
//! Nothing here touches a disk or a network. A URL is a name: it finds a schema with that `$id`, or nothing.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use indexmap::IndexMap;

use crate::source::Origin;

/// The base of relative references, without a fragment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Base {
    /// A file, relative to the folder of the document.
    File(String),
    /// A URI, or a path from the root of a disk; neither is ever read.
    Uri(String),
}

/// A file, or a schema with an `$id`: where `#` leads.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    pub base: Base,
    pub root: Origin,
}

/// A name within a scope.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    pub origin: Origin,
    pub is_dynamic: bool,
}

/// The scopes met so far, and the names in them.
#[derive(Debug, Clone, Default)]
pub(super) struct Scopes {
    pub all: Vec<Scope>,
    pub by_base: BTreeMap<Base, usize>,
    pub anchors: BTreeMap<(usize, String), Anchor>,
    /// The scope that starts at a node.
    pub by_root: IndexMap<Origin, usize>,
    /// How many schemas carry a dynamic anchor.
    dynamic: BTreeMap<String, usize>,
}

impl Scopes {
    /// Adds a scope; a base that is taken keeps its first owner, and the answer is then an error.
    pub(super) fn add(&mut self, base: Base, root: Origin) -> Result<usize, usize> {
        let id = self.all.len();
        self.by_root.insert(root.clone(), id);
        self.all.push(Scope { base: base.clone(), root });
        match self.by_base.insert(base.clone(), id) {
            None => Ok(id),
            Some(first) => {
                self.by_base.insert(base, first);
                Err(id)
            }
        }
    }

    /// Whether exactly one schema carries this dynamic anchor, so that the dynamic scope cannot matter.
    pub(super) fn is_only_dynamic(&self, name: &str) -> bool {
        self.dynamic.get(name) == Some(&1)
    }

    /// Adds an anchor; the answer is the one that had the name before.
    pub(super) fn add_anchor(&mut self, scope: usize, name: &str, anchor: Anchor) -> Option<Anchor> {
        if anchor.is_dynamic {
            *self.dynamic.entry(name.to_owned()).or_default() += 1;
        }
        match self.anchors.entry((scope, name.to_owned())) {
            Entry::Vacant(entry) => {
                entry.insert(anchor);
                None
            }
            Entry::Occupied(entry) => Some(entry.get().clone()),
        }
    }
}

/// Why the location of a reference leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It has a character or an escape that no URI has.
    Malformed(&'static str),
    /// It climbs out of the folder of the document.
    Outside,
}

/// Resolves the location of a reference, the part before `#`, against a base.
pub(super) fn join(base: &Base, location: &str) -> Result<Base, Refusal> {
    if location.chars().any(|char| char.is_control() || char == '\\') {
        return Err(Refusal::Malformed("a reference has no control characters and no backslashes"));
    }
    if has_scheme(location) {
        return Ok(Base::Uri(location.to_owned()));
    }
    match base {
        Base::File(_) if location.starts_with('/') => Ok(Base::Uri(location.to_owned())),
        Base::File(file) => {
            let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
            let decoded = percent_decode(location)?;
            if decoded.chars().any(|char| char.is_control() || char == '\\') {
                return Err(Refusal::Malformed("a reference has no control characters and no backslashes"));
            }
            normalize(folder, &decoded).map(Base::File).ok_or(Refusal::Outside)
        }
        Base::Uri(uri) => Ok(Base::Uri(join_uri(uri, location))),
    }
}

fn has_scheme(location: &str) -> bool {
    let Some((scheme, _)) = location.split_once(':') else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|char| char.is_ascii_alphanumeric() || "+.-".contains(char))
}

/// The path without `.` and `..`; `None` if it climbs above the folder of the document.
fn normalize(folder: &str, path: &str) -> Option<String> {
    let mut segments: Vec<&str> = Vec::new();
    for segment in folder.split('/').chain(path.split('/')) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            name => segments.push(name),
        }
    }
    Some(segments.join("/"))
}

/// RFC 3986, section 5.3, for the parts that an `$id` has.
fn join_uri(base: &str, location: &str) -> String {
    let scheme_end = if has_scheme(base) { base.find(':').map_or(0, |colon| colon + 1) } else { 0 };
    let (scheme, rest) = base.split_at(scheme_end);
    if location.starts_with("//") {
        return format!("{scheme}{location}");
    }
    let path_start = rest.strip_prefix("//").map_or(0, |it| it.find('/').map_or(rest.len(), |slash| slash + 2));
    let (authority, path) = rest.split_at(path_start);
    let path = path.split('?').next().unwrap_or_default();
    let folder = if location.starts_with('/') { "" } else { path.rsplit_once('/').map_or("", |(folder, _)| folder) };
    // Climbing above the root of a URI stays at the root.
    let target = normalize(folder, location).unwrap_or_else(|| {
        location.split('/').filter(|it| !matches!(*it, "" | "." | "..")).collect::<Vec<_>>().join("/")
    });
    let is_opaque = authority.is_empty() && !path.starts_with('/');
    let slash = if is_opaque { "" } else { "/" };
    let tail = if location.ends_with('/') && !target.is_empty() { "/" } else { "" };
    format!("{scheme}{authority}{slash}{target}{tail}")
}

/// The text without its percent escapes.
pub(super) fn percent_decode(text: &str) -> Result<String, Refusal> {
    const BAD: Refusal = Refusal::Malformed("`%` is followed by two hexadecimal digits, and the bytes are UTF-8");
    if !text.contains('%') {
        return Ok(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first != b'%' {
            bytes.push(*first);
            rest = tail;
            continue;
        }
        let [high, low, tail @ ..] = tail else { return Err(BAD) };
        let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (Some(high), Some(low)) = (digit(high), digit(low)) else { return Err(BAD) };
        bytes.push(high << 4 | low);
        rest = tail;
    }
    String::from_utf8(bytes).map_err(|_| BAD)
}
