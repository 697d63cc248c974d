//! The extensions that Specwright reads.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostics, Felt, Left};
use crate::ir::Extensions;
use crate::source::{At, Value};

/// The extensions of a Schema Object.
pub(super) fn of_schema(at: &At<'_>, diagnostics: &mut Diagnostics) -> Extensions {
    let names = ["x-enum-varnames", "x-enumNames"].into_iter().find(|it| at.value.get(it).is_some());
    let discriminator_value = one_text(at, "x-ms-discriminator-value", diagnostics);
    let mut said = Extensions {
        enum_names: names.map(|it| beside_values(at, it, "names", diagnostics)).unwrap_or_default(),
        enum_descriptions: enum_descriptions(at, diagnostics),
        discriminator_value,
        known_values: texts(at, "x-extensible-enum", diagnostics),
        is_open: is_open(at),
        type_name: at.field("x-ms-enum").and_then(|it| it.string("name")).map(str::to_owned),
        rust_name: rust_name(at, diagnostics),
        member_names: BTreeMap::new(),
        provenance: provenance(at),
        secret: at.flag("x-secret").unwrap_or(false),
    };
    if let Some((names, descriptions)) = of_microsoft(at) {
        let or = |said: &mut Vec<String>, other| {
            if said.is_empty() {
                *said = other;
            }
        };
        or(&mut said.enum_names, names);
        or(&mut said.enum_descriptions, descriptions);
    }
    said
}

/// Whether other values may come than those of `enum`.
fn is_open(at: &At<'_>) -> bool {
    let of_microsoft = at.field("x-ms-enum").and_then(|it| it.flag("modelAsString"));
    of_microsoft == Some(true) || at.flag("x-enumFlags") == Some(true)
}

/// The names and descriptions that `x-ms-enum` gives the members of `enum`; a member without a name is its own.
fn of_microsoft(at: &At<'_>) -> Option<(Vec<String>, Vec<String>)> {
    let told = at.field("x-ms-enum")?.field("values")?;
    let told: Vec<At<'_>> = told.items().collect();
    let members = at.value.get("enum").and_then(Value::as_array)?;
    let said = |member: &Value, key: &str| {
        let entry = told.iter().find(|it| it.value.get("value").is_some_and(|it| it.spelled() == member.spelled()))?;
        entry.string(key).map(str::to_owned)
    };
    let names = members.iter().map(|it| said(it, "name").unwrap_or_else(|| it.spelled())).collect();
    let described: Vec<_> = members.iter().map(|it| said(it, "description").unwrap_or_default()).collect();
    let descriptions = if described.iter().all(String::is_empty) { Vec::new() } else { described };
    Some((names, descriptions))
}

/// A list of texts, one beside each member of `enum`.
fn beside_values(at: &At<'_>, extension: &str, what: &str, diagnostics: &mut Diagnostics) -> Vec<String> {
    let listed = texts(at, extension, diagnostics).unwrap_or_default();
    let values = at.value.get("enum").and_then(Value::as_array).unwrap_or_default();
    if !listed.is_empty() && listed.len() != values.len() {
        let message = format!("`{extension}` has {} {what} for {} values", listed.len(), values.len());
        diagnostics
            .report(Code::InvalidExtension, &at.origin.key(extension), message)
            .leaves_out(Left::new(format!("`{extension}`"), Felt::Both));
        return Vec::new();
    }
    listed
}

/// `x-enum-descriptions`, as a list beside `enum` or as a map by its values.
fn enum_descriptions(at: &At<'_>, diagnostics: &mut Diagnostics) -> Vec<String> {
    let Some(found) = at.field("x-enum-descriptions") else { return Vec::new() };
    if found.value.as_object().is_none() {
        return beside_values(at, "x-enum-descriptions", "descriptions", diagnostics);
    }
    let values = at.value.get("enum").and_then(Value::as_array).unwrap_or_default();
    let description = |value: &Value| found.string(&value.spelled()).unwrap_or_default().to_owned();
    values.iter().map(description).collect()
}

/// A switch at the top of the document that is on unless it is `false`.
///
/// - `x-format-assertion`: whether `format` asserts.
/// - `x-implied-types`: whether a schema with `properties` and no `type` is one of objects, and the like.
pub(super) fn switch(root: &At<'_>, extension: &str, diagnostics: &mut Diagnostics) -> bool {
    let Some(flag) = root.field(extension) else { return true };
    let is_on = flag.value.as_bool();
    if is_on.is_none() {
        let message = format!("`{extension}` must be `true` or `false`");
        diagnostics.report(Code::InvalidExtension, &flag.origin, message).taken_as("`true`");
    }
    is_on.unwrap_or(true)
}

/// `x-rust-name`: an identifier.
pub(super) fn rust_name(at: &At<'_>, diagnostics: &mut Diagnostics) -> Option<String> {
    let name = at.field("x-rust-name")?;
    let is_identifier = |text: &&str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
    };
    let found = name.value.as_str().filter(is_identifier);
    if found.is_none() {
        let message = "`x-rust-name` must be an identifier of ASCII letters, digits and `_`";
        diagnostics
            .report(Code::InvalidExtension, &name.origin, message)
            .leaves_out(Left::new("`x-rust-name`", Felt::Both));
    }
    found.map(str::to_owned)
}

/// `x-provenance` with its reason and source, as a sentence for the documentation.
pub(super) fn provenance(at: &At<'_>) -> Option<String> {
    let kind = at.string("x-provenance")?;
    let source = at.string("x-provenance-source").map(|it| format!(" in {it}")).unwrap_or_default();
    let reason = at.string("x-provenance-reason").map(|it| format!(" ({it})")).unwrap_or_default();
    let inferred = at.field("x-provenance-inferred");
    let inferred: Vec<_> = inferred.iter().flat_map(At::items).filter_map(|it| it.value.as_str()).collect();
    // The reason is that of the guess: of the whole where all is one, else of the listed parts.
    Some(match inferred.as_slice() {
        [] => format!("{kind}{source}{reason}"),
        some => format!("{kind}{source}; inferred{reason}: {}", some.join(", ")),
    })
}

fn one_text(at: &At<'_>, key: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    let it = at.field(key)?;
    let said = it.value.as_str().map(str::to_owned);
    if said.is_none() {
        diagnostics
            .report(Code::InvalidExtension, &it.origin, format!("`{key}` must be a string"))
            .leaves_out(Left::new(format!("`{key}`"), Felt::Both));
    }
    said
}

fn texts(at: &At<'_>, key: &str, diagnostics: &mut Diagnostics) -> Option<Vec<String>> {
    let list = at.field(key)?;
    let texts: Option<Vec<_>> =
        list.value.as_array().map(|items| items.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect());
    let complete = texts.filter(|texts| Some(texts.len()) == list.value.as_array().map(<[Value]>::len));
    if complete.is_none() {
        diagnostics
            .report(Code::InvalidExtension, &list.origin, format!("`{key}` must be a list of strings"))
            .leaves_out(Left::new(format!("`{key}`"), Felt::Both));
    }
    complete
}
