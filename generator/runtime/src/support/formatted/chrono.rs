//! Dates and times in the types of `chrono`.

use ::chrono::{FixedOffset, NaiveDate, NaiveTime, SecondsFormat, Utc};

use super::super::format::time::{self, FullDate, FullTime};
use super::offset_time::{OffsetTime, render_offset};
use super::types::display;
use super::{Format, Formatted};

/// `format: date-time`: an instant, in UTC; the text keeps the offset that it came with.
pub type DateTime = Formatted<::chrono::DateTime<Utc>>;
/// `format: date`: a day of the calendar.
pub type Date = Formatted<NaiveDate>;
/// `format: time`: a time of the day with its offset.
pub type Time = Formatted<OffsetTime<NaiveTime, FixedOffset>>;

impl Format for ::chrono::DateTime<Utc> {
    const NAME: &'static str = "date-time";

    fn parse(text: &str) -> Option<Self> {
        let (day, clock) = time::date_time(text)?;
        let local = date_of(day)?.and_time(time_of(clock)?).and_local_timezone(offset_of(clock)?);
        Some(local.single()?.to_utc())
    }

    fn render(&self, text: &mut String) {
        text.push_str(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
}

fn date_of(day: FullDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(day.year.into(), day.month.try_into().ok()?, day.day.try_into().ok()?)
}

/// A leap second becomes the second before it, with the fraction that it has.
fn time_of(clock: FullTime) -> Option<NaiveTime> {
    let [hour, minute, second] = [clock.hour, clock.minute, clock.second.min(59)].map(u32::try_from);
    NaiveTime::from_hms_nano_opt(hour.ok()?, minute.ok()?, second.ok()?, clock.nanosecond.try_into().ok()?)
}

fn offset_of(clock: FullTime) -> Option<FixedOffset> {
    FixedOffset::east_opt(clock.offset * 60)
}

impl Format for NaiveDate {
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

impl Format for OffsetTime<NaiveTime, FixedOffset> {
    const NAME: &'static str = "time";

    fn parse(text: &str) -> Option<Self> {
        let clock = time::time_of(text)?;
        Some(Self { time: time_of(clock)?, offset: offset_of(clock)? })
    }

    fn render(&self, text: &mut String) {
        display(self.time, text);
        render_offset(self.offset.local_minus_utc(), text);
    }
}
