//! HTML in descriptions, as the Markdown that it stands for.
//!
//! A description is Markdown, and many are HTML all the same: `<p>`, `<code>`, `<li>`. What documentation cannot show
//! as HTML, since that could act, it can show as what the tags mean. Only elements that have a counterpart are read;
//! whatever else stands in angle brackets, such as the `<id>` of a path, is text and stays as it is, and so does code.

use std::borrow::Cow;

/// A text with Markdown in the place of its HTML.
pub(crate) fn as_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return text.into();
    }
    let mut writer = Writer::default();
    writer.all(text);
    writer.out.trim().to_owned().into()
}

/// A tag: its name in small letters, what stands behind that, and what follows.
struct Tag<'a> {
    name: String,
    closes: bool,
    attributes: &'a str,
    rest: &'a str,
}

/// The tag that a text begins with.
fn tag(text: &str) -> Option<Tag<'_>> {
    let inner = text.strip_prefix('<')?;
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, behind) = inner.split_at(length);
    let end = behind.find(['<', '>']).filter(|end| behind[*end..].starts_with('>'))?;
    let (attributes, rest) = (&behind[..end], &behind[end + 1..]);
    let is_tag = attributes.is_empty() || attributes == "/" || attributes.starts_with(char::is_whitespace);
    is_tag.then(|| Tag { name: name.to_ascii_lowercase(), closes, attributes, rest })
}

/// The value of an attribute.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        let (before, behind) = rest.split_once('=')?;
        let behind = behind.trim_start();
        let value = match behind.chars().next()? {
            quote @ ('"' | '\'') => behind[1..].split(quote).next()?,
            _ => behind.split(char::is_whitespace).next()?,
        };
        if before.trim().eq_ignore_ascii_case(name) {
            return Some(value);
        }
        let quotes = if behind.starts_with(['"', '\'']) { 2 } else { 0 };
        rest = behind.get(value.len() + quotes..)?;
    }
}

/// What is inside of an element that has begun, and what follows its end.
fn inside<'a>(name: &str, rest: &'a str) -> Option<(&'a str, &'a str)> {
    rest.match_indices("</").find_map(|(at, _)| {
        let closing = tag(&rest[at..]).filter(|it| it.name == name)?;
        Some((&rest[..at], closing.rest))
    })
}

/// Text without tags, in the characters that its entities stand for.
fn characters(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.find('<').map(|at| rest.split_at(at)) {
        out.push_str(before);
        if let Some(tag) = tag(behind).filter(|it| Element::of_name(&it.name).is_some()) {
            rest = tag.rest;
        } else {
            out.push('<');
            rest = &behind[1..];
        }
    }
    out.push_str(rest);
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    entities.iter().fold(out, |out, (entity, character)| out.replace(entity, character))
}

/// What an element means.
enum Element {
    /// A paragraph, or what stands apart as one does.
    Block,
    Heading(usize),
    /// Text between marks.
    Strong(&'static str),
    Code,
    Preformatted,
    Link,
    Image,
    /// The marker of its items.
    List(&'static str),
    Item,
    /// Nothing that text could show.
    Plain,
}

impl Element {
    fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "p" | "div" | "section" | "article" | "blockquote" | "center" | "hr" | "dl" | "dt" | "dd" | "br" => {
                Self::Block
            }
            "h1" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "b" | "strong" => Self::Strong("**"),
            "i" | "em" => Self::Strong("*"),
            "s" | "del" | "strike" => Self::Strong("~~"),
            "code" | "tt" | "kbd" | "samp" => Self::Code,
            "pre" => Self::Preformatted,
            "a" => Self::Link,
            "img" => Self::Image,
            "ul" => Self::List("- "),
            "ol" => Self::List("1. "),
            "li" => Self::Item,
            "span" | "font" | "u" | "small" | "big" | "sub" | "sup" | "abbr" | "mark" | "ins" => Self::Plain,
            _ => return None,
        })
    }
}

