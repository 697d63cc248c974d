//! Files beside a document, for references into them.

use std::fs;
use std::path::PathBuf;

use crate::document::{LoadError, Loader};

/// Reads files below one folder and nowhere else.
pub struct FolderLoader {
    root: PathBuf,
}

/// No document is larger than this: the largest public ones have about 15 MB.
const LARGEST: u64 = 64 * 1024 * 1024;

impl FolderLoader {
    /// The loader of a folder.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }
}

impl Loader for FolderLoader {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        let other = |error: std::io::Error| LoadError::Other(error.kind().to_string());
        let root = self.root.canonicalize().map_err(other)?;
        let file = match root.join(path).canonicalize() {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(LoadError::NotFound),
            Err(error) => return Err(other(error)),
        };
        // A symbolic link may lead anywhere, so what counts is where it ends.
        if !file.starts_with(&root) {
            return Err(LoadError::OutsideRoot);
        }
        if fs::metadata(&file).map_err(other)?.len() > LARGEST {
            return Err(LoadError::TooLarge);
        }
        fs::read_to_string(&file).map_err(other)
    }
}
