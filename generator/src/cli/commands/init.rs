//! `specwright init`: a configuration to start from.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::super::names::{crate_name, default_crate, package_name};
use super::{Common, unable};
use crate::config;

/// Flags of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "Example: specwright init pets.yaml --out crates/pets")]
pub(super) struct Args {
    /// The OpenAPI document, YAML or JSON; the only one in this folder if left out
    #[arg(value_name = "DOCUMENT")]
    document: Option<PathBuf>,
    /// The folder of the crate to make of it; by default named after the document
    #[arg(long, value_name = "DIR")]
    out: Option<String>,
}

pub(super) fn run(args: &Args, common: &Common) -> ExitCode {
    let path = common.config.clone().unwrap_or_else(|| PathBuf::from(config::FILE));
    let document = match document(args) {
        Ok(document) => document,
        Err(message) => return unable(&message),
    };
    let stem = Path::new(&document).file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let name = package_name(&stem);
    let out = args.out.clone().unwrap_or_else(|| default_crate(&name));
    let text = configuration(&document, &name, &out);
    let file = OpenOptions::new().write(true).create_new(true).open(&path);
    match file.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => {
            let path = path.display();
            let text = format!("`{path}` is written; `specwright generate` makes the crate `{out}` of `{document}`\n");
            common.tell(&text)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let (path, entry) = (path.display(), entry(&document, &name, &out));
            unable(&format!("`{path}` is there already; to generate from `{document}` too, add this to it:\n\n{entry}"))
        }
        Err(error) => unable(&format!("cannot write `{}`: {error}", path.display())),
    }
}

/// The document that is named, or the only one that lies here.
fn document(args: &Args) -> Result<String, String> {
    if let Some(path) = &args.document {
        if !path.is_file() {
            return Err(format!("there is no file `{}`", path.display()));
        }
        return Ok(path.display().to_string().replace('\\', "/"));
    }
    let entries = fs::read_dir(".").map_err(|error| format!("cannot read this folder: {error}"))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    let mut found: Vec<_> = paths.filter(|path| is_document(path)).collect();
    found.sort();
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err("there is no OpenAPI document in this folder: name one".to_owned()),
        some => Err(format!("there are several OpenAPI documents in this folder: name one of {}", some.join(", "))),
    }
}

fn is_document(path: &str) -> bool {
    let extension = Path::new(path).extension().and_then(|it| it.to_str());
    let text = || fs::read_to_string(path).unwrap_or_default();
    let names_version = |line: &str| {
        let line = line.trim_start().trim_start_matches(['{', '"', '\'']);
        line.starts_with("openapi") || line.starts_with("swagger")
    };
    matches!(extension, Some("yaml" | "yml" | "json")) && text().lines().any(names_version)
}

fn configuration(document: &str, name: &str, out: &str) -> String {
    format!(
        "# What Specwright generates: `specwright generate` writes it, `specwright check` says what is stale.\n\
         # `specwright config --explain` lists every key.\n\n{}",
        entry(document, name, out)
    )
}

/// The crate of one document.
fn entry(document: &str, name: &str, out: &str) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    format!(
        "[[output]]\npath = {}\nname = {}\n\n[[output.api]]\ndocument = {}\nname = {}\n",
        quoted(out),
        quoted(&crate_name(out.rsplit('/').next().unwrap_or(out))),
        quoted(document),
        quoted(name),
    )
}
