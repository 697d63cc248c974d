//! What templates see of a model: plain text for the filters, fragments for everything else.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};
use quote::quote;
use specwright_runtime::Direction;

use super::aliases::{self, Arranged};
use super::checks::{Access, pattern_name, patterns, size_conditions};
use super::fields::{argument, default, field};
use super::fragment::{attribute, finished, inline_type, laid_out, parameter_list, rust, visible};
use super::shared;
use super::spaced::spaced;
use super::tokens::{Scope, ident};
use crate::ir::TagKind;
use crate::plan::{
    ApiPlan, Checks, Construction, EnumVariant, Equality, Field, Home, LeftOut, Model, ModelFile, ModelId, ModelKind,
    Openness, Rest, RustType, Struct, TagCheck, TaggedUnion, TypeVariant, Untagged, UntaggedUnion, names, with_source,
};

/// What the name of an API is good for in templates.
pub(super) fn api(plan: &ApiPlan) -> Value {
    context! {
        module => plan.module.as_str(),
        feature => plan.feature.as_str(),
        title => plan.title.as_str(),
        source => plan.source.as_str(),
        docs => plan.docs.as_str(),
    }
}

/// The models of a file.
pub(super) fn models(plan: &ApiPlan, home: &Home) -> Vec<Value> {
    let scope = Scope::new(plan, Some(home.clone()));
    let arranged = Arranged::new(plan, home);
    let alone = |id: &ModelId| context! { attributes => attributes(plan, *id), ..model(&scope, &plan.models[id.0]) };
    arranged.models.iter().map(alone).chain(arranged.list(&scope)).collect()
}

/// The names of the items that the models of a file make.
pub(super) fn model_items(plan: &ApiPlan, home: &Home) -> Vec<String> {
    Arranged::new(plan, home).items(plan)
}

