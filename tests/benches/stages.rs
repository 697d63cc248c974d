//! What each stage of a run takes of one document, with the allocator of the program.
//!
//! `stages DOCUMENT TIMES` prints for each stage its name and the median of its seconds, with a tab between. A document
//! that refers to other files, or with errors, ends with the last stage that it comes to.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may fail, and talks to the task")]

use std::hint::black_box;
use std::time::Instant;

use specwright::diagnostics::Diagnostics;
use specwright::document::{self, NoFiles};
use specwright::plan::{self, Naming};
use specwright::render::{self, CrateOptions, Delivery};
use specwright::{judge, lower};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // `cargo bench` hands over `--bench`.
    let mut arguments = std::env::args().skip(1).filter(|it| it != "--bench");
    let Some(path) = arguments.next() else { return };
    let times: usize = arguments.next().map_or(1, |it| it.parse().unwrap());
    let text = std::fs::read_to_string(&path).unwrap();
    let rounds: Vec<_> = (0..times).map(|_| stages(&path, text.clone())).collect();
    for (at, (name, _)) in rounds.first().into_iter().flatten().enumerate() {
        let mut seconds: Vec<f64> = rounds.iter().map(|round| round[at].1).collect();
        seconds.sort_by(f64::total_cmp);
        println!("{name}\t{}", seconds[seconds.len() / 2]);
    }
}

/// The stages that a document comes to, each with its seconds.
fn stages(path: &str, text: String) -> Vec<(&'static str, f64)> {
    let mut clock = Clock { stages: Vec::new(), start: Instant::now() };
    let mut diagnostics = Diagnostics::new();
    let read = document::read(path, text, &NoFiles, &mut diagnostics);
    clock.ends("read");
    let Ok(document) = read else { return clock.stages };
    let mut api = lower::lower(&document, &mut diagnostics);
    clock.ends("lower");
    judge::judge(&document, &mut api, &mut diagnostics);
    clock.ends("judge");
    if diagnostics.has_errors() {
        return clock.stages;
    }
    let naming = Naming { name: "measured".to_owned(), source: path.to_owned() };
    let plan = plan::plan(&api, &naming, &mut diagnostics);
    clock.ends("plan");
    let (name, description) = (naming.name, "Measured.".to_owned());
    let options = CrateOptions { name, description, workspace: false, runtime: Delivery::Copy };
    black_box(render::render(&[plan], &options).unwrap());
    clock.ends("render");
    clock.stages
}

/// What the stages so far took, and when the one at hand began.
struct Clock {
    stages: Vec<(&'static str, f64)>,
    start: Instant,
}

impl Clock {
    fn ends(&mut self, name: &'static str) {
        self.stages.push((name, self.start.elapsed().as_secs_f64()));
        self.start = Instant::now();
    }
}
