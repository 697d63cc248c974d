//! Names: the one place where identifiers are made.
//!
//! A name depends on what it names and on nothing else, so adding a schema or an operation renames nothing.
//! Only where two things would get the same name does the neighbor matter: the one whose own spelling is
//! closest keeps the name, and each other one carries a hash of its origin. `x-rust-name` overrides all that.

use std::fmt::Write as _;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

mod acronyms;
mod hash;
mod settle;

use crate::config::is_reserved;
pub(super) use hash::{digest, hash};
pub(super) use settle::{Wish, settle, settle_placed};

/// A scope of generated code that has names of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The features and modules of a crate.
    Crate,
    /// The modules of an API.
    Api,
    /// The functions and modules of both sides of HTTP.
    Sides,
    /// The types beside an operation.
    Operation,
    /// The fields of a request.
    Request,
    /// The variants of a response.
    Response,
    /// The fields of a variant of a response.
    ResponseVariant,
    /// The variants of an enumeration or a union that may grow.
    Open,
}

/// What each scope has anyway, whatever a document names; a test compares it with the templates.
pub const RESERVED: &[(Scope, &[&str])] = &[
    (
        Scope::Crate,
        &[
            "client",
            "server",
            "default",
            "stand_in",
            "examples",
            "support",
            "reqwest",
            "rustls",
            "rustls_ring",
            "rustls_graviola",
            "native_tls",
            "gzip",
            "blocking",
            "browser",
            "contract",
        ],
    ),
    (
        Scope::Api,
        &[
            "client",
            "contract",
            "examples",
            "models",
            "operations",
            "parameters",
            "receiver",
            "sender",
            "server",
            "shared",
            "support",
        ],
    ),
    (
        Scope::Sides,
        &[
            "api",
            "clone",
            "failure",
            "options",
            "router",
            "router_with",
            "routes",
            "new",
            "client",
            "http",
            "models",
            "operations",
            "params",
            "server",
            "shared",
            "std",
            "support",
            "verify",
            "webhooks_router",
            "webhooks_routes",
            "webhooks_router_with",
            "with_signer",
        ],
    ),
    (Scope::Operation, &["Request", "RequestRequired", "Response", "Success"]),
    (Scope::Request, &["accept", "body"]),
    (Scope::Response, &["Undocumented"]),
    (Scope::ResponseVariant, &["body", "status"]),
    (Scope::Open, &["Unknown"]),
];

impl Scope {
    /// The names that it has anyway.
    pub(crate) fn reserved(self) -> &'static [&'static str] {
        RESERVED.iter().find(|(scope, _)| *scope == self).map(|(_, names)| *names).unwrap_or_default()
    }
}

/// Longer identifiers are cut and get a hash: file systems end names at 255 bytes.
const LONGEST: usize = 96;

/// The name of a type or variant: `team_user` becomes `TeamUser`.
pub(super) fn pascal(text: &str) -> String {
    let numbers: Vec<_> = between_digits(&spelled(text)).into_iter().map(ToPascalCase::to_pascal_case).collect();
    let name = bounded(&numbers.join("_"), text);
    let name = if name.starts_with(|first: char| first.is_ascii_digit()) { format!("N{name}") } else { name };
    match name.as_str() {
        "" => "Empty".to_owned(),
        "Self" => "Self_".to_owned(),
        _ => name,
    }
}

/// The parts of a text that signs between digits divide: a type keeps them apart as `V1_2`, since `V12` is another.
fn between_digits(text: &str) -> Vec<&str> {
    let (mut parts, mut from) = (Vec::new(), 0);
    // Where the last digit ended, if only signs have followed it.
    let mut digit = None;
    for (at, it) in text.char_indices() {
        if let Some(end) = digit.filter(|end| it.is_ascii_digit() && *end < at) {
            parts.push(&text[from..end]);
            from = at;
        }
        if it.is_alphanumeric() {
            digit = it.is_ascii_digit().then(|| at + it.len_utf8());
        }
    }
    parts.push(&text[from..]);
    parts
}

