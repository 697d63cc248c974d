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
    /// Reads in this way while what it gives lives.
    #[must_use]
    pub(crate) fn begin(self) -> Begun {
        Begun(NOW.replace(self))
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

/// A reading that has begun; what was before goes on when it is dropped.
#[derive(Debug)]
pub(crate) struct Begun(Reading);

impl Drop for Begun {
    fn drop(&mut self) {
        NOW.set(self.0);
    }
}
