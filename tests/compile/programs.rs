//! Programs over generated code: each folder of `tests/programs` has a document, and tests against its code.

use std::collections::BTreeSet;

use acceptance::{fixtures, pipeline};
use specwright::config::Handlers;
use specwright::plan::{ApiPlan, Wanted};

use crate::workspace::{Package, Workspace, rendered};

const CHECKS: &str = "[package]
name = \"checks\"
version.workspace = true
edition.workspace = true
autotests = false

[dev-dependencies]
axum.workspace = true
bytes.workspace = true
futures-util.workspace = true
http.workspace = true
http-body-util.workspace = true
programs = { path = \"../programs\", features = [\"contract\", \"stand-in\"] }
serde_json.workspace = true
tokio = { workspace = true, features = [\"io-util\", \"net\", \"rt-multi-thread\"] }
tower.workspace = true
tracing.workspace = true
";

/// The plan of a program's document, with a contract test, and with traits by tag where the program is about that.
fn plan(name: &str, text: &str) -> ApiPlan {
    let handlers = if name == "tags" { Handlers::ByTag } else { Handlers::Together };
    pipeline::plan_wanted(name, text, Wanted { handlers, ..Wanted::default() })
}

#[test]
fn programs_over_generated_code_pass() {
    let folder = fixtures::package().join("programs");
    let mut checks = Package::from([("src/lib.rs".to_owned(), "//! Tests only.\n".to_owned())]);
    let mut names = BTreeSet::new();
    for path in fixtures::below("programs") {
        let text = std::fs::read_to_string(&path).expect("a file of the tests");
        let name = path.strip_prefix(&folder).expect("a file below its folder").to_string_lossy().into_owned();
        names.extend(name.split_once('/').map(|(program, _)| program.to_owned()));
        checks.insert(format!("tests/{name}"), text);
    }
    let document = |name: &String| checks[&format!("tests/{name}/document.yaml")].clone();
    let mut plans: Vec<_> = names.iter().map(|name| plan(name, &document(name))).collect();
    // With the overlay beside it, a document is another API.
    for name in &names {
        if let Some(overlay) = checks.get(&format!("tests/{name}/overlay.yaml")) {
            plans.push(pipeline::plan_overlaid(&format!("{name}_told"), &document(name), overlay));
        }
    }
    let tests = names.iter().map(|name| format!("\n[[test]]\nname = \"{name}\"\npath = \"tests/{name}/main.rs\"\n"));
    checks.insert("Cargo.toml".to_owned(), CHECKS.to_owned() + &tests.collect::<String>());
    let files = rendered("programs", &plans);
    let workspace = Workspace::write("programs", &[("programs", files), ("checks", checks)]);
    workspace.cargo(&["test", "--quiet", "--offline", "--package", "checks"]);
}
