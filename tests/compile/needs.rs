//! What a crate of models depends on: what its document needs, and nothing else.

use std::collections::BTreeSet;

use acceptance::{fixtures, pipeline, scratch};
use specwright::render::{CrateOptions, Delivery, Origin, render};

use crate::workspace::{Package, Workspace};

/// Schemas, and the packages that each needs beside those of every crate.
const NEEDS: &[(&str, &str, &[&str])] = &[
    ("plain", "{ type: string, minLength: 1, format: ipv4 }", &[]),
    ("byte", "{ type: string, format: byte }", &["base64"]),
    ("email", "{ type: string, format: email }", &["idna", "regex"]),
    ("hostname", "{ type: string, format: hostname }", &["idna", "regex"]),
    ("iri", "{ type: string, format: iri }", &["fluent-uri"]),
    ("moment", "{ type: string, format: date-time }", &["jiff"]),
    ("names", "{ type: object, patternProperties: { '^x-': { type: string } } }", &["fancy-regex", "regex"]),
    ("pattern", "{ anyOf: [{ type: string, pattern: '^a' }, { type: integer }] }", &["fancy-regex", "regex"]),
    ("uri", "{ type: string, format: uri }", &["fluent-uri"]),
    ("uuid", "{ type: string, format: uuid }", &["uuid"]),
];

/// How many packages a plain crate of models may be built from, itself among them.
const MOST: usize = 12;

fn package(name: &str, schema: &str, runtime: Delivery) -> Package {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    Thing:\n      \
         type: object\n      required: [id]\n      properties:\n        id: {{ type: integer }}\n        \
         value: {schema}\n"
    );
    rendered(name, &text, runtime)
}

/// A document that calls and is not called: its crate has sides, but nothing that stands in for a server.
fn webhooks(name: &str) -> Package {
    let text = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\nwebhooks:\n  made:\n    post:\n      requestBody: \
                { content: { application/json: { schema: { type: string } } } }\n      \
                responses: { '204': { description: Taken. } }\n";
    rendered(name, text, Delivery::Copy)
}

fn rendered(name: &str, text: &str, runtime: Delivery) -> Package {
    let options = CrateOptions { name: name.to_owned(), description: "Things.".to_owned(), workspace: false, runtime };
    let files = render(&[pipeline::plan(name, text)], &options).expect("it can be rendered");
    files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// The package of a schema: not that of the library that it needs.
fn package_name(name: &str) -> String {
    format!("models-of-{name}")
}

/// The names of the packages that one is built from, without itself.
fn packages(workspace: &Workspace, name: &str) -> BTreeSet<String> {
    let tree = workspace.output(&["tree", "--offline", "--package", name, "--edges", "normal", "--prefix", "none"]);
    let names = tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned);
    names.filter(|it| ![name, "workspace-hack", ""].contains(&it.as_str())).collect()
}

#[test]
fn models_bring_what_their_document_needs_and_nothing_else() {
    let folder = fixtures::workspace().join("generator/runtime").to_string_lossy().into_owned();
    let copies = NEEDS
        .iter()
        .map(|(name, schema, _)| (package_name(name), package(&package_name(name), schema, Delivery::Copy)));
    let (name, schema, _) = NEEDS[0];
    let depending = package("depending", schema, Delivery::Depend(Origin::Folder(folder)));
    let all: Vec<_> = copies.chain([("depending".to_owned(), depending)]).collect();
    for (package, (name, ..)) in all.iter().zip(NEEDS) {
        let has = |path: &str| package.1.contains_key(&format!("src/support/{path}"));
        assert_eq!(has("pattern.rs"), ["names", "pattern"].contains(name), "{name}");
        assert_eq!(has("format/host.rs"), ["email", "hostname"].contains(name), "{name}");
        assert!(!has("http/mod.rs") && !has("server/mod.rs") && !has("client/mod.rs"), "{name}");
    }
    let all: Vec<_> = all.into_iter().chain([("webhooks".to_owned(), webhooks("webhooks"))]).collect();
    let workspace = Workspace::write_as_asked(
        "needs",
        &all.iter().map(|(name, files)| (name.as_str(), files.clone())).collect::<Vec<_>>(),
    );
    let plain = packages(&workspace, &package_name(name));
    assert!(plain.contains("serde") && plain.contains("serde_json") && plain.len() < MOST, "{plain:?}");
    let depending = packages(&workspace, "depending");
    assert!(depending.len() < MOST, "{depending:?}");
    let added: BTreeSet<_> = depending.difference(&plain).map(String::as_str).collect();
    assert_eq!(added, BTreeSet::from(["specwright-runtime"]));
    let libraries: BTreeSet<_> = NEEDS.iter().flat_map(|(.., libraries)| *libraries).copied().collect();
    for (name, _, wanted) in NEEDS {
        let found = packages(&workspace, &package_name(name));
        let found: BTreeSet<_> = libraries.iter().copied().filter(|it| found.contains(*it)).collect();
        assert_eq!(found, wanted.iter().copied().collect(), "{name}");
    }
    // With TLS too, `.ci/run` compiles a document of webhooks and one of operations.
    let of_package = |(name, files): &(String, Package)| {
        scratch::features(&files["Cargo.toml"]).map(|it| format!("{name}/{it}")).collect::<Vec<_>>()
    };
    let features = all.iter().flat_map(of_package).collect::<Vec<_>>().join(",");
    assert!(features.contains("webhooks/reqwest"), "{features}");
    let everything = ["--workspace", "--no-default-features", "--features", &features];
    let clippy = [&["clippy", "--quiet", "--offline"][..], &everything, &["--", "-D", "warnings"]];
    workspace.cargo(&clippy.concat());
}
