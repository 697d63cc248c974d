//! Dates and times in the types of `time`.

use ::time::format_description::well_known::Rfc3339;
use ::time::{Month, OffsetDateTime, UtcOffset};

use super::super::format::time::{self, FullDate, FullTime};
use super::offset_time::{Clock, OffsetTime, Zone};
use super::types::display;
use super::{Format, Formatted};

/// `format: date-time`: an instant with its offset.
pub type DateTime = Formatted<OffsetDateTime>;
/// `format: date`: a day of the calendar.
pub type Date = Formatted<::time::Date>;
/// `format: time`: a time of the day with its offset.
pub type Time = Formatted<OffsetTime<::time::Time, UtcOffset>>;

impl Formatted<OffsetDateTime> {
    /// The moment so many seconds after 1970, and nanoseconds after that; one that there is not is the nearest that
    /// there is.
    pub fn at(seconds: i64, nanoseconds: i32) -> Self {
        let nearest = if seconds < 0 { ::time::Date::MIN } else { ::time::Date::MAX }.midnight().assume_utc();
        let nanoseconds = i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
        Self::new(OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).unwrap_or(nearest))
    }
}

impl Formatted<::time::Date> {
    /// A day by its year, month and day, each from 1; one that there is not is the last that there is.
    pub fn on(year: i16, month: i8, day: i8) -> Self {
        let parts = u8::try_from(month).ok().and_then(|it| Month::try_from(it).ok()).zip(u8::try_from(day).ok());
        let date = parts.and_then(|(month, day)| ::time::Date::from_calendar_date(year.into(), month, day).ok());
        Self::new(date.unwrap_or(::time::Date::MAX))
    }
}

impl Format for OffsetDateTime {
    const NAME: &'static str = "date-time";

    fn parse(text: &str) -> Option<Self> {
        let (day, clock) = time::date_time(text)?;
        Some(Self::new_in_offset(date_of(day)?, Clock::from_clock(clock)?, Zone::from_minutes(clock.offset)?))
    }

    fn render(&self, text: &mut String) {
        // Offsets with seconds, which RFC 3339 has not, go over UTC.
        let written = self.format(&Rfc3339).or_else(|_| self.to_offset(UtcOffset::UTC).format(&Rfc3339));
        text.push_str(&written.unwrap_or_else(|_| self.to_string()));
    }
}

fn date_of(day: FullDate) -> Option<::time::Date> {
    let month = Month::try_from(u8::try_from(day.month).ok()?).ok()?;
    ::time::Date::from_calendar_date(day.year.into(), month, day.day.try_into().ok()?).ok()
}

impl Format for ::time::Date {
    const NAME: &'static str = "date";

    fn parse(text: &str) -> Option<Self> {
        date_of(time::date_of(text)?)
    }

    fn render(&self, text: &mut String) {
        display(self, text);
    }

    fn is_canonical(&self, _: &str) -> bool {
        true
    }
}

impl Clock for ::time::Time {
    fn from_clock(time: FullTime) -> Option<Self> {
        let [hour, minute, second] = [time.hour, time.minute, time.second.min(59)].map(u8::try_from);
        Self::from_hms_nano(hour.ok()?, minute.ok()?, second.ok()?, time.nanosecond.try_into().ok()?).ok()
    }

    fn render(&self, text: &mut String) {
        let (hour, minute, second, nanosecond) = self.as_hms_nano();
        display(format_args!("{hour:02}:{minute:02}:{second:02}"), text);
        if nanosecond > 0 {
            let digits = format!("{nanosecond:09}");
            display(format_args!(".{}", digits.trim_end_matches('0')), text);
        }
    }
}

impl Zone for UtcOffset {
    fn from_minutes(minutes: i32) -> Option<Self> {
        Self::from_whole_seconds(minutes * 60).ok()
    }

    fn seconds(&self) -> i32 {
        self.whole_seconds()
    }
}
