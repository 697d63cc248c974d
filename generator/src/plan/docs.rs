//! Documentation: what the document says about a thing, and where it says it.

use super::html;
use crate::ir::{Api, Operation, Schema, Server};
use crate::source::Value;

/// The text about a generated type.
pub(super) fn of_model(schema: &Schema) -> String {
    let annotations = &schema.annotations;
    let mut paragraphs = about(annotations.title.as_deref(), annotations.description.as_deref());
    paragraphs.extend(provenance(schema.extensions.provenance.as_deref()));
    paragraphs.join("\n\n")
}

/// A text with the place of what it is about.
pub fn with_source(about: &str, place: &str) -> String {
    let source = source(place);
    if about.is_empty() { source } else { format!("{about}\n\n{source}") }
}

/// The text about a property, with its name where that of the field is another one, and its provenance where that is not
/// the one of the whole object.
pub(super) fn of_field(
    schema: &Schema,
    default: Option<&Value>,
    wire: &str,
    name: &str,
    whole: Option<&str>,
) -> String {
    let annotations = &schema.annotations;
    let mut paragraphs = about(annotations.title.as_deref(), annotations.description.as_deref());
    if name.trim_start_matches("r#") != wire {
        let wire = wire.replace('`', "'");
        match paragraphs.first_mut() {
            // Behind a name a list or a heading would be none.
            Some(first) if first.starts_with(char::is_alphanumeric) => *first = format!("`{wire}`: {first}"),
            _ => paragraphs.insert(0, format!("`{wire}`.")),
        }
    }
    paragraphs.extend(shown(schema, "Default", default));
    paragraphs.extend(shown(schema, "Example", annotations.examples.first()));
    paragraphs.extend(provenance(schema.extensions.provenance.as_deref().filter(|it| Some(*it) != whole)));
    paragraphs.join("\n\n")
}

/// The text about a property that must be there and that nothing describes.
pub(super) fn of_undescribed(wire: &str) -> String {
    format!("`{}` must be there; the document does not describe it.", wire.replace('`', "'"))
}

/// A value behind a word, unless it is long or a secret.
fn shown(schema: &Schema, word: &str, value: Option<&Value>) -> Option<String> {
    const LONGEST: usize = 72;
    let hidden =
        schema.annotations.write_only || schema.extensions.secret || schema.format.as_deref() == Some("password");
    let text = value.filter(|_| !hidden)?.to_json().to_string();
    (text.len() <= LONGEST && !text.contains('`')).then(|| format!("{word}: `{text}`"))
}

/// The text about an operation.
pub(super) fn of_operation(api: &Api, operation: &Operation) -> String {
    let mut paragraphs = about(operation.summary.as_deref(), operation.description.as_deref());
    paragraphs.push(format!("`{} {}`", operation.method, operation.path.as_str().replace('`', "'")));
    paragraphs.extend(servers(&operation.servers));
    paragraphs.extend(provenance(operation.provenance.as_deref()));
    paragraphs.push(source(&api.place(operation.origin.file, &operation.source)));
    paragraphs.join("\n\n")
}

/// Where a receiver takes a callback whose name is that of another one, too.
pub(super) fn own_path(operation: &Operation, path: &str) -> String {
    let name = operation.path.as_str().replace('`', "'");
    format!("\n\nAnother request is called `{name}`, too, so a receiver takes this one at `{path}`.")
}

/// Where an operation is that has servers of its own.
fn servers(all: &[Server]) -> Option<String> {
    let shown: Vec<_> = all.iter().map(|it| format!("`{}`", it.url.replace('`', "'"))).collect();
    let (last, others) = shown.split_last()?;
    let all = if others.is_empty() { last.clone() } else { format!("{} or {last}", others.join(", ")) };
    Some(format!("The document has it at {all}: a client goes there where a call says so by `at`."))
}

/// What an operation does in one paragraph; method and path where the document says nothing.
pub(super) fn brief(operation: &Operation) -> String {
    let texts = about(operation.summary.as_deref(), operation.description.as_deref());
    let first = texts.first().and_then(|text| text.split("\n\n").next()).map(str::trim).map(str::to_owned);
    first.unwrap_or_else(|| format!("`{} {}`", operation.method, operation.path.as_str().replace('`', "'")))
}

/// The text about anything else, or a sentence of ours where the document says nothing.
pub(super) fn of_part(description: Option<&str>, otherwise: &str, provenance_text: Option<&str>) -> String {
    let mut paragraphs = about(None, description);
    if paragraphs.is_empty() {
        paragraphs.push(otherwise.to_owned());
    }
    paragraphs.extend(provenance(provenance_text));
    paragraphs.join("\n\n")
}

fn about(title: Option<&str>, description: Option<&str>) -> Vec<String> {
    let texts = [title, description].into_iter().flatten().map(|text| html::as_markdown(text.trim()).into_owned());
    let mut paragraphs: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    // Many documents say the same thing twice.
    paragraphs.dedup_by(|second, first| second.trim_end_matches('.') == first.trim_end_matches('.'));
    for paragraph in &mut paragraphs {
        if !paragraph.ends_with(|last: char| last.is_ascii_punctuation()) {
            paragraph.push('.');
        }
    }
    paragraphs
}

fn provenance(text: Option<&str>) -> Option<String> {
    text.map(|text| format!("Provenance: {text}."))
}

fn source(pointer: &str) -> String {
    format!("Source: `{}`.", pointer.replace('`', "'"))
}
