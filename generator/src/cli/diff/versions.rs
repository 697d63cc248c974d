//! Where versions of documents come from: the disk, or a revision of git, which is run as a program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Edition, Pair};
use crate::cli::FolderLoader;
use crate::cli::files::{MANIFEST, decoded, listed, read_text};
use crate::cli::vendor::{VendorFolder, WithCopies};
use crate::diff::churn::Tree;
use crate::document::{LoadError, Loader};

/// A tree of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Version {
    /// Below a folder of the disk; paths may be absolute.
    Disk(PathBuf),
    /// A revision of the repository around a folder, or its index.
    Git {
        /// The folder.
        folder: PathBuf,
        /// The revision as people wrote it; nothing for the index, and `:2` for a stage of it.
        name: String,
        /// The commit; for the index, its name.
        commit: String,
    },
}

impl Version {
    /// A revision of the repository around a folder.
    ///
    /// # Errors
    /// Where git knows no such revision, or there is no git.
    pub fn git(folder: &Path, name: &str) -> Result<Self, String> {
        // A revision that looks like a flag must not be one.
        let commit =
            git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")])
                .map_err(|_| format!("git knows no revision `{name}` in `{}`", folder.display()))?;
        Ok(Self::Git { folder: folder.to_owned(), name: name.to_owned(), commit: commit.trim().to_owned() })
    }

