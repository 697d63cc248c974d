//! What a build script does beyond generating: it writes to `OUT_DIR`, and talks to cargo.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{Error, ErrorKind, Generator, run};
use crate::cli::{Codegen, CodegenArgs, Mode};

impl Generator {
    /// Generates in a build script: what the options put in a folder is put in that folder below `OUT_DIR`, cargo runs
    /// the script again when a file that was read has changed, and findings are warnings of cargo.
    ///
    /// `build.rs`:
    ///
    /// ```no_run
    /// use specwright::Generator;
    /// use specwright::config::{ApiEntry, Output};
    ///
    /// fn main() -> Result<(), specwright::Error> {
    ///     let pets = Output::in_module("api", "crate::api").api(ApiEntry::new("pets.yaml"));
    ///     Generator::new().output(pets).build_script()
    /// }
    /// ```
    ///
    /// And in `src/lib.rs` or `src/main.rs`:
    ///
    /// ```text
    /// mod api {
    ///     include!(concat!(env!("OUT_DIR"), "/api/mod.rs"));
    /// }
    /// ```
    ///
    /// The dependencies that the code needs stand in `dependencies.toml` beside it; what the package's `Cargo.toml` does
    /// not have of them is a warning.
    ///
    /// # Errors
    /// As for [`generate`](Self::generate); and outside of a build script.
    pub fn build_script(&self) -> Result<(), Error> {
        let out = variable("OUT_DIR")?;
        let manifest = variable("CARGO_MANIFEST_DIR")?.join("Cargo.toml");
        let mut project = self.project()?;
        for output in &mut project.config.output {
            output.path = out.join(&output.path).display().to_string();
        }
        let mut jobs = project.jobs(&CodegenArgs { check: false, ..self.args.clone() });
        for job in &mut jobs {
            job.manifest = Some(manifest.clone());
        }
        let result = run(&project, &jobs);
        // Where a document is refused, too, its next version is waited for.
        let read = jobs.iter().flat_map(Codegen::read_so_far);
        let mut lines: Vec<String> = read.collect::<Vec<_>>().iter().chain(&self.inputs).map(|it| rerun(it)).collect();
        if let Ok(summaries) = &result {
            let outcome = self.outcome(summaries, Mode::Write);
            lines.extend(outcome.inputs.iter().map(|it| rerun(it)));
            lines.extend(outcome.warnings.iter().map(|it| format!("cargo::warning={it}")));
        }
        let mut out = std::io::stdout();
        for line in lines {
            let _ = writeln!(out, "{line}");
        }
        result.map(drop)
    }
}

fn rerun(path: &Path) -> String {
    format!("cargo::rerun-if-changed={}", path.display())
}

fn variable(name: &str) -> Result<PathBuf, Error> {
    let value = std::env::var_os(name).map(PathBuf::from);
    value.ok_or_else(|| Error::new(ErrorKind::Config, format!("`{name}` is not set: this is no build script")))
}
