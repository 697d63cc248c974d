//! A value as XML: what is shown for a media type of XML where the document has no text of its own.
//!
//! `{"id": 1, "tags": ["a", "b"]}` is `<xml><id>1</id><tags>a</tags><tags>b</tags></xml>`.

use std::fmt::Write as _;

use serde_json::Value;

/// The name of the outermost element.
const ROOT: &str = "xml";

/// The text of a value.
pub(super) fn write(value: &Value) -> String {
    let mut text = String::new();
    element(ROOT, value, &mut text);
    text
}

/// Samples are bounded in depth, and so is this.
fn element(name: &str, value: &Value, text: &mut String) {
    if let Value::Array(items) = value {
        if name == ROOT {
            return element(name, &serde_json::json!({ "item": items }), text);
        }
        return items.iter().for_each(|it| element(name, it, text));
    }
    let name = legal(name);
    let _ = write!(text, "<{name}>");
    match value {
        Value::Object(members) => members.iter().for_each(|(name, it)| element(name, it, text)),
        Value::String(content) => text.push_str(&escaped(content)),
        Value::Null | Value::Array(_) => {}
        other => text.push_str(&other.to_string()),
    }
    let _ = write!(text, "</{name}>");
}

/// A property's name as one that elements may have.
fn legal(name: &str) -> String {
    let kept = |it: char| if it.is_alphanumeric() || matches!(it, '-' | '_' | '.') { it } else { '_' };
    let name: String = name.chars().map(kept).collect();
    if name.starts_with(|it: char| it.is_alphabetic() || it == '_') { name } else { format!("_{name}") }
}

fn escaped(text: &str) -> String {
    let legal: String = text.chars().filter(|it| !it.is_control() || matches!(it, '\t' | '\n' | '\r')).collect();
    legal.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
