//! `cargo xtask mock`: a document of several files becomes a server that runs.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use acceptance::command;

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Shelves, version: '1' }
security: [{ key: [] }]
paths:
  /shelves/{shelf}:
    get:
      operationId: getShelf
      parameters: [{ name: shelf, in: path, required: true, schema: { type: integer } }]
      responses:
        '200': { description: It., content: { application/json: { schema: { $ref: 'shelf.yaml' } } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
";

const SHELF: &str = "{ type: object, required: [id], properties: { id: { type: integer, examples: [7] } } }";

/// A server that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the task, and gives the line with which its server says that it listens.
fn start(document: &Path) -> (Server, String) {
    let mut task = Command::new(command::xtask());
    task.arg("mock").arg(document).args(["--address", "127.0.0.1:0"]).env_remove("RUSTFLAGS");
    let mut server = Server(task.stdout(Stdio::piped()).spawn().expect("the task runs"));
    let mut line = String::new();
    let out = server.0.stdout.take().expect("what it prints");
    BufReader::new(out).read_line(&mut line).expect("a line");
    (server, line)
}

fn ask(address: &str, head: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    write!(stream, "{head}\r\nhost: shelves\r\nconnection: close\r\n\r\n").expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the server answers");
    answer
}

#[test]
fn a_document_of_several_files_is_served() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = folder.path().join("shelves.yaml");
    fs::write(&document, DOCUMENT).expect("a file can be written");
    fs::write(folder.path().join("shelf.yaml"), SHELF).expect("a file can be written");
    let (_server, line) = start(&document);
    let address = line.strip_prefix("shelves listens on http://").and_then(|it| it.split_once(';'));
    let (address, credentials) = address.unwrap_or_else(|| panic!("{line}"));
    assert_eq!(credentials, " every token, key and password is `demo`\n");
    let answer = ask(address, "GET /shelves/7 HTTP/1.1\r\nx-key: demo");
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with(r#"{"id":7}"#), "{answer}");
    let answer = ask(address, "GET /shelves/7 HTTP/1.1");
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
}

#[test]
fn nothing_is_served_that_is_wrong_or_empty() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = folder.path().join("nothing.yaml");
    let mock =
        |address: &str| command::run(["mock".as_ref(), document.as_os_str(), "--address".as_ref(), address.as_ref()]);
    let cases = [
        (DOCUMENT.to_owned(), "error[unresolved-reference]"),
        ("{ openapi: 3.1.0, info: { title: T, version: '1' }, paths: {} }".to_owned(), "has no operation to serve"),
    ];
    for (text, message) in cases {
        fs::write(&document, text).expect("a file can be written");
        let run = mock("127.0.0.1:0");
        assert!(run.code == Some(1) && run.out.is_empty() && run.err.contains(message), "{run:?}");
    }
    let run = mock("nowhere");
    assert!(run.code == Some(2) && run.err.contains("'nowhere'"), "{run:?}");
    let taken = TcpListener::bind("127.0.0.1:0").and_then(|it| Ok((it.local_addr()?, it))).expect("a port");
    let run = mock(&taken.0.to_string());
    assert!(run.code == Some(1) && run.err.contains(&format!("cannot listen on `{}`", taken.0)), "{run:?}");
}
