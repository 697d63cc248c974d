//! The program that serves a document: what it says at the start, and what it refuses.

#![expect(clippy::expect_used, reason = "tests fail by panicking, their helpers too")]

mod validate;

use std::fs;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

/// A document with examples of all that it names.
const LIBRARY: &str = include_str!("../mock/library.yaml");

/// The program as people start it, beside the folder of this test.
fn program() -> Command {
    let test = std::env::current_exe().expect("tests are programs");
    let folder = test.ancestors().nth(2).expect("`target/debug/deps`");
    let mut program = Command::new(folder.join(format!("specwright{}", std::env::consts::EXE_SUFFIX)));
    program.env_remove("RUST_BACKTRACE");
    program
}

/// A server that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn ask(address: &str, head: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    write!(stream, "{head}\r\nhost: library\r\nconnection: close\r\n\r\n").expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the server answers");
    answer
}

#[test]
fn the_address_the_routes_and_the_page_are_shown_and_then_each_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = folder.path().join("library.yaml");
    fs::write(&document, LIBRARY).expect("a file can be written");
    let mut program = self::program();
    program.arg("mock").arg(&document).args(["--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = Server(program.spawn().expect("the program runs"));
    let mut lines = BufReader::new(server.0.stdout.take().expect("what it prints")).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let address = first.strip_prefix("library listens on http://").expect(&first).to_owned();
    let said: Vec<_> = lines.by_ref().take(10).collect();
    assert_eq!(said[0], "  GET     /books               listBooks");
    assert_eq!(said[8], "any credentials are good; `--credentials demo` takes `demo` only");
    let page = said[9].strip_prefix("a page to try them: ").expect(&said[9]);
    let path = page.strip_prefix(&format!("http://{address}")).expect(page);
    assert!(ask(&address, &format!("GET {path} HTTP/1.1")).contains("<!doctype html>"));
    let answer = ask(&address, "GET /books/b2 HTTP/1.1\r\nauthorization: Bearer x");
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("Odes"), "{answer}");
    let told: Vec<_> = lines.take(2).collect();
    assert!(told[1].starts_with("GET /books/b2 200 ") && told[1].ends_with(" ms"), "{told:?}");
}

#[test]
fn nothing_is_served_that_is_wrong_or_empty() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = folder.path().join("nothing.yaml");
    let mock = |more: &[&str]| {
        let output = program().arg("mock").arg(&document).args(more).output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("it writes text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let cases = [
        ("{ openapi: 3.1.0, info: [".to_owned(), 1, "error[syntax]"),
        ("{ openapi: 3.1.0, info: { title: T, version: '1' }, paths: {} }".to_owned(), 2, "has no operation to serve"),
    ];
    for (text, code, message) in cases {
        fs::write(&document, text).expect("a file can be written");
        let run = mock(&["--address", "127.0.0.1:0"]);
        assert!(run.0 == Some(code) && run.1.is_empty() && run.2.contains(message), "{run:?}");
    }
    fs::write(&document, LIBRARY).expect("a file can be written");
    let run = mock(&["--address", "nowhere"]);
    assert!(run.0 == Some(2) && run.2.contains("'nowhere'"), "{run:?}");
    let run = mock(&["--address", "127.0.0.1:0", "-p", "0"]);
    assert!(run.0 == Some(2) && run.2.contains("cannot be used with"), "{run:?}");
    let run = mock(&["--proxy", "example.com"]);
    assert!(run.0 == Some(2) && run.2.contains("it takes a URL such as"), "{run:?}");
    let taken = TcpListener::bind("127.0.0.1:0").and_then(|it| Ok((it.local_addr()?, it))).expect("a port");
    let run = mock(&["--address", &taken.0.to_string()]);
    assert!(run.0 == Some(2) && run.2.contains(&format!("cannot listen on `{}`", taken.0)), "{run:?}");
    let run = mock(&["-p", &taken.0.port().to_string()]);
    assert!(run.0 == Some(2) && run.2.contains(&format!("cannot listen on `{}`", taken.0)), "{run:?}");
}

#[test]
fn words_of_other_tools_mean_what_they_mean_there() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("library.yaml"), LIBRARY).expect("a file can be written");
    let run = |args: &[&str]| {
        let output = program().args(args).current_dir(folder.path()).output().expect("the program runs");
        // How long it took differs.
        let said = [output.stdout, output.stderr].map(|it| String::from_utf8(it).expect("it writes text"));
        (output.status.code(), said.map(|it| it.split(": fit to generate").next().unwrap_or_default().to_owned()))
    };
    let told = run(&["validate", "library.yaml"]);
    assert_eq!(told.0, Some(0));
    assert_eq!(run(&["lint", "-i", "library.yaml"]), told);
    for (args, out) in [(["-i", "-o"], "one"), (["--input", "--output"], "two")] {
        let (code, _) = run(&["generate", args[0], "library.yaml", args[1], out]);
        assert!(code == Some(0) && folder.path().join(out).join("src/lib.rs").is_file(), "{args:?}");
    }
    assert_eq!(
        run(&["serve", "library.yaml", "--address", "nowhere"]),
        run(&["mock", "library.yaml", "--address", "nowhere"])
    );
}

/// What cannot be written is no success; a reader that went away wants no more.
#[cfg(target_os = "linux")]
#[test]
fn standard_output_that_takes_nothing_fails_and_one_that_nobody_reads_does_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = folder.path().join("library.yaml");
    fs::write(&document, LIBRARY).expect("a file can be written");
    fs::write(folder.path().join("other.yaml"), LIBRARY.replace("/books", "/volumes")).expect("a file can be written");
    let config = "[[output]]\npath = \"api\"\napi = [{ document = \"library.yaml\" }]\n";
    fs::write(folder.path().join("specwright.toml"), config).expect("a file can be written");
    let commands: &[&[&str]] = &[
        &["diff", "library.yaml", "other.yaml"],
        &["diff", "library.yaml", "other.yaml", "--format", "json"],
        &["generate", "library.yaml", "--effective"],
        &["generate"],
        &["generate", "--json"],
        &["check", "library.yaml", "--out", "nowhere"],
        &["config"],
        &["config", "--explain"],
        &["config", "--schema"],
        &["explain"],
        &["man"],
        &["completions", "bash"],
        &["templates", "export"],
        &["mock", "library.yaml", "--address", "127.0.0.1:0"],
    ];
    let run = |args: &[&str], out: Stdio| {
        let mut program = program();
        program.args(args).current_dir(folder.path()).stdout(out).stderr(Stdio::piped());
        let output = program.spawn().and_then(Child::wait_with_output).expect("the program runs");
        (output.status.code(), String::from_utf8(output.stderr).expect("it writes text"))
    };
    for args in commands {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a device that is full");
        let (code, err) = run(args, full.into());
        assert_eq!(code, Some(2), "{args:?}: {err}");
        assert!(err.contains("error: cannot write to standard output: No space left on device"), "{args:?}: {err}");
    }
    for args in &commands[..3] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        assert_eq!(run(args, writer.into()), (Some(0), String::new()), "{args:?}");
    }
}
