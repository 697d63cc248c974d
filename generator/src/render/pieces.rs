//! A rendered file in pieces: its items as texts, found by rustc's own lexer.
//!
//! Most of a file are calls of our own macros, which need no syntax tree: where they begin and end, what they are called and
//! which words stand in them is all that anybody asks.

use std::collections::BTreeSet;

use ra_ap_rustc_lexer::{DocStyle, FrontmatterAllowed, LiteralKind, TokenKind, tokenize};

/// A file in pieces.
#[derive(Debug, Default)]
pub(super) struct Pieces<'t> {
    /// What the module says of itself: lines of documentation, and attributes.
    pub(super) head: Vec<&'t str>,
    pub(super) items: Vec<Piece<'t>>,
    /// Every word that starts a path, and every one that may name an item by itself.
    pub(super) roots: BTreeSet<&'t str>,
    /// Those of the words that have arguments, or a path behind them.
    pub(super) applied: BTreeSet<&'t str>,
}

/// An item, with its documentation.
#[derive(Debug, Default)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    /// The macro of ours that it calls.
    pub(super) call: Option<Call<'t>>,
}

/// A call of a macro of the run time, with braces.
#[derive(Debug, Default)]
pub(super) struct Call<'t> {
    /// The last word of the macro's path.
    pub(super) name: &'t str,
    /// Those at its top, and the names in a list of aliases.
    pub(super) tokens: Vec<Token<'t>>,
}

/// A token of a call; what stands in brackets is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Word(&'t str),
    Comma,
    Minus,
    Other,
}

/// Divides a file; none where its tokens are no items.
pub(super) fn pieces(text: &str) -> Option<Pieces<'_>> {
    let mut cutter = Cutter { text, ..Cutter::default() };
    // A documentation comment must not have the first half of a line's end alone, and we end lines without it.
    if text.contains('\r') {
        return None;
    }
    for token in tokenize(text, FrontmatterAllowed::No) {
        cutter.at += token.len as usize;
        cutter.take(token.kind, token.len as usize)?;
    }
    let is_whole = cutter.open.is_empty() && cutter.start.is_none();
    is_whole.then_some(cutter.out)
}

/// The words behind which only a semicolon ends an item.
const LINES: [&str; 4] = ["const", "static", "type", "use"];

/// The state of a walk over the tokens.
#[derive(Default)]
struct Cutter<'t> {
    text: &'t str,
    out: Pieces<'t>,
    /// Behind the token at hand.
    at: usize,
    /// What ends each bracket that is open.
    open: Vec<TokenKind>,
    /// Where the item at hand begins.
    start: Option<usize>,
    /// Whether that is an attribute of the module.
    is_inner: bool,
    /// The first word of the item that is no visibility.
    first: &'t str,
    /// The last word.
    last: &'t str,
    call: Option<Call<'t>>,
    /// How many colons stand directly before the token at hand, and the word before them.
    colons: usize,
    word: &'t str,
    /// Whether that word goes on a path.
    goes_on: bool,
}

impl<'t> Cutter<'t> {
    fn take(&mut self, kind: TokenKind, len: usize) -> Option<()> {
        use TokenKind as T;
        let from = self.at - len;
        let token = self.text.get(from..self.at)?;
        let is_top = self.open.is_empty();
        match kind {
            T::Whitespace
            | T::LineComment { doc_style: None }
            | T::BlockComment { doc_style: None, terminated: true } => return Some(()),
            T::LineComment { doc_style: Some(DocStyle::Inner) } if is_top && self.start.is_none() => {
                return self.head(token);
            }
            _ if !is_whole(kind) => return None,
            _ => {}
        }
        let start = *self.start.get_or_insert(from);
        if self.open.len() == 2 && kind == T::Eq {
            self.alias();
        }
        self.word(kind, token);
        if self.open.len() == 1
            && let Some(call) = &mut self.call
        {
            call.tokens.push(match kind {
                T::Ident | T::RawIdent => Token::Word(token),
                T::Comma => Token::Comma,
                T::Minus => Token::Minus,
                _ => Token::Other,
            });
        }
        match kind {
            T::OpenParen => self.open.push(T::CloseParen),
            T::OpenBracket => self.open.push(T::CloseBracket),
            T::OpenBrace => self.open.push(T::CloseBrace),
            T::CloseParen | T::CloseBracket | T::CloseBrace => {
                let is_pair = self.open.pop()? == kind;
                return is_pair.then_some(()).and_then(|()| self.close(start, kind));
            }
            T::Semi if is_top => self.cut(),
            T::Bang if is_top => self.bang(start, from),
            _ => {}
        }
        Some(())
    }

