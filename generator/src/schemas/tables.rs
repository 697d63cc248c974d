//! The schema tables: what the checker of the run time reads, as JSON text.
//!
//! One entry for every schema that generated code names or that another one refers to; the rest stands inline.
//! Everything is JSON Schema 2020-12 here, whichever version the document has.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};
use specwright_runtime::Schemas;

use super::ASSERTED_FORMATS;
use super::view::behind;
use crate::ir::{Api, Discriminator, Schema, SchemaId, TagKind, Types};
use crate::parallel;
use crate::source::Origin;

/// How many entries are printed by one core before it takes the next ones.
const AT_ONCE: usize = 256;

/// The schema that stands for one, of those that are equal.
type One<'a> = &'a (dyn Fn(SchemaId) -> SchemaId + Sync);

/// The key of a schema: its pointer, behind the file's number if it is not the document itself.
pub fn key(origin: &Origin) -> String {
    match origin.file.0 {
        0 => origin.pointer.as_str().to_owned(),
        file => format!("{file}{}", origin.pointer.as_str()),
    }
}

/// Prints the tables for a set of schemas.
pub fn print(api: &Api, entries: &BTreeSet<SchemaId>, open: &BTreeSet<SchemaId>) -> String {
    printed(Tables { open: open.clone(), ..Tables::new(api, entries) })
}

/// A set of schemas for the checker, which needs no lines.
pub(crate) fn checked(api: &Api, entries: &BTreeSet<SchemaId>) -> Schemas {
    Schemas::compiled(&members(api, entries))
}

/// The same set, each schema by its pointer.
pub(crate) fn members(api: &Api, entries: &BTreeSet<SchemaId>) -> Map<String, Json> {
    let parts = self::entries(Tables::new(api, entries), |it| it.collect::<Vec<_>>());
    parts.into_iter().flatten().collect()
}

/// What schemas assert, each in one line: components are named, the rest stands inline.
pub(crate) struct Contents<'a>(Tables<'a>);

impl<'a> Contents<'a> {
    pub(crate) fn new(api: &'a Api) -> Self {
        Self(Tables::new(api, &api.components.iter().map(|(_, id)| *id).collect()))
    }

    /// The line of a schema.
    pub(crate) fn line(&self, id: SchemaId) -> String {
        self.0.used(id).to_string()
    }
}

/// Prints the tables for a set of schemas; of those that are equal, the one that stands for them.
pub(crate) fn print_once(
    api: &Api,
    one: One<'_>,
    entries: &BTreeSet<SchemaId>,
    open: &BTreeSet<SchemaId>,
    refusals: &BTreeMap<SchemaId, Json>,
) -> String {
    // A response may refer to the schema that it has, and the tables ask for that one.
    let refusals = refusals.iter().map(|(id, form)| (one(behind(&api.schemas, *id)), form)).collect();
    let open = open.iter().map(|id| one(*id)).collect();
    printed(Tables { api, one, entries: entries.clone(), open, refusals })
}

/// Every schema of such tables, those inside of others too.
pub(crate) fn schemas(api: &Api, one: One<'_>, entries: &BTreeSet<SchemaId>) -> BTreeSet<SchemaId> {
    Tables { one, ..Tables::new(api, entries) }.close()
}

/// Prints tables a member a line, as people read them.
fn printed(tables: Tables<'_>) -> String {
    let texts = entries(tables, |entries| {
        let text = serde_json::to_string_pretty(&entries.collect::<Map<_, _>>()).unwrap_or_default();
        text.strip_prefix("{\n").and_then(|it| it.strip_suffix("\n}")).unwrap_or_default().to_owned()
    });
    if texts.is_empty() { "{}\n".to_owned() } else { format!("{{\n{}\n}}\n", texts.join(",\n")) }
}

/// Makes something of some entries at a time, on every core; they are sorted by their keys.
fn entries<T: Send>(
    mut tables: Tables<'_>,
    make: impl Fn(&mut dyn Iterator<Item = (String, Json)>) -> T + Sync,
) -> Vec<T> {
    tables.close();
    let mut entries: Vec<_> = tables.entries.iter().map(|id| (key(&tables.api.schemas[*id].origin), *id)).collect();
    entries.sort_unstable();
    parallel::each(entries.chunks(AT_ONCE).collect(), |part: &[_]| {
        make(&mut part.iter().map(|(key, id)| (String::clone(key), tables.entry(*id))))
    })
}

struct Tables<'a> {
    api: &'a Api,
    one: One<'a>,
    entries: BTreeSet<SchemaId>,
    open: BTreeSet<SchemaId>,
    /// How refusals look.
    refusals: BTreeMap<SchemaId, &'a Json>,
}

