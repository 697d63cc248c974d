//! OpenAPI Overlays 1.0 and 1.1: changes that somebody else writes beside a document.
//!
//! An overlay is a list of actions. Each selects nodes of the document by a JSONPath (RFC 9535), and merges something
//! into them, copies another node to them, or removes them; the next action sees what the last one left:
//!
//! ```yaml
//! overlay: 1.1.0
//! info: { title: Names, version: '1' }
//! actions:
//!   - target: $.paths['/pets'].get
//!     update: { operationId: listPets }
//!   - target: $.components.schemas[?@['x-internal'] == true]
//!     remove: true
//! ```
//!
//! What an action adds keeps its place in the overlay, so a finding about it points there. An action that selects
//! nothing is an error, because a document has changed under an overlay then, unless it has `x-optional: true`.

mod extends;
mod merge;
mod path;
mod read;

use crate::diagnostics::{Code, Diagnostics};
use crate::source::{At, FileId, Names, Origin, Placed, Pointer, Sources, Value};
use merge::Merge;
use path::Path;
use read::{Action, Change, Version};

/// An overlay as it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    /// The path as it is printed.
    pub path: String,
    /// The text.
    pub text: String,
}

/// Overlays may add so many nodes to any document, and to a large one as many as it has several times.
const SPARE: usize = 100_000;
const TIMES: usize = 3;

/// As deep as the readers let a document be.
const DEEPEST: usize = 128;

/// Applies overlays to the first file of the sources, in order.
///
/// Each becomes a file of the sources. Actions that are at fault are reported and left out.
pub fn apply(sources: &mut Sources, overlays: Vec<Overlay>, diagnostics: &mut Diagnostics) {
    let root = Origin::root(FileId(0));
    if overlays.is_empty() || sources.file(FileId(0)).root == Value::Null {
        return;
    }
    let Some(document) = sources.at(&root).map(|at| Placed::new(&at)) else { return };
    let first = diagnostics.len();
    let mut patient = Patient::new(document);
    for Overlay { path, text } in overlays {
        let Some(file) = sources.add(&path, text, diagnostics) else { return };
        let Some(at) = sources.at(&Origin::root(file)) else { continue };
        let (version, actions) = read::actions(&at, diagnostics);
        extends::check(sources, &at, diagnostics);
        for action in actions {
            patient.treat(&action, version, diagnostics);
        }
    }
    diagnostics.found_before(first, 0);
    sources.rebuild(FileId(0), patient.tree, Names::New);
}

/// The document that is being changed.
struct Patient {
    tree: Placed,
    /// The same tree as the queries want it.
    json: serde_json::Value,
    /// How many nodes may still be added.
    spare: usize,
}

impl Patient {
    fn new(tree: Placed) -> Self {
        Self { json: tree.to_value().to_json(), spare: tree.count().saturating_mul(TIMES).saturating_add(SPARE), tree }
    }

    /// Does what an action says, to all nodes or to none.
    fn treat(&mut self, action: &Action<'_>, version: Version, diagnostics: &mut Diagnostics) {
        let Some(targets) = self.select(&action.target, diagnostics) else { return };
        if targets.is_empty() {
            if !action.is_optional {
                diagnostics
                    .report(Code::UnmatchedAction, &action.target.origin, "`target` selects nothing in the document")
                    .help("mend the path, or write `x-optional: true` beside it where that is meant");
            }
            return;
        }
        let addition = match &action.change {
            Change::Remove(remove) => return self.remove(&targets, remove, version, diagnostics),
            Change::Update(update) => Placed::new(update),
            Change::Copy(copy) => match self.source(copy, diagnostics) {
                Some(source) => source,
                None => return,
            },
        };
        let place = action.change.at();
        let added = addition.count().saturating_mul(targets.len());
        let Some(spare) = self.spare.checked_sub(added) else {
            diagnostics.report(Code::InvalidOverlay, &place.origin, "this makes the document too large").at_key();
            return;
        };
        self.spare = spare;
        for target in &targets {
            let Some(node) = self.tree.at_mut(target) else { continue };
            let depth = target.tokens().count();
            let mut merge = Merge { version, place, target, diagnostics };
            if depth + addition.depth() > DEEPEST {
                merge.fail("this makes the document too deep".to_owned());
            } else {
                merge.onto(node, &addition);
            }
        }
        for target in &targets {
            self.refresh(target);
        }
    }

    /// The nodes that a path selects, each once.
    fn select(&self, at: &At<'_>, diagnostics: &mut Diagnostics) -> Option<Vec<Pointer>> {
        /// A longer path would hide what is wrong with it.
        const SHORT: usize = 100;
        let text = at.value.as_str()?;
        match Path::parse(text) {
            Ok(path) => Some(path.select(&self.json)),
            Err(problem) => {
                let help = if text.contains('-') {
                    "a name with a hyphen is written in brackets and quotes, as in `$.paths.*[?@['x-internal']]`"
                } else {
                    "a path follows RFC 9535, as in `$.paths['/pets'].get`"
                };
                let path = if text.chars().count() > SHORT { "this".to_owned() } else { format!("`{text}`") };
                let message = format!("{path} is no JSONPath: {problem}");
                diagnostics.report(Code::InvalidOverlay, &at.origin, message).help(help);
                None
            }
        }
    }

    /// The one node that `copy` selects.
    fn source(&self, copy: &At<'_>, diagnostics: &mut Diagnostics) -> Option<Placed> {
        let found = self.select(copy, diagnostics)?;
        let [only] = found.as_slice() else {
            let message = format!("`copy` must select one node, and this selects {}", found.len());
            diagnostics.report(Code::InvalidOverlay, &copy.origin, message);
            return None;
        };
        self.tree.at_pointer(only).cloned()
    }

    fn remove(&mut self, targets: &[Pointer], remove: &At<'_>, version: Version, diagnostics: &mut Diagnostics) {
        for target in targets {
            let problem = match self.tree.at_pointer(target) {
                _ if target.parent().is_none() => "the document itself cannot be removed",
                Some(it) if version == Version::V10 && it.members().is_none() && it.items().is_none() => {
                    "an overlay of version 1.0 removes objects and arrays only"
                }
                _ => continue,
            };
            diagnostics
                .report(Code::InvalidOverlay, &remove.origin, problem)
                .at_key()
                .help(format!("`target` selects `{target}`"));
            return;
        }
        // The last items first, so that the places of the others stay what they are.
        let mut targets: Vec<&Pointer> = targets.iter().collect();
        targets.sort_by_cached_key(|it| std::cmp::Reverse(path::order(it)));
        for target in targets {
            let (Some(parent), Some(last)) = (target.parent(), target.last()) else { continue };
            if let Some(node) = self.tree.at_mut(&parent) {
                node.remove(&last);
                self.refresh(&parent);
            }
        }
    }

    /// Brings the tree for queries up to date below a node.
    fn refresh(&mut self, pointer: &Pointer) {
        let Some(node) = self.tree.at_pointer(pointer) else { return };
        if let Some(json) = self.json.pointer_mut(pointer.as_str()) {
            *json = node.to_value().to_json();
        }
    }
}
