//! Which operations of a document are wanted, and which entries of a selection name none.

use std::collections::BTreeSet;

use super::{ApiEntry, Select, Spot, Step, Verb};
use crate::diagnostics::similar;

/// An operation as a selection sees it.
#[derive(Debug, Clone, Copy)]
pub struct Selected<'a> {
    /// `operationId`.
    pub id: &'a str,
    /// `tags`.
    pub tags: &'a [String],
    /// The path template.
    pub path: &'a str,
    /// The method as the document has it: in lower case, or one of its own as it is sent.
    pub method: &'a str,
    /// Whether the document deprecates it.
    pub deprecated: bool,
}

/// What an API takes of its document, and which entries have named an operation so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    select: Option<Select>,
    except: Option<Select>,
    prune: bool,
    used: BTreeSet<Spot>,
    /// What the document has, for suggestions.
    seen: BTreeSet<String>,
}

impl Selection {
    /// The selection of an API.
    pub fn new(select: Option<Select>, except: Option<Select>, prune: Option<bool>) -> Self {
        let prune = prune.unwrap_or(select.is_some() || except.is_some());
        Self { select, except, prune, used: BTreeSet::new(), seen: BTreeSet::new() }
    }

    /// Whether everything is taken.
    pub fn is_whole(&self) -> bool {
        self.select.is_none() && self.except.is_none()
    }

    /// Whether schemas that nothing uses are left out.
    pub fn prunes(&self) -> bool {
        self.prune
    }

    /// Whether an operation is wanted; entries that name it count as used.
    pub fn takes(&mut self, operation: &Selected<'_>) -> bool {
        let words = operation.tags.iter().map(String::as_str).chain([operation.id, operation.path, operation.method]);
        self.seen.extend(words.map(str::to_owned));
        let used = &mut self.used;
        let selected = self.select.as_ref().is_none_or(|it| matching(it, "select", operation, used));
        selected & !self.except.as_ref().is_some_and(|it| matching(it, "except", operation, used))
    }

    /// The entries that no operation answers to: where each stands below its API, and its text.
    pub fn unused(&self) -> Vec<(Spot, String)> {
        self.entries().into_iter().filter(|(spot, _)| !self.used.contains(spot)).collect()
    }

    /// What of the document looks like a text.
    pub fn similar(&self, text: &str) -> Option<&str> {
        similar(text, self.seen.iter().map(String::as_str))
    }

    fn entries(&self) -> Vec<(Spot, String)> {
        let mut all = Vec::new();
        for (key, select) in [("select", &self.select), ("except", &self.except)] {
            let Some(select) = select else { continue };
            let Select { operations, tags, paths, methods, deprecated } = select;
            for (list, texts) in [("operations", operations), ("tags", tags), ("paths", paths)] {
                all.extend(texts.iter().enumerate().map(|(idx, text)| (spot(key, list, idx), text.clone())));
            }
            let methods = methods.iter().enumerate();
            all.extend(methods.map(|(idx, it)| (spot(key, "methods", idx), it.as_str().to_owned())));
            all.extend(deprecated.then(|| (spot(key, "deprecated", 0), "deprecated".to_owned())));
        }
        all
    }
}

/// Whether an entry of the selection names the operation; every one that does is noted.
fn matching(select: &Select, key: &'static str, operation: &Selected<'_>, used: &mut BTreeSet<Spot>) -> bool {
    let Select { operations, tags, paths, methods, deprecated } = select;
    let at = |texts: &[String], holds: &dyn Fn(&String) -> bool| -> Vec<usize> {
        texts.iter().enumerate().filter(|(_, text)| holds(text)).map(|(idx, _)| idx).collect()
    };
    let verbs: Vec<_> = methods.iter().map(|it| it.as_str().to_owned()).collect();
    let named = [
        ("operations", at(operations, &|it| it == operation.id)),
        ("tags", at(tags, &|it| operation.tags.contains(it))),
        ("paths", at(paths, &|it| fits(it, operation.path))),
        ("methods", at(&verbs, &|it| it == operation.method)),
        ("deprecated", if *deprecated && operation.deprecated { vec![0] } else { Vec::new() }),
    ];
    let spots: Vec<Spot> =
        named.into_iter().flat_map(|(list, all)| all.into_iter().map(move |idx| spot(key, list, idx))).collect();
    let found = !spots.is_empty();
    used.extend(spots);
    found
}

fn spot(key: &'static str, list: &'static str, idx: usize) -> Spot {
    let item = (list != "deprecated").then_some(Step::Item(idx));
    [Step::Key(key), Step::Key(list)].into_iter().chain(item).collect()
}

/// Whether a text fits a pattern in which `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    let mut left = text;
    for part in parts {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(last)
}

impl Verb {
    /// The method as a document has it: in lower case, or as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Head => "head",
            Self::Patch => "patch",
            Self::Trace => "trace",
            Self::Query => "query",
            Self::Other(name) => name,
        }
    }
}

impl ApiEntry {
    /// The API's name: its own, or the file's without what follows the last dot.
    pub fn api_name(&self) -> String {
        let file = self.document.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        self.name.clone().unwrap_or_else(|| stem.to_owned())
    }

    /// What is taken of the document.
    pub fn selection(&self) -> Selection {
        Selection::new(self.select.clone(), self.except.clone(), self.prune)
    }
}
