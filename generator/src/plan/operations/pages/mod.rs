//! Which operations have pages, and what leads from one to the next.
//!
//! The document says so by `x-pagination`, or by shapes and names that many APIs share: `recognize` has them.

mod recognize;

use crate::diagnostics::{Code, Diagnostics, Felt, Left};
use crate::ir::{Api, Location, Operation, Pagination, Step};
use crate::plan::names::{self, Wish, settle};
use crate::plan::operations::draft::PagesDraft;
use recognize::{items, recognized, success};

/// The pages of each operation; their functions get names that no operation has.
pub(super) fn plan(
    api: &Api,
    functions: &[String],
    taken: &[&str],
    diagnostics: &mut Diagnostics,
) -> Vec<Option<PagesDraft>> {
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

fn one(api: &Api, operation: &Operation, function: String, diagnostics: &mut Diagnostics) -> Option<PagesDraft> {
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
    let has = |name: &str| operation.parameters.iter().any(|it| it.location == Location::Query && it.name == name);
    let message = match (step.parameter().filter(|name| !has(name)), success(operation)) {
        (None, Some((response, body))) => {
            let items = said.and_then(|it| it.items.clone()).or_else(|| items(api, body)).unwrap_or_default();
            return Some(PagesDraft { function, response, step, items });
        }
        (Some(name), _) => format!("the operation has no query parameter `{}`", name.escape_debug()),
        (None, None) => "the operation has no successful response in JSON".to_owned(),
    };
    diagnostics
        .report(Code::InvalidExtension, &said?.origin, message)
        .leaves_out(Left::new("the method that gives all pages", Felt::Client));
    None
}
