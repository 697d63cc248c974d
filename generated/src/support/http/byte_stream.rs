//! Bodies as they come: in memory, or in pieces that are still on their way.
//!
//! ```
//! # use generated::support::http::ByteStream;
//! let body = ByteStream::from("in memory");
//! assert_eq!(body.whole().as_deref(), Some(&b"in memory"[..]));
//! ```

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt, stream};
use http_body::{Body, Frame, SizeHint};

use super::send::{BoxError, BoxStream, MaybeSend};

/// The bytes of a body, in memory or still on their way.
///
/// What is in memory can be read any number of times. A stream can be read once, and its clones share it.
#[derive(Clone)]
pub struct ByteStream(Source);

#[derive(Clone)]
enum Source {
    Memory(VecDeque<Bytes>),
    /// Behind a lock since a body must be `Sync`; nobody ever waits for it.
    Wire(Arc<Mutex<BoxStream<'static, Result<Bytes, BoxError>>>>),
}

impl ByteStream {
    /// The bytes of a stream, which are sent or read as they come.
    pub fn new(stream: impl Stream<Item = Result<Bytes, BoxError>> + MaybeSend + 'static) -> Self {
        Self(Source::Wire(Arc::new(Mutex::new(Box::pin(stream)))))
    }

    /// Several bodies, one after the other; in memory where all of them are.
    pub(crate) fn concat(bodies: Vec<Self>) -> Self {
        let chunks = |body: &Self| match &body.0 {
            Source::Memory(chunks) => Some(chunks.clone()),
            Source::Wire(_) => None,
        };
        match bodies.iter().map(chunks).collect::<Option<Vec<_>>>() {
            Some(chunks) => Self(Source::Memory(chunks.into_iter().flatten().collect())),
            None => Self::new(stream::iter(bodies).flatten()),
        }
    }

    /// All bytes, where they are in memory.
    pub fn whole(&self) -> Option<Bytes> {
        match &self.0 {
            Source::Memory(chunks) if chunks.len() == 1 => chunks.front().cloned(),
            Source::Memory(chunks) => {
                let mut all = BytesMut::with_capacity(self.len().unwrap_or_default());
                for chunk in chunks {
                    all.extend_from_slice(chunk);
                }
                Some(all.freeze())
            }
            Source::Wire(_) => None,
        }
    }

    /// How many bytes there are, where that is known.
    pub fn len(&self) -> Option<usize> {
        match &self.0 {
            Source::Memory(chunks) => Some(chunks.iter().map(Bytes::len).sum()),
            Source::Wire(_) => None,
        }
    }

    /// Whether there is nothing; a stream is not asked.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// Reads all bytes, up to a limit.
    ///
    /// # Errors
    /// Where there are more, or the stream breaks off.
    pub async fn bytes(mut self, limit: usize) -> Result<Bytes, StreamError> {
        if let Some(whole) = self.whole() {
            return if whole.len() > limit { Err(StreamError::TooLarge { limit }) } else { Ok(whole) };
        }
        let mut bytes = BytesMut::new();
        while let Some(chunk) = self.next().await {
            let chunk = chunk.map_err(StreamError::Interrupted)?;
            if chunk.len() > limit - bytes.len() {
                return Err(StreamError::TooLarge { limit });
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }
}

/// Why the bytes of a stream cannot be had.
#[derive(Debug)]
pub enum StreamError {
    /// There are more than the limit.
    TooLarge {
        /// How many there may be.
        limit: usize,
    },
    /// The stream broke off.
    Interrupted(BoxError),
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "the body has more than {limit} bytes"),
            Self::Interrupted(_) => f.write_str("the body broke off"),
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::TooLarge { .. } => None,
            Self::Interrupted(error) => Some(&**error),
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Source::Memory(chunks) => Poll::Ready(chunks.pop_front().map(Ok)),
            Source::Wire(stream) => {
                let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                stream.as_mut().poll_next(cx)
            }
        }
    }
}

impl Body for ByteStream {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        self.poll_next(cx).map_ok(Frame::data)
    }

    fn is_end_stream(&self) -> bool {
        self.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.len().map_or_else(SizeHint::default, |length| SizeHint::with_exact(length as u64))
    }
}

/// Its bytes may be secret, so only their number shows.
impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            Some(length) => write!(f, "ByteStream({length} bytes)"),
            None => f.write_str("ByteStream(..)"),
        }
    }
}

/// Bytes in memory are compared, a stream equals its clones only.
impl PartialEq for ByteStream {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Source::Wire(left), Source::Wire(right)) => Arc::ptr_eq(left, right),
            (Source::Memory(left), Source::Memory(right)) => left.iter().flatten().eq(right.iter().flatten()),
            _ => false,
        }
    }
}

impl Default for ByteStream {
    fn default() -> Self {
        Self(Source::Memory(VecDeque::new()))
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        Self(Source::Memory(if bytes.is_empty() { VecDeque::new() } else { VecDeque::from([bytes]) }))
    }
}

/// Whatever is in memory already.
macro_rules! from_memory {
    ($($ty:ty),*) => {$(
        impl From<$ty> for ByteStream {
            fn from(bytes: $ty) -> Self {
                Bytes::from(bytes).into()
            }
        }
    )*};
}

from_memory!(Vec<u8>, String, &'static str, &'static [u8]);