impl<'a> Tables<'a> {
    /// The tables of a set of schemas, each of which stands for itself.
    fn new(api: &'a Api, entries: &BTreeSet<SchemaId>) -> Self {
        Self { api, one: &|id| id, entries: entries.clone(), open: BTreeSet::new(), refusals: BTreeMap::new() }
    }

    /// The schema that stands for one.
    fn one(&self, id: SchemaId) -> SchemaId {
        (self.one)(id)
    }

    /// Adds everything that an entry refers to; gives every schema that stands in the tables.
    fn close(&mut self) -> BTreeSet<SchemaId> {
        let mut pending: Vec<_> = self.entries.iter().copied().collect();
        let mut seen: BTreeSet<_> = self.entries.clone();
        while let Some(id) = pending.pop() {
            let schema = &self.api.schemas[id];
            let mapped = schema.discriminator.iter().flat_map(Discriminator::branches);
            let named: Vec<_> = schema.reference.into_iter().chain(mapped).map(|id| self.one(id)).collect();
            self.entries.extend(named);
            pending.extend(schema.children().map(|id| self.one(id)).filter(|child| seen.insert(*child)));
        }
        seen
    }

    /// A schema where another one uses it.
    fn used(&self, id: SchemaId) -> Json {
        let id = self.one(id);
        if self.entries.contains(&id) { json!({ "$ref": reference(self.api, id) }) } else { self.body(id) }
    }

    fn list(&self, ids: &[SchemaId]) -> Json {
        ids.iter().map(|id| self.used(*id)).collect()
    }

