//! Reads JSON by `serde_json`.

use serde::de::DeserializeSeed;

use super::events::json_numbers;
use super::tree::{Node, State};
use super::{Fault, Number, Value};

/// The tree of a JSON text.
pub(super) fn read(text: &str, state: &State) -> Result<Value, Fault> {
    let error = match parse(text, state) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    if error.to_string().starts_with("number out of range")
        && let Ok(value) = parse(&without_numbers(text), state)
    {
        state.inexact.set(true);
        return Ok(value);
    }
    Err(fault(&error, text, state))
}

fn parse(text: &str, state: &State) -> Result<Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Node(state).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// The same text with every number a zero of the same width: `serde_json` refuses what no `f64` holds, and the events
/// put the digits back.
fn without_numbers(text: &str) -> String {
    let mut zeros = String::with_capacity(text.len());
    for span in json_numbers(text) {
        if Number::new(&text[span.clone()]).is_some() {
            zeros.push_str(&text[zeros.len()..span.start]);
            zeros.push('0');
            zeros.extend(std::iter::repeat_n(' ', span.len() - 1));
        }
    }
    zeros.push_str(&text[zeros.len()..]);
    zeros
}

fn fault(error: &serde_json::Error, text: &str, state: &State) -> Fault {
    let line_start = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let offset = if error.is_eof() { text.len() } else { line_start + error.column().saturating_sub(1) };
    let full = error.to_string();
    let message = full.split(" at line ").next().unwrap_or(&full).to_owned();
    if message.contains("recursion limit") {
        return Fault { deep: true, ..Fault::new(super::TOO_DEEP, text, offset) };
    }
    let message = if error.is_eof() { "the text ends too early".to_owned() } else { message };
    Fault::new(state.fault.take().unwrap_or(message), text, offset)
}
