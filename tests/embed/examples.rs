//! The examples are workspaces of their own: they build and run as they stand, and what nobody touched is not built
//! again. Only their dependencies have the features and profiles that they have in this workspace, where they are built
//! already.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use acceptance::{fixtures, scratch};

/// A copy of an example, whose paths lead into this workspace.
struct Example {
    folder: PathBuf,
}

impl Example {
    /// One whose dependencies are those of this workspace.
    fn new(name: &str) -> Self {
        Self::locked(name, &fixtures::workspace().join("Cargo.lock"))
    }

    /// One with the dependencies of a lock file.
    fn locked(name: &str, lock: &Path) -> Self {
        let folder = scratch::in_target(&format!("embed/{name}"));
        let _ = fs::remove_dir_all(&folder);
        let ours = fixtures::workspace();
        let from = ours.join("generator/examples").join(name);
        for file in fixtures::files(&from) {
            let path = file.strip_prefix(&from).expect("a file below its folder");
            if path.starts_with("target") || path.starts_with("crates/pets") || path.ends_with("Cargo.lock") {
                continue;
            }
            let text = fs::read_to_string(&file).expect("a text");
            let text = if path.ends_with("Cargo.toml") {
                as_built(&elsewhere(&text, &ours), &ours)
            } else if path.extension().is_some_and(|it| it == "toml") {
                elsewhere(&text, &ours)
            } else {
                text
            };
            put(&folder.join(path), &text);
        }
        fs::copy(lock, folder.join("Cargo.lock")).expect("a lock file");
        Self { folder }
    }

    fn cargo(&self, args: &[&str]) -> Output {
        self.command(args).env("CARGO_NET_OFFLINE", "true").output().expect("cargo runs")
    }

    /// Cargo, which may ask the registry for what is in no other workspace.
    fn command(&self, args: &[&str]) -> Command {
        let mut cargo = Command::new(scratch::cargo());
        scratch::small(cargo.args(args).current_dir(&self.folder)).env_remove("CARGO_MANIFEST_DIR");
        // What is built on the way is shared; a program is not, since one is called as ours is.
        cargo.env("CARGO_BUILD_BUILD_DIR", scratch::target()).env("CARGO_TARGET_DIR", self.folder.join("target"));
        cargo
    }

    /// Builds with some more arguments, and gives the packages that were not as they had been.
    fn rebuilt(&self, more: &[&str]) -> Vec<String> {
        let output = self.cargo(&[&["build", "--workspace", "--message-format", "json"], more].concat());
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}", said(&output));
        let messages = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let stale = messages.filter(|it| it["fresh"] == false);
        stale.map(|it| it["target"]["name"].as_str().unwrap_or_default().to_owned()).collect()
    }

    fn replace(&self, path: &str, old: &str, new: &str) {
        let path = self.folder.join(path);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(text.contains(old), "{}", path.display());
        fs::write(path, text.replacen(old, new, 1)).expect("a file can be written");
    }
}

/// A manifest or a configuration with paths that do not depend on where it lies.
fn elsewhere(text: &str, ours: &Path) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let Some((head, rest)) = line.split_once("\"../") else { return line.to_owned() };
        let Some((path, tail)) = rest.split_once('"') else { return line.to_owned() };
        let end = path.rsplit("../").next().unwrap_or_default().trim_start_matches("..");
        let path = ours.join("generator").join(end).display().to_string();
        format!("{head}{:?}{tail}", path.trim_end_matches('/'))
    });
    lines.collect()
}

