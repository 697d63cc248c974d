//! The examples of a document, as a stand-in for its server answers with them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderValue, StatusCode};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::collections::{self, Collection};
use crate::support::http::{MediaType, Operation, RawResponse};
use crate::support::params::spelled;
use crate::support::server::Failure;
use crate::support::{Direction, Schemas};

/// One documented response for each operation.
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::server::Examples;")]
/// static EXAMPLES: Examples = Examples::new(r#"{"getUser": {"status": 200, "mediaType": "text/plain", "body": "jo"}}"#);
/// ```
#[derive(Debug)]
pub struct Examples {
    text: &'static str,
    table: OnceLock<Table>,
}

/// The examples by operation, and what they say about collections by the path templates of these.
#[derive(Debug, Default)]
struct Table {
    examples: BTreeMap<String, Example>,
    collections: BTreeMap<String, Collection>,
}

impl Examples {
    /// Takes the JSON text that the generator writes.
    pub const fn new(text: &'static str) -> Self {
        Self { text, table: OnceLock::new() }
    }

    /// The example of an operation; none where it documents no response at all.
    pub(super) fn example(&self, operation: &Operation) -> Option<&Example> {
        self.table().examples.get(operation.id)
    }

    /// What is known about the items of a collection.
    pub(super) fn collection(&self, template: &str) -> Option<&Collection> {
        self.table().collections.get(template)
    }

    fn table(&self) -> &Table {
        self.table.get_or_init(|| {
            let examples: BTreeMap<String, Example> = serde_json::from_str(self.text).unwrap_or_default();
            let collections = collections::all(examples.values());
            Table { examples, collections }
        })
    }
}

/// A documented response.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Example {
    status: u16,
    #[serde(default)]
    headers: Map<String, Value>,
    media_type: Option<String>,
    #[serde(default)]
    pub(super) body: Value,
    /// What the operation does with the items of a collection, if that is what it does.
    pub(super) resource: Option<Resource>,
}

/// What an operation does with the items of a collection, and where its response shows them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Resource {
    pub(super) does: Does,
    /// The path template of the collection.
    pub(super) collection: String,
    /// The array of a list.
    #[serde(default)]
    pub(super) items: String,
    /// The item: in the body, or in each element of a list; none where the response does not show it.
    pub(super) item: Option<String>,
    /// The property of the item that identifies it.
    #[serde(default)]
    pub(super) id: String,
    /// The object in the item that holds its other properties.
    #[serde(default)]
    pub(super) fields: String,
    /// Properties that the item may have, and the example has not.
    #[serde(default)]
    pub(super) optional: Vec<String>,
    /// Properties of branches that the example is not of.
    #[serde(default)]
    pub(super) others: Vec<String>,
    /// Properties of the example that only some branches have.
    #[serde(default)]
    pub(super) own: Vec<String>,
    /// The property that says which branch an item is of.
    pub(super) tag: Option<String>,
    /// What an identifier is in a path, where that is not any.
    names: Option<Names>,
    /// The numbers of a list that count its items.
    #[serde(default)]
    pub(super) totals: Vec<String>,
    /// Identifiers that the document shows for the path.
    #[serde(default)]
    pub(super) known: Vec<String>,
}

/// What an identifier is in a path.
#[derive(Debug, Deserialize)]
struct Names {
    schema: String,
    #[serde(deserialize_with = "schemas")]
    schemas: Schemas,
}

fn schemas<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Schemas, D::Error> {
    Ok(Schemas::compiled(&Map::deserialize(deserializer)?))
}

impl Resource {
    /// Whether a path may have an identifier, which is text there.
    pub(super) fn names(&self, id: &Value) -> bool {
        let Some(Names { schema, schemas }) = &self.names else { return true };
        let is_name = |it: &Value| schemas.is_valid(schema, it, Direction::Request);
        is_name(id) || is_name(&spelled(id).into())
    }
}

/// What an operation does with the items of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Does {
    Create,
    List,
    Read,
    Change,
    Replace,
    Delete,
}

impl Example {
    /// The response with a body in place of the example's; `location` is where a new item is found.
    pub(super) fn response(
        &self,
        operation: &Operation,
        body: &Value,
        location: Option<&str>,
    ) -> Result<RawResponse, Failure> {
        let status = StatusCode::from_u16(self.status)?;
        let mut response = RawResponse::empty(status.as_u16());
        for header in operation.response(status).map(|it| it.headers).unwrap_or_default() {
            let known = location.filter(|_| header.name.eq_ignore_ascii_case(LOCATION.as_str()));
            if let Some(value) = known.map(Value::from).as_ref().or_else(|| self.headers.get(header.name)) {
                response = response.with_header(header, value)?;
            }
        }
        if let Some(media_type) = &self.media_type {
            response.headers.insert(CONTENT_TYPE, HeaderValue::from_str(media_type)?);
            response.body = encoded(media_type, body).into();
        }
        Ok(response)
    }

    /// The schema of the body, where there is one.
    pub(super) fn schema(&self, operation: &Operation) -> Option<&'static str> {
        let documented = operation.response(StatusCode::from_u16(self.status).ok()?)?;
        let media_type = self.media_type.as_deref()?;
        documented.content().iter().find(|it| it.media_type == media_type)?.schema
    }
}

fn encoded(media_type: &str, body: &Value) -> Bytes {
    let is_json = MediaType::parse(media_type).is_some_and(|it| it.is_json());
    match body {
        Value::String(text) if !is_json => text.clone().into(),
        other => other.to_string().into(),
    }
}
