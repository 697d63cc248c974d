//! From rendered text to a file: parsed, checked against the plan, printed item by item.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{LineColumn, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{File, Item};

use super::RenderError;
use super::made;

/// What a rendered file should be.
pub(super) struct Frame<'a> {
    /// The template that it came from.
    pub(super) template: &'a str,
    /// Where it will stand.
    pub(super) path: &'a str,
    /// The items that the plan asks for, in order.
    pub(super) planned: &'a [String],
    /// Names that the file may use for modules elsewhere, with their paths.
    pub(super) imports: &'a [(String, String)],
    /// The first line.
    pub(super) banner: &'a str,
}

/// Prints a rendered Rust file under its banner.
///
/// Calls of our own macros keep the layout of their template: a printer knows nothing about what is in them.
pub(super) fn print(frame: &Frame<'_>, text: &str) -> Result<String, RenderError> {
    let Frame { template, path, planned, imports, banner } = frame;
    let failed = |message: String| RenderError { template: format!("{template} for {path}"), message };
    let tokens = text.parse::<TokenStream>().map_err(syn::Error::from);
    let parsed = tokens.and_then(|tokens| Ok((syn::parse2::<File>(tokens.clone())?, tokens)));
    let (file, tokens) = parsed.map_err(|error| {
        let LineColumn { line, column } = error.span().start();
        let near = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        failed(format!("the output does not parse: {error} at {line}:{column}: {near}"))
    })?;
    let found: Vec<String> = file.items.iter().flat_map(names).collect();
    if found != *planned {
        let message = format!("the plan asks for the items {planned:?}, the output has {found:?}");
        return Err(failed(message));
    }
    if let Some(stray) = file.items.iter().find_map(|item| stray(item, planned)) {
        return Err(failed(format!("the plan asks for no {stray}")));
    }
    let mut out = format!("{banner}\n");
    if !file.attrs.is_empty() {
        let head = File { shebang: None, frontmatter: None, attrs: file.attrs.clone(), items: Vec::new() };
        out.push('\n');
        out.push_str(&prettyplease::unparse(&head));
    }
    let used = used_imports(&file, tokens, imports, planned);
    if !used.is_empty() {
        out.push('\n');
        out.extend(used);
    }
    let mut list = false;
    for item in file.items {
        let was_list = std::mem::replace(&mut list, is_bare_list(&item));
        if !(list && was_list) {
            out.push('\n');
        }
        out.push_str(&print_item(text, item));
    }
    // Line positions of parsed text are kept by the thread until they are dropped.
    proc_macro2::extra::invalidate_current_thread_spans();
    Ok(out)
}

/// Items that stand in a list, without a line between them.
fn is_bare_list(item: &Item) -> bool {
    match item {
        Item::Use(it) => it.attrs.is_empty(),
        Item::Mod(it) => it.attrs.is_empty(),
        _ => false,
    }
}

/// The imports that the file uses, sorted and grouped.
fn used_imports(file: &File, tokens: TokenStream, imports: &[(String, String)], defined: &[String]) -> Vec<String> {
    let mut roots = BTreeSet::new();
    collect_roots(tokens, &mut roots);
    // A function may share its name with a module, other items may not.
    let own = |name: &String| name.starts_with(|first: char| first.is_ascii_uppercase()) && defined.contains(name);
    let modules: BTreeSet<String> = file.items.iter().filter_map(own_module).collect();
    let wanted = |name: &String| roots.contains(name) && !own(name) && !modules.contains(name);
    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (_, path) in imports.iter().filter(|(name, _)| wanted(name)) {
        if let Some((parent, last)) = path.rsplit_once("::") {
            groups.entry(parent).or_default().insert(last);
        }
    }
    // A module of which more is wanted stands at the head of what is wanted of it.
    let parents: Vec<&str> = groups.keys().copied().collect();
    for parent in parents {
        let Some((above, last)) = parent.rsplit_once("::") else { continue };
        if groups.get_mut(above).is_some_and(|names| names.remove(last)) {
            groups.entry(parent).or_default().insert("self");
        }
    }
    let mut groups: Vec<_> = groups.into_iter().filter(|(_, names)| !names.is_empty()).collect();
    groups.sort_by_key(|(parent, _)| !parent.starts_with("std"));
    let lines = groups.into_iter().map(|(parent, names)| {
        let own = names.contains("self").then_some("self");
        let names: Vec<_> = own.into_iter().chain(names.into_iter().filter(|it| *it != "self")).collect();
        if let [name] = names.as_slice() {
            format!("use {parent}::{name};")
        } else {
            format!("use {parent}::{{{}}};", names.join(", "))
        }
    });
    lines.map(|line| syn::parse_file(&line).map_or(line, |file| prettyplease::unparse(&file))).collect()
}

