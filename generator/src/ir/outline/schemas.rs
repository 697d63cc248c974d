//! Schemas: what is short stands on the line of its member, everything else below it.

use std::fmt::Write as _;

use crate::ir::{Schema, SchemaId, Schemas, Types};

/// Prints a schema behind its label, and its members below it.
pub(super) fn node(out: &mut String, schemas: &Schemas, depth: usize, label: &str, id: SchemaId) {
    let indent = "  ".repeat(depth);
    let _ = writeln!(out, "{indent}{label}: {}", phrase(schemas, id));
    for (label, member) in members(schemas, &schemas[id]) {
        match member {
            Some(member) => node(out, schemas, depth + 1, &label, member),
            None => drop(writeln!(out, "{indent}  {label}")),
        }
    }
}

/// What gets a line of its own: a label, and the schema behind it where there is one.
fn members(schemas: &Schemas, schema: &Schema) -> Vec<(String, Option<SchemaId>)> {
    let (arrays, objects) = (&schema.arrays, &schema.objects);
    let mut lines: Vec<(String, Option<SchemaId>)> = Vec::new();
    let is_required = |name: &String| objects.required.contains(name);
    for (name, id) in &objects.properties {
        let mark = if is_required(name) { "*" } else { "" };
        lines.push((format!("{}{mark}", name.escape_debug()), Some(*id)));
    }
    let unlisted = objects.required.iter().filter(|name| !objects.properties.contains_key(*name));
    lines.extend(unlisted.map(|name| (format!("{}*", name.escape_debug()), None)));
    lines.extend(objects.pattern_properties.iter().map(|(pattern, id)| (format!("/{}/", visible(pattern)), Some(*id))));
    lines.extend(objects.property_names.map(|id| ("names".to_owned(), Some(id))));
    lines.extend(objects.additional.filter(|id| !is_short(schemas, *id)).map(|id| ("else".to_owned(), Some(id))));
    let needs = objects.dependent_required.iter();
    lines.extend(needs.map(|(name, needed)| (format!("{} needs {needed:?}", name.escape_debug()), None)));
    let with = objects.dependent_schemas.iter();
    lines.extend(with.map(|(name, id)| (format!("with {}", name.escape_debug()), Some(*id))));
    lines.extend(arrays.prefix_items.iter().enumerate().map(|(idx, id)| (format!("item {idx}"), Some(*id))));
    lines.extend(arrays.items.filter(|id| !is_short(schemas, *id)).map(|id| ("items".to_owned(), Some(id))));
    lines.extend(arrays.contains.iter().map(|it| (format!("contains {}", range(it.min, it.max)), Some(it.schema))));
    lines.extend(arrays.unevaluated_items.map(|id| ("unevaluated items".to_owned(), Some(id))));
    lines.extend(objects.unevaluated_properties.map(|id| ("unevaluated properties".to_owned(), Some(id))));
    for (name, branches) in unions(schema).into_iter().filter(|(_, branches)| !are_short(schemas, branches)) {
        lines.extend(branches.iter().enumerate().map(|(idx, id)| (format!("{name} {idx}"), Some(*id))));
    }
    lines.extend(schema.not.map(|id| ("not".to_owned(), Some(id))));
    if let Some(it) = &schema.conditional {
        let parts = [("if", Some(it.condition)), ("then", it.then), ("else", it.otherwise)];
        lines.extend(parts.into_iter().filter(|(_, id)| id.is_some()).map(|(name, id)| (name.to_owned(), id)));
    }
    lines
}

