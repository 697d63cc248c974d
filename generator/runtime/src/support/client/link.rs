//! The header `Link` (RFC 8288): `<https://example.com/pets?page=2>; rel="next"`.

/// The target of the link with the relation `next`.
pub(super) fn next(line: &str) -> Option<String> {
    let mut rest = line;
    while let Some((_, link)) = rest.split_once('<') {
        let (target, parameters) = link.split_once('>')?;
        let (parameters, further) = until_comma(parameters);
        if relations(parameters).any(|it| it.eq_ignore_ascii_case("next")) {
            return Some(target.trim().to_owned());
        }
        rest = further;
    }
    None
}

/// The parameters of one link, and what comes behind its comma; one within quotes is no end.
fn until_comma(text: &str) -> (&str, &str) {
    let (mut quoted, mut escaped) = (false, false);
    for (position, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => return text.split_at(position),
            _ => {}
        }
    }
    (text, "")
}

/// The relations that the first `rel` has.
fn relations(parameters: &str) -> impl Iterator<Item = &str> {
    let pairs = parameters.split(';').filter_map(|it| it.split_once('='));
    let rel = pairs.map(|(name, value)| (name.trim(), value.trim())).find(|(name, _)| name.eq_ignore_ascii_case("rel"));
    rel.map_or("", |(_, value)| value.trim_matches('"')).split_ascii_whitespace()
}
