//! What both sides of HTTP share: the description of an operation, media types, problems, and responses before and
//! after they are typed.
//!
//! The generated `operations` modules hold one `static` [`Operation`] each; server and client read the same one.

mod accept;
mod answer;
mod body;
mod byte_stream;
mod content;
mod describe;
mod faults;
mod file;
mod form;
pub(crate) mod frames;
pub(crate) mod items;
pub mod media_type;
mod multipart;
mod operation;
mod part_head;
mod problem;
mod random;
mod raw_response;
pub(crate) mod repeated;
mod response_parts;
pub(crate) mod send;
mod sides;
mod typed_request;
mod typed_response;
mod written;

use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

pub use accept::Accept;
pub use answer::{Answer, Deviation, Leniency, Observer, Watch};
pub use body::{Binary, Incoming, Outgoing, Raw, ReadBody, WriteBody};
#[cfg(feature = "server")]
pub(crate) use byte_stream::gathered;
pub use byte_stream::{ByteStream, StreamError};
pub use content::{Codec, Content};
#[cfg(feature = "server")]
pub(crate) use faults::{Fault, Faults};
pub use file::File;
pub use form::{Field, Form};
pub use items::{Event, EventData, ItemError, Items};
pub use media_type::MediaType;
pub use multipart::{Part, PartsReader, PartsWriter};
pub use operation::{Documented, Operation, RequestBody, Statuses};
#[cfg(feature = "server")]
pub(crate) use part_head::unquoted;
pub use problem::Problem;
pub(crate) use random::random;
pub use raw_response::{DecodeError, RawResponse};
pub use response_parts::{ResponseReader, ResponseWriter};
pub use send::{BoxError, BoxFuture, MaybeSend, MaybeSync};
pub use typed_request::{ReadParts, SaidParts, TypedRequest};
pub use typed_response::TypedResponse;

#[doc(hidden)]
pub use body::bodies;
#[doc(hidden)]
pub use describe::operation;
#[doc(hidden)]
pub use form::form;
#[doc(hidden)]
pub use multipart::multipart;
#[doc(hidden)]
pub use sides::{for_receivers, for_senders};

/// The media type of most bodies.
pub const JSON: &str = "application/json";

/// The media type of forms.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// The media type of forms with files.
pub const MULTIPART: &str = "multipart/form-data";

pub use crate::support::form::PROBLEM;

/// A header value of any text: what no header can carry becomes a space.
pub(crate) fn header_value(text: impl Into<Bytes>) -> HeaderValue {
    let text = text.into();
    let visible = |it: &u8| matches!(it, b' '..=b'~');
    let text = if text.iter().all(visible) && text.trim_ascii().len() == text.len() {
        text
    } else {
        let spaced: Vec<u8> = text.iter().map(|it| if visible(it) { *it } else { b' ' }).collect();
        Bytes::copy_from_slice(spaced.trim_ascii())
    };
    HeaderValue::from_maybe_shared(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
