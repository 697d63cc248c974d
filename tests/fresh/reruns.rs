//! A second run changes nothing; a changed document changes what it must and nothing else.

use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;

use crate::tree::{DOCUMENT, Tree, difference, texts};

use acceptance::{command, fixtures};

#[test]
fn the_tree_of_the_workspace_is_up_to_date() {
    let run = command::run(["codegen", "--check"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
}

#[test]
fn a_second_run_touches_no_file() {
    let tree = Tree::generated(DOCUMENT);
    let (texts, times) = (tree.texts(), tree.times());
    let run = tree.codegen(&[]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("nothing changed"), "{}", run.out);
    assert_eq!(tree.times(), times);
    assert!(difference(&tree.texts(), &texts).is_empty());
}

#[test]
fn another_folder_gets_the_same_bytes() {
    let (one, other) = (Tree::generated(DOCUMENT), Tree::generated(DOCUMENT));
    assert!(difference(&one.texts(), &other.texts()).is_empty());
}

#[test]
fn any_number_of_threads_gives_the_same_bytes_and_words() {
    let run = |threads| {
        let folder = TempDir::new().expect("a temporary folder");
        let mut config = "[[output]]\npath = \"shops\"\n".to_owned();
        for shop in 0..5 {
            // Each document is warned about under its own name, so that the order of reports shows.
            let unknown = format!("info: {{ x-shop: true, tilte{shop}: wrong,");
            fs::write(folder.path().join(format!("shop-{shop}.yaml")), DOCUMENT.replace("info: {", &unknown))
                .expect("a document can be written");
            writeln!(config, "\n[[output.api]]\ndocument = \"shop-{shop}.yaml\"").expect("texts grow");
        }
        fs::write(folder.path().join("specwright.toml"), config).expect("a configuration can be written");
        let run = command::specwright_on_threads(folder.path(), &["generate"], threads);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let warned: Vec<_> = run.err.lines().filter(|it| it.contains("-->")).map(str::to_owned).collect();
        assert_eq!(warned.len(), 5, "{}", run.err);
        (texts(&folder.path().join("shops")), warned)
    };
    let (alone, words) = run(1);
    for _ in 0..3 {
        let (beside, same) = run(16);
        assert!(difference(&alone, &beside).is_empty());
        assert_eq!(words, same);
    }
}

#[test]
fn a_new_property_changes_its_model_and_the_tables() {
    let tree = Tree::generated(DOCUMENT);
    let (texts, times) = (tree.texts(), tree.times());
    let price = "        price: { type: integer }\n";
    tree.set_document(&DOCUMENT.replace(price, &format!("{price}        weight: {{ type: integer }}\n")));
    let run = tree.codegen(&[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let changed = ["src/shop/examples.json", "src/shop/models/item.rs", "src/shop/schemas.json"];
    assert_eq!(difference(&texts, &tree.texts()), changed);
    let untouched = tree.times().into_iter().filter(|(name, time)| times.get(name) == Some(time)).count();
    assert_eq!(untouched, times.len() - changed.len());
    for path in changed {
        assert!(run.out.contains(&format!("changed  {path}")), "{}", run.out);
    }
}

#[test]
fn a_new_schema_and_a_new_operation_get_files_of_their_own() {
    let tree = Tree::generated(DOCUMENT);
    let texts = tree.texts();
    let operation =
        "  /ping: { get: { operationId: ping, responses: { '204': { description: Here. } } } }\ncomponents:";
    let document = DOCUMENT.replace("components:", operation) + "    Extra: { type: string }\n";
    tree.set_document(&document);
    assert_eq!(tree.codegen(&[]).code, Some(0));
    let changed = difference(&texts, &tree.texts());
    let expected = [
        "MANIFEST",
        "src/shop/client.rs",
        "src/shop/examples.json",
        "src/shop/examples.rs",
        "src/shop/models/extra.rs",
        "src/shop/models/mod.rs",
        "src/shop/operations/mod.rs",
        "src/shop/operations/ping.rs",
        "src/shop/schemas.json",
        "src/shop/server.rs",
    ];
    assert_eq!(changed, expected);
}

#[test]
fn what_is_gone_from_the_document_is_gone_from_the_tree() {
    let tree = Tree::generated(DOCUMENT);
    std::fs::write(tree.file("src/mine.rs"), "// Mine.").expect("a file can be written");
    let shelf = DOCUMENT.lines().find(|line| line.contains("Shelf")).expect("the shelf");
    tree.set_document(&DOCUMENT.replace(shelf, ""));
    let run = tree.codegen(&[]);
    assert!(run.out.contains("removed  src/shop/models/shelf.rs"), "{}", run.out);
    assert!(!tree.file("src/shop/models/shelf.rs").exists());
    assert!(tree.file("src/mine.rs").exists(), "what was not generated stays");
}

#[test]
fn a_change_of_a_workspace_document_is_a_small_difference() {
    let text = fixtures::specs().into_iter().find(|(name, ..)| name == "hbg-ramp").expect("a document").2;
    let tree = Tree::generated(&text);
    let texts = tree.texts();
    let (head, rest) = text.split_once("\n    TeamUser:\n").expect("the schema `TeamUser`");
    let (middle, rest) = rest.split_once("\n      properties:\n").expect("its properties");
    let line =
        "        shoe_size: { type: integer, x-provenance: inferred, x-provenance-reason: knowledge of the domain }";
    tree.set_document(&format!("{head}\n    TeamUser:\n{middle}\n      properties:\n{line}\n{rest}"));
    let run = tree.codegen(&["--check"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let marked = |sign: char| run.out.lines().filter(|it| it.starts_with(sign) && !it.starts_with("+++")).count();
    assert!((5..30).contains(&marked('+')), "{}", run.out);
    assert!(run.out.contains("+        optional shoe_size with_shoe_size: i64 = \"shoe_size\","), "{}", run.out);
    assert!(difference(&texts, &tree.texts()).is_empty());
}
