//! Programs of others, installed below `target/` in the versions that the tasks name; and servers that tasks start.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::OnceLock;
use std::{env, fs, io};

use crate::{failed, root, target};

/// Whether a command runs and succeeds, without a word of it.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|it| it.status.success())
}

/// The folder of the programs of a package such as `schemathesis==4.32.5`, installed by pip.
///
/// # Errors
/// Why the package is not there.
pub(crate) fn python(package: &str) -> Result<PathBuf, String> {
    let folder = folder(package);
    let programs = folder.join("bin");
    once(&folder, || {
        if !succeeds(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder)) {
            return Err("there is no python3 with `venv`".to_owned());
        }
        let mut pip = Command::new(programs.join("python"));
        if succeeds(pip.args(["-m", "pip", "install", "--quiet", package])) {
            return Ok(());
        }
        Err("pip cannot install it".to_owned())
    })?;
    Ok(programs)
}

/// The folder of the programs of a package such as `@redocly/cli@2.77.0`, installed by npm.
///
/// # Errors
/// Why the package is not there.
pub(crate) fn npm(package: &str) -> Result<PathBuf, String> {
    let folder = folder(package);
    once(&folder, || {
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).arg(package);
        if succeeds(&mut npm) { Ok(()) } else { Err("npm is not there, or cannot install it".to_owned()) }
    })?;
    Ok(folder.join("node_modules/.bin"))
}

/// The folder of the programs of a crate, built by cargo without what is not asked for, and without optimization: they
/// run for seconds, and take minutes longer to build with it.
///
/// # Errors
/// Why the program is not there.
pub(crate) fn cargo_program(name: &str, version: &str) -> Result<PathBuf, String> {
    let folder = folder(&format!("{name}@{version}"));
    once(&folder, || {
        let mut cargo = cargo();
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "false");
        cargo.args(["install", "--debug", "--quiet", "--locked", "--no-default-features", "--version", version]);
        if succeeds(cargo.arg("--root").arg(&folder).arg(name)) {
            Ok(())
        } else {
            Err("cargo cannot build it".to_owned())
        }
    })?;
    Ok(folder.join("bin"))
}

/// The programs of a package, or how a task ends that needs them: skipped with a word, unless that is a failure.
pub(crate) fn or_skipped(package: &str, found: Result<PathBuf, String>, strict: bool) -> Result<PathBuf, ExitCode> {
    found.map_err(|reason| {
        if strict {
            return failed(&format!("{package}: {reason}"));
        }
        println!("SKIPPED: {package}: {reason}");
        ExitCode::SUCCESS
    })
}

/// The documents in `specs/` by the names of their APIs: those that are asked for, or all.
///
/// # Errors
/// Where there is none.
pub(crate) fn documents(asked: &[String]) -> Result<Vec<(String, PathBuf)>, String> {
    let all = crate::provenance::specs().map_err(|error| format!("cannot read `specs/`: {error}"))?;
    let named = all.into_iter().map(|it| (it.file_stem().unwrap_or_default().to_string_lossy().into_owned(), it));
    let found: Vec<_> = named.filter(|(name, _)| asked.is_empty() || asked.contains(name)).collect();
    if found.is_empty() { Err("there is no such API in `specs/`".to_owned()) } else { Ok(found) }
}

fn folder(package: &str) -> PathBuf {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-');
    let name: String = package.chars().map(|it| if is_plain(it) { it } else { '_' }).collect();
    target().join("tools").join(name)
}

/// Installs what is not installed yet; what was begun and not finished is begun anew.
fn once(folder: &Path, install: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    let finished = folder.join("installed");
    if finished.exists() {
        return Ok(());
    }
    let unwritten = |error: io::Error| format!("cannot write `{}`: {error}", folder.display());
    fs::create_dir_all(folder).map_err(unwritten)?;
    install()?;
    fs::write(finished, "").map_err(unwritten)
}

