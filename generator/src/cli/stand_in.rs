//! A stand-in for the server of any document: the crate that is generated of it has a program `serve`, which is built
//! here and takes the place of the program that asked for it.
//!
//! The task of this workspace and the command for other people differ in where the crate lies and how it comes by its
//! dependencies; the rest is here, so that both mean the same features and the same program.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::net::{TcpListener, ToSocketAddrs as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// Something that can be listened on, such as `127.0.0.1:8080`.
///
/// # Errors
/// What an address looks like.
pub fn address(text: &str) -> Result<String, String> {
    match text.to_socket_addrs().map(|mut found| found.next()) {
        Ok(Some(_)) => Ok(text.to_owned()),
        _ => Err("it takes a host and a port, such as 127.0.0.1:8080".to_owned()),
    }
}

/// Whether an address is free: nobody wants to wait for a build to hear that it is taken.
///
/// # Errors
/// Why nothing can listen there, in a sentence.
pub fn may_listen(address: &str) -> Result<(), String> {
    TcpListener::bind(address).map(drop).map_err(|error| format!("cannot listen on `{address}`: {error}"))
}

/// A name that no other package has: neither one that this one depends on, nor that of a document in another folder.
/// Cargo tells packages apart by name, version and their folder in the workspace, wherever the workspaces are.
pub fn package(name: &str, file: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    file.canonicalize().unwrap_or_else(|_| file.to_owned()).hash(&mut hasher);
    format!("mock-{name}-{:016x}", hasher.finish())
}

/// Builds the program of an API in a generated package by a `cargo` that stands in its workspace, and says where Cargo
/// puts it.
///
/// # Errors
/// Where cargo does not run, or the program does not compile.
pub fn build(cargo: &mut Command, package: &str, api: &str) -> Result<PathBuf, String> {
    cargo.args(["build", "--package", package, "--example", "serve", "--no-default-features"]);
    cargo.args(["--features", &format!("{api},stand-in"), "--message-format", "json-render-diagnostics"]);
    let output = cargo.stderr(Stdio::inherit()).output().map_err(|error| format!("cannot run cargo: {error}"))?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let program = messages.filter_map(|it| it["executable"].as_str().map(PathBuf::from)).next_back();
    program.filter(|_| output.status.success()).ok_or_else(|| "the stand-in does not compile".to_owned())
}

/// Becomes the server: signals reach it as they would have reached this program, and how it ends is how this one ends.
///
/// # Errors
/// Where it does not start.
#[cfg(unix)]
pub fn serve(program: &mut Command) -> io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(program.exec())
}

/// Runs the server, which hears Ctrl-C as this program does.
///
/// # Errors
/// Where it does not start.
#[cfg(not(unix))]
pub fn serve(program: &mut Command) -> io::Result<ExitCode> {
    let is_fine = program.status()?.success();
    Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
