//! Holds recorded exchanges against the document.

use http::StatusCode;
use http::header::CONTENT_TYPE;
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;
use specwright_runtime::Schemas;
use specwright_runtime::dynamic::check_response_closely;
use specwright_runtime::http::{Operation, RawResponse};

use super::record::{Exchange, Finding};
use crate::ir::{Api, Server};
use crate::mock::describe;
use crate::plan::ApiPlan;

/// The operations of a document.
pub(super) struct Judge {
    operations: Vec<&'static Operation>,
    /// The paths of the document's servers, which stand before those of its operations; the longest last, since of
    /// operations that fit equally well the last one counts.
    bases: Vec<String>,
}

impl Judge {
    pub(super) fn new(api: &Api, plan: &ApiPlan) -> Self {
        let schemas = describe::kept(Schemas::owned(closed(&plan.tables)));
        let operations = plan.served().map(|it| describe::operation(it, schemas)).collect();
        let mut bases: Vec<String> = api.servers.iter().map(Server::base_path).chain([String::new()]).collect();
        bases.sort_by_key(String::len);
        bases.dedup();
        Self { operations, bases }
    }

    /// What is not as documented; `None` where the document has no such operation.
    pub(super) fn findings(&self, exchange: &Exchange) -> Option<Vec<Finding>> {
        let operation = self.operation(exchange)?;
        let Exchange { status, headers, body, .. } = exchange;
        let code = StatusCode::from_u16(*status).ok()?;
        let response = RawResponse { status: code, headers: headers.clone(), body: body.clone().into() };
        let violations = check_response_closely(operation, response);
        let json: Option<Json> = serde_json::from_slice(body).ok();
        let media_type = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).map(str::to_owned);
        let finding = |it: &specwright_runtime::Violation| {
            let place = it.pointer.strip_prefix("/body");
            let value = place.and_then(|it| json.as_ref()?.pointer(it)).cloned();
            // An undocumented status says of which type its body is.
            let value = if it.keyword == "status" { json.clone() } else { value };
            Finding {
                operation: operation.id.to_owned(),
                status: *status,
                media_type: media_type.clone(),
                pointer: it.pointer.clone(),
                keyword: it.keyword.to_string(),
                message: it.message.clone(),
                limit: it.limit.clone(),
                found: value.as_ref().map(|it| kind(it).to_owned()),
                value,
            }
        };
        Some(violations.iter().map(finding).collect())
    }

    /// The operation of an exchange: of several that fit, the one with most of its path in letters.
    fn operation(&self, exchange: &Exchange) -> Option<&'static Operation> {
        let fitting = self.bases.iter().filter_map(|base| exchange.path.strip_prefix(base.as_str()));
        let found = fitting.flat_map(|path| {
            let of_method = self.operations.iter().filter(|it| it.method == exchange.method);
            of_method.filter_map(move |it| Some((literals(it.path, path)?, *it)))
        });
        found.max_by_key(|(literals, _)| *literals).map(|(_, it)| it)
    }
}

/// How many segments of a template a path has in its letters; `None` where it does not fit.
fn literals(template: &str, path: &str) -> Option<usize> {
    let (wanted, given) = (template.split('/'), path.split('/'));
    if wanted.clone().count() != given.clone().count() {
        return None;
    }
    let mut literals = 0;
    for (wanted, given) in wanted.zip(given) {
        let given = percent_decode_str(given).decode_utf8().ok()?;
        match wanted.split_once('{') {
            None if wanted == given => literals += 1,
            Some((before, rest)) => {
                let after = rest.rsplit_once('}').map_or("", |(_, after)| after);
                let middle = given.strip_prefix(before)?.strip_suffix(after)?;
                if middle.is_empty() {
                    return None;
                }
            }
            None => return None,
        }
    }
    Some(literals)
}

/// The tables with every open set closed: what open ones keep is news here.
fn closed(tables: &str) -> String {
    let Ok(mut tables) = serde_json::from_str::<Json>(tables) else { return tables.to_owned() };
    tables.as_object_mut().into_iter().flatten().for_each(|(_, schema)| close(schema));
    tables.to_string()
}

/// Members whose own members are named by the document.
const NAMING: [&str; 4] = ["$defs", "dependentSchemas", "patternProperties", "properties"];
/// Members that hold values, and no schemas.
const VALUES: [&str; 6] = ["const", "default", "enum", "example", "examples", "x-refusal"];

fn close(schema: &mut Json) {
    match schema {
        Json::Object(members) => {
            members.remove("x-open");
            for (name, member) in members.iter_mut().filter(|(name, _)| !VALUES.contains(&name.as_str())) {
                match member {
                    Json::Object(named) if NAMING.contains(&name.as_str()) => named.values_mut().for_each(close),
                    member => close(member),
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// The JSON type of a value.
fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(it) if it.is_i64() || it.is_u64() || it.as_f64().is_some_and(|it| it.fract() == 0.0) => "integer",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}
