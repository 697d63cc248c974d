//! A folder with a document and a generated tree in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use acceptance::command::{self, Run};
use acceptance::fixtures;
use tempfile::TempDir;

/// The document of most tests.
pub(crate) const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /items:
    get:
      operationId: listItems
      responses:
        '200':
          description: The items.
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Item' } } } }
components:
  schemas:
    Item:
      type: object
      required: [name]
      properties:
        name: { type: string, pattern: '^[a-z]' }
        price: { type: integer }
        code: { type: string, format: uuid }
    Shelf: { type: object, properties: { items: { type: array, items: { $ref: '#/components/schemas/Item' } } } }
";

/// A folder of its own, gone when dropped.
pub(crate) struct Tree {
    folder: TempDir,
}

impl Tree {
    /// A folder with a document; nothing is generated yet.
    pub(crate) fn new(document: &str) -> Self {
        let tree = Self { folder: TempDir::new().expect("a temporary folder") };
        tree.set_document(document);
        tree
    }

    /// A folder with a document and what is generated from it.
    pub(crate) fn generated(document: &str) -> Self {
        let tree = Self::new(document);
        let run = tree.codegen(&[]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        tree
    }

    /// Where the document is.
    pub(crate) fn spec(&self) -> PathBuf {
        self.folder.path().join("shop.yaml")
    }

    /// Where the crate is.
    pub(crate) fn out(&self) -> PathBuf {
        self.folder.path().join("crate")
    }

    /// A path in the crate.
    pub(crate) fn file(&self, path: &str) -> PathBuf {
        self.out().join(path)
    }

    /// Replaces the document.
    pub(crate) fn set_document(&self, text: &str) {
        fs::write(self.spec(), text).expect("a document can be written");
    }

    /// Runs `codegen` with more flags.
    pub(crate) fn codegen(&self, flags: &[&str]) -> Run {
        command::codegen(&self.spec(), &self.out(), flags)
    }

    /// Every file of the crate by its path.
    pub(crate) fn texts(&self) -> BTreeMap<String, Vec<u8>> {
        texts(&self.out())
    }

    /// When every file of the crate was written.
    pub(crate) fn times(&self) -> BTreeMap<String, SystemTime> {
        let time = |path: &Path| fs::metadata(path).and_then(|it| it.modified()).expect("a file has a time");
        named(&self.out()).map(|(name, path)| (name, time(&path))).collect()
    }
}

/// Every file below a folder by its path.
pub(crate) fn texts(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    named(folder).map(|(name, path)| (name, fs::read(path).expect("a file can be read"))).collect()
}

/// Without what a run leaves to the next one, which is no part of the tree.
fn named(folder: &Path) -> impl Iterator<Item = (String, PathBuf)> {
    let mut files = if folder.exists() { fixtures::files(folder) } else { Vec::new() };
    files.retain(|path| !path.starts_with(folder.join(".specwright")));
    let name =
        |path: &PathBuf| path.strip_prefix(folder).map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    files.iter().map(|path| (name(path), path.clone())).collect::<Vec<_>>().into_iter()
}

/// The paths whose texts differ.
pub(crate) fn difference(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut names: Vec<_> = one.keys().chain(other.keys()).cloned().collect();
    names.sort();
    names.dedup();
    names.retain(|name| one.get(name) != other.get(name));
    names
}
