//! Bodies: the type of each, by its media types.
//!
//! Media types that come to the same type share it, such as JSON and a form of one schema; where they differ, the body
//! is an enum of them. `application/json` and `text/csv` give `Json(Report)` and `Csv(String)`.

use std::borrow::Cow;

use super::draft::BodyDraft;
use super::forms;
use super::patches;
use super::planner::OperationPlanner;
use super::shapes::shape;
use crate::diagnostics::Code;
use crate::ir::{Content, MediaType, SchemaId, Strings, Type};
use crate::plan::docs;
use crate::plan::names::{self, Wish, settle};
use crate::plan::schemas::Place;
use crate::plan::words::{BodyType, Choice, Codec, ContentPlan, FieldKind, FieldPlan, FormPlan, Payload, RustType};
use crate::schemas::{Category, View, alias, are_equal, exclude_strings};
use crate::source::Origin;

/// The media type of text that may stand for a value.
const PLAIN: &str = "text/plain";
const JSON: &str = "application/json";

/// Whether a body asks or answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It asks.
    Request,
    /// It answers.
    Response,
}

/// Where a body stands, and what its own types are called.
pub(super) struct Body<'b> {
    pub(super) side: Side,
    pub(super) content: &'b [Content],
    pub(super) place: Place,
    pub(super) name: String,
}

/// What decides whether two media types share a type.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Class {
    /// A model, and for answers the codec, since they are not told which one to take; or the format of a patch.
    Model(SchemaId, Option<Cow<'static, str>>),
    /// Any JSON, or a patch of a format.
    Value(Option<String>),
    /// A struct of parts.
    Parts(SchemaId),
    /// A stream of values.
    Items(SchemaId),
    /// A stream of events around values or text.
    Events(Option<SchemaId>),
    /// Text of one media type.
    Text(String),
    Binary,
}

