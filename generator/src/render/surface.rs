//! The public surface of rendered files as text: what people who use a crate see, one line an item.
//!
//! ```text
//! struct TeamUser: Debug, Clone, PartialEq
//!     id: i64
//!     fn new(id: i64) -> Self
//! ```

use syn::{Attribute, Fields, ImplItem, Item, ItemImpl, TraitItem, Visibility};

use super::RenderError;
use super::made::with_made;
use super::spaced::spaced;

/// The public items of a Rust file, in order; members are indented below their item.
///
/// # Errors
/// Where the text is not Rust.
pub fn surface(path: &str, text: &str) -> Result<String, RenderError> {
    let file = syn::parse_file(text)
        .map_err(|error| RenderError { template: path.to_owned(), message: format!("it does not parse: {error}") })?;
    let mut lines = Vec::new();
    with_made(file.items).for_each(|item| item_lines(&item, &mut lines));
    Ok(lines.iter().fold(String::new(), |out, line| out + line + "\n"))
}

fn item_lines(item: &Item, lines: &mut Vec<String>) {
    match item {
        Item::Struct(it) if is_public(&it.vis) => {
            let open = if open(&it.attrs) { "non_exhaustive " } else { "" };
            lines.push(format!("{open}struct {}{}", it.ident, derives(&it.attrs)));
            lines.extend(fields(&it.fields).into_iter().map(|field| format!("    {field}")));
        }
        Item::Enum(it) if is_public(&it.vis) => {
            let open = if open(&it.attrs) { "non_exhaustive " } else { "" };
            lines.push(format!("{open}enum {}{}", it.ident, derives(&it.attrs)));
            lines.extend(it.variants.iter().map(|variant| format!("    {}", variant_line(variant))));
        }
        Item::Trait(it) if is_public(&it.vis) => {
            let supertraits = &it.supertraits;
            lines.push(format!("trait {}: {}", it.ident, spaced(supertraits)));
            lines.extend(it.items.iter().filter_map(trait_line).map(|line| format!("    {line}")));
        }
        Item::Impl(it) => impl_lines(it, lines),
        Item::Fn(it) if is_public(&it.vis) => lines.push(signature(&it.sig)),
        Item::Const(it) if is_public(&it.vis) => lines.push(format!("const {}: {}", it.ident, ty(&it.ty))),
        Item::Static(it) if is_public(&it.vis) => lines.push(format!("static {}: {}", it.ident, ty(&it.ty))),
        Item::Mod(it) if is_public(&it.vis) => lines.push(format!("mod {}", it.ident)),
        Item::Type(it) if is_public(&it.vis) => lines.push(format!("type {} = {}", it.ident, ty(&it.ty))),
        Item::Use(it) if is_public(&it.vis) => {
            let tree = &it.tree;
            lines.push(format!("use {}", spaced(tree)));
        }
        _ => {}
    }
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether an item is marked as one that may grow.
pub(super) fn open(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| it.path().is_ident("non_exhaustive"))
}

/// The derived traits.
pub(super) fn traits(attributes: &[Attribute]) -> Vec<String> {
    let lists = attributes.iter().filter(|it| it.path().is_ident("derive"));
    let lists = lists.filter_map(|it| it.meta.require_list().ok()).map(|it| spaced(it.tokens.clone()));
    lists.flat_map(|it| it.split(", ").map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// The derived traits, behind a colon.
fn derives(attributes: &[Attribute]) -> String {
    let names = traits(attributes).join(", ");
    if names.is_empty() { names } else { format!(": {names}") }
}

pub(super) fn fields(fields: &Fields) -> Vec<String> {
    let public = fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis));
    let line = |(idx, field): (usize, &syn::Field)| match &field.ident {
        Some(name) => format!("{name}: {}", ty(&field.ty)),
        None => format!("{idx}: {}", ty(&field.ty)),
    };
    public.map(line).collect()
}

pub(super) fn variant_line(variant: &syn::Variant) -> String {
    let name = &variant.ident;
    let members: Vec<_> = variant
        .fields
        .iter()
        .map(|field| match &field.ident {
            Some(name) => format!("{name}: {}", ty(&field.ty)),
            None => ty(&field.ty),
        })
        .collect();
    match variant.fields {
        Fields::Unit => name.to_string(),
        Fields::Unnamed(_) => format!("{name}({})", members.join(", ")),
        Fields::Named(_) => format!("{name} {{ {} }}", members.join(", ")),
    }
}

fn trait_line(item: &TraitItem) -> Option<String> {
    match item {
        TraitItem::Fn(it) => Some(signature(&it.sig)),
        TraitItem::Type(it) => {
            let bounds = &it.bounds;
            Some(format!("type {}: {}", it.ident, spaced(bounds)))
        }
        _ => None,
    }
}

/// Methods stand below their type, implementations of traits are items.
fn impl_lines(it: &ItemImpl, lines: &mut Vec<String>) {
    if let Some((name, _)) = &it.trait_ {
        lines.push(format!("impl {} for {}", spaced(name), ty(&it.self_ty)));
        return;
    }
    let methods = it.items.iter().filter_map(|item| match item {
        ImplItem::Fn(it) if is_public(&it.vis) => Some(format!("    {}", signature(&it.sig))),
        _ => None,
    });
    lines.extend(methods);
}

/// A signature as people write it on one line.
pub(super) fn signature(signature: &syn::Signature) -> String {
    spaced(signature)
}

pub(super) fn ty(ty: &syn::Type) -> String {
    spaced(ty)
}
