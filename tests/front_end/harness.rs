//! Small documents in, findings out.

use std::collections::BTreeMap;

use specwright::diagnostics::Diagnostics;
use specwright::document::{Document, LoadError, Loader, NoFiles, read};
use specwright::listing::{Style, render};
use specwright::source::{Origin, Pointer, Value};

/// Files by their path below the folder of the document.
pub(crate) struct Files(pub(crate) BTreeMap<&'static str, &'static str>);

impl Loader for Files {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        match path {
            "link.yaml" => Err(LoadError::OutsideRoot),
            "huge.yaml" => Err(LoadError::TooLarge),
            path => self.0.get(path).map(|text| (*text).to_owned()).ok_or(LoadError::NotFound),
        }
    }
}

/// What is printed about a document called `api.yaml` or `api.json`, whichever its text looks like.
pub(crate) fn listing(text: &str) -> String {
    listing_with(text, &NoFiles)
}

pub(crate) fn listing_with(text: &str, loader: &dyn Loader) -> String {
    let (result, diagnostics) = run(text, loader);
    match result {
        Ok(document) => render(&diagnostics, &document.sources, Style::Plain),
        Err(sources) => render(&diagnostics, &sources, Style::Plain),
    }
}

/// A document without errors.
pub(crate) fn document(text: &str) -> Document {
    document_with(text, &NoFiles)
}

pub(crate) fn document_with(text: &str, loader: &dyn Loader) -> Document {
    let (result, diagnostics) = run(text, loader);
    let document = result.expect("a document that can be read");
    assert!(!diagnostics.has_errors(), "{}", render(&diagnostics, &document.sources, Style::Plain));
    document
}

pub(crate) fn run(text: &str, loader: &dyn Loader) -> (Result<Document, specwright::source::Sources>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let path = if text.starts_with('{') { "specs/api.json" } else { "specs/api.yaml" };
    let result = read(path, text.to_owned(), loader, &mut diagnostics);
    (result, diagnostics)
}

/// The schemas of a small document of version 3.1.
pub(crate) fn schemas(schemas: &str) -> String {
    let indented: String = schemas.lines().map(|line| format!("    {line}\n")).collect();
    format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{indented}")
}

/// The same in version 3.0.
pub(crate) fn schemas_30(text: &str) -> String {
    schemas(text).replacen("3.1.0", "3.0.3", 1)
}

/// An origin in the document itself.
pub(crate) fn origin(pointer: &str) -> Origin {
    Origin { file: specwright::source::FileId(0), pointer: Pointer::from_escaped(pointer) }
}

/// The value at a pointer of the document itself.
pub(crate) fn value<'d>(document: &'d Document, pointer: &str) -> &'d Value {
    document.at(&origin(pointer)).unwrap_or_else(|| panic!("{pointer} is not there")).value
}
