//! How a generated crate comes by its run time.

use include_dir::Dir;
use specwright_runtime::SOURCE;

use super::needs::Needs;
use crate::config::{Library, Side};

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

/// The files of a copy, by their paths below `src/support/`: without the sides and the libraries that nothing needs.
pub(super) fn files(needs: &Needs) -> Vec<(&'static str, &'static str)> {
    let mut files = Vec::new();
    collect(&SOURCE, &mut files);
    let sides = Side::ALL.into_iter().filter(|it| !needs.sides.contains(it)).map(Side::name);
    let common = ["http", "params"].into_iter().filter(|_| !needs.has_sides());
    let left_out: Vec<_> = sides.chain(common).map(|it| format!("{it}/")).collect();
    let libraries = Library::ALL.into_iter().filter(|it| !needs.libraries.contains(it));
    let unwanted: Vec<_> = libraries.map(|it| format!("formatted/{}.rs", it.name())).collect();
    let has_tests = needs.contract;
    let is_needed = |path: &str| {
        (has_tests || !path.starts_with("server/contract/"))
            && !left_out.iter().any(|it| path.starts_with(it.as_str()))
            && !unwanted.iter().any(|it| it == path)
    };
    files.retain(|(path, _)| needs.browser || *path != "client/browser.rs");
    files.retain(|(path, _)| is_needed(path));
    files
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<(&'static str, &'static str)>) {
    let texts = folder.files().filter_map(|file| file.path().to_str().zip(file.contents_utf8()));
    files.extend(texts);
    folder.dirs().for_each(|folder| collect(folder, files));
}
