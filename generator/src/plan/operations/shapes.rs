//! Shapes: how the texts of values become JSON.

use crate::ir::{Api, SchemaId, Type, Types};
use crate::plan::words::Shape;
use crate::schemas::View;

/// So many shapes are within one: what names the next level several times, level by level, would have no end otherwise.
const MOST: usize = 5_000;
const DEEPEST: usize = 8;

/// How the text of a value becomes JSON; what is deeper than a text can sensibly be, or too much, is any JSON.
pub(super) fn shape(api: &Api, id: SchemaId) -> Shape {
    Shapes { api, left: MOST }.within(id, 0)
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

/// The shapes of a value and of what is in it.
struct Shapes<'a> {
    api: &'a Api,
    /// How many more there may be.
    left: usize,
}

impl Shapes<'_> {
    fn within(&mut self, id: SchemaId, depth: usize) -> Shape {
        if depth > DEEPEST || self.left == 0 {
            return Shape::Any;
        }
        self.left -= 1;
        let view = View::new(self.api, id);
        if let Some(schema) = view.union().filter(|_| view.types == Types::ALL) {
            let branches = schema.one_of.iter().chain(&schema.any_of);
            return Shape::OneOf(branches.map(|branch| self.within(*branch, depth + 1)).collect());
        }
        let types = match view.listed_types() {
            Some(types) if types == Types::NONE => Types::only(Type::String),
            Some(types) => types,
            None if view.types == Types::ALL => return Shape::Any,
            None => view.types,
        };
        let shapes: Vec<_> = types.iter().map(|ty| self.typed(&view, ty, depth)).collect();
        match shapes.as_slice() {
            [only] => only.clone(),
            _ => Shape::OneOf(shapes),
        }
    }

    fn typed(&mut self, view: &View<'_>, ty: Type, depth: usize) -> Shape {
        match ty {
            Type::Null => Shape::Null,
            Type::Boolean => Shape::Boolean,
            Type::Integer => Shape::Integer,
            Type::Number => Shape::Number,
            Type::String => Shape::String,
            Type::Array => {
                let items = view.schemas().find_map(|it| it.arrays.items);
                Shape::Array(Box::new(items.map_or(Shape::Any, |id| self.within(id, depth + 1))))
            }
            Type::Object => {
                let properties = view.properties();
                let members = properties.iter().map(|(name, ids)| ((*name).to_owned(), self.within(ids[0], depth + 1)));
                let members = members.collect();
                let rest = view.schemas().find_map(|it| it.objects.additional);
                Shape::Object(members, Box::new(rest.map_or(Shape::Any, |id| self.within(id, depth + 1))))
            }
        }
    }
}