    fn map<'i>(&self, members: impl IntoIterator<Item = (&'i String, &'i SchemaId)>) -> Json {
        Json::Object(members.into_iter().map(|(name, id)| (name.clone(), self.used(*id))).collect())
    }

    /// A schema with a key, and how a refusal looks that is an instance.
    fn entry(&self, id: SchemaId) -> Json {
        let body = self.body(id);
        let Some(form) = self.refusals.get(&id) else { return body };
        let mut out = match body {
            Json::Object(members) => members,
            _ => Map::new(),
        };
        out.insert("x-refusal".to_owned(), (*form).clone());
        Json::Object(out)
    }

    fn body(&self, id: SchemaId) -> Json {
        let schema = &self.api.schemas[id];
        let mut out = Map::new();
        self.general(id, schema, &mut out);
        scalars(schema, &mut out);
        self.arrays(schema, &mut out);
        self.objects(schema, &mut out);
        self.logic(schema, &mut out);
        if schema.types == Types::NONE {
            return Json::Bool(false);
        }
        if schema.or_null {
            out = or_null(out);
        }
        if out.is_empty() { Json::Bool(true) } else { Json::Object(out) }
    }

    fn general(&self, id: SchemaId, schema: &Schema, out: &mut Map<String, Json>) {
        if let Some(target) = schema.reference {
            out.insert("$ref".to_owned(), reference(self.api, self.one(target)).into());
        }
        let types: Vec<_> = schema.types.iter().map(crate::ir::Type::as_str).collect();
        match (schema.types, types.as_slice()) {
            (Types::ALL, _) => {}
            (_, [only]) => {
                out.insert("type".to_owned(), (*only).into());
            }
            (_, several) => {
                out.insert("type".to_owned(), json!(several));
            }
        }
        if let Some(values) = &schema.enumeration {
            out.insert("enum".to_owned(), values.iter().map(crate::source::Value::to_json).collect());
        }
        if let Some(value) = &schema.constant {
            out.insert("const".to_owned(), value.to_json());
        }
        let asserted = schema.format.as_ref().filter(|format| ASSERTED_FORMATS.contains(&format.as_str()));
        if let Some(format) = asserted {
            out.insert("format".to_owned(), format.as_str().into());
        }
        let annotations = &schema.annotations;
        let flags = [
            ("readOnly", annotations.read_only),
            ("writeOnly", annotations.write_only),
            ("x-open", self.open.contains(&id)),
        ];
        out.extend(flags.into_iter().filter(|(_, on)| *on).map(|(name, _)| (name.to_owned(), Json::Bool(true))));
    }

    fn arrays(&self, schema: &Schema, out: &mut Map<String, Json>) {
        let arrays = &schema.arrays;
        put(out, "items", arrays.items.map(|id| self.used(id)));
        put(out, "prefixItems", Some(&arrays.prefix_items).filter(|it| !it.is_empty()).map(|ids| self.list(ids)));
        put(out, "minItems", arrays.min_items.map(Json::from));
        put(out, "maxItems", arrays.max_items.map(Json::from));
        put(out, "uniqueItems", arrays.unique_items.then_some(Json::Bool(true)));
        if let Some(contains) = &arrays.contains {
            put(out, "contains", Some(self.used(contains.schema)));
            put(out, "minContains", contains.min.map(Json::from));
            put(out, "maxContains", contains.max.map(Json::from));
        }
        put(out, "unevaluatedItems", arrays.unevaluated_items.map(|id| self.used(id)));
    }

    fn objects(&self, schema: &Schema, out: &mut Map<String, Json>) {
        let objects = &schema.objects;
        let members = [
            ("properties", &objects.properties),
            ("patternProperties", &objects.pattern_properties),
            ("dependentSchemas", &objects.dependent_schemas),
        ];
        for (name, map) in members {
            put(out, name, Some(map).filter(|it| !it.is_empty()).map(|map| self.map(map)));
        }
        put(out, "required", Some(&objects.required).filter(|it| !it.is_empty()).map(|names| json!(names)));
        put(out, "additionalProperties", objects.additional.map(|id| self.used(id)));
        put(out, "propertyNames", objects.property_names.map(|id| self.used(id)));
        put(out, "minProperties", objects.min_properties.map(Json::from));
        put(out, "maxProperties", objects.max_properties.map(Json::from));
        let dependent = Some(&objects.dependent_required).filter(|it| !it.is_empty());
        put(out, "dependentRequired", dependent.map(|map| json!(map)));
        put(out, "unevaluatedProperties", objects.unevaluated_properties.map(|id| self.used(id)));
    }

    fn logic(&self, schema: &Schema, out: &mut Map<String, Json>) {
        for (name, branches) in [("allOf", &schema.all_of), ("anyOf", &schema.any_of), ("oneOf", &schema.one_of)] {
            put(out, name, Some(branches).filter(|it| !it.is_empty()).map(|ids| self.list(ids)));
        }
        put(out, "not", schema.not.map(|id| self.used(id)));
        if let Some(conditional) = &schema.conditional {
            put(out, "if", Some(self.used(conditional.condition)));
            put(out, "then", conditional.then.map(|id| self.used(id)));
            put(out, "else", conditional.otherwise.map(|id| self.used(id)));
        }
        if let Some(discriminator) = &schema.discriminator {
            let mapping: Map<_, _> = discriminator
                .mapping
                .iter()
                .map(|(value, id)| (value.clone(), Json::from(reference(self.api, self.one(*id)))))
                .collect();
            let mut object = json!({ "propertyName": discriminator.property, "mapping": mapping });
            if discriminator.kind != TagKind::String {
                object["x-type"] = discriminator.kind.as_str().into();
            }
            if let Some(default) = discriminator.default {
                object["defaultMapping"] = reference(self.api, self.one(default)).into();
            }
            put(out, "discriminator", Some(object));
        }
    }
}

/// A schema, or `null`: in this form, a violation is that of the schema itself.
fn or_null(mut schema: Map<String, Json>) -> Map<String, Json> {
    let flags: Vec<_> = ["readOnly", "writeOnly"].iter().filter_map(|it| schema.remove_entry(*it)).collect();
    let either = [("if".to_owned(), json!({ "type": "null" })), ("else".to_owned(), Json::Object(schema))];
    either.into_iter().chain(flags).collect()
}

fn scalars(schema: &Schema, out: &mut Map<String, Json>) {
    let numbers = &schema.numbers;
    let bounds = [
        ("minimum", &numbers.minimum),
        ("maximum", &numbers.maximum),
        ("exclusiveMinimum", &numbers.exclusive_minimum),
        ("exclusiveMaximum", &numbers.exclusive_maximum),
        ("multipleOf", &numbers.multiple_of),
    ];
    for (name, bound) in bounds {
        put(out, name, bound.clone().map(|it| crate::source::Value::Number(it).to_json()));
    }
    put(out, "minLength", schema.strings.min_length.map(Json::from));
    put(out, "maxLength", schema.strings.max_length.map(Json::from));
    put(out, "pattern", schema.strings.pattern.clone().map(Json::from));
}

fn put(out: &mut Map<String, Json>, name: &str, value: Option<Json>) {
    if let Some(value) = value {
        out.insert(name.to_owned(), value);
    }
}

fn reference(api: &Api, id: SchemaId) -> String {
    format!("#{}", key(&api.schemas[id].origin))
}
