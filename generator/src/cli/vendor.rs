//! Copies of what URLs lead to: a folder, and in it a lock file with the sum of each copy. Nothing is fetched; whoever
//! has a file puts it there with `specwright vendor`.
//!
//! ```toml
//! [[file]]
//! url = "https://schemas.example.com/v1/common.json"
//! path = "schemas.example.com-v1/common.json"
//! sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
//! ```
//!
//! A copy is used only where its sum is the locked one. Paths of the lock are relative and inside the folder, whatever
//! it says, and those that are made of URLs have letters, digits, `-`, `_` and `.` only.

use std::fmt::Write as _;
use std::fs;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::loader::{FolderLoader, LARGEST};
use crate::document::{LoadError, Loader, VendorError, Vendored, normalized};
use crate::source::decode;

/// The folder of copies where nobody names another one.
pub(super) const FOLDER: &str = "specs/vendor";

/// The lock file in that folder.
const LOCK: &str = "vendor.lock";

const HEAD: &str = "# What URLs in documents lead to: `specwright vendor` writes this file. Nothing is ever fetched.\n";

/// Where copies are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorFolder {
    /// The folder.
    pub path: PathBuf,
    /// The folder as it is printed.
    pub shown: String,
    /// Whether a command has to name it.
    pub is_named: bool,
}

impl Default for VendorFolder {
    fn default() -> Self {
        Self::flag(None)
    }
}

impl VendorFolder {
    /// The folder that a flag names, or the usual one.
    pub fn flag(path: Option<&Path>) -> Self {
        let shown = path.map_or(FOLDER.to_owned(), slashed);
        Self { path: PathBuf::from(&shown), shown, is_named: path.is_some() }
    }

    /// The folder that a configuration names, or the usual one, below the folder of the configuration.
    pub(super) fn configured(folder: &Path, path: Option<&String>) -> Self {
        let shown = path.map_or(FOLDER, String::as_str).trim_end_matches('/').to_owned();
        Self { path: folder.join(&shown), shown, is_named: false }
    }
}

/// Adds a folder of copies to what a loader knows.
pub(super) struct WithCopies {
    loader: Box<dyn Loader>,
    /// The loader of the folder itself.
    copies: Box<dyn Loader>,
    place: VendorFolder,
}

impl WithCopies {
    pub(super) fn new(loader: Box<dyn Loader>, copies: Box<dyn Loader>, place: VendorFolder) -> Self {
        Self { loader, copies, place }
    }

    /// The command that takes a copy.
    fn command(&self, url: &str) -> String {
        let place = if self.place.is_named { format!(" --into {}", quoted(&self.place.shown)) } else { String::new() };
        format!("specwright vendor {} FILE{place}", quoted(url))
    }

    fn locked(&self) -> Result<Lock, VendorError> {
        let path = format!("{}/{LOCK}", self.place.shown);
        let faulty = |reason: String| VendorError::Faulty {
            message: format!("`{path}` cannot be read: {reason}"),
            help: format!("restore `{path}`, or remove it and run `specwright vendor` for each of its files"),
        };
        match self.copies.load(LOCK) {
            Ok(text) => Lock::read(&text).map_err(faulty),
            Err(LoadError::NotFound) => Ok(Lock::default()),
            Err(error) => Err(faulty(reason(&error))),
        }
    }
}

impl Loader for WithCopies {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        self.loader.load(path)
    }

    fn document(&self, name: &str) -> String {
        self.loader.document(name)
    }

    fn vendored(&self, url: &str) -> Result<Vendored, VendorError> {
        let Lock { file } = self.locked()?;
        let command = self.command(url);
        let Some(Entry { path, sha256, .. }) = file.into_iter().find(|it| it.url == url) else {
            return Err(VendorError::Missing(Some(command)));
        };
        let shown = format!("{}/{path}", self.place.shown);
        let faulty = |message| VendorError::Faulty {
            message,
            help: format!("`{command}` takes a copy of the file that is meant, and locks its sum"),
        };
        let text = match self.copies.load(&path) {
            Ok(text) => text,
            Err(error) => return Err(faulty(format!("`{shown}` {}", reason(&error)))),
        };
        let found = sum(text.as_bytes());
        if found != sha256 {
            return Err(faulty(format!(
                "`{shown}` is not the copy that was taken: its SHA-256 is {found}, and `{LOCK}` says {sha256}"
            )));
        }
        Ok(Vendored { path: shown, text })
    }
}

/// Why a file could not be had, in words that follow its name.
fn reason(error: &LoadError) -> String {
    match error {
        LoadError::NotFound => "does not exist".to_owned(),
        LoadError::OutsideRoot => "leaves the folder".to_owned(),
        LoadError::TooLarge => "is too large".to_owned(),
        LoadError::Other(reason) => format!("cannot be read: {reason}"),
    }
}

/// What `vendor.lock` holds.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    #[serde(default)]
    file: Vec<Entry>,
}

/// A copy.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// What it is a copy of, normalized.
    url: String,
    /// Where it is, below the folder.
    path: String,
    /// Its sum in hexadecimal digits, of lower case.
    sha256: String,
}

impl Lock {
    fn read(text: &str) -> Result<Self, String> {
        let lock: Self = toml::from_str(text).map_err(|error| error.message().to_owned())?;
        for Entry { url, path, sha256: _ } in &lock.file {
            let is_inside = !path.is_empty()
                && !path.contains(['\\', ':'])
                && Path::new(path).components().all(|it| matches!(it, Component::Normal(_)));
            if !is_inside {
                return Err(format!("`{}` is no path inside the folder", path.escape_debug()));
            }
            if lock.file.iter().filter(|it| it.url == *url).count() > 1 {
                return Err(format!("`{}` stands in it twice", url.escape_debug()));
            }
        }
        Ok(lock)
    }

