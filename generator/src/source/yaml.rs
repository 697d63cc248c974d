//! Reads and writes YAML by `serde_yaml`, the only file that names it, so that a successor is a change of one file.

use serde::Serialize;
use serde::de::DeserializeSeed;

use super::tree::{Node, State};
use super::{Fault, Value};

/// The tree of the first document.
pub(super) fn read(text: &str, state: &State) -> Result<Value, Fault> {
    let Some(document) = serde_yaml::Deserializer::from_str(text).next() else {
        return Ok(Value::Null);
    };
    Node(state).deserialize(document).map_err(|error| fault(&error, text, state))
}

/// A tree as a document.
pub(super) fn write(tree: &impl Serialize) -> Result<String, String> {
    serde_yaml::to_string(tree).map_err(|error| error.to_string())
}

fn fault(error: &serde_yaml::Error, text: &str, state: &State) -> Fault {
    let offset = error.location().map_or(text.len(), |location| location.index());
    let message = state.fault.take().unwrap_or_else(|| {
        let full = error.to_string();
        // The place is shown by the listing, so the sentence does not repeat it.
        full.split(" at line ").next().unwrap_or(&full).to_owned()
    });
    if message.contains("recursion limit") {
        return Fault { deep: true, ..Fault::new(super::TOO_DEEP, text, offset) };
    }
    Fault::new(message, text, offset)
}
