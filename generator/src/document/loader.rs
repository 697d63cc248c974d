//! Where the files come from that a document refers to.

use super::{VendorError, Vendored};

/// Gives the files that a document refers to; the effects, and the guard of the root folder, live in the caller.
pub trait Loader: Sync {
    /// The text of a file.
    ///
    /// The path is relative to the root folder, has no `.` or `..` in it, and is separated by `/`.
    fn load(&self, path: &str) -> Result<String, LoadError>;

    /// The copy of what a URL leads to; the URL is [normalized](super::normalized).
    ///
    /// # Errors
    /// Where there is none, which is always so for a loader that has no place for copies, or it is not the one that was
    /// taken.
    fn vendored(&self, _url: &str) -> Result<Vendored, VendorError> {
        Err(VendorError::Missing(None))
    }

    /// The path of the document below the root folder, which is its own folder unless the caller chose another one.
    fn document(&self, name: &str) -> String {
        name.to_owned()
    }
}

/// Why a file could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// There is none.
    NotFound,
    /// It is not in the root folder, a symbolic link for one.
    OutsideRoot,
    /// It is larger than the caller reads.
    TooLarge,
    /// Something else, in words.
    Other(String),
}

/// Knows no files: for documents that must stand alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _: &str) -> Result<String, LoadError> {
        Err(LoadError::NotFound)
    }
}
