//! The files as they were written, for looking behind a reference while another file is being lifted.

use std::collections::BTreeMap;

use super::super::Loader;
use super::super::scope::{Base, join, percent_decode};
use crate::diagnostics::Diagnostics;
use crate::source::{FileId, Names, Origin, Placed, Pointer, Sources, Value};

/// Whether a parameter is a body can only be said by the parameter itself, wherever it stands.
pub(in super::super) struct Originals<'o> {
    loader: &'o dyn Loader,
    /// By path; `None` where a file cannot be had, which resolving says.
    files: BTreeMap<String, Option<Sources>>,
}

/// What a reference leads to, and the file that it stands in.
pub(super) struct Original {
    pub(super) tree: Placed,
    pub(super) path: String,
}

impl<'o> Originals<'o> {
    /// Knows one file so far.
    pub(in super::super) fn new(loader: &'o dyn Loader, path: &str, tree: &Value) -> Self {
        let mut originals = Self { loader, files: BTreeMap::new() };
        originals.keep(path, tree);
        originals
    }

    /// Remembers a file before it is changed.
    pub(in super::super) fn keep(&mut self, path: &str, tree: &Value) {
        let mut sources = Sources::new();
        let id = sources.add(path, String::new(), &mut Diagnostics::new());
        sources.rebuild(
            id.unwrap_or_default(),
            Placed::new(&crate::source::At::new(tree, Origin::root(FileId(0)))),
            Names::Old,
        );
        self.files.insert(path.to_owned(), Some(sources));
    }

    /// What a text refers to from within a file; another reference is followed.
    pub(super) fn find(&mut self, path: &str, text: &str) -> Option<Original> {
        /// A longer chain is a cycle, which resolving reports.
        const LONGEST: usize = 16;
        let (mut path, mut text) = (path.to_owned(), text.to_owned());
        for _ in 0..LONGEST {
            let (location, fragment) = text.split_once('#').unwrap_or((&text, ""));
            if !location.is_empty() {
                let Ok(Base::File(file)) = join(&Base::File(path), location) else { return None };
                path = file;
            }
            let pointer = Pointer::from_escaped(&percent_decode(fragment).ok()?);
            let tree = Placed::new(&self.file(&path)?.at(&Origin { file: FileId(0), pointer })?);
            match tree.text_of("$ref") {
                Some(next) => next.clone_into(&mut text),
                None => return Some(Original { tree, path }),
            }
        }
        None
    }

    fn file(&mut self, path: &str) -> Option<&Sources> {
        if !self.files.contains_key(path) {
            let read = |text| {
                let mut sources = Sources::new();
                sources.add(path, text, &mut Diagnostics::new()).map(|_| sources)
            };
            let file = self.loader.load(path).ok().and_then(read);
            self.files.insert(path.to_owned(), file);
        }
        self.files.get(path)?.as_ref()
    }
}
