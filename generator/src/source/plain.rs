//! Texts that need quotes in YAML, because readers of 1.1 take them for something else.
//!
//! `yes` is a boolean there, `2024-05-31` a date, and `1_000` and `1:30` are numbers. In 1.2 all of them are texts.

/// Whether some readers take a text for something else.
pub(super) fn is_read_otherwise(text: &str) -> bool {
    const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "=", "<<"];
    WORDS.iter().any(|it| it.eq_ignore_ascii_case(text)) || is_date(text) || is_number(text)
}

/// A date, with or without a time.
fn is_date(text: &str) -> bool {
    let (day, time) = text.split_at(text.find(['T', 't', ' ', '\t']).unwrap_or(text.len()));
    let parts: Vec<&str> = day.split('-').collect();
    let is_digits = |it: &&str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = matches!(parts[..], [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2);
    is_day && parts.iter().all(is_digits) && time.bytes().all(|byte| b"0123456789:.+-TtZz \t".contains(&byte))
}

/// A number with underscores, or one of base 60.
fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.contains(['_', ':'])
        && digits.bytes().all(|byte| byte.is_ascii_hexdigit() || b"_:.xX".contains(&byte))
}
