//! The programs of a page, each compiled over a crate that the page makes, and run.

use std::fs;
use std::path::Path;
use std::process::Command;

use acceptance::{fixtures, scratch};

const MANIFEST: &str = "[package]
name = \"program\"
version.workspace = true
edition.workspace = true

[dependencies]
axum.workspace = true
tokio.workspace = true
";

/// Runs a program over the crate in a folder; what has no `main` is the body of one.
pub(crate) fn run(page: &str, line: usize, folder: &Path, text: &str) {
    let name = folder.file_name().unwrap().to_string_lossy();
    let stem = Path::new(page).file_stem().unwrap().to_string_lossy().to_lowercase();
    let crates = fixtures::files(folder);
    let files: Vec<(String, String)> = crates
        .iter()
        .map(|path| {
            let inside = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            // Nothing here leaves the machine, and TLS takes longest to build.
            (inside, fs::read_to_string(path).unwrap().replace("features = [\"default-tls\"], ", ""))
        })
        .collect();
    let (_, target) = scratch::beside("readme");
    let root = target.with_file_name(format!("page-{stem}"));
    scratch::around(&root, &[&name, "program"]).unwrap();
    scratch::package(
        &root.join(&*name),
        &files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>(),
    )
    .unwrap();
    let manifest = format!("{MANIFEST}{name} = {{ path = \"../{name}\", features = [\"stand-in\"] }}\n");
    let text = if text.contains("fn main()") { text.to_owned() } else { format!("fn main() {{\n{text}}}\n") };
    scratch::package(&root.join("program"), &[("Cargo.toml", &manifest), ("src/main.rs", &text)]).unwrap();
    let mut cargo = Command::new(scratch::cargo());
    cargo.args(["run", "--quiet", "--offline", "--package", "program"]).env("NO_PROXY", "127.0.0.1");
    let output = scratch::run(cargo, &root);
    assert!(output.status.success(), "{page}:{line}: {}", String::from_utf8_lossy(&output.stderr));
}
