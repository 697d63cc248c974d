//! `specwright watch`: generates again whenever something that is read has changed.
//!
//! The system tells of changes, so that nothing is read in between. Folders are watched instead of files, because
//! editors replace files; a document or a configuration that is refused leaves the tree as it was, and its next version
//! is waited for.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::super::{Codegen, print, say};
use super::generate::{self, Args};
use super::{Common, unable};

/// Several writes within this time are one: editors and version control write in bursts.
const PAUSE: Duration = Duration::from_millis(50);

/// Lines that findings leave free on a screen: what was done, what is watched, and the prompt.
const OTHERS: usize = 6;

pub(super) fn run(args: &Args, common: &Common) -> ExitCode {
    if args.flags().effective {
        return unable("`watch` generates: `specwright generate --effective` prints documents as overlays leave them");
    }
    let (sender, events) = channel();
    let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| _ = sender.send(event));
    let mut watch = match watcher {
        Ok(watcher) => Watch { watcher, files: BTreeMap::new() },
        Err(error) => return unable(&format!("cannot watch files: {error}")),
    };
    let unwatched = |error: notify::Error| unable(&format!("cannot watch files: {error}"));
    if let Err(error) = watch.follow(&BTreeSet::from([common.configuration()])) {
        return unwatched(error);
    }
    loop {
        let (read, jobs) = turn(args, common);
        if let Err(error) = watch.follow(&read) {
            return unwatched(error);
        }
        let files = match read.len() {
            1 => "1 file".to_owned(),
            many => format!("{many} files"),
        };
        let watching = format!("\u{1b}[2mwatching {files}; Ctrl-C stops\u{1b}[0m\n");
        let (out, err) = sorted(args, String::new(), common.heard(&watching).to_owned());
        say(&mut anstream::stderr(), &err);
        if let Err(message) = print(&out) {
            return unable(&message);
        }
        // Nobody told of what was saved in a folder before that was watched.
        if !jobs.iter().all(Codegen::is_current) {
            continue;
        }
        if !watch.changed(&events) {
            return ExitCode::SUCCESS;
        }
    }
}

/// Generates once and shows on one screen what came of it; gives the files that decide what comes of the next turn, and
/// the jobs that have read them.
fn turn(args: &Args, common: &Common) -> (BTreeSet<PathBuf>, Vec<Codegen>) {
    let flags = args.flags();
    if std::io::stdout().is_terminal() {
        say(&mut anstream::stdout(), "\u{1b}[2J\u{1b}[3J\u{1b}[H");
    }
    let mut read = BTreeSet::new();
    let (jobs, project) = match generate::jobs(&flags, common) {
        Ok(found) => found,
        Err(message) => {
            say(&mut anstream::stderr(), &message);
            read.insert(common.configuration());
            return (read, Vec::new());
        }
    };
    let result = generate::run_all(&jobs, project.as_ref());
    let mark = if result.is_ok() { "\u{1b}[1;32mok\u{1b}[0m " } else { "\u{1b}[1;31mrefused\u{1b}[0m\n" };
    let told = generate::told(&flags, &jobs, result, project.as_ref());
    let done = common.heard(&format!("{mark}{}", told.outcome)).to_owned();
    let (out, err) = sorted(args, told.findings, done);
    say(&mut anstream::stderr(), &err);
    say(&mut anstream::stdout(), &out);
    read.extend(jobs.iter().flat_map(Codegen::read_so_far));
    if project.is_some() {
        read.insert(common.configuration());
    }
    (read, jobs)
}

/// What goes to standard output and to standard error: findings for people are cut to the screen, findings as JSON have
/// standard output to themselves.
fn sorted(args: &Args, findings: String, done: String) -> (String, String) {
    if args.flags().reading.json { (findings, done) } else { (done, fitting(&findings)) }
}

/// The lines that a terminal has room for; everything where none watches.
fn fitting(text: &str) -> String {
    let height =
        if std::io::stderr().is_terminal() { terminal_size::terminal_size().map(|(_, it)| it.0) } else { None };
    let lines: Vec<&str> = text.lines().collect();
    let room = height.map_or(lines.len(), |it| usize::from(it).saturating_sub(OTHERS).max(1));
    if lines.len() <= room {
        return text.to_owned();
    }
    let shown = lines.iter().take(room - 1).map(|it| format!("{it}\n")).collect::<Vec<_>>().concat();
    format!("{shown}... and {} more lines: `specwright check` shows them\n", lines.len() - room + 1)
}

/// The files that are watched, by their folders.
struct Watch {
    watcher: RecommendedWatcher,
    files: BTreeMap<PathBuf, BTreeSet<OsString>>,
}

impl Watch {
    /// Watches these files and no others.
    fn follow(&mut self, files: &BTreeSet<PathBuf>) -> notify::Result<()> {
        let mut wanted: BTreeMap<PathBuf, BTreeSet<OsString>> = BTreeMap::new();
        for (folder, name) in files.iter().filter_map(|it| located(it)) {
            wanted.entry(folder).or_default().insert(name);
        }
        for folder in self.files.keys().filter(|it| !wanted.contains_key(*it)) {
            let _ = self.watcher.unwatch(folder);
        }
        for folder in wanted.keys().filter(|it| !self.files.contains_key(*it)) {
            self.watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        self.files = wanted;
        Ok(())
    }

    /// Waits until a watched file has changed and a burst of changes is over; false where nothing will ever come.
    fn changed(&self, events: &Receiver<notify::Result<Event>>) -> bool {
        loop {
            let Ok(event) = events.recv() else { return false };
            if event.is_ok_and(|event| self.concerns(&event)) {
                break;
            }
        }
        loop {
            match events.recv_timeout(PAUSE) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    fn concerns(&self, event: &Event) -> bool {
        let is_change = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_));
        let is_watched = |path: &Path| {
            let names = path.parent().and_then(|it| self.files.get(it));
            names.is_some_and(|names| path.file_name().is_some_and(|name| names.contains(name)))
        };
        (is_change && event.paths.iter().any(|it| is_watched(it))) || event.need_rescan()
    }
}

/// The folder of a file as the system names it, and the name of the file in it; where the folder is not there, it is
/// what is waited for.
fn located(file: &Path) -> Option<(PathBuf, OsString)> {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match folder.canonicalize() {
        Ok(folder) => Some((folder, file.file_name()?.to_owned())),
        Err(_) if folder.parent().is_some() => located(folder),
        Err(_) => None,
    }
}
