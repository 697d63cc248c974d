//! What is the user's stays the user's: the manifest of a crate is written once, and what it lacks is offered.

use std::fs;

use crate::tree::{DOCUMENT, Tree};

const MANIFEST: &str = "Cargo.toml";

fn manifest(tree: &Tree) -> String {
    fs::read_to_string(tree.file(MANIFEST)).expect("the manifest")
}

fn set(tree: &Tree, text: &str) {
    fs::write(tree.file(MANIFEST), text).expect("the manifest can be written");
}

/// The manifest with what people add to it.
fn owned(tree: &Tree) -> String {
    let text = manifest(tree).replacen("version = \"0.1.0\"", "version = \"3.1.4\"\nlicense = \"MIT\"", 1);
    let text = text.replacen("publish = false\n", "", 1).replacen(
        "[features]",
        "# Ours.\n[lints]\nworkspace = true\n\n[features]",
        1,
    );
    text.replacen("[dependencies]", "[dependencies]\nanyhow = \"1\" # for our examples", 1)
}

#[test]
fn a_manifest_is_written_once() {
    let tree = Tree::generated(DOCUMENT);
    let mine = owned(&tree);
    set(&tree, &mine);
    assert_eq!(tree.codegen(&["--check"]).code, Some(0), "it lacks nothing");
    tree.set_document(&DOCUMENT.replace("price", "cost"));
    let run = tree.codegen(&[]);
    assert!(run.code == Some(0) && run.out.contains("item.rs") && !run.out.contains(MANIFEST), "{}", run.out);
    assert_eq!(manifest(&tree), mine);
    assert_eq!(tree.codegen(&["--update-manifest"]).code, Some(0));
    assert_eq!(manifest(&tree), mine, "there was nothing to add");
}

/// What the manifest of an edit lacks: `check` shows it and fails, `generate` says it and keeps the file, and
/// `--update-manifest` adds it and nothing else.
fn offered(edit: impl Fn(String) -> String, lacking: &str, line: &str) {
    let tree = Tree::generated(DOCUMENT);
    let mine = edit(owned(&tree));
    set(&tree, &mine);
    let check = tree.codegen(&["--check"]);
    assert_eq!(check.code, Some(1), "{lacking}: {}{}", check.out, check.err);
    assert!(check.out.contains(lacking) && check.out.contains(line), "`{lacking}` and `{line}` in:\n{}", check.out);
    let remedy = "the same command with `--update-manifest` in place of `--check`";
    assert!(check.err.contains(remedy) && !check.err.contains("stale"), "{}", check.err);
    let run = tree.codegen(&[]);
    assert!(run.code == Some(0) && run.out.contains(lacking) && run.out.contains("--update-manifest"), "{}", run.out);
    assert_eq!(manifest(&tree), mine);
    assert_eq!(tree.codegen(&["--update-manifest"]).code, Some(0));
    assert_eq!(tree.codegen(&["--check"]).code, Some(0));
    let kept = ["license = \"MIT\"", "# Ours.", "[lints]", "anyhow = \"1\" # for our examples", "version = \"3.1.4\""];
    assert!(kept.iter().all(|it| manifest(&tree).contains(it)), "{}", manifest(&tree));
}

/// A manifest without the line that starts with a text.
fn without(text: &str, start: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with(start)).collect()
}

#[test]
fn what_a_manifest_lacks_is_offered() {
    offered(
        |text| without(&text, "regex = "),
        "lacking  dependency `regex`",
        "+regex = { version = \"1\" } # patterns",
    );
    offered(|text| without(&text, "server = "), "lacking  feature `server`", "+server = [");
    offered(|text| text.replace("\"dep:bytes\", ", ""), "lacking  `dep:bytes` in feature `client`", "\"dep:bytes\"");
    offered(
        |text| text.replace("features = [\"float_roundtrip\"]", "features = []"),
        "lacking  feature `float_roundtrip` of `serde_json`",
        "+serde_json = { version = \"1\", features = [\"float_roundtrip\"] }",
    );
    offered(
        |text| text.replace("uuid = { version = \"1\" }", "uuid = \"0.8\""),
        "lacking  version 1 of `uuid`",
        "+uuid = \"1\"",
    );
    offered(
        |text| text.split_once("[[example]]").expect("an example").0.to_owned(),
        "lacking  example `serve`",
        "+required-features = [\"stand-in\"]",
    );
}

