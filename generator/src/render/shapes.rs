//! What templates are given, as it is: the fields of each template's context, with what stands in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use minijinja::value::{Value, ValueKind};
use serde_json::{Value as Json, json};

use super::TEMPLATE_VERSION;
use super::fragment::language;

/// What was seen in one place.
#[derive(Debug, Clone, Default)]
struct Seen {
    kinds: BTreeSet<&'static str>,
    fields: BTreeMap<String, Seen>,
    items: Option<Box<Seen>>,
}

/// What the templates of some renderings were given.
#[derive(Debug, Clone, Default)]
pub struct Contexts(BTreeMap<String, Seen>);

impl Contexts {
    /// Takes in what a template is given.
    pub(super) fn see(&mut self, template: &str, values: &Value) {
        self.0.entry(template.to_owned()).or_default().see(values);
    }

    /// Takes in what other renderings were given.
    pub fn merge(&mut self, other: Self) {
        for (name, shape) in other.0 {
            self.0.entry(name).or_default().merge(shape);
        }
    }

    /// As pages: a table for each template.
    pub fn page(&self) -> String {
        let mut out = format!(
            "# What templates are given\n\nVersion {TEMPLATE_VERSION}. A hole takes a fragment as it is, and text through a \
             filter: `lit`, `ident`, `doc` and `inner_doc` in Rust, `toml` and `key` in TOML, `prose` in Markdown. \
             A template that another one includes is given the same, and the variables of the loops around it.\n"
        );
        for (template, shape) in &self.0 {
            let _ = write!(out, "\n## `{template}`\n\n| field | what stands in it |\n| --- | --- |\n");
            shape.lines("", &mut out);
        }
        out
    }

    /// As a JSON Schema: a property for each template.
    pub fn schema(&self) -> Json {
        let templates: BTreeMap<_, _> = self.0.iter().map(|(name, shape)| (name.clone(), shape.schema())).collect();
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "What templates are given",
            "description": format!("Version {TEMPLATE_VERSION}. Fragments are strings with a `contentMediaType`."),
            "type": "object",
            "properties": templates,
        })
    }
}

impl Seen {
    fn see(&mut self, value: &Value) {
        if let Some(language) = language(value) {
            self.kinds.insert(language);
            return;
        }
        match value.kind() {
            ValueKind::Map => {
                self.kinds.insert("object");
                for key in value.try_iter().into_iter().flatten() {
                    let name = key.as_str().unwrap_or_default().to_owned();
                    self.fields.entry(name).or_default().see(&value.get_item(&key).unwrap_or_default());
                }
            }
            ValueKind::Seq | ValueKind::Iterable => {
                self.kinds.insert("list");
                let items = self.items.get_or_insert_default();
                for item in value.try_iter().into_iter().flatten() {
                    items.see(&item);
                }
            }
            ValueKind::Bool => {
                self.kinds.insert("boolean");
            }
            ValueKind::Number => {
                self.kinds.insert("number");
            }
            ValueKind::None | ValueKind::Undefined => {
                self.kinds.insert("nothing");
            }
            _ => {
                self.kinds.insert("text");
            }
        }
    }

    fn merge(&mut self, other: Self) {
        self.kinds.extend(other.kinds);
        for (name, shape) in other.fields {
            self.fields.entry(name).or_default().merge(shape);
        }
        if let Some(items) = other.items {
            self.items.get_or_insert_default().merge(*items);
        }
    }

    fn lines(&self, path: &str, out: &mut String) {
        let is_leaf = |it: &&&str| !matches!(**it, "object" | "list");
        let kinds: Vec<_> = self.kinds.iter().filter(is_leaf).map(|it| described(it)).collect();
        if !kinds.is_empty() && !path.is_empty() {
            let _ = writeln!(out, "| `{path}` | {} |", kinds.join(", or "));
        }
        for (name, shape) in &self.fields {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            shape.lines(&path, out);
        }
        if let Some(items) = &self.items {
            items.lines(&format!("{path}[]"), out);
        }
    }

    fn schema(&self) -> Json {
        let one = |kind: &&str| match *kind {
            "object" => {
                let fields: BTreeMap<_, _> = self.fields.iter().map(|(name, it)| (name.clone(), it.schema())).collect();
                json!({ "type": "object", "properties": fields })
            }
            "list" => json!({ "type": "array", "items": self.items.as_ref().map_or(json!(true), |it| it.schema()) }),
            "boolean" | "number" => json!({ "type": kind }),
            "nothing" => json!({ "type": "null" }),
            "text" => json!({ "type": "string" }),
            language => json!({ "type": "string", "contentMediaType": format!("text/{}", language.to_lowercase()) }),
        };
        let mut all: Vec<_> = self.kinds.iter().map(one).collect();
        match all.len() {
            0 => json!(true),
            1 => all.remove(0),
            _ => json!({ "anyOf": all }),
        }
    }
}

fn described(kind: &str) -> String {
    match kind {
        "text" | "number" => kind.to_owned(),
        "boolean" => "`true` or `false`".to_owned(),
        "nothing" => "nothing".to_owned(),
        language => format!("a fragment of {language}"),
    }
}