/// Cargo, as it was called.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// The programs that cargo builds for some arguments, by the names of their targets.
///
/// # Errors
/// Where cargo fails; it has said why.
pub(crate) fn built(arguments: &[&str]) -> Result<BTreeMap<String, PathBuf>, String> {
    let mut cargo = cargo();
    cargo.args(arguments).arg("--message-format=json-render-diagnostics").stderr(Stdio::inherit());
    let output = cargo.output().map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() {
        return Err(format!("`cargo {}` fails", arguments.join(" ")));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let program = |message: serde_json::Value| {
        let path = PathBuf::from(message["executable"].as_str()?);
        Some((message["target"]["name"].as_str()?.to_owned(), path))
    };
    Ok(messages.filter_map(program).collect())
}

/// Builds optimized programs that are measured, those of a package and of the generator in the same features:
/// `--bin specwright`, or `--bench ratios`.
///
/// # Errors
/// Where cargo fails; it has said why.
pub(crate) fn measured(package: &str, wanted: &[&str]) -> Result<BTreeMap<String, PathBuf>, String> {
    let packages = ["build", "--release", "--package", package, "--package", "specwright"];
    // As it is installed, without the TLS of its proxy.
    let features = ["--no-default-features", "--features", "specwright/mimalloc,specwright/mock"];
    built(&[packages.as_slice(), &features, wanted].concat())
}

/// The program that people install, without the TLS of its proxy, and in the features of the tests: nothing is built twice.
///
/// # Errors
/// Where cargo fails; it has said why.
pub(crate) fn specwright() -> Result<&'static Path, String> {
    static PROGRAM: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let build = || {
        let everything = every_feature()?;
        let everything = everything.iter().map(String::as_str);
        // With the suite that runs it.
        let arguments = ["test", "--no-run", "--quiet", "--test", "program"].into_iter().chain(everything);
        let mut programs = built(&arguments.collect::<Vec<_>>())?;
        programs.remove("specwright").ok_or_else(|| "cargo names no program".to_owned())
    };
    PROGRAM.get_or_init(build).as_deref().map_err(Clone::clone)
}

/// The arguments by which cargo builds the whole workspace with every feature that a test needs: no test speaks TLS, and
/// none cares who allocates. These tasks have the generator so, and do without the C compiler that an allocator wants.
///
/// # Errors
/// Where cargo does not say which there are.
pub(crate) fn every_feature() -> Result<[String; 4], String> {
    let output = cargo().args(["metadata", "--no-deps", "--format-version=1"]).output();
    let output = output.map_err(|error| format!("cannot run cargo: {error}"))?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).map_err(|_| "cargo has no metadata")?;
    let packages = metadata["packages"].as_array().ok_or("cargo names no packages")?;
    let is_for_tests =
        |feature: &str| !["default", "mimalloc"].contains(&feature) && !acceptance::scratch::TLS.contains(&feature);
    let features = packages.iter().flat_map(|package| {
        let name = package["name"].as_str().unwrap_or_default();
        let all = package["features"].as_object().into_iter().flatten();
        all.map(|(feature, _)| feature).filter(|it| is_for_tests(it)).map(move |it| format!("{name}/{it}"))
    });
    let features = features.collect::<Vec<_>>().join(",");
    Ok(["--workspace".to_owned(), "--no-default-features".to_owned(), "--features".to_owned(), features])
}

/// A server that ends with the task.
pub(crate) struct Server {
    child: Child,
    /// Where it listens, such as `http://127.0.0.1:40123`.
    pub(crate) url: String,
}

impl Server {
    /// Starts a server and waits until a line of its output names its URL.
    ///
    /// # Errors
    /// Where it ends before that.
    pub(crate) fn start(command: &mut Command) -> Result<Self, String> {
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| format!("cannot run `{program}`: {error}"))?;
        let Some(output) = child.stdout.take() else { return Err(format!("`{program}` has no output")) };
        let mut server = Self { child, url: String::new() };
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let url = lines.find_map(|line| url(&line)).ok_or_else(|| format!("`{program}` does not start"))?;
        server.url = url;
        // Whoever writes into a full pipe stands still.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(server)
    }
}

/// The URL that a line says the server listens on.
fn url(line: &str) -> Option<String> {
    if !line.contains("listen") {
        return None;
    }
    let rest = &line[line.find("http://127.0.0.1:")?..];
    let end = rest.find(|it: char| !(it.is_ascii_alphanumeric() || ":/.".contains(it))).unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended by itself cannot be ended.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