#[test]
fn a_new_feature_is_on_where_it_is_in_a_new_crate() {
    let tree = Tree::generated(DOCUMENT);
    let old = manifest(&tree).replacen("\"reqwest\", \"rustls\"]", "\"reqwest\"]", 1);
    let old = ["rustls", "native-tls", "blocking", "browser", "stand-in"]
        .iter()
        .fold(old, |text, name| without(&text, &format!("{name} = [")));
    set(&tree, &old);
    assert_eq!(tree.codegen(&["--update-manifest"]).code, Some(0));
    let new = manifest(&tree);
    assert!(new.contains("default = [\"shop\", \"client\", \"server\", \"reqwest\", \"rustls\"]"), "{new}");
    assert!(
        ["native-tls", "blocking", "browser", "stand-in"].iter().all(|it| new.contains(&format!("{it} = ["))),
        "{new}"
    );
}

#[test]
fn what_people_decide_lacks_nothing() {
    let edits: &[fn(String) -> String] = &[
        |text| text.replace("uuid = { version = \"1\" }", "uuid = \"1.8.0\""),
        |text| text.replace("uuid = { version = \"1\" }", "uuid.workspace = true"),
        |text| text.replace("uuid = { version = \"1\" }", "uuid = { path = \"../uuid\" }"),
        // A dependency that is always there is not turned on by a feature.
        |text| {
            text.replace("\"dep:http\", ", "").replace("http = { version = \"1\", optional = true }", "http = \"1\"")
        },
        |text| {
            text.replace(
                "default = [\"shop\", \"client\", \"server\", \"reqwest\", \"rustls\"]",
                "default = [\"shop\"]",
            )
        },
        |text| without(&text, "description = ") + "[profile.release]\nlto = true\n",
    ];
    for (idx, edit) in edits.iter().enumerate() {
        let tree = Tree::generated(DOCUMENT);
        let text = edit(manifest(&tree));
        assert_ne!(text, manifest(&tree), "edit {idx} changes something");
        set(&tree, &text);
        let check = tree.codegen(&["--check"]);
        assert_eq!(check.code, Some(0), "edit {idx}: {}", check.out);
    }
}

#[test]
fn a_crate_that_is_there_is_generated_into() {
    let tree = Tree::new(DOCUMENT);
    fs::create_dir_all(tree.out()).expect("a folder");
    let mine = "[package]\nname = \"mine\"\nversion = \"0.3.0\"\nedition = \"2024\"\n";
    set(&tree, mine);
    let run = tree.codegen(&[]);
    assert!(run.code == Some(0) && run.out.contains("lacking  dependency `serde`"), "{}{}", run.out, run.err);
    assert_eq!(manifest(&tree), mine);
    assert_eq!(tree.codegen(&["--update-manifest"]).code, Some(0));
    assert!(manifest(&tree).starts_with(mine) && manifest(&tree).contains("serde = "), "{}", manifest(&tree));
}

#[test]
fn a_crate_that_is_renamed_is_called_so_where_it_names_itself() {
    let tree = Tree::generated(DOCUMENT);
    set(&tree, &manifest(&tree).replacen("name = \"shop\"", "name = \"shop-client\"", 1));
    assert_eq!(tree.codegen(&[]).code, Some(0));
    let example = fs::read_to_string(tree.file("examples/serve.rs")).expect("the example");
    assert!(example.contains("shop_client::"), "{example}");
}

#[test]
fn a_manifest_of_an_older_version_is_kept_too() {
    let tree = Tree::generated(DOCUMENT);
    let listed = fs::read_to_string(tree.file("MANIFEST")).expect("the list");
    assert!(!listed.contains(MANIFEST), "what is kept is not listed: {listed}");
    fs::write(tree.file("MANIFEST"), format!("{listed}{MANIFEST}\n")).expect("the list can be written");
    assert_eq!(tree.codegen(&[]).code, Some(0));
    assert!(tree.file(MANIFEST).exists());
}

#[test]
fn a_manifest_that_is_no_toml_is_said_to_be() {
    let tree = Tree::generated(DOCUMENT);
    set(&tree, "[package\n");
    let run = tree.codegen(&[]);
    assert!(run.code == Some(1) && run.err.contains("Cargo.toml` cannot be read: "), "{}", run.err);
    assert_eq!(manifest(&tree), "[package\n");
}

#[test]
fn attributes_are_written_with_the_first_run_only() {
    let tree = Tree::generated(DOCUMENT);
    let path = tree.file(".gitattributes");
    assert!(fs::read_to_string(&path).expect("attributes").contains("/src/** linguist-generated"));
    fs::write(&path, "# mine\n").expect("a file can be written");
    assert_eq!(tree.codegen(&["--check"]).code, Some(0));
    fs::remove_file(&path).expect("a file can go");
    assert_eq!(tree.codegen(&["--check"]).code, Some(0));
    assert_eq!(tree.codegen(&["--full"]).code, Some(0));
    assert!(!path.exists());
}
