//! How values are read now: in which direction they travel, and whether with tolerance.
//!
//! Reading a value neither waits nor leaves its thread, and serde has no other way to tell the unions inside of it.

use std::cell::Cell;

use super::Direction;

/// A way to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// By serde alone, which knows no direction.
    Undirected,
    /// By the door, to the letter.
    Exact(Direction),
    /// What a server sent, with tolerance.
    Tolerant,
}

thread_local! {
    static NOW: Cell<Reading> = const { Cell::new(Reading::Undirected) };
}

impl Reading {
    /// Reads in this way; what was before goes on afterwards.
    pub(crate) fn within<R>(self, read: impl FnOnce() -> R) -> R {
        let _before = Before(NOW.replace(self));
        read()
    }

    /// Whether values are read with tolerance now.
    pub(crate) fn is_tolerant() -> bool {
        NOW.get() == Self::Tolerant
    }

    /// The directions in which the value may travel that is read now, by which to look at it first.
    pub(crate) fn directions() -> &'static [Direction] {
        match NOW.get() {
            Self::Undirected => &[Direction::Request, Direction::Response],
            Self::Exact(Direction::Request) => &[Direction::Request],
            Self::Exact(Direction::Response) | Self::Tolerant => &[Direction::Response],
        }
    }
}

/// The way to go back to, even where reading panics.
struct Before(Reading);

impl Drop for Before {
    fn drop(&mut self) {
        NOW.set(self.0);
    }
}
