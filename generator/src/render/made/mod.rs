//! The items that macros make, read from the calls: they are as public as any other.
//!
//! `operation!` makes a request and the responses, `object!`, the enumerations and the unions make types, `required!` makes
//! what a constructor takes, `multipart!` gives setters, `routes!` makes a function, `calls!` the methods of a client, `aliases!` other names of types.

mod operation;
mod types;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Item, ItemMacro, LitStr, Token, Type, UseTree, braced, parenthesized};

use super::pieces::{self, Call};
use operation::Operation;
use types::{Enumeration, Object, Required, Union};

/// What a call of such a macro makes, as it would stand without the macro; nothing for every other call.
fn made(call: &ItemMacro) -> Vec<Item> {
    tokens(call).and_then(|made| syn::parse2::<syn::File>(made).ok()).map(|it| it.items).unwrap_or_default()
}

/// The names of the items that a call makes, where its own words tell: one that makes one item shows its head, as any item
/// does, and that of an operation shows two.
pub(super) fn names(call: &Call<'_>) -> Option<Vec<String>> {
    let word = |token: &pieces::Token<'_>| match token {
        pieces::Token::Word(word) => Some((*word).to_owned()),
        pieces::Token::Comma | pieces::Token::Minus | pieces::Token::Other => None,
    };
    let words = || call.tokens.iter().filter_map(word);
    match call.name {
        "object" | "string_enum" | "integer_enum" | "tagged_union" | "type_union" | "untagged_union" | "routes" => {
            Some(heads(words()).into_iter().take(1).collect())
        }
        "operation" => Some(operation::names(&call.tokens)),
        "aliases" => Some(words().collect()),
        // They add to types that stand elsewhere.
        "calls" | "multipart" | "required" => Some(Vec::new()),
        _ => None,
    }
}

/// The names of the items that any other call makes, as they would stand without the macro.
pub(super) fn names_of_call(call: &ItemMacro) -> Vec<String> {
    let words = tokens(call).into_iter().flatten().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    });
    heads(words)
}

/// The names behind the words that items begin with.
fn heads(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_name = false;
    for word in words {
        let was_name = std::mem::replace(&mut is_name, ["enum", "fn", "struct", "type"].contains(&word.as_str()));
        if was_name {
            names.push(word);
        }
    }
    names
}

fn macro_name(call: &ItemMacro) -> String {
    call.mac.path.segments.last().map(|it| it.ident.to_string()).unwrap_or_default()
}

/// The text of the items that such a call makes. One that is not as its template has it makes nothing that anybody can
/// name.
fn tokens(call: &ItemMacro) -> Option<TokenStream> {
    let made = match macro_name(call).as_str() {
        "operation" => call.mac.parse_body().map(|Operation(made)| made),
        "object" => call.mac.parse_body().map(|Object(made)| made),
        "string_enum" | "integer_enum" => call.mac.parse_body().map(|Enumeration(made)| made),
        "tagged_union" | "type_union" | "untagged_union" => call.mac.parse_body().map(|Union(made)| made),
        "multipart" => call.mac.parse_body().map(|Properties(made)| made),
        "aliases" => call.mac.parse_body().map(|Aliases(made)| made),
        "required" => call.mac.parse_body().map(|Required(made)| made),
        "routes" => call.mac.parse_body().map(|Routes(made)| made),
        "calls" => call.mac.parse_body().map(|Calls(made)| made),
        _ => return None,
    };
    made.ok()
}

/// The name that a re-export gives to a type of ours, none for a crate that it renames.
pub(super) fn other_name(tree: &UseTree) -> Option<String> {
    match tree {
        UseTree::Path(it) => other_name(&it.tree),
        UseTree::Rename(it) => Some(it.rename.to_string()).filter(|it| !it.starts_with(char::is_lowercase)),
        _ => None,
    }
}

/// Items with what macros make in place of their calls.
pub(super) fn with_made(items: Vec<Item>) -> impl Iterator<Item = Item> {
    items.into_iter().flat_map(|item| match item {
        Item::Macro(call) => made(&call),
        other => vec![other],
    })
}

