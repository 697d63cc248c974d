//! Styles that the specification leaves without a form: for scalars, exploded, or in cookies.

use super::shapes::shape;
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, Location, Parameter, ParameterForm, Style};
use crate::plan::words::Shape;

/// Reports a style that has no form for the values of its parameter, and what is taken instead.
pub(super) fn check(parameter: &Parameter, shape: &Shape, diagnostics: &mut Diagnostics) {
    let ParameterForm::Style { style, explode, .. } = parameter.form else { return };
    let scalars_only = !may_be(shape, |it| matches!(it, Shape::Array(_) | Shape::Object(..) | Shape::Any));
    let objects = may_be(shape, |it| matches!(it, Shape::Object(..)));
    let several = may_be(shape, |it| matches!(it, Shape::Array(_) | Shape::Object(..)));
    let name = style.as_str();
    let origin = parameter.origin.key("style");
    let (origin, message, help) = match style {
        Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited if scalars_only => {
            (origin, format!("`{name}` has a form for lists and objects only"), "taken as: `form`")
        }
        Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited if explode => (
            parameter.origin.key("explode"),
            format!("`{name}` has no exploded form"),
            "taken as: `form`; `explode: false` is what the style is for",
        ),
        Style::DeepObject if !objects && !matches!(shape, Shape::Any) => (
            origin,
            "`deepObject` has a form for objects only".to_owned(),
            "taken as: `name[]=a&name[]=b` for lists, `form` for scalars",
        ),
        Style::DeepObject if !explode => {
            (origin, "`deepObject` has no form without `explode: true`".to_owned(), "taken as: `explode: true`")
        }
        Style::Form if parameter.location == Location::Cookie && explode && several => (
            parameter.origin.clone(),
            "`form` has no exploded form in cookies".to_owned(),
            "taken as: one cookie for each value; `explode: false` writes all into one",
        ),
        _ => return,
    };
    diagnostics.report(Code::ApproximatedField, &origin, message).help(help);
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