/// The name of a field, function or module: `lastName` becomes `last_name`, `type` becomes `r#type`.
pub(super) fn snake(text: &str) -> String {
    raw(plain_snake(text))
}

/// As [`snake`], for what is bound to a value too, as the argument of a constructor is.
pub(super) fn binding(text: &str) -> String {
    // The names that `clippy::disallowed_names` takes for leftovers.
    const LEFTOVERS: [&str; 3] = ["foo", "baz", "quux"];
    let name = snake(text);
    if LEFTOVERS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// As [`snake`], for a file: reserved words get an underscore instead of the raw prefix.
pub(super) fn module(text: &str) -> String {
    // Files of modules must have ASCII names.
    let name = any_ascii::any_ascii(&plain_snake(text));
    // `mod.rs` is the file of the folder itself.
    if is_reserved(&name) || name == "mod" { format!("{name}_") } else { name }
}

/// The name of a constant: `per_page` becomes `PER_PAGE`.
pub(super) fn shouty(text: &str) -> String {
    let name = bounded(&spelled(text).to_shouty_snake_case(), text);
    match name.chars().next() {
        None => "EMPTY".to_owned(),
        Some('0'..='9') => format!("N{name}"),
        Some(_) => name,
    }
}

fn plain_snake(text: &str) -> String {
    let name = bounded(&spelled(text).to_snake_case(), text);
    match name.chars().next() {
        None => "empty".to_owned(),
        Some('0'..='9') => format!("n{name}"),
        Some(_) => name,
    }
}

/// Makes an identifier of a word that Rust reserves.
fn raw(name: String) -> String {
    match name.as_str() {
        "self" | "super" | "crate" => format!("{name}_"),
        _ if is_reserved(&name) => format!("r#{name}"),
        _ => name,
    }
}

/// Words for the signs that carry a meaning of their own, so that `+1` and `-1` stay apart, and Latin letters for those
/// of other scripts, since a word of code points says nothing to anybody.
fn spelled(text: &str) -> String {
    let text = &acronyms::joined(text);
    let mut out = String::new();
    let is_generic = is_generic(text);
    let is_wordless = !text.contains(char::is_alphanumeric);
    for (idx, it) in text.char_indices() {
        let word = match it {
            '<' | '>' if is_generic => "",
            '+' => "plus",
            '-' if idx == 0 => "minus",
            '*' => "star",
            '<' => "less",
            '>' => "greater",
            '=' => "equal",
            '!' => "not",
            '%' => "percent",
            '&' => "and",
            '@' => "at",
            '#' => "hash",
            '≤' => "less equal",
            '≥' => "greater equal",
            '≠' => "not equal",
            it if it.is_ascii_alphanumeric() || is_latin(it) => {
                out.push(it);
                continue;
            }
            it if is_wordless && it.is_ascii() => sign(it),
            it if it.is_ascii() || is_quote(it) => "",
            it => {
                push_foreign(it, &mut out);
                continue;
            }
        };
        out.push(' ');
        out.push_str(word);
        out.push(' ');
    }
    out
}

/// What a sign is called that only separates words, where there are none.
fn sign(it: char) -> &'static str {
    match it {
        '\t' => "tab",
        '\n' => "newline",
        ' ' => "space",
        '"' => "quote",
        '$' => "dollar",
        '\'' => "apostrophe",
        '(' => "open paren",
        ')' => "close paren",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '[' => "open bracket",
        '\\' => "backslash",
        ']' => "close bracket",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "open brace",
        '|' => "pipe",
        '}' => "close brace",
        '~' => "tilde",
        _ => "",
    }
}

/// Whether a text is a type of others, as `Page<User>` is: there `<` and `>` are brackets.
fn is_generic(text: &str) -> bool {
    text.ends_with('>') && text.find('<').is_some_and(|at| text[..at].ends_with(char::is_alphanumeric))
}

