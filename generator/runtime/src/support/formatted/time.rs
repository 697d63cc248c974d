//! Dates and times in the types of `time`.

use ::time::format_description::well_known::Rfc3339;
use ::time::{Month, OffsetDateTime, UtcOffset};

use super::super::format::time::{self, FullDate, FullTime};
use super::offset_time::{OffsetTime, render_offset};
use super::types::display;
use super::{Format, Formatted};

/// `format: date-time`: an instant with its offset.
pub type DateTime = Formatted<OffsetDateTime>;
/// `format: date`: a day of the calendar.
pub type Date = Formatted<::time::Date>;
/// `format: time`: a time of the day with its offset.
pub type Time = Formatted<OffsetTime<::time::Time, UtcOffset>>;

impl Format for OffsetDateTime {
    const NAME: &'static str = "date-time";

    fn parse(text: &str) -> Option<Self> {
        let (day, clock) = time::date_time(text)?;
        Some(Self::new_in_offset(date_of(day)?, time_of(clock)?, offset_of(clock)?))
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

/// A leap second becomes the second before it, with the fraction that it has.
fn time_of(clock: FullTime) -> Option<::time::Time> {
    let [hour, minute, second] = [clock.hour, clock.minute, clock.second.min(59)].map(u8::try_from);
    let nanosecond = clock.nanosecond.try_into().ok()?;
    ::time::Time::from_hms_nano(hour.ok()?, minute.ok()?, second.ok()?, nanosecond).ok()
}

fn offset_of(clock: FullTime) -> Option<UtcOffset> {
    UtcOffset::from_whole_seconds(clock.offset * 60).ok()
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

impl Format for OffsetTime<::time::Time, UtcOffset> {
    const NAME: &'static str = "time";

    fn parse(text: &str) -> Option<Self> {
        let clock = time::time_of(text)?;
        Some(Self { time: time_of(clock)?, offset: offset_of(clock)? })
    }

    fn render(&self, text: &mut String) {
        let (hour, minute, second, nanosecond) = self.time.as_hms_nano();
        display(format_args!("{hour:02}:{minute:02}:{second:02}"), text);
        if nanosecond > 0 {
            let digits = format!("{nanosecond:09}");
            display(format_args!(".{}", digits.trim_end_matches('0')), text);
        }
        render_offset(self.offset.whole_seconds(), text);
    }
}
