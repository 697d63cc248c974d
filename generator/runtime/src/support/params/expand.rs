//! From a path template and the texts of its parameters to a path.

use super::EncodeError;

/// Fills a path template such as `/v1/users/{user}` with texts that [`encode`](super::encode) wrote; a query behind it
/// stays as it is.
///
/// # Errors
/// Where a segment would be empty, `.` or `..`: no escape protects those, since URL parsers remove them on the way.
pub fn expand(template: &str, texts: &[(&str, String)]) -> Result<String, EncodeError> {
    let fail = |reason| EncodeError::about(format!("path `{template}`"), reason);
    let mut path = String::with_capacity(template.len());
    let (pattern, query) = template.split_once('?').unwrap_or((template, ""));
    for segment in pattern.split('/').skip(1) {
        path.push('/');
        let start = path.len();
        let mut rest = segment;
        while let Some((literal, parameter)) = rest.split_once('{') {
            let Some((name, tail)) = parameter.split_once('}') else { return Err(fail("has an unbalanced brace")) };
            let Some((_, text)) = texts.iter().find(|(it, _)| *it == name) else {
                return Err(fail("lacks the value of a parameter"));
            };
            path.push_str(&literal_text(literal));
            path.push_str(text);
            rest = tail;
        }
        path.push_str(&literal_text(rest));
        let expanded = path.get(start..).unwrap_or_default();
        if segment.contains('{') && matches!(expanded, "" | "." | "..") {
            return Err(fail("would have an empty segment, `.` or `..`, which does not reach the server as it is"));
        }
    }
    if !query.is_empty() {
        path.extend(["?", query]);
    }
    Ok(path)
}

/// The literal parts of a template keep their reserved characters; what no path can carry is escaped.
fn literal_text(literal: &str) -> String {
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
