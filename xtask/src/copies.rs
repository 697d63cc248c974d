//! A document several times over, each copy under names of its own: how figures grow with documents.

use std::path::Path;

use serde_json::{Map, Value};
use specwright::diagnostics::Diagnostics;
use specwright::source::{FileId, Sources};

/// The methods that a path may have.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A document as JSON.
pub(crate) struct Document {
    members: Map<String, Value>,
}

impl Document {
    /// Reads a file.
    ///
    /// # Errors
    /// Where it cannot be read, or is no document of OpenAPI 3.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        let mut sources = Sources::new();
        sources.add(&path.to_string_lossy(), text, &mut Diagnostics::new());
        match sources.file(FileId(0)).root.to_json() {
            Value::Object(members) if members.contains_key("openapi") => Ok(Self { members }),
            _ => Err(format!("{} is no document of OpenAPI 3", path.display())),
        }
    }

    /// How many operations it has at its paths.
    pub(crate) fn operations(&self) -> usize {
        let items = self.members.get("paths").and_then(Value::as_object).into_iter().flatten();
        items.map(|(_, item)| METHODS.iter().filter(|it| item.get(*it).is_some()).count()).sum()
    }

    /// How many schemas its components have.
    pub(crate) fn schemas(&self) -> usize {
        let schemas = self.members.get("components").and_then(|it| it.get("schemas"));
        schemas.and_then(Value::as_object).map_or(0, Map::len)
    }

    /// The document with its paths and components so many times.
    pub(crate) fn copies(&self, count: u32) -> Value {
        let mut out = self.members.clone();
        let (mut paths, mut components) = (Map::new(), Map::new());
        for idx in 0..count {
            let copy = Copy { path: format!("/copy{idx}"), suffix: format!("Copy{idx}") };
            for (path, item) in self.members.get("paths").and_then(Value::as_object).into_iter().flatten() {
                paths.insert(format!("{}{path}", copy.path), copy.renamed(item));
            }
            for (kind, members) in self.members.get("components").and_then(Value::as_object).into_iter().flatten() {
                let all = components.entry(kind).or_insert_with(|| Value::Object(Map::new()));
                let (Some(all), Some(members)) = (all.as_object_mut(), members.as_object()) else { continue };
                // Whoever calls calls all of them by the same means.
                let suffix = if kind == "securitySchemes" { "" } else { &copy.suffix };
                all.extend(members.iter().map(|(name, it)| (format!("{name}{suffix}"), copy.renamed(it))));
            }
        }
        out.insert("paths".to_owned(), Value::Object(paths));
        out.insert("components".to_owned(), Value::Object(components));
        Value::Object(out)
    }

    /// Writes so many copies into a file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn write_copies(&self, count: u32, path: &Path) -> Result<(), String> {
        let text = self.copies(count).to_string();
        std::fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
    }
}

/// What the names of one copy have beside those of the document.
struct Copy {
    path: String,
    suffix: String,
}

impl Copy {
    /// A part of the document with the names of this copy.
    fn renamed(&self, value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                members.iter().map(|(key, value)| (key.clone(), self.member(key, value))).collect()
            }
            Value::Array(items) => items.iter().map(|it| self.renamed(it)).collect(),
            Value::String(text) => self.reference(text).unwrap_or_else(|| text.clone()).into(),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }

    fn member(&self, key: &str, value: &Value) -> Value {
        match value.as_str() {
            Some(id) if key == "operationId" => format!("{id}{}", self.suffix).into(),
            _ => self.renamed(value),
        }
    }

    /// A reference to the same part of this copy.
    fn reference(&self, text: &str) -> Option<String> {
        if let Some(path) = text.strip_prefix("#/paths/~1") {
            return Some(format!("#/paths/{}~1{path}", self.path.replace('/', "~1")));
        }
        let (kind, rest) = text.strip_prefix("#/components/")?.split_once('/')?;
        let (name, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Some(format!("#/components/{kind}/{name}{}{rest}", self.suffix))
    }
}
