//! Overlays of what was seen: they make documents true, and say nothing of what they should not.

#![allow(clippy::expect_used, clippy::panic, reason = "what helps a test may fail as a test does")]

mod drill;
mod exchanges;
mod findings;
mod program;

use acceptance::pipeline;
use specwright::document::NoFiles;
use specwright::observe::{Observed, Record, Subject, observe, records};
use specwright::overlay::Overlay;
use specwright::plan::Naming;

/// What is made of records of a document.
pub(crate) fn observed(document: &str, seen: &str) -> Observed {
    observed_with(document, Vec::new(), &read(seen))
}

/// The same of a document that overlays have changed.
pub(crate) fn observed_with(document: &str, overlays: Vec<Overlay>, records: &[Record]) -> Observed {
    let naming = Naming { name: "subject".to_owned(), source: "subject.yaml".to_owned() };
    let subject = Subject { naming, text: document.to_owned(), overlays, loader: &NoFiles };
    observe(&subject, records).unwrap_or_else(|compiled| panic!("{}", pipeline::print(&compiled)))
}

pub(crate) fn read(seen: &str) -> Vec<Record> {
    records(seen).unwrap_or_else(|error| panic!("{error}"))
}

/// The overlay, which there must be.
pub(crate) fn overlay(document: &str, seen: &str) -> String {
    let Observed { overlay, left, .. } = observed(document, seen);
    assert!(left.is_empty(), "{left:?}");
    overlay.expect("an overlay")
}

/// Whether nothing deviates any more once an overlay has changed a document.
pub(crate) fn is_true(document: &str, overlay: String, seen: &str) -> bool {
    let overlays = vec![Overlay { path: "seen.yaml".to_owned(), text: overlay }];
    let Observed { overlay, left, .. } = observed_with(document, overlays, &read(seen));
    overlay.is_none() && left.is_empty()
}
