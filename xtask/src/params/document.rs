//! From cases to an OpenAPI document: one operation for each way to declare parameters.

use specwright::source::Value;

use super::cases::Case;

/// An operation, and the cases that it is for.
#[derive(Debug)]
pub(super) struct Declared {
    /// Its `operationId`.
    pub(super) id: String,
    /// Its parameters as JSON text.
    parameters: String,
    /// What stands in its path before the parameter, which is the last thing in it.
    pub(super) prefix: String,
    /// The name of its parameter, where that is in the path.
    in_path: Option<String>,
}

/// The operations of some cases, and the position of each case's own.
pub(super) fn declare(cases: &[Case]) -> (Vec<Declared>, Vec<usize>) {
    let mut all: Vec<Declared> = Vec::new();
    let mut positions = Vec::new();
    for case in cases {
        let parameters: Vec<_> =
            case.parameters().into_iter().map(|(name, value)| parameter(case, name, value)).collect();
        let parameters = parameters.join(", ");
        let mixed = needs_company(case);
        let same = |it: &Declared| it.parameters == parameters && it.prefix.ends_with("/v") == mixed;
        let position = all.iter().position(same).unwrap_or_else(|| {
            let id = format!("case{}", all.len());
            let prefix = if mixed { format!("/{id}/v") } else { format!("/{id}/") };
            let in_path = (case.location == "path").then(|| case.name.clone());
            all.push(Declared { id, parameters, prefix, in_path });
            all.len() - 1
        });
        positions.push(position);
    }
    (all, positions)
}

/// Whether the text needs a letter beside it: no URL keeps segments such as `.`, and an empty one is another path.
fn needs_company(case: &Case) -> bool {
    let lost = |text: &str| matches!(text, "" | "." | "..");
    case.location == "path" && case.behaviour == "defined" && case.expected.as_deref().is_some_and(lost)
}

/// The document of some operations.
pub(super) fn document(operations: &[&Declared]) -> String {
    let paths: Vec<_> = operations.iter().map(|it| path_item(it)).collect();
    format!(
        "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"Parameters\", \"version\": \"1\"}}, \"paths\": {{\n{}\n}}}}\n",
        paths.join(",\n")
    )
}

/// The path of an operation.
pub(super) fn path(operation: &Declared) -> String {
    match &operation.in_path {
        Some(name) => format!("{}{{{name}}}", operation.prefix),
        None => operation.prefix.clone(),
    }
}

fn path_item(operation: &Declared) -> String {
    format!(
        "{}: {{\"get\": {{\"operationId\": {}, \"parameters\": [{}], \"responses\": {{\"204\": {{\"description\": \
         \"Seen.\"}}}}}}}}",
        json(&path(operation)),
        json(&operation.id),
        operation.parameters
    )
}

fn parameter(case: &Case, name: &str, value: Option<&Value>) -> String {
    let schema = schema(case, value);
    // Whatever must be refused must also be there.
    let required = case.location == "path" || case.behaviour == "reject";
    let mut fields = vec![
        format!("\"name\": {}", json(name)),
        format!("\"in\": {}", json(&case.location)),
        format!("\"required\": {required}"),
    ];
    if let Some(media_type) = &case.content {
        fields.push(format!("\"content\": {{{}: {{\"schema\": {schema}}}}}", json(media_type)));
        return format!("{{{}}}", fields.join(", "));
    }
    // In a request of several parameters, the case explodes its objects and joins its lists.
    let explode = case.explode && !(case.kind == "multi" && value.is_some_and(|it| it.as_array().is_some()));
    fields.extend(case.style.as_ref().map(|style| format!("\"style\": {}", json(style))));
    fields.push(format!("\"explode\": {explode}"));
    if case.allow_reserved {
        fields.push("\"allowReserved\": true".to_owned());
    }
    fields.push(format!("\"schema\": {schema}"));
    format!("{{{}}}", fields.join(", "))
}

/// A schema that the value satisfies; properties keep their order, which is that of the text.
fn schema(case: &Case, value: Option<&Value>) -> String {
    match (case.kind.as_str(), value) {
        ("array" | "content" | "multi", Some(Value::Array(items))) => {
            format!("{{\"type\": \"array\", \"items\": {{\"type\": \"{}\"}}}}", scalar(items.first()))
        }
        ("array", _) => "{\"type\": \"array\", \"items\": {\"type\": \"string\"}}".to_owned(),
        ("object" | "content" | "multi", Some(Value::Object(members))) => {
            let members: Vec<_> = members
                .iter()
                .map(|(name, value)| format!("{}: {{\"type\": \"{}\"}}", json(name), scalar(Some(value))))
                .collect();
            format!("{{\"type\": \"object\", \"properties\": {{{}}}}}", members.join(", "))
        }
        ("object", _) => "{\"type\": \"object\"}".to_owned(),
        (kind @ ("integer" | "number" | "boolean"), _) => format!("{{\"type\": \"{kind}\"}}"),
        ("content", value) => format!("{{\"type\": \"{}\"}}", scalar(value)),
        _ => "{\"type\": \"string\"}".to_owned(),
    }
}

fn scalar(value: Option<&Value>) -> &'static str {
    match value {
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Number(number)) if number.as_i128().is_some() => "integer",
        Some(Value::Number(_)) => "number",
        _ => "string",
    }
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
