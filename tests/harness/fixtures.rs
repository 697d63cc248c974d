//! The fixtures on disk.

use std::path::{Path, PathBuf};

/// A file below `fixtures/accept` or `fixtures/reject`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixture {
    /// Its folder: the family, or the code.
    pub folder: String,
    /// Its name without the extension.
    pub case: String,
    /// Its text.
    pub text: String,
}

impl Fixture {
    /// The fixture in a file.
    pub fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        Self { folder: name(path.parent().and_then(Path::file_name)), case: name(path.file_stem()), text }
    }

    /// The name of the API that is made of it.
    pub fn api(&self) -> String {
        format!("{}-{}", self.folder, self.case)
    }

    /// The document as it is generated from.
    pub fn document(&self) -> String {
        crate::minimal::complete(&self.text)
    }
}

/// The workspace's root.
pub fn workspace() -> PathBuf {
    package().parent().expect("the tests are a member of the workspace").to_owned()
}

/// The folder of this package.
pub fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every fixture that must generate.
pub fn accepted() -> Vec<Fixture> {
    below("fixtures/accept").iter().map(|path| Fixture::read(path)).collect()
}

/// Every fixture that must be refused or warned about.
pub fn rejected() -> Vec<Fixture> {
    below("fixtures/reject").iter().map(|path| Fixture::read(path)).collect()
}

/// Every file below a folder of this package, sorted.
pub fn below(folder: &str) -> Vec<PathBuf> {
    files(&package().join(folder))
}

/// Every file below a folder, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.map(|entry| entry.expect("an entry of a folder").path()) {
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The documents of the workspace: name, path as printed, text.
pub fn specs() -> Vec<(String, String, String)> {
    let paths = files(&workspace().join("specs"));
    let name = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let shown = |path: &PathBuf| format!("specs/{}", path.file_name().unwrap_or_default().to_string_lossy());
    let text = |path: &PathBuf| std::fs::read_to_string(path).expect("a document of `specs/`");
    paths.iter().map(|path| (name(path), shown(path), text(path))).collect()
}
