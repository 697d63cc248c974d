//! Types, paths and signatures as people write them, on one line: where no printer formats, and where it would break lines.
//!
//! `BTreeMap < String , Vec < super :: Pet > >` becomes `BTreeMap<String, Vec<super::Pet>>`.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// Tokens of a type, a path or a signature, on one line.
pub(super) fn spaced(tokens: impl ToTokens) -> String {
    let mut out = String::new();
    write(tokens.to_token_stream(), &mut Last::Nothing, &mut out);
    out
}

/// What the text ends in, as far as that decides about a space.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Nothing, or what keeps to the next token.
    Nothing,
    /// A word.
    Word,
    /// A lifetime.
    Lifetime,
    /// The end of a list of arguments.
    Closed,
}

type Tokens = Peekable<proc_macro2::token_stream::IntoIter>;

fn write(tokens: TokenStream, last: &mut Last, out: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    let mut is_lifetime = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if !is_lifetime && *last != Last::Nothing {
                    out.push(' ');
                }
                out.push_str(&token.to_string());
                *last = if is_lifetime { Last::Lifetime } else { Last::Word };
                is_lifetime = false;
            }
            TokenTree::Punct(sign) => {
                is_lifetime = sign.as_char() == '\'';
                *last = punctuate(&sign, &mut tokens, *last, out);
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace if out.ends_with("::") => ("{", "}"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::None => ("", ""),
                };
                let apart = *last == Last::Lifetime || (*last == Last::Word && open == "[");
                let mut inner = String::new();
                write(group.stream(), &mut Last::Nothing, &mut inner);
                let comma = if is_tuple_of_one(&group) { "," } else { "" };
                out.extend([if apart { " " } else { "" }, open, &inner, comma, close]);
                *last = Last::Closed;
            }
        }
    }
}

/// Whether a group in parentheses is a tuple of one, where the comma at the end counts.
fn is_tuple_of_one(group: &Group) -> bool {
    let mut depth = 0_usize;
    let (mut ends, mut separators) = (false, 0);
    for token in group.stream() {
        let TokenTree::Punct(sign) = token else {
            ends = false;
            continue;
        };
        match sign.as_char() {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => separators += 1,
            _ => {}
        }
        ends = sign.as_char() == ',';
    }
    group.delimiter() == Delimiter::Parenthesis && ends && separators == 1
}

/// Writes a sign, with the one behind it where both are one.
fn punctuate(sign: &Punct, tokens: &mut Tokens, last: Last, out: &mut String) -> Last {
    let is = |token: &TokenTree, wanted: char| matches!(token, TokenTree::Punct(it) if it.as_char() == wanted);
    let pair = match sign.as_char() {
        ':' => Some((':', "::")),
        '-' => Some(('>', " -> ")),
        _ => None,
    };
    if let Some((second, text)) = pair.filter(|_| sign.spacing() == Spacing::Joint)
        && tokens.next_if(|it| is(it, second)).is_some()
    {
        // A path that starts at the root stands apart from the word before it.
        let apart = second == ':' && ["impl", "dyn", "mut", "for"].iter().any(|it| out.ends_with(it));
        out.push_str(if apart { " " } else { "" });
        out.push_str(text);
        return Last::Nothing;
    }
    let is_last = tokens.peek().is_none_or(|it| is(it, '>'));
    match sign.as_char() {
        // A comma at the end says nothing.
        ',' if is_last => return last,
        it @ (',' | ';' | ':') => out.extend([it, ' ']),
        it @ ('=' | '+') => out.extend([' ', it, ' ']),
        it @ ('\'' | '&' | '*' | '?') if last == Last::Word => out.extend([' ', it]),
        '>' => {
            out.push('>');
            return Last::Closed;
        }
        it => out.push(it),
    }
    Last::Nothing
}