/// Markdown while it is written.
#[derive(Default)]
struct Writer {
    out: String,
    /// Where its last line begins.
    line: usize,
    /// The markers of the lists that are open.
    lists: Vec<&'static str>,
    /// How much text there is from the last end of something on, such as an element by its name; nothing where there is
    /// no end.
    ends: Vec<(String, usize)>,
}

impl Writer {
    fn all(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(['<', '`', '~']) {
            self.words(&rest[..at]);
            rest = &rest[at..];
            rest = self.element(rest).or_else(|| self.code(rest)).unwrap_or_else(|| {
                let (sign, behind) = rest.split_at(run(rest));
                self.push(sign);
                behind
            });
        }
        self.words(rest);
    }

    fn push(&mut self, text: &str) {
        if let Some(end) = text.rfind('\n') {
            self.line = self.out.len() + end + 1;
        }
        self.out.push_str(text);
    }

    /// Text; behind a break its first blanks say nothing.
    fn words(&mut self, text: &str) {
        let is_in_item = !self.lists.is_empty() && self.out.ends_with(' ');
        let is_first = self.out.is_empty() || self.out.ends_with("\n\n") || self.is_at_item() || is_in_item;
        self.push(if is_first { text.trim_start() } else { text });
    }

    /// Whether something that has begun has an end in what follows, which need not be its own: `last` is asked once, so
    /// that nobody looks for an end in vain.
    fn is_ended(&mut self, what: &str, rest: &str, last: impl FnOnce(&str) -> Option<usize>) -> bool {
        let known = self.ends.iter().find(|(it, _)| it == what).map(|(_, end)| *end);
        let end = known.unwrap_or_else(|| {
            let end = last(rest).map_or(0, |at| rest.len() - at);
            self.ends.push((what.to_owned(), end));
            end
        });
        (1..=rest.len()).contains(&end)
    }

    /// Whether an element that has begun has an end.
    fn is_closed(&mut self, name: &str, rest: &str) -> bool {
        self.is_ended(name, rest, |rest| {
            let is_end = |at: &usize| tag(&rest[*at..]).is_some_and(|it| it.name == name);
            rest.rmatch_indices("</").map(|(at, _)| at).find(is_end)
        })
    }