    /// The index of the repository around a folder, or a stage of it, where `:PATH` or `:2:PATH` names a file in it;
    /// and that path.
    fn index<'t>(folder: &Path, text: &'t str) -> Option<(Self, &'t str)> {
        let rest = text.strip_prefix(':')?;
        let stage = rest.split_once(':').filter(|(stage, _)| matches!(*stage, "0" | "1" | "2" | "3"));
        let (name, path) = stage.map_or_else(|| (String::new(), rest), |(stage, path)| (format!(":{stage}"), path));
        // `:/TEXT` and `:(WORD)` are other things to git.
        let is_path = !path.is_empty() && !path.starts_with(['/', '(', '!', '^']);
        is_path.then(|| (Self::Git { folder: folder.to_owned(), commit: name.clone(), name }, path))
    }

    /// Whether a name of a commit is that of the index.
    fn is_index(commit: &str) -> bool {
        commit.is_empty() || commit.starts_with(':')
    }

    /// Whether there is such a file.
    pub(in crate::cli) fn has(&self, path: &str) -> bool {
        match self {
            Self::Disk(root) => root.join(path).is_file(),
            Self::Git { folder, commit, .. } => git(folder, &["cat-file", "-e", &format!("{commit}:./{path}")]).is_ok(),
        }
    }

    /// The text of a file.
    pub(in crate::cli) fn read(&self, path: &str) -> Result<String, String> {
        match self {
            Self::Disk(root) => {
                read_text(&root.join(path)).map_err(|error| format!("cannot read `{}`: {error}", self.shown(path)))
            }
            Self::Git { folder, commit, .. } => blob(folder, &format!("{commit}:./{path}"))
                .map_err(|error| format!("cannot read `{}`: {error}", self.shown(path))),
        }
    }

    /// The documents directly in a folder, by their names without extension.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn documents(&self, folder: &str) -> Result<BTreeMap<String, String>, String> {
        let names: Vec<String> = match self {
            Self::Disk(root) => {
                let entries =
                    fs::read_dir(root.join(folder)).map_err(|error| format!("cannot read `{folder}`: {error}"))?;
                entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
            }
            Self::Git { folder: at, commit, .. } if Self::is_index(commit) => {
                let within = if folder.is_empty() { String::new() } else { format!("{folder}/") };
                let listing = git(at, &["ls-files", "-z", "--cached", "--", &format!("./{within}")])?;
                let names = listing.split('\0').filter_map(|it| it.strip_prefix(within.as_str()));
                names.filter(|it| !it.is_empty() && !it.contains('/')).map(str::to_owned).collect()
            }
            Self::Git { folder: at, commit, .. } => {
                let listing = git(at, &["ls-tree", "-z", "--name-only", commit, "--", &format!("./{folder}/")])?;
                let names = listing.split('\0').filter_map(|it| it.rsplit('/').next());
                names.filter(|it| !it.is_empty()).map(str::to_owned).collect()
            }
        };
        let is_document = |name: &str| [".yaml", ".yml", ".json"].iter().any(|it| name.ends_with(it));
        let path = |name: String| {
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            (stem(&name), path)
        };
        Ok(names.into_iter().filter(|it| is_document(it)).map(path).collect())
    }

    /// The generated files of a folder: those that its manifest lists and that are there.
    pub(in crate::cli) fn tree(&self, folder: &str) -> Result<Tree, String> {
        let Self::Git { folder: at, commit, .. } = self else {
            let Self::Disk(root) = self else { return Ok(Tree::new()) };
            let root = root.join(folder);
            let listed = listed(&root).map_err(|error| error.to_string())?;
            let texts = listed.into_iter().filter_map(|path| Some((fs::read_to_string(root.join(&path)).ok()?, path)));
            return Ok(texts.map(|(text, path)| (path, text)).collect());
        };
        let Ok(listing) = git(at, &["ls-tree", "-r", "-z", "--full-tree", &format!("{commit}:./{folder}")]) else {
            return Ok(Tree::new());
        };
        let manifest = self.read(&format!("{folder}/{MANIFEST}")).unwrap_or_default();
        let listed: BTreeSet<&str> = manifest.lines().collect();
        let entries = listing.split('\0').filter_map(|line| line.split_once('\t'));
        let entries = entries.filter(|(_, path)| listed.contains(path));
        let blobs: Vec<_> = entries.filter_map(|(meta, path)| Some((meta.split(' ').nth(2)?, path))).collect();
        let texts = contents(at, &blobs.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
        Ok(blobs.into_iter().map(|(_, path)| path.to_owned()).zip(texts).collect())
    }

    /// The last commit that touched a folder, as a version; none where there is none.
    pub(in crate::cli) fn last(at: &Path, folder: &str) -> Option<Self> {
        let commit = git(at, &["log", "-1", "--format=%h", "--", folder]).ok()?;
        let commit = commit.trim();
        if commit.is_empty() { None } else { Self::git(at, commit).ok() }
    }

    /// The revision as people wrote it; none on disk.
    pub(in crate::cli) fn revision(&self) -> Option<&str> {
        match self {
            Self::Disk(_) => None,
            Self::Git { name, .. } => Some(name),
        }
    }

    /// A path as people name it.
    pub(super) fn shown(&self, path: &str) -> String {
        match self {
            Self::Disk(_) => path.to_owned(),
            Self::Git { name, .. } => format!("{name}:{path}"),
        }
    }

    /// What a document refers to, from the same version.
    pub(in crate::cli) fn loader(&self, path: &str, vendor: &VendorFolder) -> Box<dyn Loader> {
        let (document, copies): (Box<dyn Loader>, Box<dyn Loader>) = match self {
            Self::Disk(root) => {
                let folder = root.join(path).parent().map(Path::to_owned).unwrap_or_default();
                let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
                (Box::new(FolderLoader::new(folder)), Box::new(FolderLoader::new(root.join(&vendor.shown))))
            }
            Self::Git { folder, commit, .. } => {
                let beside = |base: &str| Beside { folder: folder.clone(), base: format!("{commit}:./{base}") };
                let base = path.rsplit_once('/').map(|(base, _)| format!("{base}/")).unwrap_or_default();
                (Box::new(beside(&base)), Box::new(beside(&format!("{}/", vendor.shown))))
            }
        };
        Box::new(WithCopies::new(document, copies, vendor.clone()))
    }
}

/// Files beside a document in a revision; paths come without `..` in them.
struct Beside {
    folder: PathBuf,
    base: String,
}

impl Loader for Beside {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        let bytes = run(&self.folder, &["cat-file", "blob", &format!("{}{path}", self.base)]);
        decoded(bytes.map_err(|_| LoadError::NotFound)?).map_err(LoadError::Other)
    }
}

