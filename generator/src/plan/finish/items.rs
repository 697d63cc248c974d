//! The types of the items of pages, once all models are settled.

use crate::plan::words::{ApiPlan, BodyType, ModelKind, OperationPlan, RustType};
use crate::source::Pointer;

/// Gives the items of all pages their types; where there is none, they are JSON of any kind.
pub(super) fn settle(plan: &mut ApiPlan) {
    for position in 0..plan.operations.len() {
        let Some(ty) = item(plan, &plan.operations[position]) else { continue };
        if let Some(pages) = &mut plan.operations[position].pages {
            pages.item = ty;
        }
    }
}

fn item(plan: &ApiPlan, operation: &OperationPlan) -> Option<RustType> {
    let pages = operation.pages.as_ref()?;
    let BodyType::Model(body) = &operation.responses[pages.response].payload.as_ref()?.ty else { return None };
    let steps = pages.items.split('/').skip(1).map(Pointer::unescape);
    let list = steps.into_iter().try_fold(body, |ty, step| property(plan, ty, &step))?;
    let RustType::Vec(item) = bare(plan, list) else { return None };
    let item = if let RustType::Boxed(inner) = &**item { inner } else { item };
    Some((**item).clone())
}

/// The type of a property of an object.
fn property<'p>(plan: &'p ApiPlan, ty: &'p RustType, name: &str) -> Option<&'p RustType> {
    let RustType::Model(id) = bare(plan, ty) else { return None };
    let ModelKind::Struct(object) = &plan.models.get(id.0)?.kind else { return None };
    object.fields.iter().find(|it| it.wire == name).map(|it| &it.ty)
}

/// A type without what may stand around it: names, boxes, and that it may be absent.
fn bare<'p>(plan: &'p ApiPlan, mut ty: &'p RustType) -> &'p RustType {
    loop {
        ty = match ty {
            RustType::Option(inner) | RustType::Tristate(inner) | RustType::Boxed(inner) => inner,
            RustType::Model(id) => match plan.models.get(id.0).map(|it| &it.kind) {
                Some(ModelKind::Newtype(inner, _)) => inner,
                _ => return ty,
            },
            _ => return ty,
        };
    }
}
