//! Acronyms that the rule of capitals cuts in the wrong place.

/// The same text, with `OAuth` and acronyms in the plural as one word each: `userIDs` is `user_ids` and not `user_i_ds`.
pub(super) fn joined(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if begins(&out, first) { acronym(rest) } else { 0 };
        let (word, further) = rest.split_at(length.max(first.len_utf8()));
        out.push(first);
        out.push_str(&word[first.len_utf8()..].to_ascii_lowercase());
        rest = further;
    }
    out
}

/// Whether a word begins with a letter after what is there: `fooAuth` has no `oAuth`.
fn begins(before: &str, first: char) -> bool {
    let last = before.chars().next_back();
    last.is_none_or(|it| if first.is_ascii_uppercase() { !it.is_uppercase() } else { !it.is_alphanumeric() })
}

/// How long the acronym is that a text begins with, or nothing.
fn acronym(text: &str) -> usize {
    let capitals = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let length = match &text[capitals..] {
        _ if text.starts_with("OAuth") || text.starts_with("oAuth") => "OAuth".len(),
        rest if capitals > 1 && rest.starts_with('s') => capitals + 1,
        _ => 0,
    };
    if text[length..].starts_with(char::is_lowercase) { 0 } else { length }
}