/// The texts of blobs, in one run of git.
fn contents(folder: &Path, ids: &[&str]) -> Result<Vec<String>, String> {
    let failed = |error: std::io::Error| format!("git does not run: {error}");
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    let mut input = child.stdin.take();
    let asked = ids.join("\n") + "\n";
    let output = std::thread::scope(|scope| {
        // Git answers while it is asked: one thread for both would wait for itself.
        scope.spawn(move || input.as_mut().map(|it| it.write_all(asked.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(failed)?.stdout;
    let mut texts = Vec::new();
    let mut rest = output.as_slice();
    for _ in ids {
        let end = rest.iter().position(|it| *it == b'\n').ok_or("git answers in another way than expected")?;
        let head = String::from_utf8_lossy(&rest[..end]);
        let size: usize = head.rsplit(' ').next().and_then(|it| it.parse().ok()).ok_or("git lacks a file")?;
        let text = rest.get(end + 1..end + 1 + size).ok_or("git ends in the middle of a file")?;
        texts.push(String::from_utf8_lossy(text).into_owned());
        rest = rest.get(end + size + 2..).unwrap_or_default();
    }
    Ok(texts)
}

/// The text of a file in a revision, however it is encoded.
fn blob(folder: &Path, name: &str) -> Result<String, String> {
    run(folder, &["cat-file", "blob", name]).and_then(decoded)
}

fn git(folder: &Path, args: &[&str]) -> Result<String, String> {
    String::from_utf8(run(folder, args)?).map_err(|_| "it is not UTF-8 text".to_owned())
}

/// What git writes to its standard output.
fn run(folder: &Path, args: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git").arg("-C").arg(folder).args(args).output();
    let output = output.map_err(|error| format!("git does not run: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    Ok(output.stdout)
}

/// Whether git knows a revision of this name here.
pub(super) fn is_revision(name: &str) -> bool {
    Version::git(Path::new("."), name).is_ok()
}

/// The versions that `main` (compared with the working tree) and `main..HEAD` mean in a folder.
///
/// # Errors
/// Where git knows no such revision.
pub fn revisions(folder: &Path, text: &str) -> Result<(Version, Version), String> {
    let named = |it: &str| Version::git(folder, if it.is_empty() { "HEAD" } else { it });
    match text.split_once("..") {
        Some((old, new)) => Ok((named(old)?, named(new.trim_start_matches('.'))?)),
        None => Ok((named(text)?, Version::Disk(folder.to_owned()))),
    }
}

fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// A document by what people write: a path, `REVISION:PATH`, or `:PATH` for the index.
///
/// # Errors
/// Where there is neither such a file nor such a revision.
pub fn document(text: &str) -> Result<(Version, String), String> {
    if Path::new(text).exists() {
        return Ok((Version::Disk(PathBuf::new()), text.to_owned()));
    }
    if let Some((index, path)) = Version::index(Path::new("."), text) {
        let path = path.strip_prefix("./").unwrap_or(path).trim_end_matches('/');
        return Ok((index, path.to_owned()));
    }
    match text.split_once(':') {
        Some((revision, path)) if !revision.is_empty() && !path.is_empty() => {
            Ok((Version::git(Path::new("."), revision)?, path.trim_end_matches('/').to_owned()))
        }
        _ => Err(format!(
            "there is no `{text}`; a version of git is written `REVISION:PATH`, and what is staged `:PATH`"
        )),
    }
}

/// The documents of two places, by name.
pub(super) fn pairs(old: &str, new: &str) -> Result<Vec<Pair>, String> {
    let ((before, old_path), (after, new_path)) = (document(old)?, document(new)?);
    let is_document = |path: &str| [".yaml", ".yml", ".json"].iter().any(|it| path.ends_with(it));
    let is_folder = |version: &Version, path: &str| match version {
        Version::Disk(root) => root.join(path).is_dir(),
        Version::Git { .. } => !is_document(path),
    };
    if !is_folder(&before, &old_path) && !is_folder(&after, &new_path) {
        let name = stem(&new_path);
        return Ok(vec![Pair {
            name,
            old: Some(Edition::new((before, old_path))),
            new: Some(Edition::new((after, new_path))),
        }]);
    }
    all((&before, &old_path), (&after, &new_path))
}

/// Every document of two folders.
pub(super) fn all((before, old): (&Version, &str), (after, new): (&Version, &str)) -> Result<Vec<Pair>, String> {
    let (mut olds, mut news) = (before.documents(old)?, after.documents(new)?);
    let names: std::collections::BTreeSet<_> = olds.keys().chain(news.keys()).cloned().collect();
    if names.is_empty() {
        return Err(format!("there is no document in `{old}` and `{new}`"));
    }
    let pair = |name: String| Pair {
        old: olds.remove(&name).map(|path| Edition::new((before.clone(), path))),
        new: news.remove(&name).map(|path| Edition::new((after.clone(), path))),
        name,
    };
    Ok(names.into_iter().map(pair).collect())
}

/// Every document of a folder in two versions.
///
/// # Errors
/// Where a version cannot be read.
pub fn folder(before: &Version, after: &Version, folder: &str) -> Result<Vec<Pair>, String> {
    all((before, folder), (after, folder))
}
