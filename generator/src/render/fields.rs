//! What templates see of the fields of structs.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::TokenStream;
use quote::quote;

use super::context::quote_word;
use super::fragment::{finished, inline_type, integer, on_a_line, rust};
use super::spaced::spaced;
use super::tokens::{Scope, ident, number, presence_word};
use crate::plan::{DefaultValue, Field, ModelId, ModelKind, Presence, Rest, RustType, names};

/// A field of a struct with its constructor's and setter's parts.
pub(super) fn field(scope: &Scope<'_>, field: &Field) -> Value {
    let constant = field.constant.as_ref().and_then(|it| constant(scope, it, &field.ty));
    let absent = field.ty.inner().filter(|_| field.presence != Presence::Required);
    context! {
        name => field.name.as_str(),
        wire => field.wire.as_str(),
        docs => field.docs.as_str(),
        deprecated => field.deprecated,
        held => inline_type(&scope.ty(absent.unwrap_or(&field.ty))),
        presence => rust(&quote_word(if field.is_constant() { "constant" } else { presence_word(field.presence) })),
        setter => absent.is_some().then(|| names::setter(&field.name)),
        argument => absent.map(|it| finished(argument_of_setter(scope, it))),
        given => constant.map(|tokens| finished(on_a_line(&tokens))),
    }
}

/// What a constructor gives a field: its argument, where nothing is said here.
pub(super) fn initial(scope: &Scope<'_>, field: &Field) -> Option<TokenStream> {
    let constant = field.constant.as_ref().and_then(|it| constant(scope, it, &field.ty));
    match (field.presence, &field.ty) {
        _ if constant.is_some() => constant,
        (Presence::Required, RustType::String) => Some(into(&field.name)),
        (Presence::Required, RustType::Secret(inner)) if **inner == RustType::String => Some(into(&field.name)),
        (Presence::Required, _) => None,
        (Presence::Optional, _) => Some(quote!(None)),
        (Presence::Tristate, _) => Some(quote!(support::Tristate::Absent)),
    }
}

/// The one value of a property, as an expression.
fn constant(scope: &Scope<'_>, value: &DefaultValue, ty: &RustType) -> Option<TokenStream> {
    let is_scalar = is_constant(value) || matches!(value, DefaultValue::Text(_));
    is_scalar.then(|| expression(scope, ty, value))
}

/// The method that gives the value of a property, or its default.
pub(super) fn default(scope: &Scope<'_>, field: &Field) -> Option<Value> {
    let held = field.ty.inner().filter(|_| field.presence == Presence::Optional)?;
    let Access { ty, value } = access(scope, &field.name, held, field.default.as_ref()?);
    let name = names::or_default(&field.name);
    let docs = format!("The property `{}`, or its default.", field.wire.replace('`', "'"));
    Some(context! { name, docs, deprecated => field.deprecated, ty => rust(&ty), value => rust(&value) })
}

/// How the value of a field that may be absent is looked at.
pub(super) struct Access {
    /// What the method gives.
    pub(super) ty: TokenStream,
    /// Its body.
    pub(super) value: TokenStream,
}

