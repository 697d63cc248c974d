//! A second run is decided by what the first one left behind, and nothing that counts is overlooked.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use acceptance::command::Run;

use crate::tree::{DOCUMENT, Tree, difference};

/// Makes the time of the fingerprint late enough that every other time tells files apart.
fn settle(tree: &Tree) {
    let file = File::options().write(true).open(tree.file(".specwright/fingerprint.json")).expect("a fingerprint");
    file.set_modified(SystemTime::now() + Duration::from_secs(1)).expect("a time can be set");
}

/// Replaces a text, and leaves size and time of the file as they are.
fn forge(path: &Path, old: &str, new: &str) {
    let (text, times) = (fs::read_to_string(path).expect("a file"), fs::metadata(path).expect("a file"));
    fs::write(path, text.replacen(old, new, 1)).expect("a file can be written");
    let file = File::options().write(true).open(path).expect("a file");
    file.set_modified(times.modified().expect("a time")).expect("a time can be set");
}

#[test]
fn a_check_trusts_the_fingerprint_unless_told_otherwise() {
    let tree = Tree::generated(DOCUMENT);
    settle(&tree);
    forge(&tree.file("src/shop/models/item.rs"), "name", "nome");
    assert_eq!(tree.codegen(&["--check"]).code, Some(0), "size and time are the same");
    let run = tree.codegen(&["--check", "--full"]);
    assert!(run.code == Some(1) && run.out.contains("changed  src/shop/models/item.rs"), "{}", run.out);
    assert_eq!(tree.codegen(&["--full"]).code, Some(0));
    assert_eq!(tree.codegen(&["--check", "--full"]).code, Some(0));
}

#[test]
fn a_change_in_the_moment_of_the_run_is_seen() {
    let tree = Tree::generated(DOCUMENT);
    let moment = fs::metadata(tree.file("MANIFEST")).and_then(|it| it.modified()).expect("a time");
    let file = File::options().write(true).open(tree.file(".specwright/fingerprint.json")).expect("a fingerprint");
    file.set_modified(moment).expect("a time can be set");
    forge(&tree.file("MANIFEST"), "Generated", "generated");
    let run = tree.codegen(&["--check"]);
    assert!(run.code == Some(1) && run.out.contains("changed  MANIFEST"), "{}", run.out);
}

/// Asserts that a change of something that was read or written is seen by the next run.
fn seen(prepare: impl Fn(&Tree) -> Vec<String>, change: impl Fn(&Tree)) {
    let tree = Tree::new(DOCUMENT);
    let flags = prepare(&tree);
    let flags: Vec<_> = flags.iter().map(String::as_str).collect();
    let run = |more: &[&str]| -> Run { tree.codegen(&[&flags, more].concat()) };
    assert_eq!(run(&[]).code, Some(0));
    settle(&tree);
    assert_eq!(run(&["--check"]).code, Some(0));
    change(&tree);
    assert_eq!(run(&["--check"]).code, Some(1), "{flags:?}");
    assert_eq!(run(&[]).code, Some(0));
    assert_eq!(run(&["--check", "--full"]).code, Some(0));
}

fn beside(tree: &Tree, name: &str) -> std::path::PathBuf {
    tree.spec().with_file_name(name)
}

#[test]
fn what_was_read_is_watched() {
    let none = |_: &Tree| Vec::new();
    seen(none, |tree| tree.set_document(&DOCUMENT.replace("price", "prize")));
    let overlay =
        "overlay: 1.1.0\ninfo: { title: O, version: '1' }\nactions:\n  - { target: $.info, update: { title: Mine } }\n";
    let with_overlay = |tree: &Tree| {
        fs::write(beside(tree, "o.yaml"), overlay).expect("an overlay can be written");
        vec!["--overlay".to_owned(), beside(tree, "o.yaml").to_string_lossy().into_owned()]
    };
    seen(with_overlay, |tree| {
        fs::write(beside(tree, "o.yaml"), overlay.replace("Mine", "Ours")).expect("an overlay can be written");
    });
    let part = "Item: { type: object, properties: { name: { type: string } } }\n";
    let with_part = |tree: &Tree| {
        tree.set_document(&DOCUMENT.replacen("#/components/schemas/Item", "parts.yaml#/Item", 1));
        fs::write(beside(tree, "parts.yaml"), part).expect("a file can be written");
        Vec::new()
    };
    seen(with_part, |tree| {
        fs::write(beside(tree, "parts.yaml"), part.replace("name", "nick")).expect("a file can be written");
    });
    // A file that was looked for in vain may come.
    let without_part = |tree: &Tree| {
        tree.set_document(&DOCUMENT.replacen("#/components/schemas/Item", "parts.yaml#/Item", 1));
        Vec::new()
    };
    seen(without_part, |tree| fs::write(beside(tree, "parts.yaml"), part).expect("a file can be written"));
}

#[test]
fn what_was_written_is_watched() {
    let none = |_: &Tree| Vec::new();
    seen(none, |tree| fs::remove_file(tree.file("src/shop/models/shelf.rs")).expect("a file can go"));
    seen(none, |tree| fs::write(tree.file("src/lib.rs"), "").expect("a file can be written"));
    seen(none, |tree| {
        let manifest = fs::read_to_string(tree.file("MANIFEST")).expect("the manifest") + "src/old.rs\n";
        fs::write(tree.file("MANIFEST"), manifest).expect("the manifest can be written");
        fs::write(tree.file("src/old.rs"), "").expect("a file can be written");
    });
}

#[test]
fn another_request_is_another_run() {
    let tree = Tree::generated(DOCUMENT);
    let texts = tree.texts();
    let run = tree.codegen(&["--name", "other"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(!difference(&texts, &tree.texts()).is_empty());
}

#[test]
fn findings_are_said_again() {
    let tree = Tree::new(&DOCUMENT.replacen("#/components/schemas/Item", "#/components/schemas/Itm", 1));
    let first = tree.codegen(&[]);
    let second = tree.codegen(&[]);
    assert!(first.err.contains("unresolved-reference"), "{}", first.err);
    assert_eq!(first.err, second.err);
    let counted =
        |run: &Run| run.out.lines().skip_while(|it| !it.contains("left out") && !it.contains("repair")).count();
    assert!(second.out.contains("nothing changed") && counted(&second) == 1, "{}", second.out);
}
