//! One run at a time on one folder.
//!
//! A run that writes holds `.specwright/lock` from before it reads the documents until it has written, so that of two
//! runs the later one sees the later documents. A run that only compares waits for one that writes, and leaves nothing
//! behind. The system lets go of the lock of a run that is killed.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use same_file::Handle;

use super::codegen::Mode;
use super::files::{FileError, failed};

/// The folder for what a run leaves to the next one, inside the tree; git does not see it.
pub(super) const STATE: &str = ".specwright";

/// The right to work on some folders; it ends when this is dropped.
#[derive(Debug, Default)]
pub(super) struct Lock {
    held: Vec<Held>,
}

/// The lock of one folder.
#[derive(Debug)]
struct Held {
    folder: PathBuf,
    /// Dropped last, so that what else is removed goes while nobody else can come in.
    path: PathBuf,
    /// The folders that had to be made for the lock.
    made: Vec<PathBuf>,
    is_kept: bool,
    file: File,
}

impl Lock {
    /// Waits until no other run works on the folders; `wait` is told who does.
    ///
    /// # Errors
    /// Where a lock cannot be made.
    pub(super) fn take<'a>(
        folders: impl IntoIterator<Item = &'a Path>,
        mode: Mode,
        wait: &dyn Fn(&str),
    ) -> Result<Self, FileError> {
        // Everybody takes them in one order, so that no two runs wait for each other.
        let mut folders: Vec<_> = folders.into_iter().collect();
        folders.sort();
        folders.dedup();
        let mut lock = Self::default();
        for folder in folders {
            let path = folder.join(STATE).join("lock");
            let held = match mode {
                Mode::Write => Some(write(folder, &path, wait, &lock.held)?),
                Mode::Check => read(folder, &path, wait)?,
            };
            lock.held.extend(held);
        }
        Ok(lock)
    }

    /// Leaves the lock files for the next run: something was written beside them.
    pub(super) fn keep(&mut self) {
        self.held.iter_mut().for_each(|it| it.is_kept = true);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if !self.is_kept && !self.made.is_empty() {
            let _ = fs::remove_file(&self.path);
            for folder in self.made.iter().rev() {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

/// Takes the lock of a folder that is written to, which may not be there yet.
fn write(folder: &Path, path: &Path, wait: &dyn Fn(&str), held: &[Held]) -> Result<Held, FileError> {
    loop {
        let made = create(path.parent().unwrap_or(folder))?;
        let file = match OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path) {
            Ok(file) => file,
            // Another run that wrote nothing has just removed the folder.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(failed("lock", path)(error)),
        };
        // Waiting for a lock of one's own never ends.
        if let Some(own) = held.iter().find(|it| is_at(&it.file, path)) {
            let cause = format!("this run holds that lock already, for `{}`", own.folder.display());
            return Err(failed("lock", path)(io::Error::new(ErrorKind::Deadlock, cause)));
        }
        acquire(&file, path, folder, wait, File::try_lock, File::lock)?;
        if is_at(&file, path) {
            let _ = file.set_len(0).and_then(|()| (&file).write_all(std::process::id().to_string().as_bytes()));
            let (folder, path) = (folder.to_owned(), path.to_owned());
            return Ok(Held { folder, path, made, is_kept: false, file });
        }
    }
}

/// Waits for a run that writes, if there is one.
fn read(folder: &Path, path: &Path, wait: &dyn Fn(&str)) -> Result<Option<Held>, FileError> {
    let Ok(file) = File::open(path) else { return Ok(None) };
    acquire(&file, path, folder, wait, File::try_lock_shared, File::lock_shared)?;
    let (folder, path) = (folder.to_owned(), path.to_owned());
    Ok(Some(Held { folder, path, made: Vec::new(), is_kept: true, file }))
}

fn acquire(
    file: &File,
    path: &Path,
    folder: &Path,
    wait: &dyn Fn(&str),
    try_lock: impl Fn(&File) -> Result<(), TryLockError>,
    lock: impl Fn(&File) -> io::Result<()>,
) -> Result<(), FileError> {
    match try_lock(file) {
        Ok(()) => return Ok(()),
        // A file system without locks: better no lock than no run.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => return Ok(()),
        Err(TryLockError::Error(error)) => return Err(failed("lock", path)(error)),
        Err(TryLockError::WouldBlock) => {}
    }
    let owner = fs::read_to_string(path).unwrap_or_default();
    let owner = if owner.is_empty() { "another run".to_owned() } else { format!("process {owner}") };
    wait(&format!("process {} waits for {owner}, which works on `{}`", std::process::id(), folder.display()));
    lock(file).map_err(failed("lock", path))
}

/// Whether a file is still the one at a path: a run that wrote nothing removes its lock.
fn is_at(file: &File, path: &Path) -> bool {
    let open = file.try_clone().and_then(Handle::from_file);
    open.is_ok_and(|open| Handle::from_path(path).is_ok_and(|there| there == open))
}

/// Makes a folder, and says which folders had to be made for it, the outermost first.
fn create(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let missing: Vec<_> = folder.ancestors().take_while(|it| !it.as_os_str().is_empty() && !it.exists()).collect();
    fs::create_dir_all(folder).map_err(failed("create", folder))?;
    Ok(missing.into_iter().rev().map(Path::to_owned).collect())
}
