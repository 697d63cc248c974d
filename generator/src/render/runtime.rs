//! How a generated crate comes by its run time.

use include_dir::Dir;
use specwright_runtime::SOURCE;

/// How a generated crate comes by its run time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It carries a copy, and depends on nothing of Specwright.
    Copy,
    /// It depends on the crate `specwright-runtime`, so that several crates share its types.
    Depend(Origin),
}

/// Where cargo finds the crate `specwright-runtime`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Where the workspace says.
    Workspace,
    /// In the registry, in the version of this generator.
    Registry,
    /// In a folder, as seen from the generated crate.
    Folder(String),
}

/// The parts that only the sides of HTTP need.
const SIDES: &[&str] = &["client", "http", "params", "server"];

/// The files of a copy, by their paths below `src/support/`; crates that have no sides do without theirs.
pub(super) fn files(has_sides: bool) -> Vec<(&'static str, &'static str)> {
    let mut files = Vec::new();
    collect(&SOURCE, &mut files);
    files.retain(|(path, _)| has_sides || !SIDES.iter().any(|side| path.starts_with(&format!("{side}/"))));
    files
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<(&'static str, &'static str)>) {
    let texts = folder.files().filter_map(|file| file.path().to_str().zip(file.contents_utf8()));
    files.extend(texts);
    folder.dirs().for_each(|folder| collect(folder, files));
}
