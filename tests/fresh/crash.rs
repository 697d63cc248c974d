//! A run that is killed leaves a tree that the next run completes.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use acceptance::command;

use crate::tree::{DOCUMENT, Tree, difference};

/// How many times a run is killed, each time a little later.
const KILLS: u32 = 40;

#[test]
fn the_next_run_completes_what_a_killed_one_began() {
    let extra = |idx| format!("    Extra{idx}: {{ type: string, maxLength: {idx} }}\n");
    let many: Vec<_> = (0..40).map(extra).collect();
    let documents = [DOCUMENT.to_owned() + &many.concat(), DOCUMENT.replace("price", "cost")];
    let wanted = documents.each_ref().map(|document| Tree::generated(document).texts());
    let tree = Tree::generated(&documents[1]);
    let longest = duration(&Tree::new(&documents[0]));
    let mut unfinished = 0;
    for kill in 0..KILLS {
        let turn = usize::from(kill % 2 == 1);
        tree.set_document(&documents[turn]);
        killed(&tree, longest * kill / KILLS);
        unfinished += usize::from(!difference(&wanted[turn], &tree.texts()).is_empty());
        // Every third time the next run wants the other tree.
        let next = if kill % 3 == 0 { 1 - turn } else { turn };
        tree.set_document(&documents[next]);
        let run = tree.codegen(&[]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let left = difference(&wanted[next], &tree.texts());
        assert!(left.is_empty(), "kill {kill}: {left:?}");
    }
    assert!(unfinished > 0, "no run was killed in time");
}

fn spawn(tree: &Tree) -> std::process::Child {
    let mut command = Command::new(command::xtask());
    command.arg("codegen").arg("--spec").arg(tree.spec()).arg("--out").arg(tree.out());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary runs")
}

fn duration(tree: &Tree) -> Duration {
    let start = Instant::now();
    let status = spawn(tree).wait().expect("the binary ends");
    assert!(status.success());
    start.elapsed()
}

fn killed(tree: &Tree, after: Duration) {
    let mut child = spawn(tree);
    sleep(after);
    let _ = child.kill();
    child.wait().expect("the binary ends");
}

#[test]
fn what_a_killed_run_left_behind_is_removed() {
    let tree = Tree::generated(DOCUMENT);
    let texts = tree.texts();
    let stage = tree.file(".specwright-stage");
    fs::create_dir_all(stage.join("new/src")).expect("a folder can be made");
    fs::write(stage.join("new/src/lib.rs"), "half a fi").expect("a file can be made");
    assert_eq!(tree.codegen(&["--check"]).code, Some(0), "what is staged is no part of the tree");
    assert!(stage.exists(), "`--check` writes nothing");
    assert_eq!(tree.codegen(&[]).code, Some(0));
    assert!(!stage.exists());
    assert!(difference(&texts, &tree.texts()).is_empty());
}

#[test]
fn a_journal_is_followed_to_its_end() {
    let tree = Tree::generated(DOCUMENT);
    let texts = tree.texts();
    let stage = tree.file(".specwright-stage");
    fs::create_dir_all(stage.join("new/src/shop/models")).expect("a folder can be made");
    let journal = "put src/shop/models/item.rs\nput src/lib.rs\ndrop src/shop/models/shelf.rs\n";
    fs::write(stage.join("journal"), journal).expect("a file can be made");
    fs::write(stage.join("new/src/shop/models/item.rs"), "// Another run's.\n").expect("a file can be made");
    let run = tree.codegen(&[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(!stage.exists());
    assert!(difference(&texts, &tree.texts()).is_empty());
}

#[test]
fn a_folder_that_a_journal_puts_leaves_what_somebody_has_made_there_since() {
    let tree = Tree::generated(DOCUMENT);
    let texts = tree.texts();
    let stage = tree.file(".specwright-stage");
    fs::create_dir_all(stage.join("new")).expect("a folder can be made");
    fs::rename(tree.file("src"), stage.join("new/src")).expect("a folder can be moved");
    fs::write(stage.join("journal"), "put src\n").expect("a file can be made");
    fs::create_dir_all(tree.file("src/shop")).expect("a folder can be made");
    fs::write(tree.file("src/shop/mine.rs"), "// Mine.\n").expect("a file can be made");
    specwright::cli::recover(&tree.out()).expect("a tree that can be written to");
    assert!(!stage.exists());
    assert_eq!(difference(&texts, &tree.texts()), ["src/shop/mine.rs"]);
}

#[test]
fn a_folder_is_put_back_where_a_later_step_fails() {
    let tree = Tree::generated(DOCUMENT);
    let stage = tree.file(".specwright-stage");
    fs::create_dir_all(stage.join("new/README.md")).expect("a folder can be made");
    fs::rename(tree.file("src"), stage.join("new/src")).expect("a folder can be moved");
    fs::write(stage.join("new/README.md/more"), "No folder.\n").expect("a file can be made");
    fs::write(stage.join("journal"), "put src\nput README.md/more\n").expect("a file can be made");
    let texts = tree.texts();
    assert!(specwright::cli::recover(&tree.out()).is_err(), "a file stands where the folder should");
    assert_eq!(difference(&texts, &tree.texts()), [".specwright-stage/journal"]);
}

#[test]
fn a_journal_never_reaches_out_of_its_tree() {
    let tree = Tree::generated(DOCUMENT);
    let outside = tree.out().with_file_name("precious.txt");
    fs::write(&outside, "precious").expect("a file can be made");
    let stage = tree.file(".specwright-stage");
    fs::create_dir_all(&stage).expect("a folder can be made");
    let journal = format!("drop ../precious.txt\ndrop {}\n", outside.display());
    fs::write(stage.join("journal"), journal).expect("a file can be made");
    let _ = tree.codegen(&[]);
    assert!(outside.exists());
}
