//! One document as it is before it is compiled, for commands that do that more than once.

use std::path::Path;
#[cfg(feature = "mock")]
use std::path::PathBuf;

use super::loader::FolderLoader;
use super::vendor::WithCopies;
use super::{Codegen, Failure, Source};
#[cfg(feature = "mock")]
use super::{CodegenArgs, ReadingArgs, message};
use crate::document::Loader;
use crate::overlay::Overlay;
use crate::plan::Naming;

/// The flags of a command about one file that generates nothing.
#[cfg(feature = "mock")]
pub(super) fn flags(file: &Path, overlay: &[PathBuf]) -> CodegenArgs {
    let (spec, out) = (Some(file.to_owned()), Some(PathBuf::new()));
    let reading = ReadingArgs { overlay: overlay.to_vec(), ..ReadingArgs::default() };
    CodegenArgs { spec, out, reading, ..CodegenArgs::default() }
}

/// What failed, for a command that says itself that it is an error.
#[cfg(feature = "mock")]
pub(super) fn plain(failure: &Failure) -> String {
    message(failure).trim_start_matches("error: ").trim_end().to_owned()
}

/// One document with what changes it.
pub struct One {
    /// How it is called.
    pub naming: Naming,
    /// Its text.
    pub text: String,
    /// Its overlays.
    pub overlays: Vec<Overlay>,
    /// Where its other files come from.
    pub loader: Box<dyn Loader>,
}

impl Codegen {
    /// The one document with what changes it, for whoever compiles it more than once.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn one(&self) -> Result<One, Failure> {
        let Some(source) = self.sources.first() else {
            return Err(Failure::Request("there is no document".to_owned()));
        };
        self.one_of(source)
    }

    /// A document with what changes it.
    pub(super) fn one_of(&self, source: &Source) -> Result<One, Failure> {
        Ok(One {
            naming: Naming { name: source.name.clone(), source: source.shown.clone() },
            text: self.read_source(&source.path, &source.shown)?,
            overlays: self.overlays_of(source)?,
            loader: self.loader(source)?,
        })
    }

    /// Where the files of a document come from.
    fn loader(&self, source: &Source) -> Result<Box<dyn Loader>, Failure> {
        if let Some(version) = &self.past {
            return Ok(version.loader(&source.shown, &self.vendor));
        }
        let loader = if let Some(root) = &self.root {
            FolderLoader::below(root, &source.path).map_err(Failure::Request)?
        } else {
            let folder = source.path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
            FolderLoader::new(folder.to_owned())
        };
        let copies = FolderLoader::new(self.vendor.path.clone()).marking(self.inputs.clone());
        let loader = loader.marking(self.inputs.clone());
        Ok(Box::new(WithCopies::new(Box::new(loader), Box::new(copies), self.vendor.clone())))
    }
}
