//! `specwright diff` in a project of a user, with the real git: revisions, the configuration, and drivers.

use std::fs;
use std::path::Path;
use std::process::Command;

use acceptance::command::{Run, specwright, specwright_program};
use tempfile::TempDir;

const CONFIG: &str = "[[output]]\npath = \"pets\"\n\n[[output.api]]\ndocument = \"pets.yaml\"\n";

/// A repository with a configuration, a document and its code.
pub(crate) struct Repository {
    folder: TempDir,
}

impl Repository {
    pub(crate) fn new(config: &str) -> Self {
        let all = Self { folder: TempDir::new().expect("a folder") };
        all.git(&["init", "--quiet", "--initial-branch=main"]);
        for (key, value) in [("user.name", "Somebody"), ("user.email", "s@example.com"), ("core.autocrlf", "false")] {
            all.git(&["config", key, value]);
        }
        all.write("specwright.toml", config);
        all.write("pets.yaml", &pets("integer"));
        all
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.path().join(path), text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_default()
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        specwright(self.path(), args)
    }

    /// Runs git, which must succeed, and gives what it printed.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        let (code, out) = self.try_git(args);
        assert_eq!(code, Some(0), "git {args:?}: {out}");
        out
    }

    /// Runs a line of a shell in the repository.
    pub(crate) fn shell(&self, line: &str) {
        let status = Command::new("sh").args(["-c", line]).current_dir(self.path()).status();
        assert!(status.is_ok_and(|it| it.success()), "{line}");
    }

    pub(crate) fn try_git(&self, args: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.path()).args(args);
        // Hooks and drivers find the program as they would on a machine where it is installed.
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folder = specwright_program().parent().expect("a folder").to_owned();
        let folders = std::iter::once(folder).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(folders).expect("folders"));
        // Nothing of the machine decides how it goes.
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_TERMINAL_PROMPT", "0");
        let output = command.output().expect("git runs");
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&text).into_owned())
    }
}

/// A document whose pets have an `age` of a type.
pub(crate) fn pets(age: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{ title: Pets, version: 1.0.0 }}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: The pets.
          content: {{ application/json: {{ schema: {{ type: array, items: {{ $ref: '#/components/schemas/Pet' }} }} }} }}
components:
  schemas:
    Pet:
      type: object
      description: A pet.
      required: [age]
      properties:
        age: {{ type: {age} }}
"
    )
}

#[test]
fn one_file_is_no_pair_of_versions() {
    let here = Repository::new(CONFIG);
    here.commit("start");
    let run = here.run(&["diff", "pets.yaml"]);
    let message =
        "`pets.yaml` is one version: name two, the old one first, such as `specwright diff HEAD:pets.yaml pets.yaml`";
    assert!(run.code == Some(2) && run.err.contains(message), "{}", run.err);
    assert_eq!(here.run(&["diff", "HEAD:pets.yaml", "pets.yaml"]).code, Some(0));
}

#[test]
fn documents_of_the_configuration_are_compared_with_revisions() {
    let here = Repository::new(CONFIG);
    here.commit("start");
    assert_eq!(here.run(&["diff"]).out, "pets: nothing changed\n");
    here.write("pets.yaml", &pets("string"));
    let run = here.run(&["diff", "--fail-on", "wire"]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), "error: breaking changes: wire\n"));
    assert!(
        run.out.contains("response-type-widened") && run.out.contains("HEAD:pets.yaml:18:16 -> pets.yaml:18:16"),
        "{}",
        run.out
    );
    here.commit("change");
    assert_eq!(here.run(&["diff"]).out, "pets: nothing changed\n");
    assert!(here.run(&["diff", "HEAD~1..HEAD"]).out.contains("response-type-widened"));
    assert!(here.run(&["diff", "HEAD~1"]).out.contains("response-type-widened"));
    let run = here.run(&["diff", "nowhere"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("git knows no revision `nowhere`"), "{}", run.err);
}

