//! What a server was seen to do, as an overlay that makes its document true.
//!
//! Records are what an observer of a client wrote down (`Deviation::to_json`, one line each), or exchanges: HAR, or JSON
//! lines. Exchanges are held against the document as clients hold responses, only closed: what open enumerations keep
//! is a finding here.
//!
//! ```text
//! records -> findings -> places in the document -> changes, counted -> actions of an overlay
//!               ^                                                          |
//!               +------------ the document with the overlay so far <-------+
//! ```
//!
//! One change may show what is wrong behind it, so exchanges are held against the document again until nothing is left
//! that can be said. What remains is listed with its reason. The overlay holds names and values of the document, names
//! of properties that closed objects do not have, values of enumerations, limits, and nothing else of what was seen.

mod change;
mod evidence;
mod judge;
mod place;
mod record;
mod write;

use std::fmt::Write as _;

use crate::diagnostics::Diagnostics;
use crate::document::{self, Loader, Version};
use crate::overlay::Overlay;
use crate::plan::Naming;
use crate::source::{FileId, Pointer, Value};
use crate::{Choices, Compiled, compile_with};

use evidence::{Asked, Seen};
use judge::Judge;
use place::Places;

pub use record::{Exchange, Finding, Record, Unreadable, records};

/// What is observed against what.
pub struct Subject<'a> {
    /// How the document is called.
    pub naming: Naming,
    /// Its text.
    pub text: String,
    /// What changes it first.
    pub overlays: Vec<Overlay>,
    /// Where its other files come from.
    pub loader: &'a dyn Loader,
}

/// What became of the records.
pub struct Observed {
    /// The overlay, YAML; none where nothing is to be said.
    pub overlay: Option<String>,
    /// How many actions it has.
    pub actions: usize,
    /// What deviates and is not in the overlay, with how often it was seen and why it is left to a person.
    pub left: Vec<String>,
    /// How many exchanges are of no operation of the document.
    pub strangers: usize,
}

/// How often exchanges are held against the document again.
const ROUNDS: usize = 12;

/// Why something that could be said is not.
const TOO_DEEP: &str = "stands behind too many other changes: look again with this overlay applied";

/// The name of the overlay while it is being made.
const DRAFT: &str = "the overlay that is being made";

/// Makes an overlay of what was seen.
///
/// # Errors
/// What the document was compiled to, where it is refused, as it is or as the overlay leaves it.
pub fn observe(subject: &Subject<'_>, records: &[Record]) -> Result<Observed, Box<Compiled>> {
    let mut actions: Vec<Value> = Vec::new();
    let mut left = Seen::default();
    let mut strangers = 0;
    for round in 0..=ROUNDS {
        let Round { asked, unanswered, unmatched, root, version } = look(subject, &actions, records, round == 0)?;
        if round == 0 {
            strangers = unmatched;
            left = unanswered.clone();
        }
        // What findings alone say is looked at once, what exchanges say until nothing new comes.
        left.keep_recorded(&unanswered);
        if asked.is_empty() {
            break;
        }
        if round == ROUNDS {
            asked.leave(&mut left, TOO_DEEP);
            break;
        }
        actions.extend(asked.actions(root, version));
    }
    let overlay = (!actions.is_empty()).then(|| write::overlay(&subject.naming.name, &actions, records.len()));
    Ok(Observed { overlay, actions: actions.len(), left: left.lines(), strangers })
}

/// What one look at all records gives.
struct Round {
    asked: Asked,
    unanswered: Seen,
    unmatched: usize,
    /// The document that was looked at.
    root: Value,
    version: Version,
}

fn look(subject: &Subject<'_>, actions: &[Value], records: &[Record], first: bool) -> Result<Round, Box<Compiled>> {
    let Subject { naming, text, overlays, loader } = subject;
    let mut overlays = overlays.clone();
    if !actions.is_empty() {
        let text = write::overlay(&naming.name, actions, records.len());
        overlays.push(Overlay { path: DRAFT.to_owned(), text });
    }
    let choices = Choices { overlays: overlays.clone(), ..Choices::default() };
    let compiled = compile_with(naming, text.clone(), *loader, &choices);
    let (Some(api), Some(plan)) = (&compiled.api, &compiled.plan) else { return Err(Box::new(compiled)) };
    let mut diagnostics = Diagnostics::new();
    let overlaid = usize::from(!overlays.is_empty());
    let effective = crate::effective(&naming.source, text.clone(), overlays.clone());
    let read = document::read_overlaid(&naming.source, text.clone(), overlays, *loader, &mut diagnostics);
    let Ok(document) = read else { return Err(Box::new(compiled)) };
    let judge = Judge::new(api, plan);
    let places = Places { document: &document, api, overlaid };
    let mut asked = Asked::default();
    let mut unanswered = Seen::default();
    let mut unmatched = 0;
    for record in records {
        let recorded = matches!(record, Record::Exchange(_));
        let findings = match record {
            Record::Finding(_) if !first => continue,
            Record::Finding(finding) => vec![finding.clone()],
            Record::Exchange(exchange) => judge.findings(exchange).unwrap_or_else(|| {
                unmatched += 1;
                Vec::new()
            }),
        };
        for finding in findings {
            match places.answer(&finding) {
                Ok(answers) => answers.into_iter().for_each(|it| asked.add(it)),
                Err(reason) => unanswered.add(places.shown(&finding), reason, recorded),
            }
        }
    }
    let root = effective.sources.file(FileId(0)).root.clone();
    Ok(Round { asked, unanswered, unmatched, root, version: document.version })
}

/// A place as a path of JSONPath (RFC 9535).
fn path(pointer: &Pointer, root: &Value) -> String {
    let mut node = Some(root);
    let mut text = "$".to_owned();
    for token in pointer.tokens() {
        let is_item = node.is_some_and(|it| it.as_array().is_some());
        let is_name = token.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
            && token.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
        if is_item {
            let _ = write!(text, "[{token}]");
        } else if is_name {
            let _ = write!(text, ".{token}");
        } else {
            let _ = write!(text, "[{}]", quoted(&token));
        }
        node = node.and_then(|it| it.child(&token));
    }
    text
}

/// A name within a JSONPath: quoted, and everything escaped that ends it.
fn quoted(name: &str) -> String {
    let mut text = String::from("'");
    for c in name.chars() {
        match c {
            '\'' | '\\' => text.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text.push('\'');
    text
}
