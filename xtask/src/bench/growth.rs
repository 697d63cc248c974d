//! Whether time and memory grow as documents do, and no faster: documents that are made of 1, 10 and 100 copies of one.

use std::fmt;
use std::path::Path;

use serde::Serialize;

use super::generate::first_run;
use super::run::{Cost, median};
use super::stem;
use crate::copies::Document;

/// How many copies there are of a document.
const COPIES: [u32; 3] = [1, 10, 100];
/// The longest document that is measured, in bytes: ten times what anybody has, and minutes of each round.
const LONGEST: usize = 100_000_000;

/// The figures of one document.
#[derive(Serialize)]
pub(super) struct Row {
    document: String,
    /// What the first run takes of each number of copies.
    costs: Vec<(u32, Cost)>,
    /// The numbers of copies that are not measured, with the bytes that they would have.
    left_out: Vec<(u32, usize)>,
}

pub(super) fn head() {
    println!("\n{:<24} {:>7} {:>9} {:>9} {:>22}", "growth", "copies", "CPU s", "MiB", "CPU of a copy, ratio");
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, costs, left_out } = self;
        let mut before: Option<f64> = None;
        for (idx, (copies, cost)) in costs.iter().enumerate() {
            let each = cost.cpu / f64::from(*copies);
            let ratio = before.map_or_else(String::new, |before| format!("{:.2}", each / before));
            let line = if idx == 0 { "" } else { "\n" };
            write!(f, "{line}{document:<24} {copies:>7} {:>9.3} {:>9.0} {ratio:>22}", cost.cpu, cost.memory)?;
            before = Some(each);
        }
        for (copies, size) in left_out {
            let (size, longest) = (size / 1_000_000, LONGEST / 1_000_000);
            write!(f, "\n{document:<24} {copies:>7} left out: the document would have {size} MB, more than {longest}")?;
        }
        Ok(())
    }
}

/// Measures documents of some copies, in turn.
pub(super) fn measure(program: &Path, document: &Path, folder: &Path, rounds: usize) -> Result<Row, String> {
    let read = Document::read(document)?;
    std::fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let (mut inputs, mut left_out) = (Vec::new(), Vec::new());
    let one = read.copies(1).to_string().len();
    for count in COPIES {
        let size = one.saturating_mul(count as usize);
        if size > LONGEST {
            left_out.push((count, size));
            continue;
        }
        let path = folder.join(format!("{count}.json"));
        read.write_copies(count, &path)?;
        inputs.push((count, path, Vec::new()));
    }
    for round in 0..rounds.max(1) {
        for (count, path, costs) in &mut inputs {
            costs.push(first_run(program, path, &folder.join(format!("{count}-{round}")))?);
        }
    }
    let costs = inputs.into_iter().map(|(count, _, costs)| (count, median(costs))).collect();
    Ok(Row { document: stem(document), costs, left_out })
}
