//! Every key with its meaning: what `specwright config --explain` prints.

use std::fmt::Write as _;

use serde_json::Value as Json;

use super::json_schema;

/// The keys of the file in order, each with its type, its values, its default and what it is for.
pub fn explain() -> String {
    let schema = json_schema();
    let mut out = String::new();
    table(&schema, &schema, "", &mut out);
    out
}

/// The path of every key, such as `output.api.select.tags`.
pub fn keys() -> Vec<String> {
    let text = explain();
    let lines = text.lines().filter(|line| !line.starts_with(' '));
    lines.filter_map(|line| Some(line.split_once(' ')?.0.to_owned())).collect()
}

fn table(root: &Json, schema: &Json, path: &str, out: &mut String) {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let inner = resolved(root, value);
        let need = if required.contains(&key.as_str()) { ", required" } else { "" };
        let _ = writeln!(out, "{path} ({}{need})", kind(root, inner));
        let docs = value["description"].as_str().or_else(|| inner["description"].as_str()).unwrap_or_default();
        let _ = writeln!(out, "    {}", docs.replace('\n', " "));
        for branch in inner["oneOf"].as_array().into_iter().flatten() {
            let text = branch["const"].as_str().unwrap_or_default();
            let docs = branch["description"].as_str().unwrap_or_default().replace('\n', " ");
            let _ = writeln!(out, "      \"{text}\": {docs}");
        }
        let nested = if inner["type"] == "array" { resolved(root, &inner["items"]) } else { inner };
        table(root, nested, &path, out);
    }
}

/// The schema behind references, and behind the choice between it and nothing.
fn resolved<'a>(root: &'a Json, schema: &'a Json) -> &'a Json {
    let some = |it: &&Json| it["type"] != "null";
    let schema = schema["anyOf"].as_array().and_then(|all| all.iter().find(some)).unwrap_or(schema);
    let target = schema["$ref"].as_str().and_then(|it| it.strip_prefix('#'));
    target.and_then(|it| root.pointer(it)).unwrap_or(schema)
}

fn kind(root: &Json, schema: &Json) -> String {
    if schema["oneOf"].is_array() || schema["enum"].is_array() {
        return "a word".to_owned();
    }
    let name = match &schema["type"] {
        Json::Array(all) => all.iter().filter_map(Json::as_str).find(|it| *it != "null"),
        other => other.as_str(),
    };
    match name {
        Some("array") => match kind(root, resolved(root, &schema["items"])).as_str() {
            "table" => "list of tables".to_owned(),
            "a word" => "list of words".to_owned(),
            other => format!("list of {other}s"),
        },
        Some("object") | None => "table".to_owned(),
        Some(other) => other.to_owned(),
    }
}
