//! Document to files: whatever is accepted is Rust that can be parsed, and holds what was planned and nothing else.
#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright::compile;
use specwright::document::NoFiles;
use specwright::plan::Naming;
use specwright::render::{CrateOptions, Delivery, Origin, render};

fuzz_target!(|text: &str| {
    let naming = Naming { name: "api".to_owned(), source: "api.yaml".to_owned() };
    let Some(plan) = compile(&naming, text.to_owned(), &NoFiles).plan else { return };
    let options = CrateOptions {
        name: "sample".to_owned(),
        description: "A sample.".to_owned(),
        workspace: false,
        runtime: Delivery::Depend(Origin::Registry),
    };
    // Rendering compares the items of every file with those that were planned.
    let files = render(&[plan], &options).unwrap_or_else(|error| panic!("{error}"));
    for (path, text) in files.iter() {
        let is_inside = !path.starts_with('/') && path.split('/').all(|it| !matches!(it, "" | "." | ".."));
        assert!(is_inside, "{path}");
        if path.ends_with(".rs") {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
});
