//! The cases of a truth table, as its file has them.

use serde_json::Value as Json;
use specwright::diagnostics::Diagnostics;
use specwright::listing::{Style, render};
use specwright::source::{At, Origin, Sources, Value};

/// One case.
#[derive(Debug, Clone)]
pub(super) struct Case {
    /// Its name.
    pub(super) id: String,
    /// `in`.
    pub(super) location: String,
    /// `style`; none where `content` says how the value is written.
    pub(super) style: Option<String>,
    /// `explode`.
    pub(super) explode: bool,
    /// The parameter's name.
    pub(super) name: String,
    /// The `type` of its schema, or `content`, `multi`, `undefined`.
    pub(super) kind: String,
    /// `allowReserved`.
    pub(super) allow_reserved: bool,
    /// The media type of `content`.
    pub(super) content: Option<String>,
    /// The value that a client sends, or that a server reads.
    pub(super) value: Option<Value>,
    /// What a server gets, for cases of that direction only.
    pub(super) wire: Option<String>,
    /// What a client sends.
    pub(super) expected: Option<String>,
    /// Other forms that are as good.
    pub(super) also: Vec<String>,
    /// What the specification says about the case.
    pub(super) behaviour: String,
    /// Where that is from.
    pub(super) confidence: String,
    /// Whether a server reads back what a client sends.
    pub(super) round_trip: bool,
    /// The status of a refusal.
    pub(super) status: Option<u64>,
}

impl Case {
    fn read(at: &At<'_>) -> Option<Self> {
        let text = |field: &str| at.string(field).map(str::to_owned);
        let flag = |field: &str| at.flag(field).unwrap_or(false);
        let value = |field: &str| at.value.get(field).cloned();
        let status = at.value.get("http_status").and_then(Value::as_number);
        Some(Self {
            id: text("id")?,
            location: text("in")?,
            style: text("style"),
            explode: flag("explode"),
            name: text("name")?,
            kind: text("type")?,
            allow_reserved: flag("allowReserved"),
            content: text("content"),
            value: value("value").or_else(|| value("decoded")),
            wire: text("wire"),
            expected: text("expected"),
            also: at.field("also_accept").iter().flat_map(At::items).filter_map(|it| owned(it.value)).collect(),
            behaviour: text("behaviour")?,
            confidence: text("confidence")?,
            round_trip: flag("roundtrip"),
            status: status.and_then(|it| u64::try_from(it.as_i128()?).ok()),
        })
    }

    /// The value as JSON; none where the parameter is left out.
    pub(super) fn json(&self) -> Option<Json> {
        self.value.as_ref().map(Value::to_json).filter(|it| !it.is_null())
    }

    /// The names of its parameters: one, except where several stand in one request.
    pub(super) fn parameters(&self) -> Vec<(&str, Option<&Value>)> {
        match &self.value {
            Some(Value::Object(members)) if self.kind == "multi" => {
                members.iter().map(|(name, value)| (name.as_str(), Some(value))).collect()
            }
            value => vec![(&self.name, value.as_ref())],
        }
    }
}

fn owned(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// Reads a file of cases.
pub(super) fn read(path: &str, text: String) -> Result<Vec<Case>, String> {
    let mut diagnostics = Diagnostics::new();
    let mut sources = Sources::new();
    let file = sources.add(path, text, &mut diagnostics);
    let Some(file) = file.filter(|_| !diagnostics.has_errors()) else {
        return Err(format!("`{path}` cannot be read\n{}", render(&diagnostics, &sources, Style::Plain)));
    };
    let root = At::new(&sources.file(file).root, Origin::root(file));
    let list = root.field("cases").ok_or_else(|| format!("`{path}` has no `cases`"))?;
    let read = |at: At<'_>| Case::read(&at).ok_or_else(|| format!("`{path}`: {} lacks a field", at.origin.pointer));
    list.items().map(read).collect()
}