/// The name of a module that the file has.
fn own_module(item: &Item) -> Option<String> {
    match item {
        Item::Mod(module) => Some(module.ident.to_string()),
        _ => None,
    }
}

/// Every identifier that starts a path, and every one that may name an item by itself.
fn collect_roots(tokens: TokenStream, roots: &mut BTreeSet<String>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (idx, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => collect_roots(group.stream(), roots),
            TokenTree::Ident(ident) => {
                let colon = |at: Option<usize>| {
                    at.and_then(|at| tokens.get(at))
                        .is_some_and(|it| matches!(it, TokenTree::Punct(punct) if punct.as_char() == ':'))
                };
                let continues = colon(idx.checked_sub(1)) && colon(idx.checked_sub(2));
                let starts = colon(Some(idx + 1)) && colon(Some(idx + 2));
                let name = ident.to_string();
                let is_item = name.starts_with(|first: char| first.is_ascii_uppercase());
                if !continues && (starts || is_item) && !roots.contains(&name) {
                    roots.insert(name);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// An implementation or a macro call for something that the file does not define.
fn stray(item: &Item, planned: &[String]) -> Option<String> {
    match item {
        Item::Impl(it) => {
            let ty = it.self_ty.to_token_stream().to_string();
            (!planned.contains(&ty)).then(|| format!("implementation for `{ty}`"))
        }
        Item::Macro(it) => {
            let path = it.mac.path.to_token_stream().to_string();
            (!path.starts_with("support :: ")).then(|| format!("call of `{path}`"))
        }
        _ => None,
    }
}

fn print_item(text: &str, item: Item) -> String {
    if let Item::Macro(call) = &item
        && call.ident.is_none()
    {
        let call = text.get(call.span().byte_range()).unwrap_or_default();
        return call.lines().fold(String::new(), |out, line| out + line.trim_end() + "\n");
    }
    spaced(item).unwrap_or_else(|item| unparse(*item))
}

fn unparse(item: Item) -> String {
    prettyplease::unparse(&File { shebang: None, attrs: Vec::new(), items: vec![item], frontmatter: None })
}

/// A trait or an implementation with a line between its functions: the printer knows of no blank lines,
/// so each member is printed in a body of its own.
fn spaced(item: Item) -> Result<String, Box<Item>> {
    match item {
        Item::Trait(mut it) if it.items.len() > 1 => {
            let members = std::mem::take(&mut it.items);
            let with = |only: Option<syn::TraitItem>| {
                Item::Trait(syn::ItemTrait { items: only.into_iter().collect(), ..it.clone() })
            };
            Ok(join(members, with))
        }
        Item::Impl(mut it) if it.items.len() > 1 => {
            let members = std::mem::take(&mut it.items);
            let with = |only: Option<syn::ImplItem>| {
                Item::Impl(syn::ItemImpl { items: only.into_iter().collect(), ..it.clone() })
            };
            Ok(join(members, with))
        }
        other => Err(Box::new(other)),
    }
}

/// Prints each member with the item around it, and keeps the item around the first and the last.
fn join<T>(members: Vec<T>, with: impl Fn(Option<T>) -> Item) -> String {
    let empty = unparse(with(None));
    let head = empty.trim_end().trim_end_matches('}').trim_end();
    let bodies = members.into_iter().map(|member| {
        let one = unparse(with(Some(member)));
        let body = one.trim_end().strip_prefix(head).unwrap_or(&one);
        body.strip_suffix('}').unwrap_or(body).trim_end().to_owned()
    });
    format!("{head}{}\n}}\n", bodies.collect::<Vec<_>>().join("\n"))
}

/// What an item adds to the file, those included that a macro makes.
fn names(item: &Item) -> Vec<String> {
    match item {
        Item::Macro(call) => made::names(call),
        other => name(other).into_iter().collect(),
    }
}

/// The name that an item adds to the file.
fn name(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(it) => it.ident.to_string(),
        Item::Enum(it) => it.ident.to_string(),
        Item::Fn(it) => it.sig.ident.to_string(),
        Item::Mod(it) => it.ident.to_string(),
        Item::Static(it) => it.ident.to_string(),
        Item::Struct(it) => it.ident.to_string(),
        Item::Trait(it) => it.ident.to_string(),
        Item::Type(it) => it.ident.to_string(),
        Item::Use(it) => return made::other_name(&it.tree),
        Item::Impl(_) | Item::Macro(_) => return None,
        other => format!("an item that no template has: {}", quote::quote!(#other)),
    })
}
