//! What `operation!` makes: the request and the responses.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, FnArg, LitStr, Path, Token, Type, braced, parenthesized};

use super::super::pieces;
use super::{field_type, setter_method, within};

/// A call that describes an operation.
pub(super) struct Operation(pub(super) TokenStream);

impl Parse for Operation {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<LitStr>()?;
        input.parse::<Token![:]>()?;
        input.parse::<TokenTree>()?;
        input.parse::<LitStr>()?;
        if !input.peek(Token![in]) {
            input.parse::<Ident>()?;
            input.parse::<TokenTree>()?;
        }
        input.parse::<Token![in]>()?;
        input.parse::<Path>()?;
        input.parse::<Token![,]>()?;
        let request = request(input)?;
        input.parse::<Ident>()?;
        let response = response(input)?;
        input.parse::<TokenStream>()?;
        Ok(Self(quote!(#request #response)))
    }
}

/// The names of the request, which stands behind the first comma, and of the responses, which stand between `answers` and
/// an arrow.
pub(super) fn names(tokens: &[pieces::Token<'_>]) -> Vec<String> {
    use pieces::Token::{Comma, Minus, Word};
    let request = tokens.iter().skip_while(|it| **it != Comma).find_map(|it| match it {
        Word(name) => Some(*name),
        _ => None,
    });
    let responses = tokens.windows(3).find_map(|it| match it {
        [Word("answers"), Word(name), Minus] => Some(*name),
        _ => None,
    });
    request.into_iter().chain(responses).map(str::to_owned).collect()
}

/// The request with its methods; what comes behind it is the word in front of the responses.
fn request(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let marks = input.call(Attribute::parse_outer)?;
    let name: Ident = input.parse()?;
    let (mut fields, mut methods, mut new) = (Vec::new(), Vec::new(), None);
    if !input.peek(syn::token::Brace) {
        let name: Ident = input.parse()?;
        let arguments;
        parenthesized!(arguments in input);
        let arguments = Punctuated::<FnArg, Token![,]>::parse_terminated(&arguments)?;
        new = Some((name, arguments.into_iter().collect::<Vec<FnArg>>()));
    }
    let content;
    braced!(content in input);
    while !content.is_empty() {
        content.call(Attribute::parse_outer)?;
        let (presence, field_name): (Ident, _) = (content.parse()?, Ident::parse_any(&content)?);
        let setter: Option<Ident> = if content.peek(Token![:]) { None } else { Some(content.parse()?) };
        let held = if content.peek(syn::token::Paren) { Some(within(&content)?) } else { None };
        content.parse::<Token![:]>()?;
        let ty: Type = content.parse()?;
        content.parse::<Token![=]>()?;
        content.parse::<Expr>()?;
        content.parse::<Token![,]>()?;
        let held_field = field_type(&presence, &ty);
        fields.push(quote!(pub #field_name: #held_field));
        methods.extend(setter.map(|setter| setter_method(&setter, &held.unwrap_or(ty))));
    }
    let ahead = input.fork();
    ahead.call(Attribute::parse_outer)?;
    if ahead.parse::<Ident>()? == "body" {
        input.call(Attribute::parse_outer)?;
        input.parse::<Ident>()?;
        let presence: Ident = input.parse()?;
        let setter: Option<Ident> = if input.peek(Token![:]) { None } else { Some(input.parse()?) };
        input.parse::<Token![:]>()?;
        let ty: Type = input.parse()?;
        input.parse::<Token![=]>()?;
        input.parse::<TokenTree>()?;
        input.parse::<Token![,]>()?;
        let held_field = field_type(&presence, &ty);
        fields.push(quote!(pub body: #held_field));
        if let Some((_, arguments)) = new.as_mut().filter(|_| presence == "required") {
            arguments.push(syn::parse_quote!(body: #ty));
        }
        methods.extend(setter.map(|setter| setter_method(&setter, &ty)));
    }
    if input.fork().parse::<Ident>()? == "accepts" {
        input.parse::<Ident>()?;
        let setter: Ident = input.parse()?;
        input.parse::<Token![,]>()?;
        fields.push(quote!(pub accept: http::Accept));
        methods.push(setter_method(&setter, &syn::parse2(quote!(http::Accept))?));
    }
    let new = new.map(|(name, arguments)| quote!(pub fn #name(#(#arguments),*) -> Self {}));
    Ok(quote! {
        #[derive(Debug, Clone, PartialEq)] #(#marks)* #[non_exhaustive] pub struct #name { #(#fields),* }
        impl #name { #new #(#methods)* }
    })
}

fn response(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let name: Ident = input.parse()?;
    input.parse::<Token![->]>()?;
    input.parse::<Type>()?;
    input.parse::<TokenTree>()?;
    let content;
    braced!(content in input);
    let mut variants = Vec::new();
    while !content.is_empty() {
        content.call(Attribute::parse_outer)?;
        content.parse::<Ident>()?;
        content.parse::<TokenTree>()?;
        let variant = Ident::parse_any(&content)?;
        let form = if content.peek(syn::token::Paren) {
            let body;
            parenthesized!(body in content);
            let (_, ty) = body_of(&body)?;
            quote!((#ty))
        } else if content.peek(syn::token::Brace) {
            let members;
            braced!(members in content);
            let members = members_of(&members)?;
            quote!({ #(#members),* })
        } else {
            quote!()
        };
        variants.push(quote!(#variant #form));
        while !content.peek(Token![,]) {
            content.parse::<TokenTree>()?;
        }
        content.parse::<Token![,]>()?;
    }
    if input.peek(Token![else]) {
        input.parse::<Token![else]>()?;
        let undocumented: Ident = input.parse()?;
        variants.push(quote!(#undocumented(http::RawResponse)));
    }
    Ok(quote!(#[derive(Debug, Clone, PartialEq)] #[non_exhaustive] pub enum #name { #(#variants),* }))
}

/// A body: its name and its type.
fn body_of(input: ParseStream<'_>) -> syn::Result<(Ident, Type)> {
    let name = Ident::parse_any(input)?;
    input.parse::<Token![:]>()?;
    let ty = input.parse()?;
    input.parse::<Token![as]>()?;
    input.parse::<Ident>()?;
    Ok((name, ty))
}

/// The members of a response with headers.
fn members_of(input: ParseStream<'_>) -> syn::Result<Vec<TokenStream>> {
    let mut members = Vec::new();
    while !input.is_empty() {
        input.call(Attribute::parse_outer)?;
        let word: Ident = input.parse()?;
        match word.to_string().as_str() {
            "open" => {
                let name: Ident = input.parse()?;
                members.push(quote!(#name: http::StatusCode));
            }
            "body" => {
                let (name, ty) = body_of(input)?;
                members.push(quote!(#name: #ty));
            }
            _ => {
                let name = Ident::parse_any(input)?;
                input.parse::<Token![:]>()?;
                let (presence, ty): (Ident, Type) = (input.parse()?, input.parse()?);
                input.parse::<Token![=]>()?;
                input.parse::<Expr>()?;
                let held = field_type(&presence, &ty);
                members.push(quote!(#name: #held));
            }
        }
        input.parse::<Token![,]>()?;
    }
    Ok(members)
}
