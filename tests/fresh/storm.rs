//! Many runs on one folder at once: the tree is always one of those that they want, and whoever waits says so.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use acceptance::command;

use crate::tree::{DOCUMENT, Tree, difference};

const RUNS: usize = 20;

/// A run that makes one crate of one document.
fn spawn(document: &Path, out: &Path) -> Child {
    let mut command = Command::new(command::xtask());
    command.arg("codegen").arg("--spec").arg(document).arg("--out").arg(out);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the binary runs")
}

#[test]
fn of_twenty_runs_at_once_with_kills_among_them_one_tree_is_left() {
    let many: Vec<_> = (0..40).map(|idx| format!("    Extra{idx}: {{ type: string, maxLength: {idx} }}\n")).collect();
    let trees =
        [DOCUMENT.to_owned() + &many.concat(), DOCUMENT.replace("price", "cost")].map(|text| Tree::generated(&text));
    let wanted = trees.each_ref().map(Tree::texts);
    let out = trees[0].out();
    let start = Instant::now();
    assert!(spawn(&trees[1].spec(), &trees[1].out()).wait().expect("the binary ends").success());
    let longest = start.elapsed() * 4;
    let (mut killed, mut finished) = (0, 0);
    for round in 0..2_u32 {
        let mut runs: Vec<_> = (0..RUNS).map(|run| spawn(&trees[run % 2].spec(), &out)).collect();
        // All of these before anybody is waited for, which may take as long as all runs together.
        for child in runs.iter_mut().step_by(3) {
            sleep(longest * (round + 1) / 16);
            let _ = child.kill();
        }
        for (run, mut child) in runs.into_iter().enumerate() {
            match child.wait().expect("the binary ends").code() {
                Some(code) => {
                    let mut said = String::new();
                    child.stderr.take().map(|mut err| std::io::Read::read_to_string(&mut err, &mut said));
                    assert_eq!(code, 0, "round {round}, run {run}: {said}");
                    finished += 1;
                }
                None => killed += 1,
            }
        }
        // What the last killed run had begun is completed as the next run would.
        specwright::cli::recover(&out).expect("a tree that can be written to");
        let found = trees[0].texts();
        let left = wanted.each_ref().map(|it| difference(it, &found));
        assert!(left.iter().any(Vec::is_empty), "round {round}: {left:?}");
    }
    assert!(killed > 2 && finished > RUNS, "{killed} were killed, {finished} finished");
}

#[test]
fn a_run_that_waits_says_for_whom_and_goes_on() {
    let tree = Tree::generated(DOCUMENT);
    tree.set_document(&DOCUMENT.replace("price", "cost"));
    let path = tree.file(".specwright/lock");
    let lock = File::options().write(true).open(&path).expect("a lock");
    lock.lock().expect("the lock is free");
    fs::write(&path, "4711").expect("the owner can be written");
    let mut run = spawn(&tree.spec(), &tree.out());
    let mut said = String::new();
    let err = run.stderr.take().expect("standard error");
    BufReader::new(err).read_line(&mut said).expect("a line");
    let expected = format!("process {} waits for process 4711, which works on `", run.id());
    assert!(said.starts_with(&expected) && said.contains("crate`"), "{said}");
    sleep(Duration::from_millis(50));
    assert!(run.try_wait().expect("the binary runs").is_none(), "it waits");
    assert!(!tree.file("src/shop/models/item.rs").exists() || !model(&tree).contains("cost"), "it has not written");
    drop(lock);
    assert!(run.wait().expect("the binary ends").success());
    assert!(model(&tree).contains("cost"));
}

fn model(tree: &Tree) -> String {
    fs::read_to_string(tree.file("src/shop/models/item.rs")).expect("a model")
}

#[test]
fn a_run_that_fails_leaves_no_folder() {
    let tree = Tree::new("openapi: 3.1.0\ninfo: 3\npaths: 7\n");
    assert_eq!(tree.codegen(&["--strict"]).code, Some(1));
    assert!(!tree.out().exists());
}
