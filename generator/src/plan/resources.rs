//! Which operations are about the items of one collection, so that a stand-in can remember what was done to them.
//!
//! `/users` with `/users/{user}` is a collection with its items. Where each response shows an item, and which property
//! identifies it, is recognized in the examples; what is not recognized stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use super::samples::Sampler;
use super::types::Direction;
use super::view::View;
use crate::ir::{Api, Content, Location, Method, Operation, Parameter, SchemaId, Segment};
use crate::source::{Pointer, Value};

/// Lists of items by their usual names, where a response has several lists.
const ITEMS: [&str; 6] = ["data", "items", "results", "records", "value", "values"];
/// Numbers that count the items of a list, in lower case and without separators.
const TOTALS: [&str; 7] =
    ["total", "totalcount", "totalitems", "totalrecords", "totalresults", "totalelements", "count"];
/// The object of an item that holds its properties, as JSON:API has it.
const FIELDS: &str = "attributes";

/// Says of each operation what it does with the items of a collection, as `resource` beside its example.
pub(super) fn mark(api: &Api, examples: &mut Map<String, Json>) {
    let mut collections: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        collections.entry(collection(operation)).or_default().push(operation);
    }
    for operations in collections.values() {
        let parameter = operations.iter().find_map(|it| item_parameter(it));
        for operation in operations {
            let viewed = viewed(api, operation, &collections);
            let parameter = viewed.and_then(item_parameter).or(parameter);
            let found = Found { api, operation, parameter };
            let example = examples.get_mut(&operation.id);
            let resource = example.as_ref().and_then(|it| found.resource(it.get("body").unwrap_or(&Json::Null)));
            if let (Some(example), Some(mut resource)) = (example, resource) {
                resource["collection"] = collection(viewed.unwrap_or(operation)).into();
                example["resource"] = resource;
            }
        }
    }
}

/// The operation that reads an item of the list that an operation gives, where that is another way to look at the
/// collection above: `/pet/findByStatus` lists what `/pet/{petId}` reads.
fn viewed<'a>(
    api: &Api,
    operation: &Operation,
    collections: &BTreeMap<&str, Vec<&'a Operation>>,
) -> Option<&'a Operation> {
    let (above, name) = operation.path.as_str().rsplit_once('/')?;
    if operation.method != Method::Get || name.contains('{') {
        return None;
    }
    let schema = |it: &Operation| super::examples::content(super::examples::preferred(it)?)?.schema;
    let list = View::new(api, schema(operation)?);
    let items = list.schemas().find_map(|it| it.arrays.items)?;
    let reads = |it: &&&Operation| it.method == Method::Get && item_parameter(it).is_some();
    let read = collections.get(above)?.iter().find(reads)?;
    let behind = |id| super::view::behind(&api.schemas, id);
    (behind(items) == behind(schema(read)?)).then_some(*read)
}

/// The path of the collection that an operation may be about.
fn collection(operation: &Operation) -> &str {
    let path = operation.path.as_str().split('?').next().unwrap_or_default();
    match item_parameter(operation) {
        Some(_) => path.rsplit_once('/').map_or(path, |(collection, _)| collection),
        None => path,
    }
}

/// The parameter at the end of a path, which names an item.
fn item_parameter(operation: &Operation) -> Option<&str> {
    match operation.path.segments().last()? {
        Segment::Parameter(name) => Some(name),
        _ => None,
    }
}

/// An operation that may be about the items of a collection.
struct Found<'a> {
    api: &'a Api,
    operation: &'a Operation,
    /// The name by which paths know items.
    parameter: Option<&'a str>,
}

