//! The JSON Schema of the configuration, made of its records.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::Value as Json;

use super::{Config, Dependency};
use crate::diagnostics::Code;

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

/// Dependencies by the names of packages.
pub(super) fn dependencies(generator: &mut SchemaGenerator) -> Schema {
    let dependency = generator.subschema_for::<Dependency>();
    json_schema!({ "type": "object", "additionalProperties": dependency, "default": {} })
}
