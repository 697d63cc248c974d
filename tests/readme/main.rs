//! The README and the guide tell the truth: their commands run, their excerpts stand in the files that they name, and
//! their programs compile and run over the crates that they make.
//!
//! What they show comes from documents of their own, so that a change of one in `specs/` makes none of it wrong.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

mod blocks;
mod programs;
mod reference;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use acceptance::{command, fixtures};
use blocks::{Block, Mark, blocks};
use pulldown_cmark::{Event, Parser, Tag};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// Runs a line of a shell with the real programs, `specwright` and the one behind `cargo xtask`: standard output and errors in one text.
fn shell(line: &str, folder: &Path) -> String {
    let line = line.replace("cargo xtask", &command::xtask().display().to_string());
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{{ {line}; }} 2>&1")]).current_dir(folder);
    if line.contains("specwright ") {
        let programs = command::specwright_program().parent().unwrap().display().to_string();
        shell.env("PATH", format!("{programs}:{}", std::env::var("PATH").unwrap_or_default()));
    }
    let output = shell.output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// A summary without what changes with the run time (how many files it has) and from run to run (how long it took).
fn comparable(text: &str) -> String {
    let mut out = String::new();
    for line in text.trim_end().lines() {
        match line.rsplit_once(" (").filter(|(_, tail)| tail.ends_with(" ms)")) {
            Some((head, _)) => {
                let words: Vec<&str> = head.split(' ').collect();
                let counts_files = |idx: usize| {
                    words.get(idx + 1).is_some_and(|next| next.starts_with("file") || next.starts_with("written"))
                };
                let words = words.iter().enumerate().map(|(idx, word)| if counts_files(idx) { "N" } else { word });
                out.push_str(&words.collect::<Vec<_>>().join(" "));
                out.push_str(" (N ms)");
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// How many files a summary counts: with each file that the run time gets, there is one more, so that a page tells the
/// truth as long as it is about right.
fn is_about_right(shown: &str, printed: &str) -> bool {
    let counts = |text: &str| -> Vec<f64> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let counting = words.windows(2).filter(|it| it[1].starts_with("file") || it[1].starts_with("written"));
        counting.filter_map(|it| it[0].parse().ok()).collect()
    };
    let (shown, printed) = (counts(shown), counts(printed));
    shown.len() == printed.len() && shown.iter().zip(&printed).all(|(one, other)| (one - other).abs() <= other / 10.0)
}

/// Plays the README from its start: files are written, commands run, and excerpts are looked up in what came out.
#[test]
fn commands_print_what_is_shown_and_excerpts_are_real() {
    let beside = tempfile::tempdir().unwrap();
    let clone = beside.path().join("specwright");
    fs::create_dir(&clone).unwrap();
    let [commands, excerpts, programs] = play("README.md", &readme(), &clone);
    assert!(
        commands >= 4 && excerpts >= 3 && programs >= 2,
        "{commands} commands, {excerpts} excerpts, {programs} programs"
    );
}

/// Plays each page of the guide in a folder of its own, and finds no block that nothing checks.
#[test]
fn each_page_of_the_guide_does_what_it_shows() {
    let pages = fixtures::files(&root().join("generator/guide"));
    assert!(pages.len() > 5, "{pages:?}");
    for path in pages {
        let page = path.strip_prefix(root()).unwrap().display().to_string();
        let text = fs::read_to_string(&path).unwrap();
        let folder = tempfile::tempdir().unwrap();
        play(&page, &text, folder.path());
        for Block { line, mark, language, .. } in blocks(&text) {
            assert!(mark.is_some() || language == "console", "{page}:{line}: nothing checks this block");
        }
    }
}

/// Writes the files of a page, runs its commands, looks up its excerpts and runs its programs, in their order; says how
/// many there were of the last three.
fn play(page: &str, markdown: &str, folder: &Path) -> [usize; 3] {
    let (mut commands, mut excerpts, mut programs) = (0, 0, 0);
    for Block { line, mark, language, text, .. } in blocks(markdown) {
        match mark {
            Some(Mark::File(path)) => {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, &text).unwrap();
            }
            Some(Mark::From(path)) => {
                let file = [folder.join(&path), root().join(&path)].into_iter().find(|it| it.exists());
                let file = file.unwrap_or_else(|| panic!("{page}:{line} cites `{path}`, which does not exist"));
                let lacking = blocks::missing_excerpt(&text, &fs::read_to_string(file).unwrap());
                assert_eq!(lacking, None, "{page}:{line} cites what `{path}` does not hold");
                excerpts += 1;
            }
            Some(Mark::Program(path)) => {
                programs::run(page, line, &folder.join(path), &text);
                programs += 1;
            }
            None => {}
        }
        if language == "console" {
            for (command, expected) in blocks::commands(&text) {
                let printed = shell(&command, folder);
                let said = comparable(&printed);
                assert_eq!(said, comparable(&expected), "{page}:{line}: `{command}` prints something else");
                assert!(is_about_right(&expected, &printed), "{page}:{line}: `{command}` counts {printed}");
                commands += 1;
            }
        }
    }
    [commands, excerpts, programs]
}

#[test]
fn every_task_that_is_named_exists() {
    let readme = readme();
    let mut tasks: BTreeSet<&str> = BTreeSet::new();
    for after in readme.split("cargo xtask ").skip(1) {
        let end = after.find(|it: char| !it.is_ascii_lowercase()).unwrap_or(after.len());
        tasks.insert(&after[..end]);
    }
    tasks.remove("");
    assert!(tasks.contains("codegen") && tasks.contains("test"));
    for task in tasks {
        let help = Command::new(command::xtask()).args([task, "--help"]).output().unwrap();
        assert!(help.status.success(), "the README names `cargo xtask {task}`, which does not exist");
    }
}

#[test]
fn every_feature_that_is_named_exists() {
    let manifest = fs::read_to_string(root().join("generated/Cargo.toml")).unwrap();
    let mut named = 0;
    for block in blocks(&readme()).iter().filter(|it| it.language == "toml") {
        for list in block.text.split("features = [").skip(1) {
            let list = list.split(']').next().unwrap();
            for feature in list.split(',').map(|it| it.trim().trim_matches('"')) {
                assert!(
                    manifest.lines().any(|line| line.starts_with(&format!("{feature} = "))),
                    "README.md:{} names the feature `{feature}`, which does not exist",
                    block.line
                );
                named += 1;
            }
        }
    }
    assert!(named > 0, "no feature is named");
}

#[test]
fn every_link_leads_somewhere() {
    let guide = fixtures::files(&root().join("generator/guide"));
    let guide = guide.iter().map(|path| path.strip_prefix(root()).unwrap().display().to_string());
    let pages = ["README.md", "CHANGELOG.md", "SECURITY.md", "generator/ARCHITECTURE.md", "generator/STYLE.md"];
    for document in pages.map(str::to_owned).into_iter().chain(guide) {
        let path = root().join(&document);
        let text = fs::read_to_string(&path).unwrap();
        for event in Parser::new(&text) {
            let Event::Start(Tag::Link { dest_url: target, .. } | Tag::Image { dest_url: target, .. }) = event else {
                continue;
            };
            let file = target.split('#').next().unwrap();
            let elsewhere = target.starts_with("http") || file.is_empty();
            assert!(
                elsewhere || path.parent().unwrap().join(file).exists(),
                "{document} links to `{target}`, which does not exist"
            );
        }
    }
}

/// The files and folders that the documents name are there.
#[test]
fn every_path_that_is_named_exists() {
    for document in ["README.md", "generator/ARCHITECTURE.md", "generator/STYLE.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let prose = text.split("```").step_by(2).collect::<String>();
        for name in prose.split('`').skip(1).step_by(2) {
            let is_path =
                ["src/", "runtime/", "tests/", "templates/", "document/", "render/", "plan/", "cli/", "source/"]
                    .iter()
                    .any(|folder| name.starts_with(folder))
                    && !name.contains(['*', ' ', '<']);
            let places = ["", "generator", "generator/src", "generated"];
            assert!(
                !is_path || places.iter().any(|place| root().join(place).join(name).exists()),
                "{document} names `{name}`, which does not exist"
            );
        }
    }
}

/// A task that fails says why and ends with something other than 0.
#[test]
fn tasks_refuse_what_they_cannot_do() {
    for (line, message) in [
        ("cargo xtask codegen --api nothing", "there is no API `nothing` in `specs/`"),
        ("cargo xtask codegen --spec missing.yaml --out out", "cannot read `missing.yaml`"),
        ("cargo xtask codegen --spec missing.yaml", "`--out DIR`"),
        ("cargo xtask codegen --frobnicate", "unexpected argument"),
        ("cargo xtask explain nothing", "there is no code `nothing`"),
        ("cargo xtask corpus missing", "cannot read `missing`"),
        ("cargo xtask corpus .", "there are no documents"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let printed = shell(&format!("{line} || echo failed"), folder.path());
        assert!(printed.contains(message) && printed.ends_with("failed\n"), "`{line}` printed: {printed}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "`{line}` wrote something");
    }
}

/// A document that is refused counts as refused, and one that the manifest expects otherwise makes the task fail.
#[test]
fn the_corpus_task_compares_with_the_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let document = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
    fs::write(folder.path().join("good.yaml"), document).unwrap();
    fs::write(folder.path().join("bad.json"), "{").unwrap();
    let printed = shell("cargo xtask corpus . && echo fine", folder.path());
    assert!(printed.contains("2 documents: 1 generated, 1 refused, 0 failed, 0 not as expected\nfine"), "{printed}");
    fs::write(folder.path().join("MANIFEST.tsv"), "file\texpect\ngood.yaml\terror\nbad.json\terror\n").unwrap();
    let printed = shell("cargo xtask corpus . || echo failed", folder.path());
    assert!(printed.contains("it should not pass without a warning") && printed.ends_with("failed\n"), "{printed}");
}
