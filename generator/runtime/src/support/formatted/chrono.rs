//! Dates and times in the types of `chrono`.

use ::chrono::{FixedOffset, NaiveDate, NaiveTime, SecondsFormat, Utc};

use super::super::format::time::{self, FullDate, FullTime};
use super::offset_time::{Clock, OffsetTime, Zone};
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
        let local = date_of(day)?
            .and_time(Clock::from_clock(clock)?)
            .and_local_timezone(FixedOffset::from_minutes(clock.offset)?);
        Some(local.single()?.to_utc())
    }

    fn render(&self, text: &mut String) {
        text.push_str(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
}

fn date_of(day: FullDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(day.year.into(), day.month.try_into().ok()?, day.day.try_into().ok()?)
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

impl Clock for NaiveTime {
    fn from_clock(time: FullTime) -> Option<Self> {
        let [hour, minute, second] = [time.hour, time.minute, time.second.min(59)].map(u32::try_from);
        Self::from_hms_nano_opt(hour.ok()?, minute.ok()?, second.ok()?, time.nanosecond.try_into().ok()?)
    }

    fn render(&self, text: &mut String) {
        display(self, text);
    }
}

impl Zone for FixedOffset {
    fn from_minutes(minutes: i32) -> Option<Self> {
        Self::east_opt(minutes * 60)
    }

    fn seconds(&self) -> i32 {
        self.local_minus_utc()
    }
}
