//! Which operations are about the items of one collection, so that a stand-in can remember what was done to them.
//!
//! `/users` with `/users/{user}` is a collection with its items. Where each response shows an item, and which property
//! identifies it, is recognized in the examples; what is not recognized stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value as Json;
use specwright_runtime::Direction;

use super::examples::{Example, content, preferred};
use super::{Sampler, spelled};
use crate::ir::{Api, Content, Location, Method, Numbers, Operation, Parameter, Schema, SchemaId, Segment, Strings};
use crate::ordered::IndexMap;
use crate::schemas::{View, behind, tables};
use crate::source::{Pointer, Value};

/// Lists of items by their usual names, where a response has several lists.
const ITEMS: [&str; 6] = ["data", "items", "results", "records", "value", "values"];
/// Numbers that count the items of a list, in lower case and without separators.
const TOTALS: [&str; 7] =
    ["total", "totalcount", "totalitems", "totalrecords", "totalresults", "totalelements", "count"];
/// The object of an item that holds its properties, as JSON:API has it.
const FIELDS: &str = "attributes";

/// What an operation does with the items of a collection, as it is printed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Resource {
    #[serde(flatten)]
    role: Role,
    /// The path of the collection.
    collection: String,
    /// How paths write identifiers, where an item gets a new one and not every text is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<Names>,
}

/// What an identifier is in a path.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Names {
    /// The key of its schema.
    schema: String,
    /// The schemas that make that up.
    schemas: Json,
}

/// What an operation does.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "does", rename_all = "lowercase")]
enum Role {
    List {
        #[serde(flatten)]
        shown: Shown,
        /// The pointer of the list.
        items: String,
        /// The pointers of numbers that count the items.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        totals: Vec<String>,
    },
    Create(One),
    Read(One),
    Replace(One),
    Change(One),
    Delete(One),
}

/// What is known of an operation about one item.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct One {
    /// The identifiers that the document shows for the path.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    known: Vec<String>,
    #[serde(flatten)]
    shown: Option<Shown>,
}

/// Where an example shows an item.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
struct Shown {
    /// The property that identifies the item.
    id: String,
    /// The pointer of the item; in a list, from its entry on.
    item: String,
    /// The pointer of its properties, from the item on.
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<String>,
    /// The properties that the example lacks.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    optional: BTreeSet<String>,
    /// The properties of the branches that the example is not of.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    others: BTreeSet<String>,
    /// The properties of the example that only some branches have.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    own: BTreeSet<String>,
    /// The property that says which branch it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
}

