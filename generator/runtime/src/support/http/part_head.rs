//! The head of a part, and how names stand in it: as browsers write them (`multipart/form-data` of WHATWG), since
//! RFC 7578 leaves quotes and lines in names open.

use crate::support::params::EncodeError;

/// Everything of a part before the empty line, but for further headers.
pub(super) fn head(boundary: &str, name: &str, file: Option<&str>, media_type: Option<&str>) -> String {
    let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(name));
    if let Some(file) = file {
        head.extend(["; filename=\"", &quoted(file), "\""]);
    }
    head.push_str("\r\n");
    if let Some(media_type) = media_type {
        let media_type: String = media_type.chars().filter(|c| matches!(c, ' '..='~')).collect();
        head.extend(["Content-Type: ", &media_type, "\r\n"]);
    }
    head
}

/// What browsers escape in names, and nothing else: no name can end its quotes or its line.
const ESCAPES: [(char, &str); 3] = [('"', "%22"), ('\r', "%0D"), ('\n', "%0A")];

/// As browsers quote.
fn quoted(text: &str) -> String {
    ESCAPES.iter().fold(text.to_owned(), |text, (sign, escape)| text.replace(*sign, escape))
}

/// A name as whoever quoted it has it: three escapes stand for what they do for browsers, others for themselves.
#[cfg(feature = "server")]
pub(crate) fn unquoted(text: &str) -> String {
    ESCAPES.iter().fold(text.to_owned(), |text, (sign, escape)| text.replace(escape, &sign.to_string()))
}

/// Why a name cannot be quoted: a percent sign has no escape, so an escape that is part of it would be read as one.
pub(super) fn unwritable(name: &str) -> Option<EncodeError> {
    let is_escape = ESCAPES.iter().any(|(_, escape)| name.contains(escape));
    is_escape.then(|| EncodeError::about("file name", "holds `%22`, `%0D` or `%0A`, which is read as what it escapes"))
}
