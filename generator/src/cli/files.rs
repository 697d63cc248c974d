//! Writing a tree of files: all of it or nothing.
//!
//! New files are staged beside the tree, then a journal says what is about to happen, then they are renamed into place:
//! a folder that the tree does not have yet goes as a whole, since a file system takes longer for many names than for one.
//! A run that fails puts back what it moved. A run that is killed before the journal exists has changed nothing;
//! one that is killed later is completed by the next run, which reads the journal first.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::output::Files;
use crate::parallel;
use crate::source::decode;

/// The file that lists every generated path; what is not in it is never deleted.
pub const MANIFEST: &str = "MANIFEST";

/// The folder for staged files, inside the tree so that renaming never crosses a file system.
const STAGE: &str = ".specwright-stage";

/// How a tree differs from the files that it should hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are there but other than they should be: the text on disk.
    pub changed: BTreeMap<String, String>,
    /// Files that are not there.
    pub missing: BTreeSet<String>,
    /// Files that were generated once and are no longer.
    pub obsolete: BTreeMap<String, String>,
}

impl Changes {
    /// Whether the tree is as it should be.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.obsolete.is_empty()
    }

    /// How many files differ.
    pub fn len(&self) -> usize {
        self.changed.len() + self.missing.len() + self.obsolete.len()
    }
}

/// The text of a file that a user writes: a configuration, a list of records; its byte order mark says how, and goes.
///
/// # Errors
/// Where the file cannot be read, or is no text.
pub(super) fn read_text(path: &Path) -> io::Result<String> {
    decoded(fs::read(path)?).map_err(|message| io::Error::new(ErrorKind::InvalidData, message))
}

/// The same of bytes that are there.
pub(super) fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    let text = decode(bytes).map_err(|error| error.to_string())?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// A failure with the path that it is about.
#[derive(Debug)]
pub struct FileError {
    /// The path.
    pub path: PathBuf,
    /// What was tried, such as `write`.
    pub action: &'static str,
    /// What the system said.
    pub cause: io::Error,
}

impl std::fmt::Display for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.path.display().to_string();
        write!(f, "cannot {} `{path}`: {}", self.action, self.cause)?;
        // Whoever knows tools that load them tries it here.
        let is_url = ["https://", "http://"].iter().any(|it| path.starts_with(it));
        if is_url {
            write!(f, "; a document is a file: save it first, as `curl --output FILE URL` does")
        } else {
            Ok(())
        }
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

pub(super) fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FileError {
    let path = path.to_owned();
    move |cause| FileError { path, action, cause }
}

/// Compares a tree with the files that it should hold.
pub(super) fn compare(root: &Path, files: &Files) -> Result<Changes, FileError> {
    let mut changes = Changes::default();
    let listed: BTreeSet<String> = listed(root)?.into_iter().collect();
    let there = parallel::each(files.iter().collect(), |(path, text)| (path, text, read(&root.join(path))));
    for (path, text, found) in there {
        match found? {
            Some(found) if found == text => {}
            // What somebody else wrote is never overwritten.
            Some(_) if !listed.contains(path) => {
                let cause = io::Error::new(
                    ErrorKind::AlreadyExists,
                    "it was not generated; choose another folder, or remove it",
                );
                return Err(failed("replace", &root.join(path))(cause));
            }
            Some(found) => {
                changes.changed.insert(path.to_owned(), found);
            }
            None => {
                changes.missing.insert(path.to_owned());
            }
        }
    }
    for path in listed {
        if files.get(&path).is_none()
            && let Some(found) = read(&root.join(&path))?
        {
            changes.obsolete.insert(path, found);
        }
    }
    Ok(changes)
}

/// The paths in the manifest of an earlier run; none that could lead out of the tree.
pub(super) fn listed(root: &Path) -> Result<Vec<String>, FileError> {
    let text = read(&root.join(MANIFEST))?.unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    Ok(lines.filter(|path| is_inside(path)).map(str::to_owned).collect())
}

/// Whether a path that was read from a file leads to a place below the tree.
fn is_inside(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn read(path: &Path) -> Result<Option<String>, FileError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(failed("read", path)(error)),
    }
}

/// Brings a tree to the files that it should hold, touching only what differs.
pub(super) fn write(root: &Path, files: &Files, changes: &Changes) -> Result<(), FileError> {
    fs::create_dir_all(root).map_err(failed("create", root))?;
    let stage = Stage { root, folder: root.join(STAGE) };
    stage.clear()?;
    let result = stage.fill(files, changes).and_then(|()| stage.apply());
    let cleared = stage.clear();
    result.and(cleared)
}

/// Completes a run that was killed after it had written its journal, and removes what one before that left behind.
pub fn recover(root: &Path) -> Result<(), FileError> {
    let stage = Stage { root, folder: root.join(STAGE) };
    if stage.folder.exists() {
        if stage.journal().exists() {
            stage.apply()?;
        }
        stage.clear()?;
    }
    Ok(())
}

/// Whether a run was killed here while it wrote.
pub(super) fn is_unfinished(root: &Path) -> bool {
    root.join(STAGE).exists()
}

struct Stage<'a> {
    root: &'a Path,
    folder: PathBuf,
}

