//! `cargo xtask mock FILE`: a stand-in for the server of any document.
//!
//! The document becomes a crate below `target/mock/`, whose program `serve` takes the place of this one: what stops
//! this task stops the server, and how the server ends is how the task ends.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::net::{TcpListener, ToSocketAddrs as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use specwright::cli::{self, Codegen, CodegenArgs, Runtime};

use crate::failed;
use crate::scratch::Scratch;

/// Flags of the task.
#[derive(clap::Args)]
#[command(after_help = "\
Answers are the document's examples, else made from its schemas; what is created, changed or deleted stays so until \
the program stops.

Requests and credentials are checked as in any other server: every token, key and password is `demo`.

Ctrl-C stops it.

Example: cargo xtask mock pets.yaml --address 127.0.0.1:3000")]
pub(crate) struct Args {
    /// An OpenAPI document, YAML or JSON; files that it refers to lie beside or below it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = address)]
    address: String,
}

/// Something that can be listened on.
fn address(text: &str) -> Result<String, String> {
    match text.to_socket_addrs().map(|mut found| found.next()) {
        Ok(Some(_)) => Ok(text.to_owned()),
        _ => Err("it takes a host and a port, such as 127.0.0.1:8080".to_owned()),
    }
}

pub(crate) fn run(args: &Args) -> ExitCode {
    // Nobody wants to wait for a build to hear that the port is taken.
    if let Err(error) = TcpListener::bind(&args.address) {
        return failed(&format!("cannot listen on `{}`: {error}", args.address));
    }
    match program(&args.file) {
        Ok(Some((program, api))) => serve(Command::new(program).args([&api, &args.address])),
        // The findings are printed.
        Ok(None) => ExitCode::FAILURE,
        Err(message) => failed(&message),
    }
}

/// Generates and builds the stand-in: its program, and the name of the API; none where the document has errors.
fn program(file: &Path) -> Result<Option<(PathBuf, String)>, String> {
    let flags = CodegenArgs {
        strict: false,
        check: false,
        spec: Some(file.to_owned()),
        out: Some(PathBuf::new()),
        name: None,
        runtime: Runtime::Copy,
        runtime_path: None,
        overlay: Vec::new(),
        effective: false,
        root: None,
        deny: None,
        notes: false,
        json: false,
    };
    let mut job = Codegen::standalone(&flags)?;
    job.options.name = package(&job.options.name, file);
    job.options.workspace = true;
    let name = job.options.name.clone();
    let cannot_write = |error| format!("cannot write the crate of the stand-in: {error}");
    let scratch = Scratch::around(&format!("mock/{name}"), &[&name]).map_err(cannot_write)?;
    job.out = scratch.package(&name);
    let Some(summary) = cli::generate(&flags, &job) else { return Ok(None) };
    let Some(api) = summary.served.into_iter().next() else {
        return Err(format!("`{}` has no operation to serve", file.display()));
    };
    // Cargo puts each such program at the same place, so this one is taken from there before another one is built.
    let lock = scratch.lock().map_err(cannot_write)?;
    let built = build(&scratch, &name, &api)?;
    let program = scratch.take(&built).map_err(cannot_write)?;
    drop(lock);
    Ok(Some((program, api)))
}

/// A name that no other package has: neither one that this one depends on, nor that of a document in another folder.
/// Cargo tells packages apart by name, version and their folder in the workspace, wherever the workspaces are.
fn package(name: &str, file: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    file.canonicalize().unwrap_or_else(|_| file.to_owned()).hash(&mut hasher);
    format!("mock-{name}-{:016x}", hasher.finish())
}

/// Builds the program, and says where Cargo puts it.
fn build(scratch: &Scratch, package: &str, api: &str) -> Result<PathBuf, String> {
    let mut cargo = scratch.cargo();
    cargo.args(["build", "--package", package, "--example", "serve", "--no-default-features"]);
    cargo.args(["--features", &format!("{api},stand-in"), "--message-format", "json-render-diagnostics"]);
    let output = cargo.stderr(Stdio::inherit()).output().map_err(|error| format!("cannot run cargo: {error}"))?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let program = messages.filter_map(|it| it["executable"].as_str().map(PathBuf::from)).next_back();
    program.filter(|_| output.status.success()).ok_or_else(|| "the stand-in does not compile".to_owned())
}

/// Becomes the server: signals reach it as they would have reached this program.
#[cfg(unix)]
fn serve(program: &mut Command) -> ExitCode {
    use std::os::unix::process::CommandExt as _;
    failed(&format!("cannot start the stand-in: {}", program.exec()))
}

/// Runs the server, which hears Ctrl-C as this program does.
#[cfg(not(unix))]
fn serve(program: &mut Command) -> ExitCode {
    match program.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => failed(&format!("cannot start the stand-in: {error}")),
    }
}