    fn write(&mut self) -> Result<String, String> {
        self.file.sort_by(|one, other| one.url.cmp(&other.url));
        let text = toml::to_string(self).map_err(|error| error.to_string())?;
        Ok(format!("{HEAD}\n{text}"))
    }

    /// The path of the copy of a URL: the one that it has, or one that no other copy has.
    fn path(&self, url: &str) -> String {
        if let Some(entry) = self.file.iter().find(|it| it.url == url) {
            return entry.path.clone();
        }
        let (folder, name) = named(url);
        let path = format!("{folder}/{name}");
        // Some disks do not tell upper case from lower case.
        if self.file.iter().any(|it| it.path.eq_ignore_ascii_case(&path)) {
            return format!("{folder}-{}/{name}", &sum(url.as_bytes())[..8]);
        }
        path
    }
}

/// Takes copies of files; gives a line for each, which says what it stands for.
///
/// # Errors
/// Where a URL, a file or the lock is at fault; what was copied before is kept and locked.
pub(super) fn add(place: &VendorFolder, url: &str, files: &[PathBuf]) -> Result<Vec<String>, String> {
    let mut lock = match FolderLoader::new(place.path.clone()).load(LOCK) {
        Ok(text) => Lock::read(&text).map_err(|it| format!("`{}/{LOCK}` cannot be read: {it}", place.shown))?,
        Err(LoadError::NotFound) => Lock::default(),
        Err(error) => return Err(format!("`{}/{LOCK}` {}", place.shown, reason(&error))),
    };
    let is_folder = url.ends_with('/');
    if files.len() > 1 && !is_folder {
        return Err(format!(
            "`{url}` is one file: a URL that ends in `/` is a folder, whose files have their own names"
        ));
    }
    let mut lines = Vec::new();
    for file in files {
        let url = if is_folder { format!("{url}{}", last(file)?) } else { url.to_owned() };
        let url =
            normalized(&url).map_err(|reason| format!("`{}` cannot be vendored: {reason}", url.escape_debug()))?;
        let text = read(file)?;
        let (path, sha256) = (lock.path(&url), sum(text.as_bytes()));
        put(&place.path, &path, &text)?;
        lock.file.retain(|it| it.url != url);
        lines.push(format!("`{url}` is `{}/{path}`\n", place.shown));
        lock.file.push(Entry { url, path, sha256 });
        put(&place.path, LOCK, &lock.write()?)?;
    }
    Ok(lines)
}

/// The name of a file as the end of a URL.
fn last(file: &Path) -> Result<String, String> {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    let name = file.file_name().and_then(|it| it.to_str());
    let name = name.ok_or_else(|| format!("`{}` has no name that a URL can end in", file.display()))?;
    Ok(utf8_percent_encode(name, RESERVED).to_string())
}

fn read(file: &Path) -> Result<String, String> {
    let failed = |error: &dyn std::fmt::Display| format!("cannot read `{}`: {error}", file.display());
    let size = fs::metadata(file).map_err(|error| failed(&error))?.len();
    if size > LARGEST {
        return Err(failed(&"it is too large"));
    }
    decode(fs::read(file).map_err(|error| failed(&error))?).map_err(|error| failed(&error))
}

/// Writes a file below a folder, whole or not at all; a link that is there is replaced, not followed.
fn put(folder: &Path, path: &str, text: &str) -> Result<(), String> {
    let target = folder.join(path);
    let failed = |error: std::io::Error| format!("cannot write `{}`: {error}", target.display());
    let around = target.parent().unwrap_or(folder);
    fs::create_dir_all(around).map_err(failed)?;
    if !around.canonicalize().map_err(failed)?.starts_with(folder.canonicalize().map_err(failed)?) {
        return Err(format!("cannot write `{}`: it leaves the folder `{}`", target.display(), folder.display()));
    }
    let draft = folder.join(format!("{path}.draft"));
    fs::write(&draft, text).and_then(|()| fs::rename(&draft, &target)).map_err(failed)
}

/// A folder and a file name for a URL: the host with the path, and the last segment.
fn named(url: &str) -> (String, String) {
    let (_, rest) = url.split_once(':').unwrap_or(("", url));
    let (path, query) = rest.trim_start_matches('/').split_once('?').unwrap_or((rest.trim_start_matches('/'), ""));
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = if query.is_empty() { folder.to_owned() } else { format!("{folder}-{query}") };
    (plain(&folder, "urn"), plain(name, "index"))
}

/// A name that every disk takes.
fn plain(text: &str, otherwise: &str) -> String {
    /// As long as every disk takes it, with a hash behind it.
    const LONGEST: usize = 100;
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    let text: String = text.chars().map(|it| if is_plain(it) { it } else { '-' }).collect();
    let text = text.trim_matches(['.', '-']);
    // The end of a name says more than its start.
    let text = text[text.len().saturating_sub(LONGEST)..].trim_start_matches(['.', '-']);
    let stem = text.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || (stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")));
    match text {
        "" => otherwise.to_owned(),
        text if is_device => format!("_{text}"),
        text => text.to_owned(),
    }
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A text as an argument that a shell takes as it is.
fn quoted(text: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-._~:/@%+=".contains(it);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/").trim_end_matches('/').to_owned()
}
