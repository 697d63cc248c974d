//! What the run time is told about operations: the same as generated code says, made while the program runs.

use specwright_runtime::Schemas;
use specwright_runtime::http::{Content, Documented, Field, Form, Operation, RequestBody, Statuses};
use specwright_runtime::params::{self, Parameter};

use crate::ir::{Location, ParameterForm, ResponseKey, Style};
use crate::plan::{
    ApiPlan, Codec, ContentPlan, Described, FieldKind, FieldPlan, FormPlan, OperationPlan, ResponsePlan, Shape,
};

/// Keeps a value for as long as the program runs.
pub(crate) fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

pub(super) fn kept_text(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn all<T>(all: impl Iterator<Item = T>) -> &'static [T] {
    Box::leak(all.collect::<Vec<_>>().into_boxed_slice())
}

/// The schemas of a document.
pub(super) fn schemas(plan: &ApiPlan) -> &'static Schemas {
    kept(Schemas::owned(plan.tables.clone()))
}

/// An operation.
pub(crate) fn operation(plan: &OperationPlan, schemas: &'static Schemas) -> &'static Operation {
    kept(Operation {
        id: kept_text(&plan.id),
        method: kept_text(&plan.method.to_string()),
        path: kept_text(&plan.path),
        tags: all(plan.tags.iter().map(|it| kept_text(it))),
        schemas,
        parameters: all(plan.parameters.iter().map(|it| kept(parameter(&it.described)))),
        keys: all(plan.keys.iter().map(|(location, name)| (self::location(*location), kept_text(name)))),
        body: plan
            .body
            .as_ref()
            .map(|it| RequestBody { required: it.required, content: contents(&it.payload.content) }),
        responses: all(plan.responses.iter().map(response)),
        violations: plan.violations,
    })
}

fn parameter(plan: &Described) -> Parameter {
    let (name, pointer, shape) = (kept_text(&plan.wire), kept_text(&plan.pointer), shape(&plan.shape));
    let base = match plan.location {
        Location::Path => Parameter::path(name, pointer, shape),
        Location::Query => Parameter::query(name, pointer, shape),
        Location::Header => Parameter::header(name, pointer, shape),
        Location::Cookie => Parameter::cookie(name, pointer, shape),
    };
    let base = Parameter { required: plan.required, allow_empty: plan.allow_empty, ..base };
    match plan.form {
        ParameterForm::Content(_) => Parameter { content: true, ..base },
        ParameterForm::Whole(_) => Parameter { content: plan.form.is_json(), whole: true, ..base },
        ParameterForm::Style { style, explode, allow_reserved } => {
            Parameter { style: self::style(style), explode, allow_reserved, ..base }
        }
    }
}

pub(super) fn location(location: Location) -> params::Location {
    match location {
        Location::Path => params::Location::Path,
        Location::Query => params::Location::Query,
        Location::Header => params::Location::Header,
        Location::Cookie => params::Location::Cookie,
    }
}

fn style(style: Style) -> params::Style {
    match style {
        Style::Simple => params::Style::Simple,
        Style::Label => params::Style::Label,
        Style::Matrix => params::Style::Matrix,
        Style::Form => params::Style::Form,
        Style::SpaceDelimited => params::Style::SpaceDelimited,
        Style::PipeDelimited => params::Style::PipeDelimited,
        Style::TabDelimited => params::Style::TabDelimited,
        Style::DeepObject => params::Style::DeepObject,
        Style::Cookie => params::Style::Cookie,
    }
}

fn shape(plan: &Shape) -> params::Shape {
    match plan {
        Shape::Any => params::Shape::Any,
        Shape::Null => params::Shape::Null,
        Shape::Boolean => params::Shape::Boolean,
        Shape::Integer => params::Shape::Integer,
        Shape::Number => params::Shape::Number,
        Shape::String => params::Shape::String,
        Shape::Array(items) => params::Shape::Array(kept(shape(items))),
        Shape::Object(members, rest) => {
            let members = members.iter().map(|(name, it)| (kept_text(name), shape(it)));
            params::Shape::Object(all(members), Some(kept(shape(rest))))
        }
        Shape::OneOf(shapes) => params::Shape::OneOf(all(shapes.iter().map(shape))),
    }
}

fn contents(plans: &[ContentPlan]) -> &'static [Content] {
    all(plans.iter().map(content))
}

fn content(plan: &ContentPlan) -> Content {
    let media_type = kept_text(&plan.media_type);
    let schema = plan.pointer.as_ref().map(|it| kept_text(it));
    let content = match &plan.codec {
        Codec::Json => Content::any_json(media_type),
        Codec::Form(it) => Content::form("", kept(form(it))),
        Codec::Multipart(it) => Content::multipart("", kept(form(it))),
        Codec::Text => Content::text(media_type),
        Codec::Scalar(it) => Content::scalar(media_type, "", kept(shape(it))),
        Codec::Binary => Content::binary(media_type),
        Codec::Lines => Content::lines(media_type),
        Codec::Sequence => Content::sequence(media_type),
        Codec::Events => Content::events(),
    };
    Content { schema, ..content }
}

fn form(plan: &FormPlan) -> Form {
    let further = plan.further.as_ref().map(|it| kept(shape(it)));
    Form { fields: all(plan.fields.iter().map(field)), further }
}

fn field(plan: &FieldPlan) -> Field {
    let name = kept_text(&plan.wire);
    let mut field = match &plan.kind {
        FieldKind::Text(it) => Field::text(name, shape(it)),
        FieldKind::Json => Field::json(name),
        FieldKind::JsonItems => Field::json_items(name),
        FieldKind::JsonLists => Field::json_lists(name),
        FieldKind::Either(it) => Field::either(name, shape(it)),
        FieldKind::File => Field::file(name),
        FieldKind::FileOrText => Field::file_or_text(name),
    };
    if let Some((style, explode, reserved)) = plan.style {
        field = field.styled(self::style(style), explode);
        field = if reserved { field.reserved() } else { field };
    }
    plan.media_types.as_ref().map_or(field, |it| field.of(kept_text(it)))
}

fn response(plan: &ResponsePlan) -> Documented {
    let statuses = match plan.key {
        ResponseKey::Status(code) => Statuses::Exactly(code),
        ResponseKey::Range(digit) => Statuses::Class(digit),
        ResponseKey::Default => Statuses::Default,
    };
    let content = plan.payload.as_ref().map_or(&[][..], |it| contents(&it.content));
    let headers = all(plan.headers.iter().map(|it| kept(parameter(&it.described))));
    let documented = Documented::within(statuses).with_content(content).with_headers(headers);
    match &plan.refusal {
        Some(refusal) => documented.with_refusal(kept_text(refusal)),
        None => documented,
    }
}
