//! What goes wrong is said clearly, fails, and leaves the old tree as it was.

use std::fs;

use acceptance::command;

use crate::tree::{DOCUMENT, Tree, difference};

/// Runs `codegen` on a tree that must stay as it is.
fn refused(tree: &Tree, flags: &[&str], said: &[&str]) {
    let texts = tree.texts();
    let run = tree.codegen(flags);
    assert!(run.code.is_some_and(|code| code != 0), "{run:?}");
    assert!(run.out.is_empty(), "{}", run.out);
    for text in said {
        assert!(run.err.contains(text), "`{text}` is not in\n{}", run.err);
    }
    assert!(!run.err.contains("panicked"), "{}", run.err);
    assert!(difference(&texts, &tree.texts()).is_empty());
}

#[test]
fn a_missing_document() {
    let tree = Tree::generated(DOCUMENT);
    fs::remove_file(tree.spec()).expect("a document can go");
    refused(&tree, &[], &["error: cannot read `", "shop.yaml", "No such file"]);
}

#[test]
fn a_folder_in_the_place_of_a_document() {
    let tree = Tree::generated(DOCUMENT);
    fs::remove_file(tree.spec()).expect("a document can go");
    fs::create_dir(tree.spec()).expect("a folder can be made");
    refused(&tree, &[], &["error: cannot read `", "shop.yaml"]);
}

#[test]
fn a_document_that_is_no_text() {
    let tree = Tree::generated(DOCUMENT);
    for (bytes, said) in [
        (
            b"openapi: 3.1.0\nx-\xc3\xa4: \xe4\n".as_slice(),
            "it is not UTF-8 text: line 2, column 6 is where that begins",
        ),
        (&[0xff, 0xfe, 0x00], "it is neither UTF-8 nor UTF-16 text"),
        (&[0xfe, 0xff, 0xd8, 0x00, 0x00, 0x41], "it is neither UTF-8 nor UTF-16 text"),
    ] {
        fs::write(tree.spec(), bytes).expect("a document can be written");
        refused(&tree, &[], &["error: cannot read `", said]);
    }
}

#[test]
fn a_document_in_utf_16_says_the_same() {
    let tree = Tree::generated(DOCUMENT);
    let before = tree.texts();
    for (mark, unit) in [([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xfe, 0xff], u16::to_be_bytes)] {
        let units = DOCUMENT.encode_utf16().flat_map(unit);
        fs::write(tree.spec(), mark.into_iter().chain(units).collect::<Vec<_>>()).expect("a document can be written");
        let run = tree.codegen(&[]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(difference(&before, &tree.texts()).is_empty());
    }
}

#[test]
fn a_broken_document() {
    let tree = Tree::generated(DOCUMENT);
    tree.set_document(&DOCUMENT.replace("#/components/schemas/Item", "#/components/schemas/Itm"));
    let place = "shop.yaml:10:";
    refused(
        &tree,
        &["--strict"],
        &["error[unresolved-reference]", place, "a similar name", "error: nothing was written"],
    );
}

#[test]
fn an_empty_document() {
    let tree = Tree::generated(DOCUMENT);
    tree.set_document("");
    refused(&tree, &[], &["error", "nothing was written"]);
}

#[test]
fn a_target_that_cannot_be_a_folder() {
    let tree = Tree::new(DOCUMENT);
    fs::write(tree.out(), "in the way").expect("a file can be made");
    let run = tree.codegen(&[]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.err.starts_with("error: cannot "), "{}", run.err);
    assert_eq!(fs::read_to_string(tree.out()).ok().as_deref(), Some("in the way"));
}

#[test]
fn a_folder_where_a_file_must_go() {
    let tree = Tree::generated(DOCUMENT);
    let path = tree.file("src/shop/models/item.rs");
    fs::remove_file(&path).expect("a file can go");
    fs::create_dir_all(path.join("inside")).expect("a folder can be made");
    fs::write(path.join("inside/mine.txt"), "mine").expect("a file can be made");
    refused(&tree, &[], &["error: cannot ", "src/shop/models/item.rs"]);
}

#[test]
fn bad_flags() {
    let cases: [(&[&str], &str); 8] = [
        (&["codegen", "--spec", "a.yaml"], "`--out DIR`"),
        (&["codegen", "--out", "a"], "--spec <FILE>"),
        (&["codegen", "--chek"], "'--check'"),
        (&["codegen", "--spec", "a.yaml", "--out", "b", "--name", "1st"], "a crate's name starts with a letter"),
        (
            &["codegen", "--spec", "a.yaml", "--out", "b", "--name", "box"],
            "Rust, or a crate that generated code depends on",
        ),
        (&["codegen", "--deny", "nothing"], "possible values"),
        (&["codegen", "--api", "nowhere"], "hbg-ramp"),
        (&["codegen", "more"], "unexpected argument 'more'"),
    ];
    for (flags, said) in cases {
        let run = command::run(flags);
        assert_eq!(run.code, Some(2), "{flags:?}: {run:?}");
        assert!(run.err.contains(said), "{flags:?}: {}", run.err);
    }
}

#[test]
fn what_is_denied_is_refused() {
    let tree = Tree::generated(DOCUMENT);
    let document = DOCUMENT.replacen("paths:", "externalDocs: { url: 'https://example.com' }\npaths:", 1);
    tree.set_document(&document);
    refused(&tree, &["--deny", "ignored"], &["nothing was written"]);
    assert_eq!(tree.codegen(&["--deny", "approximated"]).code, Some(0));
}
