//! Properties that every branch of a union has: a caller reaches them without asking which branch it is.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::TokenStream;
use quote::quote;

use super::fragment::rust;
use super::tokens::{Scope, ident};
use crate::plan::{Field, ModelId, ModelKind, Presence, RustType, Struct, names};

/// A branch of a union: its name, its type, and what looks at it.
pub(super) type Branch<'p> = (&'p str, &'p RustType, &'p str);

/// The methods for the properties that every branch has with the same type, where all branches are objects; where a
/// union is open, they give nothing for a branch that the document does not name.
pub(super) fn properties(scope: &Scope<'_>, branches: &[Branch<'_>], open: bool) -> Vec<Value> {
    let structs: Option<Vec<&Struct>> = branches.iter().map(|(_, ty, _)| object(scope, ty)).collect();
    let Some((first, others)) = structs.as_deref().and_then(<[_]>::split_first) else { return Vec::new() };
    let is_shared = |field: &&Field| {
        let is_same = |it: &Field| {
            let is_named_so = it.name == field.name && it.wire == field.wire;
            is_named_so && it.presence == field.presence && it.ty == field.ty && !it.deprecated
        };
        !others.is_empty() && !field.deprecated && others.iter().all(|it| it.fields.iter().any(is_same))
    };
    let taken: Vec<String> =
        branches.iter().flat_map(|(_, _, look)| [(*look).to_owned(), names::taker(look)]).collect();
    let names: Vec<String> = branches.iter().map(|(name, ..)| (*name).to_owned()).collect();
    first.fields.iter().filter(is_shared).map(|field| property(scope, field, &names, &taken, open)).collect()
}

/// The struct that a branch holds, if it holds one.
fn object<'p>(scope: &Scope<'p>, ty: &RustType) -> Option<&'p Struct> {
    match ty {
        RustType::Boxed(inner) => object(scope, inner),
        RustType::Model(ModelId(id)) => match &scope.plan.models.get(*id)?.kind {
            ModelKind::Struct(it) => Some(it),
            ModelKind::Alias(id) => object(scope, &RustType::Model(*id)),
            _ => None,
        },
        _ => None,
    }
}

fn property(scope: &Scope<'_>, field: &Field, branches: &[String], taken: &[String], open: bool) -> Value {
    let place = ident(&field.name);
    let held = field.ty.inner().filter(|_| field.presence == Presence::Optional);
    let (ty, value) = if let Some(held) = held {
        let (ty, look) = optional(scope, held);
        (quote!(Option<#ty>), quote!(it.#place #look))
    } else {
        let (ty, value) = required(scope, &field.ty, &quote!(it.#place));
        if open { (quote!(Option<#ty>), quote!(Some(#value))) } else { (ty, value) }
    };
    let wire = field.wire.replace('`', "'");
    let otherwise = if open { "; nothing for one that the document does not name" } else { "" };
    context! {
        name => names::shared(&field.name, taken),
        docs => format!("The property `{wire}`, which every branch has{otherwise}."),
        ty => rust(&ty),
        value => rust(&value),
        branches => branches.to_vec(),
    }
}

/// What is given of a value, and how.
fn required(scope: &Scope<'_>, ty: &RustType, place: &TokenStream) -> (TokenStream, TokenStream) {
    let held = scope.ty(ty);
    match ty {
        RustType::Bool | RustType::Integer(_) | RustType::Float => (held, place.clone()),
        RustType::String => (quote!(&str), quote!(&#place)),
        RustType::Boxed(inner) => {
            let held = scope.ty(inner);
            (quote!(&#held), quote!(&*#place))
        }
        RustType::Vec(item) => {
            let item = scope.ty(item);
            (quote!(&[#item]), quote!(&#place))
        }
        RustType::Option(inner) => {
            let (ty, look) = optional(scope, inner);
            (quote!(Option<#ty>), quote!(#place #look))
        }
        _ => (quote!(&#held), quote!(&#place)),
    }
}

/// What is given of a value that may be absent, and what looks at it.
fn optional(scope: &Scope<'_>, ty: &RustType) -> (TokenStream, TokenStream) {
    let held = scope.ty(ty);
    match ty {
        RustType::Bool | RustType::Integer(_) | RustType::Float => (held, TokenStream::new()),
        RustType::String => (quote!(&str), quote!(.as_deref())),
        RustType::Boxed(inner) => {
            let held = scope.ty(inner);
            (quote!(&#held), quote!(.as_deref()))
        }
        RustType::Vec(item) => {
            let item = scope.ty(item);
            (quote!(&[#item]), quote!(.as_deref()))
        }
        _ => (quote!(&#held), quote!(.as_ref())),
    }
}
