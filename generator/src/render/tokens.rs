//! Types and checks as tokens.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use super::fragment::integer;
use crate::config::{Library, Maps, Sets};
use crate::plan::{ApiPlan, Format, Home, ModelId, Presence, RustType};
use crate::source::Number;

/// What a file sees: which names it defines, and how it reaches the others.
pub(super) struct Scope<'a> {
    pub(super) plan: &'a ApiPlan,
    /// The file.
    pub(super) home: Option<Home>,
    /// Names of the prelude that the file defines anew, so that std's own must be spelled in full.
    shadowed: BTreeSet<&'a str>,
}

impl<'a> Scope<'a> {
    /// The scope of a file of models or of an operation; `None` for the files of server and client.
    pub(super) fn new(plan: &'a ApiPlan, home: Option<Home>) -> Self {
        let defined = home.iter().flat_map(|home| plan.models_in(home));
        Self { plan, shadowed: defined.map(|model| model.name.as_str()).collect(), home }
    }

    /// The tokens of a type.
    pub(super) fn ty(&self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Bool => quote!(bool),
            RustType::Integer(integer) => ident(integer.name()).into_token_stream(),
            RustType::Float => quote!(f64),
            RustType::String => self.std("String", &quote!(::std::string)),
            RustType::Value => quote!(serde_json::Value),
            RustType::Null => quote!(support::Null),
            RustType::Formatted(format) => {
                let (module, name) = format_path(*format);
                let (module, name) = (module.map(ident), ident(name));
                let module = module.iter();
                quote!(support::#(#module::)*#name)
            }
            RustType::Vec(inner) => self.generic("Vec", &quote!(::std::vec), inner),
            RustType::Option(inner) => self.generic("Option", &quote!(::std::option), inner),
            RustType::Boxed(inner) => self.generic("Box", &quote!(::std::boxed), inner),
            RustType::Map(key, inner) => {
                let (key, inner, map) = (self.ty(key), self.ty(inner), self.map());
                quote!(#map<#key, #inner>)
            }
            RustType::Set(inner) => {
                let (set, inner) = (self.set(), self.ty(inner));
                quote!(#set<#inner>)
            }
            RustType::Own(path) => {
                let path = own_path(path);
                quote!(support::Own<#path>)
            }
            RustType::Tuple(types) => {
                let types = types.iter().map(|ty| self.ty(ty));
                quote!((#(#types,)*))
            }
            RustType::Tristate(inner) => {
                let inner = self.ty(inner);
                quote!(support::Tristate<#inner>)
            }
            RustType::Secret(inner) => {
                let inner = self.ty(inner);
                quote!(support::Secret<#inner>)
            }
            RustType::Model(id) => self.model(*id),
        }
    }

    /// The type of maps.
    pub(super) fn map(&self) -> TokenStream {
        let collections = quote!(::std::collections);
        match self.plan.types.maps.unwrap_or_default() {
            Maps::BTree => self.std("BTreeMap", &collections),
            Maps::Hash => self.std("HashMap", &collections),
            Maps::Index => quote!(support::IndexMap),
        }
    }

    /// The type of sets.
    fn set(&self) -> TokenStream {
        let collections = quote!(::std::collections);
        match self.plan.types.sets.unwrap_or_default() {
            Sets::List => self.std("Vec", &quote!(::std::vec)),
            Sets::BTree => self.std("BTreeSet", &collections),
            Sets::Hash => self.std("HashSet", &collections),
            Sets::Index => quote!(support::IndexSet),
        }
    }

    pub(super) fn std(&self, name: &str, module: &TokenStream) -> TokenStream {
        let ident = Ident::new(name, Span::call_site());
        if self.shadowed.contains(name) { quote!(#module::#ident) } else { quote!(#ident) }
    }

    fn generic(&self, name: &str, module: &TokenStream, inner: &RustType) -> TokenStream {
        let (outer, inner) = (self.std(name, module), self.ty(inner));
        quote!(#outer<#inner>)
    }

    fn model(&self, id: ModelId) -> TokenStream {
        let model = &self.plan.models[id.0];
        let name = ident(&model.name);
        if self.home.as_ref() == Some(&model.home) {
            return quote!(#name);
        }
        match &model.home {
            Home::Component(idx) => {
                let file = &self.plan.model_files[*idx];
                let module = ident(&file.module);
                let root = if matches!(self.home, Some(Home::Component(_))) { quote!(super) } else { quote!(models) };
                if file.main == id { quote!(#root::#name) } else { quote!(#root::#module::#name) }
            }
            Home::Operation(idx) => {
                let module = ident(&self.plan.operations[*idx].module);
                quote!(operations::#module::#name)
            }
            Home::Shared => quote!(shared::#name),
            Home::Content(idx) => {
                let file = &self.plan.shared_files[*idx];
                let module = ident(&file.module);
                if file.main == id { quote!(shared::#name) } else { quote!(shared::#module::#name) }
            }
        }
    }
}

/// A number as a literal of a type.
pub(super) fn number(bound: &Number, ty: &RustType) -> TokenStream {
    if matches!(ty, RustType::Float) {
        let value = bound.as_f64();
        let literal = Literal::f64_unsuffixed(value.abs());
        return if value.is_sign_negative() { quote!(-#literal) } else { quote!(#literal) };
    }
    let value = bound.as_i128().unwrap_or_default();
    if let Ok(value) = i64::try_from(value) {
        return integer(value);
    }
    let literal = Literal::u64_unsuffixed(u64::try_from(value).unwrap_or(u64::MAX));
    quote!(#literal)
}

/// Where the type of a format is in the run time: in the module of a library, or beside everything else.
fn format_path(format: Format) -> (Option<&'static str>, &'static str) {
    let of = |library: Library| (library != Library::Jiff).then(|| library.name());
    match format {
        Format::DateTime(library) => (of(library), "DateTime"),
        Format::Date(library) => (of(library), "Date"),
        Format::Time(library) => (of(library), "Time"),
        Format::Decimal => (of(Library::RustDecimal), "Decimal"),
        Format::Uuid => (None, "Uuid"),
        Format::Uri => (None, "Uri"),
        Format::UriReference => (None, "UriRef"),
        Format::Byte => (None, "Bytes"),
        Format::Ipv4 => (None, "Ipv4"),
        Format::Ipv6 => (None, "Ipv6"),
    }
}

/// The path of a type of the user's: in the crate that the code stands in, or from another one.
fn own_path(path: &str) -> TokenStream {
    let segments = path.split("::").map(ident);
    if path.starts_with("crate::") { quote!(#(#segments)::*) } else { quote!(#(::#segments)*) }
}

/// An identifier of the plan.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The word of `object!` for a field.
pub(super) fn presence_word(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::Optional => "optional",
        Presence::Tristate => "tristate",
    }
}