    /// A code span, or a block of code, as it is.
    fn code<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let (open, behind) = rest.split_at(run(rest));
        let is_code = open.starts_with('`') || open.starts_with("~~~");
        if !is_code || !self.is_ended(open, behind, |behind| behind.rfind(open)) {
            return None;
        }
        let end = behind.find(open)? + 2 * open.len();
        self.push(&rest[..end]);
        Some(&rest[end..])
    }

    /// Reads an element or a tag that a text begins with, and gives what follows; none where it is text.
    fn element<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        if let Some(comment) = rest.strip_prefix("<!--") {
            let is_ended = self.is_ended("-->", comment, |comment| comment.rfind("-->"));
            return if is_ended { comment.split_once("-->").map(|(_, rest)| rest) } else { None };
        }
        let Tag { name, closes, attributes, rest } = tag(rest)?;
        match Element::of_name(&name)? {
            // What stands in a path is the place of a name.
            Element::Block if self.out.ends_with('/') => return None,
            Element::Block => self.paragraph(),
            Element::Heading(level) => {
                self.paragraph();
                if !closes {
                    self.push(&"#".repeat(level));
                    self.push(" ");
                }
            }
            Element::List(marker) => {
                if closes {
                    self.lists.pop();
                } else {
                    self.lists.push(marker);
                }
                self.end_line();
                // A list in a list stands on with it.
                if self.lists.len() < 2 {
                    self.apart();
                }
            }
            Element::Plain if !closes && !self.is_closed(&name, rest) => return None,
            Element::Plain => {}
            // The end of what has not begun says nothing, and that of an item no more than the next one.
            Element::Item | Element::Strong(_) | Element::Code | Element::Preformatted | Element::Link if closes => {}
            Element::Item => {
                self.end_line();
                self.push(self.lists.last().copied().unwrap_or("- "));
            }
            Element::Image => self.push(attribute(attributes, "alt").unwrap_or_default()),
            Element::Strong(marks) => return self.within(&name, rest, |it, inner| it.marked(marks, inner)),
            Element::Code => return self.within(&name, rest, |it, inner| it.span(&characters(inner))),
            Element::Preformatted => return self.within(&name, rest, |it, inner| it.block(&characters(inner))),
            Element::Link => return self.within(&name, rest, |it, inner| it.link(attributes, inner)),
        }
        Some(rest)
    }

    /// Writes what is inside of an element, and gives what follows; an element that nothing ends is none.
    fn within<'a>(&mut self, name: &str, rest: &'a str, write: impl FnOnce(&mut Self, &'a str)) -> Option<&'a str> {
        if !self.is_closed(name, rest) {
            return None;
        }
        let (inner, rest) = inside(name, rest)?;
        write(self, inner);
        Some(rest)
    }

    /// Text between marks, which have no blanks inside; several paragraphs have no marks.
    fn marked(&mut self, marks: &str, inner: &str) {
        let text = as_markdown(inner);
        let marks = if text.trim().is_empty() || text.contains('\n') { "" } else { marks };
        let blank = |is_there: bool| if is_there { " " } else { "" };
        self.words(blank(inner.starts_with(char::is_whitespace)));
        for piece in [marks, text.trim(), marks, blank(inner.ends_with(char::is_whitespace))] {
            self.push(piece);
        }
    }

    /// A code span.
    fn span(&mut self, code: &str) {
        let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
        if code.is_empty() {
            return;
        }
        let marks = marks(&code, 1);
        let blank = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        for piece in [&*marks, blank, &code, blank, &marks] {
            self.push(piece);
        }
    }

    /// A block of code.
    fn block(&mut self, code: &str) {
        self.end_line();
        self.apart();
        let marks = marks(code, 3);
        for piece in [&*marks, "\n", code.trim_matches('\n'), "\n", &marks, "\n\n"] {
            self.push(piece);
        }
    }

    /// A link to the web; any other leads nowhere from here, and is its text.
    fn link(&mut self, attributes: &str, inner: &str) {
        let text = as_markdown(inner);
        let text = text.trim();
        let address = attribute(attributes, "href").filter(|it| is_address(it));
        match address.filter(|_| !text.is_empty() && !text.contains(['[', ']', '\n'])) {
            Some(address) => ["[", text, "](", address, ")"].into_iter().for_each(|piece| self.push(piece)),
            None => self.push(text),
        }
    }

    /// The line that was written last.
    fn last_line(&self) -> &str {
        &self.out[self.line..]
    }

    /// Whether the marker of an item was written last.
    fn is_at_item(&self) -> bool {
        matches!(self.last_line(), "- " | "1. ")
    }

    /// The place of a paragraph: apart; where an item or a row of a table would end with it, a blank.
    fn paragraph(&mut self) {
        if self.is_at_item() {
            return;
        }
        if self.lists.is_empty() && !self.last_line().trim_start().starts_with('|') {
            self.end_line();
            self.apart();
        } else if !self.out.ends_with(char::is_whitespace) {
            self.push(" ");
        }
    }

    fn end_line(&mut self) {
        self.out.truncate(self.out.trim_end_matches([' ', '\t']).len());
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.push("\n");
        }
    }

    /// An empty line, behind a line that has ended.
    fn apart(&mut self) {
        self.out.truncate(self.out.trim_end().len());
        self.line = self.out.len();
        if !self.out.is_empty() {
            self.push("\n\n");
        }
    }
}

/// How many signs of a text belong together: of marks of code as many as there are, of angle brackets one.
fn run(text: &str) -> usize {
    let first = text.bytes().next();
    if first == Some(b'<') { 1 } else { text.bytes().take_while(|it| Some(*it) == first).count() }
}

/// More backticks than there are in a code, and at least so many.
fn marks(code: &str, least: usize) -> String {
    let longest = code.split(|it| it != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(least.max(longest + 1))
}

/// Whether a link can lead there: to the web, by characters that end no link.
pub(crate) fn is_address(text: &str) -> bool {
    is_web(text) && !text.contains(|it: char| it.is_whitespace() || "<>\"`|\\^{}()[]".contains(it))
}

/// Whether a link leads to the web.
pub(crate) fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
