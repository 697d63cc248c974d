//! What stands in the headers of responses: values that a header can carry.

use serde_json::Value as Json;

use super::{Sampler, spelled};
use crate::ir::{Header, ParameterForm, Style};
use crate::source::Value;

/// How many values are made up where neither the author's nor a sample can be carried.
const ATTEMPTS: u64 = 8;

/// A value of a header and its text: the first that a header can carry of the author's examples, a sample of the schema,
/// and what is made up. None where there is no such value, such as a list whose every item has a comma.
pub(super) fn header(sampler: &Sampler<'_>, header: &Header) -> Option<(Json, String)> {
    let shown = header.examples.iter().map(Value::to_json);
    let sample = std::iter::once_with(|| sampler.sample(header.schema));
    let made_up = (0..ATTEMPTS).map(|seed| sampler.made_up(header.schema, seed));
    shown.chain(sample).chain(made_up).find_map(|value| carried(&header.form, &value).map(|text| (value, text)))
}

/// The text of a value, where a header can carry it and a reader would take the same value out of it.
fn carried(form: &ParameterForm, value: &Json) -> Option<String> {
    let ParameterForm::Style { style, explode, .. } = form else { return Some(value.to_string()) };
    let delimiter = match style {
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        Style::TabDelimited => "\t",
        _ => ",",
    };
    let item = |value: &Json| Some(spelled(value)).filter(|it| is_whole(it) && !it.contains(delimiter));
    match value {
        Json::Null => None,
        Json::Array(items) => Some(items.iter().map(item).collect::<Option<Vec<_>>>()?.join(delimiter)),
        Json::Object(members) => {
            let pair = |(name, value): (&String, &Json)| {
                let value = item(value)?;
                let name = item(&Json::from(name.as_str())).filter(|it| !it.contains('='))?;
                Some(if *explode { format!("{name}={value}") } else { format!("{name}{delimiter}{value}") })
            };
            Some(members.iter().map(pair).collect::<Option<Vec<_>>>()?.join(delimiter))
        }
        scalar => Some(spelled(scalar)).filter(|it| is_whole(it)),
    }
    .filter(|it| !it.is_empty())
}

/// Whether a text is there, in visible characters of ASCII, and arrives without anything cut off.
fn is_whole(text: &str) -> bool {
    !text.is_empty() && text.trim().len() == text.len() && text.bytes().all(|it| matches!(it, b' '..=b'~' | b'\t'))
}
