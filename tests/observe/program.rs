//! The program: what it writes, what it says, and what it refuses.

use std::fs;

use acceptance::command;

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: { title: Things, version: '1' }\npaths:\n  /things:\n    get:\n      \
    operationId: getThing\n      responses: { '200': { description: A thing., content: { application/json: { schema: { \
    type: object, properties: { a: { type: string } } } } } } }\n";

const SEEN: &str = "{\"method\":\"GET\",\"url\":\"/things\",\"status\":200,\"headers\":{\"content-type\":\"application/json\"},\"body\":{\"a\":null}}\n";

#[test]
fn an_overlay_is_printed_or_written_once_and_generation_takes_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    write("things.yaml", DOCUMENT);
    write("seen.jsonl", SEEN);
    let observe = |more: &[&str]| command::specwright(folder.path(), &[&["observe", "things.yaml"], more].concat());
    let printed = observe(&["seen.jsonl"]);
    assert_eq!(printed.code, Some(0), "{printed:?}");
    assert!(printed.out.contains("nullable: true") && printed.err == "one record; one action\n", "{printed:?}");
    let written = observe(&["seen.jsonl", "seen.jsonl", "--out", "seen.overlay.yaml"]);
    assert_eq!(written.code, Some(0), "{written:?}");
    let text = fs::read_to_string(folder.path().join("seen.overlay.yaml")).expect("an overlay");
    assert!(text.contains("seen 2 times"), "{text}");
    let again = observe(&["seen.jsonl", "--out", "seen.overlay.yaml"]);
    assert!(again.code == Some(2) && again.err.contains("is there already"), "{again:?}");
    let nothing = observe(&["seen.jsonl", "--overlay", "seen.overlay.yaml"]);
    assert!(nothing.code == Some(0) && nothing.err.contains("no overlay is needed"), "{nothing:?}");
    let args = ["generate", "--spec", "things.yaml", "--overlay", "seen.overlay.yaml", "--out", "things-api"];
    let generated = command::specwright(folder.path(), &args);
    assert_eq!(generated.code, Some(0), "{generated:?}");
}

#[test]
fn what_cannot_be_read_is_refused_and_what_is_left_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    write("things.yaml", DOCUMENT);
    write("wrong.jsonl", "{}\n");
    write("broken.jsonl", &SEEN.replace("{\"a\":null}", "\"{\""));
    let observe = |args: &[&str]| command::specwright(folder.path(), &[&["observe"], args].concat());
    let run = observe(&["things.yaml", "wrong.jsonl"]);
    assert!(run.code == Some(2) && run.err.contains("`wrong.jsonl`: line 1: is neither a finding"), "{run:?}");
    let run = observe(&["things.yaml", "nowhere.jsonl"]);
    assert!(run.code == Some(2) && run.err.contains("cannot read `nowhere.jsonl`"), "{run:?}");
    let run = observe(&["things.yaml", "broken.jsonl"]);
    assert!(run.code == Some(1) && run.err.contains("left to you: 1 x `json` `/body` of `getThing` 200"), "{run:?}");
    write("things.yaml", "{ openapi: 3.1.0, info: [");
    write("seen.jsonl", SEEN);
    let run = observe(&["things.yaml", "seen.jsonl"]);
    assert!(run.code == Some(1) && run.err.contains("error[syntax]"), "{run:?}");
}
