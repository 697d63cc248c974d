//! Whether a run would change anything, decided without generating.
//!
//! A run that has written leaves marks of everything that it read and wrote in `.specwright/fingerprint.json`. As long
//! as the program, the request and every marked file are what they were, the next run would do the same. A file counts
//! as what it was where its size and time are, unless it may have been written in the moment of the marks; else its
//! bytes decide. The file is for this machine and no part of the generated code.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::lock::STATE;
use super::report::Report;
use crate::diagnostics::Tally;
use crate::output::Files;
use crate::parallel;

/// What a run read and wrote, and what it said.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub(super) struct Fingerprint {
    /// The program.
    generator: String,
    /// What was asked of it.
    request: u64,
    /// What was read, by its path; none where there was nothing.
    inputs: BTreeMap<PathBuf, Option<Mark>>,
    /// What was written, by its path below the folder.
    outputs: BTreeMap<String, Option<Mark>>,
    /// What was said.
    pub(super) outcome: Outcome,
}

/// What a run said.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
pub(super) struct Outcome {
    pub(super) documents: usize,
    pub(super) operations: usize,
    pub(super) served: Vec<String>,
    pub(super) models: usize,
    pub(super) files: usize,
    pub(super) tally: Tally,
    pub(super) report: Report,
}

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
struct Mark {
    hash: u64,
    size: u64,
    /// Nanoseconds since 1970.
    modified: u64,
}

/// What a run has read so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Inputs(Arc<Mutex<BTreeMap<PathBuf, Option<Mark>>>>);

impl Inputs {
    /// Reads a file, and marks what was read.
    pub(super) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        // First the time, then the bytes: what is written in between is told apart by its time.
        let metadata = fs::metadata(path);
        let bytes = fs::read(path);
        let mark = metadata.ok().zip(bytes.as_ref().ok()).map(|(metadata, bytes)| Mark::new(&metadata, bytes));
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(path, mark);
        bytes
    }

    /// The files that were read, and those that were looked for.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.marks().into_keys().collect()
    }

    /// Whether every file is as it was when it was read, by its bytes.
    pub(super) fn are_current(&self) -> bool {
        self.marks().iter().all(|(path, mark)| holds(path, *mark, 0))
    }

    /// Takes what an earlier run has read for what this one would read.
    pub(super) fn adopt(&self, found: &Fingerprint) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(found.inputs.clone());
    }

    fn marks(&self) -> BTreeMap<PathBuf, Option<Mark>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

impl Mark {
    fn new(metadata: &Metadata, bytes: &[u8]) -> Self {
        Self { hash: hash(bytes), size: metadata.len(), modified: modified(metadata) }
    }
}

/// Two writes within this time may leave the same time on a file.
const TICK: Duration = Duration::from_millis(20);

impl Fingerprint {
    /// The fingerprint of a run that has written files below a folder.
    pub(super) fn new(request: u64, inputs: &Inputs, root: &Path, files: &Files, outcome: Outcome) -> Self {
        let outputs = parallel::each(files.iter().collect(), |(path, text)| {
            let metadata = fs::metadata(root.join(path)).ok();
            (path.to_owned(), metadata.map(|it| Mark::new(&it, text.as_bytes())))
        });
        let (inputs, outputs) = (inputs.marks(), outputs.into_iter().collect());
        Self { generator: generator(), request, inputs, outputs, outcome }
    }

    /// The fingerprint in a folder, if it is that of this program and this request, and every file is as it was.
    pub(super) fn fresh(root: &Path, request: u64) -> Option<Self> {
        let path = file(root);
        let written = fs::metadata(&path).ok()?.modified().ok()?;
        let found: Self = serde_json::from_slice(&fs::read(&path).ok()?).ok()?;
        let trusted = nanoseconds(written.checked_sub(TICK)?);
        let is_fresh = found.generator == generator()
            && found.request == request
            && found.inputs.iter().all(|(path, mark)| holds(path, *mark, trusted))
            && found.outputs.iter().all(|(path, mark)| mark.is_some() && holds(&root.join(path), *mark, trusted));
        is_fresh.then_some(found)
    }

    /// Leaves the fingerprint for the next run. Without one, that run takes longer and does the same.
    pub(super) fn leave(&self, root: &Path) {
        let path = file(root);
        let Some(folder) = path.parent() else { return };
        let draft = path.with_extension("draft");
        let ignored = folder.join(".gitignore");
        if !ignored.exists() {
            let _ = fs::write(ignored, "# For this machine alone.\n*\n");
        }
        let written = serde_json::to_vec(self).ok().and_then(|text| fs::write(&draft, text).ok());
        if written.is_none() || fs::rename(&draft, &path).is_err() {
            forget(root);
        }
    }
}

/// Removes the fingerprint of a folder: what is in it is about to change.
pub(super) fn forget(root: &Path) {
    let _ = fs::remove_file(file(root));
}

/// What was asked of the program, as a number.
pub(super) fn request(description: &str) -> u64 {
    hash(description.as_bytes())
}

fn file(root: &Path) -> PathBuf {
    root.join(STATE).join("fingerprint.json")
}

/// The program that runs: a build of one version may differ from another one.
fn generator() -> String {
    let build = std::env::current_exe().and_then(fs::metadata).map(|it| (it.len(), modified(&it))).unwrap_or_default();
    format!("{} {build:?}", env!("CARGO_PKG_VERSION"))
}

/// Whether a file is as it was marked; a time before `trusted` tells it apart from every later one.
fn holds(path: &Path, marked: Option<Mark>, trusted: u64) -> bool {
    let (found, marked) = match (fs::metadata(path), marked) {
        (Ok(found), Some(marked)) => (found, marked),
        (Err(_), None) => return true,
        _ => return false,
    };
    if found.len() != marked.size {
        return false;
    }
    let is_known = modified(&found) == marked.modified && marked.modified < trusted;
    is_known || fs::read(path).is_ok_and(|bytes| hash(&bytes) == marked.hash)
}

fn modified(metadata: &Metadata) -> u64 {
    metadata.modified().map(nanoseconds).unwrap_or_default()
}

fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or_default()
}

/// So many bytes of a file are hashed at once.
const PIECE: usize = 1 << 20;

/// The number of some bytes; that of many is made of those of their pieces, on every core.
fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    if bytes.len() > PIECE {
        parallel::each(bytes.chunks(PIECE).collect(), hash).hash(&mut hasher);
    } else {
        bytes.hash(&mut hasher);
    }
    hasher.finish()
}
