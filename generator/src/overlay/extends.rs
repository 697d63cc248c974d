//! `extends`: the document that an overlay says it is about.
//!
//! A path is compared with that of the document as far as both are known, from the end: either may be seen from another
//! folder. A URL is compared with the name that the document has itself (`$self`), where it has one.

use crate::diagnostics::{Code, Diagnostics};
use crate::source::{At, FileId, Sources, Value};

/// Says where an overlay is about another document.
pub(super) fn check(sources: &Sources, overlay: &At<'_>, diagnostics: &mut Diagnostics) {
    let Some(extends) = overlay.field("extends") else { return };
    let Some(wanted) = extends.value.as_str() else {
        let message = format!("`extends` must be a string, and this is of type {}", extends.value.type_name());
        diagnostics.report(Code::InvalidOverlay, &extends.origin, message);
        return;
    };
    let document = sources.file(FileId(0));
    let name = if wanted.split(['/', '?', '#']).next().is_some_and(|it| it.contains(':')) {
        document.root.get("$self").and_then(Value::as_str).filter(|it| it.trim_end_matches('#') != wanted)
    } else {
        Some(document.path.as_str()).filter(|it| !is_same_path(wanted, it))
    };
    let Some(name) = name else { return };
    diagnostics
        .report(Code::OtherDocument, &extends.origin, format!("the overlay is about `{wanted}`, and this is `{name}`"))
        .help("it is applied all the same; name the right document, or remove `extends`");
}

/// Whether two paths may be those of one file: from the end they have the same segments, as far as both go.
fn is_same_path(wanted: &str, path: &str) -> bool {
    let wanted = wanted.split(['?', '#']).next().unwrap_or_default();
    let wanted = percent_encoding::percent_decode_str(wanted).decode_utf8_lossy();
    let segments = |it: &str| -> Vec<String> {
        let it = it.replace('\\', "/");
        it.rsplit('/').filter(|it| !it.is_empty() && *it != ".").map(str::to_owned).collect()
    };
    let is_same = |(one, other): (String, String)| {
        // What comes before a colon is the revision that a document is of, or a drive.
        one == other || one == ".." || other == ".." || other.rsplit(':').next() == Some(one.as_str())
    };
    segments(&wanted).into_iter().zip(segments(path)).all(is_same)
}