impl OperationPlanner<'_, '_, '_> {
    /// The type of a body; none where the document has no media type for it.
    pub(super) fn payload(&mut self, body: &Body<'_>) -> Option<Payload> {
        let classes: Vec<_> = body.content.iter().map(|it| self.class(it, body)).collect();
        let mut groups: Vec<(Class, Vec<usize>)> = Vec::new();
        for (position, class) in classes.iter().enumerate() {
            match groups.iter_mut().find(|(it, _)| it == class) {
                Some((_, positions)) => positions.push(position),
                None => groups.push((class.clone(), vec![position])),
            }
        }
        let ty = match groups.as_slice() {
            [] => return None,
            [(class, positions)] => self.group(body, class, positions, &body.place.clone(), &body.name.clone()),
            _ => self.choice(body, &groups),
        };
        let content = body.content.iter().zip(&classes).map(|(it, class)| self.content(it, class)).collect();
        Some(Payload { ty, content })
    }

    fn class(&mut self, content: &Content, body: &Body<'_>) -> Class {
        let (media_type, side) = (&content.media_type, body.side);
        let essence = media_type.essence();
        let schema = content.schema.map(|schema| self.first(schema, body));
        let is_object = schema.is_some_and(|it| forms::is_object(self.planner.api, it));
        match schema {
            Some(schema) if media_type.is_json_lines() || media_type.is_json_sequence() => {
                return Class::Items(if content.is_item { schema } else { self.item(schema) });
            }
            _ if media_type.is_event_stream() => {
                let item = schema.map(|schema| if content.is_item { schema } else { self.item(schema) });
                let is_text = |id: &SchemaId| View::new(self.planner.api, *id).single() == Some(Type::String);
                if item.filter(is_text).is_some_and(|id| self.asks_more(id)) {
                    let message = "the text in `data` of an event is passed on as it is: its schema has no effect";
                    self.diagnostics.report(Code::IgnoredField, &content.origin, message).at_key();
                }
                return Class::Events(item.filter(|id| !is_text(id)));
            }
            _ if media_type.is_json() => return self.json(content, schema, body),
            Some(schema) if essence == PLAIN && self.is_scalar(schema) => {
                return Class::Model(schema, (side == Side::Response).then_some("text".into()));
            }
            Some(schema) if side == Side::Request && is_object => {
                if media_type.is_form() {
                    return Class::Model(schema, None);
                }
                if media_type.is_multipart_form() {
                    let has_files = forms::has_files(self.planner.api, schema, &content.encoding);
                    return if has_files { Class::Parts(schema) } else { Class::Model(schema, None) };
                }
            }
            _ => {}
        }
        let shown = media_type.as_str().escape_debug();
        let is_text = media_type.is_text() || media_type.is_form();
        let says_more = schema.is_some_and(|it| exclude_strings(&self.planner.api.schemas, it));
        if essence.starts_with("multipart/") {
            let message = format!("`{shown}` is bytes here: its parts are not told apart");
            self.diagnostics.report(Code::ApproximatedField, &content.origin, message).at_key();
        } else if media_type.is_xml() || media_type.is_form() || says_more {
            let kind = if is_text { "text" } else { "bytes" };
            let message = format!("`{shown}` is {kind} here: its schema has no effect");
            self.diagnostics.report(Code::IgnoredField, &content.origin, message).at_key();
        }
        if is_text {
            return Class::Text(essence);
        }
        Class::Binary
    }

    fn json(&mut self, content: &Content, schema: Option<SchemaId>, body: &Body<'_>) -> Class {
        if body.side == Side::Response {
            return schema.map_or(Class::Value(None), |schema| Class::Model(schema, Some("json".into())));
        }
        let patch = patches::told_apart(body.content, &content.media_type);
        if patch.is_some() && patches::is_contradicted(self.planner.api, content) {
            let message =
                format!("`{}` is a list of operations, and the schema takes no list", content.media_type.as_str());
            let finding = self.diagnostics.report(Code::ApproximatedField, &content.origin, message);
            finding.at_key().taken_as("any JSON");
            return Class::Value(patch);
        }
        schema.map_or(Class::Value(patch.clone()), |schema| Class::Model(schema, patch.map(Cow::from)))
    }

    /// Whether a schema of texts does not take all of them.
    fn asks_more(&self, schema: SchemaId) -> bool {
        let view = View::new(self.planner.api, schema);
        view.values.is_some() || view.schemas().any(|it| it.format.is_some() || *it.strings != Strings::default())
    }

    /// Whether a text stands for a value that is more than text: a number, a boolean, or one of a list.
    fn is_scalar(&self, schema: SchemaId) -> bool {
        let view = View::new(self.planner.api, schema);
        let is_listed = matches!(view.category, Category::StringEnum | Category::IntegerEnum);
        let is_more = matches!(view.single(), Some(Type::Boolean | Type::Integer | Type::Number));
        !view.nullable && (is_listed || (is_more && view.category == Category::Plain))
    }

    /// The schema of one item: that of the items where the document describes all of them as an array.
    fn item(&self, schema: SchemaId) -> SchemaId {
        let view = View::new(self.planner.api, schema);
        let items = view.schemas().find_map(|it| it.arrays.items).filter(|_| view.single() == Some(Type::Array));
        items.map_or(schema, |items| self.target(items))
    }

    /// The schema behind those that only refer to another one.
    fn target(&self, schema: SchemaId) -> SchemaId {
        let schemas = &self.planner.api.schemas;
        let mut id = schema;
        for _ in 0..schemas.len() {
            match alias(schemas, id).filter(|_| !self.planner.components.contains_key(&id)) {
                Some(target) => id = target,
                None => break,
            }
        }
        id
    }

    /// Of the schemas of a body that say what this one of it says, the one that stands for them.
    fn first(&self, schema: SchemaId, body: &Body<'_>) -> SchemaId {
        let all = body.content.iter().filter_map(|it| it.schema);
        let equal = all.filter(|it| are_equal(&self.planner.api.schemas, *it, schema));
        self.target(equal.min_by_key(|it| self.rank(*it)).unwrap_or(schema))
    }

    /// The order in which schemas stand for others, whatever the order of the document: the shortest pointer first.
    fn rank(&self, schema: SchemaId) -> (usize, &Origin) {
        let origin = &self.planner.api.schemas[schema].origin;
        (origin.pointer.as_str().len(), origin)
    }

    /// The type of media types that share one.
    fn group(&mut self, body: &Body<'_>, class: &Class, positions: &[usize], place: &Place, name: &str) -> BodyType {
        match class {
            Class::Model(..) => {
                let schemas = positions.iter().filter_map(|it| body.content[*it].schema);
                schemas
                    .min_by_key(|it| self.rank(*it))
                    .map_or(BodyType::Value, |schema| BodyType::Model(self.planner.named(schema, place)))
            }
            Class::Value(_) => BodyType::Value,
            Class::Items(item) => BodyType::Items(self.planner.named(*item, &place.inner("item"))),
            Class::Events(Some(data)) => BodyType::Events(self.planner.named(*data, &place.inner("data"))),
            Class::Events(None) => BodyType::Events(RustType::String),
            Class::Text(_) => BodyType::Text,
            Class::Binary => {
                // What is in parts has a media type that says what stands between them.
                let is_open = |it: &MediaType| it.as_str().contains('*') || it.essence().starts_with("multipart/");
                let is_said = positions.iter().all(|it| !is_open(&body.content[*it].media_type));
                if positions.len() == 1 && is_said { BodyType::Bytes } else { BodyType::Binary }
            }
            Class::Parts(schema) => {
                let encoding = positions.first().map(|it| body.content[*it].encoding.as_slice()).unwrap_or_default();
                let fields = self.parts(*schema, encoding, place);
                let annotations = &self.planner.api.schemas[*schema].annotations;
                let text = docs::of_part(annotations.description.as_deref(), "The parts of the body.", None);
                self.bodies.push(BodyDraft::Parts { name: name.to_owned(), docs: text, fields });
                BodyType::Own(name.to_owned())
            }
        }
    }

    /// An enum of media types that differ in type.
    fn choice(&mut self, body: &Body<'_>, groups: &[(Class, Vec<usize>)]) -> BodyType {
        let spelled: Vec<_> = groups.iter().map(|(_, positions)| variant(body.content, positions)).collect();
        let keyed = spelled.iter().zip(groups.iter().map(|(_, it)| body.content[it[0]].media_type.as_str()));
        let wishes: Vec<_> = keyed.map(|(name, origin)| Wish { name: name.clone(), origin, first: false }).collect();
        let mut variants = Vec::new();
        for ((class, positions), name) in groups.iter().zip(settle(&wishes, &[])) {
            let place = body.place.inner(&name);
            let own = format!("{}{name}", body.name);
            let ty = match self.group(body, class, positions, &place, &own) {
                // A file takes more room than most models do.
                BodyType::Own(name) => BodyType::OwnBoxed(name),
                ty => ty,
            };
            let listed: Vec<_> = positions.iter().map(|it| code(body.content[*it].media_type.as_str())).collect();
            let docs = format!("In {}.", listed.join(" or "));
            variants.push(Choice { name, docs, ty, positions: positions.clone() });
        }
        let docs = "The body, in one of several media types.".to_owned();
        self.bodies.push(BodyDraft::Choice { name: body.name.clone(), docs, variants });
        BodyType::Own(body.name.clone())
    }

    fn content(&mut self, content: &Content, class: &Class) -> ContentPlan {
        let api = self.planner.api;
        let (codec, schema) = match class {
            Class::Model(schema, _) if content.media_type.is_json() => (Codec::Json, Some(*schema)),
            Class::Model(schema, _) if content.media_type.is_form() => {
                (Codec::Form(forms::form(api, *schema, content, forms::FormKind::Text)), Some(*schema))
            }
            Class::Model(schema, _) if content.media_type.essence() == PLAIN => {
                (Codec::Scalar(shape(api, *schema)), Some(*schema))
            }
            Class::Model(schema, _) | Class::Parts(schema) => {
                let form = forms::form(api, *schema, content, forms::FormKind::Parts);
                self.untyped_files(content, *schema, matches!(class, Class::Parts(_)));
                (Codec::Multipart(form), Some(*schema))
            }
            Class::Value(_) => (Codec::Json, None),
            Class::Text(_) => {
                let is_string = |id: &SchemaId| View::new(api, *id).single() == Some(Type::String);
                let plain = |id: &SchemaId| View::new(api, *id).category != Category::Union;
                (Codec::Text, content.schema.filter(is_string).filter(plain))
            }
            Class::Items(item) if content.media_type.is_json_sequence() => (Codec::Sequence, Some(*item)),
            Class::Items(item) => (Codec::Lines, Some(*item)),
            Class::Events(data) => (Codec::Events, *data),
            Class::Binary => (Codec::Binary, None),
        };
        if let Codec::Form(form) | Codec::Multipart(form) = &codec {
            self.unknown_encodings(content);
            self.other_encodings(content, form);
            self.formless_encodings(content);
        } else if !content.encoding.is_empty() {
            let message = "`encoding` has no effect: it is about the fields of forms";
            self.diagnostics.report(Code::IgnoredField, &content.origin.key("encoding"), message).at_key();
        }
        let pointer = schema.map(|schema| self.planner.entry(schema));
        ContentPlan { media_type: content.media_type.as_str().to_owned(), pointer, codec }
    }

    /// Only the properties of one object can be fields that hold files.
    fn untyped_files(&mut self, content: &Content, schema: SchemaId, has_fields: bool) {
        let where_else = forms::files_elsewhere(self.planner.api, schema, &content.encoding, has_fields);
        if let Some(place) = where_else {
            let message = format!("files {place} are text here: what is no UTF-8 cannot be sent or read");
            self.diagnostics.report(Code::ApproximatedField, &content.origin, message).at_key();
        }
    }

    /// A structure is JSON, whatever its part is called.
    fn other_encodings(&mut self, content: &Content, form: &FormPlan) {
        for encoding in &content.encoding {
            let is_json = |it: &FieldPlan| {
                matches!(it.kind, FieldKind::Json | FieldKind::JsonItems | FieldKind::JsonLists)
                    && it.wire == encoding.property
            };
            let named = encoding.content_type.as_deref().filter(|_| form.fields.iter().any(is_json));
            let is_other = |it: &str| MediaType::parse(it).is_ok_and(|it| !it.is_json() && !it.as_str().contains('*'));
            let Some(other) = named.and_then(|it| it.split(',').map(str::trim).find(|it| is_other(it))) else {
                continue;
            };
            let (name, shown) = (encoding.property.escape_debug(), other.escape_debug());
            let message = format!("the parts of `{name}` are JSON here, also where they are called `{shown}`");
            self.diagnostics.report(Code::ApproximatedField, &encoding.origin, message).at_key();
        }
    }

    /// What stands in a list or an object, and is one itself, has a form in JSON only.
    fn formless_encodings(&mut self, content: &Content) {
        let Some(schema) = content.schema else { return };
        for (encoding, style) in forms::formless(self.planner.api, schema, &content.encoding) {
            let (style, name) = (style.as_str(), encoding.property.escape_debug());
            let message = format!("`{style}` has no form for a list or an object inside another, as `{name}` may be");
            let finding = self.diagnostics.report(Code::ApproximatedField, &encoding.origin, message);
            finding.at_key().taken_as("JSON, each item of a list by itself");
        }
    }

    /// An encoding must be that of a property.
    fn unknown_encodings(&mut self, content: &Content) {
        let Some(schema) = content.schema else { return };
        let properties = forms::properties(self.planner.api, schema);
        for encoding in content.encoding.iter().filter(|it| !properties.contains_key(it.property.as_str())) {
            let message = format!("the schema has no property `{}`", encoding.property.escape_debug());
            self.diagnostics.report(Code::IgnoredField, &encoding.origin, message).at_key();
        }
    }
}

