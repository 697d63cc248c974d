//! Fragments: the only thing that a template's hole accepts.
//!
//! A fragment is finished text of one language, made by code that escapes what it takes in. Plain text in a hole
//! is an error, so an interpolation that somebody forgot to escape does not render, in our templates or in a user's.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, Value};
use minijinja::{Environment, Error, ErrorKind, Output, State};
use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;

use super::markdown;
use super::spaced::spaced;

/// No line is wider that can be broken; a printer breaks its own.
pub(super) const WIDEST: usize = 120;

/// The language of a fragment and of the templates that take it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// `*.rs.j2`
    Rust,
    /// `*.toml.j2`
    Toml,
    /// `*.md.j2`
    Markdown,
}

impl Language {
    fn of_template(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(".j2")?;
        [(".rs", Self::Rust), (".toml", Self::Toml), (".md", Self::Markdown)]
            .into_iter()
            .find_map(|(end, language)| stem.ends_with(end).then_some(language))
    }
}

/// Finished text of one language.
#[derive(Debug)]
struct Fragment {
    language: Language,
    text: String,
}

impl Object for Fragment {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The language of a value that is a fragment.
pub(super) fn language(value: &Value) -> Option<&'static str> {
    value.downcast_object_ref::<Fragment>().map(|it| match it.language {
        Language::Rust => "Rust",
        Language::Toml => "TOML",
        Language::Markdown => "Markdown",
    })
}

/// A fragment of Rust.
pub(super) fn rust(tokens: &TokenStream) -> Value {
    Value::from_object(Fragment { language: Language::Rust, text: tokens.to_string() })
}

/// Names, one behind the other.
pub(super) fn names<'n>(all: impl Iterator<Item = &'n str>) -> Value {
    rust_text(all.map(|it| super::tokens::ident(it).to_string()).collect::<Vec<_>>().join(", "))
}

/// A path of modules.
pub(super) fn path(path: &str) -> Value {
    let segments: Vec<_> = path.split("::").map(|it| super::tokens::ident(it).to_string()).collect();
    rust_text(segments.join("::"))
}

fn rust_text(text: String) -> Value {
    Value::from_object(Fragment { language: Language::Rust, text })
}

/// A type as people write it, for places that no printer formats.
pub(super) fn inline_type(tokens: &TokenStream) -> Value {
    if let Some(text) = short_type(tokens.clone()) {
        return rust_text(text);
    }
    rust_text(spaced(tokens))
}

/// A path with its arguments as the printer writes it, where it is so short that it breaks no line.
fn short_type(tokens: TokenStream) -> Option<String> {
    const WIDEST: usize = 60;
    let mut text = String::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                let word = ident.to_string();
                let is_behind_word = text.ends_with(|last: char| last.is_alphanumeric() || last == '_');
                text.extend([if is_behind_word { " " } else { "" }, word.as_str()]);
            }
            TokenTree::Punct(punct) if punct.as_char() == ',' => text.push_str(", "),
            TokenTree::Punct(punct) if matches!(punct.as_char(), ':' | '<' | '>') => text.push(punct.as_char()),
            TokenTree::Punct(_) | TokenTree::Group(_) | TokenTree::Literal(_) => return None,
        }
    }
    (text.len() <= WIDEST && !text.contains(", >")).then_some(text)
}

