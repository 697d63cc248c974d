//! Patterns: what makes an engine, each asked once for a document.

use std::collections::BTreeMap;

use specwright_runtime::pattern::{REPEATS_TOO_MUCH, compile, compile_within};

use super::dialects::{self, Dialect};
use super::flags;

/// What an engine takes at most, in bytes, of which any number is made without waiting.
const SMALL: usize = 1 << 20;
/// How many larger ones a document may have: each takes a third of a second to make.
const MOST_LARGE: usize = 20;

/// What is known of a pattern, wherever it stands.
#[derive(Clone)]
pub(super) enum Verdict {
    /// As it stands.
    Usable,
    /// It is in the words of other engines, and this says the same in those of ECMA-262; what it has that they have not.
    Translated(String, &'static str),
    /// Why no engine can be made of it.
    Unusable(String),
}

/// The patterns of a document so far.
#[derive(Default)]
pub(super) struct Patterns {
    verdicts: BTreeMap<String, Verdict>,
    large: usize,
    /// Whether there is one that no engine was made of because there were many.
    lacks_large: bool,
}

impl Patterns {
    /// Takes no large ones, which are counted for a whole document.
    pub(super) fn without_large() -> Self {
        Self { large: MOST_LARGE, ..Self::default() }
    }

    /// Whether there was a large one beyond those that are taken.
    pub(super) fn lacks_large(&self) -> bool {
        self.lacks_large
    }

    /// What is known of a pattern.
    pub(super) fn verdict(&mut self, pattern: &str) -> Verdict {
        if let Some(known) = self.verdicts.get(pattern) {
            return known.clone();
        }
        let verdict = self.look(pattern);
        self.verdicts.insert(pattern.to_owned(), verdict.clone());
        verdict
    }

    fn look(&mut self, pattern: &str) -> Verdict {
        if let Some(translated) = flags::translated(pattern).filter(|it| self.is_usable(it).is_ok()) {
            return Verdict::Translated(translated, "flags");
        }
        match dialects::translated(pattern) {
            Dialect::Translated(translated) if self.is_usable(&translated).is_ok() => {
                return Verdict::Translated(translated, "words of other engines");
            }
            Dialect::Foreign(problem) => return Verdict::Unusable(problem.to_owned()),
            Dialect::Translated(_) | Dialect::None => {}
        }
        let ecma = regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern));
        match ecma.map_err(|error| error.to_string()).and_then(|_| self.is_usable(pattern)) {
            Ok(()) => Verdict::Usable,
            Err(problem) => Verdict::Unusable(problem),
        }
    }

    /// Whether an engine can be made of it.
    fn is_usable(&mut self, pattern: &str) -> Result<(), String> {
        let small = compile_within(pattern, SMALL).map(drop);
        let is_larger = small.as_ref().is_err_and(|problem| problem == REPEATS_TOO_MUCH);
        if !is_larger || self.large == MOST_LARGE {
            self.lacks_large |= is_larger;
            return small;
        }
        self.large += 1;
        compile(pattern).map(drop)
    }
}
