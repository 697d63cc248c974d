//! What templates see of the way from what a server answered to what a request sends.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::TokenStream;
use quote::quote;

use super::fields::{argument, initial};
use super::fragment::{finished, rust};
use super::tokens::{Scope, ident};
use crate::plan::{MadeOf, ModelKind, Rest, RustType, Source, Struct};

/// What is sent, made of what was answered.
pub(super) fn made_of(scope: &Scope<'_>, to: &Struct, it: &MadeOf) -> Option<Value> {
    let ModelKind::Struct(from) = &scope.plan.models[it.model.0].kind else { return None };
    let value = |name: &str| {
        let name = ident(name);
        quote!(answer.#name)
    };
    let fields = to.fields.iter().zip(&it.fields).map(|(field, source)| {
        let name = ident(&field.name);
        let found = match source {
            Source::Taken(known) => Some(value(known)),
            Source::Converted(known) => {
                let known = from.fields.iter().find(|it| it.name == *known)?;
                Some(converted(scope, &value(&known.name), &known.ty, &field.ty))
            }
            Source::Given | Source::Initial => initial(scope, field),
        };
        Some(found.map_or_else(|| quote!(#name,), |found| quote!(#name: #found,)))
    });
    let fields: TokenStream = fields.collect::<Option<_>>()?;
    let rest = match (&from.rest, &to.rest) {
        (Rest::Open(known, ..), Rest::Open(name, ..)) => {
            let (name, known) = (ident(name), value(known));
            quote!(#name: #known,)
        }
        _ => quote!(),
    };
    let given = to.fields.iter().zip(&it.fields).filter(|(_, source)| **source == Source::Given);
    let is_taken = it.fields.iter().any(|source| matches!(source, Source::Taken(_) | Source::Converted(_)));
    Some(context! {
        name => it.name.as_str(),
        answer => rust(&if is_taken || !rest.is_empty() { quote!(answer) } else { quote!(_) }),
        ty => rust(&scope.ty(&RustType::Model(it.model))),
        from => rust(&scope.std("From", &quote!(::core::convert))),
        arguments => arguments(&given.map(|(field, _)| argument(scope, field)).collect::<Vec<_>>()),
        value => rust(&quote!(Self { #fields #rest })),
    })
}

/// The arguments beside the answer; none where the answer has all.
fn arguments(all: &[String]) -> Option<Value> {
    (!all.is_empty()).then(|| finished(all.join(", ")))
}

/// A value whose type has two forms, as the second of them.
fn converted(scope: &Scope<'_>, value: &TokenStream, from: &RustType, to: &RustType) -> TokenStream {
    let into = scope.std("Into", &quote!(::core::convert));
    let closure = |from: &RustType, to: &RustType| {
        if let RustType::Model(_) = from {
            return quote!(#into::into);
        }
        let inner = converted(scope, &quote!(it), from, to);
        quote!(|it| #inner)
    };
    match (from, to) {
        (RustType::Option(from), RustType::Option(to)) => {
            let closure = closure(from, to);
            quote!(#value.map(#closure))
        }
        (RustType::Vec(from), RustType::Vec(to)) => {
            let closure = closure(from, to);
            quote!(#value.into_iter().map(#closure).collect())
        }
        (RustType::Map(_, from), RustType::Map(_, to)) => {
            let inner = converted(scope, &quote!(it), from, to);
            quote!(#value.into_iter().map(|(key, it)| (key, #inner)).collect())
        }
        (RustType::Boxed(from), RustType::Boxed(to)) => {
            let boxed = scope.std("Box", &quote!(::std::boxed));
            let inner = converted(scope, &quote!((*#value)), from, to);
            quote!(#boxed::new(#inner))
        }
        _ => quote!(#value.into()),
    }
}