/// Says of each operation what it does with the items of a collection, beside its example.
pub(super) fn mark(api: &Api, examples: &mut IndexMap<String, Example>) {
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
            let Some(example) = examples.get_mut(&operation.id) else { continue };
            let role = found.role(example.body.as_ref().unwrap_or(&Json::Null));
            let collection = collection(viewed.unwrap_or(operation)).to_owned();
            let is_new = matches!(role, Some(Role::Create(_)));
            let names = operations.iter().find_map(|it| names(api, it)).filter(|_| is_new);
            example.resource = role.map(|role| Resource { role, collection, names });
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
    let schema = |it: &Operation| content(preferred(it)?)?.schema;
    let list = View::new(api, schema(operation)?);
    let items = list.schemas().find_map(|it| it.arrays.items)?;
    let reads = |it: &&&Operation| it.method == Method::Get && item_parameter(it).is_some();
    let read = collections.get(above)?.iter().find(reads)?;
    let meant = |id| behind(&api.schemas, id);
    (meant(items) == meant(schema(read)?)).then_some(*read)
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

/// What the path of an item says of its name, where it asks for more than text or a number.
fn names(api: &Api, operation: &Operation) -> Option<Names> {
    let name = item_parameter(operation)?;
    let is_it = |it: &&Parameter| it.location == Location::Path && it.name == name;
    let id = operation.parameters.iter().find(is_it)?.schema;
    let view = View::new(api, id);
    let asks_more =
        |it: &Schema| it.format.is_some() || *it.strings != Strings::default() || *it.numbers != Numbers::default();
    if view.values.is_none() && !view.schemas().any(asks_more) {
        return None;
    }
    let schemas = Json::Object(tables::members(api, &BTreeSet::from([id])));
    Some(Names { schema: tables::key(&api.schemas[id].origin), schemas })
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
    fn role(&self, body: &Json) -> Option<Role> {
        let is_item = item_parameter(self.operation).is_some();
        let role = match (&self.operation.method, is_item) {
            (Method::Post, false) => Role::Create,
            (Method::Get, false) => return self.list(body),
            (Method::Get, true) => Role::Read,
            (Method::Put, true) => Role::Replace,
            (Method::Patch, true) => Role::Change,
            // The body then names the item.
            (Method::Put | Method::Patch, false) if self.sends_id() => Role::Change,
            (Method::Delete, true) => Role::Delete,
            _ => return None,
        };
        let located = self.locate(body, is_item);
        let shown = located.map(|(item, id)| match self.operation.method {
            Method::Delete => Shown { id, item, ..Shown::default() },
            _ => self.shown(body, &item.clone(), id, item),
        });
        let role = role(One { known: self.known(), shown });
        let is_blind = matches!(&role, Role::Read(One { shown: None, .. }));
        (!is_blind).then_some(role)
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
        let sampled = Sampler::new(self.api, Direction::Request).shown(&parameter.examples, parameter.schema);
        let mut known: Vec<String> = Vec::new();
        let all = parameter.examples.iter().chain(shown).chain(values).map(Value::to_json);
        for value in std::iter::once(sampled).chain(all) {
            let text = spelled(&value);
            if (value.is_string() || value.is_number()) && !known.contains(&text) {
                known.push(text);
            }
        }
        known
    }

    fn list(&self, body: &Json) -> Option<Role> {
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
        let shown = self.shown(body, &format!("{items}/0{item}"), id.clone(), item.clone());
        Some(Role::List { shown, items: items.clone(), totals: totals(body) })
    }

    /// Where the properties are of the item at a pointer of the body, and which of them the example lacks.
    fn shown(&self, body: &Json, at: &str, id: String, item: String) -> Shown {
        let nested = format!("{at}/{FIELDS}");
        let nested = Some(nested).filter(|it| body.pointer(it).is_some_and(Json::is_object));
        let fields = nested.as_ref().map(|_| format!("/{FIELDS}"));
        let place = nested.unwrap_or_else(|| at.to_owned());
        let optional = self.optional(body, &place).unwrap_or_default();
        let (others, own, tag) = self.branches(body, &place).unwrap_or_default();
        Shown { id, item, fields, optional, others, own, tag }
    }

    /// Of the branches of a union the properties that an example of it lacks, those of the example that not all of them
    /// have, and the one that tells them apart.
    fn branches(&self, body: &Json, place: &str) -> Option<(BTreeSet<String>, BTreeSet<String>, Option<String>)> {
        let shown = body.pointer(place).and_then(Json::as_object)?;
        let schema = self.response().and_then(|it| self.schema_at(it.schema?, place))?;
        let view = View::new(self.api, schema);
        let union = view.union()?;
        let branches: Vec<_> = union.one_of.iter().chain(&union.any_of).map(|id| View::new(self.api, *id)).collect();
        let all: Vec<_> = branches.iter().map(View::properties).collect();
        let lacking = all.iter().flatten().filter(|(name, ids)| !shown.contains_key(**name) && self.is_shown(ids));
        let others = lacking.map(|(name, _)| (*name).to_owned()).collect();
        let beside = view.properties();
        let in_all = |name: &str| beside.contains_key(name) || all.iter().all(|it| it.contains_key(name));
        let own = shown.keys().filter(|name| !in_all(name)).cloned().collect();
        let tells = |name: &&&str| {
            let lists = |ids: &Vec<SchemaId>| ids.iter().any(|id| View::new(self.api, *id).values.is_some());
            all.iter().all(|it| it.get(**name).is_some_and(lists))
        };
        let said = union.discriminator.as_ref().map(|it| it.property.clone());
        let tag = said.or_else(|| all.first()?.keys().find(tells).map(|it| (*it).to_owned()));
        Some((others, own, tag))
    }

    /// Whether a response shows a property of these schemas.
    fn is_shown(&self, ids: &[SchemaId]) -> bool {
        !ids.iter().any(|id| View::new(self.api, *id).schemas().any(|it| it.annotations.write_only))
    }

    /// The properties that the example of an object lacks, of those that a response may have.
    fn optional(&self, body: &Json, place: &str) -> Option<BTreeSet<String>> {
        let shown = body.pointer(place).and_then(Json::as_object)?;
        let schema = self.response().and_then(|it| self.schema_at(it.schema?, place))?;
        let view = View::new(self.api, schema);
        let all = view.properties();
        let lacking = all.iter().filter(|(name, ids)| !shown.contains_key(**name) && self.is_shown(ids));
        Some(lacking.map(|(name, _)| (*name).to_owned()).collect())
    }

    fn response(&self) -> Option<&Content> {
        content(preferred(self.operation)?)
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
