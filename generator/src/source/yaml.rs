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
    Fault::new(full.split(" at line ").next().unwrap_or(&full), text, offset)
}
