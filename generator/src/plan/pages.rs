//! Which operations have pages, and what leads from one to the next.
//!
//! The document says so by `x-pagination`, or by a shape that many APIs share: a query parameter `page`, a list of items,
//! and the number of the last page.

use super::api::{PagesPlan, Shape};
use super::names::{self, Wish, settle};
use super::operations::shape;
use super::view::View;
use crate::diagnostics::{Code, Diagnostics, Felt, Left};
use crate::ir::{Api, Location, Operation, Pagination, Response, ResponseKey, SchemaId, Step, Type};

/// Where lists of items are, and where the number of the last page is, in the shapes that are recognized.
const ITEMS: [&str; 3] = ["data", "items", "results"];
const LAST: [&str; 5] = ["meta/last_page", "meta/total_pages", "last_page", "total_pages", "totalPages"];

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
    let (name, step) = match &operation.pagination {
        Some(Pagination { parameter, step, .. }) => (parameter.clone(), step.clone()),
        None => ("page".to_owned(), recognized(api, operation)?),
    };
    let parameter = operation.parameters.iter().position(|it| it.location == Location::Query && it.name == name);
    let response = success(operation);
    if let (Some(parameter), Some((response, _))) = (parameter, response) {
        return Some(PagesPlan { function, parameter, response, step });
    }
    let origin = operation.pagination.as_ref().map(|it| &it.origin)?;
    let message = match parameter {
        None => format!("the operation has no query parameter `{}`", name.escape_debug()),
        Some(_) => "the operation has no successful response in JSON".to_owned(),
    };
    diagnostics
        .report(Code::InvalidExtension, origin, message)
        .leaves_out(Left::new("the method that gives all pages", Felt::Client));
    None
}

/// The first response of success that is JSON, and its schema.
fn success(operation: &Operation) -> Option<(usize, SchemaId)> {
    let schema = |it: &Response| {
        let is_success = matches!(it.key, ResponseKey::Status(200..=299) | ResponseKey::Range(2));
        it.content.iter().find(|it| is_success && it.media_type.is_json()).and_then(|it| it.schema)
    };
    operation.responses.iter().enumerate().find_map(|(position, it)| Some((position, schema(it)?)))
}

fn recognized(api: &Api, operation: &Operation) -> Option<Step> {
    let page = operation.parameters.iter().find(|it| it.location == Location::Query && it.name == "page")?;
    let (_, body) = success(operation)?;
    let is = |path: &str, ty| property(api, body, path).is_some_and(|it| View::new(api, it).single() == Some(ty));
    let items = ITEMS.into_iter().find(|it| is(it, Type::Array))?;
    let last = LAST.into_iter().find(|it| is(it, Type::Integer))?;
    (shape(api, page.schema) == Shape::Integer)
        .then(|| Step::Page { items: format!("/{items}"), last: Some(format!("/{last}")) })
}

/// The schema of a property of a property.
fn property(api: &Api, schema: SchemaId, path: &str) -> Option<SchemaId> {
    path.split('/').try_fold(schema, |schema, name| View::new(api, schema).properties().get(name)?.first().copied())
}
