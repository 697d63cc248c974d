//! The IR as text, for reviewers: everything that goes over the wire, one line an item.
//!
//! ```text
//! operations
//!   PATCH /users/{id} updateUser
//!     path id*: integer <int64>
//!     body* application/json: Changes
//!     200 application/json: User
//!     security token
//! ```
//!
//! A star marks what is required; below `schemas`, members are indented below the schema that they belong to.

mod schemas;

use std::fmt::Write as _;

use super::{
    Api, ApiKeyLocation, Content, Location, Operation, Pagination, ParameterForm, Response, SecurityScheme,
    SecuritySchemeKind, Server,
};
use schemas::node;

/// Prints an API in the order of the document.
pub fn outline(api: &Api) -> String {
    let mut out = format!("{} {}\n", api.info.title.escape_debug(), api.info.version.escape_debug());
    api.servers.iter().for_each(|server| out.push_str(&server_line(server)));
    api.security_schemes.iter().for_each(|scheme| out.push_str(&scheme_line(scheme)));
    for (heading, operations) in [("operations", &api.operations), ("webhooks", &api.webhooks)] {
        if !operations.is_empty() {
            let _ = writeln!(out, "\n{heading}");
            for operation in operations {
                outline_operation(&mut out, api, operation);
            }
        }
    }
    if !api.components.is_empty() {
        out.push_str("\nschemas\n");
    }
    for (name, id) in &api.components {
        node(&mut out, &api.schemas, 1, &name.escape_debug().to_string(), *id);
    }
    out
}

fn server_line(server: &Server) -> String {
    let mut line = format!("server {}", server.url.escape_debug());
    for variable in &server.variables {
        let _ = write!(line, " {}={}", variable.name.escape_debug(), variable.default.escape_debug());
        if !variable.allowed.is_empty() {
            let _ = write!(line, " of {:?}", variable.allowed);
        }
    }
    line.push('\n');
    line
}

fn scheme_line(scheme: &SecurityScheme) -> String {
    let kind = match &scheme.kind {
        SecuritySchemeKind::Basic => "basic".to_owned(),
        SecuritySchemeKind::Bearer => "bearer".to_owned(),
        SecuritySchemeKind::MutualTls => "mutualTLS".to_owned(),
        SecuritySchemeKind::Http { scheme } => format!("http {}", scheme.escape_debug()),
        SecuritySchemeKind::Unknown => "unknown".to_owned(),
        SecuritySchemeKind::ApiKey { location, name } => {
            let location = match location {
                ApiKeyLocation::Header => "header",
                ApiKeyLocation::Query => "query",
                ApiKeyLocation::Cookie => "cookie",
            };
            format!("{location} {}", name.escape_debug())
        }
    };
    format!("scheme {}: {kind}\n", scheme.name.escape_debug())
}

fn outline_operation(out: &mut String, api: &Api, operation: &Operation) {
    let name = operation.rust_name.as_ref().map(|it| format!(" as {it}")).unwrap_or_default();
    let path = operation.path.as_str().escape_debug();
    let deprecated = if operation.deprecated { " deprecated" } else { "" };
    let served = if operation.served { "" } else { " for clients only" };
    let _ = writeln!(out, "  {} {path} {}{name}{deprecated}{served}", operation.method, operation.id.escape_debug());
    if !operation.tags.is_empty() {
        let _ = writeln!(out, "    tags {}", operation.tags.join(", ").escape_debug());
    }
    if !operation.servers.is_empty() {
        let urls: Vec<_> = operation.servers.iter().map(|it| it.url.as_str()).collect();
        let _ = writeln!(out, "    servers {}", urls.join(", ").escape_debug());
    }
    for parameter in &operation.parameters {
        let name = format!("{}{}", parameter.name.escape_debug(), star(parameter.required));
        let form = form(parameter.location, &parameter.form);
        let empty = if parameter.allow_empty { " (may be empty)" } else { "" };
        let label = format!("{} {name}{form}{empty}", parameter.location.as_str());
        node(out, &api.schemas, 2, &label, parameter.schema);
    }
    for content in operation.body.iter().flat_map(|body| &body.content) {
        let required = operation.body.as_ref().is_some_and(|body| body.required);
        outline_content(out, api, &format!("body{}", star(required)), content);
    }
    operation.responses.iter().for_each(|response| outline_response(out, api, response));
    if let Some(Pagination { step, items, .. }) = &operation.pagination {
        let items = items.as_ref().map(|it| format!(" of {}", it.escape_debug())).unwrap_or_default();
        let _ = writeln!(out, "    pages by {step:?}{items}");
    }
    let security: Vec<_> = operation.security.iter().map(|it| requirement(api, &it.schemes)).collect();
    if !security.is_empty() {
        let _ = writeln!(out, "    security {}", security.join(" or "));
    }
}

fn star(required: bool) -> &'static str {
    if required { "*" } else { "" }
}

/// How a value becomes text, where that is not what the location stands for anyway.
fn form(location: Location, form: &ParameterForm) -> String {
    match form {
        ParameterForm::Content(media_type) => format!(" as {}", media_type.escape_debug()),
        ParameterForm::Whole(media_type) => format!(" as the whole query in {}", media_type.escape_debug()),
        ParameterForm::Style { style, explode, allow_reserved } => {
            let style_word = (*style != location.style()).then(|| style.as_str());
            let explode_word = (*explode != style.explodes()).then_some(if *explode { "exploded" } else { "joined" });
            let reserved = allow_reserved.then_some("reserved");
            let words: Vec<_> = [style_word, explode_word, reserved].into_iter().flatten().collect();
            if words.is_empty() { String::new() } else { format!(" ({})", words.join(" ")) }
        }
    }
}

fn outline_content(out: &mut String, api: &Api, label: &str, content: &Content) {
    let label = format!("{label} {}", content.media_type.as_str().escape_debug());
    match content.schema {
        Some(schema) => node(out, &api.schemas, 2, &label, schema),
        None => drop(writeln!(out, "    {label}")),
    }
}

fn outline_response(out: &mut String, api: &Api, response: &Response) {
    let key = response.key.to_string();
    if response.content.is_empty() {
        let _ = writeln!(out, "    {key}");
    }
    response.content.iter().for_each(|content| outline_content(out, api, &key, content));
    for header in &response.headers {
        let name = format!("{}{}", header.name.escape_debug(), star(header.required));
        let label = format!("{key} header {name}{}", form(Location::Header, &header.form));
        node(out, &api.schemas, 2, &label, header.schema);
    }
    if let Some(refusal) = &response.validation_error {
        let _ = writeln!(out, "    {key} refuses with {}", refusal.to_json());
    }
}

fn requirement(api: &Api, schemes: &[(usize, Vec<String>)]) -> String {
    if schemes.is_empty() {
        return "anonymous".to_owned();
    }
    let names = schemes.iter().map(|(idx, scopes)| {
        let scopes = if scopes.is_empty() { String::new() } else { format!("({})", scopes.join(" ").escape_debug()) };
        format!("{}{scopes}", api.security_schemes[*idx].name.escape_debug())
    });
    names.collect::<Vec<_>>().join(" and ")
}