fn code(media_type: &str) -> String {
    format!("`{}`", media_type.replace('`', "'"))
}

/// The media type that a group is called by, in whatever order the document has them: JSON where there is any.
fn leading<'c>(content: &'c [Content], positions: &[usize]) -> &'c Content {
    let rank = |it: &&Content| {
        let media_type = &it.media_type;
        (!media_type.is_json(), media_type.essence() != JSON, media_type.as_str().to_owned())
    };
    positions.iter().map(|position| &content[*position]).min_by_key(rank).unwrap_or(&content[0])
}

/// What people call a media type: with its parameters where they alone tell it from another one.
fn variant(content: &[Content], positions: &[usize]) -> String {
    let own = &leading(content, positions).media_type;
    let mut others = content.iter().enumerate().filter(|(position, _)| !positions.contains(position));
    let name = kind(content, positions);
    match own.as_str().split_once(';') {
        Some((_, parameters)) if others.any(|(_, it)| it.media_type.essence() == own.essence()) => {
            format!("{name}{}", names::pascal(&parameters.replace(['=', ';', '"'], " ")))
        }
        _ => name,
    }
}

/// What people call a media type without its parameters.
fn kind(content: &[Content], positions: &[usize]) -> String {
    let Content { media_type, schema, .. } = leading(content, positions);
    let essence = media_type.essence();
    let subtype = essence.split_once('/').map_or(essence.as_str(), |(_, subtype)| subtype);
    let only = positions.len() == 1;
    let json = || content.iter().enumerate().filter(|(_, it)| it.media_type.is_json());
    let same_schema = json().all(|(_, it)| it.schema == *schema);
    // Of several groups, one is plainly JSON: that of `application/json`, else the first by name.
    let mut others =
        json().filter(|(position, _)| !positions.contains(position)).map(|(_, it)| it.media_type.essence());
    let is_first = essence == JSON || others.all(|it| it != JSON && it > essence);
    if let Some(patch) = patches::told_apart(content, media_type) {
        return names::pascal(&patch);
    }
    match subtype {
        _ if media_type.is_form() => "Form".to_owned(),
        _ if media_type.is_multipart_form() => "Multipart".to_owned(),
        _ if media_type.is_json() && (same_schema || (!only && is_first)) => "Json".to_owned(),
        "*" if media_type.is_text() => "Text".to_owned(),
        "*" => "Binary".to_owned(),
        _ if media_type.is_event_stream() => "Events".to_owned(),
        _ if media_type.is_json_lines() || media_type.is_json_sequence() => "Items".to_owned(),
        _ if !only && !media_type.is_json() => "Binary".to_owned(),
        subtype => names::pascal(subtype),
    }
}
