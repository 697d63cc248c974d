//! Accepts or refuses a JSON text by `serde_json`.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Fault;

/// Whether a text is JSON.
pub(super) fn accept(text: &str) -> Result<(), Fault> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let result = IgnoredAny::deserialize(&mut deserializer).and_then(|_| deserializer.end());
    result.map_err(|error| fault(&better(error, text), text))
}

/// What a reader of values says of the same place or an earlier one, since it looks closer; its limits are not ours.
fn better(error: serde_json::Error, text: &str) -> serde_json::Error {
    let place = |it: &serde_json::Error| (it.line(), it.column());
    let is_limit = |it: &str| it.starts_with("number out of range") || it.starts_with("recursion limit");
    let other = serde_json::from_str::<serde_json::Value>(text).err();
    other.filter(|it| place(it) <= place(&error) && !is_limit(&it.to_string())).unwrap_or(error)
}

fn fault(error: &serde_json::Error, text: &str) -> Fault {
    if error.is_eof() {
        return Fault::new("the text ends too early", text, text.len());
    }
    let line_start = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    Fault::new(words(error), text, line_start + error.column().saturating_sub(1))
}

/// What the library says, without the place, which the listing shows.
pub(super) fn words(error: &serde_json::Error) -> String {
    let full = error.to_string();
    full.split(" at line ").next().unwrap_or(&full).to_owned()
}
