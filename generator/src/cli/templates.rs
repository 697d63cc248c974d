//! Templates on disk: ours as a user may begin with them, and those of the user.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::fingerprint::Inputs;
use crate::diagnostics::similar;
use crate::render::{Overrides, TEMPLATES, exported};

/// What templates are given, for people.
const PAGE: &str = include_str!("../../template-context.md");
/// What templates are given, for tools.
const SCHEMA: &str = include_str!("../../template-context.schema.json");

/// Reads the templates of a folder.
///
/// # Errors
/// Everything that is wrong with them.
pub(super) fn read(folder: &Path, inputs: &Inputs) -> Result<Overrides, Vec<String>> {
    let unable = |error: io::Error| vec![format!("cannot read the templates in `{}`: {error}", folder.display())];
    let mut files = Vec::new();
    for (prefix, folder) in [("", folder.to_owned()), ("operation/", folder.join("operation"))] {
        if !prefix.is_empty() && !folder.is_dir() {
            continue;
        }
        for path in templates(&folder).map_err(unable)? {
            let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            let bytes = inputs.read(&path).map_err(unable)?;
            let text = String::from_utf8(bytes).map_err(|error| unable(io::Error::other(error)))?;
            // A checkout may have turned the ends of lines.
            files.push((format!("{prefix}{name}"), text.replace("\r\n", "\n")));
        }
    }
    Overrides::new(files, |name| similar(name, TEMPLATES.iter().map(|(it, _)| *it)))
}

/// The templates right in a folder, in the order of their names.
fn templates(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "j2") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Writes our templates into a folder, with what they are given; files that are there stay as they are. The answer is
/// how many were written, and how many stayed.
///
/// # Errors
/// Where a file cannot be written.
pub(super) fn export(folder: &Path) -> io::Result<(usize, usize)> {
    fs::create_dir_all(folder)?;
    let ours = TEMPLATES.iter().map(|(name, text)| (*name, exported(text)));
    let pages = [("CONTEXT.md", PAGE), ("context.schema.json", SCHEMA)].map(|(name, text)| (name, text.to_owned()));
    let (mut written, mut kept) = (0, 0);
    for (name, text) in ours.chain(pages) {
        let path = folder.join(name);
        if path.exists() {
            kept += 1;
            continue;
        }
        fs::write(path, text)?;
        written += 1;
    }
    Ok((written, kept))
}
