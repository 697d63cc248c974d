//! A time of the day with its offset, which no library has as one value.

use super::super::format::time::{self, FullTime};
use super::Format;
use super::types::display;

/// A time of the day and its distance from UTC, as in `08:30:00+02:00`, in the types of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OffsetTime<T, O> {
    /// The time of the day.
    pub time: T,
    /// The distance from UTC.
    pub offset: O,
}

/// A library's time of the day.
pub(super) trait Clock: Sized {
    /// The time of a text; a leap second becomes the second before it, with the fraction that it has.
    fn from_clock(time: FullTime) -> Option<Self>;

    /// Appends it as RFC 3339 has it.
    fn render(&self, text: &mut String);
}

/// A library's distance from UTC.
pub(super) trait Zone: Sized {
    /// So many minutes east of UTC, where the library has them.
    fn from_minutes(minutes: i32) -> Option<Self>;

    /// How many seconds east of UTC it is.
    fn seconds(&self) -> i32;
}

impl<T: Clock, O: Zone> Format for OffsetTime<T, O> {
    const NAME: &'static str = "time";

    fn parse(text: &str) -> Option<Self> {
        let clock = time::time_of(text)?;
        Some(Self { time: T::from_clock(clock)?, offset: O::from_minutes(clock.offset)? })
    }

    fn render(&self, text: &mut String) {
        self.time.render(text);
        let minutes = self.offset.seconds() / 60;
        if minutes == 0 {
            return text.push('Z');
        }
        let sign = if minutes < 0 { '-' } else { '+' };
        display(format_args!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60), text);
    }
}
