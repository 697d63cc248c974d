//! Whatever the program takes has a place where a reader may look for it: commands, flags and keys of the configuration.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use acceptance::{command, fixtures};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::root;

fn help(args: &[&str]) -> String {
    let output = Command::new(command::specwright_program()).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The names of all commands.
fn commands() -> Vec<String> {
    let help = help(&["--help"]);
    let listed = help.split("\nCommands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    listed.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// The flags in a text.
fn flags(text: &str) -> BTreeSet<&str> {
    let words = text.split(|it: char| !it.is_ascii_alphanumeric() && it != '-');
    words
        .filter(|it| it.strip_prefix("--").is_some_and(|name| name.starts_with(|it: char| it.is_ascii_lowercase())))
        .collect()
}

/// All code of the README, the guide and the recipes: what stands in blocks and between backticks.
fn code() -> String {
    let guide = fixtures::files(&root().join("generator/guide"));
    let others = ["README.md", "generator/recipes/README.md"].map(|it| root().join(it));
    let mut code = String::new();
    for page in others.into_iter().chain(guide) {
        let text = fs::read_to_string(page).unwrap();
        let mut is_block = false;
        for event in Parser::new_ext(&text, pulldown_cmark::Options::ENABLE_TABLES) {
            match event {
                // What is generated names everything.
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    is_block = !language.starts_with("rust");
                }
                Event::End(TagEnd::CodeBlock) => is_block = false,
                Event::Text(text) if is_block => code.push_str(&text),
                Event::Code(text) => code.extend([text.as_ref(), "\n"]),
                _ => {}
            }
        }
    }
    code
}

#[test]
fn every_command_has_a_row() {
    let page = fs::read_to_string(root().join("generator/guide/commands.md")).unwrap();
    let commands = commands();
    assert!(commands.iter().any(|it| it == "generate") && commands.len() > 10, "{commands:?}");
    for name in commands {
        assert!(page.contains(&format!("`specwright {name}")), "`specwright {name}` has no row in the guide");
    }
}

#[test]
fn every_flag_is_named_and_every_flag_that_is_named_exists() {
    let code = code();
    let named = flags(&code);
    let mut taken = BTreeSet::new();
    for name in commands() {
        let help = help(&[&name, "--help"]);
        let described = help.lines().map(str::trim).filter(|it| it.starts_with('-'));
        for flag in described.filter_map(|line| flags(line).first().copied()) {
            assert!(named.contains(flag), "no page names `{flag}` of `specwright {name}`");
            taken.insert(flag.to_owned());
        }
    }
    assert!(taken.contains("--strict") && taken.len() > 20, "{taken:?}");
    // Of the lines that call the program and no other.
    for line in code.lines().filter(|it| it.starts_with("$ specwright ") || it.starts_with("specwright ")) {
        for flag in flags(line.split([';', '|', '#', '>']).next().unwrap()) {
            assert!(taken.contains(flag), "`{line}` has a flag that no command takes");
        }
    }
}

#[test]
fn every_key_is_named() {
    let code = code();
    let words: BTreeSet<&str> = code.split(|it: char| !it.is_ascii_alphanumeric() && it != '-').collect();
    let keys = help(&["config", "--explain"]);
    let keys = keys.lines().filter(|it| !it.starts_with(' ')).filter_map(|it| it.split_once(" (")).map(|(key, _)| key);
    let mut looked = 0;
    for key in keys {
        // Entries of lists are explained by the program, by an example of each here.
        let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
        if ["", "output", "output.api", "types", "types.formats"].contains(&table) {
            assert!(words.contains(name), "no page names the key `{key}`");
            looked += 1;
        }
    }
    assert!(looked > 30, "{looked}");
}

/// The pages for readers are found from the first one.
#[test]
fn every_page_is_reached_from_the_readme() {
    let mut open = vec![root().join("README.md")];
    let mut seen = BTreeSet::new();
    while let Some(page) = open.pop() {
        let page = page.canonicalize().unwrap();
        if !seen.insert(page.clone()) {
            continue;
        }
        let text = fs::read_to_string(&page).unwrap();
        for event in Parser::new_ext(&text, pulldown_cmark::Options::ENABLE_TABLES) {
            let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
            let path = page.parent().unwrap().join(dest_url.split('#').next().unwrap());
            open.extend(Some(path).filter(|it| it.extension().is_some_and(|it| it == "md")));
        }
    }
    for folder in ["", "generator", "generator/guide", "generator/recipes", "tests"] {
        let files = fs::read_dir(root().join(folder)).unwrap().map(|it| it.unwrap().path());
        for page in files.filter(|it| it.extension().is_some_and(|it| it == "md")) {
            assert!(seen.contains(&page.canonicalize().unwrap()), "no link leads to `{}`", page.display());
        }
    }
}
