//! What the specification leaves without a form: some styles for scalars, exploded, or in cookies, and `null` in all.

use super::shapes::{shape, without_null};
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, Location, MediaType, Parameter, ParameterForm, Style};
use crate::plan::words::{RustType, Shape};
use crate::source::Origin;

/// What is written of a parameter or a header, whose text can be no `null` unless it is JSON: who has no value leaves it
/// out.
pub(super) struct Written {
    pub(super) ty: RustType,
    pub(super) shape: Shape,
    /// Whether the schema allows a `null` that cannot be written.
    loses_null: bool,
}

impl Written {
    pub(super) fn new((ty, shape): (RustType, Shape), form: &ParameterForm) -> Self {
        match ty {
            RustType::Option(inner) if !form.is_json() => {
                Self { ty: *inner, shape: without_null(shape), loses_null: true }
            }
            ty => Self { ty, shape, loses_null: false },
        }
    }

    /// Reports where a `null` cannot be said by leaving it out either.
    pub(super) fn check(&self, required: bool, origin: &Origin, what: &str, diagnostics: &mut Diagnostics) {
        if self.loses_null && required {
            let message = format!("`null` has no form in {what}, and this one is required");
            diagnostics
                .report(Code::ApproximatedField, &origin.key("schema"), message)
                .at_key()
                .taken_as("any value but `null`")
                .help("an optional one is left out where there is none");
        }
    }
}

/// How the value of a parameter or a header becomes text: a scalar in a media type of text is as it is without `content`.
pub(super) fn form(form: &ParameterForm, location: Location, shape: &Shape) -> ParameterForm {
    let ParameterForm::Content(media_type) = form else { return form.clone() };
    let is_text = MediaType::parse(media_type).is_ok_and(|it| it.is_text() && !it.is_json());
    if !is_text || may_be(shape, |it| matches!(it, Shape::Array(_) | Shape::Object(..))) {
        return form.clone();
    }
    let style = location.style();
    ParameterForm::Style { style, explode: style.explodes(), allow_reserved: false }
}

/// Reports a style that has no form for the values of its parameter, and what is taken instead.
pub(super) fn check(parameter: &Parameter, shape: &Shape, diagnostics: &mut Diagnostics) {
    let ParameterForm::Style { style, explode, .. } = parameter.form else { return };
    let repeats_names = parameter.location == Location::Query && style == Style::Form && explode;
    if style != Style::DeepObject && is_nested(shape, repeats_names) {
        let message = format!("`{}` has no form for a list or an object inside another", style.as_str());
        diagnostics
            .report(Code::ApproximatedField, &parameter.origin.key("schema"), message)
            .at_key()
            .help("a request that has one is refused before it is sent; JSON in `content` has a form for all values");
    }
    let scalars_only = !may_be(shape, |it| matches!(it, Shape::Array(_) | Shape::Object(..) | Shape::Any));
    let objects = may_be(shape, |it| matches!(it, Shape::Object(..)));
    let several = may_be(shape, |it| matches!(it, Shape::Array(_) | Shape::Object(..)));
    let name = style.as_str();
    let origin = parameter.origin.key("style");
    let (origin, message, instead, help) = match style {
        Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited if scalars_only => {
            (origin, format!("`{name}` has a form for lists and objects only"), "`form`", "")
        }
        Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited if explode => (
            parameter.origin.key("explode"),
            format!("`{name}` has no exploded form"),
            "`form`",
            "`explode: false` is what the style is for",
        ),
        Style::DeepObject if !objects && !matches!(shape, Shape::Any) => (
            origin,
            "`deepObject` has a form for objects only".to_owned(),
            match shape {
                Shape::Array(item) if may_be(item, |it| matches!(it, Shape::Array(_) | Shape::Object(..))) => {
                    "a list with the place of each item, as in `name[0][key]=a&name[1][key]=b`"
                }
                Shape::Array(_) => "a list with brackets, as in `name[]=a&name[]=b`",
                _ => "`name[]=a&name[]=b` for lists, `form` for scalars",
            },
            "",
        ),
        Style::DeepObject if !explode => {
            (origin, "`deepObject` has no form without `explode: true`".to_owned(), "`explode: true`", "")
        }
        Style::Form if parameter.location == Location::Cookie && explode && several => (
            parameter.origin.clone(),
            "`form` has no exploded form in cookies".to_owned(),
            "one cookie for each value",
            "`explode: false` writes all into one",
        ),
        _ => return,
    };
    let finding = diagnostics.report(Code::ApproximatedField, &origin, message).taken_as(instead);
    if !help.is_empty() {
        finding.help(help);
    }
}

/// Whether a style, exploded or not, has a form for a field of a form.
pub(super) fn has_form(shape: &Shape, (style, explode, _): (Style, bool, bool)) -> bool {
    style == Style::DeepObject || !is_nested(shape, style == Style::Form && explode)
}

/// Whether a list or an object is all that may stand within one.
fn is_nested(shape: &Shape, repeats_names: bool) -> bool {
    let is_list = |it: &Shape| matches!(it, Shape::Array(item) if !is_structure(item));
    let is_beyond = |it: &Shape| is_structure(it) && !(repeats_names && is_list(it));
    match shape {
        Shape::OneOf(shapes) => shapes.iter().any(|it| is_nested(it, repeats_names)),
        Shape::Array(item) => is_structure(item),
        Shape::Object(properties, rest) => properties.iter().any(|(_, it)| is_beyond(it)) || is_beyond(rest),
        _ => false,
    }
}

/// Whether a shape is a list or an object, whichever of several it is.
fn is_structure(shape: &Shape) -> bool {
    match shape {
        Shape::OneOf(shapes) => {
            let mut shapes = shapes.iter().filter(|it| **it != Shape::Null).peekable();
            shapes.peek().is_some() && shapes.all(is_structure)
        }
        shape => matches!(shape, Shape::Array(_) | Shape::Object(..)),
    }
}

/// Whether a shape, or one of several, is of a kind.
pub(super) fn may_be(shape: &Shape, kind: fn(&Shape) -> bool) -> bool {
    match shape {
        Shape::OneOf(shapes) => shapes.iter().any(|it| may_be(it, kind)),
        shape => kind(shape),
    }
}

/// Whether the properties of an object stand side by side with other parameters, each under its own name.
pub(super) fn lays_out_names(api: &Api, parameter: &Parameter) -> bool {
    let ParameterForm::Style { style, explode: true, .. } = parameter.form else { return false };
    style != Style::DeepObject && may_be(&shape(api, parameter.schema), |it| matches!(it, Shape::Object(..)))
}
