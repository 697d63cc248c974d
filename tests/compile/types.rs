//! One document with the types of each choice, compiled without a warning and used over
//! HTTP.

use std::fs;

use acceptance::{command, fixtures};
use tempfile::TempDir;

use crate::workspace::{Package, Workspace};

const OWN: &str = "[package]
name = \"own\"
version.workspace = true
edition.workspace = true

[lib]
path = \"lib.rs\"

[dependencies]
serde = { workspace = true, features = [\"derive\"] }
";

/// The crate that uses the other one.
const CHECKS: &str = "[package]
name = \"checks\"
version.workspace = true
edition.workspace = true

[dependencies]
own = { path = \"../own\" }

[dev-dependencies]
axum.workspace = true
chrono.workspace = true
jiff.workspace = true
own = { path = \"../own\" }
reqwest.workspace = true
rust_decimal.workspace = true
serde_json.workspace = true
stock = { path = \"../stock\" }
time.workspace = true
tokio = { workspace = true, features = [\"net\", \"rt-multi-thread\"] }

";

const LIB: &str = "//! An application with generated code in it.

pub use own::{Code, Maker};
";

#[test]
fn the_types_of_every_choice_are_used_over_http() {
    let folder = TempDir::new().expect("a temporary folder");
    let source = fixtures::package().join("compile/types");
    let text = |name: &str| fs::read_to_string(source.join(name)).expect("a file of the tests");
    for name in ["stock.yaml", "specwright.toml"] {
        fs::write(folder.path().join(name), text(name)).expect("a file can be written");
    }
    let run = command::specwright(folder.path(), &["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));

    let package = |name: &str| -> Package {
        let root = folder.path().join(name);
        let files = fixtures::files(&root).into_iter().map(|path| {
            let text = fs::read_to_string(&path).expect("a generated file");
            (path.strip_prefix(&root).expect("a file below").to_string_lossy().into_owned(), text)
        });
        files.collect()
    };
    let mut checks = Package::new();
    checks.insert("Cargo.toml".to_owned(), CHECKS.to_owned());
    checks.insert("src/lib.rs".to_owned(), LIB.to_owned());
    checks.insert("tests/over_http.rs".to_owned(), text("over_http.rs"));
    let own = Package::from([("Cargo.toml".to_owned(), OWN.to_owned()), ("lib.rs".to_owned(), text("own/lib.rs"))]);
    let packages = [("stock", package("stock")), ("checks", checks), ("own", own)];
    // The lints are those of a user's workspace.
    let packages = packages.map(|(name, mut files)| {
        files.insert("clippy.toml".to_owned(), String::new());
        (name, files)
    });
    let workspace = Workspace::write("types", &packages);
    workspace.cargo(&["clippy", "--quiet", "--offline", "--workspace", "--", "-D", "warnings"]);
    workspace.cargo(&["test", "--quiet", "--offline", "--package", "checks"]);
}
