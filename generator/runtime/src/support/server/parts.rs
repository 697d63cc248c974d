//! From the bytes of a multipart body to its parts.

use bytes::Bytes;
use futures_util::stream;
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use percent_encoding::percent_decode_str;

use super::Refusal;
use crate::support::http::media_type::quoted_split;
use crate::support::http::{File, MediaType, Part, unquoted};
use crate::support::{Violation, Violations};

/// The parts of a body, up to a number.
pub(super) async fn parts(headers: &HeaderMap, body: Bytes, limit: usize) -> Result<Vec<Part>, Refusal> {
    let media_type = MediaType::from_headers(headers);
    let boundary = media_type.as_ref().and_then(|it| it.parameter("boundary"));
    let Some(boundary) = boundary.filter(|it| is_boundary(it)) else {
        return Err(malformed("has no boundary in its media type"));
    };
    let whole = stream::iter([Ok::<_, std::convert::Infallible>(body)]);
    let mut multipart = multer::Multipart::new(whole, boundary);
    let mut parts = Vec::new();
    while let Some(field) = multipart.next_field().await.map_err(|_| malformed("is not well-formed multipart"))? {
        if parts.len() >= limit {
            return Err(Refusal::PayloadTooLarge);
        }
        let Some(name) = field.name().map(unquoted) else {
            return Err(malformed("has a part without a name"));
        };
        let mut headers = field.headers().clone();
        let media_type = headers.remove(CONTENT_TYPE).map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
        let disposition = headers.remove(CONTENT_DISPOSITION);
        let given = disposition.as_ref().and_then(|it| it.to_str().ok()).and_then(file_name);
        let given = given.or_else(|| field.file_name().map(unquoted));
        // Some clients send the whole path, which is theirs alone.
        let file_name = given.map(|it| it.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
        let content = field.bytes().await.map_err(|_| malformed("is not well-formed multipart"))?;
        parts.push(Part { name, file: File { name: file_name, media_type, headers, content: content.into() } });
    }
    Ok(parts)
}

/// The name of a file, where some clients write it twice, or beyond ASCII: `filename*=UTF-8''%E2%82%AC.txt` (RFC 8187),
/// which RFC 7578 does not allow. `None` where there is no such name.
fn file_name(disposition: &str) -> Option<String> {
    let parameter = |name: &str| {
        let is_it = |it: &&str| it.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
        quoted_split(disposition, ';').map(str::trim).find(is_it)?.get(name.len()..)
    };
    let extended = parameter("filename*=")?;
    let in_utf8 = || {
        let (charset, rest) = extended.split_once('\'')?;
        let (_, name) = rest.split_once('\'').filter(|_| charset.eq_ignore_ascii_case("utf-8"))?;
        Some(percent_decode_str(name).decode_utf8().ok()?.into_owned())
    };
    in_utf8().or_else(|| Some(unquoted(parameter("filename=")?.trim_matches('"'))))
}

/// The characters and the length that RFC 2046 gives a boundary.
fn is_boundary(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    (1..=70).contains(&text.len()) && text.bytes().all(known) && !text.ends_with(' ')
}

fn malformed(message: &'static str) -> Refusal {
    Refusal::Invalid(Violations::from(Violation::new("/body", "multipart", message)))
}
