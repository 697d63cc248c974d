//! Many documents as modules of one crate, which compiles in a fraction of the time of as many crates.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use specwright::output::Files;
use specwright::plan::ApiPlan;
use specwright::render::{CrateOptions, Delivery, render};

use super::compile::{Said, compile_whole};

/// What waits for its crate, and how the crates that were made did.
pub(crate) struct Together {
    size: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    waiting: Vec<(PathBuf, ApiPlan)>,
    crates: usize,
    clean: usize,
    faulty: usize,
}

impl Together {
    /// Crates of so many documents each.
    pub(crate) fn new(size: usize) -> Self {
        Self { size: size.max(1), state: Mutex::default() }
    }

    /// Adds a document, whose plan has a name that no other one of its crate has; a crate that is full is compiled.
    pub(crate) fn add(&self, document: &Path, plan: ApiPlan) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.push((document.to_owned(), plan));
        if state.waiting.len() >= self.size {
            state.compile();
        }
    }

    /// Compiles what is left; how many documents compile without a warning, and how many do not.
    pub(crate) fn finish(&self) -> (usize, usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.waiting.is_empty() {
            state.compile();
        }
        (state.clean, state.faulty)
    }
}

impl State {
    fn compile(&mut self) {
        let members = std::mem::take(&mut self.waiting);
        self.crates += 1;
        let name = format!("together-{}", self.crates);
        let (documents, plans): (Vec<_>, Vec<_>) = members.into_iter().unzip();
        let made = crate_of(&plans).and_then(|files| compile_whole(&name, &files));
        let said = match made {
            Ok(said) => said,
            Err(problem) => {
                println!("  {name} cannot be compiled: {problem}");
                self.faulty += documents.len();
                return;
            }
        };
        self.tell(&name, &said, &documents, &plans);
    }

    /// Puts each finding down to the document whose module it is in.
    fn tell(&mut self, name: &str, said: &Said, documents: &[PathBuf], plans: &[ApiPlan]) {
        let mut placed = 0;
        let mut faulty = 0;
        for (document, plan) in documents.iter().zip(plans) {
            let module = format!("src/{}/", plan.module);
            let own: Vec<_> = said.findings.iter().filter(|it| it.contains(&module)).collect();
            placed += own.len();
            faulty += usize::from(!own.is_empty());
            for finding in own {
                println!("  {}: {finding}", document.display());
            }
        }
        if placed < said.findings.len() || (!said.compiles && faulty == 0) {
            println!("  {name} does not compile for a reason that lies in no document: {:?}", said.findings);
            faulty = documents.len();
        }
        let (count, seconds) = (documents.len(), said.time.as_secs());
        println!("  {name}: {count} documents, {} findings, {seconds} s", said.findings.len());
        self.faulty += faulty;
        self.clean += documents.len() - faulty;
    }
}

/// The files of one crate for some documents.
fn crate_of(plans: &[ApiPlan]) -> Result<Files, String> {
    let options = CrateOptions {
        name: "together".to_owned(),
        description: String::new(),
        workspace: false,
        runtime: Delivery::Copy,
    };
    render(plans, &options).map_err(|error| error.to_string())
}
