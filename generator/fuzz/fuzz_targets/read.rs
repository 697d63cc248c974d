//! Text to document: any text is read or refused, and every finding has a place that can be drawn.
#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright::diagnostics::Diagnostics;
use specwright::document::{NoFiles, read};
use specwright::listing::{Style, render, to_json};

fuzz_target!(|text: &str| {
    for path in ["api.yaml", "api.json"] {
        let mut diagnostics = Diagnostics::new();
        let sources = match read(path, text.to_owned(), &NoFiles, &mut diagnostics) {
            Ok(document) => document.sources,
            Err(sources) => {
                assert!(diagnostics.has_errors(), "what is refused says why");
                sources
            }
        };
        let listing = render(&diagnostics, &sources, Style::Plain);
        assert!(!listing.contains(['\u{1b}', '\u{7}', '\u{202e}']), "nothing of a text acts on a terminal");
        let _ = to_json(&diagnostics, &sources);
    }
});
