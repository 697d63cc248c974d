//! Markdown of a document as documentation that rustdoc renders and never runs.
//!
//! Code blocks become `text`, since rustdoc compiles and runs the others as tests; HTML becomes Markdown where that has
//! as much, and is escaped elsewhere; links lead to the web or nowhere, so that neither a broken link nor a script comes
//! out of a description. The parser that rustdoc has is asked about the result: where it finds something that acts all
//! the same, the text is shown without any markup.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::plan::html::{as_markdown, is_address, is_web};

/// The lines of a text, safe for `#[doc]` and without anything that rustdoc or clippy would warn about.
pub(super) fn lines(text: &str) -> Vec<String> {
    let lines = kept(&as_markdown(text));
    if acts(&lines.join("\n")) { plain(text) } else { lines }
}

/// Whether rustdoc would run a part of a text, obey it, or lead elsewhere than to the web.
fn acts(text: &str) -> bool {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    Parser::new_ext(text, options).any(|event| match event {
        Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words))) => &*words != "text",
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => !is_web(&dest_url),
        _ => false,
    })
}

/// The lines of a text without any markup.
fn plain(text: &str) -> Vec<String> {
    let escaped = |line: &str| -> String {
        let escaped =
            line.trim().chars().flat_map(|it| it.is_ascii_punctuation().then_some('\\').into_iter().chain([it]));
        escaped.map(|it| if it.is_control() { ' ' } else { it }).collect()
    };
    text.trim().lines().map(escaped).collect()
}

/// The lines of a text with the markup that a description may have.
fn kept(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', " ").replace('\t', "    ");
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    let mut item: Option<usize> = None;
    let mut rest = text.trim().lines().peekable();
    while let Some(line) = rest.next() {
        let line = line.trim_end();
        let body = line.trim_start();
        let marks = fence_marks(body);
        if let Some(open) = &fence {
            let closes = body.starts_with(open.as_str()) && body.trim_matches(['`', '~']).is_empty();
            lines.push(if closes { body.to_owned() } else { line.to_owned() });
            fence = fence.filter(|_| !closes);
        } else if let Some(marks) = marks {
            lines.push(format!("{marks}text"));
            fence = Some(marks);
            item = None;
        } else {
            // The text of a link may go on in the next line, and links are told by the line.
            let mut body = body.to_owned();
            while let Some(next) = rest.next_if(|next| goes_on(&body, next)) {
                body.push(' ');
                body.push_str(next.trim());
            }
            lines.push(paragraph_line(&body, &mut item));
        }
    }
    lines.extend(fence);
    lines
}

/// Whether the text of a link that a line opens ends in the next one.
fn goes_on(line: &str, next: &str) -> bool {
    let is_open = line.rfind('[').is_some_and(|it| !line[it..].contains(']'));
    is_open && next.find("](").is_some_and(|end| !next[..end].contains(['[', ']']))
}

/// The marks that open a code block.
fn fence_marks(body: &str) -> Option<String> {
    let first = body.chars().next().filter(|it| matches!(it, '`' | '~'))?;
    let marks: String = body.chars().take_while(|it| *it == first).collect();
    (marks.len() >= 3).then_some(marks)
}

/// A line of ordinary text. Indentation goes, for four columns of it make code; only the lines that continue
/// a list item are indented, by its width.
fn paragraph_line(body: &str, item: &mut Option<usize>) -> String {
    if body.is_empty() {
        *item = None;
        return String::new();
    }
    if let Some(width) = list_marker(body) {
        *item = Some(width);
        // One blank behind the marker, so that its width is what rustdoc takes it for.
        let (marker, body) = body.split_at(width);
        return format!("{marker}{}", inline(body.trim_start()));
    }
    let quoted = body.starts_with('>');
    let body = inline(body.trim_start_matches(['>', ' ']));
    match item {
        Some(width) => format!("{}{body}", " ".repeat(*width)),
        None if quoted => format!("&gt; {body}"),
        None => body,
    }
}

/// The width of a list item's marker with its blank.
fn list_marker(body: &str) -> Option<usize> {
    if ["- ", "* ", "+ "].iter().any(|marker| body.starts_with(marker)) {
        return Some(2);
    }
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &body[digits..];
    ((1..=9).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "))).then_some(digits + 2)
}

/// The text of a line, outside of code spans freed of HTML, links that are none, and bare addresses.
fn inline(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(next) = rest.chars().next() {
        let taken = match next {
            '`' => code_span(rest, &mut out),
            '<' => angle(rest, &mut out),
            '[' => link(rest, &mut out),
            'h' if rest.starts_with("http://") || rest.starts_with("https://") => address(rest, &mut out),
            _ => {
                out.push(next);
                next.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

fn code_span(rest: &str, out: &mut String) -> usize {
    let marks = rest.bytes().take_while(|it| *it == b'`').count();
    let (open, body) = rest.split_at(marks);
    if let Some(end) = body.find(open) {
        let taken = marks + end + marks;
        out.push_str(&rest[..taken]);
        return taken;
    }
    out.push_str(&"\\`".repeat(marks));
    marks
}

/// `<https://…>` stays; every other angle bracket is text.
fn angle(rest: &str, out: &mut String) -> usize {
    match address_end(&rest[1..], '>') {
        Some(end) if is_address(&rest[1..=end]) => {
            out.push_str(&rest[..end + 2]);
            end + 2
        }
        _ => {
            out.push_str("&lt;");
            1
        }
    }
}

/// `[text](https://…)` stays; of a link to another place of where the description stands, its text; every other bracket
/// is text.
fn link(rest: &str, out: &mut String) -> usize {
    // No bracket opens in the text of a link, so nobody looks for its end behind the next one.
    let text = rest[1..].split('[').next().and_then(|text| text.split_once("](")).map(|(text, _)| text);
    let parts = text.and_then(|text| {
        let target = &rest[1 + text.len() + 2..];
        let end = address_end(target, ')')?;
        Some((text, &target[..end], rest.len() - target.len() + end + 1))
    });
    match parts {
        Some((text, target, taken)) if is_address(target) && is_label(text) => {
            out.push_str(&rest[..taken]);
            taken
        }
        Some((text, target, taken)) if target.starts_with(['/', '#', '.']) && is_label(text) => {
            out.push_str(&inline(text));
            taken
        }
        _ => {
            out.push_str("\\[");
            1
        }
    }
}

/// Where an address ends that is closed by a sign; none where something stands before that which no address has.
fn address_end(text: &str, close: char) -> Option<usize> {
    let end = text.find(|it: char| it == close || it.is_whitespace() || "<>()[]".contains(it))?;
    text[end..].starts_with(close).then_some(end)
}

/// Whether a text can be that of a link: its code spans end in it.
fn is_label(text: &str) -> bool {
    !text.contains(['[', '<']) && text.matches('`').count().is_multiple_of(2)
}

fn address(rest: &str, out: &mut String) -> usize {
    let end = rest.find(|it: char| it.is_whitespace() || "<>\"`|\\^{}()[]".contains(it)).unwrap_or(rest.len());
    let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    out.push('<');
    out.push_str(url);
    out.push('>');
    url.len()
}
