//! A time of the day with its offset, which no library has as one value.

/// A time of the day and its distance from UTC, as in `08:30:00+02:00`, in the types of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OffsetTime<T, O> {
    /// The time of the day.
    pub time: T,
    /// The distance from UTC.
    pub offset: O,
}

/// Appends a distance from UTC: `Z`, or `+02:00`.
pub(super) fn render_offset(seconds: i32, text: &mut String) {
    let minutes = seconds / 60;
    if minutes == 0 {
        return text.push('Z');
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    super::types::display(format_args!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60), text);
}
