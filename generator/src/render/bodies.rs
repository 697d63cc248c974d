//! What templates see of bodies: their types, their media types, and the types that they have of their own.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::quote_word;
use super::fields::{converted, taken};
use super::forms;
use super::fragment::{finished, inline_type, laid_out, on_a_line, rust, text_literal};
use super::parameters::shape;
use super::spaced::spaced;
use super::tokens::{Scope, ident, presence_word};
use crate::plan::{
    BodyItem, BodyType, Choice, Codec, Construction, ContentPlan, PartKind, PartPlan, Payload, Presence, RustType,
    names,
};

/// The type of a body.
pub(super) fn ty(scope: &Scope<'_>, ty: &BodyType) -> TokenStream {
    match ty {
        BodyType::Model(model) => scope.ty(model),
        BodyType::Value => quote!(serde_json::Value),
        BodyType::Text => scope.ty(&RustType::String),
        BodyType::Bytes => quote!(http::ByteStream),
        BodyType::Binary => quote!(http::Binary),
        BodyType::Items(item) => {
            let item = scope.ty(item);
            quote!(http::Items<#item>)
        }
        BodyType::Events(data) => {
            let data = scope.ty(data);
            quote!(http::Items<http::Event<#data>>)
        }
        BodyType::Own(name) => {
            let name = ident(name);
            quote!(#name)
        }
        BodyType::OwnBoxed(name) => {
            let (name, boxed) = (ident(name), scope.std("Box", &quote!(::std::boxed)));
            quote!(#boxed<#name>)
        }
    }
}

/// What a request takes for a body in parentheses, where that is another type.
pub(super) fn argument(scope: &Scope<'_>, ty: &BodyType) -> String {
    let own = self::ty(scope, ty);
    match ty {
        BodyType::Text | BodyType::Bytes => format!("({})", spaced(converted(scope, &own))),
        _ => String::new(),
    }
}

/// Whether a body is a model in JSON, which needs no choice of a media type.
pub(super) fn is_json(payload: &Payload) -> bool {
    let is_json = |it: &ContentPlan| it.codec == Codec::Json && !it.media_type.contains('*');
    matches!(payload.ty, BodyType::Model(_)) && payload.content.iter().all(is_json)
}

/// The media types of a body as `operation!` wants them, each with its schema and how it is read and written; the key of
/// the schema says it all where that is plain JSON.
pub(super) fn contents(payload: &Payload, before: usize, level: usize) -> Value {
    let is_usual = |it: &ContentPlan| it.codec == Codec::Json && it.media_type == "application/json";
    if let [only] = payload.content.as_slice()
        && let Some(pointer) = only.pointer.as_ref().filter(|_| is_usual(only))
    {
        return text_literal(pointer, before, level);
    }
    if payload.content.iter().all(|it| form(it, level).is_none()) {
        let all = payload.content.iter().map(content);
        return laid_out(&quote!([#(#all),*]), before, level);
    }
    let indent = "    ".repeat(level);
    let line = |it: &ContentPlan| form(it, level + 1).unwrap_or_else(|| on_a_line(&content(it)));
    let lines: Vec<_> = payload.content.iter().map(|it| format!("\n{indent}    {},", line(it))).collect();
    finished(format!("[{}\n{indent}]", lines.concat()))
}

fn form(it: &ContentPlan, level: usize) -> Option<String> {
    let pointer = it.pointer.as_deref().unwrap_or_default();
    match &it.codec {
        Codec::Form(plan) => Some(forms::form("form", pointer, plan, level)),
        Codec::Multipart(plan) => Some(forms::form("multipart", pointer, plan, level)),
        _ => None,
    }
}

fn content(it: &ContentPlan) -> TokenStream {
    let media_type = Literal::string(&it.media_type);
    let pointer = it.pointer.as_ref().map(|it| Literal::string(it));
    match (&it.codec, pointer) {
        (Codec::Json, Some(pointer)) if it.media_type == "application/json" => quote!(http::Content::json(#pointer)),
        (Codec::Json, Some(pointer)) => quote!(http::Content::json_as(#media_type, #pointer)),
        (Codec::Json, None) => quote!(http::Content::any_json(#media_type)),
        (Codec::Scalar(it), pointer) => {
            let shape = shape(it);
            quote!(http::Content::scalar(#media_type, #pointer, &#shape))
        }
        (Codec::Text, None) => quote!(http::Content::text(#media_type)),
        (Codec::Text, Some(pointer)) => quote!(http::Content::text(#media_type).with_schema(#pointer)),
        (Codec::Lines, _) => quote!(http::Content::lines(#media_type)),
        (Codec::Sequence, _) => quote!(http::Content::sequence(#media_type)),
        (Codec::Events, _) => quote!(http::Content::events()),
        // Forms have lines of their own.
        (Codec::Binary | Codec::Form(_) | Codec::Multipart(_), _) => quote!(http::Content::binary(#media_type)),
    }
}

/// A type that a body has of its own.
pub(super) fn item(scope: &Scope<'_>, item: &BodyItem) -> Value {
    match item {
        BodyItem::Parts { name, docs, fields, construction } => {
            let lists: Vec<_> = fields.iter().filter(|it| it.kind.is_files()).map(|it| it.wire.clone()).collect();
            let deprecates = fields.iter().any(|it| it.deprecated);
            let fields: Vec<_> = fields.iter().map(|it| part_field(scope, it)).collect();
            context! {
                kind => "parts",
                name => name.as_str(),
                docs => docs.as_str(),
                default => *construction == Construction::Default,
                constructs => *construction == Construction::New,
                required => construction.required(),
                deprecates,
                fields,
                lists,
            }
        }
        BodyItem::Choice { name, docs, variants, uneven } => {
            let variants: Vec<_> = variants.iter().map(|it| variant(scope, it)).collect();
            context! { kind => "choice", name => name.as_str(), docs => docs.as_str(), variants, uneven }
        }
    }
}

fn part_field(scope: &Scope<'_>, it: &PartPlan) -> Value {
    let (ty, presence) = part(scope, it);
    let required = it.kind.is_required();
    let presence = ident(presence);
    let (given, built) = match &it.kind {
        PartKind::File | PartKind::OptionalFile => (quote!(http::File), quote!(http::File)),
        PartKind::Files | PartKind::OptionalFiles => (ty.clone(), ty.clone()),
        PartKind::Value(_, own) => {
            let value = if required { own } else { own.inner().unwrap_or(own) };
            (taken(scope, value), scope.ty(value))
        }
    };
    let slot = match &it.kind {
        PartKind::File | PartKind::Files => "required",
        PartKind::OptionalFile => "optional",
        PartKind::OptionalFiles => "defaulted",
        PartKind::Value(presence, _) => presence_word(*presence),
    };
    let initial = match &it.kind {
        PartKind::Value(Presence::Tristate, _) => quote!(support::Tristate::Absent),
        PartKind::OptionalFiles => quote!(Vec::new()),
        _ => quote!(None),
    };
    context! {
        name => it.name.as_str(),
        wire => it.wire.as_str(),
        docs => it.docs.as_str(),
        deprecated => it.deprecated,
        ty => rust(&ty),
        presence => rust(&quote!(#presence)),
        required,
        setter => names::setter(&it.name),
        argument => rust(&given),
        held => inline_type(&given),
        built => inline_type(&built),
        slot => rust(&quote_word(slot)),
        initial => rust(&initial),
        text => matches!(&it.kind, PartKind::Value(_, own) if *own == RustType::String || *own == RustType::Secret(Box::new(RustType::String))),
    }
}

/// Type, and word of `multipart!`.
fn part(scope: &Scope<'_>, it: &PartPlan) -> (TokenStream, &'static str) {
    match &it.kind {
        PartKind::File => (quote!(http::File), "file"),
        PartKind::OptionalFile => {
            let option = scope.std("Option", &quote!(::std::option));
            (quote!(#option<http::File>), "optional_file")
        }
        PartKind::Files | PartKind::OptionalFiles => {
            let vec = scope.std("Vec", &quote!(::std::vec));
            (quote!(#vec<http::File>), "files")
        }
        PartKind::Value(presence, ty) => (scope.ty(ty), presence_word(*presence)),
    }
}

fn variant(scope: &Scope<'_>, it: &Choice) -> Value {
    let positions = it.positions.iter().map(|it| Literal::usize_unsuffixed(*it));
    context! {
        name => it.name.as_str(),
        docs => it.docs.as_str(),
        ty => rust(&ty(scope, &it.ty)),
        positions => rust(&quote!(#(#positions)|*)),
    }
}
