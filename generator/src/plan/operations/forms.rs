//! Forms: how the properties of a schema become fields, and which of them are files.

use std::collections::BTreeMap;

use super::planner::OperationPlanner;
use super::shapes::shape;
use super::styles::{self, may_be};
use crate::ir::{Api, Content, Encoding, MediaType, Schema, SchemaId, Style, Type, Types};
use crate::ordered::IndexMap;
use crate::plan::docs;
use crate::plan::names::settle;
use crate::plan::schemas::{Place, presence};
use crate::plan::words::{FieldKind, FieldPlan, FormPlan, PartKind, PartPlan, Shape};
use crate::schemas::{View, directions, is_null};

/// Where a form goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FormKind {
    /// Into text, which has no files.
    Text,
    /// Into parts.
    Parts,
}

/// Nesting of unions beyond this is not looked at.
const DEEPEST: usize = 8;

/// Whether instances of a schema are objects.
pub(super) fn is_object(api: &Api, schema: SchemaId) -> bool {
    fn within(api: &Api, schema: SchemaId, depth: usize) -> bool {
        let view = View::new(api, schema);
        match view.union().filter(|_| depth < DEEPEST && view.types == Types::ALL) {
            Some(union) => union.one_of.iter().chain(&union.any_of).all(|it| within(api, *it, depth + 1)),
            None => view.single() == Some(Type::Object) || !view.properties().is_empty(),
        }
    }
    within(api, schema, 0)
}

/// The properties of a schema, those of its branches included.
pub(super) fn properties(api: &Api, schema: SchemaId) -> IndexMap<&str, SchemaId> {
    fn collect<'a>(api: &'a Api, schema: SchemaId, depth: usize, all: &mut IndexMap<&'a str, SchemaId>) {
        let view = View::new(api, schema);
        for (name, schemas) in view.properties() {
            all.entry(name).or_insert(schemas[0]);
        }
        if depth < DEEPEST {
            for branch in view.schemas().flat_map(|it| it.one_of.iter().chain(&it.any_of)) {
                collect(api, *branch, depth + 1, all);
            }
        }
    }
    let mut all = IndexMap::default();
    collect(api, schema, 0, &mut all);
    all
}

/// Whether a multipart form has parts that are bytes.
pub(super) fn has_files(api: &Api, schema: SchemaId, encoding: &[Encoding]) -> bool {
    // Only named properties can be fields of a struct.
    let properties = View::new(api, schema).properties();
    properties.iter().any(|(name, schemas)| file(api, schemas[0], encoding_for(encoding, name)).is_some())
}

/// Where a multipart form has parts that are bytes and no fields for them; `has_fields` where its properties are.
pub(super) fn files_elsewhere(
    api: &Api,
    schema: SchemaId,
    encoding: &[Encoding],
    has_fields: bool,
) -> Option<&'static str> {
    let is_file = |id: SchemaId| file(api, id, None).is_some();
    if !has_fields
        && properties(api, schema).iter().any(|(name, id)| file(api, *id, encoding_for(encoding, name)).is_some())
    {
        return Some("in a branch of the schema");
    }
    let additional = View::new(api, schema).schemas().find_map(|it| it.objects.additional);
    additional.filter(|id| is_file(*id)).map(|_| "among further properties")
}

/// The properties of a form that are files, each with the media type that one of them may have.
pub fn files(api: &Api, content: &Content) -> Vec<(String, String)> {
    let Some(schema) = content.schema else { return Vec::new() };
    let files = View::new(api, schema).properties().into_iter().filter_map(|(name, schemas)| {
        let encoding = encoding_for(&content.encoding, name);
        file(api, schemas[0], encoding)?;
        let all = media_types(api, schemas[0], encoding).unwrap_or_default();
        let first = all.split(',').map(str::trim).find(|it| !it.is_empty() && !it.contains('*'));
        Some((name.to_string(), first.unwrap_or("application/octet-stream").to_owned()))
    });
    files.collect()
}

fn encoding_for<'e>(encoding: &'e [Encoding], property: &str) -> Option<&'e Encoding> {
    encoding.iter().find(|it| it.property == property)
}

/// What a property is whose parts are bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Filed {
    /// Whether it may be several files.
    many: bool,
    /// Whether a text may stand in the place of a file, as its name on the server does.
    or_text: bool,
}

impl Filed {
    const ONE: Self = Self { many: false, or_text: false };
}

/// What a value is beside `null`: the other branch of a union with it.
fn beside_null(api: &Api, schema: SchemaId) -> SchemaId {
    let view = View::new(api, schema);
    let branches = view.union().into_iter().flat_map(|it| it.one_of.iter().chain(&it.any_of));
    let is_null = |id: &&SchemaId| is_null(&api.schemas, **id);
    let (null, others): (Vec<&SchemaId>, Vec<&SchemaId>) = branches.partition(is_null);
    match others.as_slice() {
        [only] if !null.is_empty() => **only,
        _ => schema,
    }
}

