//! The part of the program that depends on the operations: how to call each, and what its handler sees.

use std::fmt::Write as _;

use specwright::plan::{ApiPlan, OperationPlan, RustType};

const HEAD: &str = "//! How to call each operation, and what its handler sees.

use std::pin::Pin;

use cases::support::json;
use cases::support::server::{Context, Failure};
use cases::table::client::Client;
use cases::table::operations::*;
use cases::table::server::Api;

use crate::{Handler, Values, optional, required};

type Calling<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

";

/// The text of `operations.rs`.
pub(super) fn operations(plan: &ApiPlan) -> String {
    let mut text = HEAD.to_owned();
    text.push_str("pub(crate) fn call<'a>(client: &'a Client, operation: &str, values: &'a Values) -> Calling<'a> {\n");
    text.push_str("    match operation {\n");
    plan.operations.iter().for_each(|it| call(&mut text, it));
    text.push_str("        _ => Box::pin(async { Err(\"there is no such operation\".to_owned()) }),\n    }\n}\n\n");
    text.push_str("impl Api for Handler {\n    type Error = Failure;\n\n");
    plan.operations.iter().for_each(|it| handler(&mut text, it));
    text.push_str("}\n");
    text
}

fn call(text: &mut String, operation: &OperationPlan) {
    let OperationPlan { module, function, id, parameters, .. } = operation;
    let (needed, others): (Vec<_>, Vec<_>) = parameters.iter().partition(|it| it.described.required);
    let needed = needed.iter().map(|it| {
        // A constructor takes anything that becomes text.
        let text = if it.ty == RustType::String { "::<String>" } else { "" };
        format!("required{text}(values, {:?})?", it.described.wire)
    });
    let needed: Vec<_> = needed.collect();
    let word = if others.is_empty() { "let" } else { "let mut" };
    let _ = writeln!(text, "        {id:?} => Box::pin(async move {{");
    let _ = writeln!(text, "            {word} request = {module}::Request::new({});", needed.join(", "));
    for it in others {
        let _ = writeln!(text, "            request.{} = optional(values, {:?})?;", it.name, it.described.wire);
    }
    let _ = writeln!(text, "            let outcome = client.{function}(&request).response().await;");
    let _ = writeln!(text, "            outcome.map(drop).map_err(|error| error.to_string())\n        }}),");
}

fn handler(text: &mut String, operation: &OperationPlan) {
    let OperationPlan { module, function, parameters, .. } = operation;
    let seen = parameters.iter().map(|it| {
        let name = &it.name;
        let value = if it.described.required {
            format!("Some(json::to_value(&request.{name}))")
        } else {
            format!("request.{name}.as_ref().map(json::to_value)")
        };
        format!("({:?}, {value})", it.described.wire)
    });
    let seen: Vec<_> = seen.collect();
    let _ = writeln!(
        text,
        "    async fn {function}(&self, request: {module}::Request, _: &Context) -> Result<{module}::Response, Failure> {{"
    );
    let _ = writeln!(text, "        self.sees(&[{}]);", seen.join(", "));
    let _ = writeln!(text, "        Ok({module}::Response::NoContent)\n    }}");
}
