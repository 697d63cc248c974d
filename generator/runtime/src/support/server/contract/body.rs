//! Bodies of requests whose values are JSON, in any of the documented media types.

use serde_json::Value;

use super::table::Case;
use crate::support::http::{ByteStream, Codec, Content, File, MediaType, Operation, Outgoing, PartsWriter, WriteBody};
use crate::support::params::{EncodeError, spelled};

/// The media type and the bytes of a body.
pub(super) fn body(operation: &Operation, media_type: &str, case: &Case) -> Result<(String, ByteStream), EncodeError> {
    let undocumented = || EncodeError::about("body", "is in no media type that the document has");
    let content = operation.body.as_ref().map_or(&[][..], |it| it.content);
    let same = content.iter().position(|it| it.media_type == media_type);
    let fitting = || {
        let given = MediaType::parse(media_type)?;
        content.iter().position(|it| given.is_in(it.media_type))
    };
    let position = same.or_else(fitting).ok_or_else(undocumented)?;
    let mut out = Outgoing::unchecked(content);
    write(&content[position], &case.body, out.at(position));
    let (written, body) = out.finish()?;
    // A boundary is the writer's to know; of a range the case knows more.
    let is_range = content[position].media_type.contains('*');
    Ok((if is_range { media_type.to_owned() } else { written }, body))
}

fn write(content: &Content, value: &Value, out: &mut Outgoing) {
    match content.codec {
        Codec::Json => value.write(out),
        Codec::Form(form) => out.form(form, value),
        Codec::Multipart(form) => {
            let mut parts = PartsWriter::new();
            for (name, member) in value.as_object().into_iter().flatten() {
                let is_file = form.fields.iter().any(|it| it.is_file() && it.name() == name);
                match member {
                    Value::Array(items) if is_file => parts.files(name, &items.iter().map(file).collect::<Vec<_>>()),
                    member if is_file => parts.file(name, &file(member)),
                    member => parts.required(name, member),
                }
            }
            parts.finish(out);
        }
        Codec::Text | Codec::Scalar(_) | Codec::Binary => out.put(spelled(value)),
        Codec::Lines => out.put(items(value, "", "\n")),
        Codec::Sequence => out.put(items(value, "\u{1e}", "\n")),
        Codec::Events => out.put(items(value, "data: ", "\n\n")),
    }
}

fn file(value: &Value) -> File {
    File::new(spelled(value)).with_name("sample")
}

/// The items of a stream, each between two texts.
fn items(value: &Value, before: &str, after: &str) -> String {
    let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    all.iter().flat_map(|it| [before.to_owned(), it.to_string(), after.to_owned()]).collect()
}
