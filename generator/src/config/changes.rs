//! What the user changes about single parts of a document's code: other types, other names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A type of the user's in place of a generated one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Replace {
    /// Its path, such as `iban::Iban`; in a module tree also `crate::money::Amount`. It stands in code as
    /// `support::Own<iban::Iban>` and has serde's `Serialize` and `DeserializeOwned`, `Clone`, `Debug` and `PartialEq`.
    #[schemars(regex(pattern = "^[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)+$"))]
    pub with: String,
    /// In place of the component schema of this name.
    #[schemars(length(min = 1))]
    pub schema: Option<String>,
    /// In place of what the schema at this JSON Pointer makes, such as `/components/schemas/Pet/properties/price`.
    #[schemars(regex(pattern = "^/"))]
    pub at: Option<String>,
    /// In place of what a schema with this `format` makes.
    #[schemars(length(min = 1))]
    pub format: Option<String>,
    /// Only in the API of this name.
    pub api: Option<String>,
}

/// A name that the document does not carry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rename {
    /// The name as it will stand in Rust: `list_all` for functions and fields, `Animal` for types and variants.
    #[schemars(regex(pattern = "^[A-Za-z][A-Za-z0-9_]{0,63}$"))]
    pub to: String,
    /// The operation with this `operationId`.
    #[schemars(length(min = 1))]
    pub operation: Option<String>,
    /// Of that operation, the parameter of this name.
    #[schemars(length(min = 1))]
    pub parameter: Option<String>,
    /// The component schema of this name.
    #[schemars(length(min = 1))]
    pub schema: Option<String>,
    /// The schema at this JSON Pointer, such as `/components/schemas/Pet/properties/owner`.
    #[schemars(regex(pattern = "^/"))]
    pub at: Option<String>,
    /// Of that schema, the property of this name.
    pub property: Option<String>,
    /// Of that schema, the value that `enum` lists, as text.
    pub value: Option<String>,
    /// Only in the API of this name.
    pub api: Option<String>,
}

/// The entries of a kind that are about an API, each with its position in the file.
pub type Numbered<T> = Vec<(usize, T)>;

impl Replace {
    /// Whether it is about an API.
    pub fn is_about(&self, api: &str) -> bool {
        self.api.as_deref().is_none_or(|it| it == api)
    }
}

impl Rename {
    /// Whether it is about an API.
    pub fn is_about(&self, api: &str) -> bool {
        self.api.as_deref().is_none_or(|it| it == api)
    }

    /// Whether it names a type or a variant.
    pub fn is_of_type(&self) -> bool {
        self.operation.is_none() && self.property.is_none()
    }

    /// What it is about, as the user says it.
    pub fn target(&self) -> String {
        let Self { to: _, operation, parameter, schema, at, property, value, api: _ } = self;
        let named = [
            ("parameter", parameter),
            ("property", property),
            ("value", value),
            ("operation", operation),
            ("schema", schema),
            ("schema at", at),
        ];
        let parts = named.into_iter().filter_map(|(kind, name)| Some(format!("{kind} `{}`", name.as_deref()?)));
        parts.collect::<Vec<_>>().join(" of the ")
    }
}
