//! Findings before they have lines, levels and witnesses.

use std::fmt::Display;

use super::rules::Rule;
use crate::source::Origin;

/// One change, by the places of its nodes.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) rule: &'static Rule,
    pub(super) subject: String,
    pub(super) path: String,
    pub(super) message: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    pub(super) old: Option<Origin>,
    pub(super) new: Option<Origin>,
    pub(super) operations: Vec<String>,
    /// Whether what is gone was deprecated.
    pub(super) deprecated: bool,
}

impl Draft {
    pub(super) fn new(rule: &'static Rule, subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            rule,
            subject: subject.into(),
            path: String::new(),
            message: message.into(),
            before: None,
            after: None,
            old: None,
            new: None,
            operations: Vec::new(),
            deprecated: false,
        }
    }

    pub(super) fn at(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    pub(super) fn old(mut self, origin: &Origin) -> Self {
        self.old = Some(origin.clone());
        self
    }

    pub(super) fn new_at(mut self, origin: &Origin) -> Self {
        self.new = Some(origin.clone());
        self
    }

    pub(super) fn values(&mut self, before: impl Display, after: impl Display) -> &mut Self {
        (self.before, self.after) = (Some(before.to_string()), Some(after.to_string()));
        self
    }
}

/// All of them, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    pub(super) all: Vec<Draft>,
}

impl Drafts {
    pub(super) fn add(&mut self, draft: Draft) -> &mut Draft {
        self.all.push(draft);
        let last = self.all.len() - 1;
        &mut self.all[last]
    }
}
