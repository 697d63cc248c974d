//! Where something stands: a JSON Pointer, and the document it points into.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::{self, Write as _};
use std::sync::Arc;

/// A JSON Pointer (RFC 6901), escaped, such as `/paths/~1pets/get`; the root is the empty text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Arc<str>);

impl Pointer {
    /// The pointer of a document's root.
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// Takes an escaped pointer as it stands after the `#` of a reference, percent-decoded.
    pub fn from_escaped(text: &str) -> Self {
        Self(Arc::from(text))
    }

    /// The pointer of a member of the mapping that `self` points to.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        Self::put_together(|text| text.extend([&self.0, "/", &*Self::escape(key)]))
    }

    /// A pointer whose text is put together in a place that is kept: it is one allocation and no more.
    fn put_together(put: impl FnOnce(&mut String)) -> Self {
        thread_local! {
            static TEXT: Cell<String> = const { Cell::new(String::new()) };
        }
        let mut text = TEXT.take();
        text.clear();
        put(&mut text);
        let pointer = Self(Arc::from(text.as_str()));
        TEXT.set(text);
        pointer
    }

    /// Whether this is the place of another pointer's text, or one in it.
    pub fn is_within(&self, other: &str) -> bool {
        self.as_str().strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// A name as a token.
    pub fn escape(name: &str) -> Cow<'_, str> {
        if name.contains(['~', '/']) { name.replace('~', "~0").replace('/', "~1").into() } else { name.into() }
    }

    /// The name that a token stands for.
    pub fn unescape(token: &str) -> String {
        if token.contains('~') { token.replace("~1", "/").replace("~0", "~") } else { token.to_owned() }
    }

    /// The pointer of an item of the sequence that `self` points to.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        // Nothing keeps a text from growing.
        Self::put_together(|text| write!(text, "{}/{index}", self.0).unwrap_or_default())
    }

    /// The unescaped reference tokens, outermost first.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(Self::unescape)
    }

    /// The pointer of the mapping or sequence that holds this node; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|slash| Self(Arc::from(&self.0[..slash])))
    }

    /// The last unescaped token; `None` at the root.
    pub fn last(&self) -> Option<String> {
        self.0.rsplit_once('/').map(|(_, token)| Self::unescape(token))
    }

    /// The escaped text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The position of a file in [`Sources`](super::Sources); the document itself is `FileId(0)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u16);

/// A place in a document: the identity of a node, and what a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The node in that file.
    pub pointer: Pointer,
}

impl Origin {
    /// The root of a file.
    pub fn root(file: FileId) -> Self {
        Self { file, pointer: Pointer::root() }
    }

    /// The origin of a member of this mapping.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        Self { file: self.file, pointer: self.pointer.key(key) }
    }

    /// Whether this is the other place, or one in it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.file == other.file && self.pointer.is_within(other.pointer.as_str())
    }

    /// The origin of an item of this sequence.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self { file: self.file, pointer: self.pointer.index(index) }
    }
}
