//! Where one item of a stream ends and the next begins.

use bytes::{Buf, Bytes, BytesMut};
use futures_util::{Stream, StreamExt, stream};

use super::faults::Fault;
use super::{ByteStream, ItemError};

/// How many bytes an item may have, since it is held in memory.
const LARGEST: usize = 8 * 1024 * 1024;

/// What separates items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// A line each.
    Lines,
    /// A record separator before each (RFC 7464).
    Sequence,
    /// An empty line after each block of lines.
    Events,
}

/// The items of a body, each with its own bytes; what has none is skipped.
pub(crate) fn frames(body: ByteStream, framing: Framing) -> impl Stream<Item = Result<Bytes, ItemError>> {
    let state =
        Frames { body, framing, buffer: BytesMut::new(), seen: 0, block: Vec::new(), after_cr: false, start: true };
    stream::unfold(Some(state), |state| async move {
        let mut state = state?;
        match state.next().await {
            Ok(Some(frame)) => Some((Ok(frame), Some(state))),
            Ok(None) => None,
            Err(error) => Some((Err(error), None)),
        }
    })
}

struct Frames {
    body: ByteStream,
    framing: Framing,
    buffer: BytesMut,
    /// How much of the buffer holds no end.
    seen: usize,
    /// The lines of the event so far.
    block: Vec<u8>,
    /// Whether a line feed would belong to the line before.
    after_cr: bool,
    /// Whether nothing was read yet, so that a byte order mark may come.
    start: bool,
}

impl Frames {
    async fn next(&mut self) -> Result<Option<Bytes>, ItemError> {
        loop {
            while let Some(piece) = self.piece() {
                if let Some(frame) = self.frame(piece) {
                    return Ok(Some(frame));
                }
            }
            if self.buffer.len() + self.block.len() > LARGEST {
                self.body.faults().inspect(|it| it.note(Fault::TooLarge));
                return Err(ItemError::TooLarge);
            }
            match self.body.next().await {
                Some(chunk) => self.buffer.extend_from_slice(&chunk.map_err(|it| ItemError::Interrupted(it.into()))?),
                None => return Ok(self.rest()),
            }
            self.skip_mark();
        }
    }

    /// What stands before the next end.
    fn piece(&mut self) -> Option<Bytes> {
        if self.after_cr && self.buffer.first() == Some(&b'\n') {
            self.buffer.advance(1);
        }
        self.after_cr &= self.buffer.is_empty();
        let is_end = |byte: &u8| match self.framing {
            Framing::Lines => *byte == b'\n',
            Framing::Sequence => *byte == 0x1e,
            Framing::Events => matches!(byte, b'\n' | b'\r'),
        };
        let Some(end) = self.buffer[self.seen..].iter().position(is_end).map(|it| it + self.seen) else {
            self.seen = self.buffer.len();
            return None;
        };
        (self.seen, self.start) = (0, false);
        let piece = self.buffer.split_to(end).freeze();
        self.after_cr = self.framing == Framing::Events && self.buffer.first() == Some(&b'\r');
        self.buffer.advance(1);
        Some(piece)
    }

    /// The item that a piece makes, or completes.
    fn frame(&mut self, piece: Bytes) -> Option<Bytes> {
        if self.framing != Framing::Events {
            return Some(piece).filter(|it| !it.trim_ascii().is_empty());
        }
        if !piece.is_empty() {
            self.block.extend(&piece);
            self.block.push(b'\n');
            return None;
        }
        let block = std::mem::take(&mut self.block);
        Some(Bytes::from(block)).filter(|it| !it.is_empty())
    }

    /// What is left at the end: an event without its empty line is not whole.
    fn rest(&mut self) -> Option<Bytes> {
        let rest = self.buffer.split().freeze();
        self.seen = 0;
        Some(rest).filter(|it| self.framing != Framing::Events && !it.trim_ascii().is_empty())
    }

    fn skip_mark(&mut self) {
        const MARK: &[u8] = b"\xef\xbb\xbf";
        if self.start && self.buffer.len() >= MARK.len() {
            self.start = false;
            if self.buffer.starts_with(MARK) {
                self.buffer.advance(MARK.len());
                self.seen = self.seen.saturating_sub(MARK.len());
            }
        }
    }
}