/// Whether a property is a file, or a list of files: also where it may be either, or a text.
fn file(api: &Api, schema: SchemaId, encoding: Option<&Encoding>) -> Option<Filed> {
    Files { api, encoding, known: BTreeMap::new() }.look(schema, 0)
}

/// What is known of the schemas of a property, each of which is looked at once, however many ways lead to it.
struct Files<'a> {
    api: &'a Api,
    encoding: Option<&'a Encoding>,
    known: BTreeMap<SchemaId, Option<Filed>>,
}

impl Files<'_> {
    fn look(&mut self, schema: SchemaId, depth: usize) -> Option<Filed> {
        if let Some(known) = self.known.get(&schema) {
            return *known;
        }
        let found = self.within(beside_null(self.api, schema), depth);
        self.known.insert(schema, found);
        found
    }

    fn within(&mut self, schema: SchemaId, depth: usize) -> Option<Filed> {
        let api = self.api;
        if is_bytes(api, schema, self.encoding) {
            return Some(Filed::ONE);
        }
        if depth == DEEPEST {
            return None;
        }
        let view = View::new(api, schema);
        let Some(union) = view.union() else {
            let items = view.schemas().find_map(|it| it.arrays.items).filter(|_| view.single() == Some(Type::Array))?;
            return self.look(items, depth + 1).filter(|it| !it.many).map(|it| Filed { many: true, ..it });
        };
        let (mut many, mut or_text, mut is_file) = (false, false, false);
        for branch in union.one_of.iter().chain(&union.any_of).filter(|id| !is_null(&api.schemas, **id)) {
            match self.look(*branch, depth + 1) {
                Some(file) => {
                    is_file = true;
                    many |= file.many;
                    or_text |= file.or_text;
                }
                None if View::new(api, *branch).single() == Some(Type::String) => or_text = true,
                None => return None,
            }
        }
        is_file.then_some(Filed { many, or_text })
    }
}

/// `format: binary`, `contentEncoding: binary`, or text in a media type that is none, unless it is encoded as text.
fn is_bytes(api: &Api, schema: SchemaId, encoding: Option<&Encoding>) -> bool {
    let schema = beside_null(api, schema);
    let view = View::new(api, schema);
    let has_type = view.types != Types::ALL;
    if (has_type && view.single() != Some(Type::String)) || view.values.is_some() || view.union().is_some() {
        return false;
    }
    let is_binary = |it: Option<&str>| it.is_some_and(|it| it.eq_ignore_ascii_case("binary"));
    let says_binary =
        |it: &Schema| is_binary(it.format.as_deref()) || is_binary(it.annotations.content_encoding.as_deref());
    if view.schemas().any(says_binary) {
        return true;
    }
    if view.schemas().any(|it| it.annotations.content_encoding.is_some() || it.format.is_some()) {
        return false;
    }
    media_types(api, schema, encoding).is_some_and(|all| all.split(',').any(|it| !is_text(it.trim())))
}

/// `contentType`, else the schema's own `contentMediaType`.
fn media_types(api: &Api, schema: SchemaId, encoding: Option<&Encoding>) -> Option<String> {
    let explicit = encoding.and_then(|it| it.content_type.clone());
    let schema = beside_null(api, schema);
    let view = View::new(api, schema);
    let items = view.schemas().find_map(|it| it.arrays.items);
    let annotated =
        |id: SchemaId| View::new(api, id).schemas().find_map(|it| it.annotations.content_media_type.clone());
    explicit.or_else(|| annotated(schema)).or_else(|| items.and_then(annotated))
}

fn is_text(media_type: &str) -> bool {
    MediaType::parse(media_type).is_ok_and(|it| it.is_text() || it.is_event_stream() || it.is_json() || it.is_form())
}

/// The fields of a form.
pub(super) fn form(api: &Api, schema: SchemaId, content: &Content, kind: FormKind) -> FormPlan {
    let view = View::new(api, schema);
    let fields = properties(api, schema);
    let fields =
        fields.iter().map(|(name, schema)| field(api, name, *schema, encoding_for(&content.encoding, name), kind));
    let additional = view.schemas().find_map(|it| it.objects.additional);
    let closed = additional.is_some_and(|id| api.schemas[id].types == Types::NONE);
    let further = (!closed).then(|| additional.map_or(Shape::Any, |id| shape(api, id)));
    FormPlan { fields: fields.collect(), further }
}

fn field(api: &Api, name: &str, schema: SchemaId, encoding: Option<&Encoding>, kind: FormKind) -> FieldPlan {
    let media_types = media_types(api, schema, encoding);
    let of_kind = |kind, style| FieldPlan { wire: name.to_owned(), kind, style, media_types: media_types.clone() };
    if let Some(file) = file(api, schema, encoding).filter(|_| kind == FormKind::Parts) {
        return of_kind(if file.or_text { FieldKind::FileOrText } else { FieldKind::File }, None);
    }
    let shape = shape(api, schema);
    if let Some(style) = encoding.and_then(explicit_style).filter(|it| styles::has_form(&shape, *it)) {
        return of_kind(FieldKind::Text(shape), (style != (Style::Form, true, false)).then_some(style));
    }
    // Text in a media type of JSON is not JSON once more.
    let annotated = encoding.and_then(|it| it.content_type.as_deref());
    let is_json = annotated.is_some_and(|it| MediaType::parse(it).is_ok_and(|it| it.is_json()));
    of_kind(field_kind(shape, is_json), None)
}

