//! JSON text that grows: names, texts without anything to escape, and what is JSON already.

use std::io;

use serde::Serialize;

use super::{Failed, is_special, special};

/// What stands in bytes that are no text yet.
const FILL: u8 = b' ';

/// JSON text that grows.
///
/// There are bytes beyond its end, so that a text is written without a look at the capacity for each piece of it.
pub(super) struct Text {
    bytes: Vec<u8>,
    /// How many bytes are text.
    length: usize,
}

impl Text {
    /// No text yet, and room for so many bytes.
    pub(super) fn with_room(room: usize) -> Self {
        // Not zeroes, for which allocators are asked that forget what they keep at hand.
        Self { bytes: vec![FILL; room], length: 0 }
    }

    /// The text.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.length);
        self.bytes
    }

    /// What was written from a length on.
    #[inline]
    pub(super) fn since(&self, start: usize) -> &[u8] {
        self.bytes.get(start..self.length).unwrap_or_default()
    }

    /// How many bytes were written.
    #[inline]
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// Puts quotes around what was written from a length on.
    pub(super) fn quote(&mut self, start: usize) {
        let written = self.since(start).to_vec();
        self.length = start;
        for piece in [b"\"".as_slice(), &written, b"\""] {
            self.raw(piece);
        }
    }

    /// The bytes beyond the end: as many as are asked for, or more.
    #[inline]
    fn room(&mut self, length: usize) -> &mut [u8] {
        let end = self.length + length;
        if end > self.bytes.len() {
            self.grow(end);
        }
        self.bytes.get_mut(self.length..).unwrap_or_default()
    }

    #[cold]
    fn grow(&mut self, least: usize) {
        self.bytes.resize(least.max(2 * self.bytes.len()), FILL);
    }

    #[inline]
    pub(super) fn byte(&mut self, byte: u8) {
        self.raw(&[byte]);
    }

    /// Writes what is JSON already.
    #[inline]
    pub(super) fn raw(&mut self, json: &[u8]) {
        if let Some(room) = self.room(json.len()).get_mut(..json.len()) {
            room.copy_from_slice(json);
            self.length += json.len();
        }
    }

    /// Writes a value as `serde_json` does.
    #[inline]
    pub(super) fn rare<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        serde_json::to_writer(self, value).map_err(|_| Failed)
    }

    #[inline]
    pub(super) fn string(&mut self, text: &str) -> Result<(), Failed> {
        let length = text.len() + 2;
        let room = self.room(length).get_mut(..length);
        if let Some([first, inner @ .., last]) = room
            && plain(inner, text.as_bytes())
        {
            (*first, *last) = (b'"', b'"');
            self.length += length;
            return Ok(());
        }
        self.rare(text)
    }
}

/// Copies bytes to as many others; whether none of them must be escaped.
///
/// Pieces of known length are copied sooner than a few bytes of any length, even where two of them overlap.
#[inline]
fn plain(to: &mut [u8], bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut found = 0;
    for (to, word) in to.as_chunks_mut::<8>().0.iter_mut().zip(words) {
        *to = *word;
        found |= special(u64::from_le_bytes(*word));
    }
    if rest.is_empty() {
        return found == 0;
    }
    if let Some(last) = bytes.last_chunk::<8>() {
        if let Some(to) = to.last_chunk_mut::<8>() {
            *to = *last;
        }
        return found | special(u64::from_le_bytes(*last)) == 0;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        if let Some(to) = to.first_chunk_mut::<4>() {
            *to = *first;
        }
        if let Some(to) = to.last_chunk_mut::<4>() {
            *to = *last;
        }
        return special(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))) == 0;
    }
    for (to, byte) in to.iter_mut().zip(bytes) {
        *to = *byte;
    }
    bytes.iter().all(|byte| !is_special(*byte))
}

/// What `serde_json` writes.
impl io::Write for &mut Text {
    fn write(&mut self, json: &[u8]) -> io::Result<usize> {
        self.raw(json);
        Ok(json.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
