//! The walks of `ARCHITECTURE.md`, walked on a copy of the generator: a keyword and an output that nobody needs, added
//! in the files that the walks name and in no others.

#![allow(clippy::expect_used, clippy::panic, reason = "what helps a test may fail as a test does")]

use std::path::{Path, PathBuf};
use std::process::Command;

use acceptance::{fixtures, scratch};

/// Text that is put in front of another one in a file of the generator.
type Edit = (&'static str, &'static str, &'static str);

/// `x-not-empty: true`: an object that has a property.
const KEYWORD: &[Edit] = &[
    (
        "src/document/ledger/schemas.rs",
        r#"    row("minProperties", Both, Count),"#,
        r#"    row("x-not-empty", Both, Boolean),"#,
    ),
    (
        "src/ir/schema.rs",
        "    /// `minProperties`.",
        "    /// `x-not-empty`.
    pub not_empty: bool,",
    ),
    (
        "src/lower/schemas.rs",
        r#"            min_properties: self.count(at, "minProperties"),"#,
        r#"            not_empty: at.flag("x-not-empty").unwrap_or(false),"#,
    ),
    (
        "src/ir/outline/schemas.rs",
        r#"        ("readOnly", annotations.read_only),"#,
        r#"        ("notEmpty", schema.objects.not_empty),"#,
    ),
    (
        "src/schemas/tables.rs",
        r#"        put(out, "minProperties","#,
        r#"        put(out, "x-not-empty", objects.not_empty.then_some(Json::Bool(true)));"#,
    ),
    ("runtime/src/support/check/schema.rs", "    MinProperties(u64),", "    NotEmpty,"),
    (
        "runtime/src/support/check/compile.rs",
        r#"        keywords.extend(fields.count("minProperties")"#,
        r#"        keywords.extend(fields.flag("x-not-empty").then_some(Keyword::NotEmpty));"#,
    ),
    (
        "runtime/src/support/check/object.rs",
        "            Keyword::MinProperties(min) => {",
        r#"            Keyword::NotEmpty => {
                size > 0 || self.fail(place.at, |it| size_violation(it, "x-not-empty", "have at least", 1, PROPERTIES))
            }"#,
    ),
    (
        "src/diff/merge.rs",
        "    shape.min_properties = ",
        "    shape.min_properties = shape.min_properties.max(u64::from(objects.not_empty));",
    ),
];

/// `index.rs`: one file that lists all operations.
const OUTPUT: &[Edit] = &[
    (
        "templates/index.rs.j2",
        "",
        r#"{{ "Every operation of the document, in its order." | inner_doc }}

{{ "What both sides know of each operation." | doc }}
pub static OPERATIONS: &[&support::http::Operation] = &[
{% for operation in operations %}
    &super::operations::{{ operation.module | ident }}::OPERATION,
{% endfor %}
];"#,
    ),
    (
        "templates/api_mod.rs.j2",
        "pub mod models;",
        "{% if has_operations %}
{{ gates.any }}
pub mod index;
{% endif %}",
    ),
    ("src/render/mod.rs", "    \"lib.rs.j2\"", "    \"index.rs.j2\""),
    (
        "src/render/crates.rs",
        "        items.push(\"models\");",
        "        items.extend(has_operations.then_some(\"index\"));",
    ),
    (
        "src/render/crates.rs",
        "        let root = move || context! { operations => listed };",
        r#"        let index = context! { operations => listed.clone() };
        self.rust(part.path("index.rs"), "index.rs.j2", vec!["OPERATIONS".to_owned()], &part.margin, move || index);"#,
    ),
];

/// A document with an example that the keyword refuses, one that it allows, and an operation.
const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Bags, version: '1' }
paths:
  /bags:
    get: { operationId: listBags, responses: { '204': { description: None. } } }
components:
  schemas:
    Bag:
      type: object
      x-not-empty: true
      examples: [{ a: 1 }, {}]
";

/// The paths that a walk names, below the folder of the generator.
fn named(walk: &str) -> Vec<String> {
    let page = std::fs::read_to_string(fixtures::workspace().join("generator/ARCHITECTURE.md")).expect("the page");
    let (_, walk) = page.split_once(&format!("## Walk: {walk}\n")).expect("the walk");
    let walk = walk.split("\n## ").next().unwrap_or_default();
    walk.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Makes the edits of a walk in a copy of the generator.
fn walk(copy: &Path, name: &str, edits: &[Edit]) {
    let named = named(name);
    for (path, anchor, text) in edits {
        let is_named = named.iter().any(|it| path == it || (it.ends_with('/') && path.starts_with(it)));
        assert!(is_named, "the walk \"{name}\" does not name `{path}`");
        let file = copy.join(path);
        let old = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(old.contains(anchor), "`{path}` has no {anchor}: bring `tests/walks` in line");
        std::fs::write(&file, old.replacen(anchor, &format!("{text}\n{anchor}"), 1)).expect("a file of the copy");
    }
}

/// The program of the copy, which is built where the program of this workspace is.
const PROGRAM: &str = "walked";

/// A copy of the generator in a workspace of its own.
fn copied() -> PathBuf {
    let root = scratch::in_target("walks");
    // A run that failed leaves what it wrote.
    if root.exists() {
        std::fs::remove_dir_all(&root).expect("the copy goes");
    }
    scratch::around(&root, &["generator", "generator/runtime"]).expect("a workspace");
    let ours = fixtures::workspace().join("generator");
    let copy = root.join("generator");
    for path in fixtures::files(&ours) {
        let name = path.strip_prefix(&ours).expect("a file of the generator");
        let target = copy.join(name);
        std::fs::create_dir_all(target.parent().expect("its folder")).expect("a folder");
        std::fs::copy(&path, target).expect("a copy");
    }
    let manifest = std::fs::read_to_string(copy.join("Cargo.toml")).expect("a manifest");
    let manifest = manifest.replacen("[package]\n", "[package]\nautobins = false\n", 1)
        + &format!("\n[[bin]]\nname = \"{PROGRAM}\"\npath = \"src/main.rs\"\n")
        + &scratch::hack("dependencies", &["generator"]);
    std::fs::write(copy.join("Cargo.toml"), manifest).expect("a manifest");
    root
}

#[test]
fn the_walks_lead_to_a_keyword_and_to_an_output() {
    let root = copied();
    let copy = root.join("generator");
    walk(&copy, "a new keyword", KEYWORD);
    walk(&copy, "a new output", OUTPUT);
    std::fs::write(root.join("bags.yaml"), DOCUMENT).expect("a document");
    let mut cargo = Command::new(scratch::cargo());
    cargo.args(["run", "--quiet", "--offline", "--package", "specwright", "--bin", PROGRAM, "--no-default-features"]);
    cargo.args(["--", "generate"]);
    cargo.args(["--out", "bags", "bags.yaml"]);
    let output = scratch::run(cargo, &root);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert_eq!(said.matches("[invalid-example]").count(), 1, "{said}");
    assert!(said.contains("must have at least 1 property"), "{said}");
    let file = |name: &str| std::fs::read_to_string(root.join("bags/src/bags").join(name)).expect("a generated file");
    assert!(file("models/bag.rs").contains("holds_by_schema!"), "the fast path asks the tables");
    assert!(file("index.rs").contains("&super::operations::list_bags::OPERATION"), "{}", file("index.rs"));
    std::fs::remove_dir_all(&root).expect("the copy goes");
}
