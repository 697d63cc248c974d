//! `specwright validate`: a verdict about documents, and nothing else.

use std::fs;
use std::path::Path;

use super::{LIBRARY, program};

const FINE: &str = "\
openapi: 3.1.0
info: {title: T, version: '1'}
paths: {/a: {get: {operationId: a, responses: {'204': {description: Nothing.}}}}}
components: {schemas: {A: {type: object}}}
";

const BROKEN: &str = "openapi: 3.1.0\npaths: [\n";

const REPAIRED: &str = "openapi: 3.1.0\ninfo: {title: T, version: 1.0}\npaths: {}\n";

/// How the command ends, and what it says on standard output and on standard error, without how long it took.
fn validate(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = program().arg("validate").args(args).current_dir(folder).output().expect("the program runs");
    let [out, err] = [output.stdout, output.stderr].map(|it| String::from_utf8(it).expect("it writes text"));
    let timeless = |line: &str| line.split(" (").next().unwrap_or_default().to_owned() + "\n";
    (output.status.code(), out.lines().map(timeless).collect(), err)
}

#[test]
fn it_judges_each_document_and_makes_nothing_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    put("fine.yaml", FINE);
    put("broken.yaml", BROKEN);
    put("repaired.yaml", REPAIRED);

    let fine = "1 document, 1 operation, 1 model: fit to generate from\n";
    assert_eq!(validate(folder.path(), &["fine.yaml"]), (Some(0), fine.to_owned(), String::new()));
    let (code, out, err) = validate(folder.path(), &["fine.yaml", "broken.yaml"]);
    assert_eq!((code, out.as_str()), (Some(1), fine), "{err}");
    assert!(err.contains("error[syntax]") && err.contains("broken.yaml:"), "{err}");
    let (code, out, err) = validate(folder.path(), &["repaired.yaml", "--strict"]);
    assert!(code == Some(1) && out.is_empty() && err.contains("error[invalid-field]"), "{code:?} {out} {err}");
    let (code, out, _) = validate(folder.path(), &["repaired.yaml", "--json"]);
    assert!(code == Some(0) && out.starts_with("[{\"code\":\"invalid-field\""), "{code:?} {out}");
    let (code, out, err) = validate(folder.path(), &["nowhere.yaml"]);
    assert!(code == Some(2) && out.is_empty() && err.contains("cannot read `nowhere.yaml`"), "{code:?} {out} {err}");

    let (code, _, err) = validate(folder.path(), &["https://example.com/openapi.yaml"]);
    assert!(code == Some(2) && err.contains("a document is a file: save it first"), "{err}");
    let (code, _, err) = validate(folder.path(), &[]);
    assert!(code == Some(2) && err.contains("there is no `specwright.toml`"), "{code:?} {err}");
    put("specwright.toml", "[[output]]\npath = \"one\"\n[[output.api]]\ndocument = \"fine.yaml\"\n");
    assert_eq!(validate(folder.path(), &[]), (Some(0), fine.to_owned(), String::new()));
    put("specwright.toml", "[[output]]\npath = \"one\"\n[[output.api]]\ndocument = \"broken.yaml\"\n");
    let (code, out, err) = validate(folder.path(), &[]);
    assert!(code == Some(1) && out.is_empty() && err.contains("error[syntax]"), "{code:?} {out} {err}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder is there").count(), 4, "nothing else is there");
}

#[test]
fn what_was_never_generated_is_no_difference_of_thousands_of_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("library.yaml"), LIBRARY).expect("a file can be written");
    let check = || {
        let check = program().args(["check", "library.yaml"]).current_dir(folder.path()).output();
        let check = check.expect("the program runs");
        (check.status.code(), String::from_utf8(check.stdout).expect("it writes text"))
    };
    let (code, out) = check();
    assert!(code == Some(1) && out.contains(": nothing is generated yet (") && !out.contains("+++"), "{out}");
    let generate = program().args(["generate", "library.yaml"]).current_dir(folder.path()).status();
    assert!(generate.expect("the program runs").success());
    fs::remove_file(folder.path().join("library-api/src/lib.rs")).expect("it was written");
    let (code, out) = check();
    assert!(code == Some(1) && out.contains("1 stale") && out.contains("+++ b/src/lib.rs"), "{out}");
}
