//! The header `Link` (RFC 8288): `<https://example.com/pets?page=2>; rel="next"`.

/// The target of the link with the relation `next`.
pub(super) fn next(line: &str) -> Option<String> {
    let mut rest = line;
    while let Some((_, link)) = rest.split_once('<') {
        let (target, parameters) = link.split_once('>')?;
        let (parameters, further) = until(parameters, ',');
        if relations(parameters).any(|it| it.eq_ignore_ascii_case("next")) {
            return Some(target.trim().to_owned());
        }
        rest = further;
    }
    None
}

/// What comes before the first such sign, and what begins with it; one within quotes is no end.
fn until(text: &str, end: char) -> (&str, &str) {
    let (mut quoted, mut escaped) = (false, false);
    for (position, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            c if c == end && !quoted => return text.split_at(position),
            _ => {}
        }
    }
    (text, "")
}

/// The relations that the first `rel` has.
fn relations(parameters: &str) -> impl Iterator<Item = &str> {
    let mut rest = parameters;
    let each = std::iter::from_fn(move || {
        (!rest.is_empty()).then(|| {
            let (parameter, further) = until(rest, ';');
            rest = further.get(1..).unwrap_or_default();
            parameter
        })
    });
    let mut pairs = each.filter_map(|it| it.split_once('='));
    let rel = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
    rel.map_or("", |(_, value)| value.trim().trim_matches('"')).split_ascii_whitespace()
}
