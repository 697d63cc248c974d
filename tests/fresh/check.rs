//! `--check` writes nothing, shows the difference, and fails where there is one.

use std::fs;

use crate::tree::{DOCUMENT, Tree, difference};

/// Checks a tree that somebody has edited.
fn stale(edit: impl Fn(&Tree), shown: &[&str]) {
    let tree = Tree::generated(DOCUMENT);
    edit(&tree);
    let (texts, times) = (tree.texts(), tree.times());
    let run = tree.codegen(&["--check"]);
    assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
    assert!(run.err.contains("stale"), "{}", run.err);
    for text in shown {
        assert!(run.out.contains(text), "`{text}` is not in\n{}", run.out);
    }
    assert!(difference(&texts, &tree.texts()).is_empty());
    assert_eq!(times, tree.times());
    assert_eq!(tree.codegen(&[]).code, Some(0));
    assert_eq!(tree.codegen(&["--check"]).code, Some(0));
}

#[test]
fn a_fresh_tree_passes() {
    let tree = Tree::generated(DOCUMENT);
    let run = tree.codegen(&["--check"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert!(run.out.contains("nothing changed"), "{}", run.out);
}

#[test]
fn one_byte_is_seen() {
    let edit = |tree: &Tree| {
        let path = tree.file("src/shop/models/item.rs");
        let text = fs::read_to_string(&path).expect("a model");
        fs::write(&path, text.replacen("name", "nome", 1)).expect("a model can be edited");
    };
    stale(
        edit,
        &["--- a/src/shop/models/item.rs", "+++ b/src/shop/models/item.rs", "changed  src/shop/models/item.rs"],
    );
}

#[test]
fn a_line_end_is_seen() {
    let edit = |tree: &Tree| {
        let path = tree.file("src/lib.rs");
        let text = fs::read_to_string(&path).expect("the root");
        fs::write(&path, text.replace('\n', "\r\n")).expect("the root can be edited");
    };
    stale(edit, &["changed  src/lib.rs"]);
}

#[test]
fn a_byte_that_is_no_text_is_seen() {
    let edit = |tree: &Tree| fs::write(tree.file("README.md"), [0xff, 0xfe]).expect("a file can be edited");
    stale(edit, &["changed  README.md"]);
}

#[test]
fn a_deleted_file_is_seen() {
    let edit = |tree: &Tree| fs::remove_file(tree.file("src/shop/models/shelf.rs")).expect("a file can go");
    stale(edit, &["+++ b/src/shop/models/shelf.rs", "new      src/shop/models/shelf.rs"]);
}

#[test]
fn a_listed_file_too_many_is_seen() {
    let edit = |tree: &Tree| {
        let manifest = fs::read_to_string(tree.file("MANIFEST")).expect("the manifest");
        fs::write(tree.file("MANIFEST"), manifest + "src/shop/models/old.rs\n").expect("the manifest can be edited");
        fs::write(tree.file("src/shop/models/old.rs"), "// Old.\n").expect("a file can be made");
    };
    stale(edit, &["--- a/src/shop/models/old.rs", "removed  src/shop/models/old.rs"]);
}

#[test]
fn a_missing_tree_is_stale_and_stays_missing() {
    let tree = Tree::new(DOCUMENT);
    let run = tree.codegen(&["--check"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(!tree.out().exists());
}

#[test]
fn a_manifest_never_reaches_out_of_its_tree() {
    let tree = Tree::generated(DOCUMENT);
    let outside = tree.out().with_file_name("precious.txt");
    fs::write(&outside, "precious").expect("a file can be made");
    let manifest = fs::read_to_string(tree.file("MANIFEST")).expect("the manifest");
    let more = format!("../precious.txt\n{}\nsrc/../../precious.txt\n", outside.display());
    fs::write(tree.file("MANIFEST"), manifest + &more).expect("the manifest can be edited");
    assert_eq!(tree.codegen(&[]).code, Some(0));
    assert!(outside.exists());
}
