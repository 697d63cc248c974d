//! A TOML tree against the JSON Schema of the configuration: every mistake, each where it stands.
//!
//! Only the keywords that the schema has are known here; a test holds the answers against a validator of JSON Schema.

use std::ops::Range;

use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::read::Problem;
use crate::diagnostics::similar;

/// What is wrong with a tree.
pub(super) fn walk(schema: &Json, root: &Spanned<DeTable<'_>>) -> Vec<Problem> {
    let mut walk = Walk { root: schema, problems: Vec::new() };
    walk.table(schema, root.get_ref(), 0..0, "");
    walk.problems.sort_by_key(|it| it.span.start);
    walk.problems
}

struct Walk<'a> {
    root: &'a Json,
    problems: Vec<Problem>,
}

impl<'a> Walk<'a> {
    fn report(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        self.problems.push(Problem { span, message, help });
    }

    /// A schema without the reference that it may be.
    fn resolved(&self, schema: &'a Json) -> &'a Json {
        let target = schema["$ref"].as_str().and_then(|it| it.strip_prefix('#'));
        target.and_then(|it| self.root.pointer(it)).unwrap_or(schema)
    }

    /// The branches of a schema, without the one for null, which TOML does not have.
    fn branches(&self, schema: &'a Json) -> Vec<&'a Json> {
        let all = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array());
        let all = all.map_or_else(|| vec![schema], |all| all.iter().map(|it| self.resolved(it)).collect());
        all.into_iter().filter(|it| it["type"] != "null").collect()
    }

    fn value(&mut self, schema: &'a Json, value: &Spanned<DeValue<'_>>, path: &str) {
        let schema = self.resolved(schema);
        let found = kind(value.get_ref());
        let branches = self.branches(schema);
        let values = constants(&branches);
        let is_list = branches.iter().all(|it| !constants(&[*it]).is_empty());
        if is_list && !values.is_empty() {
            return self.constant(&values, value, path);
        }
        let Some(branch) = branches.iter().find(|it| allows(it, found)) else {
            let wanted: Vec<_> = branches.iter().flat_map(|it| types(it)).map(article).collect();
            let message = format!("`{path}` must be {}, and this is {}", wanted.join(" or "), article(found));
            return self.report(value.span(), message, None);
        };
        let branch = self.resolved(branch);
        // A word or a table: a word must be one of the list.
        if found == "string" && !constants(&[branch]).is_empty() {
            return self.constant(&constants(&[branch]), value, path);
        }
        // `anyOf` of a reference and null is a schema of its own.
        if branch != schema && (branch.get("oneOf").is_some() || branch.get("anyOf").is_some()) {
            return self.value(branch, value, path);
        }
        match value.get_ref() {
            DeValue::Table(table) => self.table(branch, table, value.span(), path),
            DeValue::Array(items) => {
                let least = usize::try_from(branch["minItems"].as_u64().unwrap_or_default()).unwrap_or_default();
                if items.len() < least {
                    self.report(value.span(), format!("`{path}` must not be empty"), None);
                }
                for item in items {
                    self.value(&branch["items"], item, path);
                }
            }
            DeValue::String(text) => self.check_text(branch, text, value.span(), path),
            _ => {}
        }
    }

    fn constant(&mut self, constants: &[&str], value: &Spanned<DeValue<'_>>, path: &str) {
        let text = value.get_ref().as_str();
        if text.is_some_and(|text| constants.contains(&text)) {
            return;
        }
        let list: Vec<_> = constants.iter().map(|it| format!("`\"{it}\"`")).collect();
        let list = if list.len() > 12 { None } else { Some(list.join(", ")) };
        let near = text.and_then(|text| similar(text, constants.iter().copied()));
        let message = match (text, &list) {
            (Some(text), Some(list)) => {
                format!("`{path}` must be one of {list}, and this is `\"{}\"`", text.escape_debug())
            }
            (Some(text), None) => format!("`{path}` has no value `\"{}\"`", text.escape_debug()),
            (None, _) => format!("`{path}` must be a string, and this is {}", article(kind(value.get_ref()))),
        };
        self.report(value.span(), message, near.map(|it| format!("`\"{it}\"` is similar")));
    }

    fn check_text(&mut self, schema: &Json, text: &str, span: Range<usize>, path: &str) {
        if schema["minLength"].as_u64().is_some_and(|least| (text.chars().count() as u64) < least) {
            return self.report(span, format!("`{path}` must not be empty"), None);
        }
        let Some(pattern) = schema["pattern"].as_str() else { return };
        let matches = regress::Regex::new(pattern).is_ok_and(|it| it.find(text).is_some());
        if !matches {
            let message = format!("`{path}` cannot be `\"{}\"`", text.escape_debug());
            // A pattern tells a person less than an example does.
            let help = match pattern {
                "^#?/" => "it is a JSON Pointer, such as `/components/schemas/Pet`".to_owned(),
                _ => format!("it must match `{pattern}`"),
            };
            self.report(span, message, Some(help));
        }
    }

    fn table(&mut self, schema: &'a Json, table: &DeTable<'_>, span: Range<usize>, path: &str) {
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        let known = schema["properties"].as_object();
        for (key, value) in table {
            let name: &str = key.get_ref();
            if let Some(schema) = known.and_then(|it| it.get(name)) {
                self.value(schema, value, &below(name));
            } else if schema["additionalProperties"].is_object() {
                self.name(&schema["propertyNames"], name, key.span(), path);
                self.value(&schema["additionalProperties"], value, &below(name));
            } else {
                self.unknown(name, key.span(), known, path);
            }
        }
        for key in schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str) {
            if table.get(key).is_none() {
                self.report(span.clone(), format!("`{}` is missing", below(key)), None);
            }
        }
    }

