//! What `object!`, the enumerations and the unions make: types with their methods.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, GenericArgument, LitStr, PathArguments, Token, Type, braced, bracketed};

use super::{field_type, setter_method, within};

/// The head of a call that makes an enum: its attributes, its name, and what stands between that and its rows.
fn enum_head(input: ParseStream<'_>) -> syn::Result<(Vec<Attribute>, Ident, TokenStream)> {
    let marks = input.call(Attribute::parse_outer)?;
    input.parse::<Token![pub]>()?;
    input.parse::<Token![enum]>()?;
    let name = Ident::parse_any(input)?;
    let mut between = TokenStream::new();
    while !input.peek(syn::token::Brace) {
        between.extend([input.parse::<TokenTree>()?]);
    }
    Ok((marks, name, between))
}

/// Reads over what is left of a row.
fn rest_of_row(row: ParseStream<'_>) -> syn::Result<()> {
    while !row.peek(Token![,]) {
        row.parse::<TokenTree>()?;
    }
    row.parse::<Token![,]>().map(drop)
}

/// A call that makes an enumeration.
pub(super) struct Enumeration(pub(super) TokenStream);

impl Parse for Enumeration {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (marks, name, between) = enum_head(input)?;
        let is_closed = between.into_iter().any(|it| it.to_string() == "closed");
        let (copy, unknown) = if is_closed { (quote!(Copy,), quote!()) } else { (quote!(), quote!(Unknown(String),)) };
        let content;
        braced!(content in input);
        let (mut variants, mut is_text) = (Vec::new(), true);
        while !content.is_empty() {
            content.call(Attribute::parse_outer)?;
            variants.push(Ident::parse_any(&content)?);
            content.parse::<Token![=]>()?;
            is_text &= content.peek(LitStr);
            rest_of_row(&content)?;
        }
        input.parse::<TokenStream>()?;
        let unknown = if is_text || is_closed { unknown } else { quote!(Unknown(i64),) };
        Ok(Self(quote! {
            #[derive(Debug, Clone, #copy PartialEq, Eq, PartialOrd, Ord, Hash)] #(#marks)* #[non_exhaustive]
            pub enum #name { #(#variants,)* #unknown }
        }))
    }
}

/// What is in a box.
fn boxed(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|it| it.ident == "Box")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.first().and_then(|it| if let GenericArgument::Type(ty) = it { Some(ty) } else { None })
}

/// A call that makes a union.
pub(super) struct Union(pub(super) TokenStream);

