//! `cargo xtask mock`: a document of several files becomes a server that runs.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
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

/// Its example is not as its schema wants it.
const MISTAKEN: &str = "
openapi: 3.1.0
info: { title: Shelves, version: '2' }
paths:
  /shelves:
    get:
      operationId: countShelves
      responses:
        '200': { description: It., content: { application/json: { schema: { type: integer }, example: many } } }
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

/// Where the documents are: no folder of one run alone, so that crates of the same documents are built once.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("mock")
}

/// Starts the task, and gives the address that its server names.
fn start(document: &Path) -> (Server, String) {
    let mut task = Command::new(command::xtask());
    task.arg("mock").arg(document).args(["--address", "127.0.0.1:0"]).env_remove("RUSTFLAGS");
    let mut server = Server(task.stdout(Stdio::piped()).spawn().expect("the task runs"));
    let mut line = String::new();
    let out = server.0.stdout.take().expect("what it prints");
    BufReader::new(out).read_line(&mut line).expect("a line");
    let address = line.strip_prefix("shelves listens on http://").and_then(|it| it.split_once(';'));
    let (address, credentials) = address.expect(&line);
    assert_eq!(credentials, " every token, key and password is `demo`\n");
    (server, address.to_owned())
}

fn ask(address: &str, head: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    write!(stream, "{head}\r\nhost: shelves\r\nconnection: close\r\n\r\n").expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the server answers");
    answer
}

#[test]
fn documents_are_served_side_by_side() {
    let folder = folder();
    let (one, other) = (folder.join("one/shelves.yaml"), folder.join("other/shelves.yaml"));
    for (file, text) in [(&one, DOCUMENT), (&one.with_file_name("shelf.yaml"), SHELF), (&other, MISTAKEN)] {
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder can be made");
        fs::write(file, text).expect("a file can be written");
    }
    let ((_one, one), (_other, other)) = (start(&one), start(&other));

    let answer = ask(&one, "GET /shelves/7 HTTP/1.1\r\nx-key: demo");
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with(r#"{"id":7}"#), "{answer}");
    let answer = ask(&one, "GET /shelves/7 HTTP/1.1");
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");

    // An example that is not as its schema wants it gives way to a sample that is.
    let answer = ask(&other, "GET /shelves HTTP/1.1");
    let body = answer.rsplit("\r\n").next().unwrap_or_default();
    assert!(answer.starts_with("HTTP/1.1 200 ") && body.parse::<i64>().is_ok(), "{answer}");
}

#[test]
fn nothing_is_served_that_is_wrong_or_empty() {
    let folder = folder();
    fs::create_dir_all(&folder).expect("a folder can be made");
    let document = folder.join("nothing.yaml");
    let mock =
        |address: &str| command::run(["mock".as_ref(), document.as_os_str(), "--address".as_ref(), address.as_ref()]);
    let cases = [
        ("{ openapi: 3.1.0, info: [".to_owned(), "error[syntax]"),
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