/// A path without arguments as the printer writes it, which breaks none.
fn plain_path(tokens: &TokenStream) -> Option<String> {
    let mut text = String::new();
    let mut was_word = false;
    for token in tokens.clone() {
        let is_word = matches!(token, TokenTree::Ident(_));
        match token {
            TokenTree::Ident(ident) if !was_word => text.push_str(&ident.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == ':' => text.push(':'),
            _ => return None,
        }
        was_word = is_word;
    }
    (!text.is_empty()).then_some(text)
}

/// An expression over several lines where it is long, for places that no printer formats: `before` is how much stands in
/// front of its first line, `level` how deep its other lines are.
pub(super) fn laid_out(expression: &TokenStream, before: usize, level: usize) -> Value {
    if let Some(path) = plain_path(expression) {
        return rust_text(path);
    }
    let name = super::tokens::ident(&"N".repeat(before.saturating_sub("const : () = ".len()).max(1)));
    let Ok(file) = syn::parse2::<syn::File>(quote!(const #name: () = #expression;)) else { return rust(expression) };
    let text = prettyplease::unparse(&file);
    let text = text.split_once(" = ").map_or("", |(_, text)| text).trim_end().trim_end_matches(';');
    rust_text(text.replace('\n', &format!("\n{}", "    ".repeat(level))))
}

/// An arm of a `match` on one line, without its comma; `value` is none where the pattern alone is wanted.
pub(super) fn arm(pattern: &TokenStream, value: Option<&TokenStream>) -> Value {
    let shown = value.cloned().unwrap_or_else(|| quote!(()));
    let Ok(file) = syn::parse2::<syn::File>(quote!(const N: () = match n { #pattern => #shown, };)) else {
        return rust(&quote!(#pattern => #shown));
    };
    let text = prettyplease::unparse(&file).split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_start_matches("const N: () = match n { ").trim_end_matches(" };").trim_end_matches(',');
    // The printer takes the unit for an empty block, and breaks what is long.
    let text = text.replace("=> {}", "=> ()").replace(", }", " }");
    let text = match text.split_once(" => { ") {
        Some((pattern, value)) => format!("{pattern} => {}", value.strip_suffix(" }").unwrap_or(value)),
        None => text,
    };
    rust_text(if value.is_none() { text.trim_end_matches(" => ()").to_owned() } else { text })
}

/// An attribute as people write it, for places that no printer formats.
pub(super) fn attribute(tokens: &TokenStream) -> Value {
    let Ok(file) = syn::parse2::<syn::File>(quote!(#tokens struct N;)) else { return rust(tokens) };
    let text = prettyplease::unparse(&file);
    rust_text(text.trim_end().trim_end_matches("struct N;").split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Lets holes take fragments only, and gives templates the filters that make fragments of plain text.
pub(super) fn install(environment: &mut Environment<'_>) {
    environment.set_formatter(write_hole);
    environment.add_filter("lit", literal);
    environment.add_filter("ident", identifier);
    environment.add_filter("doc", |text: &str| rust(&doc(text)));
    environment.add_filter("inner_doc", |text: &str| rust_text(inner_doc(text)));
    environment.add_filter("line_doc", |text: &str, level: usize| rust_text(line_doc(text, level)));
    environment.add_filter("toml", toml_string);
    environment.add_filter("key", toml_key);
    environment.add_filter("prose", prose);
}

fn write_hole(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let wanted = Language::of_template(state.name());
    match value.downcast_object_ref::<Fragment>() {
        Some(fragment) if Some(fragment.language) == wanted => out.write_str(&fragment.text).map_err(Error::from),
        Some(fragment) => {
            let message = format!("a {:?} fragment does not fit `{}`", fragment.language, state.name());
            Err(Error::new(ErrorKind::InvalidOperation, message))
        }
        None => {
            let message = "a hole takes a fragment: pass plain text through `lit`, `doc` or `ident`";
            Err(Error::new(ErrorKind::InvalidOperation, message))
        }
    }
}

/// Text that code has put together of escaped parts.
pub(super) fn finished(text: String) -> Value {
    rust_text(text)
}

/// The parameters of a constructor in a macro's words, each on a line of its own where one line does not hold them all;
/// `around` is how much else stands on that line.
pub(super) fn parameter_list(parameters: &[String], around: usize) -> String {
    let line = parameters.join(", ");
    if around + line.chars().count() <= WIDEST {
        return line;
    }
    format!("\n        {},\n    ", parameters.join(",\n        "))
}

/// An expression on one line.
pub(super) fn on_a_line(expression: &TokenStream) -> String {
    let Ok(file) = syn::parse2::<syn::File>(quote!(const N: () = #expression;)) else { return expression.to_string() };
    let text = prettyplease::unparse(&file);
    let text = text.split_once(" = ").map_or("", |(_, text)| text).trim_end().trim_end_matches(';');
    text.lines().map(str::trim).fold(String::new(), |mut out, line| {
        if line.starts_with([')', ']', '}']) && out.ends_with(',') {
            out.pop();
        } else if out.ends_with(',') {
            out.push(' ');
        }
        out + line
    })
}

/// A text as a Rust literal.
pub(super) fn quoted(text: &str) -> String {
    visible(&Literal::string(text).to_string())
}

/// A text as a Rust literal, on a line of its own where the one that has `before` columns would become long.
pub(super) fn text_literal(text: &str, before: usize, level: usize) -> Value {
    const WIDEST: usize = 100;
    let literal = quoted(text);
    let breaks = before > 0 && before + literal.chars().count() + 1 > WIDEST;
    rust_text(if breaks { format!("\n{}{literal}", "    ".repeat(level + 1)) } else { literal })
}

/// A string, integer or boolean as a Rust literal without a suffix.
fn literal(value: &Value) -> Result<Value, Error> {
    // Controls that turn the direction of text would hide what the literal says.
    if let Some(text) = value.as_str() {
        return Ok(rust_text(quoted(text)));
    }
    Ok(match bool::try_from(value.clone()) {
        Ok(flag) => rust(&quote!(#flag)),
        // Tokens would have a space between the sign and the digits, where no printer takes it out.
        Err(_) => rust_text(i64::try_from(value.clone())?.to_string()),
    })
}

/// An integer without a suffix.
pub(super) fn integer(value: i64) -> TokenStream {
    let literal = Literal::u64_unsuffixed(value.unsigned_abs());
    if value < 0 { quote!(-#literal) } else { quote!(#literal) }
}

fn identifier(name: &str) -> Result<Value, Error> {
    // Which most names are.
    let is_word = name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    if is_word && name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return Ok(rust_text(name.to_owned()));
    }
    match syn::parse_str::<syn::Ident>(name).or_else(|_| syn::parse_str::<RawIdent>(name).map(|raw| raw.0)) {
        Ok(ident) => Ok(rust(&quote!(#ident))),
        Err(_) => Err(Error::new(ErrorKind::InvalidOperation, format!("`{name}` is not an identifier"))),
    }
}

/// An identifier with the prefix `r#`.
struct RawIdent(syn::Ident);

impl syn::parse::Parse for RawIdent {
    fn parse(input: syn::parse::ParseStream<'_>) -> syn::Result<Self> {
        use syn::ext::IdentExt as _;
        syn::Ident::parse_any(input).map(Self)
    }
}

/// Documentation: one attribute a line.
///
/// Text runs nothing and hides nothing: see [`markdown`] for what becomes of code and HTML; control characters
/// and bidirectional controls are spelled out.
fn doc(text: &str) -> TokenStream {
    let lines = markdown::lines(&visible(text));
    let lines = lines.iter().map(|line| {
        let line = if line.is_empty() { String::new() } else { format!(" {line}") };
        let literal = Literal::string(&line);
        quote!(#[doc = #literal])
    });
    quote!(#(#lines)*)
}

/// The same as comments, for places that no printer formats: `level` is how deep they stand.
fn line_doc(text: &str, level: usize) -> String {
    let lines = markdown::lines(&visible(text));
    let lines = lines.iter().map(|line| format!("/// {line}").trim_end().to_owned());
    lines.collect::<Vec<_>>().join(&format!("\n{}", "    ".repeat(level)))
}

/// The documentation of a module, for the head of a file: comments, each with its line's end.
fn inner_doc(text: &str) -> String {
    let lines = markdown::lines(&visible(text));
    lines.iter().map(|line| format!("//! {line}").trim_end().to_owned() + "\n").collect()
}

/// Spells out controls and everything that turns the direction of text or breaks lines unseen.
pub(super) fn visible(text: &str) -> String {
    if text.bytes().all(|it| matches!(it, b' '..=b'~' | b'\n' | b'\r' | b'\t')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        let hidden = matches!(it,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}' | '\u{85}'
        ) || (it.is_control() && !matches!(it, '\n' | '\r' | '\t'));
        if hidden { out.extend(it.escape_unicode()) } else { out.push(it) }
    }
    out
}

/// A TOML basic string.
fn toml_string(text: &str) -> Value {
    // JSON's escapes are TOML's, but for DEL and the solidus, which JSON leaves alone.
    let text = serde_json::Value::from(visible(text)).to_string().replace('\u{7f}', "\\u007f");
    Value::from_object(Fragment { language: Language::Toml, text })
}

/// A bare TOML key.
fn toml_key(text: &str) -> Result<Value, Error> {
    let bare = !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_'));
    if bare {
        Ok(Value::from_object(Fragment { language: Language::Toml, text: text.to_owned() }))
    } else {
        Err(Error::new(ErrorKind::InvalidOperation, format!("`{text}` is not a bare TOML key")))
    }
}

/// A phrase in Markdown that means what it says and nothing else.
fn prose(text: &str) -> Value {
    let mut out = String::new();
    for it in visible(text).chars() {
        match it {
            '\n' | '\r' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => out.extend(['\\', it]),
            _ => out.push(it),
        }
    }
    Value::from_object(Fragment { language: Language::Markdown, text: out })
}

/// Markdown of a document or a user on one line, without what acts.
pub(super) fn markdown(text: &str) -> Value {
    let text = super::markdown::lines(&visible(text)).join(" ");
    Value::from_object(Fragment { language: Language::Markdown, text })
}

/// Text in a TOML comment.
pub(super) fn toml_comment(text: &'static str) -> Value {
    Value::from_object(Fragment { language: Language::Toml, text: text.to_owned() })
}

/// Text inside a Markdown code span.
pub(super) fn code_span(text: &str) -> Value {
    let text = visible(text).replace(['`', '\n', '\r', '|'], " ");
    Value::from_object(Fragment { language: Language::Markdown, text })
}
