//! What templates see of server and client.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::fragment::{finished, inline_type, on_a_line, rust};
use super::operations::head;
use super::parameters::location_ident;
use super::roots::server;
use super::spaced::spaced;
use super::tokens::{Scope, ident};
use crate::ir::{ApiKeyLocation, Step};
use crate::plan::names;
use crate::plan::{
    ApiPlan, Credential, HandlersPlan, HookPlan, OperationKind, OperationPlan, PagesPlan, Required, SchemePlan,
    SecurityPlan,
};

/// What client, server, tests and examples show of the operations that are called.
pub(super) fn both(plan: &ApiPlan, api: &Value) -> Value {
    let operations = operations(plan, OperationKind::Operation);
    let servers: Vec<_> = plan.servers.iter().map(|it| server(it, &quote!(client))).collect();
    let (served, hooks, credentials) = (served(plan), hooks(plan), credentials(plan));
    context! { api, operations, served, hooks, credentials, servers }
}

/// The operations of one kind as server and client see them.
pub(super) fn operations(plan: &ApiPlan, kind: OperationKind) -> Vec<Value> {
    plan.of_kind(kind).map(|it| side(plan, it)).collect()
}

/// The operations of a server.
fn served(plan: &ApiPlan) -> Vec<Value> {
    plan.served().map(|it| side(plan, it)).collect()
}