/// The styles of fields whose values have no form in them: these are JSON, as if nothing was said.
pub(super) fn formless<'e>(api: &Api, schema: SchemaId, encoding: &'e [Encoding]) -> Vec<(&'e Encoding, Style)> {
    let properties = properties(api, schema);
    let formless = encoding.iter().filter_map(|it| {
        let shape = shape(api, *properties.get(it.property.as_str())?);
        let style = explicit_style(it).filter(|style| !styles::has_form(&shape, *style))?;
        Some((it, style.0))
    });
    formless.collect()
}

/// An encoding that names any of the three is about style; what it does not name is as in a query.
fn explicit_style(encoding: &Encoding) -> Option<(Style, bool, bool)> {
    let Encoding { style, explode, allow_reserved, .. } = encoding;
    if style.is_none() && explode.is_none() && allow_reserved.is_none() {
        return None;
    }
    let style = style.unwrap_or(Style::Form);
    Some((style, explode.unwrap_or(style.explodes()), allow_reserved.unwrap_or(false)))
}

fn field_kind(shape: Shape, is_json: bool) -> FieldKind {
    match shape {
        Shape::Array(items) => {
            let lists = may_be(&items, |it| matches!(it, Shape::Array(_) | Shape::Any));
            match field_kind(*items, is_json) {
                // No text has a list of lists, so each of these is JSON.
                FieldKind::Text(Shape::Array(_)) | FieldKind::Either(Shape::Array(_)) => FieldKind::JsonLists,
                FieldKind::Text(item) if !lists => FieldKind::Text(Shape::Array(Box::new(item))),
                FieldKind::Text(item) | FieldKind::Either(item) => FieldKind::Either(Shape::Array(Box::new(item))),
                _ if lists => FieldKind::JsonLists,
                _ => FieldKind::JsonItems,
            }
        }
        Shape::Object(..) => FieldKind::Json,
        _ if is_json => FieldKind::Json,
        Shape::Any => FieldKind::Either(shape),
        // A text or a list of texts is written as either of them is.
        Shape::OneOf(ref shapes)
            if shapes.iter().all(|it| matches!(field_kind(it.clone(), is_json), FieldKind::Text(_))) =>
        {
            FieldKind::Text(shape)
        }
        // A scalar is text whatever else there may be.
        Shape::OneOf(_) if may_be(&shape, is_scalar) => FieldKind::Either(shape),
        Shape::OneOf(_) => FieldKind::Json,
        shape => FieldKind::Text(shape),
    }
}

fn is_scalar(shape: &Shape) -> bool {
    !matches!(shape, Shape::Null | Shape::Array(_) | Shape::Object(..))
}

impl OperationPlanner<'_, '_, '_> {
    /// The fields of a struct whose fields are parts.
    pub(super) fn parts(&mut self, schema: SchemaId, encoding: &[Encoding], place: &Place) -> Vec<PartPlan> {
        let api = self.planner.api;
        let view = View::new(api, schema);
        let (mut properties, required) = (view.properties(), view.required());
        if let Some(direction) = directions::only(api.schemas[schema].usage) {
            properties.retain(|_, described| !directions::is_left_out(api, described, direction));
        }
        let wishes: Vec<_> = properties.iter().map(|(wire, ids)| self.planner.field_wish(&view, wire, ids)).collect();
        let names = settle(&wishes, &[]);
        let mut fields = Vec::new();
        for ((wire, candidates), name) in properties.iter().zip(names) {
            let schema = candidates[0];
            let must = required.contains(wire);
            let file = file(api, schema, encoding_for(encoding, wire));
            let kind = match (file, must) {
                (Some(Filed { many: true, .. }), true) => PartKind::Files,
                (Some(Filed { many: true, .. }), false) => PartKind::OptionalFiles,
                (Some(_), true) => PartKind::File,
                (Some(_), false) => PartKind::OptionalFile,
                (None, _) => {
                    let planned = self.planner.value(schema, &place.inner(wire));
                    let (presence, ty) = presence(must, planned.ty);
                    PartKind::Value(presence, ty)
                }
            };
            let mut docs = docs::of_field(&api.schemas[schema], View::new(api, schema).default(), wire, wire, None);
            if file.is_some_and(|it| it.or_text) {
                docs.push_str(if docs.is_empty() { "" } else { "\n\n" });
                docs.push_str("A text in the place of a file is one without a name.");
            }
            fields.push(PartPlan {
                name,
                wire: (*wire).to_owned(),
                kind,
                docs,
                deprecated: api.schemas[schema].annotations.deprecated,
            });
        }
        fields
    }
}