/// A configuration with an output for each document.
fn outputs(documents: &[&str]) -> String {
    let output = |it: &&str| format!("[[output]]\npath = \"{it}\"\napi = [{{ document = \"{it}.yaml\" }}]\n\n");
    documents.iter().map(output).collect()
}

#[test]
fn a_document_that_went_with_its_entry_is_gone() {
    let here = Repository::new(&outputs(&["pets", "toys"]));
    here.write("toys.yaml", &pets("integer"));
    here.commit("start");
    here.write("specwright.toml", &outputs(&["pets"]));
    fs::remove_file(here.path().join("toys.yaml")).expect("a file");
    let gone = |versions: &[&str]| {
        let run = here.run(&[&["diff", "--fail-on", "wire"], versions].concat());
        assert_eq!(run.code, Some(1), "{}", run.err);
        assert!(run.out.contains("document-removed") && run.out.contains("pets: nothing changed"), "{}", run.out);
    };
    gone(&[]);
    here.commit("one less");
    gone(&["HEAD~1..HEAD"]);
    // And the other way round it is new, whatever stands on the disk.
    let run = here.run(&["diff", "HEAD..HEAD~1"]);
    assert!(run.out.contains("document-added") && !run.out.contains("document-removed"), "{}", run.out);
    // An entry that goes leaves the API of another name, even where the file stays.
    here.write("specwright.toml", &outputs(&["cats"]));
    here.git(&["mv", "pets.yaml", "cats.yaml"]);
    let run = here.run(&["diff"]);
    assert!(run.out.contains("document-removed") && run.out.contains("document-added"), "{}", run.out);
}

#[test]
fn a_document_that_another_entry_names_is_compared() {
    let here = Repository::new(CONFIG);
    here.commit("start");
    here.write("specwright.toml", &CONFIG.replace("path = \"pets\"", "path = \"crates/pets\""));
    assert_eq!(here.run(&["diff"]).out, "pets: nothing changed\n");
    here.write("specwright.toml", &format!("{CONFIG}name = \"animals\"\n"));
    assert_eq!(here.run(&["diff"]).out, "animals: nothing changed\n");
    fs::create_dir(here.path().join("specs")).expect("a folder");
    here.git(&["mv", "pets.yaml", "specs/pets.yaml"]);
    here.write("specs/pets.yaml", &pets("string"));
    here.write("specwright.toml", &CONFIG.replace("pets.yaml", "specs/pets.yaml"));
    let run = here.run(&["diff"]);
    assert!(run.out.contains("HEAD:pets.yaml:18:16 -> specs/pets.yaml:18:16"), "{}", run.out);
}

#[test]
fn an_overlay_counts_on_the_side_whose_configuration_names_it() {
    let here = Repository::new(CONFIG);
    let action = "target: $.components.schemas.Pet.properties.age\n    update: { type: string }";
    let overlay = format!("overlay: 1.0.0\ninfo: {{ title: O, version: '1' }}\nactions:\n  - {action}\n");
    here.write("later.yaml", &overlay);
    here.commit("start");
    here.write("specwright.toml", &format!("{CONFIG}overlays = [\"later.yaml\"]\n"));
    let run = here.run(&["diff"]);
    assert!(run.out.contains("response-type"), "{}", run.out);
    here.commit("an overlay");
    assert_eq!(here.run(&["diff"]).out, "pets: nothing changed\n");
    here.write("specwright.toml", CONFIG);
    let run = here.run(&["diff"]);
    assert!(run.out.contains("response-type"), "{}", run.out);
}

#[test]
fn a_revision_without_a_configuration_that_can_be_read_has_that_of_today() {
    let here = Repository::new("output = 1\n");
    here.commit("start");
    here.write("specwright.toml", CONFIG);
    here.write("pets.yaml", &pets("string"));
    let run = here.run(&["diff"]);
    assert!(run.out.contains("response-type-widened") && run.err.contains("has mistakes"), "{} {}", run.out, run.err);
    let here = Repository::new(CONFIG);
    here.git(&["add", "pets.yaml"]);
    here.git(&["commit", "--quiet", "--message", "start"]);
    here.write("pets.yaml", &pets("string"));
    let run = here.run(&["diff"]);
    assert!(run.out.contains("response-type-widened"), "{} {}", run.out, run.err);
}

