//! The IR as text, for reviewers: one line a schema, parameter, body and response.

use std::fmt::Write as _;

use super::{Api, Operation, Schema, SchemaId, Schemas, Types};

/// Prints an API in the order of the document.
pub fn outline(api: &Api) -> String {
    let mut out = format!("{} {}\n", api.info.title, api.info.version);
    for (heading, operations) in [("operations", &api.operations), ("webhooks", &api.webhooks)] {
        if !operations.is_empty() {
            let _ = writeln!(out, "\n{heading}");
            for operation in operations {
                outline_operation(&mut out, api, operation);
            }
        }
    }
    let named = api.components.iter().map(|(name, id)| (name.clone(), *id)).collect::<Vec<_>>();
    if !named.is_empty() {
        out.push_str("\nschemas\n");
        for (name, id) in named {
            let _ = writeln!(out, "  {name}: {}", phrase(&api.schemas, id, 0));
            outline_properties(&mut out, &api.schemas, &api.schemas[id]);
        }
    }
    out
}

fn outline_operation(out: &mut String, api: &Api, operation: &Operation) {
    let _ = writeln!(out, "  {} {} {}", operation.method, operation.path.as_str(), operation.id);
    for parameter in &operation.parameters {
        let mark = if parameter.required { "*" } else { "" };
        let schema = phrase(&api.schemas, parameter.schema, 0);
        let _ = writeln!(out, "    {} {}{mark}: {schema}", parameter.location.as_str(), parameter.name);
    }
    for content in operation.body.iter().flat_map(|body| &body.content) {
        let mark = if operation.body.as_ref().is_some_and(|body| body.required) { "*" } else { "" };
        let schema = content.schema.map_or_else(|| "any".to_owned(), |id| phrase(&api.schemas, id, 0));
        let _ = writeln!(out, "    body{mark} {}: {schema}", content.media_type.as_str());
    }
    for response in &operation.responses {
        let _ = write!(out, "    {}", response.key);
        for content in &response.content {
            let schema = content.schema.map_or_else(|| "any".to_owned(), |id| phrase(&api.schemas, id, 0));
            let _ = write!(out, " {}: {schema}", content.media_type.as_str());
        }
        let headers: Vec<_> = response.headers.iter().map(|header| header.name.as_str()).collect();
        if !headers.is_empty() {
            let _ = write!(out, " [{}]", headers.join(", "));
        }
        out.push('\n');
    }
    let security: Vec<_> = operation.security.iter().map(|it| requirement(api, &it.schemes)).collect();
    if !security.is_empty() {
        let _ = writeln!(out, "    security {}", security.join(" or "));
    }
}

fn requirement(api: &Api, schemes: &[(usize, Vec<String>)]) -> String {
    if schemes.is_empty() {
        return "anonymous".to_owned();
    }
    let names = schemes.iter().map(|(idx, scopes)| {
        let scopes = if scopes.is_empty() { String::new() } else { format!("({})", scopes.join(" ")) };
        format!("{}{scopes}", api.security_schemes[*idx].name)
    });
    names.collect::<Vec<_>>().join(" and ")
}

fn outline_properties(out: &mut String, schemas: &Schemas, schema: &Schema) {
    for (name, id) in &schema.objects.properties {
        let mark = if schema.objects.required.contains(name) { "*" } else { "" };
        let _ = writeln!(out, "    {name}{mark}: {}", phrase(schemas, *id, 0));
    }
}

/// A schema in a few words; inline objects deeper than two levels end in an ellipsis.
fn phrase(schemas: &Schemas, id: SchemaId, depth: usize) -> String {
    const DEEPEST: usize = 3;
    let schema = &schemas[id];
    if depth > DEEPEST {
        return "…".to_owned();
    }
    let mut words = Vec::new();
    if let Some(target) = schema.reference {
        words.push(schemas[target].origin.pointer.last().unwrap_or_default());
    } else {
        words.push(types(schema.types));
    }
    words.extend(schema.format.iter().map(|format| format!("<{format}>")));
    words.extend(assertions(schema));
    if let Some(items) = schema.arrays.items {
        words.push(format!("of {}", phrase(schemas, items, depth + 1)));
    }
    if let Some(additional) = schema.objects.additional {
        words.push(format!("else {}", phrase(schemas, additional, depth + 1)));
    }
    if depth > 0 && !schema.objects.properties.is_empty() {
        words.push(format!("{{{}}}", schema.objects.properties.keys().cloned().collect::<Vec<_>>().join(", ")));
    }
    for (name, branches) in [("allOf", &schema.all_of), ("anyOf", &schema.any_of), ("oneOf", &schema.one_of)] {
        if !branches.is_empty() {
            let branches: Vec<_> = branches.iter().map(|it| phrase(schemas, *it, depth + 1)).collect();
            words.push(format!("{name}({})", branches.join(" | ")));
        }
    }
    words.join(" ")
}

fn types(types: Types) -> String {
    match types {
        Types::ALL => "any".to_owned(),
        Types::NONE => "never".to_owned(),
        some => some.iter().map(super::Type::as_str).collect::<Vec<_>>().join("|"),
    }
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
    for (name, min, max) in counts {
        let text = |bound: Option<u64>| bound.map(|it| it.to_string()).unwrap_or_default();
        if min.is_some() || max.is_some() {
            words.push(format!("{name} {}..{}", text(min), text(max)));
        }
    }
    words.extend(schema.strings.pattern.iter().map(|pattern| format!("/{pattern}/")));
    let literals = schema.enumeration.iter().flatten().chain(&schema.constant);
    let literals: Vec<_> = literals.map(|it| it.to_json().to_string()).collect();
    if !literals.is_empty() {
        words.push(format!("[{}]", literals.join(", ")));
    }
    let flags = [
        ("unique", schema.arrays.unique_items),
        ("readOnly", schema.annotations.read_only),
        ("writeOnly", schema.annotations.write_only),
        ("deprecated", schema.annotations.deprecated),
    ];
    words.extend(flags.iter().filter(|(_, on)| *on).map(|(name, _)| (*name).to_owned()));
    words.extend(schema.discriminator.iter().map(|it| format!("by {}", it.property)));
    words
}
