//! What an operation is called for: the type of its success, and the way to it from all its responses.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::TokenStream;
use quote::quote;

use super::bodies;
use super::fragment::{arm, inline_type, rust};
use super::tokens::{Scope, ident};
use crate::ir::ResponseKey;
use crate::plan::{BodyType, OperationPlan, ResponsePlan, RustType};

/// How the success of an operation is written.
enum Form<'a> {
    /// The document names no success: whichever response has a status of success.
    Any,
    /// One, and what it is about is its body, or nothing; its headers are in the response.
    Body(&'a ResponsePlan),
    /// One without a body, which is about its headers: a struct.
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
        [one] if is_plain(one) || one.has_body() => Form::Body(one),
        [one] => Form::Struct(one),
        _ => Form::Enum(successes),
    }
}

/// Whether a variant has at most its body.
fn is_plain(it: &ResponsePlan) -> bool {
    it.headers.is_empty() && !it.has_status()
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
        Form::Any => context! { kind => "any", ty => rust(&quote!(Self)), arms => vec![any(operation)] },
        Form::Body(one) => {
            let (ty, arm) = plain(scope, one);
            context! { kind => "body", ty => inline_type(&ty), arms => vec![arm] }
        }
        Form::Struct(one) => {
            let (variant, fields) = (ident(&one.variant), fields(one));
            let arm = arm(&quote!(Self::#variant { #(#fields),* }), Some(&quote!(Success { #(#fields),* })));
            context! { kind => "struct", ty => rust(&quote!(Success)), arms => vec![arm], response => shown(one) }
        }
        Form::Enum(all) => {
            let arms = all.iter().map(|it| same(it)).collect::<Vec<_>>();
            let responses = all.iter().map(|it| shown(it)).collect::<Vec<_>>();
            context! { kind => "enum", ty => rust(&quote!(Success)), arms, responses }
        }
    }
}

/// The body alone, out of its box.
fn plain(scope: &Scope<'_>, it: &ResponsePlan) -> (TokenStream, Value) {
    let variant = ident(&it.variant);
    let pattern = if is_plain(it) { quote!(Self::#variant(body)) } else { quote!(Self::#variant { body, .. }) };
    match it.payload.as_ref().map(|payload| &payload.ty) {
        None if it.is_raw() => (quote!(http::RawResponse), arm(&pattern, Some(&quote!(body)))),
        None => (quote!(()), arm(&quote!(Self::#variant), Some(&quote!(())))),
        Some(BodyType::Model(RustType::Boxed(inner))) => (scope.ty(inner), arm(&pattern, Some(&quote!(*body)))),
        Some(BodyType::OwnBoxed(name)) => {
            let name = ident(name);
            (quote!(#name), arm(&pattern, Some(&quote!(*body))))
        }
        Some(ty) => (bodies::ty(scope, ty), arm(&pattern, Some(&quote!(body)))),
    }
}

/// The variant of `Success` that is as one of `Response`.
fn same(it: &ResponsePlan) -> Value {
    let variant = ident(&it.variant);
    if !is_plain(it) {
        let fields = fields(it);
        return arm(&quote!(Self::#variant { #(#fields),* }), Some(&quote!(Success::#variant { #(#fields),* })));
    }
    if it.has_body() {
        arm(&quote!(Self::#variant(body)), Some(&quote!(Success::#variant(body))))
    } else {
        arm(&quote!(Self::#variant), Some(&quote!(Success::#variant)))
    }
}

fn fields(it: &ResponsePlan) -> Vec<TokenStream> {
    let status = it.has_status().then(|| quote!(status));
    let headers = it.headers.iter().map(|header| {
        let name = ident(&header.name);
        quote!(#name)
    });
    let body = it.has_body().then(|| quote!(body));
    status.into_iter().chain(headers).chain(body).collect()
}

/// The response that may have any status.
fn any(operation: &OperationPlan) -> Value {
    let default = operation.responses.iter().find(|it| it.key == ResponseKey::Default);
    let pattern = match default.map(|it| (ident(&it.variant), it)) {
        Some((variant, it)) if it.has_status() => quote!(Self::#variant { status, .. } if status.is_success()),
        Some((variant, it)) if is_plain(it) => quote!(Self::#variant(body) if body.status.is_success()),
        Some((variant, _)) => quote!(Self::#variant { body, .. } if body.status.is_success()),
        None => quote!(Self::Undocumented(response) if response.status.is_success()),
    };
    arm(&pattern, None)
}
