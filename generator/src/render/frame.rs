//! From rendered text to a file: divided, parsed, checked against the plan, printed item by item.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::LineColumn;
use quote::ToTokens as _;
use syn::{File, Item, ItemMacro};

use super::pieces::{Piece, Pieces, pieces};
use super::{RenderError, made};

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
    let Pieces { head, items, roots, applied } = pieces(text).ok_or_else(|| failed(fault(text)))?;
    let items = items.into_iter().map(Printable::new).collect::<syn::Result<Vec<_>>>();
    let items = items.map_err(|_| failed(fault(text)))?;
    let found: Vec<&String> = items.iter().flat_map(|item| &item.names).collect();
    if !found.iter().copied().eq(*planned) {
        let message = format!("the plan asks for the items {planned:?}, the output has {found:?}");
        return Err(failed(message));
    }
    if let Some(stray) = items.iter().find_map(|item| item.stray(planned)) {
        return Err(failed(format!("the plan asks for no {stray}")));
    }
    let mut out = format!("{banner}\n");
    if !head.is_empty() {
        out.push('\n');
        out.push_str(&printed_head(&head).map_err(|_| failed(fault(text)))?);
    }
    let used = used_imports(&items, (&roots, &applied), imports, planned);
    if !used.is_empty() {
        out.push('\n');
        out.extend(used);
    }
    let mut list = false;
    for item in items {
        let was_list = std::mem::replace(&mut list, item.is_bare_list());
        if !(list && was_list) {
            out.push('\n');
        }
        item.print(&mut out);
    }
    // Line positions of parsed text are kept by the thread until they are dropped.
    proc_macro2::extra::invalidate_current_thread_spans();
    Ok(out)
}

/// What a module says of itself: documentation as it is, and attributes as any other.
fn printed_head(head: &[&str]) -> syn::Result<String> {
    let lines: String = head.iter().flat_map(|it| [*it, "\n"]).collect();
    if head.iter().all(|it| it.starts_with("//!")) {
        return Ok(lines);
    }
    syn::parse_file(&lines).map(|file| prettyplease::unparse(&file).trim_end().to_owned() + "\n")
}

/// What is wrong with a file that is no list of items.
fn fault(text: &str) -> String {
    let Err(error) = syn::parse_file(text) else {
        return "the output does not parse: it is no list of items".to_owned();
    };
    let LineColumn { line, column } = error.span().start();
    let near = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    format!("the output does not parse: {error} at {line}:{column}: {near}")
}

/// An item as it is printed.
struct Printable<'t> {
    text: &'t str,
    /// What it adds to the file, with what a macro makes.
    names: Vec<String>,
    /// Its syntax, but for a call of a macro of ours that says what it makes.
    item: Option<Item>,
}

impl<'t> Printable<'t> {
    fn new(Piece { text, call }: Piece<'t>) -> syn::Result<Self> {
        if let Some(names) = call.as_ref().and_then(made::names) {
            return Ok(Self { text, names, item: None });
        }
        let item = syn::parse_str(text)?;
        let names = match &item {
            Item::Macro(call) => made::names_of_call(call),
            other => name(other).into_iter().collect(),
        };
        Ok(Self { text, names, item: Some(item) })
    }

    /// An implementation or a macro call for something that the file does not define.
    fn stray(&self, planned: &[String]) -> Option<String> {
        match self.item.as_ref()? {
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

    /// Whether it stands in a list, without a line between its like.
    fn is_bare_list(&self) -> bool {
        match &self.item {
            Some(Item::Use(it)) => it.attrs.is_empty(),
            Some(Item::Mod(it)) => it.attrs.is_empty(),
            _ => false,
        }
    }

    fn print(self, out: &mut String) {
        match self.item {
            None | Some(Item::Macro(ItemMacro { ident: None, .. })) => {
                self.text.lines().for_each(|line| out.extend([line.trim_end(), "\n"]));
            }
            Some(item) => out.push_str(&spaced(item).unwrap_or_else(|item| unparse(*item))),
        }
    }
}

/// The imports that the file uses, sorted and grouped.
fn used_imports(
    items: &[Printable<'_>],
    (roots, applied): (&BTreeSet<&str>, &BTreeSet<&str>),
    imports: &[(String, String)],
    defined: &[String],
) -> Vec<String> {
    // A function may share its name with a module, other items may not.
    let own = |name: &String| name.starts_with(|first: char| first.is_ascii_uppercase()) && defined.contains(name);
    let modules: BTreeSet<String> = items.iter().filter_map(own_module).collect();
    let wanted = |name: &String| roots.contains(name.as_str()) && !own(name) && !modules.contains(name);
    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    // What is called as a type of the standard library is one only where it has arguments or a path goes on behind it.
    let is_meant = |(name, path): &&(String, String)| !path.starts_with("std::") || applied.contains(name.as_str());
    for (_, path) in imports.iter().filter(|(name, _)| wanted(name)).filter(is_meant) {
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
    lines.map(|line| if line.len() <= WIDEST { line + "\n" } else { unparsed(line) }).collect()
}

/// The widest line that a printer leaves as it is.
const WIDEST: usize = 89;

fn unparsed(line: String) -> String {
    syn::parse_file(&line).map_or(line, |file| prettyplease::unparse(&file))
}

/// The name of a module that the file has.
fn own_module(item: &Printable<'_>) -> Option<String> {
    match &item.item {
        Some(Item::Mod(module)) => Some(module.ident.to_string()),
        _ => None,
    }
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
