//! The programs of a page, each compiled over a crate that the page makes, and run.

use std::fs;
use std::path::Path;
use std::process::Command;

use acceptance::{fixtures, scratch};

const MANIFEST: &str = "version.workspace = true
edition.workspace = true

[dependencies]
axum.workspace = true
tokio = { workspace = true, features = [\"net\", \"rt-multi-thread\"] }
";

/// Runs a program over the crate in a folder; what has no `main` is the body of one.
pub(crate) fn run(page: &str, line: usize, folder: &Path, text: &str) {
    let name = folder.file_name().unwrap().to_string_lossy();
    let page_name = Path::new(page).file_stem().unwrap().to_string_lossy().to_lowercase();
    let (root, _) = scratch::in_target(&format!("page-{page_name}"));
    // Builds share a folder, in which packages are told apart by their names and their places in the workspace.
    let (krate, program) = (format!("{page_name}/{name}"), format!("{page_name}/{line}"));
    scratch::around(&root, &[&krate, &program]).unwrap();
    let paths = fixtures::files(folder);
    let read = |path: &Path| {
        let text = scratch::without_tls(&fs::read_to_string(path).unwrap());
        if path.ends_with("Cargo.toml") { scratch::as_built(&text) } else { text }
    };
    let inside = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
    let files: Vec<(String, String)> = paths.iter().map(|path| (inside(path), read(path))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    scratch::package(&root.join(&krate), &files).unwrap();
    let package = format!("program-{page_name}-{line}");
    let has_contract = files.iter().any(|(path, text)| *path == "Cargo.toml" && text.contains("\ncontract = ["));
    let features = if has_contract { r#""contract", "stand-in""# } else { r#""stand-in""# };
    let manifest = format!(
        "[package]\nname = \"{package}\"\n{MANIFEST}{name} = {{ path = \"../{name}\", features = [{features}] }}\n"
    );
    let manifest = scratch::as_built(&manifest);
    let text = if text.contains("fn main()") { text.to_owned() } else { format!("fn main() {{\n{text}}}\n") };
    scratch::package(&root.join(&program), &[("Cargo.toml", &manifest), ("src/main.rs", &text)]).unwrap();
    let mut cargo = Command::new(scratch::cargo());
    cargo.args(["run", "--quiet", "--offline", "--package", &package]).env("NO_PROXY", "127.0.0.1");
    let output = scratch::run(cargo, &root);
    assert!(output.status.success(), "{page}:{line}: {}", String::from_utf8_lossy(&output.stderr));
}