fn unions(schema: &Schema) -> [(&'static str, &[SchemaId]); 3] {
    [("allOf", &schema.all_of), ("anyOf", &schema.any_of), ("oneOf", &schema.one_of)]
}

/// Whether a schema has no line of its own below it.
fn is_short(schemas: &Schemas, id: SchemaId) -> bool {
    members(schemas, &schemas[id]).is_empty()
}

fn are_short(schemas: &Schemas, branches: &[SchemaId]) -> bool {
    branches.iter().all(|id| is_short(schemas, *id))
}

/// A schema in a few words.
fn phrase(schemas: &Schemas, id: SchemaId) -> String {
    let schema = &schemas[id];
    let mut words = Vec::new();
    match schema.reference {
        Some(target) => words.push(reference(schemas, target)),
        None => words.push(types(schema.types)),
    }
    words.extend(schema.or_null.then(|| "or null".to_owned()));
    words.extend(schema.format.iter().map(|format| format!("<{}>", format.escape_debug())));
    words.extend(assertions(schema));
    let inline = |id: &SchemaId| is_short(schemas, *id);
    words.extend(schema.arrays.items.filter(inline).map(|id| format!("of {}", phrase(schemas, id))));
    words.extend(schema.objects.additional.filter(inline).map(|id| format!("else {}", phrase(schemas, id))));
    for (name, branches) in unions(schema) {
        if !branches.is_empty() && are_short(schemas, branches) {
            let branches: Vec<_> = branches.iter().map(|it| phrase(schemas, *it)).collect();
            words.push(format!("{name}({})", branches.join(" | ")));
        }
    }
    if let Some(it) = &schema.discriminator {
        let mapping = it.mapping.iter().map(|(tag, id)| format!("{}: {}", tag.escape_debug(), reference(schemas, *id)));
        let default = it.default.map(|id| format!("else {}", reference(schemas, id)));
        let mapping = mapping.chain(default).collect::<Vec<_>>().join(", ");
        words.push(format!("by {} {{{mapping}}}", it.property.escape_debug()));
    }
    words.extend(flags(schema));
    words.join(" ")
}

/// The name of a component; the pointer of any other schema.
fn reference(schemas: &Schemas, target: SchemaId) -> String {
    let pointer = &schemas[target].origin.pointer;
    let name = pointer.as_str().strip_prefix("/components/schemas/").filter(|rest| !rest.contains('/'));
    let text = name.and_then(|_| pointer.last()).unwrap_or_else(|| pointer.to_string());
    text.escape_debug().to_string()
}

fn types(types: Types) -> String {
    match types {
        Types::ALL => "any".to_owned(),
        Types::NONE => "never".to_owned(),
        some => some.iter().map(crate::ir::Type::as_str).collect::<Vec<_>>().join("|"),
    }
}

fn range(min: Option<u64>, max: Option<u64>) -> String {
    let text = |bound: Option<u64>| bound.map(|it| it.to_string()).unwrap_or_default();
    format!("{}..{}", text(min), text(max))
}

fn assertions(schema: &Schema) -> Vec<String> {
    let mut words = Vec::new();
    let numbers = &schema.numbers;
    let bounds = [
        (">=", &numbers.minimum),
        (">", &numbers.exclusive_minimum),
        ("<=", &numbers.maximum),
        ("<", &numbers.exclusive_maximum),
        ("%", &numbers.multiple_of),
    ];
    words.extend(bounds.iter().filter_map(|(sign, bound)| bound.as_ref().map(|it| format!("{sign}{}", it.as_str()))));
    let counts = [
        ("length", schema.strings.min_length, schema.strings.max_length),
        ("items", schema.arrays.min_items, schema.arrays.max_items),
        ("properties", schema.objects.min_properties, schema.objects.max_properties),
    ];
    let given = counts.iter().filter(|(_, min, max)| min.is_some() || max.is_some());
    words.extend(given.map(|(name, min, max)| format!("{name} {}", range(*min, *max))));
    words.extend(schema.strings.pattern.iter().map(|pattern| format!("/{}/", visible(pattern))));
    let literals = schema.enumeration.iter().flatten().chain(&schema.constant);
    let literals: Vec<_> = literals.map(|it| it.to_json().to_string()).collect();
    if !literals.is_empty() {
        words.push(format!("[{}]", literals.join(", ")));
    }
    words
}

fn flags(schema: &Schema) -> Vec<String> {
    let (annotations, extensions) = (&schema.annotations, &schema.extensions);
    let flags = [
        ("unique", schema.arrays.unique_items),
        ("readOnly", annotations.read_only),
        ("writeOnly", annotations.write_only),
        ("deprecated", annotations.deprecated),
        ("secret", extensions.secret),
    ];
    let mut words: Vec<_> = flags.iter().filter(|(_, on)| *on).map(|(name, _)| (*name).to_owned()).collect();
    words.extend(annotations.default.iter().map(|value| format!("= {}", value.to_json())));
    words.extend(extensions.known_values.iter().map(|known| format!("known {known:?}")));
    words.extend(Some(&extensions.enum_names).filter(|it| !it.is_empty()).map(|names| format!("named {names:?}")));
    let described = Some(&extensions.enum_descriptions).filter(|it| !it.is_empty());
    words.extend(described.map(|texts| format!("described {texts:?}")));
    words.extend(extensions.rust_name.iter().map(|name| format!("as {name}")));
    words
}

/// A pattern as it is written, but for characters that do not show.
fn visible(pattern: &str) -> String {
    let shown = |it: char| -> String {
        if it.is_control() || (!it.is_ascii() && !it.is_alphanumeric()) {
            it.escape_debug().collect()
        } else {
            it.into()
        }
    };
    pattern.chars().map(shown).collect()
}
