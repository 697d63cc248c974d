//! What templates see of an operation's own file.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::context::docs;
use super::fields::{self, taken};
use super::fragment::{finished, inline_type, integer, laid_out, parameter_list, rust, text_literal};
use super::roots::server;
use super::spaced::spaced;
use super::tokens::{Scope, ident};
use super::{bodies, parameters, success};
use crate::config::Side;
use crate::ir::{Method, ResponseKey};
use crate::plan::{
    ApiPlan, Construction, HeaderPlan, Home, OperationPlan, ParameterPlan, ResponsePlan, ServerPlan, names,
};

/// An operation's own file.
pub(super) fn operation(plan: &ApiPlan, idx: usize) -> Value {
    let scope = Scope::new(plan, Some(Home::Operation(idx)));
    let operation = &plan.operations[idx];
    let parameters: Vec<_> = operation.parameters.iter().map(|it| parameter(&scope, it)).collect();
    let responses: Vec<_> = operation.responses.iter().map(|it| response(&scope, it)).collect();
    let has_default = operation.responses.iter().any(|it| it.key == ResponseKey::Default);
    context! {
        head => head(operation),
        servers => servers(plan, operation).iter().map(|it| server(it, &quote!(support::client))).collect::<Vec<_>>(),
        defaults => operation.parameters.iter().filter_map(|it| default(&scope, it)).collect::<Vec<_>>(),
        parameters => parameters,
        success => success::success(&scope, operation, &responses),
        responses => responses,
        body => body(&scope, operation),
        accepts => operation.accepts,
        bodies => operation.bodies.iter().map(|it| bodies::item(&scope, it)).collect::<Vec<_>>(),
        violations => operation.violations.map(|code| rust(&integer(i64::from(code)))),
        tags => tags(operation),
        keys => keys(operation),
        undocumented => !has_default,
        default => operation.construction == Construction::Default,
        constructor => operation.construction.required().is_none().then(|| constructor(&scope, operation)),
        required => operation.construction.required(),
        deprecates => operation.parameters.iter().any(|it| it.deprecated),
        uneven => operation.uneven,
    }
}

/// The tags as `operation!` wants them; none where there are none.
fn tags(operation: &OperationPlan) -> Option<Value> {
    let tags: Vec<_> = operation.tags.iter().map(|tag| Literal::string(tag).to_string()).collect();
    (!tags.is_empty()).then(|| finished(format!("[{}]", tags.join(", "))))
}

