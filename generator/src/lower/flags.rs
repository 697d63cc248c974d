//! Flags at the start of a pattern, such as `(?i)`: other engines have them, ECMA-262 says the same in classes.

/// The pattern without its flags; none where a flag has no translation.
///
/// `(?i)a` becomes `[Aa]`, and `.` after `(?s)` a class of everything.
pub(super) fn translated(pattern: &str) -> Option<String> {
    let (flags, rest) = pattern.strip_prefix("(?")?.split_once(')')?;
    if flags.is_empty() || !flags.chars().all(|flag| matches!(flag, 'i' | 's' | 'u')) {
        return None;
    }
    let (ignores_case, dot_is_all) = (flags.contains('i'), flags.contains('s'));
    let mut out = String::new();
    let mut in_class = false;
    let mut chars = rest.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                out.push(char);
                out.extend(chars.next());
            }
            '[' | ']' => {
                in_class = char == '[';
                out.push(char);
            }
            // The name of a group, or what kind of group it is, has no case to ignore.
            '(' if chars.peek() == Some(&'?') => out.push(char),
            '?' if out.ends_with('(') => {
                out.push(char);
                copy_group(&mut chars, &mut out);
            }
            '.' if dot_is_all && !in_class => out.push_str("[\\s\\S]"),
            letter if ignores_case && in_class && chars.peek() == Some(&'-') => {
                let mut ahead = chars.clone();
                ahead.next();
                match ahead.next().filter(|end| *end != ']' && *end != '\\') {
                    Some(end) => {
                        chars = ahead;
                        out.push_str(&range(letter, end));
                    }
                    None => out.push_str(&both(letter)),
                }
            }
            letter if ignores_case && in_class => out.push_str(&both(letter)),
            letter if ignores_case && letter.is_alphabetic() => {
                let letters = both(letter);
                if letters.chars().count() > 1 {
                    out.extend(["[", &letters, "]"]);
                } else {
                    out.push(letter);
                }
            }
            char => out.push(char),
        }
    }
    Some(out)
}

/// What stands between the slashes of `/^a$/i`, where these are most likely not meant: an anchor or flags say so.
pub(super) fn between_slashes(pattern: &str) -> Option<&str> {
    let (inner, flags) = pattern.strip_prefix('/')?.rsplit_once('/')?;
    let is_flags = flags.chars().all(|flag| "dgimsuvy".contains(flag));
    let is_anchored = inner.starts_with('^') || inner.ends_with('$');
    let is_meant = is_anchored || (!flags.is_empty() && inner.contains(['\\', '[', '(', '+', '*']));
    (is_flags && is_meant).then_some(inner)
}

/// `?:`, `?=`, `?!`, `?<=`, `?<!` or `?<name>`, as it stands.
fn copy_group(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    let first = chars.next();
    out.extend(first);
    if first != Some('<') || matches!(chars.peek(), Some('=' | '!')) {
        return;
    }
    for char in chars.by_ref() {
        out.push(char);
        if char == '>' {
            return;
        }
    }
}

/// A letter in both cases, where each is one character.
fn both(letter: char) -> String {
    let mut cases = vec![letter];
    for other in [letter.to_lowercase().collect::<String>(), letter.to_uppercase().collect::<String>()] {
        let mut chars = other.chars();
        if let (Some(one), None) = (chars.next(), chars.next())
            && !cases.contains(&one)
        {
            cases.push(one);
        }
    }
    cases.into_iter().collect()
}

/// A range and, where both of its ends are letters of one case, the range of the other case.
fn range(start: char, end: char) -> String {
    let same = format!("{start}-{end}");
    if start.is_ascii_lowercase() && end.is_ascii_lowercase() {
        return format!("{same}{}-{}", start.to_ascii_uppercase(), end.to_ascii_uppercase());
    }
    if start.is_ascii_uppercase() && end.is_ascii_uppercase() {
        return format!("{same}{}-{}", start.to_ascii_lowercase(), end.to_ascii_lowercase());
    }
    same
}
