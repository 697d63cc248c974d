//! The files as they were written, for looking behind a reference while another file is being lifted.

use std::collections::BTreeMap;

use super::super::Loader;
use super::super::scope::{Base, join, percent_decode};
use super::super::vendored::normalized;
use crate::diagnostics::Diagnostics;
use crate::source::{FileId, Names, Origin, Placed, Pointer, Sources, Value};

/// Whether a parameter is a body can only be said by the parameter itself, wherever it stands.
pub(in super::super) struct Originals<'o> {
    loader: &'o dyn Loader,
    /// By place; `None` where a file cannot be had, which resolving says.
    files: BTreeMap<Base, Option<Sources>>,
}

/// What a reference leads to, and the file that it stands in.
pub(super) struct Original {
    pub(super) tree: Placed,
    pub(super) base: Base,
}

impl<'o> Originals<'o> {
    /// Knows one file so far, as it was before it is changed.
    pub(in super::super) fn new(loader: &'o dyn Loader, path: &str, tree: &Value) -> Self {
        let mut sources = Sources::new();
        let id = sources.add(path, String::new(), &mut Diagnostics::new());
        sources.rebuild(
            id.unwrap_or_default(),
            Placed::new(&crate::source::At::new(tree, Origin::root(FileId(0)))),
            Names::Old,
        );
        Self { loader, files: BTreeMap::from([(Base::File(path.to_owned()), Some(sources))]) }
    }

    /// Knows no file so far.
    pub(in super::super) fn unread(loader: &'o dyn Loader) -> Self {
        Self { loader, files: BTreeMap::new() }
    }

    /// What a text refers to from within a file; another reference is followed.
    pub(super) fn find(&mut self, base: &Base, text: &str) -> Option<Original> {
        /// A longer chain is a cycle, which resolving reports.
        const LONGEST: usize = 16;
        let (mut base, mut text) = (base.clone(), text.to_owned());
        for _ in 0..LONGEST {
            let (location, fragment) = text.split_once('#').unwrap_or((&text, ""));
            if !location.is_empty() {
                base = join(&base, location).ok()?;
            }
            let pointer = Pointer::from_escaped(&percent_decode(fragment).ok()?);
            let tree = Placed::new(&self.file(&base)?.at(&Origin { file: FileId(0), pointer })?);
            match tree.text_of("$ref") {
                Some(next) => next.clone_into(&mut text),
                None => return Some(Original { tree, base }),
            }
        }
        None
    }

    fn file(&mut self, base: &Base) -> Option<&Sources> {
        if !self.files.contains_key(base) {
            let read = |(path, text): (String, String)| {
                let mut sources = Sources::new();
                sources.add(&path, text, &mut Diagnostics::new()).map(|_| sources)
            };
            let file = self.load(base).and_then(read);
            self.files.insert(base.clone(), file);
        }
        self.files.get(base)?.as_ref()
    }

    /// The text of a file, or of the copy of what a URL leads to, and its path.
    fn load(&self, base: &Base) -> Option<(String, String)> {
        match base {
            Base::File(path) => self.loader.load(path).ok().map(|text| (path.clone(), text)),
            Base::Uri(url) => {
                let copy = self.loader.vendored(&normalized(url).ok()?).ok()?;
                Some((copy.path, copy.text))
            }
        }
    }
}
