//! Formats of patches: media types that mean different things, whatever their schemas say.
//!
//! A body in `application/json-patch+json` is a list of operations (RFC 6902), one in `application/merge-patch+json` what
//! is to be merged (RFC 7396). Documents have one schema for both, so that types alone do not tell which one is sent.

use std::borrow::Cow;

use crate::ir::{Api, Content, MediaType, Type};
use crate::schemas::View;

/// The format of RFC 6902.
const OPERATIONS: &str = "json-patch";

/// The format that a media type is one of: `merge-patch` of `application/merge-patch+json`.
fn format(media_type: &MediaType) -> Option<String> {
    let essence = media_type.essence();
    let (_, subtype) = essence.split_once('/')?;
    let name = subtype.strip_suffix("+json").unwrap_or(subtype);
    (media_type.is_json() && name.ends_with("-patch")).then(|| name.to_owned())
}

/// The format, where a body may come in several of them.
pub(super) fn told_apart(content: &[Content], media_type: &MediaType) -> Option<String> {
    let own = format(media_type)?;
    let mut others = content.iter().filter_map(|it| format(&it.media_type));
    others.any(|other| other != own).then_some(own)
}

/// Whether a body is a list of operations, and its schema takes no lists.
pub(super) fn is_contradicted(api: &Api, content: &Content) -> bool {
    let is_list = |schema| View::new(api, schema).types.contains(Type::Array);
    format(&content.media_type).is_some_and(|it| it == OPERATIONS) && content.schema.is_some_and(|it| !is_list(it))
}

/// The media types of a body in the order in which a client takes them: that of the document, but for lists of operations
/// whose schema takes none, as frameworks have them beside `application/json`.
pub(super) fn in_order<'c>(api: &Api, content: &'c [Content]) -> Cow<'c, [Content]> {
    if !content.iter().any(|it| is_contradicted(api, it)) {
        return content.into();
    }
    let mut content = content.to_vec();
    content.sort_by_key(|it| is_contradicted(api, it));
    content.into()
}
