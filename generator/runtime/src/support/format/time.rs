//! The formats of RFC 3339: `date-time`, `date`, `time` and, from its appendix A, `duration`.

/// `full-date`: a day that the calendar has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct FullDate {
    /// 0 to 9999.
    pub(in super::super) year: i16,
    /// 1 to 12.
    pub(in super::super) month: i8,
    /// 1 to 31.
    pub(in super::super) day: i8,
}

/// `full-time`: a time of the day, and its distance from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct FullTime {
    /// 0 to 23.
    pub(in super::super) hour: i8,
    /// 0 to 59.
    pub(in super::super) minute: i8,
    /// 0 to 60: a leap second is the last of a day in UTC.
    pub(in super::super) second: i8,
    /// The first nine digits of the fraction.
    pub(in super::super) nanosecond: i32,
    /// Minutes east of UTC.
    pub(in super::super) offset: i32,
}

/// `1985-04-12T23:20:50.52Z`.
pub(in super::super) fn date_time(text: &str) -> Option<(FullDate, FullTime)> {
    let (date, time) = text.split_at_checked(10)?;
    Some((date_of(date)?, time_of(time.strip_prefix(['T', 't'])?)?))
}

/// `1985-04-12`.
pub(in super::super) fn date_of(text: &str) -> Option<FullDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let year = i16::from(number([*y1, *y2])?) * 100 + i16::from(number([*y3, *y4])?);
    let (month, day) = (number([*m1, *m2])?, number([*d1, *d2])?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=days).contains(&day).then_some(FullDate { year, month, day })
}

/// `23:20:50.52+01:00`.
pub(in super::super) fn time_of(text: &str) -> Option<FullTime> {
    let ([h1, h2, b':', m1, m2, b':', s1, s2], rest) = text.as_bytes().split_first_chunk()? else { return None };
    let (hour, minute, second) = (number([*h1, *h2])?, number([*m1, *m2])?, number([*s1, *s2])?);
    let (nanosecond, offset) = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().position(|it| !it.is_ascii_digit()).filter(|digits| *digits > 0)?;
            let (fraction, offset) = fraction.split_at_checked(digits)?;
            (nanoseconds(fraction), offset)
        }
        offset => (0, offset),
    };
    let offset = offset_minutes(offset)?;
    let utc = (minutes(hour, minute) - offset).rem_euclid(24 * 60);
    let is_valid = hour < 24 && minute < 60 && (second < 60 || (second == 60 && utc == 23 * 60 + 59));
    is_valid.then_some(FullTime { hour, minute, second, nanosecond, offset })
}

/// The first nine digits of a fraction; further ones are dropped.
fn nanoseconds(fraction: &[u8]) -> i32 {
    let digit = |position| fraction.get(position).map_or(0, |digit| i32::from(*digit - b'0'));
    (0..9).fold(0, |sum, position| sum * 10 + digit(position))
}

/// `Z` or `+01:00`.
fn offset_minutes(offset: &[u8]) -> Option<i32> {
    match *offset {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (number([h1, h2])?, number([m1, m2])?);
            let offset = self::minutes(hours, minutes);
            (hours < 24 && minutes < 60).then_some(if sign == b'-' { -offset } else { offset })
        }
        _ => None,
    }
}

fn minutes(hours: i8, minutes: i8) -> i32 {
    i32::from(hours) * 60 + i32::from(minutes)
}

fn number(digits: [u8; 2]) -> Option<i8> {
    let [tens, ones] = digits;
    let digit = |it: u8| if it.is_ascii_digit() { i8::try_from(it - b'0').ok() } else { None };
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// `P3Y6M4DT12H30M5S` or `P4W`: units in order and without gaps, whole numbers only.
pub(super) fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (rest, None),
    };
    match (units(date), time.map(units)) {
        (Some(date), None) => !date.is_empty() && (date == "W" || "YMD".contains(&date)),
        (Some(date), Some(Some(time))) => "YMD".contains(&date) && !time.is_empty() && "HMS".contains(&time),
        _ => false,
    }
}

/// The letters of `3Y6M4D`, each of which must follow digits.
fn units(text: &str) -> Option<String> {
    let mut units = String::new();
    let mut has_digits = false;
    for c in text.chars() {
        if c.is_ascii_digit() {
            has_digits = true;
        } else if std::mem::take(&mut has_digits) {
            units.push(c);
        } else {
            return None;
        }
    }
    (!has_digits).then_some(units)
}
