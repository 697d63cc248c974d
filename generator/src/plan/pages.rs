//! Which operations have pages, and what leads from one to the next.
//!
//! The document says so by `x-pagination`, or by shapes and names that many APIs share: `recognize` has them.

use super::api::{ApiPlan, OperationPlan, PagesPlan};
use super::names::{self, Wish, settle};
use super::payload::BodyType;
use super::types::{ModelKind, RustType};
use crate::diagnostics::{Code, Diagnostics, Felt, Left};
use crate::ir::{Api, Location, Operation, Pagination, Step};
use crate::source::Pointer;

mod recognize;

use recognize::{items, recognized, success};

/// The pages of each operation; their functions get names that no operation has.
pub(super) fn plan(
    api: &Api,
    functions: &[String],
    taken: &[&str],
    diagnostics: &mut Diagnostics,
) -> Vec<Option<PagesPlan>> {
    let wishes: Vec<_> = api
        .operations
        .iter()
        .zip(functions)
        .map(|(it, function)| Wish { name: names::module(&format!("{function} pages")), origin: &it.id, first: false })
        .collect();
    let taken: Vec<&str> = functions.iter().map(String::as_str).chain(taken.iter().copied()).collect();
    let names = settle(&wishes, &taken);
    api.operations.iter().zip(names).map(|(operation, function)| one(api, operation, function, diagnostics)).collect()
}

fn one(api: &Api, operation: &Operation, function: String, diagnostics: &mut Diagnostics) -> Option<PagesPlan> {
    if operation.deprecated {
        if let Some(Pagination { origin, .. }) = &operation.pagination {
            let message = "`x-pagination` has no effect: the operation is deprecated";
            diagnostics.report(Code::IgnoredField, origin, message).at_key();
        }
        return None;
    }
    let said = operation.pagination.as_ref();
    let step = said.map(|it| it.step.clone()).or_else(|| recognized(api, operation))?;
    if step == Step::Off {
        return None;
    }
    let named = step.parameter().map(str::to_owned);
    let parameter = named
        .as_ref()
        .map(|name| operation.parameters.iter().position(|it| it.location == Location::Query && it.name == *name));
    let response = success(operation);
    if let (None | Some(Some(_)), Some((response, body))) = (parameter, response) {
        let items = said.and_then(|it| it.items.clone()).or_else(|| items(api, body)).unwrap_or_default();
        let parameter = parameter.flatten();
        return Some(PagesPlan { function, parameter, response, step, items, item: RustType::Value });
    }
    let message = match (parameter, named) {
        (Some(None), Some(name)) => format!("the operation has no query parameter `{}`", name.escape_debug()),
        _ => "the operation has no successful response in JSON".to_owned(),
    };
    diagnostics
        .report(Code::InvalidExtension, &said?.origin, message)
        .leaves_out(Left::new("the method that gives all pages", Felt::Client));
    None
}

/// Gives the items of all pages their types; where there is none, they are JSON of any kind.
pub(super) fn settle_items(plan: &mut ApiPlan) {
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