    /// A key of one's own choice, where a list says which there are.
    fn name(&mut self, schema: &Json, name: &str, span: Range<usize>, path: &str) {
        let names = constants(&[schema]);
        if names.is_empty() || names.contains(&name) {
            return;
        }
        let help = similar(name, names.iter().copied()).map(|it| format!("`{it}` is similar"));
        self.report(span, format!("`{path}` has no key `{}`", name.escape_debug()), help);
    }

    fn unknown(&mut self, name: &str, span: Range<usize>, known: Option<&serde_json::Map<String, Json>>, path: &str) {
        let keys: Vec<&str> = known.into_iter().flatten().map(|(key, _)| key.as_str()).collect();
        let place = if path.is_empty() { "the top level".to_owned() } else { format!("`{path}`") };
        let help = match similar(name, keys.iter().copied()) {
            Some(near) => format!("`{near}` is similar"),
            None => format!("there are {}", keys.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")),
        };
        self.report(span, format!("{place} has no key `{}`", name.escape_debug()), Some(help));
    }
}

/// The values of an enumeration, however the schema spells it.
fn constants<'a>(branches: &[&'a Json]) -> Vec<&'a str> {
    let mut all = Vec::new();
    for branch in branches {
        let choices = branch["oneOf"].as_array().into_iter().flatten();
        all.extend(choices.filter_map(|it| it["const"].as_str()));
        all.extend(branch["const"].as_str());
        all.extend(branch["enum"].as_array().into_iter().flatten().filter_map(Json::as_str));
    }
    all
}

fn types(schema: &Json) -> Vec<&str> {
    match &schema["type"] {
        Json::Null if !constants(&[schema]).is_empty() => vec!["string"],
        Json::String(one) => vec![one],
        Json::Array(all) => all.iter().filter_map(Json::as_str).filter(|it| *it != "null").collect(),
        _ => Vec::new(),
    }
}

/// Whether a schema without a type, which leads on to others, or with this one.
fn allows(schema: &Json, found: &str) -> bool {
    let all = types(schema);
    all.is_empty() || all.contains(&found)
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Datetime(_) => "date",
        DeValue::Array(_) => "array",
        DeValue::Table(_) => "object",
    }
}

fn article(kind: &str) -> &'static str {
    match kind {
        "string" => "a string",
        "integer" => "an integer",
        "number" => "a number",
        "boolean" => "`true` or `false`",
        "date" => "a date",
        "array" => "a list",
        _ => "a table",
    }
}