impl Found<'_> {
    /// What the operation does, and where the example of its response shows that.
    fn resource(&self, body: &Json) -> Option<Json> {
        let is_item = item_parameter(self.operation).is_some();
        let does = match (self.operation.method, is_item) {
            (Method::Post, false) => "create",
            (Method::Get, false) => return self.list(body),
            (Method::Get, true) => "read",
            (Method::Put, true) => "replace",
            (Method::Patch, true) => "change",
            // The body then names the item.
            (Method::Put | Method::Patch, false) if self.sends_id() => "change",
            (Method::Delete, true) => "delete",
            _ => return None,
        };
        let mut out = json!({ "does": does });
        let known = self.known();
        if !known.is_empty() {
            out["known"] = known.into();
        }
        let Some((item, id)) = self.locate(body, is_item) else {
            return (does != "read").then_some(out);
        };
        out["id"] = id.into();
        out["item"] = item.as_str().into();
        if does != "delete" {
            self.describe(body, &item, &mut out);
        }
        Some(out)
    }

    /// The identifiers that the document shows for the path.
    fn known(&self) -> Vec<String> {
        let named = item_parameter(self.operation);
        let is_item = |it: &&Parameter| it.location == Location::Path && Some(it.name.as_str()) == named;
        let Some(parameter) = self.operation.parameters.iter().find(is_item) else { return Vec::new() };
        let view = View::new(self.api, parameter.schema);
        let values = view.values.iter().flatten();
        let shown = view.schemas().flat_map(|it| &it.annotations.examples);
        // Whoever samples a request takes what is shown first, or this.
        let sampled = Sampler::new(self.api, Direction::Request).of(&parameter.examples, parameter.schema);
        let mut known: Vec<String> = Vec::new();
        let all = parameter.examples.iter().chain(shown).chain(values).map(Value::to_json);
        for value in std::iter::once(sampled).chain(all) {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if (value.is_string() || value.is_number()) && !known.contains(&text) {
                known.push(text);
            }
        }
        known
    }

    fn list(&self, body: &Json) -> Option<Json> {
        let lists: Vec<_> = objects(body)
            .into_iter()
            .flat_map(|(pointer, object)| match object {
                Json::Array(_) => vec![pointer],
                Json::Object(members) => {
                    let arrays = members.iter().filter(|(_, it)| it.is_array());
                    arrays.map(|(name, _)| format!("{pointer}/{}", Pointer::escape(name))).collect()
                }
                _ => Vec::new(),
            })
            // What stands beside the list that was asked for.
            .filter(|pointer| !pointer.ends_with("/included") && !pointer.ends_with("/errors"))
            .filter_map(|pointer| {
                let (item, id) = self.locate(body.pointer(&format!("{pointer}/0"))?, false)?;
                Some((pointer, item, id))
            })
            .collect();
        let usual = ITEMS.iter().find_map(|name| lists.iter().find(|(it, ..)| it.rsplit('/').next() == Some(*name)));
        let (items, item, id) = usual.or_else(|| lists.first().filter(|_| lists.len() == 1))?;
        let mut out = json!({ "does": "list", "id": id, "item": item, "items": items });
        let totals = totals(body);
        if !totals.is_empty() {
            out["totals"] = json!(totals);
        }
        self.describe(body, &format!("{items}/0{item}"), &mut out);
        Some(out)
    }

    /// Where the item's properties are, and which of them the example lacks.
    fn describe(&self, body: &Json, item: &str, out: &mut Json) {
        let nested = format!("{item}/{FIELDS}");
        let nested = Some(nested).filter(|it| body.pointer(it).is_some_and(Json::is_object));
        if nested.is_some() {
            out["fields"] = json!(format!("/{FIELDS}"));
        }
        let fields = nested.unwrap_or_else(|| item.to_owned());
        let shown = body.pointer(&fields).and_then(Json::as_object);
        let schema = self.response().and_then(|it| self.schema_at(it.schema?, &fields));
        let (Some(shown), Some(schema)) = (shown, schema) else { return };
        let is_shown = |ids: &[SchemaId]| {
            !ids.iter().any(|id| View::new(self.api, *id).schemas().any(|it| it.annotations.write_only))
        };
        let view = View::new(self.api, schema);
        let all = view.properties();
        let lacking = all.iter().filter(|(name, ids)| !shown.contains_key(**name) && is_shown(ids));
        let lacking: BTreeSet<_> = lacking.map(|(name, _)| *name).collect();
        if !lacking.is_empty() {
            out["optional"] = json!(lacking);
        }
    }

    fn response(&self) -> Option<&Content> {
        super::examples::content(super::examples::preferred(self.operation)?)
    }

    /// The schema of a part of a body.
    fn schema_at(&self, schema: SchemaId, pointer: &str) -> Option<SchemaId> {
        pointer.split('/').skip(1).try_fold(schema, |schema, token| {
            let view = View::new(self.api, schema);
            let name = Pointer::unescape(token);
            let property = view.properties().get(name.as_str()).and_then(|ids| ids.first().copied());
            property.or_else(|| view.schemas().find_map(|it| it.arrays.items).filter(|_| token == "0"))
        })
    }

    /// The object that has an identifier: its pointer, and the name of that property.
    fn locate(&self, body: &Json, in_arrays: bool) -> Option<(String, String)> {
        let mut places = objects(body);
        if let Some(first) = body.get(0).filter(|_| in_arrays) {
            places.extend(objects(first).into_iter().map(|(pointer, object)| (format!("/0{pointer}"), object)));
        }
        let is_id = |value: &Json| value.is_string() || value.is_i64() || value.is_u64();
        self.names().iter().find_map(|name| {
            places.iter().find_map(|(pointer, object)| {
                let mut members = object.as_object()?.iter();
                let (id, _) = members.find(|(member, value)| plain(member) == *name && is_id(value))?;
                Some((pointer.clone(), id.clone()))
            })
        })
    }

    /// The names that the identifier may have, the surest first.
    fn names(&self) -> Vec<String> {
        let parameter = self.parameter.map(plain);
        let own = parameter.iter().flat_map(|it| [it.clone(), format!("{it}id")]);
        own.chain(["id", "uuid", "guid"].map(str::to_owned)).collect()
    }

    /// Whether the request's body has the identifier of an item.
    fn sends_id(&self) -> bool {
        let content = self.operation.body.iter().flat_map(|it| &it.content);
        let names = self.names();
        content
            .filter_map(|it| it.schema)
            .any(|schema| View::new(self.api, schema).properties().keys().any(|name| names.contains(&plain(name))))
    }
}

/// A value and the members of an object, with their pointers.
fn objects(value: &Json) -> Vec<(String, &Json)> {
    let members = value.as_object().into_iter().flatten().filter(|(_, it)| it.is_object());
    let members = members.map(|(name, it)| (format!("/{}", Pointer::escape(name)), it));
    [(String::new(), value)].into_iter().chain(members).collect()
}

/// The pointers of the numbers that count items.
fn totals(body: &Json) -> Vec<String> {
    let members = |(pointer, object): (String, &Json)| {
        let counts = object.as_object().into_iter().flatten();
        let counts = counts.filter(|(name, value)| TOTALS.contains(&plain(name).as_str()) && value.is_u64());
        counts.map(|(name, _)| format!("{pointer}/{}", Pointer::escape(name))).collect::<Vec<_>>()
    };
    objects(body).into_iter().flat_map(members).collect()
}

/// A name without case and separators: `candidateRef` and `candidate_ref` are the same.
fn plain(name: &str) -> String {
    name.chars().filter(|it| !matches!(it, '_' | '-')).collect::<String>().to_lowercase()
}
