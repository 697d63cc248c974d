//! Types in the words of other languages, such as `int`, `datetime` or `any`, and lists of values that say nothing.

use super::Checker;
use super::schema::TYPES;
use crate::diagnostics::{Code, Felt, Left};
use crate::source::{At, Value};

/// What a word of another language means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// A type, and a format where the word says one.
    Type(&'static str, Option<&'static str>),
    /// Nothing: any value.
    Any,
}

fn word(name: &str) -> Option<Word> {
    // The objects of this name of JavaScript become moments, those of other languages days.
    if name == "Date" {
        return Some(Word::Type("string", None));
    }
    Some(match name.to_ascii_lowercase().as_str() {
        "int" => Word::Type("integer", None),
        "int32" => Word::Type("integer", Some("int32")),
        "int64" | "long" => Word::Type("integer", Some("int64")),
        "float" | "double" => Word::Type("number", None),
        "bool" => Word::Type("boolean", None),
        "str" => Word::Type("string", None),
        "list" => Word::Type("array", None),
        "dict" | "map" => Word::Type("object", None),
        "date" => Word::Type("string", Some("date")),
        "datetime" | "date-time" => Word::Type("string", Some("date-time")),
        "uuid" => Word::Type("string", Some("uuid")),
        "file" | "binary" => Word::Type("string", Some("binary")),
        "any" => Word::Any,
        _ => return None,
    })
}

fn is_type(name: &str) -> bool {
    TYPES.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// A word that has a type of JSON Schema.
pub(super) fn is_word(value: &Value) -> bool {
    value.as_str().is_some_and(|name| !is_type(name) && matches!(word(name), Some(Word::Type(..))))
}

impl Checker<'_> {
    /// Words of other languages are taken as the types that they mean.
    pub(super) fn repair_words(&mut self, ty: &At<'_>, schema: &At<'_>) {
        for item in ty.items().filter(|it| is_word(it.value)) {
            self.repair_word(&item, None);
        }
        if ty.value.as_str().is_some_and(|name| !is_type(name)) {
            self.repair_word(ty, Some(schema));
        }
    }

    /// A schema can have the format that a word says, and do without a type.
    fn repair_word(&mut self, ty: &At<'_>, schema: Option<&At<'_>>) {
        let Some(name) = ty.value.as_str() else { return };
        let Some(word) = word(name) else { return };
        let (value, format) = match word {
            Word::Type(ty, format) => (Some(Value::String(ty.to_owned())), format),
            Word::Any => (None, None),
        };
        let room = schema.filter(|it| it.value.get("format").is_none());
        let format = format.zip(room);
        let instead = match (word, format) {
            (Word::Type(ty, _), Some((format, _))) => format!("`{ty}` with `format: {format}`"),
            (Word::Type(ty, _), None) => format!("`{ty}`"),
            (Word::Any, _) => "no `type`: any value".to_owned(),
        };
        let message = format!("`{name}` is no type of JSON Schema");
        self.diagnostics.report(Code::InvalidKeyword, &ty.origin, message).taken_as(instead);
        self.found.repairs.insert(ty.origin.clone(), value);
        if let Some((format, schema)) = format {
            self.found.repairs.insert(schema.origin.key("format"), Some(Value::String(format.to_owned())));
        }
    }

    /// A branch of a union of which nobody knows what it is would take everything: it goes, where another one is known.
    pub(super) fn repair_branches(&mut self, schema: &At<'_>) {
        for keyword in ["anyOf", "oneOf"] {
            let branches: Vec<_> = schema.field(keyword).iter().flat_map(At::items).collect();
            let (unknown, known): (Vec<_>, Vec<_>) = branches.into_iter().partition(is_unknown);
            for branch in unknown.iter().filter(|_| !known.is_empty()) {
                let Some(ty) = branch.field("type") else { continue };
                let name = ty.value.as_str().unwrap_or_default();
                self.diagnostics
                    .report(Code::InvalidKeyword, &ty.origin, format!("`{name}` is no type of JSON Schema"))
                    .leaves_out(Left::new(format!("the branch of `{keyword}`"), Felt::Both));
                self.found.settled.insert(ty.origin);
                self.found.repairs.insert(branch.origin.clone(), None);
            }
        }
    }

    /// A list of values beside `type: array` that has no array is about the items.
    pub(super) fn repair_enum(&mut self, at: &At<'_>) {
        let Some(list) = at.field("enum").filter(|it| it.value.as_array().is_some()) else { return };
        let values = list.value.as_array().unwrap_or_default();
        if values.is_empty() {
            return;
        }
        self.repair_null(at, values);
        let is_about_items = !values.iter().any(|it| it.as_array().is_some() || *it == Value::Null);
        let is_array = at.string("type").is_some_and(|it| it.eq_ignore_ascii_case("array"));
        let Some(items) = at.field("items").filter(|_| is_array && is_about_items) else { return };
        let Some(members) = items.value.as_object().filter(|it| !it.contains_key("$ref")) else { return };
        if !values.iter().all(|value| fits(value, items.string("type"))) {
            return;
        }
        let message = "`enum` lists no array, and `type` is `array`".to_owned();
        if members.contains_key("enum") {
            return self.repaired(&list, message, "what `items` says", None);
        }
        self.repaired(&list, message, "the `enum` of `items`", None);
        self.found.repairs.insert(items.origin.key("enum"), Some(list.value.clone()));
    }
}

impl Checker<'_> {
    /// `null` alone, beside another type, is what generators for 3.0 write for a value that is always `null`.
    fn repair_null(&mut self, at: &At<'_>, values: &[Value]) {
        let is_null = values.iter().all(|it| *it == Value::Null) && at.flag("nullable") != Some(true);
        let Some(ty) = at.field("type").filter(|ty| is_null && ty.value.as_str().is_some_and(|it| it != "null")) else {
            return;
        };
        let message = format!("`enum` lists `null` alone, and `type` is `{}`", ty.value.as_str().unwrap_or_default());
        self.repaired(&ty, message, "`null` and nothing else", Some(Value::String("null".to_owned())));
    }
}

/// Whether a schema is told by a type alone that nobody knows.
fn is_unknown(branch: &At<'_>) -> bool {
    const BESIDE: [&str; 6] = ["type", "format", "title", "description", "default", "example"];
    let is_strange = |name: &str| !is_type(name) && (name == "Date" || word(name).is_none());
    branch.string("type").is_some_and(is_strange) && branch.entries().all(|(key, _)| BESIDE.contains(&key))
}

/// Whether a value is of a type, as far as its items say one.
fn fits(value: &Value, ty: Option<&str>) -> bool {
    match ty {
        None => true,
        Some("number" | "integer") => value.as_number().is_some(),
        Some(ty) => value.type_name() == ty,
    }
}
