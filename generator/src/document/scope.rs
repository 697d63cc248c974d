//! What a relative reference is relative to: the file, or the `$id` of the schema around it.
//!
//! Nothing here touches a disk or a network. A URL is a name: of a schema with that `$id`, of a copy that somebody took,
//! or of nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use fluent_uri::component::Scheme;
use fluent_uri::{Iri, IriRef};
use percent_encoding::percent_decode_str;

use crate::ordered::IndexMap;
use crate::source::Origin;

/// The base of relative references, without a fragment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Base {
    /// A file, relative to the folder of the document.
    File(String),
    /// A URI, which is never fetched, or a path from the root of a disk, which is never read.
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

    /// Adds an anchor; the answer is the one that had the name before.
    pub(super) fn add_anchor(&mut self, scope: usize, name: &str, anchor: Anchor) -> Option<Anchor> {
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
    if location.split_once(':').is_some_and(|(scheme, _)| Scheme::new(scheme).is_some()) {
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
        Base::Uri(uri) => join_uri(uri, location).map(Base::Uri),
    }
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

/// RFC 3986, section 5; a path from the root of a disk is one of `file:`.
fn join_uri(base: &str, location: &str) -> Result<String, Refusal> {
    const BAD: Refusal = Refusal::Malformed("it is relative to an `$id`, and together they are no URI");
    const DISK: &str = "file:";
    let is_on_disk = base.starts_with('/');
    let base = if is_on_disk { format!("{DISK}{base}") } else { base.to_owned() };
    let base = Iri::parse(base.as_str()).map_err(|_| BAD)?;
    let joined = IriRef::parse(location).map_err(|_| BAD)?.resolve_against(&base).map_err(|_| BAD)?;
    let joined = joined.as_str();
    Ok(joined.strip_prefix(DISK).filter(|_| is_on_disk).unwrap_or(joined).to_owned())
}

/// The text without its percent escapes.
pub(super) fn percent_decode(text: &str) -> Result<String, Refusal> {
    const BAD: Refusal = Refusal::Malformed("`%` is followed by two hexadecimal digits, and the bytes are UTF-8");
    let is_escape = |rest: &str| rest.as_bytes().get(..2).is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit));
    if !text.split('%').skip(1).all(is_escape) {
        return Err(BAD);
    }
    percent_decode_str(text).decode_utf8().map(Cow::into_owned).map_err(|_| BAD)
}
