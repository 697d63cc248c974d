//! Files: the parts of a multipart body that are bytes.

use http::HeaderMap;

use super::ByteStream;

/// A file in a multipart body.
///
/// A client sends its content as it comes. A server has read the whole body, up to its limit, before it calls the
/// handler, since the parts may come in any order; there the content is in memory.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct File {
    /// The name that the file goes by, without any path; whoever stores files must not trust it.
    pub name: Option<String>,
    /// The media type; where there is none, the one that the document has is sent.
    pub media_type: Option<String>,
    /// Further headers of the part.
    pub headers: HeaderMap,
    /// The bytes.
    pub content: ByteStream,
}

impl File {
    /// A file of this content, without a name.
    pub fn new(content: impl Into<ByteStream>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// The same file with a name.
    #[must_use]
    pub fn with_name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// The same file with a media type.
    #[must_use]
    pub fn with_media_type(self, media_type: impl Into<String>) -> Self {
        Self { media_type: Some(media_type.into()), ..self }
    }
}