/// The API keys as `operation!` wants them; none where there are none.
fn keys(operation: &OperationPlan) -> Option<Value> {
    let keys = operation.keys.iter().map(|(place, name)| {
        let (place, name) = (parameters::location_ident(*place), Literal::string(name));
        quote!(#place(#name))
    });
    (!operation.keys.is_empty()).then(|| laid_out(&quote!([#(#keys),*]), "    keys ".len(), 1))
}

/// The constructor with the parameters that it takes, as `operation!` wants it; the body is there anyway.
fn constructor(scope: &Scope<'_>, operation: &OperationPlan) -> Value {
    let required = operation.parameters.iter().filter(|it| it.described.required);
    let arguments: Vec<_> =
        required.map(|it| format!("{}: {}", ident(&it.name), spaced(taken(scope, &it.ty)))).collect();
    finished(format!("new({})", parameter_list(&arguments, "    Request new() {".len())))
}

/// The names of the items that an operation's file makes, those of its models left out.
pub(super) fn operation_items(plan: &ApiPlan, operation: &OperationPlan) -> Vec<String> {
    let servers = (!servers(plan, operation).is_empty()).then(|| "SERVERS".to_owned());
    let ends = success::item(operation).into_iter().chain(["Request", "Response"].map(str::to_owned));
    servers.into_iter().chain(ends).chain(operation.bodies.iter().map(|it| it.name().to_owned())).collect()
}

/// The servers that an operation has for itself, where there is a client to call them.
fn servers<'p>(plan: &ApiPlan, operation: &'p OperationPlan) -> &'p [ServerPlan] {
    if plan.has(Side::Client) { &operation.servers } else { &[] }
}

/// A method as `operation!` wants it: a text where it is one of the document's own.
fn method(method: &Method) -> TokenStream {
    match method {
        Method::Other(name) => quote!(#name),
        known => {
            let known = format_ident!("{}", known.to_string());
            quote!(#known)
        }
    }
}

pub(super) fn head(operation: &OperationPlan) -> Value {
    let method = method(&operation.method);
    context! {
        module => operation.module.as_str(),
        function => operation.function.as_str(),
        id => operation.id.as_str(),
        path => operation.path.as_str(),
        method => rust(&method),
        docs => docs(&operation.docs, operation.deprecated),
        brief => operation.brief.as_str(),
        link => rust(&link(operation)),
        line => format!("`{}`", signature(operation)),
        signature => signature(operation),
        deprecated => operation.deprecated,
        converts => names::is_conversion(&operation.function),
        pages => format!(
            "The pages of `{}`, each asked for when it is wanted; `items` gives what is on them.",
            operation.function.trim_start_matches("r#")
        ),
    }
}

/// The method and the path, as the text of code.
fn signature(operation: &OperationPlan) -> String {
    format!("{} {}", operation.method, operation.path.replace('`', "'"))
}

/// The way from a side to the operation's own file, which has all that the document says.
fn link(operation: &OperationPlan) -> TokenStream {
    let line = format!(" [`{}`](mod@{})", signature(operation), operation.module);
    quote!(#[doc = ""] #[doc = #line])
}

/// The method that gives the value of a parameter, or its default.
fn default(scope: &Scope<'_>, it: &ParameterPlan) -> Option<Value> {
    let fields::Access { ty, value } = fields::access(scope, &it.name, &it.ty, it.default.as_ref()?);
    let docs = format!("The parameter `{}`, or its default.", it.described.wire.replace('`', "'"));
    let name = names::or_default(&it.name);
    Some(context! { name, docs, deprecated => it.deprecated, ty => rust(&ty), value => rust(&value) })
}

fn parameter(scope: &Scope<'_>, it: &ParameterPlan) -> Value {
    let (ty, required) = (inline_type(&scope.ty(&it.ty)), it.described.required);
    let setter = names::setter(&it.name);
    let argument = fields::argument_of_setter(scope, &it.ty);
    let before = if required {
        format!("        required {}: {ty} = ", it.name)
    } else {
        format!("        optional {} {setter}{argument}: {ty} = ", it.name)
    };
    context! {
        name => it.name.as_str(),
        wire => it.described.wire.as_str(),
        setter,
        required,
        argument => finished(argument),
        held => ty,
        docs => it.docs.as_str(),
        deprecated => it.deprecated,
        value => parameters::value(&it.described, it.shared.as_ref(), before.len(), 2),
    }
}

fn body(scope: &Scope<'_>, operation: &OperationPlan) -> Value {
    let Some(body) = &operation.body else { return Value::from(()) };
    let ty = inline_type(&bodies::ty(scope, &body.payload.ty));
    let required = body.required;
    let argument = bodies::argument(scope, &body.payload.ty);
    let before = if required { "required" } else { "optional with_body" };
    let before = format!("    body {before}{argument}: {ty} = ").len();
    context! {
        held => ty,
        required,
        argument => finished(argument),
        docs => body.docs.as_str(),
        content => bodies::contents(&body.payload, before, 1),
    }
}

fn response(scope: &Scope<'_>, it: &ResponsePlan) -> Value {
    let open = it.has_status();
    let typed = it.payload.as_ref().map(|payload| bodies::ty(scope, &payload.ty));
    let body = typed.or_else(|| it.is_raw().then(|| quote!(http::RawResponse)));
    let headers: Vec<_> = it.headers.iter().map(|it| header(scope, it)).collect();
    let form = match (open || !headers.is_empty(), &body) {
        (true, _) => "struct",
        (false, Some(_)) => "tuple",
        (false, None) => "unit",
    };
    let how = match &it.payload {
        Some(payload) if bodies::is_json(payload) => Some(quote!(json)),
        Some(_) => Some(quote!(any)),
        None => it.is_raw().then(|| quote!(raw)),
    };
    let none = rust(&quote!([]));
    let held = body.as_ref().map(inline_type);
    let before = match &held {
        Some(held) if form == "tuple" => format!("        on 200 {}(body: {held} as json): ", it.variant).len(),
        _ => "        }: ".len(),
    };
    context! {
        variant => it.variant.as_str(),
        docs => it.docs.as_str(),
        form => form,
        open => open,
        headers => headers,
        body => body.map(|ty| rust(&ty)),
        held,
        key => rust(&key(it.key)),
        how => how.map(|it| rust(&it)),
        content => it.payload.as_ref().map_or(none, |it| bodies::contents(it, before, 2)),
        refusal => it.refusal.as_deref().map(|it| text_literal(it, 0, 0)),
    }
}

fn header(scope: &Scope<'_>, it: &HeaderPlan) -> Value {
    let (ty, required) = (scope.ty(&it.ty), it.described.required);
    let field = if required { ty.clone() } else { quote!(Option<#ty>) };
    let held = inline_type(&ty);
    let before = format!("            header {}: optional {held} = ", it.name).len();
    context! {
        name => it.name.as_str(),
        docs => it.docs.as_str(),
        ty => rust(&field),
        held,
        required,
        value => parameters::value(&it.described, it.shared.as_ref(), before, 3),
    }
}

/// The key of a response as `operation!` wants it.
fn key(key: ResponseKey) -> TokenStream {
    let literal = Literal::u16_unsuffixed;
    match key {
        ResponseKey::Status(code) => {
            let code = literal(code);
            quote!(#code)
        }
        ResponseKey::Range(digit) => {
            let (first, last) = (literal(digit * 100), literal(digit * 100 + 99));
            quote!((#first..=#last))
        }
        ResponseKey::Default => quote!((default)),
    }
}
