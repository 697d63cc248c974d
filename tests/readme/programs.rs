//! The programs of a page, each compiled over a crate that the page makes, and run.

use std::fs;
use std::path::Path;
use std::process::Command;

use acceptance::fixtures;
use acceptance::scratch::{self, Features};

const MANIFEST: &str = "version.workspace = true
edition.workspace = true

[dependencies]
";

/// What programs depend on beside the crate, on pages that do not show it.
const DEPENDENCIES: &str = "axum.workspace = true
tokio = { workspace = true, features = [\"net\", \"rt-multi-thread\"] }
";

/// The dependencies of a package beside the crate that depends on it, as a page shows them.
fn shown(folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_string_lossy();
    let packages = fs::read_dir(folder.parent()?).ok()?.filter_map(Result::ok);
    let manifests = packages.filter_map(|it| fs::read_to_string(it.path().join("Cargo.toml")).ok());
    let mut dependencies = manifests.filter_map(|it| Some(it.split_once("\n[dependencies]\n")?.1.to_owned()));
    dependencies.find(|it| it.contains(&format!("\n{name} = {{ path = \"../{name}\"")))
}

/// Runs a program over the crate in a folder; what has no `main` is the body of one.
pub(crate) fn run(page: &str, line: usize, folder: &Path, text: &str) {
    let name = folder.file_name().unwrap().to_string_lossy();
    let page_name = Path::new(page).file_stem().unwrap().to_string_lossy().to_lowercase();
    let root = scratch::in_target(&format!("page-{page_name}"));
    // Builds share a folder, in which packages are told apart by their names and their places in the workspace.
    let (krate, program) = (format!("{page_name}/{name}"), format!("{page_name}/{line}"));
    scratch::around(&root, &[&krate, &program]).unwrap();
    let paths = fixtures::files(folder);
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let inside = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
    let files: Vec<(String, String)> = paths.iter().map(|path| (inside(path), read(path))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    scratch::package(&root.join(&krate), &files, Features::AsBuilt).unwrap();
    let package = format!("program-{page_name}-{line}");
    let has_contract = files.iter().any(|(path, text)| *path == "Cargo.toml" && text.contains("\ncontract = ["));
    let features = if has_contract { r#""contract", "stand-in""# } else { r#""stand-in""# };
    let dependencies = shown(folder)
        .unwrap_or_else(|| format!("{DEPENDENCIES}{name} = {{ path = \"../{name}\", features = [{features}] }}\n"));
    let manifest = format!("[package]\nname = \"{package}\"\n{MANIFEST}{dependencies}");
    let text = if text.contains("fn main()") { text.to_owned() } else { format!("fn main() {{\n{text}}}\n") };
    let files = [("Cargo.toml", manifest.as_str()), ("src/main.rs", &text)];
    scratch::package(&root.join(&program), &files, Features::AsBuilt).unwrap();
    let mut cargo = Command::new(scratch::cargo());
    cargo.args(["run", "--quiet", "--offline", "--package", &package]).env("NO_PROXY", "127.0.0.1");
    let output = scratch::run(cargo, &root);
    assert!(output.status.success(), "{page}:{line}: {}", String::from_utf8_lossy(&output.stderr));
}
