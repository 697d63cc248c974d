//! Shapes: how the texts of values become JSON.

use crate::ir::{Api, SchemaId, Type, Types};
use crate::plan::words::Shape;
use crate::schemas::View;

/// How the text of a value becomes JSON.
pub(super) fn shape(api: &Api, id: SchemaId) -> Shape {
    shape_within(api, id, 0)
}

/// The shape without `null`, as far as anything is left of it.
pub(super) fn without_null(shape: Shape) -> Shape {
    let Shape::OneOf(shapes) = shape else { return shape };
    let mut rest: Vec<_> = shapes.into_iter().map(without_null).filter(|it| !is_null(it)).collect();
    match rest.pop() {
        Some(only) if rest.is_empty() => only,
        Some(last) => Shape::OneOf(rest.into_iter().chain([last]).collect()),
        None => Shape::Null,
    }
}

/// Whether nothing but `null` has the shape.
fn is_null(shape: &Shape) -> bool {
    match shape {
        Shape::Null => true,
        Shape::OneOf(shapes) => shapes.iter().all(is_null),
        _ => false,
    }
}

fn shape_within(api: &Api, id: SchemaId, depth: usize) -> Shape {
    const DEEPEST: usize = 8;
    let view = View::new(api, id);
    if depth > DEEPEST {
        return Shape::Any;
    }
    if let Some(schema) = view.union().filter(|_| view.types == Types::ALL) {
        let branches = schema.one_of.iter().chain(&schema.any_of);
        return Shape::OneOf(branches.map(|branch| shape_within(api, *branch, depth + 1)).collect());
    }
    let types = match view.listed_types() {
        Some(types) if types == Types::NONE => Types::only(Type::String),
        Some(types) => types,
        None if view.types == Types::ALL => return Shape::Any,
        None => view.types,
    };
    let shapes: Vec<_> = types.iter().map(|ty| shape_of(api, &view, ty, depth)).collect();
    match shapes.as_slice() {
        [only] => only.clone(),
        _ => Shape::OneOf(shapes),
    }
}

fn shape_of(api: &Api, view: &View<'_>, ty: Type, depth: usize) -> Shape {
    match ty {
        Type::Null => Shape::Null,
        Type::Boolean => Shape::Boolean,
        Type::Integer => Shape::Integer,
        Type::Number => Shape::Number,
        Type::String => Shape::String,
        Type::Array => {
            let items = view.schemas().find_map(|it| it.arrays.items);
            Shape::Array(Box::new(items.map_or(Shape::Any, |id| shape_within(api, id, depth + 1))))
        }
        Type::Object => {
            let properties = view.properties();
            let members =
                properties.iter().map(|(name, ids)| ((*name).to_owned(), shape_within(api, ids[0], depth + 1)));
            let members = members.collect();
            let rest = view.schemas().find_map(|it| it.objects.additional);
            Shape::Object(members, Box::new(rest.map_or(Shape::Any, |id| shape_within(api, id, depth + 1))))
        }
    }
}
