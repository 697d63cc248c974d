//! Types and checks as tokens.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use super::fragment::integer;
use crate::plan::{
    ApiPlan, Assertion, Checks, Comparison, Field, Format, Home, Integer, ModelId, ModelKind, Presence, RustType,
};
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
        let defined = plan.models.iter().filter(|model| Some(&model.home) == home.as_ref());
        Self { plan, shadowed: defined.map(|model| model.name.as_str()).collect(), home }
    }

    /// The tokens of a type.
    pub(super) fn ty(&self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Bool => quote!(bool),
            RustType::Integer(Integer::I32) => quote!(i32),
            RustType::Integer(Integer::I64) => quote!(i64),
            RustType::Integer(Integer::U32) => quote!(u32),
            RustType::Integer(Integer::U64) => quote!(u64),
            RustType::Float => quote!(f64),
            RustType::String => self.std("String", &quote!(::std::string)),
            RustType::Value => quote!(serde_json::Value),
            RustType::Null => quote!(support::Null),
            RustType::Formatted(format) => {
                let name = ident(format_name(*format));
                quote!(support::#name)
            }
            RustType::Vec(inner) => self.generic("Vec", &quote!(::std::vec), inner),
            RustType::Option(inner) => self.generic("Option", &quote!(::std::option), inner),
            RustType::Boxed(inner) => self.generic("Box", &quote!(::std::boxed), inner),
            RustType::Map(inner) => {
                let (string, inner) = (self.ty(&RustType::String), self.ty(inner));
                let map = self.std("BTreeMap", &quote!(::std::collections));
                quote!(#map<#string, #inner>)
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
        }
    }

    /// The conditions that must hold for the fields of a struct.
    pub(super) fn field_conditions(&self, field: &Field) -> Vec<TokenStream> {
        let name = ident(&field.name);
        self.conditions(&field.ty, &field.checks, &Access::place(quote!(self.#name)), &field.name)
    }

    /// The conditions that must hold for a value.
    pub(super) fn conditions(&self, ty: &RustType, checks: &Checks, access: &Access, name: &str) -> Vec<TokenStream> {
        if checks.is_empty() || self.never_fails(ty, checks) {
            return Vec::new();
        }
        match ty {
            RustType::Option(inner) => {
                let reference = access.reference_to_option();
                self.within(&quote!(#reference.is_none_or), inner, checks, "value", name)
            }
            RustType::Tristate(inner) => {
                let place = access.dotted();
                self.within(&quote!(#place.value().is_none_or), inner, checks, "value", name)
            }
            RustType::Secret(inner) => {
                let place = access.dotted();
                self.conditions(inner, checks, &Access::reference(quote!(#place.expose())), name)
            }
            RustType::Boxed(inner) => self.conditions(inner, checks, access, name),
            RustType::Vec(inner) | RustType::Map(inner) => {
                let mut all: Vec<_> = checks.own.iter().map(|it| assertion(it, ty, access, name)).collect();
                let is_nested = |it: &Checks| it.own == [Assertion::Nested] && it.inner.is_none();
                if matches!(**inner, RustType::Model(_)) && checks.inner.as_deref().is_some_and(is_nested) {
                    let place = access.dotted();
                    all.push(quote!(#place.holds(direction)));
                } else if let Some(within) = &checks.inner {
                    let place = access.dotted();
                    let iterate = if matches!(ty, RustType::Vec(_)) { quote!(iter) } else { quote!(values) };
                    all.extend(self.within(&quote!(#place.#iterate().all), inner, within, "item", name));
                }
                all
            }
            _ => checks.own.iter().map(|it| assertion(it, ty, access, name)).collect(),
        }
    }

    fn within(
        &self,
        call: &TokenStream,
        inner: &RustType,
        checks: &Checks,
        variable: &str,
        name: &str,
    ) -> Vec<TokenStream> {
        let variable = ident(variable);
        let conditions = self.conditions(inner, checks, &Access::reference(quote!(#variable)), name);
        if conditions.is_empty() { Vec::new() } else { vec![quote!(#call(|#variable| #(#conditions)&&*))] }
    }

    /// Whether the type alone answers: closed enumerations have nothing left to check.
    fn never_fails(&self, ty: &RustType, checks: &Checks) -> bool {
        let only_nested = checks.inner.is_none() && checks.own == [Assertion::Nested];
        match ty {
            RustType::Model(ModelId(id)) => only_nested && self.model_never_fails(*id),
            RustType::Option(inner) | RustType::Tristate(inner) | RustType::Boxed(inner) => {
                self.never_fails(inner, checks)
            }
            RustType::Vec(inner) | RustType::Map(inner) => {
                checks.own.is_empty() && checks.inner.as_ref().is_none_or(|within| self.never_fails(inner, within))
            }
            _ => false,
        }
    }

    fn model_never_fails(&self, id: usize) -> bool {
        use crate::plan::Openness;
        let model = &self.plan.models[id];
        let lenient = |openness: &Openness| *openness != Openness::Open;
        match &model.kind {
            _ if model.residue => false,
            ModelKind::StringEnum(openness, _) | ModelKind::IntegerEnum(openness, _) => lenient(openness),
            ModelKind::Struct(_)
            | ModelKind::TaggedUnion(_)
            | ModelKind::UntaggedUnion(_)
            | ModelKind::TypeUnion(_)
            | ModelKind::Newtype(..) => false,
        }
    }
}

/// How an expression reaches a value.
pub(super) struct Access {
    tokens: TokenStream,
    is_reference: bool,
}

impl Access {
    /// A place, such as `self.name`.
    pub(super) fn place(tokens: TokenStream) -> Self {
        Self { tokens, is_reference: false }
    }

    /// A reference, such as the parameter of a closure.
    pub(super) fn reference(tokens: TokenStream) -> Self {
        Self { tokens, is_reference: true }
    }

    fn dotted(&self) -> &TokenStream {
        &self.tokens
    }

    fn by_reference(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.is_reference { quote!(#tokens) } else { quote!(&#tokens) }
    }

    fn by_value(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.is_reference { quote!(*#tokens) } else { quote!(#tokens) }
    }

    fn reference_to_option(&self) -> TokenStream {
        let tokens = &self.tokens;
        quote!(#tokens.as_ref())
    }
}

fn assertion(assertion: &Assertion, ty: &RustType, access: &Access, name: &str) -> TokenStream {
    let (place, reference) = (access.dotted(), access.by_reference());
    match assertion {
        Assertion::Nested => quote!(#place.holds(direction)),
        Assertion::Length(min, max) => counted(&quote!(&support::length(#reference)), *min, *max),
        Assertion::Items(min, max) => counted(&quote!(&#place.len()), *min, *max),
        Assertion::Pattern(_) => {
            let pattern = pattern_name(name);
            quote!(#pattern.is_match(#reference))
        }
        Assertion::Format(format) => {
            let format = Literal::string(format);
            quote!(support::format::is_valid(#format, #reference))
        }
        Assertion::Bound(comparison, bound) => {
            let value = access.by_value();
            let bound = number(bound, ty);
            match comparison {
                Comparison::AtLeast => quote!(#value >= #bound),
                Comparison::Above => quote!(#value > #bound),
                Comparison::AtMost => quote!(#value <= #bound),
                Comparison::Below => quote!(#value < #bound),
            }
        }
    }
}

/// `(1..=255).contains(&count)`, with the bounds that there are.
fn counted(count: &TokenStream, min: Option<u64>, max: Option<u64>) -> TokenStream {
    let literal = |bound: u64| Literal::u64_unsuffixed(bound);
    match (min.map(literal), max.map(literal)) {
        (Some(min), Some(max)) => quote!((#min..=#max).contains(#count)),
        (Some(min), None) => quote!((#min..).contains(#count)),
        (None, Some(max)) => quote!((..=#max).contains(#count)),
        (None, None) => quote!(true),
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

/// The name of a format's type in the run time.
fn format_name(format: Format) -> &'static str {
    match format {
        Format::DateTime => "DateTime",
        Format::Date => "Date",
        Format::Time => "Time",
        Format::Uuid => "Uuid",
        Format::Uri => "Uri",
        Format::UriReference => "UriRef",
        Format::Byte => "Bytes",
        Format::Ipv4 => "Ipv4",
        Format::Ipv6 => "Ipv6",
    }
}

/// The patterns of a checks tree.
pub(super) fn patterns(checks: &Checks) -> Vec<&str> {
    let own = checks.own.iter().filter_map(|it| match it {
        Assertion::Pattern(pattern) => Some(pattern.as_str()),
        _ => None,
    });
    own.chain(checks.inner.iter().flat_map(|inner| patterns(inner))).collect()
}

/// The name of the static that holds a field's pattern.
pub(super) fn pattern_name(field: &str) -> Ident {
    let name = field.trim_start_matches("r#").to_uppercase();
    format_ident!("{}_PATTERN", name)
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