/// The value of a field that is an `Option` of a type, or a default.
pub(super) fn access(scope: &Scope<'_>, name: &str, ty: &RustType, default: &DefaultValue) -> Access {
    let place = ident(name);
    let held = scope.ty(ty);
    let value = expression(scope, ty, default);
    match (default, ty) {
        (DefaultValue::Bool(_) | DefaultValue::Number(_), RustType::Bool | RustType::Integer(_) | RustType::Float) => {
            Access { ty: held, value: quote!(self.#place.unwrap_or(#value)) }
        }
        (DefaultValue::Text(default), RustType::String) => {
            Access { ty: quote!(&str), value: quote!(self.#place.as_deref().unwrap_or(#default)) }
        }
        (DefaultValue::Variant(_), _) => {
            Access { ty: quote!(&#held), value: quote!(self.#place.as_ref().unwrap_or(&#value)) }
        }
        (DefaultValue::List(items), RustType::Vec(item)) => {
            let lazy = items.iter().any(|it| !is_constant(it)).then(|| lazy(&held, &value));
            let otherwise = match (&lazy, items.as_slice()) {
                (_, []) => quote!(unwrap_or_default()),
                (Some(_), _) => quote!(unwrap_or(&DEFAULT)),
                (None, items) => {
                    let items = items.iter().map(|it| expression(scope, item, it));
                    quote!(unwrap_or(&[#(#items),*]))
                }
            };
            let item = scope.ty(item);
            Access { ty: quote!(&[#item]), value: quote!(#lazy self.#place.as_deref().#otherwise) }
        }
        _ => {
            let lazy = lazy(&held, &value);
            Access { ty: quote!(&#held), value: quote!(#lazy self.#place.as_ref().unwrap_or(&DEFAULT)) }
        }
    }
}

/// Whether a value is one that the compiler makes.
fn is_constant(value: &DefaultValue) -> bool {
    matches!(value, DefaultValue::Bool(_) | DefaultValue::Number(_) | DefaultValue::Variant(_))
}

/// A value that is made when it is first asked for.
fn lazy(ty: &TokenStream, value: &TokenStream) -> TokenStream {
    quote!(static DEFAULT: ::std::sync::LazyLock<#ty> = ::std::sync::LazyLock::new(|| #value);)
}

/// A value as an expression of its type.
fn expression(scope: &Scope<'_>, ty: &RustType, value: &DefaultValue) -> TokenStream {
    let path = scope.ty(ty);
    match (ty, value) {
        (RustType::Boxed(inner), _) => {
            let (cell, inner) = (scope.std("Box", &quote!(::std::boxed)), expression(scope, inner, value));
            quote!(#cell::new(#inner))
        }
        (RustType::Option(_), DefaultValue::Null) => quote!(None),
        (RustType::Option(inner), _) => {
            let inner = expression(scope, inner, value);
            quote!(Some(#inner))
        }
        (RustType::Vec(item), DefaultValue::List(items)) => {
            let items = items.iter().map(|it| expression(scope, item, it));
            quote!(vec![#(#items),*])
        }
        (RustType::Map(_, item), DefaultValue::Map(members)) => {
            let members = members.iter().map(|(name, it)| {
                let value = expression(scope, item, it);
                quote!((#name.into(), #value))
            });
            quote!([#(#members),*].into_iter().collect())
        }
        (RustType::Model(id), _) => of_model(scope, *id, &path, value),
        (_, DefaultValue::Bool(value)) => quote!(#value),
        (_, DefaultValue::Number(value)) => number(value, ty),
        (_, DefaultValue::Text(value)) => quote!(#value.into()),
        (_, DefaultValue::Moment { seconds, nanoseconds }) => {
            let (seconds, nanoseconds) = (integer(*seconds), integer(i64::from(*nanoseconds)));
            quote!(#path::at(#seconds, #nanoseconds))
        }
        (_, DefaultValue::Day { year, month, day }) => {
            let [year, month, day] = [i64::from(*year), i64::from(*month), i64::from(*day)].map(integer);
            quote!(#path::on(#year, #month, #day))
        }
        _ => quote!(Default::default()),
    }
}

/// A value of a generated type, which code names by a path that may be an alias.
fn of_model(scope: &Scope<'_>, ModelId(id): ModelId, path: &TokenStream, value: &DefaultValue) -> TokenStream {
    match (&scope.plan.models[id].kind, value) {
        (ModelKind::Alias(id), _) => of_model(scope, *id, path, value),
        (ModelKind::Newtype(ty, _), DefaultValue::Newtype(value)) => {
            let inner = expression(scope, ty, value);
            quote!(#path(#inner))
        }
        (ModelKind::Struct(it), DefaultValue::Object(values)) => {
            let fields = it.fields.iter().zip(values).map(|(field, value)| {
                let (name, value) = (ident(&field.name), member(scope, field, value.as_ref()));
                quote!(#name: #value)
            });
            let rest = if let Rest::Open(name, ..) = &it.rest {
                let (name, map) = (ident(name), scope.map());
                Some(quote!(#name: #map::new()))
            } else {
                None
            };
            let all = fields.chain(rest);
            quote!(#path { #(#all),* })
        }
        (_, DefaultValue::Variant(name)) => {
            let name = ident(name);
            quote!(#path::#name)
        }
        _ => quote!(Default::default()),
    }
}

/// What a field of a struct holds.
fn member(scope: &Scope<'_>, field: &Field, value: Option<&DefaultValue>) -> TokenStream {
    let inner = || field.ty.inner().unwrap_or(&field.ty);
    match (field.presence, value) {
        (Presence::Optional, None) => quote!(None),
        (Presence::Tristate, None) => quote!(support::Tristate::Absent),
        (Presence::Tristate, Some(DefaultValue::Null)) => quote!(support::Tristate::Null),
        (Presence::Tristate, Some(value)) => {
            let value = expression(scope, inner(), value);
            quote!(support::Tristate::Value(#value))
        }
        (Presence::Optional, Some(value)) => {
            let value = expression(scope, inner(), value);
            quote!(Some(#value))
        }
        (Presence::Required, value) => {
            let value = value.map(|it| expression(scope, &field.ty, it));
            value.unwrap_or_else(|| quote!(Default::default()))
        }
    }
}

fn into(name: &str) -> TokenStream {
    let name = ident(name);
    quote!(#name.into())
}

/// The argument of the constructor for a field.
pub(super) fn argument(scope: &Scope<'_>, field: &Field) -> String {
    format!("{}: {}", ident(&field.name), spaced(taken(scope, &field.ty)))
}

/// The argument of a setter in parentheses, where it is another type than that of the value.
pub(super) fn argument_of_setter(scope: &Scope<'_>, ty: &RustType) -> String {
    other(scope, ty).map_or_else(String::new, |taken| format!("({})", spaced(taken)))
}

/// What an argument for a value takes, where that is another type.
pub(super) fn other(scope: &Scope<'_>, ty: &RustType) -> Option<TokenStream> {
    Some(taken(scope, ty)).filter(|taken| taken.to_string() != scope.ty(ty).to_string())
}

/// What an argument for a value takes.
pub(super) fn taken(scope: &Scope<'_>, ty: &RustType) -> TokenStream {
    let own = scope.ty(ty);
    match ty {
        RustType::String => converted(scope, &own),
        RustType::Secret(inner) if **inner == RustType::String => converted(scope, &own),
        _ => own,
    }
}

/// Whatever becomes a value of a type.
pub(super) fn converted(scope: &Scope<'_>, own: &TokenStream) -> TokenStream {
    let into = scope.std("Into", &quote!(::core::convert));
    quote!(impl #into<#own>)
}