impl Parse for Union {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (marks, name, _) = enum_head(input)?;
        let content;
        braced!(content in input);
        let (mut variants, mut conversions, mut methods) = (Vec::new(), Vec::new(), Vec::new());
        while !content.is_empty() {
            content.call(Attribute::parse_outer)?;
            content.parse::<TokenTree>()?;
            content.parse::<Token![=>]>()?;
            let variant = Ident::parse_any(&content)?;
            let ty = within(&content)?;
            let held = boxed(&ty).unwrap_or(&ty);
            variants.push(quote!(#variant(#ty)));
            let ways;
            bracketed!(ways in content);
            let (look, take) = (Ident::parse_any(&ways)?, Ident::parse_any(&ways)?);
            methods.push(quote! {
                pub fn #look(&self) -> Option<&#held> {}
                pub fn #take(self) -> Option<#held> {}
            });
            if !ways.is_empty() {
                ways.parse::<Ident>()?;
                conversions.push(quote!(impl From<#held> for #name {}));
            }
            rest_of_row(&content)?;
        }
        let is_open = input.parse::<TokenStream>()?.into_iter().any(|it| it.to_string() == "open");
        let unknown = is_open.then(|| quote!(Unknown(serde_json::Value)));
        Ok(Self(quote! {
            #[derive(Debug, Clone, PartialEq)] #(#marks)* #[non_exhaustive] pub enum #name { #(#variants,)* #unknown }
            impl #name { #(#methods)* }
            #(#conversions)*
        }))
    }
}

/// A call that makes an object.
pub(super) struct Object(pub(super) TokenStream);

impl Parse for Object {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let marks = input.call(Attribute::parse_outer)?;
        input.parse::<Token![pub]>()?;
        input.parse::<Token![struct]>()?;
        let name = Ident::parse_any(input)?;
        while !input.peek(syn::token::Brace) {
            input.parse::<TokenTree>()?;
        }
        let content;
        braced!(content in input);
        let (mut fields, mut methods, mut asked) = (Vec::new(), Vec::new(), Vec::new());
        while !content.is_empty() {
            content.call(Attribute::parse_outer)?;
            let presence: Ident = content.parse()?;
            let field = Ident::parse_any(&content)?;
            if presence == "constant" {
                content.parse::<TokenTree>()?;
            }
            let setter: Option<Ident> = if content.peek(Token![:]) { None } else { Some(content.parse()?) };
            let held = if content.peek(syn::token::Paren) { Some(within(&content)?) } else { None };
            content.parse::<Token![:]>()?;
            let ty: Type = content.parse()?;
            while !content.peek(Token![,]) {
                content.parse::<TokenTree>()?;
            }
            content.parse::<Token![,]>()?;
            methods.extend(setter.map(|setter| setter_method(&setter, held.as_ref().unwrap_or(&ty))));
            let ty = field_type(&presence, &ty);
            asked.extend((presence == "required").then(|| quote!(pub #field: #ty)));
            fields.push(quote!(pub #field: #ty));
        }
        input.parse::<Ident>()?;
        if !input.peek(Token![,]) {
            let rest = Ident::parse_any(input)?;
            input.parse::<Token![:]>()?;
            let ty: Type = input.parse()?;
            fields.push(quote!(pub #rest: #ty));
        }
        input.parse::<Token![,]>()?;
        let (mut new, mut traits) = (None, Vec::new());
        while !input.is_empty() {
            let word: Ident = input.parse()?;
            let what: TokenTree = input.parse()?;
            if word == "new" {
                let TokenTree::Group(arguments) = &what else { return Err(input.error("the arguments of `new`")) };
                let arguments = arguments.stream();
                traits.extend(arguments.is_empty().then(|| quote!(impl Default for #name {})));
                new = Some(quote!(pub fn new(#arguments) -> Self {}));
            }
            if word == "required" {
                new = Some(quote!(pub fn new(required: #what) -> Self {}));
                traits.push(quote!(pub struct #what { #(#asked),* }));
            }
            if word == "holds" && what.to_string() != "by_schema" {
                traits.push(quote!(impl support::Validate for #name {}));
            }
            while !input.peek(Token![,]) {
                input.parse::<TokenTree>()?;
            }
            input.parse::<Token![,]>()?;
        }
        Ok(Self(quote! {
            #[derive(Debug, Clone, PartialEq)] #(#marks)* #[non_exhaustive] pub struct #name { #(#fields),* }
            impl #name { #new #(#methods)* }
            #(#traits)*
        }))
    }
}

/// A call that makes what a constructor takes.
pub(super) struct Required(pub(super) TokenStream);

impl Parse for Required {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name: Ident = input.parse()?;
        input.parse::<Ident>()?;
        let target: Ident = input.parse()?;
        let content;
        braced!(content in input);
        let mut fields = Vec::new();
        while !content.is_empty() {
            let presence: Ident = content.parse()?;
            let field = Ident::parse_any(&content)?;
            if presence == "required" {
                let ty = within(&content)?;
                fields.push(quote!(pub #field: #ty));
            }
            rest_of_row(&content)?;
        }
        input.parse::<TokenStream>()?;
        Ok(Self(quote! {
            pub struct #name { #(#fields),* }
            impl #target { pub fn new(required: #name) -> Self {} }
        }))
    }
}
