//! What templates see of server and client.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::fragment::rust;
use super::operations::head;
use super::parameters::location_ident;
use super::tokens::{Scope, ident};
use crate::ir::{ApiKeyLocation, Step};
use crate::plan::names;
use crate::plan::{
    ApiPlan, Credential, HandlersPlan, HookPlan, OperationKind, OperationPlan, PagesPlan, Required, SchemePlan,
    SecurityPlan,
};

/// The operations of one kind as server and client see them.
pub(super) fn operations(plan: &ApiPlan, kind: OperationKind) -> Vec<Value> {
    plan.of_kind(kind).map(|it| side(plan, it)).collect()
}

/// The operations of a server.
pub(super) fn served(plan: &ApiPlan) -> Vec<Value> {
    plan.served().map(|it| side(plan, it)).collect()
}

/// What a server sees beside that: its operations, the traits of tags, and what implements all of them.
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
    // Without tags, one trait has the handlers of all.
    let mut homes = vec!["Api"; plan.operations.len()];
    for group in &plan.handlers {
        group.operations.iter().for_each(|idx| homes[*idx] = &group.name);
    }
    let of_server = |(it, home): (_, &str)| {
        let home = ident(home);
        context! { handlers => rust(&quote!(#home)), ..side(plan, it) }
    };
    let served: Vec<_> = plan.operations.iter().zip(homes).filter(|(it, _)| it.is_served()).map(of_server).collect();
    context! { served, handlers => groups, bounds => rust(&bounds) }
}

/// The names of what the file of a server has, traits first.
pub(super) fn server_items(plan: &ApiPlan) -> Vec<String> {
    let (traits, groups): (Vec<_>, Vec<_>) =
        plan.handlers.iter().map(|it| (it.name.clone(), it.function.clone())).unzip();
    let ends = ["router", "router_with", "routes"].map(str::to_owned);
    let all = (!plan.handlers.is_empty()).then(|| "OPERATIONS".to_owned());
    let functions = plan.served().map(|it| it.function.clone());
    ["Api".to_owned()].into_iter().chain(traits).chain(ends).chain(groups).chain(all).chain(functions).collect()
}

/// The hooks of the security schemes.
pub(super) fn hooks(plan: &ApiPlan) -> Vec<Value> {
    plan.hooks.iter().map(|it| hook(plan, it)).collect()
}

/// The schemes whose credentials a client holds.
pub(super) fn credentials(plan: &ApiPlan) -> Vec<Value> {
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
    let Some(PagesPlan { function, parameter, step, items, item, .. }) = &operation.pages else {
        return Value::from(());
    };
    let name = parameter.map(|it| Literal::string(&operation.parameters[it].described.wire));
    let parameter = name.map(|it| quote!(parameter: #it,));
    let text = |pointer: &String| Literal::string(pointer);
    let optional = |pointer: &Option<String>| option(pointer.as_ref().map(text));
    let paging = match step {
        Step::Page { first, last, .. } => {
            let (first, last) = (Literal::u64_unsuffixed(first.unwrap_or(1)), optional(last));
            quote!(Page { #parameter first: #first, last: #last })
        }
        Step::Offset { .. } => quote!(Offset { #parameter }),
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
        item => rust(&Scope::new(plan, None).ty(item)),
        pages => rust(&quote!(client::PagesOf { paging: client::Paging::#paging, items: #items })),
    }
}

fn option(value: Option<Literal>) -> TokenStream {
    value.map_or_else(|| quote!(None), |it| quote!(Some(#it)))
}

/// Who may call: the gate of the server, and the credentials of the client.
fn access(plan: &ApiPlan, operation: &OperationPlan) -> Value {
    let SecurityPlan::Callers { alternatives, anonymous } = &operation.security else {
        return context! { secured => false };
    };
    let gates: Vec<_> = alternatives.iter().map(|schemes| rust(&gate(plan, schemes))).collect();
    let credentials = alternatives.iter().map(|schemes| {
        let hooks = schemes.iter().map(|it| &plan.schemes[it.scheme]).filter(|it| is_of_http(it));
        let hooks = hooks.map(|it| ident(&it.hook));
        quote!(&[#(&self.#hooks),*])
    });
    let nobody = anonymous.then(|| quote!(, &[]));
    let authorize = quote!(&[#(#credentials),* #nobody]);
    context! { secured => true, anonymous => *anonymous, gates => gates, authorize => rust(&authorize) }
}

/// One alternative: all its credentials must be there before any hook is asked, and every hook must agree.
fn gate(plan: &ApiPlan, schemes: &[Required]) -> TokenStream {
    let names: Vec<_> = (0..schemes.len())
        .map(|idx| if schemes.len() == 1 { ident("credential") } else { format_ident!("credential_{}", idx + 1) })
        .collect();
    let taken = schemes.iter().map(|it| taken(&plan.schemes[it.scheme].credential));
    let taken: Vec<_> = taken.collect();
    let wanted: Vec<_> = schemes.iter().map(|it| it.scheme).collect();
    let Some(hook) = plan.hooks.iter().find(|it| it.schemes == wanted) else { return quote!() };
    let hook = ident(&hook.function);
    let scopes = schemes.iter().filter(|it| plan.schemes[it.scheme].scoped).map(|it| {
        let scopes = it.scopes.iter().map(|scope| Literal::string(scope));
        quote!(&[#(#scopes),*],)
    });
    let ask = quote!(A::#hook(&api, #(#names,)* #(#scopes)* &context).await);
    if let ([name], [take]) = (names.as_slice(), taken.as_slice()) {
        return quote! { if let Some(#name) = #take { gate.admit(#ask); } };
    }
    quote! { if let (#(Some(#names)),*) = (#(#taken),*) { gate.admit(#ask); } }
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
    let schemes: Vec<_> = it.schemes.iter().map(|idx| &plan.schemes[*idx]).collect();
    let is_alone = schemes.len() == 1;
    let own = |scheme: &SchemePlan, rest: &str| format_ident!("{}{rest}", scheme.hook.trim_start_matches("r#"));
    let name = |scheme: &SchemePlan| if is_alone { ident("credential") } else { own(scheme, "_credential") };
    let names: Vec<_> = schemes.iter().map(|it| name(it)).collect();
    let types = schemes.iter().map(|it| credential(&it.credential));
    let credentials = quote!(#(#names: #types),*);
    let asking: Vec<_> = schemes.iter().filter(|it| it.scoped).collect();
    let scopes = asking.iter().map(|it| if is_alone { ident("scopes") } else { own(it, "_scopes") });
    let ignored = asking.iter().map(|_| quote!(, _: &'static [&'static str]));
    let (last, first) = names.split_last().map_or((None, &[][..]), |(last, first)| (Some(last), first));
    context! {
        function => it.function.as_str(),
        docs => it.docs.as_str(),
        credentials => rust(&quote!(#credentials #(, #scopes: &'static [&'static str])*)),
        ignored => rust(&quote!(#credentials #(#ignored)*)),
        demo => rust(&quote!(#(#first.is_demo()?;)* #last.is_demo())),
    }
}

/// Whether a client shows the credential in its requests: a certificate is its transport's business, and what nobody
/// describes is its middleware's.
fn is_of_http(scheme: &SchemePlan) -> bool {
    !matches!(scheme.credential, Credential::ClientCertificate | Credential::Request)
}

fn taken(credential: &Credential) -> TokenStream {
    match credential {
        Credential::Bearer => quote!(gate.bearer()),
        Credential::Basic => quote!(gate.basic()),
        Credential::ClientCertificate => quote!(gate.client_certificate()),
        Credential::Http(scheme) => {
            let scheme = Literal::string(scheme);
            quote!(gate.http(#scheme))
        }
        Credential::Request => quote!(gate.request()),
        Credential::ApiKey(location, name) => {
            let name = Literal::string(name);
            let location = location_ident(location.location());
            quote!(gate.api_key(params::Location::#location, #name))
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
