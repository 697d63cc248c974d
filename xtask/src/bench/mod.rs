//! `cargo xtask bench`: what a run of the generator takes, and what rustc takes for what comes out.
//!
//! Everything is measured in one run on one machine, several times in turn, and the median counts: two commits compare
//! by the ratios of their tables, or by the JSON that `--json` writes. `--run-time` holds generated code against code by
//! hand; `cargo bench --bench throughput` does so over sockets, and `cargo xtask guard` counts instructions.

mod compile;
mod generate;
mod growth;
mod peers;
mod run;
mod run_time;
mod stages;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use serde::Serialize;

use crate::{failed, root, tools};

#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Args {
    /// Documents; those in `specs/` by default
    documents: Vec<PathBuf>,
    /// The program that is measured, such as that of `cargo xtask dist`; a release build if left out
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// How often each thing is measured
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// What rustc takes for each crate, too: `cargo check` of each side and of everything, and the program that serves it;
    /// with `--growth` for 1, 4 and 16 copies of each document
    #[arg(long)]
    compile: bool,
    /// What each stage takes of the first run, too
    #[arg(long)]
    stages: bool,
    /// Documents made of 1, 10 and 100 copies of each, too: whether time grows as they do
    #[arg(long)]
    growth: bool,
    /// What generated code takes of the time of code by hand, too
    #[arg(long)]
    run_time: bool,
    /// Write the figures into a file, too
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// All figures of a run.
#[derive(Serialize)]
struct Figures {
    machine: Machine,
    generate: Vec<generate::Row>,
    stages: Vec<stages::Row>,
    compile: Vec<compile::Row>,
    growth: Vec<growth::Row>,
    run_time: Vec<run_time::Row>,
}

/// Where the figures are from.
#[derive(Serialize)]
struct Machine {
    commit: String,
    compiler: String,
    processor: String,
    cores: usize,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    match bench(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

fn bench(args: &Args) -> Result<(), String> {
    let documents = match args.documents.as_slice() {
        [] => tools::documents(&[])?.into_iter().map(|(_, path)| path).collect(),
        documents => documents.to_vec(),
    };
    let machine = Machine::of_this_run();
    println!("{} cores of {}, {}, commit {}", machine.cores, machine.processor, machine.compiler, machine.commit);
    let program = &match &args.program {
        Some(program) => std::path::absolute(program).map_err(|error| format!("{}: {error}", program.display()))?,
        None => tools::measured("acceptance", &["--bin", "specwright"])?
            .remove("specwright")
            .ok_or("cargo builds no program")?,
    };
    let folder = tempfile::tempdir().map_err(|error| format!("cannot make a folder: {error}"))?;
    let (generate, stages, compile) = (Vec::new(), Vec::new(), Vec::new());
    let mut figures = Figures { machine, generate, stages, compile, growth: Vec::new(), run_time: Vec::new() };
    let peers = peers::installed();
    generate::head();
    for document in &documents {
        let row = generate::measure(program, &peers, document, &folder.path().join(stem(document)), args.rounds)?;
        println!("{row}");
        figures.generate.push(row);
    }
    if args.stages {
        let program = stages::program()?;
        stages::head();
        for document in &documents {
            let row = stages::measure(&program, document, args.rounds)?;
            println!("{row}");
            figures.stages.push(row);
        }
    }
    if args.compile {
        compile::head();
        for document in &documents {
            let report = &mut |row| {
                println!("{row}");
                figures.compile.push(row);
            };
            compile::measure(program, document, &folder.path().join("compiled"), args.growth, report)?;
        }
    }
    if args.growth {
        growth::head();
        for document in &documents {
            let copies = folder.path().join(format!("{}-copies", stem(document)));
            let row = growth::measure(program, document, &copies, args.rounds)?;
            println!("{row}");
            figures.growth.push(row);
        }
    }
    if args.run_time {
        figures.run_time = run_time::measure()?;
        run_time::head();
        figures.run_time.iter().for_each(|row| println!("{row}"));
    }
    args.json.as_deref().map_or(Ok(()), |path| write(path, &figures))
}

fn write(path: &Path, figures: &Figures) -> Result<(), String> {
    let text = serde_json::to_string_pretty(figures).map_err(|error| error.to_string())?;
    std::fs::write(path, text + "\n").map_err(|error| format!("cannot write {}: {error}", path.display()))
}

fn stem(document: &Path) -> String {
    document.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

impl Machine {
    fn of_this_run() -> Self {
        let said = |command: &mut Command| {
            let output = command.current_dir(root()).output();
            output.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned()).unwrap_or_default()
        };
        let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
        Self {
            commit: said(Command::new("git").args(["rev-parse", "--short", "HEAD"])),
            compiler: said(Command::new("rustc").arg("--version")),
            processor: model.map_or("an unknown processor", |(_, name)| name.trim()).to_owned(),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}
