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
        self.in_quotes(text, events).about_a_tab(text)
    }

    /// Behind a text in quotes of several lines, the quote that opens it is the likely mistake.
    fn in_quotes(self, text: &str, events: &Events) -> Self {
        let Some(last) = events.list.iter().rev().find(|it| it.kind != EventKind::End) else { return self };
        let span = last.span();
        let is_quote = |at: usize| text.get(at..).is_some_and(|it| it.starts_with(['"', '\'']));
        let covers = text.get(span.clone()).is_some_and(|it| it.contains('\n'));
        let follows = text.get(span.end..self.span.start).is_some_and(|it| it.trim_matches([' ', '\t']).is_empty());
        if last.kind != EventKind::Quoted || !covers || !follows || !is_quote(span.start) {
            return self;
        }
        let line = Lines::new(text).line_column(text, span.end).0;
        let message = format!("the quote that opens here is closed in line {line} only: {}", self.message);
        Self { message, span: span.start..span.start + 1, help: Some("close it where its text ends") }
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
