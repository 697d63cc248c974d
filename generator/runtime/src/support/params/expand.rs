//! From a path template and the texts of its parameters to a path.

use super::EncodeError;
use super::segment::{Pattern, filled, joined, parse};

/// Fills a path template such as `/v1/users/{user}` with texts that [`encode`](super::encode) wrote; a query behind it
/// stays as it is.
///
/// # Errors
/// Where a segment would be empty, `.` or `..`: no escape protects those, since URL parsers remove them on the way. And
/// where values would be read as others, since a segment has several (`{name}.{extension}`).
pub fn expand(template: &str, texts: &[(&str, String)]) -> Result<String, EncodeError> {
    let fail = |reason| EncodeError::about(format!("path `{template}`"), reason);
    let mut path = String::with_capacity(template.len());
    let (pattern, query) = template.split_once('?').unwrap_or((template, ""));
    for segment in pattern.split('/').skip(1) {
        let (literals, names) = parse(segment);
        if literals.iter().any(|it| it.contains('{')) {
            return Err(fail("has an unbalanced brace"));
        }
        let value = |name: &&str| texts.iter().find(|(it, _)| it == name).map(|(_, text)| text.as_str());
        let values: Option<Vec<&str>> = names.iter().map(value).collect();
        let values = values.ok_or_else(|| fail("lacks the value of a parameter"))?;
        let literals: Pattern = literals.iter().map(|it| literal_text(it)).collect();
        path.push('/');
        if values.is_empty() {
            path.extend(literals);
            continue;
        }
        if matches!(joined(&literals, &values).as_str(), "" | "." | "..") {
            return Err(fail("would have an empty segment, `.` or `..`, which does not reach the server as it is"));
        }
        let ambiguous = || fail("has values that the text between them does not keep apart");
        path.push_str(&filled(&literals, &values).ok_or_else(ambiguous)?);
    }
    if !query.is_empty() {
        path.extend(["?", query]);
    }
    Ok(path)
}

/// The literal parts of a template keep their reserved characters; what no path can carry is escaped.
pub(crate) fn literal_text(literal: &str) -> String {
    const ILLEGAL: percent_encoding::AsciiSet = percent_encoding::CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'\\')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    percent_encoding::utf8_percent_encode(literal, &ILLEGAL).to_string()
}
