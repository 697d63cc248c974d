//! `specwright watch`: it generates when a file is saved, says what is wrong, and recovers.

use std::fs;
use std::io::{BufRead as _, BufReader, pipe};
use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use acceptance::command;
use tempfile::TempDir;

const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths: {}
components: { schemas: { Item: { type: object, properties: { price: { type: integer } } } } }
";

/// A program that watches a folder; it ends when this is dropped.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn new(folder: &Path, args: &[&str]) -> Self {
        // One pipe for both, so that what is said comes in the order in which it was said.
        let (reader, writer) = pipe().expect("a pipe");
        let mut command = Command::new(command::specwright_program());
        command.arg("watch").args(args).current_dir(folder);
        command.stdout(writer.try_clone().expect("a pipe")).stderr(writer);
        let child = command.spawn().expect("the program runs");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(reader).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Self { child, lines }
    }

    /// What is said until a line holds a text.
    fn until(&self, text: &str) -> String {
        let end = Instant::now() + Duration::from_secs(60);
        let mut said = String::new();
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            said.push_str(&line);
            said.push('\n');
            if line.contains(text) {
                return said;
            }
        }
        panic!("`{text}` was never said:\n{said}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_is_saved_is_generated_and_what_is_broken_is_waited_for() {
    let folder = TempDir::new().expect("a temporary folder");
    let document = folder.path().join("shop.yaml");
    fs::write(&document, DOCUMENT).expect("a document can be written");
    let item = || fs::read_to_string(folder.path().join("shop-api/src/shop/models/item.rs")).unwrap_or_default();
    let watching = Watching::new(folder.path(), &["shop.yaml", "--strict"]);
    let first = watching.until("watching ");
    assert!(first.contains("ok 1 document") && first.contains(" ms)") && !first.contains('\u{1b}'), "{first}");
    assert!(item().contains("price"));

    fs::write(&document, DOCUMENT.replace("price", "cost")).expect("a document can be written");
    watching.until("watching ");
    assert!(item().contains("cost") && !item().contains("price"));

    fs::write(&document, DOCUMENT.replace("integer", "integr")).expect("a document can be written");
    let broken = watching.until("watching ");
    assert!(broken.contains("refused") && broken.contains("shop.yaml:4:"), "{broken}");
    assert!(item().contains("cost"), "the tree is as it was");

    // As editors do: a new file takes the place of the old one.
    fs::write(folder.path().join("draft"), DOCUMENT.replace("price", "worth")).expect("a draft can be written");
    fs::rename(folder.path().join("draft"), &document).expect("a file can be replaced");
    assert!(watching.until("watching ").contains("item.rs"));
    assert!(item().contains("worth"));

    fs::remove_file(&document).expect("a file can go");
    // Two streams say this and what follows it, in any order.
    watching.until("cannot read `shop.yaml`");
    fs::write(&document, DOCUMENT).expect("a document can be written");
    watching.until("item.rs");
    assert!(item().contains("price"));
}

#[test]
fn a_configuration_and_what_documents_refer_to_are_watched() {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap_or_default();
    write("shop.yaml", &DOCUMENT.replace("{ type: integer }", "{ $ref: 'parts.yaml#/Price' }"));
    write("parts.yaml", "Price: { type: integer }\n");
    let watching = Watching::new(folder.path(), &[]);
    let said = watching.until("watching ");
    assert!(said.contains("`specwright init DOCUMENT` makes one") && said.contains("watching 1 file;"), "{said}");

    write("specwright.toml", "[[output]]\npath = \"a\"\napi = [{ document = \"shop.yaml\" }]\n");
    watching.until("watching ");
    assert!(text("a/src/shop/schemas.json").contains("integer"));

    write("parts.yaml", "Price: { type: string }\n");
    watching.until("watching ");
    assert!(!text("a/src/shop/schemas.json").contains("integer"));

    write("specwright.toml", "[[output]]\npath = \"b\"\napi = [{ document = \"shop.yaml\" }]\n");
    watching.until("watching ");
    assert!(text("b/Cargo.toml").contains("name = \"b\""));

    write("specwright.toml", "[[output]\n");
    assert!(watching.until("watching ").contains("specwright.toml"));
}

#[test]
fn copies_of_what_urls_lead_to_are_watched_from_the_first_one_on() {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    write("shop.yaml", &DOCUMENT.replace("{ type: integer }", "{ $ref: 'https://a.example/price.json' }"));
    write("price.json", "{ \"type\": \"integer\" }");
    let watching = Watching::new(folder.path(), &["shop.yaml", "--strict"]);
    watching.until("`specwright vendor https://a.example/price.json FILE`");
    watching.until("watching ");
    let vendor = |file: &str| command::specwright(folder.path(), &["vendor", "https://a.example/price.json", file]);
    assert_eq!(vendor("price.json").code, Some(0));
    watching.until("ok 1 document");
    write("specs/vendor/a.example/price.json", "{ \"type\": \"string\" }");
    watching.until("is not the copy that was taken");
    assert_eq!(vendor("specs/vendor/a.example/price.json").code, Some(0));
    watching.until("ok 1 document");
}
