//! Segments of path templates that mix text and parameters, such as `{name}.{extension}`.
//!
//! A server takes them apart from the left: a parameter takes what stands before the first place where the text behind
//! it comes, its own first character aside. So `archive.tar.gz` is `archive` and `tar.gz`, and a client sees to it that
//! its values are read as they are.

/// A segment with parameters: the texts before, between and after them.
pub(crate) type Pattern = Vec<String>;

/// `{x}:{y}` as the texts `""`, `":"`, `""` and the names `x`, `y`; a brace that nothing closes is text.
pub(crate) fn parse(segment: &str) -> (Pattern, Vec<&str>) {
    let (mut texts, mut names, mut rest) = (Vec::new(), Vec::new(), segment);
    while let Some((text, tail)) = rest.split_once('{') {
        let Some((name, tail)) = tail.split_once('}') else { break };
        texts.push(text.to_owned());
        names.push(name);
        rest = tail;
    }
    texts.push(rest.to_owned());
    (texts, names)
}

/// Matches a segment: a parameter takes no more than up to the next text, and nothing only where text stands beside it.
pub(crate) fn capture<'a>(pattern: &Pattern, segment: &'a str, found: &mut Vec<&'a str>) -> bool {
    let [first, middle @ .., last] = &**pattern else { return false };
    let Some(mut rest) = segment.strip_prefix(first.as_str()).and_then(|it| it.strip_suffix(last.as_str())) else {
        return false;
    };
    for text in middle {
        let Some(end) = next(rest, text) else { return false };
        found.push(&rest[..end]);
        rest = &rest[end + text.len()..];
    }
    found.push(rest);
    !rest.is_empty() || pattern.iter().any(|text| !text.is_empty())
}

/// Where a parameter ends: at the text after its first character, else at a text right where it starts.
fn next(rest: &str, text: &str) -> Option<usize> {
    let width = rest.chars().next().map(char::len_utf8)?;
    let behind = rest.get(width..)?.find(text).map(|it| it + width);
    behind.or_else(|| (!text.is_empty() && rest.starts_with(text)).then_some(0))
}

/// The segment of some values that a server reads as these; `None` where there is none.
///
/// Where the values as they are would be taken apart elsewhere, the signs that begin the texts between them are escaped
/// in them: they mean the same escaped (RFC 3986, 6.2.2.2), and no server takes them for those texts.
pub(super) fn filled(pattern: &Pattern, values: &[&str]) -> Option<String> {
    let plain = joined(pattern, values);
    if is_read(pattern, &plain, values) {
        return Some(plain);
    }
    let between = pattern.get(1..pattern.len().saturating_sub(1)).unwrap_or_default();
    let starts: Vec<char> =
        between.iter().filter_map(|it| it.chars().next()).filter(|it| "-._~".contains(*it)).collect();
    let escaped: Vec<String> = values.iter().map(|it| escaped(it, &starts)).collect();
    let escaped: Vec<&str> = escaped.iter().map(String::as_str).collect();
    Some(joined(pattern, &escaped)).filter(|it| is_read(pattern, it, &escaped))
}

/// The segment of some values as they are.
pub(super) fn joined(pattern: &Pattern, values: &[&str]) -> String {
    let mut values = values.iter();
    pattern.iter().flat_map(|text| [text.as_str(), values.next().copied().unwrap_or_default()]).collect()
}

fn is_read(pattern: &Pattern, segment: &str, values: &[&str]) -> bool {
    let mut found = Vec::new();
    capture(pattern, segment, &mut found) && found == values
}

/// A dot at the start may be that of the style `label`, which is none of the value.
fn escaped(value: &str, signs: &[char]) -> String {
    if value.starts_with('.') {
        return value.to_owned();
    }
    let escape = |c: char| if signs.contains(&c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() };
    value.chars().map(escape).collect()
}
