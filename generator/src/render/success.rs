//! What an operation is called for: the type of its success, and the way to it from all its responses.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::TokenStream;
use quote::quote;

use super::bodies;
use super::fragment::rust;
use super::tokens::{Scope, ident};
use crate::ir::ResponseKey;
use crate::plan::{BodyType, OperationPlan, ResponsePlan, RustType};

/// How the success of an operation is written.
enum Form<'a> {
    /// The document names no success: whichever response has a status of success.
    Any,
    /// One, and what it is about is its body, or nothing; its headers are in the response.
    Body(&'a ResponsePlan),
    /// One without a body, which is about its headers or its status: a struct.
    Struct(&'a ResponsePlan),
    /// Several: an enum.
    Enum(Vec<&'a ResponsePlan>),
}

fn form(operation: &OperationPlan) -> Form<'_> {
    let class = |first: u16| {
        let is_in = move |it: &&ResponsePlan| match it.key {
            ResponseKey::Status(code) => code / 100 == first,
            ResponseKey::Range(digit) => digit == first,
            ResponseKey::Default => false,
        };
        operation.responses.iter().filter(is_in).collect::<Vec<_>>()
    };
    // Where nothing says 2xx, a redirection or a switch of protocols is what the operation is for.
    let successes = [2, 3, 1].into_iter().map(class).find(|it| !it.is_empty()).unwrap_or_default();
    match successes.as_slice() {
        [] => Form::Any,
        [one] if is_plain(one) || one.payload.is_some() => Form::Body(one),
        [one] => Form::Struct(one),
        _ => Form::Enum(successes),
    }
}

/// Whether a variant has at most its body.
fn is_plain(it: &ResponsePlan) -> bool {
    it.headers.is_empty() && matches!(it.key, ResponseKey::Status(_))
}

/// The item that the success needs, where it needs one.
pub(super) fn item(operation: &OperationPlan) -> Option<String> {
    matches!(form(operation), Form::Struct(_) | Form::Enum(_)).then(|| "Success".to_owned())
}

/// The type of the success, the arms that lead to it, and the item that it needs.
///
/// `responses` are the variants of `Response` as the template sees them, in order.
pub(super) fn success(scope: &Scope<'_>, operation: &OperationPlan, responses: &[Value]) -> Value {
    let shown = |it: &ResponsePlan| {
        let idx = operation.responses.iter().position(|other| other.variant == it.variant);
        idx.and_then(|idx| responses.get(idx)).cloned().unwrap_or_default()
    };
    match form(operation) {
        Form::Any => context! { kind => "any", ty => rust(&quote!(Self)), arms => any(operation) },
        Form::Body(one) => {
            let (ty, arm) = plain(scope, one);
            context! { kind => "body", ty => rust(&ty), arms => vec![rust(&arm)] }
        }
        Form::Struct(one) => {
            let (variant, fields) = (ident(&one.variant), fields(one));
            let arm = quote!(Self::#variant { #(#fields),* } => Ok(Success { #(#fields),* }));
            context! { kind => "struct", ty => rust(&quote!(Success)), arms => vec![rust(&arm)], response => shown(one) }
        }
        Form::Enum(all) => {
            let arms = all.iter().map(|it| rust(&same(it))).collect::<Vec<_>>();
            let responses = all.iter().map(|it| shown(it)).collect::<Vec<_>>();
            context! { kind => "enum", ty => rust(&quote!(Success)), arms, responses }
        }
    }
}

/// The body alone, out of its box.
fn plain(scope: &Scope<'_>, it: &ResponsePlan) -> (TokenStream, TokenStream) {
    let variant = ident(&it.variant);
    let pattern = if is_plain(it) { quote!(Self::#variant(body)) } else { quote!(Self::#variant { body, .. }) };
    match it.payload.as_ref().map(|payload| &payload.ty) {
        None => (quote!(()), quote!(Self::#variant => Ok(()))),
        Some(BodyType::Model(RustType::Boxed(inner))) => (scope.ty(inner), quote!(#pattern => Ok(*body))),
        Some(BodyType::OwnBoxed(name)) => {
            let name = ident(name);
            (quote!(#name), quote!(#pattern => Ok(*body)))
        }
        Some(ty) => (bodies::ty(scope, ty), quote!(#pattern => Ok(body))),
    }
}

/// The variant of `Success` that is as one of `Response`.
fn same(it: &ResponsePlan) -> TokenStream {
    let variant = ident(&it.variant);
    if !is_plain(it) {
        let fields = fields(it);
        return quote!(Self::#variant { #(#fields),* } => Ok(Success::#variant { #(#fields),* }));
    }
    match it.payload {
        Some(_) => quote!(Self::#variant(body) => Ok(Success::#variant(body))),
        None => quote!(Self::#variant => Ok(Success::#variant)),
    }
}

fn fields(it: &ResponsePlan) -> Vec<TokenStream> {
    let status = (!matches!(it.key, ResponseKey::Status(_))).then(|| quote!(status));
    let headers = it.headers.iter().map(|header| {
        let name = ident(&header.name);
        quote!(#name)
    });
    let body = it.payload.is_some().then(|| quote!(body));
    status.into_iter().chain(headers).chain(body).collect()
}

/// The responses that may have any status.
fn any(operation: &OperationPlan) -> Vec<Value> {
    let default = operation.responses.iter().find(|it| it.key == ResponseKey::Default);
    let arm = match default.map(|it| ident(&it.variant)) {
        Some(variant) => quote!(Self::#variant { status, .. } if status.is_success() => Ok(self)),
        None => quote!(Self::Undocumented(response) if response.status.is_success() => Ok(self)),
    };
    vec![rust(&arm)]
}
