//! Other generators, where they are installed: each makes a client of the same document, by turns with ours, which makes
//! models, validation, client, server and stand-in.

use std::fmt;
use std::path::Path;
use std::process::Command;

use serde::Serialize;

use super::run::{Cost, cost, median};

/// Tells a program to make the client of a document in a folder.
type Tell = fn(&mut Command, &Path, &Path);

/// The programs by name.
const KNOWN: [(&str, Tell); 2] = [
    ("oas3-gen", |command, document, folder| {
        command.args(["generate", "client-mod", "--input"]).arg(document).arg("--output").arg(folder);
    }),
    ("openapi-to-rust", |command, document, folder| {
        command.arg("generate").arg(document).arg("--output-dir").arg(folder).args(["--module-name", "api"]);
    }),
];

/// A generator that is installed.
pub(super) struct Peer {
    name: &'static str,
    /// As it says itself.
    version: String,
    tell: Tell,
}

/// Those that a shell would find.
pub(super) fn installed() -> Vec<Peer> {
    let found = KNOWN.into_iter().filter_map(|(name, tell)| {
        let output = Command::new(name).arg("--version").output().ok().filter(|it| it.status.success())?;
        let said = String::from_utf8_lossy(&output.stdout);
        let version = said.split_whitespace().last().unwrap_or_default().to_owned();
        Some(Peer { name, version, tell })
    });
    found.collect()
}

/// What one of them took so far.
pub(super) struct Turns<'a> {
    peer: &'a Peer,
    costs: Vec<Cost>,
    /// Its wall times in those of ours.
    ratios: Vec<f64>,
    refused: bool,
}

impl<'a> Turns<'a> {
    pub(super) fn new(peer: &'a Peer) -> Self {
        Self { peer, costs: Vec::new(), ratios: Vec::new(), refused: false }
    }

    /// The name of the folder of a round.
    pub(super) fn folder(&self, round: usize) -> String {
        format!("{}-{round}", self.peer.name)
    }

    /// Has its turn, behind one of ours; one that refuses the document is not asked again.
    pub(super) fn take(&mut self, document: &Path, folder: &Path, ours: Cost) {
        if self.refused {
            return;
        }
        let mut command = Command::new(self.peer.name);
        (self.peer.tell)(&mut command, document, folder);
        match cost(&command, folder) {
            Ok(theirs) => {
                self.costs.push(theirs);
                self.ratios.push(ours.wall / theirs.wall);
            }
            Err(_) => self.refused = true,
        }
    }

    pub(super) fn row(mut self) -> Row {
        self.ratios.sort_by(f64::total_cmp);
        let ratio = self.ratios.get(self.ratios.len() / 2).copied().filter(|_| !self.refused);
        let peer = format!("{} {}", self.peer.name, self.peer.version);
        Row { peer, first: ratio.is_some().then(|| median(self.costs)), ratio }
    }
}

/// The figures of one of them for one document.
#[derive(Serialize)]
pub(super) struct Row {
    /// Its name and version.
    peer: String,
    /// None where it refuses the document.
    first: Option<Cost>,
    /// The median of our wall time in its, turn by turn.
    ratio: Option<f64>,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = format!("  {}", self.peer);
        match (&self.first, self.ratio) {
            (Some(Cost { wall, cpu, memory }), Some(ratio)) => {
                write!(f, "{label:<34} {wall:>9.3} {cpu:>9.3} {memory:>9.0}   ours takes {ratio:.2} of it")
            }
            _ => write!(f, "{label:<34} {:>9}", "refuses it"),
        }
    }
}
