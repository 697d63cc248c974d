//! The formats of RFC 3339: `date-time`, `date`, `time` and, from its appendix A, `duration`.

/// `1985-04-12T23:20:50.52Z`.
pub(super) fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else { return false };
    is_date(date) && time.strip_prefix(['T', 't']).is_some_and(is_time)
}

/// `1985-04-12`: a day that the calendar has.
pub(super) fn is_date(text: &str) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return false };
    let (Some(century), Some(years), Some(month), Some(day)) =
        (number([*y1, *y2]), number([*y3, *y4]), number([*m1, *m2]), number([*d1, *d2]))
    else {
        return false;
    };
    let year = century * 100 + years;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// `23:20:50.52+01:00`; a leap second is the last of a day in UTC.
pub(super) fn is_time(text: &str) -> bool {
    let Some(([h1, h2, b':', m1, m2, b':', s1, s2], rest)) = text.as_bytes().split_first_chunk() else { return false };
    let (Some(hour), Some(minute), Some(second)) = (number([*h1, *h2]), number([*m1, *m2]), number([*s1, *s2])) else {
        return false;
    };
    let offset = match rest {
        [b'.', fraction @ ..] => match fraction.iter().position(|it| !it.is_ascii_digit()) {
            Some(digits @ 1..) => fraction.get(digits..).unwrap_or_default(),
            _ => return false,
        },
        offset => offset,
    };
    let Some(offset) = offset_minutes(offset) else { return false };
    let utc = (hour * 60 + minute - offset).rem_euclid(24 * 60);
    hour < 24 && minute < 60 && (second < 60 || (second == 60 && utc == 23 * 60 + 59))
}

/// `Z` or `+01:00`.
fn offset_minutes(offset: &[u8]) -> Option<i32> {
    match *offset {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (number([h1, h2])?, number([m1, m2])?);
            let offset = hours * 60 + minutes;
            (hours < 24 && minutes < 60).then_some(if sign == b'-' { -offset } else { offset })
        }
        _ => None,
    }
}

fn number(digits: [u8; 2]) -> Option<i32> {
    let [tens, ones] = digits;
    let digit = |it: u8| it.is_ascii_digit().then(|| i32::from(it - b'0'));
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
