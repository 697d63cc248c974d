//! What templates see of the fields of structs.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::TokenStream;
use quote::quote;

use super::context::quote_word;
use super::fragment::{inline_type, rust};
use super::tokens::{Scope, ident, number, presence_word};
use crate::plan::{DefaultValue, Field, Presence, RustType, names};

/// A field of a struct with its constructor's, setter's and builder's parts.
pub(super) fn field(scope: &Scope<'_>, field: &Field) -> Value {
    let constant = field.constant.as_ref().and_then(|it| constant(scope, it, &field.ty));
    // A builder converts what it is given.
    let given = match &field.constant {
        Some(DefaultValue::Text(text)) => Some(quote!(#text)),
        _ => constant.clone(),
    };
    let initial = match (field.presence, &field.ty) {
        _ if constant.is_some() => constant.clone(),
        (Presence::Required, RustType::String) => Some(into(&field.name)),
        (Presence::Required, RustType::Secret(inner)) if **inner == RustType::String => Some(into(&field.name)),
        (Presence::Required, _) => None,
        (Presence::Optional, _) => Some(quote!(None)),
        (Presence::Tristate, _) => Some(quote!(support::Tristate::Absent)),
    };
    let setter = field.ty.inner().filter(|_| field.presence != Presence::Required).map(|it| taken(scope, it));
    context! {
        name => field.name.as_str(),
        wire => field.wire.as_str(),
        docs => field.docs.as_str(),
        deprecated => field.deprecated,
        ty => rust(&scope.ty(&field.ty)),
        presence => rust(&quote_word(presence_word(field.presence))),
        initial => initial.map(|tokens| rust(&tokens)),
        setter => setter.is_some().then(|| names::setter(&field.name)),
        held => setter.map(|it| inline_type(&it)),
        given => given.map(|tokens| match &field.constant {
            Some(DefaultValue::Variant(_)) => inline_type(&tokens),
            _ => rust(&tokens),
        }),
    }
}

/// The one value of a property, as an expression.
fn constant(scope: &Scope<'_>, value: &DefaultValue, ty: &RustType) -> Option<TokenStream> {
    Some(match value {
        DefaultValue::Bool(value) => quote!(#value),
        DefaultValue::Number(value) => number(value, ty),
        DefaultValue::Text(value) => quote!(#value.into()),
        DefaultValue::Variant(name) => {
            let (ty, name) = (scope.ty(ty), ident(name));
            quote!(#ty::#name)
        }
        DefaultValue::Empty => return None,
    })
}

/// The method that gives the value of a property, or its default.
pub(super) fn default(scope: &Scope<'_>, field: &Field) -> Option<Value> {
    let place = ident(&field.name);
    let ty = field.ty.inner().filter(|_| field.presence == Presence::Optional)?;
    let held = scope.ty(ty);
    let (ty, value) = match field.default.as_ref()? {
        DefaultValue::Bool(default) => (held, quote!(self.#place.unwrap_or(#default))),
        DefaultValue::Number(default) => {
            let default = number(default, ty);
            (held, quote!(self.#place.unwrap_or(#default)))
        }
        DefaultValue::Text(default) => (quote!(&str), quote!(self.#place.as_deref().unwrap_or(#default))),
        DefaultValue::Empty => {
            let RustType::Vec(item) = ty else { return None };
            let item = scope.ty(item);
            (quote!(&[#item]), quote!(self.#place.as_deref().unwrap_or_default()))
        }
        DefaultValue::Variant(default) => {
            let default = ident(default);
            (quote!(&#held), quote!(self.#place.as_ref().unwrap_or(&#held::#default)))
        }
    };
    let name = names::or_default(&field.name);
    let docs = format!("The property `{}`, or its default.", field.wire.replace('`', "'"));
    Some(context! { name, docs, deprecated => field.deprecated, ty => rust(&ty), value => rust(&value) })
}

fn into(name: &str) -> TokenStream {
    let name = ident(name);
    quote!(#name.into())
}

/// The argument of the constructor for a field.
pub(super) fn argument(scope: &Scope<'_>, field: &Field) -> Value {
    context! { name => field.name.as_str(), argument => rust(&taken(scope, &field.ty)) }
}

/// What an argument for a value takes.
pub(super) fn taken(scope: &Scope<'_>, ty: &RustType) -> TokenStream {
    let into = scope.std("Into", &quote!(::core::convert));
    let own = scope.ty(ty);
    match ty {
        RustType::String => quote!(impl #into<#own>),
        RustType::Secret(inner) if **inner == RustType::String => quote!(impl #into<#own>),
        _ => own,
    }
}
