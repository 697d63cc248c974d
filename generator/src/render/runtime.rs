//! How a generated crate comes by its run time.

use include_dir::Dir;
use specwright_runtime::SOURCE;

use super::needs::Needs;

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

/// Files of the run time that are about a feature, or about any of several: a file, or a folder with its slash.
const OF_FEATURES: &[(&str, &[&str])] = &[
    ("client/", &["client"]),
    ("client/blocking.rs", &["blocking"]),
    ("client/browser.rs", &["browser"]),
    ("client/reqwest.rs", &["reqwest"]),
    ("client/tls.rs", &["rustls-ring", "rustls-graviola"]),
    ("format/byte.rs", &["byte"]),
    ("format/host.rs", &["hostname"]),
    ("formatted/byte.rs", &["byte"]),
    ("formatted/chrono.rs", &["chrono"]),
    ("formatted/jiff.rs", &["jiff"]),
    ("formatted/offset_time.rs", &["chrono", "jiff", "time"]),
    ("formatted/rust_decimal.rs", &["rust_decimal"]),
    ("formatted/time.rs", &["time"]),
    ("formatted/uri.rs", &["uri"]),
    ("formatted/uuid.rs", &["uuid"]),
    ("http/", &["client", "server"]),
    ("params/", &["client", "server"]),
    ("pattern.rs", &["pattern"]),
    ("server/", &["server"]),
    ("server/contract/", &["contract"]),
    ("server/documentation.rs", &["stand-in"]),
    ("server/stand_in/", &["stand-in"]),
];

/// The files of a copy, by their paths below `src/support/`: without those about what nothing needs.
pub(super) fn files(needs: &Needs) -> Vec<(&'static str, &'static str)> {
    let mut files = Vec::new();
    collect(&SOURCE, &mut files);
    let is_about = |path: &str, one: &str| path == one || (one.ends_with('/') && path.starts_with(one));
    let is_off = |features: &[&str]| features.iter().all(|it| needs.is_off(it));
    files.retain(|(path, _)| !OF_FEATURES.iter().any(|(one, features)| is_about(path, one) && is_off(features)));
    files
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<(&'static str, &'static str)>) {
    let texts = folder.files().filter_map(|file| file.path().to_str().zip(file.contents_utf8()));
    files.extend(texts);
    folder.dirs().for_each(|folder| collect(folder, files));
}