/// A call that gives a router its operations.
struct Routes(TokenStream);

impl Parse for Routes {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Attribute::parse_outer)?;
        input.parse::<Token![pub]>()?;
        input.parse::<Token![fn]>()?;
        let name: Ident = input.parse()?;
        input.parse::<Ident>()?;
        let bound: Ident = input.parse()?;
        input.parse::<TokenStream>()?;
        Ok(Self(quote!(pub fn #name<A: #bound>(api: &Arc<A>) -> server::Routes {})))
    }
}

/// A call that gives a client its methods.
struct Calls(TokenStream);

impl Parse for Calls {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let client: Ident = input.parse()?;
        input.parse::<Token![:]>()?;
        input.parse::<Ident>()?;
        input.parse::<Token![::]>()?;
        let content;
        braced!(content in input);
        let mut methods = Vec::new();
        while !content.is_empty() {
            content.call(Attribute::parse_outer)?;
            let operation = Ident::parse_any(&content)?;
            content.parse::<Token![:]>()?;
            content.parse::<LitStr>()?;
            methods.push(quote! {
                pub fn #operation(&self, request: &#operation::Request) -> client::Sending<'_, #operation::Response> {}
            });
            while !content.peek(Token![,]) {
                let word: TokenTree = content.parse()?;
                if word.to_string() == "pages" {
                    let (pages, _, item) =
                        (Ident::parse_any(&content)?, content.parse::<Token![:]>()?, content.parse::<Type>()?);
                    methods.push(quote! {
                        pub fn #pages(
                            &self,
                            request: &#operation::Request
                        ) -> client::Pages<'_, #operation::Response, #item> {}
                    });
                }
            }
            content.parse::<Token![,]>()?;
        }
        Ok(Self(quote!(impl #client { #(#methods)* })))
    }
}

/// A call that gives places names for the type that they share.
struct Aliases(TokenStream);

impl Parse for Aliases {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<LitStr>()?;
        let content;
        braced!(content in input);
        let mut types = Vec::new();
        while !content.is_empty() {
            content.call(Attribute::parse_outer)?;
            content.parse::<LitStr>()?;
            content.parse::<Token![:]>()?;
            let (name, _, ty) = (Ident::parse_any(&content)?, content.parse::<Token![=]>()?, content.parse::<Type>()?);
            types.push(quote!(pub type #name = #ty;));
            content.parse::<Token![,]>()?;
        }
        Ok(Self(quote!(#(#types)*)))
    }
}

/// A call that lists properties.
struct Properties(TokenStream);

impl Parse for Properties {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name: Ident = Ident::parse_any(input)?;
        let content;
        braced!(content in input);
        let mut methods = Vec::new();
        while !content.is_empty() {
            content.parse::<Ident>()?;
            Ident::parse_any(&content)?;
            content.call(Attribute::parse_outer)?;
            if !content.peek(Token![:]) {
                let (setter, held): (Ident, _) = (content.parse()?, within(&content)?);
                methods.push(setter_method(&setter, &held));
            }
            content.parse::<Token![:]>()?;
            content.parse::<LitStr>()?;
            content.parse::<Token![,]>()?;
        }
        input.parse::<TokenStream>()?;
        Ok(Self(quote!(impl #name { #(#methods)* })))
    }
}

fn setter_method(setter: &Ident, held: &Type) -> TokenStream {
    quote!(pub fn #setter(mut self, value: #held) -> Self {})
}

/// The type of a field whose row has the type of its value.
fn field_type(presence: &Ident, value: &Type) -> TokenStream {
    match presence.to_string().as_str() {
        "optional" => quote!(Option<#value>),
        "tristate" => quote!(support::Tristate<#value>),
        _ => quote!(#value),
    }
}

fn within(input: ParseStream<'_>) -> syn::Result<Type> {
    let content;
    parenthesized!(content in input);
    content.parse()
}
