//! Dates and times in the types of `jiff`.

use jiff::civil;
use jiff::fmt::temporal::DateTimePrinter;
use jiff::tz::Offset;

use super::super::format::time::{self, FullDate, FullTime};
use super::offset_time::{Clock, OffsetTime, Zone};
use super::types::display;
use super::{Format, Formatted, is_rendered};

/// `format: date-time`: an instant.
///
/// Instants after [`jiff::Timestamp::MAX`] (such as `9999-12-31T23:59:59Z`) read as that, and keep their text.
pub type DateTime = Formatted<jiff::Timestamp>;
/// `format: date`: a day of the calendar.
pub type Date = Formatted<civil::Date>;
/// `format: time`: a time of the day with its offset.
pub type Time = Formatted<OffsetTime<civil::Time, Offset>>;

/// Writes moments and days without the detour through `Display`.
const PRINTER: DateTimePrinter = DateTimePrinter::new();

impl Formatted<jiff::Timestamp> {
    /// The moment so many seconds after 1970, and nanoseconds after that; one that there is not is the nearest that
    /// there is.
    pub fn at(seconds: i64, nanoseconds: i32) -> Self {
        let nearest = if seconds < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        Self::new(jiff::Timestamp::new(seconds, nanoseconds).unwrap_or(nearest))
    }
}

impl Formatted<civil::Date> {
    /// A day by its year, month and day, each from 1; one that there is not is the last that there is.
    pub fn on(year: i16, month: i8, day: i8) -> Self {
        Self::new(civil::Date::new(year, month, day).unwrap_or(civil::Date::MAX))
    }
}

impl Format for jiff::Timestamp {
    const NAME: &'static str = "date-time";

    fn parse(text: &str) -> Option<Self> {
        let (day, clock) = time::date_time(text)?;
        let instant =
            Offset::from_minutes(clock.offset)?.to_timestamp(date_of(day)?.to_datetime(Clock::from_clock(clock)?));
        // What is valid and out of range lies in the last hours of the year 9999 or the first of the year 0.
        Some(instant.unwrap_or(if day.year > 0 { Self::MAX } else { Self::MIN }))
    }

    fn render(&self, text: &mut String) {
        // Writing to a `String` cannot fail.
        let _ = PRINTER.print_timestamp(self, text);
    }

    fn is_canonical(&self, text: &str) -> bool {
        // `2024-01-01T00:00:00Z` or `2024-01-01T00:00:00.123Z`: in UTC, in capitals, no leap second, no digit too many.
        match text.as_bytes() {
            // The last year has instants that are out of range.
            [b'9', ..] => is_rendered(self, text),
            [_, _, _, _, _, _, _, _, _, _, b'T', _, _, _, _, _, _, b'0'..=b'5', _, fraction @ .., b'Z'] => {
                fraction.len() <= 10 && fraction.last() != Some(&b'0')
            }
            _ => false,
        }
    }
}

fn date_of(day: FullDate) -> Option<civil::Date> {
    civil::Date::new(day.year, day.month, day.day).ok()
}

impl Format for civil::Date {
    const NAME: &'static str = "date";

    fn parse(text: &str) -> Option<Self> {
        date_of(time::date_of(text)?)
    }

    fn render(&self, text: &mut String) {
        // Writing to a `String` cannot fail.
        let _ = PRINTER.print_date(self, text);
    }

    fn is_canonical(&self, _: &str) -> bool {
        true
    }
}

impl Clock for civil::Time {
    fn from_clock(time: FullTime) -> Option<Self> {
        Self::new(time.hour, time.minute, time.second.min(59), time.nanosecond).ok()
    }

    fn render(&self, text: &mut String) {
        display(self, text);
    }
}

impl Zone for Offset {
    fn from_minutes(minutes: i32) -> Option<Self> {
        Self::from_seconds(minutes * 60).ok()
    }

    fn seconds(&self) -> i32 {
        Self::seconds(*self)
    }
}
