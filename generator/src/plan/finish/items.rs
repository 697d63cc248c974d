//! The types of the items of pages.

use crate::plan::words::{Model, ModelKind, RustType};
use crate::source::Pointer;

/// The type of the items of pages, by the pointer to them in a body; where there is none, they are JSON of any kind.
pub(super) fn item(models: &[Model], body: Option<&RustType>, pointer: &str) -> RustType {
    known(models, body, pointer).unwrap_or(RustType::Value)
}

fn known(models: &[Model], body: Option<&RustType>, pointer: &str) -> Option<RustType> {
    let steps = pointer.split('/').skip(1).map(Pointer::unescape);
    let list = steps.into_iter().try_fold(body?, |ty, step| property(models, ty, &step))?;
    let RustType::Vec(item) = bare(models, list) else { return None };
    let item = if let RustType::Boxed(inner) = &**item { inner } else { item };
    Some((**item).clone())
}

/// The type of a property of an object.
fn property<'p>(models: &'p [Model], ty: &'p RustType, name: &str) -> Option<&'p RustType> {
    let RustType::Model(id) = bare(models, ty) else { return None };
    let ModelKind::Struct(object) = &models.get(id.0)?.kind else { return None };
    object.fields.iter().find(|it| it.wire == name).map(|it| &it.ty)
}

/// A type without what may stand around it: names, boxes, and that it may be absent.
fn bare<'p>(models: &'p [Model], mut ty: &'p RustType) -> &'p RustType {
    loop {
        ty = match ty {
            RustType::Option(inner) | RustType::Tristate(inner) | RustType::Boxed(inner) => inner,
            RustType::Model(id) => match models.get(id.0).map(|it| &it.kind) {
                Some(ModelKind::Newtype(inner, _)) => inner,
                _ => return ty,
            },
            _ => return ty,
        };
    }
}
