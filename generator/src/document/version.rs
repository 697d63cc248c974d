//! The version of a document, as it says itself.

use super::problems::shown;
use crate::diagnostics::{Code, Diagnostics};
use crate::source::{At, FileId, Number, Origin, Sources, Value};

/// The versions of OpenAPI that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Swagger 2.0, in the shape of 3.0.
    V20,
    /// OpenAPI 3.0.x.
    V30,
    /// OpenAPI 3.1.x.
    V31,
    /// OpenAPI 3.2.x.
    V32,
}

impl Version {
    /// Whether schemas are those of JSON Schema 2020-12, as from 3.1 on, and not the dialect of older versions.
    pub fn has_json_schema(self) -> bool {
        self >= Self::V31
    }

    /// The version as people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V20 => "2.0",
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V32 => "3.2",
        }
    }
}

const SUPPORTED: &str = "Specwright reads OpenAPI 3.0, 3.1 and 3.2, and Swagger 2.0";

/// The version that the root names.
pub(super) fn named(sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Version> {
    let origin = Origin::root(FileId(0));
    let root = sources.at(&origin)?;
    if root.value.as_object().is_none() {
        // A text that could not be read has said so.
        if !diagnostics.has_errors() {
            let message = format!("a document is a mapping, and this is of type {}", root.value.type_name());
            diagnostics.report(Code::InvalidField, &origin, message);
        }
        return None;
    }
    let Some(field) = root.field("openapi") else {
        let Some(swagger) = root.field("swagger") else {
            diagnostics.report(Code::MissingField, &origin, "`openapi`, the version, is missing").help(SUPPORTED);
            return None;
        };
        return swagger_version(&swagger, diagnostics);
    };
    // `3.1` without quotes is a number, and says the same.
    let text = field.value.as_str().or_else(|| field.value.as_number().map(Number::as_str)).unwrap_or_default();
    let known = known_version(text);
    if known.is_some() {
        return known;
    }
    if field.value.as_str().is_some() {
        diagnostics
            .report(Code::UnsupportedVersion, &field.origin, format!("the document is OpenAPI {}", shown(field.value)))
            .help(SUPPORTED);
    } else {
        diagnostics
            .report(
                Code::InvalidField,
                &field.origin,
                format!("`openapi` must be a string, and this is {}", shown(field.value)),
            )
            .help(format!("write the version in full and in quotes, as in `'3.1.0'`; {SUPPORTED}"));
    }
    None
}

fn known_version(text: &str) -> Option<Version> {
    let is = |version: &str| text == version || text.strip_prefix(version).is_some_and(|rest| rest.starts_with('.'));
    [Version::V30, Version::V31, Version::V32].into_iter().find(|version| is(version.as_str()))
}

/// `swagger: '2.0'`, in quotes or without.
fn swagger_version(field: &At<'_>, diagnostics: &mut Diagnostics) -> Option<Version> {
    match field.value {
        Value::String(text) if text == "2.0" => return Some(Version::V20),
        Value::Number(number) if matches!(number.as_str(), "2.0" | "2") => {
            diagnostics
                .report(Code::RepairedField, &field.origin, "`swagger` must be a string, and this is a number")
                .taken_as("`'2.0'`");
            return Some(Version::V20);
        }
        _ => {}
    }
    let message = format!("the document is Swagger {}", shown(field.value));
    diagnostics.report(Code::UnsupportedVersion, &field.origin, message).help(SUPPORTED);
    None
}
