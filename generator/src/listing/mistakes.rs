//! Listings of mistakes in files that are no documents, such as the configuration.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet as Lines};

use super::Style;

/// A mistake in a text.
#[derive(Debug, Clone, Copy)]
pub struct Mistake<'a> {
    /// The file as it is printed.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The bytes in question.
    pub span: &'a Range<usize>,
    /// The fact.
    pub message: &'a str,
    /// What to do.
    pub help: Option<&'a str>,
}

/// Draws mistakes one below the other.
pub fn draw<'a>(all: impl IntoIterator<Item = Mistake<'a>>, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Color => Renderer::styled(),
    };
    let mut out = String::new();
    for Mistake { path, text, span, message, help } in all {
        let span = on_one_line(text, span);
        let lines = Lines::source(text).path(path).fold(true).annotation(AnnotationKind::Primary.span(span));
        let message = message.chars().map(|it| if it.is_control() { ' ' } else { it }).collect::<String>();
        let group = Level::ERROR.primary_title(message).element(lines);
        let group = match help {
            Some(help) => group.element(Level::HELP.message(help)),
            None => group,
        };
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// The part of a span on its first line, at the boundaries of characters.
fn on_one_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (boundary(span.start), boundary(span.end.max(span.start)));
    let line = text[start..end].find('\n').map_or(end, |at| start + at);
    start..line
}
