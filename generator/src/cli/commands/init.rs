//! `specwright init`: a configuration to start from.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Component, Path, PathBuf, absolute};
use std::process::ExitCode;

use super::super::files::read_text;
use super::super::names::{crate_name, default_crate, package_name};
use super::{Common, style, unable};
use crate::config;
use crate::diagnostics::Diagnostics;
use crate::listing::render;
use crate::source::{Sources, Value};

/// Flags of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "Example: specwright init pets.yaml --out crates/pets")]
pub(super) struct Args {
    /// The OpenAPI document, YAML or JSON; the only one in this folder if left out
    #[arg(value_name = "DOCUMENT")]
    document: Option<PathBuf>,
    /// The folder of the crate to make of it; by default named after the document, beside the configuration
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
    // What a configuration names is relative to it, and what a command names to where that is called.
    let (document, out) = match (seen_from(&path, &document), &args.out) {
        (document, None) => (document, default_crate(&name)),
        (document, Some(out)) => (document, seen_from(&path, out)),
    };
    let text = configuration(&document, &name, &out);
    let file = OpenOptions::new().write(true).create_new(true).open(&path);
    match file.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => {
            let path = path.display();
            let flag = if common.config.is_some() { format!(" --config {path}") } else { String::new() };
            common.tell(&format!(
                "`{path}` is written; `specwright generate{flag}` makes the crate `{out}` of `{document}`\n"
            ))
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let (path, entry) = (path.display(), entry(&document, &name, &out));
            unable(&format!("`{path}` is there already; to generate from `{document}` too, add this to it:\n\n{entry}"))
        }
        Err(error) => unable(&format!("cannot write `{}`: {error}", path.display())),
    }
}

/// A path as a file in another folder names it; an absolute one stays what it is.
fn seen_from(file: &Path, path: &str) -> String {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    let Some(folder) = folder.filter(|_| !Path::new(path).is_absolute()) else { return path.to_owned() };
    // What is above a folder is known only where no link is on the way.
    let real = |it: &Path| it.canonicalize().or_else(|_| absolute(it)).ok();
    let (Some(from), Some(to)) = (real(folder), real(Path::new(path))) else { return path.to_owned() };
    let shared = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    if shared == 0 {
        return to.display().to_string();
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    let relative: PathBuf = up.chain(to.components().skip(shared)).collect();
    relative.display().to_string().replace('\\', "/")
}

/// The document that is named, or the only one that lies here.
fn document(args: &Args) -> Result<String, String> {
    if let Some(path) = &args.document {
        if !path.is_file() {
            return Err(format!("there is no file `{}`", path.display()));
        }
        let path = path.display().to_string().replace('\\', "/");
        return openapi(&path).map(|()| path);
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
    matches!(extension, Some("yaml" | "yml" | "json")) && openapi(path).is_ok()
}

/// Whether a file is an OpenAPI document, whatever else is wrong with it; or what it is.
fn openapi(path: &str) -> Result<(), String> {
    let text = read_text(Path::new(path)).map_err(|error| format!("cannot read `{path}`: {error}"))?;
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let Some(file) = sources.add(path, text, &mut diagnostics) else { return Ok(()) };
    let root = &sources.file(file).root;
    if ["openapi", "swagger"].iter().any(|it| root.get(it).is_some()) {
        return Ok(());
    }
    if *root == Value::Null && diagnostics.has_errors() {
        let listing = render(&diagnostics, &sources, style());
        return Err(format!("`{path}` cannot be read as YAML or JSON\n\n{}", listing.trim_end()));
    }
    let kinds = [
        ("asyncapi", "an AsyncAPI document"),
        ("arazzo", "an Arazzo document"),
        ("overlay", "an overlay, which changes a document"),
        ("$schema", "a JSON Schema"),
    ];
    let kind = kinds.iter().find(|(key, _)| root.get(key).is_some()).map(|(_, kind)| (*kind).to_owned());
    let kind = kind.unwrap_or_else(|| match root {
        Value::Object(_) => "a mapping without `openapi`, the version".to_owned(),
        other => format!("of type {}", other.type_name()),
    });
    Err(format!(
        "`{path}` is no OpenAPI document: it is {kind}; name a file that begins such as `openapi: 3.1.0`, or mend this one"
    ))
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
