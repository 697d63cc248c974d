//! Bodies as they come: in memory, or in pieces that are still on their way.
//!
//! ```
#![doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::http::ByteStream;")]
//! let body = ByteStream::from("in memory");
//! assert_eq!(body.whole().as_deref(), Some(&b"in memory"[..]));
//! ```

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::slice;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use http_body::{Body, Frame, SizeHint};

use super::faults::{Fault, Faults};
use super::send::{BoxError, BoxStream, MaybeSend};

/// The bytes of a body, in memory or still on their way.
///
/// What is in memory can be read any number of times. A stream can be read once, and its clones share it: a second request
/// with it is an error.
#[derive(Clone)]
pub struct ByteStream(Source);

#[derive(Clone)]
enum Source {
    /// All of it, as nearly always.
    Whole(Bytes),
    /// One piece after the other.
    Pieces(VecDeque<Bytes>),
    /// What is still on its way.
    Wire(Arc<Wire>),
}

struct Wire {
    /// Behind a lock since a body must be `Sync`; nobody ever waits for it.
    stream: Mutex<BoxStream<'static, Result<Bytes, BoxError>>>,
    /// Whether a request was sent with it.
    is_sent: Arc<AtomicBool>,
    /// Where it is noted what is wrong with it, where it is the body of a request to a server.
    faults: Option<Faults>,
}

impl ByteStream {
    /// The bytes of a stream, which are sent or read as they come.
    pub fn new(stream: impl Stream<Item = Result<Bytes, BoxError>> + MaybeSend + 'static) -> Self {
        Self::noting(stream, None)
    }

    /// The same for a body of which is noted what is wrong with it.
    pub(crate) fn noting(
        stream: impl Stream<Item = Result<Bytes, BoxError>> + MaybeSend + 'static,
        faults: Option<Faults>,
    ) -> Self {
        // Whoever asks once more behind the end gets nothing: not every stream bears that.
        let stream = Mutex::new(Box::pin(stream.fuse()) as BoxStream<'static, _>);
        Self(Source::Wire(Arc::new(Wire { stream, is_sent: Arc::default(), faults })))
    }

    /// Where it is noted what is wrong with it.
    pub(super) fn faults(&self) -> Option<&Faults> {
        if let Source::Wire(wire) = &self.0 { wire.faults.as_ref() } else { None }
    }

    /// The bytes for a request; `None` where one was sent with them, and they are gone.
    pub(crate) fn to_send(&self) -> Option<Self> {
        match &self.0 {
            Source::Wire(wire) => once(&wire.is_sent, self.clone().map_err(Into::into)),
            _ => Some(self.clone()),
        }
    }

    /// Several bodies, one after the other; in memory where all of them are.
    pub(crate) fn concat(bodies: Vec<Self>) -> Self {
        if bodies.iter().any(|it| it.pieces().is_none()) {
            return Self::new(stream::iter(bodies).flatten().map_err(Into::into));
        }
        let pieces = bodies.iter().filter_map(Self::pieces).flatten().filter(|it| !it.is_empty()).cloned();
        let mut pieces: VecDeque<_> = pieces.collect();
        match pieces.len() {
            0 | 1 => pieces.pop_front().unwrap_or_default().into(),
            _ => Self(Source::Pieces(pieces)),
        }
    }

    /// All bytes, where they are in memory.
    pub fn whole(&self) -> Option<Bytes> {
        match &self.0 {
            Source::Whole(all) => Some(all.clone()),
            Source::Pieces(_) => {
                let mut all = BytesMut::with_capacity(self.len()?);
                for piece in self.pieces()? {
                    all.extend_from_slice(piece);
                }
                Some(all.freeze())
            }
            Source::Wire(_) => None,
        }
    }

    /// All bytes, where they are one piece in memory; else what it was.
    #[cfg(feature = "server")]
    pub(crate) fn into_whole(self) -> Result<Bytes, Self> {
        match self.0 {
            Source::Whole(all) => Ok(all),
            source => Err(Self(source)),
        }
    }

    /// How many bytes there are, where that is known.
    pub fn len(&self) -> Option<usize> {
        Some(self.pieces()?.map(Bytes::len).sum())
    }

    fn pieces(&self) -> Option<impl Iterator<Item = &Bytes>> {
        let (front, back) = match &self.0 {
            Source::Whole(all) => (slice::from_ref(all), [].as_slice()),
            Source::Pieces(pieces) => pieces.as_slices(),
            Source::Wire(_) => return None,
        };
        Some(front.iter().chain(back))
    }

    /// Whether there is nothing; a stream is not asked.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// Reads all bytes, up to a limit.
    ///
    /// # Errors
    /// Where there are more, or the stream breaks off.
    pub async fn bytes(self, limit: usize) -> Result<Bytes, StreamError> {
        let faults = self.faults().cloned();
        let read = gathered(self, limit).await;
        if let (Some(faults), Err(StreamError::TooLarge { .. })) = (faults, &read) {
            faults.note(Fault::TooLarge);
        }
        read
    }
}

/// A stream for a request, which notes that there is one as soon as it takes something; `None` where there was one.
pub(super) fn once(
    is_sent: &Arc<AtomicBool>,
    stream: impl Stream<Item = Result<Bytes, BoxError>> + MaybeSend + 'static,
) -> Option<ByteStream> {
    if is_sent.load(Ordering::Acquire) {
        return None;
    }
    let is_sent = is_sent.clone();
    Some(ByteStream::new(stream.inspect(move |_| is_sent.store(true, Ordering::Release))))
}

/// All bytes of a body, up to a limit.
///
/// Most bodies are one piece, which needs no list of pieces and is not copied.
pub(crate) fn gathered<B>(mut body: B, limit: usize) -> impl Future<Output = Result<Bytes, StreamError>> + Unpin
where
    B: Body<Data = Bytes, Error: Into<StreamError>> + Unpin,
{
    let (mut first, mut all) = (Bytes::new(), BytesMut::new());
    poll_fn(move |cx| {
        while let Some(frame) = ready!(Pin::new(&mut body).poll_frame(cx)) {
            let Ok(piece) = frame.map_err(Into::into)?.into_data() else { continue };
            if piece.len() > limit - first.len() - all.len() {
                return Poll::Ready(Err(StreamError::TooLarge { limit }));
            }
            if first.is_empty() && all.is_empty() {
                first = piece;
                continue;
            }
            all.extend_from_slice(&mem::take(&mut first));
            all.extend_from_slice(&piece);
        }
        Poll::Ready(Ok(if all.is_empty() { mem::take(&mut first) } else { mem::take(&mut all).freeze() }))
    })
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

#[cfg(feature = "server")]
impl From<axum::Error> for StreamError {
    fn from(error: axum::Error) -> Self {
        Self::Interrupted(error.into())
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Source::Whole(all) => {
                let all = mem::take(all);
                Poll::Ready((!all.is_empty()).then_some(Ok(all)))
            }
            Source::Pieces(pieces) => Poll::Ready(pieces.pop_front().map(Ok)),
            Source::Wire(wire) => {
                let mut stream = wire.stream.lock().unwrap_or_else(PoisonError::into_inner);
                stream.as_mut().poll_next(cx).map_err(StreamError::Interrupted)
            }
        }
    }
}

impl Body for ByteStream {
    type Data = Bytes;
    type Error = StreamError;

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
            _ => self.whole().is_some_and(|it| Some(it) == other.whole()),
        }
    }
}

impl Default for ByteStream {
    fn default() -> Self {
        Bytes::new().into()
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        Self(Source::Whole(bytes))
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