/// A manifest whose dependencies are those that this workspace has built.
fn as_built(manifest: &str, ours: &Path) -> String {
    let mut text = manifest.to_owned();
    if manifest.contains("[package]\n") {
        let kinds: &[(&str, &[&str])] = if manifest.contains("[build-dependencies]\n") {
            &[("dependencies", &["sides"]), ("build-dependencies", &["generator"])]
        } else {
            &[("dependencies", &["generator", "runtime", "sides"])]
        };
        text.extend(kinds.iter().map(|(kind, features)| scratch::hack(kind, features)));
    }
    if manifest.contains("[workspace]\n") {
        let workspace = fs::read_to_string(ours.join("Cargo.toml")).expect("a manifest");
        text += &workspace[workspace.find("\n[profile.dev]").expect("profiles")..];
    }
    text
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_build_script_generates_what_the_package_includes() {
    let example = Example::new("build-script");
    let run = example.cargo(&["run"]);
    assert!(run.status.success() && String::from_utf8_lossy(&run.stdout) == "Rex\n", "{}", said(&run));
    assert_eq!(example.rebuilt(&[]), Vec::<String>::new(), "nobody touched anything");

    example.replace("pets.yaml", "born: { type", "nick: { type: string }\n        born: { type");
    example.replace("src/main.rs", "pet.name", "pet.nick.unwrap_or(pet.name)");
    let built = example.rebuilt(&[]);
    assert!(
        built.contains(&"build-script-example".to_owned()) && !built.contains(&"specwright".to_owned()),
        "{built:?}"
    );

    example.replace("pets.yaml", "minLength: 1", "minLenght: 1");
    let warned = said(&example.cargo(&["build"]));
    assert!(
        warned.contains("warning: build-script-example@0.1.0: pets.yaml:") && warned.contains("minLenght"),
        "{warned}"
    );

    example.replace("pets.yaml", "openapi: 3.1.0", "openapi: 9.9.9");
    let refused = example.cargo(&["build"]);
    assert!(!refused.status.success() && said(&refused).contains("pets.yaml:1:"), "{}", said(&refused));
    example.replace("pets.yaml", "openapi: 9.9.9", "openapi: 3.1.0");
    assert!(example.cargo(&["build"]).status.success(), "it recovers");
}

/// Its own tests ask it over HTTP; the lock file beside it has what this workspace has no use for, such as a database.
#[test]
fn an_application_does_over_http_what_its_document_says() {
    let lock = fixtures::workspace().join("generator/examples/application/Cargo.lock");
    let tested = Example::locked("application", &lock).command(&["test"]).output().expect("cargo runs");
    let text = said(&tested);
    assert!(tested.status.success(), "{text}");
    for name in [
        "answers_are_as_documented",
        "callers_have_sessions",
        "errors_have_the_form_of_the_document",
        "notes_are_written_found_and_thrown_away_by_their_owner_only",
        "pages_of_one_origin_may_call_it",
        "tags_that_nobody_serves_say_so_and_own_routes_stand_beside_the_prefix",
        "the_program_says_where_it_serves",
        "tls_is_a_layer_below",
    ] {
        assert!(text.contains(&format!("test {name} ... ok")), "{name}: {text}");
    }
}

#[test]
fn a_task_writes_and_a_test_says_what_is_stale() {
    let example = Example::new("xtask");
    let task = |more: &[&str]| example.cargo(&[&["xtask", "codegen"], more].concat());
    let (missing, written) = (task(&["--check"]), task(&[]));
    assert!(!missing.status.success() && said(&missing).contains("  new      Cargo.toml"), "{}", said(&missing));
    assert!(written.status.success() && said(&written).contains(" written ("), "{}", said(&written));
    assert!(said(&task(&[])).contains("nothing changed"));
    assert!(task(&["--check"]).status.success());
    // TLS takes longest to build, and nothing leaves the machine.
    let sides = ["--no-default-features", "--features", "pets/reqwest,pets/server"];
    assert!(example.rebuilt(&sides).contains(&"pets".to_owned()));
    assert_eq!(example.rebuilt(&sides), Vec::<String>::new(), "nobody touched anything");
    let tested = example.cargo(&["test", "--package", "xtask"]);
    assert!(tested.status.success() && said(&tested).contains("generated_code_is_fresh ... ok"), "{}", said(&tested));

    example.replace("specs/pets.yaml", "born: { type", "nick: { type: string }\n        born: { type");
    let stale = task(&["--check"]);
    assert!(
        !stale.status.success()
            && said(&stale).contains("+        optional nick with_nick(impl Into<String>): String = \"nick\","),
        "{}",
        said(&stale)
    );
    assert!(!example.cargo(&["test", "--package", "xtask"]).status.success());
    assert!(task(&[]).status.success() && task(&["--check"]).status.success());
}
