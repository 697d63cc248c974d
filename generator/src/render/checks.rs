//! Checks as conditions: what `holds` consists of.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::tokens::{Scope, ident, number};
use crate::plan::names;
use crate::plan::{
    Assertion, Checks, Comparison, Field, ModelId, ModelKind, Openness, Presence, Rest, RustType, Struct,
};

impl Scope<'_> {
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
        let (place, reference) = (access.dotted(), access.by_reference());
        if is_nested(ty, checks) {
            return vec![quote!(#place.holds(direction))];
        }
        if let Some((min, max)) = only_length(ty, checks) {
            let range = range(min, max);
            return vec![quote!(support::has_length(#reference, #range))];
        }
        match ty {
            RustType::Option(inner) => {
                let reference = access.reference_to_option();
                self.within(&quote!(#reference.is_none_or), inner, checks, "value", name)
            }
            RustType::Tristate(inner) => self.within(&quote!(#place.value().is_none_or), inner, checks, "value", name),
            RustType::Secret(inner) => {
                self.conditions(inner, checks, &Access::reference(quote!(#place.expose())), name)
            }
            RustType::Boxed(inner) => self.conditions(inner, checks, access, name),
            RustType::Vec(inner) | RustType::Map(_, inner) | RustType::Set(inner) => {
                let mut all: Vec<_> = checks.own.iter().map(|it| assertion(it, ty, access, name)).collect();
                if checks.inner.as_deref().is_some_and(|it| is_nested(inner, it)) {
                    all.push(quote!(#place.holds(direction)));
                } else if let Some(within) = &checks.inner {
                    let iterate = if matches!(ty, RustType::Map(..)) { quote!(values) } else { quote!(iter) };
                    all.extend(self.within(&quote!(#place.#iterate().all), inner, within, "item", name));
                }
                all
            }
            _ => checks.own.iter().map(|it| assertion(it, ty, access, name)).collect(),
        }
    }

    /// Whether a condition for a value asks which way it travels.
    pub(super) fn asks_direction(&self, ty: &RustType, checks: &Checks) -> bool {
        if checks.is_empty() || self.never_fails(ty, checks) {
            return false;
        }
        let own = checks.own.contains(&Assertion::Nested) || is_nested(ty, checks);
        match ty {
            RustType::Option(inner) | RustType::Tristate(inner) | RustType::Secret(inner) | RustType::Boxed(inner) => {
                self.asks_direction(inner, checks)
            }
            RustType::Vec(inner) | RustType::Map(_, inner) | RustType::Set(inner) => {
                let asks = |it: &Checks| is_nested(inner, it) || self.asks_direction(inner, it);
                own || checks.inner.as_deref().is_some_and(asks)
            }
            _ => own,
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
            RustType::Vec(inner) | RustType::Map(_, inner) | RustType::Set(inner) => {
                checks.own.is_empty() && checks.inner.as_ref().is_none_or(|within| self.never_fails(inner, within))
            }
            _ => false,
        }
    }

    fn model_never_fails(&self, id: usize) -> bool {
        let model = &self.plan.models[id];
        let lenient = |openness: &Openness| *openness != Openness::Open;
        match &model.kind {
            _ if model.residue => false,
            ModelKind::StringEnum(openness, _) | ModelKind::IntegerEnum(openness, _) => lenient(openness),
            ModelKind::Struct(_)
            | ModelKind::TaggedUnion(_)
            | ModelKind::UntaggedUnion(_)
            | ModelKind::TypeUnion(_)
            | ModelKind::Newtype(..)
            | ModelKind::Alias(_)
            | ModelKind::Own(_) => false,
        }
    }
}

/// Whether all that a value is asked is what the models and floats in it ask themselves.
fn is_nested(ty: &RustType, checks: &Checks) -> bool {
    match ty {
        RustType::Float => checks.own == [Assertion::Finite] && checks.inner.is_none(),
        RustType::Model(_) => checks.own == [Assertion::Nested] && checks.inner.is_none(),
        RustType::Option(inner) | RustType::Tristate(inner) | RustType::Boxed(inner) => is_nested(inner, checks),
        RustType::Vec(inner) | RustType::Map(_, inner) | RustType::Set(inner) => {
            checks.own.is_empty() && checks.inner.as_ref().is_some_and(|it| is_nested(inner, it))
        }
        _ => false,
    }
}

/// The bounds of the length of a text, or of each text in a list, where nothing else is asked.
fn only_length(ty: &RustType, checks: &Checks) -> Option<(Option<u64>, Option<u64>)> {
    match (ty, checks.own.as_slice(), &checks.inner) {
        (RustType::Option(inner) | RustType::Tristate(inner) | RustType::Boxed(inner), ..) => {
            only_length(inner, checks)
        }
        (RustType::Vec(items), [], Some(inner)) => only_length(items, inner),
        (RustType::String, [Assertion::Length(min, max)], None) => Some((*min, *max)),
        _ => None,
    }
}

/// The conditions that must hold for the number of properties.
pub(super) fn size_conditions(it: &Struct) -> Vec<TokenStream> {
    let required = it.fields.iter().filter(|field| field.presence == Presence::Required).count();
    let optional = it.fields.iter().filter(|field| field.presence != Presence::Required);
    let optional: Vec<_> = optional.map(|field| ident(&field.name)).collect();
    let required = (required > 0).then(|| Literal::usize_unsuffixed(required).into_token_stream());
    let present = (!optional.is_empty()).then(|| quote!(support::present(&[#(&self.#optional),*])));
    let rest = if let Rest::Open(name, ..) = &it.rest { Some(ident(name)) } else { None };
    let rest = rest.map(|name| quote!(self.#name.len()));
    let summands: Vec<_> = required.into_iter().chain(present).chain(rest).collect();
    let count = if summands.len() == 1 { quote!(&#(#summands)*) } else { quote!(&(#(#summands)+*)) };
    it.sizes.iter().map(|(min, max)| counted(&count, *min, *max)).collect()
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
        Assertion::Length(min, max) => {
            let range = range(*min, *max);
            quote!(support::has_length(#reference, #range))
        }
        Assertion::Items(min, max) => counted(&quote!(&#place.len()), *min, *max),
        Assertion::Unique => quote!(support::is_unique(#reference)),
        Assertion::Finite => quote!(#place.is_finite()),
        Assertion::Multiple(divisor) => {
            let (value, divisor) = (access.by_value(), number(divisor, ty));
            if matches!(ty, RustType::Integer(it) if it.is_unsigned()) {
                quote!(#place.is_multiple_of(#divisor))
            } else {
                quote!(#value % #divisor == 0)
            }
        }
        Assertion::Pattern(_) => {
            let (pattern, text) = (pattern_name(name), read(ty, access));
            quote!(#pattern.is_match(#text))
        }
        Assertion::Format(format) => {
            let (format, text) = (Literal::string(format), read(ty, access));
            quote!(support::format::is_valid(#format, #text))
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

/// The text of a string, or of a value that a format describes.
fn read(ty: &RustType, access: &Access) -> TokenStream {
    let place = access.dotted();
    if matches!(ty, RustType::Formatted(_)) { quote!(&#place.spelling()) } else { access.by_reference() }
}

/// `(1..=255).contains(&count)`, with the bounds that there are.
fn counted(count: &TokenStream, min: Option<u64>, max: Option<u64>) -> TokenStream {
    let range = range(min, max);
    quote!((#range).contains(#count))
}

/// `1..=255`, with the bounds that there are.
fn range(min: Option<u64>, max: Option<u64>) -> TokenStream {
    let (min, max) = (min.map(Literal::u64_unsuffixed), max.map(Literal::u64_unsuffixed));
    if max.is_some() { quote!(#min..=#max) } else { quote!(#min..) }
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
    format_ident!("{}", names::pattern(field))
}
