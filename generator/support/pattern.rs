//! ECMA-262 regular expressions, as `pattern` and `patternProperties` use them.

use std::borrow::Cow;
use std::sync::OnceLock;

/// A regular expression in the syntax of ECMA-262, compiled on first use.
#[derive(Debug)]
pub struct Pattern {
    source: Cow<'static, str>,
    engine: OnceLock<Option<regex::Regex>>,
}

impl Pattern {
    /// A pattern that the generator has checked.
    pub const fn new(source: &'static str) -> Self {
        Self { source: Cow::Borrowed(source), engine: OnceLock::new() }
    }

    /// The pattern as it is written in the document.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Whether the pattern is found anywhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        let engine = self.engine.get_or_init(|| regex::Regex::new(&self.source).ok());
        engine.as_ref().is_some_and(|it| it.is_match(text))
    }
}