/// Quotation marks, which some frameworks put around the types of a generic one: `Page«User»`.
fn is_quote(letter: char) -> bool {
    matches!(letter, '«' | '»' | '‹' | '›' | '\u{2018}'..='\u{201f}')
}

/// A letter of another script as Latin ones, and a sign that has none as its code point.
fn push_foreign(letter: char, out: &mut String) {
    let latin = any_ascii::any_ascii_char(letter);
    if latin.contains(|it: char| it.is_ascii_alphanumeric()) {
        out.extend(latin.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { ' ' }));
    } else if !letter.is_alphabetic() && !latin.is_empty() {
        let _ = write!(out, " u{:04x} ", u32::from(letter));
    }
}

/// Letters that stay as they are: those that Rust takes in identifiers without a word about their script or their form.
fn is_latin(letter: char) -> bool {
    const UNUSUAL: &[char] =
        &['\u{d7}', '\u{f7}', '\u{130}', '\u{132}', '\u{133}', '\u{138}', '\u{13f}', '\u{140}', '\u{149}'];
    ('\u{c0}'..='\u{17e}').contains(&letter) && !UNUSUAL.contains(&letter)
}

fn bounded(name: &str, origin: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let end = (0..=LONGEST).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    format!("{}{}", &name[..end], hash(origin))
}

/// The name of a type inside another one: `Team` and `owner` give `TeamOwner`.
pub(super) fn joined(outer: &str, words: &[String]) -> String {
    pascal(&format!("{outer} {}", words.join(" ")))
}

/// What sets a part of a request, a model or a client: `tag` is set by `with_tag`.
pub(crate) fn setter(name: &str) -> String {
    format!("with_{}", unraw(name))
}

/// What gives a field or its default: `tag_or_default`, and `foo_or_default` of `foo_`.
pub(crate) fn or_default(name: &str) -> String {
    let name = format!("{}_or_default", unraw(name).trim_end_matches('_'));
    if is_conversion(&name) { format!("get_{name}") } else { name }
}

/// Whether a method of this name is taken for a conversion, which looks at nothing (clippy's `wrong_self_convention`).
pub(crate) fn is_conversion(name: &str) -> bool {
    name.starts_with("from_") || name.starts_with("into_")
}

/// What gives a property that all branches of a union have: its name, unless that is of another method.
pub(crate) fn shared(name: &str, taken: &[String]) -> String {
    /// Methods of traits, which a method of the same name would hide.
    const OTHERS: [&str; 10] =
        ["as_ref", "borrow", "clone", "cmp", "eq", "fmt", "hash", "holds", "partial_cmp", "to_owned"];
    let plain = unraw(name);
    if OTHERS.contains(&plain) || taken.iter().any(|it| it == plain) {
        return format!("{plain}_property");
    }
    name.to_owned()
}

/// What takes a branch out, beside the accessor that looks at it: `into_pet` beside `as_pet`.
pub(crate) fn taker(accessor: &str) -> String {
    accessor.replacen("as_", "into_", 1)
}

/// The static that holds the pattern of a field: `NAME_PATTERN`.
pub(crate) fn pattern(name: &str) -> String {
    format!("{}_PATTERN", unraw(name).to_uppercase())
}

/// The type of the body of a variant of a response, where it has no name of its own: `OkBody`.
pub(super) fn body(variant: &str) -> String {
    format!("{variant}Body")
}

/// What a request sends of a type with two forms.
pub(super) fn writable(name: &str) -> String {
    format!("{name}Writable")
}

/// The struct of what another one must have, or one with a longer name: `SelfRequired` of `Self_`.
pub(crate) fn required(name: &str) -> String {
    format!("{}Required", name.trim_end_matches('_'))
}

/// The module of an API whose own name the crate has anyway.
pub(super) fn api(module: &str) -> String {
    format!("{module}_api")
}

fn unraw(name: &str) -> &str {
    name.trim_start_matches("r#")
}
