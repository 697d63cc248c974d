//! Accepts or refuses YAML and writes it by `serde_yaml`, the only file that names it, so that a successor is a change of
//! one file.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::Fault;

/// Whether the first document of a text is YAML.
pub(super) fn accept(text: &str) -> Result<(), Fault> {
    let Some(document) = serde_yaml::Deserializer::from_str(text).next() else { return Ok(()) };
    IgnoredAny::deserialize(document).map(|_| ()).map_err(|error| fault(&error, text))
}

/// The same as an answer, for whoever reads on meanwhile.
pub(crate) fn is_accepted(text: &str) -> bool {
    accept(text).is_ok()
}

/// A tree as a document.
pub(super) fn write(tree: &impl Serialize) -> Result<String, String> {
    serde_yaml::to_string(tree).map_err(|error| error.to_string())
}

fn fault(error: &serde_yaml::Error, text: &str) -> Fault {
    let offset = error.location().map_or(text.len(), |location| location.index());
    let full = error.to_string();
    // The place is shown by the listing, so the sentence does not repeat it.
    let message = full.split(" at line ").next().unwrap_or(&full);
    if let Some(start) = started(&full, "while scanning a quoted scalar", text) {
        let help = Some("close it where its text ends");
        return Fault { help, ..Fault::new("the quote that opens here is never closed", text, start) };
    }
    let message = match started(&full, "while parsing a flow ", text) {
        Some(start) if message.starts_with("did not find expected") => {
            let bracket = text[start..].chars().next().unwrap_or_default();
            let line = text[..start].matches('\n').count() + 1;
            format!("{message} for the `{bracket}` in line {line}")
        }
        _ => message.to_owned(),
    };
    Fault::new(message, text, offset)
}

/// Where that began which was being read: `…, while scanning a quoted scalar at line 3 column 10`.
fn started(full: &str, what: &str, text: &str) -> Option<usize> {
    let place = full.split_once(what)?.1.split_once("at line ")?.1;
    let mut numbers = place.split(|it: char| !it.is_ascii_digit()).filter_map(|it| it.parse::<usize>().ok());
    let (line, column) = (numbers.next()?, numbers.next()?);
    let before = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum::<usize>();
    let rest = text.get(before..)?.char_indices().nth(column.checked_sub(1)?)?.0;
    Some(before + rest)
}