impl Stage<'_> {
    fn journal(&self) -> PathBuf {
        self.folder.join("journal")
    }

    fn new_file(&self, path: &str) -> PathBuf {
        self.folder.join("new").join(path)
    }

    fn old_file(&self, path: &str) -> PathBuf {
        self.folder.join("old").join(path)
    }

    fn clear(&self) -> Result<(), FileError> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(failed("remove", &self.folder)(error)),
            _ => Ok(()),
        }
    }

    /// Writes every new text and, last of all, the journal.
    fn fill(&self, files: &Files, changes: &Changes) -> Result<(), FileError> {
        let puts: Vec<&String> = changes.missing.iter().chain(changes.changed.keys()).collect();
        let targets: Vec<PathBuf> = puts.iter().map(|path| self.new_file(path)).collect();
        let folders: BTreeSet<&Path> = targets.iter().filter_map(|target| target.parent()).collect();
        for folder in folders {
            fs::create_dir_all(folder).map_err(failed("create", folder))?;
        }
        let written = parallel::each(puts.iter().zip(&targets).collect(), |(path, target)| {
            fs::write(target, files.get(path).unwrap_or_default()).map_err(failed("write", target))
        });
        written.into_iter().collect::<Result<(), FileError>>()?;
        let puts: BTreeSet<&str> = puts.into_iter().map(|path| self.outermost(path)).collect();
        let drops = changes.obsolete.keys().map(|path| ("drop", path.clone()));
        self.write_journal(&puts.into_iter().map(|path| ("put", path.to_owned())).chain(drops).collect::<Vec<_>>())
    }

    /// The part of a path that the tree does not have yet: as far out as there is one, else the path.
    fn outermost<'p>(&self, path: &'p str) -> &'p str {
        let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        folders.find(|folder| !self.root.join(folder).exists()).unwrap_or(path)
    }

    fn write_journal(&self, steps: &[(&str, String)]) -> Result<(), FileError> {
        let mut journal = String::new();
        for (verb, path) in steps {
            let _ = writeln!(journal, "{verb} {path}");
        }
        let draft = self.folder.join("draft");
        create_parent(&draft)?;
        fs::write(&draft, journal).map_err(failed("write", &draft))?;
        fs::rename(&draft, self.journal()).map_err(failed("write", &self.journal()))
    }

    /// Does what the journal says; what is done already is passed over. A failure puts everything back.
    fn apply(&self) -> Result<(), FileError> {
        let journal = read(&self.journal())?.unwrap_or_default();
        let listed: Vec<_> = journal.lines().filter_map(|line| line.split_once(' ')).collect();
        let inside = listed.iter().filter(|(_, path)| is_inside(path));
        let steps: Vec<_> =
            inside.flat_map(|(verb, path)| self.parts(path).into_iter().map(|part| (*verb, part))).collect();
        if !steps.iter().map(|(verb, path)| (*verb, path.as_str())).eq(listed.iter().copied()) {
            self.write_journal(&steps)?;
        }
        for (idx, (verb, path)) in steps.iter().enumerate() {
            if let Err(error) = self.step(verb, path) {
                // Without a journal nobody will try again, so the old tree is the one that counts.
                let _ = fs::remove_file(self.journal());
                steps[..=idx].iter().rev().for_each(|(_, path)| self.undo(path));
                return Err(error);
            }
        }
        Ok(())
    }

    /// What is put for a staged path: all that is in it, where somebody has made a folder there since it was staged.
    fn parts(&self, path: &str) -> Vec<String> {
        let new = self.new_file(path);
        if !new.is_dir() || !self.root.join(path).exists() {
            return vec![path.to_owned()];
        }
        let names = fs::read_dir(new).into_iter().flatten().flatten().map(|it| it.file_name());
        let mut paths: Vec<_> = names.map(|name| format!("{path}/{}", name.to_string_lossy())).collect();
        paths.sort();
        paths.iter().flat_map(|path| self.parts(path)).collect()
    }

    fn step(&self, verb: &str, path: &str) -> Result<(), FileError> {
        let (target, old, new) = (self.root.join(path), self.old_file(path), self.new_file(path));
        if verb == "put" && !new.exists() {
            return Ok(());
        }
        if target.exists() && !old.exists() {
            rename(&target, &old).map_err(failed("replace", &target))?;
        }
        if verb == "put" {
            rename(&new, &target).map_err(failed("write", &target))?;
        } else {
            remove_empty_parents(self.root, &target);
        }
        Ok(())
    }

    fn undo(&self, path: &str) {
        let (target, old) = (self.root.join(path), self.old_file(path));
        if old.exists() {
            let _ = create_parent(&target);
            let _ = fs::rename(&old, &target);
        } else if !self.new_file(path).exists() {
            let _ = fs::rename(&target, self.new_file(path));
        }
    }
}

/// Moves a file, into a folder that is made where it is not there yet.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    match (fs::rename(from, to), to.parent()) {
        (Err(error), Some(parent)) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            fs::rename(from, to)
        }
        (result, _) => result,
    }
}

fn create_parent(path: &Path) -> Result<(), FileError> {
    let Some(parent) = path.parent() else { return Ok(()) };
    fs::create_dir_all(parent).map_err(failed("create", parent))
}

/// A folder whose last generated file is gone goes too.
fn remove_empty_parents(root: &Path, path: &Path) {
    let mut folder = path.parent();
    while let Some(current) = folder.filter(|it| *it != root && it.starts_with(root)) {
        if fs::remove_dir(current).is_err() {
            return;
        }
        folder = current.parent();
    }
}
