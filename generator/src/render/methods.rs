//! The methods that macros give to types, read from the calls: they are as public as any other.
//!
//! `operation!` gives a constructor and setters to a request, `object!` and `multipart!` give setters.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, ItemMacro, LitStr, Path, Signature, Token, Type, braced, parenthesized};

/// The type that a call of such a macro is about, and its methods; `None` for every other call.
pub(super) fn described(call: &ItemMacro) -> Option<Described> {
    let name = &call.mac.path.segments.last()?.ident;
    match name.to_string().as_str() {
        "operation" => call.mac.parse_body().ok(),
        "object" | "multipart" => call.mac.parse_body().ok().map(|Properties(described)| described),
        _ => None,
    }
}

/// What a call says about the methods of a type.
pub(super) struct Described {
    /// The type.
    pub(super) name: Ident,
    /// Its constructor, if it has one from here, and its setters.
    pub(super) methods: Vec<Signature>,
}

/// The head of a call that lists properties.
struct Properties(Described);

impl Parse for Properties {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name: Ident = Ident::parse_any(input)?;
        let content;
        braced!(content in input);
        let mut methods = Vec::new();
        while !content.is_empty() {
            content.parse::<Ident>()?;
            let row = Row::read(Ident::parse_any(&content)?, &content)?;
            if let Some((setter, held)) = row.setter {
                methods.push(syn::parse2(quote!(fn #setter(mut self, value: #held) -> Self))?);
            }
            content.parse::<LitStr>()?;
            content.parse::<Token![,]>()?;
        }
        input.parse::<TokenStream>()?;
        Ok(Self(Described { name, methods }))
    }
}

/// A field of the request with what stands behind it: an argument of the constructor, or a setter.
struct Row {
    field: Ident,
    argument: Option<Type>,
    setter: Option<(Ident, Type)>,
}

impl Row {
    fn read(field: Ident, input: ParseStream<'_>) -> syn::Result<Self> {
        let argument = if input.peek(syn::token::Paren) { Some(within(input)?) } else { None };
        input.call(Attribute::parse_outer)?;
        let setter = if input.peek(Token![:]) { None } else { Some((input.parse()?, within(input)?)) };
        input.parse::<Token![:]>()?;
        Ok(Self { field, argument, setter })
    }
}

fn within(input: ParseStream<'_>) -> syn::Result<Type> {
    let content;
    parenthesized!(content in input);
    content.parse()
}

impl Parse for Described {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<LitStr>()?;
        input.parse::<Token![:]>()?;
        input.parse::<Ident>()?;
        input.parse::<LitStr>()?;
        if !input.peek(Token![in]) {
            input.parse::<Ident>()?;
            input.parse::<TokenTree>()?;
        }
        input.parse::<Token![in]>()?;
        input.parse::<Path>()?;
        input.parse::<Token![,]>()?;
        let name: Ident = input.parse()?;
        let new: Option<Ident> = if input.peek(syn::token::Brace) { None } else { Some(input.parse()?) };
        let content;
        braced!(content in input);
        let mut rows = Vec::new();
        while !content.is_empty() {
            content.parse::<Ident>()?;
            rows.push(Row::read(Ident::parse_any(&content)?, &content)?);
            content.parse::<Expr>()?;
            content.parse::<Token![,]>()?;
        }
        let mut word: Ident = input.parse()?;
        if word == "body" {
            input.parse::<Ident>()?;
            rows.push(Row::read(word, input)?);
            input.parse::<TokenTree>()?;
            input.parse::<Token![,]>()?;
            word = input.parse()?;
        }
        let accepts = if word == "accepts" { Some(input.parse()?) } else { None };
        input.parse::<TokenStream>()?;
        Ok(Self { methods: methods(new.as_ref(), &rows, accepts.as_ref())?, name })
    }
}

fn methods(new: Option<&Ident>, rows: &[Row], accepts: Option<&Ident>) -> syn::Result<Vec<Signature>> {
    let arguments = rows.iter().filter_map(|Row { field, argument, .. }| Some((field, argument.as_ref()?)));
    let arguments = arguments.map(|(field, argument)| quote!(#field: #argument));
    let new = new.map(|new| quote!(fn #new(#(#arguments),*) -> Self));
    let setters = rows.iter().filter_map(|Row { field, setter, .. }| {
        let (setter, held) = setter.as_ref()?;
        Some(quote!(fn #setter(mut self, #field: #held) -> Self))
    });
    let accepts = accepts.map(|setter| quote!(fn #setter(mut self, accept: http::Accept) -> Self));
    new.into_iter().chain(setters).chain(accepts).map(syn::parse2).collect()
}
