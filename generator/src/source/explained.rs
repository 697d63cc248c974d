//! What is wrong with a text, said where a person would mend it.
//!
//! ```text
//! title: "Pets            # the quote that opens here …
//! version: "1.0.0"        # … ends at the next one, behind which YAML expects something else
//! ```

use super::Fault;
use super::events::{EventKind, Events};
use super::lines::Lines;

impl Fault {
    /// The same fault, where a quote opens that nobody closed in its line, or with the right word for a tab.
    pub(super) fn explained(self, text: &str, events: &Events) -> Self {
        self.in_quotes(text, events).in_a_bracket(text, events).about_a_tab(text)
    }

    /// At the end of a text, a bracket that nobody closed is the likely mistake.
    fn in_a_bracket(self, text: &str, events: &Events) -> Self {
        let is_at_end = text.get(self.span.start..).is_some_and(|it| it.trim().is_empty());
        if !is_at_end || !self.message.contains("expected node content") {
            return self;
        }
        let Some((start, bracket)) = open_bracket(text, events) else { return self };
        let message = format!("the `{bracket}` that opens here is never closed");
        Self { message, span: start..start + 1, help: None }
    }

    /// Behind a text in quotes of several lines, the quote that opens it is the likely mistake.
    fn in_quotes(self, text: &str, events: &Events) -> Self {
        let Some((start, end)) = quoted(text, events) else { return self };
        let covers = text.get(start..end).is_some_and(|it| it.contains('\n'));
        let follows = text.get(end..self.span.start).is_some_and(|it| it.trim_matches([' ', '\t']).is_empty());
        if !covers || !follows {
            return self;
        }
        let line = Lines::new(text).line_column(text, end).0;
        let message = format!("the quote that opens here is closed in line {line} only: {}", self.message);
        Self { message, span: start..start + 1, help: Some("close it where its text ends") }
    }

    fn about_a_tab(self, text: &str) -> Self {
        let is_about = self.message.contains("cannot start any token") || self.message.contains("a tab character");
        if !is_about || text.get(self.span.clone()) != Some("\t") {
            return self;
        }
        let help = Some("indent with spaces");
        Self { message: "YAML takes no tab here".to_owned(), help, ..self }
    }
}

/// The innermost bracket that is open at the end of a text.
fn open_bracket(text: &str, events: &Events) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut read = 0;
    let last = events.list.iter().rposition(|it| it.kind != EventKind::End)?;
    for (idx, event) in events.list.iter().enumerate() {
        let span = event.span();
        // What the text does not end was ended for it.
        if idx > last && span.is_empty() {
            continue;
        }
        match event.kind {
            EventKind::Mapping | EventKind::Sequence => open.push((span.start, first(text, span.start))),
            EventKind::End => _ = open.pop(),
            _ => {}
        }
        read = read.max(span.end);
    }
    // What follows was not handed out yet.
    for (at, char) in text.get(read..)?.char_indices().map(|(at, char)| (read + at, char)) {
        match char {
            '[' | '{' if open.iter().all(|(start, _)| *start < at) => open.push((at, char)),
            ']' | '}' => _ = open.pop(),
            '#' => return None,
            _ => {}
        }
    }
    open.into_iter().rev().find(|(_, char)| matches!(char, '[' | '{'))
}

/// The character at a place.
fn first(text: &str, start: usize) -> char {
    text.get(start..).and_then(|it| it.chars().next()).unwrap_or_default()
}

/// The last text in quotes that was read: the last node, or the one behind it, which the parser did not hand out yet.
fn quoted(text: &str, events: &Events) -> Option<(usize, usize)> {
    let last = events.list.iter().rev().find(|it| it.kind != EventKind::End)?;
    let span = last.span();
    if last.kind == EventKind::Quoted && text.get(span.clone())?.starts_with(['"', '\'']) {
        return Some((span.start, span.end));
    }
    let rest = text.get(span.end..)?;
    let start = span.end + rest.find(|it: char| !it.is_whitespace() && !":-?,[{".contains(it))?;
    let quote = text.get(start..)?.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let mut inside = text.get(start + 1..)?.char_indices().peekable();
    while let Some((at, it)) = inside.next() {
        match it {
            '\\' if quote == '"' => _ = inside.next(),
            // In single quotes, two of them are one.
            '\'' if quote == '\'' && inside.peek().is_some_and(|(_, next)| *next == '\'') => _ = inside.next(),
            _ if it == quote => return Some((start, start + 1 + at + 1)),
            _ => {}
        }
    }
    None
}
