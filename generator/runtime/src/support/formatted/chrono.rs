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

impl Formatted<::chrono::DateTime<Utc>> {
    /// The moment so many seconds after 1970, and nanoseconds after that; one that there is not is the nearest that
    /// there is.
    pub fn at(seconds: i64, nanoseconds: i32) -> Self {
        let nearest = if seconds < 0 { ::chrono::DateTime::<Utc>::MIN_UTC } else { ::chrono::DateTime::<Utc>::MAX_UTC };
        // Here the rest of a second counts forwards.
        let (whole, rest) = if nanoseconds < 0 { (-1, 1_000_000_000) } else { (0, 0) };
        let rest = u32::try_from(nanoseconds.saturating_add(rest)).ok();
        let moment = rest.and_then(|it| ::chrono::DateTime::from_timestamp(seconds.saturating_add(whole), it));
        Self::new(moment.unwrap_or(nearest))
    }
}

impl Formatted<NaiveDate> {
    /// A day by its year, month and day, each from 1; one that there is not is the last that there is.
    pub fn on(year: i16, month: i8, day: i8) -> Self {
        let parts = u32::try_from(month).ok().zip(u32::try_from(day).ok());
        let date = parts.and_then(|(month, day)| NaiveDate::from_ymd_opt(year.into(), month, day));
        Self::new(date.unwrap_or(NaiveDate::MAX))
    }
}

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