/// What the user adds to a model; `#[non_exhaustive]` stands above every struct and enum anyway.
fn attributes(plan: &ApiPlan, id: ModelId) -> Vec<Value> {
    let kept = |it: &TokenStream| {
        matches!(plan.models[id.0].kind, ModelKind::Newtype(..))
            || it.to_string() != quote!(#[non_exhaustive]).to_string()
    };
    let lines = plan.attributes.get(&id).into_iter().flatten();
    lines.filter_map(|line| line.parse::<TokenStream>().ok()).filter(kept).map(|it| attribute(&it)).collect()
}

fn model(scope: &Scope<'_>, model: &Model) -> Value {
    let (kind, own) = match &model.kind {
        ModelKind::Struct(it) => ("struct", structure(scope, it)),
        ModelKind::StringEnum(openness, variants) => {
            ("string_enum", enumeration(*openness, variants, |wire| Value::from(wire.as_str())))
        }
        ModelKind::IntegerEnum(openness, variants) => {
            ("integer_enum", enumeration(*openness, variants, |wire| Value::from(*wire)))
        }
        ModelKind::TaggedUnion(it) => ("tagged_union", tagged_union(scope, it)),
        ModelKind::UntaggedUnion(it) => ("untagged_union", untagged_union(scope, it)),
        ModelKind::TypeUnion(variants) => ("type_union", type_union(scope, variants)),
        ModelKind::Newtype(ty, checks) => {
            let equality = context! {
                total => model.equality != Equality::Partial,
                ordered => model.equality == Equality::Ordered,
            };
            ("newtype", context! { ..equality, ..newtype(scope, ty, checks) })
        }
        ModelKind::Alias(target) => {
            let ty = rust(&scope.ty(&RustType::Model(*target)));
            ("alias", context! { ty, is_tuple => aliases::is_tuple(scope.plan, *target) })
        }
        ModelKind::Own(path) => {
            ("alias", context! { ty => rust(&scope.ty(&RustType::Own(path.clone()))), is_tuple => false })
        }
    };
    let said: Vec<_> = [model.docs.clone(), other_name(scope, model)].into_iter().filter(|it| !it.is_empty()).collect();
    let about = with_source(&said.join("\n\n"), &model.source);
    let common = context! {
        kind => kind,
        has_position => kind != "newtype",
        name => model.name.as_str(),
        docs => docs(&about, model.deprecated),
        pointer => model.pointer.as_str(),
        by_schema => model.residue,
    };
    context! { ..own, ..common }
}

/// What is said of another name of a tuple struct: values show the name of the struct itself.
fn other_name(scope: &Scope<'_>, model: &Model) -> String {
    match model.kind {
        ModelKind::Alias(target) if aliases::is_tuple(scope.plan, target) => {
            format!("Another name of `{}`.", spaced(scope.ty(&RustType::Model(target))))
        }
        _ => String::new(),
    }
}

/// Deprecation of a type stands in the text: an attribute would make every use inside the generated code a warning.
pub(super) fn docs(text: &str, deprecated: bool) -> String {
    if deprecated { format!("{text}\n\nDeprecated.") } else { text.to_owned() }
}

fn structure(scope: &Scope<'_>, it: &Struct) -> Value {
    let asked: Vec<_> = it.fields.iter().filter(|field| field.is_asked()).collect();
    let arguments: Vec<_> = asked.iter().map(|field| argument(scope, field)).collect();
    let fields: Vec<_> = it.fields.iter().map(|it| field(scope, it)).collect();
    let mut conditions = size_conditions(it);
    let asks = |field: &Field| scope.asks_direction(&field.ty, &field.checks);
    let mut asks_direction = it.fields.iter().any(asks);
    conditions.extend(it.fields.iter().flat_map(|field| scope.field_conditions(field)));
    let mut named: Vec<_> = it.fields.iter().flat_map(|field| named_patterns(&field.name, &field.checks)).collect();
    let rest = match &it.rest {
        Rest::Closed | Rest::Dropped => Value::from(()),
        Rest::Open(name, ty, checks) => {
            let place = ident(name);
            let map = RustType::map(RustType::String, ty.clone());
            let checks = Checks { own: Vec::new(), inner: Some(Box::new(checks.clone())) };
            asks_direction |= scope.asks_direction(&map, &checks);
            conditions.extend(scope.conditions(&map, &checks, &Access::place(quote!(self.#place)), name));
            named.extend(named_patterns(name, &checks));
            context! { name => name.as_str(), ty => inline_type(&scope.ty(&map)) }
        }
    };
    context! {
        default => it.construction == Construction::Default,
        deprecates => it.fields.iter().any(|field| field.deprecated),
        fields => fields,
        constructs => it.construction == Construction::New,
        constructor => finished(parameter_list(&arguments, "    new(),".len())),
        holds_always => conditions.is_empty(),
        defaults => it.fields.iter().filter_map(|field| default(scope, field)).collect::<Vec<_>>(),
        without_rest => rust(&quote_word(if it.rest == Rest::Dropped { "dropped" } else { "closed" })),
        rest => rest,
        left_out => it.left_out.as_ref().map(left_out),
        made_of => it.made_of.as_ref().and_then(|made_of| super::written::made_of(scope, it, made_of)),
        required => it.construction.required(),
        ..validation(&conditions, asks_direction, named)
    }
}

/// The properties that do not travel the way of a type.
fn left_out(it: &LeftOut) -> Value {
    let direction = match it.direction {
        Direction::Request => "Request",
        Direction::Response => "Response",
    };
    let properties: Vec<_> = it.properties.iter().map(|(wire, pointer)| context! { wire, pointer }).collect();
    context! { direction => rust(&quote_word(direction)), properties }
}

fn enumeration<T>(openness: Openness, variants: &[EnumVariant<T>], wire: impl Fn(&T) -> Value) -> Value {
    let variants: Vec<_> = variants
        .iter()
        .map(|it| {
            let value = wire(&it.wire);
            let docs = it.docs.as_deref().unwrap_or_default();
            let shown = shown(&value.to_string());
            context! { name => it.name.as_str(), wire => value, docs, shown }
        })
        .collect();
    let word = match openness {
        Openness::Closed => "closed",
        Openness::Open => "open",
        Openness::Extensible => "extensible",
    };
    context! {
        variants => variants,
        openness => rust(&quote_word(word)),
    }
}

/// What documentation shows in place of a value that would be markup in a code span.
fn shown(value: &str) -> Option<String> {
    let is_tame = |it: char| !it.is_control() && it != '`';
    let is_as_it_is = value.chars().all(is_tame) && !value.trim().is_empty() && visible(value) == value;
    (!is_as_it_is).then(|| visible(value).chars().map(|it| if is_tame(it) { it } else { ' ' }).collect())
}

fn tagged_union(scope: &Scope<'_>, it: &TaggedUnion) -> Value {
    let convertible = convertible(it.variants.iter().map(|variant| &variant.ty));
    let variants: Vec<_> = it
        .variants
        .iter()
        .zip(convertible)
        .map(|(variant, from)| {
            let is_default = it.default.as_ref() == Some(&variant.name);
            let others = if is_default { ", any that no other branch has, or none" } else { "" };
            let docs = format!("`{}`: `{}`{others}", it.tag.replace('`', "'"), variant.wire.replace('`', "'"));
            let (field, look_at) = match &variant.check {
                TagCheck::Never => (None, None),
                TagCheck::Text(field) => (Some(field.as_str()), Some("as_str")),
                TagCheck::Number(field) => (Some(field.as_str()), Some("as_i64")),
                TagCheck::Itself(field) => (Some(field.as_str()), None),
            };
            let own =
                context! { wire => rust(&wire(it.kind, &variant.wire)), from, docs, field, look_at => look_at.map(|it| rust(&quote_word(it))) };
            context! { ..own, ..branch(scope, &variant.name, &variant.ty, &variant.accessor) }
        })
        .collect();
    let openness = match &it.default {
        Some(variant) => {
            let variant = ident(variant);
            rust(&quote!(default = #variant))
        }
        None => rust(&quote_word(if it.open { "open" } else { "closed" })),
    };
    let untagged = it.untagged.as_ref().map(untagged);
    let tag_kind = rust(&quote_word(it.kind.as_str()));
    let branches: Vec<_> = it.variants.iter().map(|it| (it.name.as_str(), &it.ty, it.accessor.as_str())).collect();
    let shared = shared::properties(scope, &branches, it.open);
    context! { shared, tag => it.tag.as_str(), tag_kind, open => it.open, openness, variants, untagged }
}

/// A value of a tag, as a literal.
fn wire(kind: TagKind, wire: &str) -> TokenStream {
    match kind {
        TagKind::String => quote!(#wire),
        TagKind::Integer => {
            let wire = Literal::i64_unsuffixed(wire.parse().unwrap_or_default());
            quote!(#wire)
        }
        TagKind::Boolean => {
            let wire = wire == "true";
            quote!(#wire)
        }
    }
}

/// What decides about values without the tag.
fn untagged(it: &Untagged) -> Value {
    let branches: Vec<_> = it.branches.iter().map(|(pointer, name)| context! { pointer, name }).collect();
    context! { count => rust(&count(it.exactly_one)), branches }
}

fn count(exactly_one: bool) -> TokenStream {
    quote_word(if exactly_one { "ExactlyOne" } else { "AtLeastOne" })
}

fn untagged_union(scope: &Scope<'_>, it: &UntaggedUnion) -> Value {
    let convertible = convertible(it.variants.iter().map(|variant| &variant.ty));
    let variants: Vec<_> = it
        .variants
        .iter()
        .zip(convertible)
        .map(|(variant, from)| {
            let docs = format!("The branch at `#{}`.", variant.pointer.replace('`', "'"));
            let own = context! { pointer => variant.pointer.as_str(), from, docs };
            context! { ..own, ..branch(scope, &variant.name, &variant.ty, &variant.accessor) }
        })
        .collect();
    let branches: Vec<_> = it.variants.iter().map(|it| (it.name.as_str(), &it.ty, it.accessor.as_str())).collect();
    let shared = shared::properties(scope, &branches, false);
    context! { shared, variants, count => rust(&count(it.exactly_one)) }
}

fn type_union(scope: &Scope<'_>, variants: &[TypeVariant]) -> Value {
    let convertible = convertible(variants.iter().map(|variant| &variant.ty));
    let variants: Vec<_> = variants
        .iter()
        .zip(convertible)
        .map(|(variant, from)| {
            let docs = format!("A value of the type `{}`.", variant.json.as_str());
            let own = context! { json => rust(&quote_word(variant.json.as_str())), from, docs };
            context! { ..own, ..branch(scope, &variant.name, &variant.ty, &variant.accessor) }
        })
        .collect();
    context! { variants }
}

/// What the branches of all unions have.
fn branch(scope: &Scope<'_>, name: &str, ty: &RustType, accessor: &str) -> Value {
    context! { name, ty => inline_type(&scope.ty(ty)), look => accessor, take => names::taker(accessor) }
}

/// Which branches have a type of their own, so that a value says which branch it is.
fn convertible<'a>(types: impl Iterator<Item = &'a RustType> + Clone) -> Vec<bool> {
    let all: Vec<_> = types.collect();
    all.iter().map(|ty| all.iter().filter(|other| other == &ty).count() == 1).collect()
}

fn newtype(scope: &Scope<'_>, ty: &RustType, checks: &Checks) -> Value {
    let conditions = scope.conditions(ty, checks, &Access::place(quote!(self.0)), "value");
    let tokens = scope.ty(ty);
    context! {
        ty => rust(&tokens),
        inline_ty => inline_type(&tokens),
        ..validation(&conditions, scope.asks_direction(ty, checks), named_patterns("value", checks))
    }
}

/// The body of `holds`, and the patterns that it names.
fn validation(conditions: &[TokenStream], asks_direction: bool, patterns: Vec<(String, String)>) -> Value {
    let body = match conditions {
        [] => rust(&quote!(true)),
        [only] => laid_out(&bare(only), 0, 2),
        several => laid_out(&quote!(#(#several)&&*), 0, 2),
    };
    let direction = if asks_direction { quote!(direction) } else { quote!(_) };
    let patterns: Vec<_> = patterns.into_iter().map(|(name, text)| context! { name, text }).collect();
    context! { conditions => body, direction => rust(&direction), patterns }
}

/// A condition that stands alone, without the parentheses that it has among others.
fn bare(condition: &TokenStream) -> TokenStream {
    let mut trees = condition.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Parenthesis => group.stream(),
        _ => condition.clone(),
    }
}

fn named_patterns(field: &str, checks: &Checks) -> Vec<(String, String)> {
    let name = pattern_name(field).to_string();
    patterns(checks).into_iter().map(|pattern| (name.clone(), pattern.to_owned())).collect()
}

pub(super) fn quote_word(word: &str) -> TokenStream {
    let word = ident(word);
    quote!(#word)
}

/// The name of the type that a file is about.
pub(super) fn main<'a>(plan: &'a ApiPlan, file: &ModelFile) -> &'a str {
    &plan.models[file.main.0].name
}
