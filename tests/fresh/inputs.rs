//! What is read beside a document: overlays, and the files below another root.

use std::fs;

use crate::tree::{DOCUMENT, Tree};

/// The text of an overlay with one action.
fn overlay(action: &str) -> String {
    format!("overlay: 1.1.0\ninfo: {{ title: O, version: '1' }}\nactions:\n  - {action}\n")
}

fn path(tree: &Tree, name: &str, text: &str) -> String {
    let path = tree.spec().with_file_name(name);
    fs::write(&path, text).expect("a file can be written");
    path.to_string_lossy().into_owned()
}

#[test]
fn overlays_change_what_is_generated_in_their_order() {
    let tree = Tree::new(DOCUMENT);
    let first = path(
        &tree,
        "1.yaml",
        &overlay(
            "{ target: $.paths, update: { /shelves: { get: { operationId: listShelves, responses: { '204': { description: None. } } } } } }",
        ),
    );
    let second =
        path(&tree, "2.yaml", &overlay("{ target: \"$.paths['/shelves'].get\", update: { operationId: allShelves } }"));
    let run = tree.codegen(&["--overlay", &first, "--overlay", &second]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let client = fs::read_to_string(tree.file("src/shop/client.rs")).expect("a client");
    assert!(client.contains("all_shelves: \"GET /shelves\"") && client.contains("list_items: "), "{client}");
    let run = tree.codegen(&["--overlay", &second, "--overlay", &first]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("error[unmatched-action]") && run.err.contains("2.yaml:4:"), "{}", run.err);
}

#[test]
fn the_effective_document_is_printed_and_nothing_is_written() {
    let tree = Tree::new(DOCUMENT);
    let file = path(&tree, "o.yaml", &overlay("{ target: $.components.schemas.Shelf, remove: true }"));
    let run = tree.codegen(&["--effective", "--overlay", &file]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.starts_with("openapi: 3.1.0\n") && !run.out.contains("Shelf"), "{}", run.out);
    assert!(!tree.out().exists());
    let run = tree.codegen(&["--effective", "--overlay", &path(&tree, "bad.yaml", "overlay: 1.1.0\n")]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{}", run.err);
    assert!(run.err.contains("error[invalid-overlay]"), "{}", run.err);
    let run = tree.codegen(&["--effective", "--overlay", "missing.yaml"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("missing.yaml"), "{}", run.err);
}

#[test]
fn references_lead_where_the_root_allows_it() {
    let tree = Tree::new(DOCUMENT);
    let api = tree.spec().with_file_name("apis");
    let common = tree.spec().with_file_name("common");
    fs::create_dir(&api).and_then(|()| fs::create_dir(&common)).expect("folders can be made");
    let text = DOCUMENT.replacen("#/components/schemas/Item", "../common/parts.yaml#/Item", 1);
    let document = api.join("shop.yaml");
    fs::write(&document, text).expect("a document can be written");
    fs::write(
        common.join("parts.yaml"),
        "Item: { type: object, properties: { shelf: { $ref: '../apis/shop.yaml#/components/schemas/Shelf' } } }\n",
    )
    .expect("a file can be written");
    let run = |flags: &[&str]| acceptance::command::codegen(&document, &tree.out(), flags);
    let root = tree.spec().parent().expect("a folder").to_string_lossy().into_owned();
    let refused = run(&["--strict"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("error[reference-outside]") && refused.err.contains("--root"), "{}", refused.err);
    let accepted = run(&["--strict", "--root", &root]);
    assert_eq!(accepted.code, Some(0), "{}", accepted.err);
    let elsewhere = run(&["--root", &common.to_string_lossy()]);
    assert!(elsewhere.code == Some(1) && elsewhere.err.contains("is not in the folder"), "{}", elsewhere.err);
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_root() {
    let tree = Tree::new(&DOCUMENT.replacen("#/components/schemas/Item", "link.yaml#/Item", 1));
    let outside = tempfile::NamedTempFile::new().expect("a file");
    fs::write(outside.path(), "Item: { type: string }\n").expect("a file can be written");
    std::os::unix::fs::symlink(outside.path(), tree.spec().with_file_name("link.yaml")).expect("a link");
    let root = tree.spec().parent().expect("a folder").to_string_lossy().into_owned();
    for flags in [&["--strict"][..], &["--strict", "--root", &root]] {
        let run = tree.codegen(flags);
        assert!(run.code == Some(1) && run.err.contains("error[reference-outside]"), "{}", run.err);
    }
}
