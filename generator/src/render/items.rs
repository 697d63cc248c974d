//! The public items of generated files as data: what a caller can name, for comparing two versions of a crate.

use syn::{ImplItem, Item, TraitItem};

use super::RenderError;
use super::made::{other_name, with_made};
use super::spaced::spaced;
use super::surface::{fields, is_public, open, signature, traits, ty, variant_line};

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A struct; its members are public fields and methods.
    Struct,
    /// A struct that nobody outside builds or takes apart: it is marked so, or has a private field.
    OpenStruct,
    /// An enum; its members are variants and methods.
    Enum,
    /// An enum that is marked as one that may grow.
    OpenEnum,
    /// A trait.
    Trait,
    /// A function, a constant, a module or a name made known elsewhere.
    Other,
}

/// A public item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicItem {
    /// The file, which is its module.
    pub file: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ItemKind,
    /// Signature or type, where it has one.
    pub text: String,
    /// The traits that it implements, derived ones first.
    pub traits: Vec<String>,
    /// Fields, variants and methods: name and text of each.
    pub members: Vec<Member>,
}

/// A part of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// What it is, with its type.
    pub text: String,
    /// Whether it is a method.
    pub is_method: bool,
    /// Whether an implementation may leave it out.
    pub has_default: bool,
}

/// The public items of a Rust file, in order.
///
/// # Errors
/// Where the text is not Rust.
pub fn items(path: &str, text: &str) -> Result<Vec<PublicItem>, RenderError> {
    let file = syn::parse_file(text)
        .map_err(|error| RenderError { template: path.to_owned(), message: format!("it does not parse: {error}") })?;
    let mut all = Vec::new();
    let items: Vec<_> = with_made(file.items).collect();
    all.extend(items.iter().filter_map(|it| item(path, it)));
    for it in &items {
        implement(it, &mut all);
    }
    Ok(all)
}

fn item(path: &str, item: &Item) -> Option<PublicItem> {
    let new = |name: String, kind, text: String, traits| PublicItem {
        file: path.to_owned(),
        name,
        kind,
        text,
        traits,
        members: Vec::new(),
    };
    let member = |(name, text): (String, String)| Member { name, text, is_method: false, has_default: false };
    Some(match item {
        Item::Struct(it) if is_public(&it.vis) => {
            let is_open = open(&it.attrs) || it.fields.iter().any(|field| !is_public(&field.vis));
            let kind = if is_open { ItemKind::OpenStruct } else { ItemKind::Struct };
            let fields = fields(&it.fields).into_iter().map(|text| {
                let name = text.split(':').next().unwrap_or_default().to_owned();
                member((name, text))
            });
            PublicItem {
                members: fields.collect(),
                ..new(it.ident.to_string(), kind, String::new(), traits(&it.attrs))
            }
        }
        Item::Enum(it) if is_public(&it.vis) => {
            let kind = if open(&it.attrs) { ItemKind::OpenEnum } else { ItemKind::Enum };
            let members = it.variants.iter().map(|it| member((it.ident.to_string(), variant_line(it)))).collect();
            PublicItem { members, ..new(it.ident.to_string(), kind, String::new(), traits(&it.attrs)) }
        }
        Item::Trait(it) if is_public(&it.vis) => {
            let members = it.items.iter().filter_map(|item| match item {
                TraitItem::Fn(it) => Some(Member {
                    name: it.sig.ident.to_string(),
                    text: signature(&it.sig),
                    is_method: true,
                    has_default: it.default.is_some(),
                }),
                // An implementation must name the type as it must have the method.
                TraitItem::Type(it) => Some(Member {
                    name: it.ident.to_string(),
                    text: format!("type {}: {}", it.ident, spaced(&it.bounds)),
                    is_method: true,
                    has_default: it.default.is_some(),
                }),
                _ => None,
            });
            PublicItem {
                members: members.collect(),
                ..new(it.ident.to_string(), ItemKind::Trait, String::new(), Vec::new())
            }
        }
        Item::Fn(it) if is_public(&it.vis) => {
            new(it.sig.ident.to_string(), ItemKind::Other, signature(&it.sig), Vec::new())
        }
        Item::Const(it) if is_public(&it.vis) => new(it.ident.to_string(), ItemKind::Other, ty(&it.ty), Vec::new()),
        Item::Type(it) if is_public(&it.vis) => new(it.ident.to_string(), ItemKind::Other, ty(&it.ty), Vec::new()),
        Item::Use(it) if is_public(&it.vis) => {
            let path = spaced(&it.tree);
            let path = path.split_once(" as ").map_or(path.as_str(), |(path, _)| path);
            new(other_name(&it.tree)?, ItemKind::Other, path.to_owned(), Vec::new())
        }
        Item::Mod(it) if is_public(&it.vis) => new(it.ident.to_string(), ItemKind::Other, "mod".to_owned(), Vec::new()),
        _ => return None,
    })
}

/// Adds the methods and traits of an `impl` to the type that it is about.
fn implement(item: &Item, all: &mut [PublicItem]) {
    let Item::Impl(it) = item else { return };
    let name = ty(&it.self_ty);
    let name = name.split('<').next().unwrap_or_default();
    let Some(known) = all.iter_mut().find(|it| it.name == name) else { return };
    if let Some((path, _)) = &it.trait_ {
        known.traits.push(spaced(path));
        return;
    }
    let methods = it.items.iter().filter_map(|item| match item {
        ImplItem::Fn(it) if is_public(&it.vis) => Some(method(&it.sig)),
        _ => None,
    });
    known.members.extend(methods);
}

fn method(it: &syn::Signature) -> Member {
    Member { name: it.ident.to_string(), text: signature(it), is_method: true, has_default: true }
}