/// What a server sees beside that: the traits of tags, and what implements all of them.
pub(super) fn serving(plan: &ApiPlan) -> Value {
    let group = |it: &HandlersPlan| {
        let operations: Vec<_> = it.operations.iter().map(|idx| side(plan, &plan.operations[*idx])).collect();
        let routes_docs = format!("The operations of `{}`, as `routes` gives those of all tags.", it.name);
        let (name, function, docs) = (it.name.as_str(), it.function.as_str(), it.docs.as_str());
        context! { name, function, docs, routes_docs, operations }
    };
    let groups: Vec<_> = plan.handlers.iter().map(group).collect();
    let traits = plan.handlers.iter().map(|it| ident(&it.name));
    let bounds = if groups.is_empty() { quote!(Api) } else { quote!(#(#traits)+*) };
    context! { handlers => groups, bounds => rust(&bounds) }
}

/// The names of what the file of a server has, traits first.
pub(super) fn server_items(plan: &ApiPlan) -> Vec<String> {
    let (traits, groups): (Vec<_>, Vec<_>) =
        plan.handlers.iter().map(|it| (it.name.clone(), it.function.clone())).unzip();
    let all = (!plan.handlers.is_empty()).then(|| "OPERATIONS".to_owned());
    let ends = ["router", "router_with", "routes"].map(str::to_owned);
    ["Api".to_owned()].into_iter().chain(traits).chain(ends).chain(all).chain(groups).collect()
}

/// The hooks of the security schemes.
fn hooks(plan: &ApiPlan) -> Vec<Value> {
    plan.hooks.iter().map(|it| hook(plan, it)).collect()
}

/// The schemes whose credentials a client holds.
fn credentials(plan: &ApiPlan) -> Vec<Value> {
    plan.schemes.iter().filter(|it| is_of_http(it)).map(scheme).collect()
}

fn side(plan: &ApiPlan, operation: &OperationPlan) -> Value {
    let module = ident(&operation.module);
    context! {
        head => head(operation),
        module => rust(&quote!(#module)),
        pages => pages(plan, operation),
        ..access(plan, operation)
    }
}

/// The function that gives all pages: how they follow one another, and what is on them.
fn pages(plan: &ApiPlan, operation: &OperationPlan) -> Value {
    let Some(PagesPlan { function, step, items, item }) = &operation.pages else {
        return Value::from(());
    };
    let name = step.parameter().map(Literal::string);
    let parameter = name.as_ref().map(|it| quote!(parameter: #it,));
    let text = |pointer: &String| Literal::string(pointer);
    let optional = |pointer: &Option<String>| option(pointer.as_ref().map(text));
    let paging = match step {
        Step::Page { first, last, pages, more, .. } => {
            let first = Literal::u64_unsuffixed(first.unwrap_or(1));
            let (last, pages, more) = (optional(last), optional(pages), optional(more));
            quote!(Page { #parameter first: #first, last: #last, pages: #pages, more: #more })
        }
        Step::Offset { more, .. } => {
            let more = optional(more);
            quote!(Offset { #parameter more: #more })
        }
        Step::Cursor { next, more, .. } => {
            let (next, more) = (text(next), optional(more));
            quote!(Cursor { #parameter next: #next, more: #more })
        }
        Step::After { key, more, .. } => {
            let (key, more) = (text(key), optional(more));
            quote!(After { #parameter key: #key, more: #more })
        }
        Step::Url { next } => {
            let next = text(next);
            quote!(Url { next: #next })
        }
        Step::Link => quote!(Link),
        // The plan has no pages of these.
        Step::Off => return Value::from(()),
    };
    let items = text(items);
    context! {
        function => function.as_str(),
        item => inline_type(&Scope::new(plan, None).ty(item)),
        pages => rust(&quote!(client::PagesOf { paging: client::Paging::#paging, items: #items })),
        paging => finished(format!("{} at {items}", spaced(&paging))),
    }
}

fn option(value: Option<Literal>) -> TokenStream {
    value.map_or_else(|| quote!(None), |it| quote!(Some(#it)))
}

/// Who may call: the gate of the server, and the credentials of the client.
fn access(plan: &ApiPlan, operation: &OperationPlan) -> Value {
    let SecurityPlan::Callers { alternatives, anonymous } = &operation.security else {
        let nothing = || finished(String::new());
        return context! { secured => false, callers => nothing(), principal => nothing(), credentials => nothing() };
    };
    let credentials = alternatives.iter().map(|schemes| {
        let hooks = schemes.iter().map(|it| plan.scheme(it.scheme)).filter(|it| is_of_http(it));
        hooks.map(|it| ident(&it.hook)).collect::<Vec<_>>()
    });
    let credentials: Vec<_> = credentials.chain(anonymous.then(Vec::new)).collect();
    let authorize = credentials.iter().map(|hooks| quote!(&[#(&self.#hooks),*]));
    let authorize = quote!(&[#(#authorize),*]);
    let credentials: Vec<_> = credentials.iter().map(|hooks| format!("[{}]", spaced(quote!(#(#hooks),*)))).collect();
    let hooks: Vec<_> = alternatives.iter().filter_map(|schemes| hook_call(plan, schemes)).collect();
    let (who, principal) = if *anonymous { ("principal_or_anonymous", "(Option<()>)") } else { ("principal", "(())") };
    let callers = match hooks.as_slice() {
        [] => format!("{who}:"),
        [one] => format!("{who}: {one}"),
        several => format!("\n            {who}: {}\n        ", several.join("\n            | ")),
    };
    context! {
        secured => true,
        anonymous => *anonymous,
        authorize => rust(&authorize),
        credentials => finished(format!(" by {}", credentials.join(" "))),
        callers => finished(callers),
        principal => finished(principal.to_owned()),
    }
}

/// One alternative as `routes!` wants it: the hook, its credentials with how each is taken, and its scopes.
fn hook_call(plan: &ApiPlan, schemes: &[Required]) -> Option<String> {
    let wanted: Vec<_> = schemes.iter().map(|it| it.scheme).collect();
    let hook = plan.hooks.iter().find(|it| it.schemes == wanted)?;
    let credentials = schemes.iter().enumerate().map(|(idx, it)| {
        let name = if schemes.len() == 1 { "credential".to_owned() } else { format!("credential_{}", idx + 1) };
        format!("{name} = {}", on_a_line(&taken(&plan.scheme(it.scheme).credential)))
    });
    let scopes = schemes.iter().filter(|it| plan.scheme(it.scheme).scoped).map(|it| {
        let scopes = it.scopes.iter().map(|scope| Literal::string(scope));
        on_a_line(&quote!(&[#(#scopes),*]))
    });
    let (credentials, scopes) = (credentials.collect::<Vec<_>>().join(", "), scopes.collect::<Vec<_>>().join(", "));
    let scopes = if scopes.is_empty() { scopes } else { format!("; {scopes}") };
    Some(format!("{}({credentials}{scopes})", ident(&hook.function)))
}

/// The type of a credential.
fn credential(of: &Credential) -> TokenStream {
    match of {
        Credential::Bearer => quote!(server::Bearer),
        Credential::Basic => quote!(server::Basic),
        Credential::ApiKey(..) => quote!(server::ApiKey),
        Credential::ClientCertificate => quote!(server::ClientCertificate),
        Credential::Http(_) => quote!(server::HttpCredentials),
        Credential::Request => quote!(server::RequestHead),
    }
}

/// A hook: its parameters, and how a stand-in fills it in.
fn hook(plan: &ApiPlan, it: &HookPlan) -> Value {
    let schemes: Vec<_> = it.schemes.iter().map(|it| plan.scheme(*it)).collect();
    let is_alone = schemes.len() == 1;
    let own = |scheme: &SchemePlan, rest: &str| format_ident!("{}{rest}", scheme.hook.trim_start_matches("r#"));
    let name = |scheme: &SchemePlan| if is_alone { ident("credential") } else { own(scheme, "_credential") };
    let names: Vec<_> = schemes.iter().map(|it| name(it)).collect();
    let types = schemes.iter().map(|it| credential(&it.credential));
    let credentials = quote!(#(#names: #types),*);
    let asking: Vec<_> = schemes.iter().filter(|it| it.scoped).collect();
    let scopes: Vec<_> = asking.iter().map(|it| if is_alone { ident("scopes") } else { own(it, "_scopes") }).collect();
    let behind = if scopes.is_empty() { quote!() } else { quote!(; #(#scopes),*) };
    context! {
        function => it.function.as_str(),
        docs => it.docs.as_str(),
        credentials => rust(&quote!(#credentials #(, #scopes: &'static [&'static str])*)),
        admitted => finished(format!("{}{behind}", spaced(&credentials))),
    }
}

/// Whether a client shows the credential in its requests: a certificate is its transport's business, and what nobody
/// describes is its middleware's.
fn is_of_http(scheme: &SchemePlan) -> bool {
    !matches!(scheme.credential, Credential::ClientCertificate | Credential::Request)
}

/// How a gate takes a credential from a request.
fn taken(credential: &Credential) -> TokenStream {
    match credential {
        Credential::Bearer => quote!(bearer()),
        Credential::Basic => quote!(basic()),
        Credential::ClientCertificate => quote!(client_certificate()),
        Credential::Http(scheme) => {
            let scheme = Literal::string(scheme);
            quote!(http(#scheme))
        }
        Credential::Request => quote!(request()),
        Credential::ApiKey(location, name) => {
            let name = Literal::string(name);
            let location = location_ident(location.location());
            quote!(api_key(params::Location::#location, #name))
        }
    }
}

fn scheme(it: &SchemePlan) -> Value {
    let kind = match &it.credential {
        Credential::Bearer => "bearer",
        Credential::Basic => "basic",
        Credential::ApiKey(..) => "api_key",
        Credential::ClientCertificate => "certificate",
        Credential::Http(_) => "http",
        Credential::Request => "request",
    };
    let (location, name) = match &it.credential {
        Credential::ApiKey(location, name) => {
            let location = match location {
                ApiKeyLocation::Header => quote!(params::Location::Header),
                ApiKeyLocation::Query => quote!(params::Location::Query),
                ApiKeyLocation::Cookie => quote!(params::Location::Cookie),
            };
            (location, name.as_str())
        }
        Credential::Http(scheme) => (quote!(()), scheme.as_str()),
        _ => (quote!(()), ""),
    };
    context! {
        hook => it.hook.as_str(),
        setter => names::setter(&it.hook),
        about => format!("The credential of the security scheme `{}`.", it.wire.replace('`', "'")),
        kind => kind,
        location => rust(&location),
        key => name,
    }
}
