//! The JSON Schema of the configuration, made of its records.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::Value as Json;

use super::{Config, Dependency, LevelName, RuleLevels};
use crate::diagnostics::Code;
use crate::diff::rules;

/// The schema of `specwright.toml`, for editors.
pub fn json_schema() -> Json {
    let mut schema = schemars::schema_for!(Config).to_value();
    schema["title"] = "specwright.toml".into();
    schema["description"] = "What Specwright generates of which documents.".into();
    schema
}

/// Every code of a finding.
pub(super) fn codes(_: &mut SchemaGenerator) -> Schema {
    let codes: Vec<_> = Code::ALL.iter().map(|it| it.as_str()).collect();
    json_schema!({ "type": "string", "enum": codes })
}

/// Methods: those with a field of their own in lower case or as they are sent, and any other as it is sent.
pub(super) fn verbs(_: &mut SchemaGenerator) -> Schema {
    let fields = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    json_schema!({
        "type": "string",
        "pattern": format!("^({}|[A-Z][!#$%&'*+.^_`|~0-9A-Za-z-]*)$", fields.join("|")),
        "examples": fields,
    })
}

/// Dependencies by the names of packages.
pub(super) fn dependencies(generator: &mut SchemaGenerator) -> Schema {
    let dependency = generator.subschema_for::<Dependency>();
    json_schema!({ "type": "object", "additionalProperties": dependency, "default": {} })
}

/// The ids of all rules.
fn ids() -> Vec<&'static str> {
    rules::all().into_iter().map(|it| it.id).collect()
}

/// Every rule of `diff`.
pub(super) fn rules(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "null"], "enum": ids().into_iter().map(Json::from).chain([Json::Null]).collect::<Vec<_>>() })
}

/// Levels by the ids of rules.
pub(super) fn rule_levels(generator: &mut SchemaGenerator) -> Schema {
    let (name, each) = (generator.subschema_for::<LevelName>(), generator.subschema_for::<RuleLevels>());
    json_schema!({
        "type": "object",
        "propertyNames": { "enum": ids() },
        "additionalProperties": { "anyOf": [name, each] },
        "default": {},
    })
}
