//! What the user changes about single parts of a document's code: other types, other names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::origin::Pointer;

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
    #[serde(default, deserialize_with = "super::pointer")]
    #[schemars(regex(pattern = "^#?/"))]
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
    /// The operation with this `operationId`, or with this method and path where it has none: `get /pets/{id}`.
    #[schemars(length(min = 1))]
    pub operation: Option<String>,
    /// Of that operation, the parameter of this name.
    #[schemars(length(min = 1))]
    pub parameter: Option<String>,
    /// The component schema of this name.
    #[schemars(length(min = 1))]
    pub schema: Option<String>,
    /// The schema at this JSON Pointer, such as `/components/schemas/Pet/properties/owner`.
    #[serde(default, deserialize_with = "super::pointer")]
    #[schemars(regex(pattern = "^#?/"))]
    pub at: Option<String>,
    /// Of that schema, the property of this name.
    pub property: Option<String>,
    /// Of that schema, the value that `enum` lists, as text.
    pub value: Option<String>,
    /// Only in the API of this name.
    pub api: Option<String>,
}

/// How one page of an operation leads to the next, where the document does not say so by `x-pagination`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pagination {
    /// The operations with this `operationId`, or with this method and path where they have none, as `get /pets/{id}`; `*`
    /// stands for any letters, so `list*` means all that begin so.
    #[schemars(length(min = 1))]
    pub operation: String,
    /// The query parameter that counts pages.
    #[schemars(length(min = 1))]
    pub page: Option<String>,
    /// The query parameter that counts items.
    #[schemars(length(min = 1))]
    pub offset: Option<String>,
    /// The query parameter that takes what the body has at `next`.
    #[schemars(length(min = 1))]
    pub cursor: Option<String>,
    /// The query parameter that takes what the last item has at `key`.
    #[schemars(length(min = 1))]
    pub after: Option<String>,
    /// The JSON Pointer to the value for `cursor`, or without one to the URL of the next page.
    #[schemars(regex(pattern = "^(/|$)"))]
    pub next: Option<String>,
    /// Whether the header `Link` has the URL of the next page.
    #[serde(default)]
    pub link: bool,
    /// Whether there are no pages, although the operation looks as if it had some.
    #[serde(default)]
    pub off: bool,
    /// The number of the first page, for `page`; 1 if left out.
    pub first: Option<u64>,
    /// The JSON Pointer to the number of the last page, for `page`.
    #[schemars(regex(pattern = "^(/|$)"))]
    pub last: Option<String>,
    /// The JSON Pointer to how many pages there are, for `page`.
    #[schemars(regex(pattern = "^(/|$)"))]
    pub pages: Option<String>,
    /// The JSON Pointer into an item, for `after`.
    #[schemars(regex(pattern = "^(/|$)"))]
    pub key: Option<String>,
    /// The JSON Pointer to whether there are more pages, for `page`, `offset`, `cursor` and `after`.
    #[schemars(regex(pattern = "^(/|$)"))]
    pub more: Option<String>,
    /// The JSON Pointer to the items of a page, where they are not found by themselves.
    #[schemars(regex(pattern = "^(/|$)"))]
    pub items: Option<String>,
    /// Only in the API of this name.
    pub api: Option<String>,
}

/// The entries of a kind that are about an API, each with its position in the file.
pub type Numbered<T> = Vec<(usize, T)>;

impl Pagination {
    /// Whether it is about an API.
    pub fn is_about(&self, api: &str) -> bool {
        self.api.as_deref().is_none_or(|it| it == api)
    }

    /// Whether it is about an operation: each `*` stands for any letters.
    pub fn selects(&self, operation: &str) -> bool {
        let mut parts = self.operation.split('*');
        let Some(mut rest) = parts.next().and_then(|it| operation.strip_prefix(it)) else { return false };
        let Some(last) = parts.next_back() else { return rest.is_empty() };
        for part in parts {
            let Some(at) = rest.find(part) else { return false };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(last)
    }
}

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

    /// Whether another entry gives a name to the same part of an API.
    pub(super) fn is_about_the_same(&self, other: &Self) -> bool {
        /// A component schema is one by its name and by its place.
        fn part(entry: &Rename) -> [Option<String>; 5] {
            let Rename { to: _, operation, parameter, schema, at, property, value, api: _ } = entry;
            let place = schema.as_ref().map(|it| format!("/components/schemas/{}", Pointer::escape(it)));
            [operation.clone(), parameter.clone(), place.or(at.clone()), property.clone(), value.clone()]
        }
        let apis = self.api.as_ref().zip(other.api.as_ref());
        apis.is_none_or(|(one, other)| one == other) && part(self) == part(other)
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