#[test]
fn the_configuration_decides_and_says_where_it_is_wrong() {
    let here = Repository::new(&format!("{CONFIG}\n[diff]\nfail-on = [\"wire\"]\n"));
    here.commit("start");
    assert_eq!(here.run(&["generate", "--quiet"]).code, Some(0), "other commands read the same file");
    here.write("pets.yaml", &pets("string"));
    let run = here.run(&["diff"]);
    assert_eq!(run.code, Some(1));
    let allow = |rule: &str| {
        format!("{CONFIG}\n[diff]\nfail-on = [\"wire\"]\n\n[[diff.allow]]\nrule = \"{rule}\"\nreason = \"agreed\"\n")
    };
    here.write("specwright.toml", &allow("response-type-widened"));
    assert_eq!(here.run(&["diff"]).code, Some(0));
    here.write("specwright.toml", &allow("server-removed"));
    let run = here.run(&["diff"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.contains("`server-removed` is allowed and does not happen") && run.err.contains("specwright.toml:10:1"),
        "{}",
        run.err
    );
    here.write("specwright.toml", &allow("server-remove"));
    let run = here.run(&["diff"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("`diff.allow.rule` has no value `\"server-remove\"`"), "{}", run.err);
}

#[test]
fn rules_are_explained() {
    let here = Repository::new(CONFIG);
    let run = here.run(&["explain", "response-type-widened"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("wire breaking, document breaking, rust none"), "{}", run.out);
    assert!(here.run(&["explain"]).out.contains("response-type-widened"));
    assert_eq!(here.run(&["explain", "--rules"]).out, specwright::diff::rules::page());
    assert_eq!(here.run(&["explain", "no-such-rule"]).code, Some(2));
}

#[test]
fn it_is_said_why_code_moved() {
    let here = Repository::new(CONFIG);
    assert_eq!(here.run(&["generate", "--quiet"]).code, Some(0));
    here.commit("start");
    let reasons = || {
        let run = here.run(&["check"]);
        let all = [
            "because a document changed",
            "because the configuration changed",
            "because the generator changed",
            "by hand",
        ];
        (run.code, all.map(|it| run.out.contains(it)))
    };
    assert_eq!(reasons(), (Some(0), [false; 4]));
    here.write("pets.yaml", &pets("string"));
    assert_eq!(reasons(), (Some(1), [true, false, false, false]));
    here.write("specwright.toml", &CONFIG.replace("\n\n", "\nsurface = true\n\n"));
    assert_eq!(reasons(), (Some(1), [true, true, false, false]));
    let model = "pets/src/pets/models/pet.rs";
    here.write(model, &here.read(model).replace("A pet.", "My pet."));
    assert_eq!(reasons(), (Some(1), [true, true, false, true]));
    // What an older generator made of the same is what was committed and is not made any more.
    here.git(&["checkout", "--quiet", "."]);
    here.write(model, &here.read(model).replace("A pet.", "The pet of an older generator."));
    here.commit("older");
    assert_eq!(reasons(), (Some(1), [false, false, true, false]));
}

#[test]
fn reports_say_why_code_moved() {
    let here = Repository::new(CONFIG);
    here.run(&["generate", "--quiet"]);
    here.commit("start");
    here.write("pets.yaml", &pets("string"));
    here.run(&["generate", "--quiet"]);
    let run = here.run(&["diff", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let moved = report["generated"][0]["moved"].as_array().expect("files");
    assert!(moved.iter().any(|it| it["path"] == "src/pets/models/pet.rs"), "{report:#}");
    assert!(moved.iter().all(|it| it["cause"] == "document"), "{report:#}");
    for format in ["terminal", "markdown", "html"] {
        assert!(here.run(&["diff", "--format", format]).out.contains("because a document changed"), "{format}");
    }
}
