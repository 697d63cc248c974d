//! Files beside a document, for references into them.

use std::fs;
use std::path::{Path, PathBuf};

use super::fingerprint::Inputs;
use crate::document::{LoadError, Loader};
use crate::source::decode;

/// Reads files below one folder and nowhere else.
pub struct FolderLoader {
    root: PathBuf,
    /// The path of the document below the root; its name alone if that is its folder.
    document: Option<String>,
    inputs: Inputs,
}

/// No document is larger than this: the largest public ones have about 15 MB.
pub(super) const LARGEST: u64 = 64 * 1024 * 1024;

impl FolderLoader {
    /// The loader of a folder.
    pub fn new(root: PathBuf) -> Self {
        Self { root, document: None, inputs: Inputs::default() }
    }

    /// The loader of a folder that the document lies in, at whatever depth.
    ///
    /// # Errors
    /// Where it lies somewhere else, or one of both cannot be found.
    pub fn below(root: &Path, document: &Path) -> Result<Self, String> {
        let find = |path: &Path| {
            path.canonicalize().map_err(|error| format!("cannot find `{}`: {}", path.display(), error.kind()))
        };
        let (root, document) = (find(root)?, find(document)?);
        let Ok(path) = document.strip_prefix(&root) else {
            return Err(format!("`{}` is not in the folder `{}`", document.display(), root.display()));
        };
        let names: Vec<_> = path.iter().map(|it| it.to_string_lossy()).collect();
        Ok(Self { document: Some(names.join("/")), root, inputs: Inputs::default() })
    }

    /// The same loader, which marks what it reads.
    pub(super) fn marking(self, inputs: Inputs) -> Self {
        Self { inputs, ..self }
    }
}

impl Loader for FolderLoader {
    fn document(&self, name: &str) -> String {
        self.document.clone().unwrap_or_else(|| name.to_owned())
    }

    fn load(&self, path: &str) -> Result<String, LoadError> {
        let other = |error: std::io::Error| LoadError::Other(error.kind().to_string());
        let wanted = self.root.join(path);
        let found = |path: &Path| match path.canonicalize() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                // Somebody may put it there, so that it is looked for again.
                let _ = self.inputs.read(&wanted);
                Err(LoadError::NotFound)
            }
            found => found.map_err(other),
        };
        let (root, file) = (found(&self.root)?, found(&wanted)?);
        // A symbolic link may lead anywhere, so what counts is where it ends.
        if !file.starts_with(&root) {
            return Err(LoadError::OutsideRoot);
        }
        if fs::metadata(&file).map_err(other)?.len() > LARGEST {
            return Err(LoadError::TooLarge);
        }
        let bytes = self.inputs.read(&file).map_err(other)?;
        decode(bytes).map_err(|error| LoadError::Other(error.to_string()))
    }
}