    /// Behind the sign of an attribute stands one of the module; behind a path of the run time, a macro's name.
    fn bang(&mut self, start: usize, from: usize) {
        self.is_inner = self.text.get(start..from).is_some_and(|it| it.trim_end() == "#");
        if self.first == "support" {
            self.call = Some(Call { name: self.last, tokens: Vec::new() });
        }
    }

    /// What stands before an equals sign in the list of `aliases!` is a name.
    fn alias(&mut self) {
        if let Some(call) = self.call.as_mut().filter(|it| it.name == "aliases") {
            call.tokens.push(Token::Word(self.word));
        }
    }

    /// Closes a bracket, which may be the end of an item.
    fn close(&mut self, start: usize, kind: TokenKind) -> Option<()> {
        if !self.open.is_empty() {
            return Some(());
        }
        if std::mem::take(&mut self.is_inner) {
            self.start = None;
            return self.head(self.text.get(start..self.at)?);
        }
        if kind == TokenKind::CloseBrace && !LINES.contains(&self.first) {
            self.cut();
        }
        Some(())
    }

    /// Adds to what the module says of itself, which is only at the head of the file.
    fn head(&mut self, text: &'t str) -> Option<()> {
        self.out.head.push(text.trim_end());
        self.out.items.is_empty().then_some(())
    }

    /// Keeps the words that start paths, and those that begin with a capital letter, unless they go on a path.
    fn word(&mut self, kind: TokenKind, token: &'t str) {
        match kind {
            TokenKind::Colon => {
                self.colons += 1;
                if self.colons == 2 && !self.goes_on && !self.word.is_empty() {
                    self.out.roots.insert(self.word);
                    self.out.applied.insert(self.word);
                }
            }
            TokenKind::Lt => {
                if !self.goes_on {
                    self.out.applied.insert(self.word);
                }
                (self.word, self.colons, self.goes_on) = ("", 0, false);
            }
            TokenKind::Ident | TokenKind::RawIdent => {
                self.goes_on = self.colons >= 2;
                (self.word, self.colons) = (token, 0);
                if !self.goes_on && token.starts_with(|it: char| it.is_ascii_uppercase()) {
                    self.out.roots.insert(token);
                }
                if self.open.is_empty() {
                    self.last = token;
                    let is_more = matches!(self.first, "" | "pub") || (self.first == "const" && token == "fn");
                    if is_more {
                        self.first = token;
                    }
                }
            }
            _ => (self.word, self.colons, self.goes_on) = ("", 0, false),
        }
    }

    /// Ends the item at hand.
    fn cut(&mut self) {
        let text = self.start.take().and_then(|start| self.text.get(start..self.at)).unwrap_or_default();
        let call = self.call.take().filter(|_| text.ends_with('}'));
        self.out.items.push(Piece { text, call });
        (self.first, self.last) = ("", "");
    }
}

/// Whether a token is one of Rust: it has an end, and digits where it must.
fn is_whole(kind: TokenKind) -> bool {
    match kind {
        TokenKind::BlockComment { terminated, .. } => terminated,
        TokenKind::Frontmatter { .. }
        | TokenKind::InvalidIdent
        | TokenKind::UnknownPrefix
        | TokenKind::UnknownPrefixLifetime
        | TokenKind::GuardedStrPrefix
        | TokenKind::Unknown
        | TokenKind::Eof => false,
        TokenKind::Literal { kind, .. } => match kind {
            LiteralKind::Int { empty_int, .. } => !empty_int,
            LiteralKind::Float { empty_exponent, .. } => !empty_exponent,
            LiteralKind::Char { terminated }
            | LiteralKind::Byte { terminated }
            | LiteralKind::Str { terminated }
            | LiteralKind::ByteStr { terminated }
            | LiteralKind::CStr { terminated } => terminated,
            LiteralKind::RawStr { n_hashes }
            | LiteralKind::RawByteStr { n_hashes }
            | LiteralKind::RawCStr { n_hashes } => n_hashes.is_some(),
        },
        _ => true,
    }
}
