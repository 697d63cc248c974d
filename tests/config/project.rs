//! `specwright` in a folder of a user: found upwards, all or nothing, and entries that nothing answers to.

use std::fs;

use acceptance::command::{Run, specwright};
use specwright::cli::{CodegenArgs, Failure, Project};
use specwright::config::Output;
use tempfile::TempDir;

/// Two operations with a tag each, and a schema that only one of them uses.
pub(crate) const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /items:
    get:
      operationId: listItems
      tags: [items]
      responses:
        '200':
          description: The items.
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Item' } } } }
  /shelves/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: getShelf
      tags: [shelves]
      responses:
        '200': { description: A shelf., content: { application/json: { schema: { $ref: '#/components/schemas/Shelf' } } } }
    delete:
      operationId: deleteShelf
      tags: [shelves]
      deprecated: true
      responses: { '204': { description: Gone. } }
components:
  schemas:
    Item:
      type: object
      properties:
        name: { type: string }
        since: { type: string, format: date-time }
        kind: { $ref: '#/components/schemas/Kind' }
    Kind: { type: string, enum: [big, small] }
    Shelf: { type: object, properties: { items: { type: array, items: { $ref: '#/components/schemas/Item' } } } }
    Unused: { type: object, properties: { id: { type: string, format: uuid } } }
";

/// A folder with a document and a configuration.
pub(crate) struct Folder {
    folder: TempDir,
}

impl Folder {
    pub(crate) fn new(config: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::write(folder.path().join("shop.yaml"), DOCUMENT).expect("a document can be written");
        fs::write(folder.path().join("specwright.toml"), config).expect("a configuration can be written");
        Self { folder }
    }

    pub(crate) fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        specwright(self.folder.path(), args)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_default()
    }
}

/// A crate of the document, with more keys of its API and below it.
///
/// It depends on the run time, of which a copy is a hundred files that few tests look at.
pub(crate) fn shop(more: &str) -> String {
    output("runtime = \"depend\"\n", more)
}

/// The same with a copy of the run time.
pub(crate) fn shop_with_a_copy(more: &str) -> String {
    output("", more)
}

fn output(keys: &str, more: &str) -> String {
    format!("[[output]]\npath = \"shop\"\n{keys}\n[[output.api]]\ndocument = \"shop.yaml\"\n{more}\n")
}

#[test]
fn the_nearest_configuration_counts() {
    let folder = Folder::new(&shop(""));
    fs::create_dir_all(folder.path("a/b")).expect("folders");
    let run = specwright(&folder.path("a/b"), &["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(folder.path("shop/Cargo.toml").is_file());
    assert_eq!(folder.run(&["check"]).code, Some(0));
}

#[test]
fn without_a_configuration_it_says_how_to_get_one() {
    let folder = TempDir::new().expect("a temporary folder");
    let run = specwright(folder.path(), &["generate"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("`specwright init DOCUMENT` makes one"), "{}", run.err);
}

#[test]
fn init_makes_a_configuration_that_works_and_keeps_one_that_is_there() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("shop.yaml"), DOCUMENT).expect("a document can be written");
    assert_eq!(specwright(folder.path(), &["init"]).code, Some(0));
    let run = specwright(folder.path(), &["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(folder.path().join("shop-api/src/shop/mod.rs").is_file());
    let again = specwright(folder.path(), &["init"]);
    assert_eq!(again.code, Some(2));
    assert!(again.err.contains("is there already"), "{}", again.err);
    // What it would have written can be added to what is there.
    fs::write(folder.path().join("books.yaml"), DOCUMENT).expect("a document can be written");
    let other = specwright(folder.path(), &["init", "books.yaml"]);
    let (said, entry) = other.err.split_at(other.err.find("[[output]]").expect("an entry"));
    assert!(other.code == Some(2) && said.contains("add this to it"), "{}", other.err);
    let config = folder.path().join("specwright.toml");
    let both = fs::read_to_string(&config).expect("the configuration") + "\n" + entry;
    fs::write(config, both).expect("a configuration can be written");
    let run = specwright(folder.path(), &["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(folder.path().join("books-api/src/books/mod.rs").is_file());
}

#[test]
fn a_stale_tree_fails_the_check() {
    let folder = Folder::new(&shop(""));
    let run = folder.run(&["check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("run `specwright generate`"), "{}", run.err);
    assert!(!folder.path("shop").exists());
}

#[test]
fn nothing_is_written_where_one_output_is_wrong() {
    let more = "\n[[output]]\npath = \"other\"\napi = [{ document = \"missing.yaml\" }]\n";
    let folder = Folder::new(&shop(more));
    let run = folder.run(&["generate"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("missing.yaml") && !run.err.contains("stale"), "{}", run.err);
    assert!(!folder.path("shop").exists());
}

#[test]
fn one_folder_is_one_output_however_it_is_spelled() {
    let second =
        |path: &str| shop(&format!("\n[[output]]\npath = \"{path}\"\napi = [{{ document = \"shop.yaml\" }}]\n"));
    let folder = Folder::new("");
    fs::create_dir_all(folder.path("deep/shop")).expect("folders");
    let absolute = folder.path("shop").display().to_string().replace('\\', "/");
    let mut spellings = vec!["./shop", "shop/.", "shop//", "x/../shop/", "deep/../shop", &absolute];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("shop", folder.path("link")).expect("a link");
        std::os::unix::fs::symlink("deep/shop", folder.path("far")).expect("a link");
        fs::create_dir_all(folder.path("shop")).expect("a folder");
        spellings.push("link");
    }
    for path in spellings {
        fs::write(folder.path("specwright.toml"), second(path)).expect("a configuration can be written");
        for command in ["generate", "check"] {
            let run = folder.run(&[command]);
            assert_eq!(run.code, Some(2), "{path}: {}", run.err);
            assert!(run.err.contains(&format!("two outputs have the folder `{path}`")), "{}", run.err);
            assert!(run.err.contains("specwright.toml:9:8"), "{}", run.err);
        }
    }
    // What is above a link is not what is above its name.
    for path in if cfg!(unix) { vec!["deep/shop", "far/../shop"] } else { vec!["deep/shop"] } {
        fs::write(folder.path("specwright.toml"), second(path)).expect("a configuration can be written");
        assert_eq!(folder.run(&["generate"]).code, Some(0), "{path}");
    }
}

#[test]
fn a_run_does_not_wait_for_itself() {
    let folder = Folder::new(&shop(""));
    let mut project = Project::find(&folder.path(""), None).expect("a configuration");
    let again = Output { path: "x/../shop".to_owned(), ..project.config.output[0].clone() };
    project.config.output.push(again);
    let failures = project.run(&project.jobs(&CodegenArgs::default())).expect_err("one folder twice");
    let [Failure::File(error)] = failures.as_slice() else { panic!("{failures:?}") };
    let said = error.to_string();
    assert!(said.contains("x/../shop") && said.contains(&format!("for `{}`", folder.path("shop").display())), "{said}");
    assert!(!folder.path("shop").exists());
}

#[test]
fn mistakes_are_listed_with_their_places() {
    let folder = Folder::new(&shop_with_a_copy("selct = { tags = [\"items\"] }"));
    let run = folder.run(&["generate"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("specwright.toml:6:1"), "{}", run.err);
    assert!(run.err.contains("`select` is similar"), "{}", run.err);
}

#[test]
fn entries_that_nothing_answers_to_are_mistakes() {
    let cases = [
        ("select.tags = [\"items\", \"itms\"]", "no operation of `shop.yaml` answers to `itms`", "`items` is similar"),
        ("except.paths = [\"/nothing*\"]", "no operation of `shop.yaml` answers to `/nothing*`", ""),
        ("[[attribute]]\nderive = [\"Copy\"]\nnames = [\"Itm\"]", "no generated type of that kind is called `Itm`", ""),
        ("[[attribute]]\nderive = [\"Copy\"]\nkind = \"union\"", "no generated type answers to this entry", ""),
        ("[[finding]]\ncode = \"unknown-field\"\nlevel = \"allow\"\nreason = \"known\"", "no finding answers", ""),
    ];
    for (more, message, help) in cases {
        let folder = Folder::new(&shop(more));
        let run = folder.run(&["generate"]);
        assert_eq!(run.code, Some(2), "{more}: {}", run.err);
        assert!(run.err.contains(message) && run.err.contains(help), "{more}: {}", run.err);
        assert!(!folder.path("shop").exists(), "{more}");
    }
}

#[test]
fn quiet_says_nothing_and_color_is_chosen() {
    let folder = Folder::new(&shop(""));
    assert_eq!(folder.run(&["generate", "--quiet"]).out, "");
    let wrong = Folder::new("output = 1\n");
    assert!(!wrong.run(&["generate"]).err.contains('\u{1b}'));
    assert!(wrong.run(&["--color", "always", "generate"]).err.contains('\u{1b}'));
}

/// Whoever reads JSON reads nothing else.
#[test]
fn json_has_standard_output_to_itself() {
    let folder = Folder::new(&shop("\n[[output]]\npath = \"other\"\napi = [{ document = \"shop.yaml\" }]\n"));
    let parsed = |run: &Run| -> Vec<serde_json::Value> {
        run.out.lines().map(|it| serde_json::from_str(it).expect(&run.out)).collect()
    };
    let wrong = DOCUMENT.replace("$ref: '#/components/schemas/Kind'", "$ref: '#/components/schemas/Kin'");
    fs::write(folder.path("wrong.yaml"), wrong).expect("a document can be written");
    let alone: &[&str] = &["shop.yaml", "--out", "alone", "--name", "alone"];
    for (more, lines) in [(&[][..], 2), (alone, 1)] {
        let run = |command: &str, flags: &[&str]| folder.run(&[&[command, "--json"], more, flags].concat());
        let missing = run("check", &[]);
        assert_eq!((missing.code, parsed(&missing).len()), (Some(1), lines), "{}", missing.err);
        assert!(
            missing.err.contains(": nothing is generated yet (") && !missing.err.contains("+++"),
            "{}",
            missing.err
        );
        let made = run("generate", &[]);
        assert_eq!((made.code, parsed(&made).len()), (Some(0), lines), "{}", made.err);
        assert!(made.err.contains(" written (") && made.err.contains("  new      Cargo.toml"), "{}", made.err);
        let quiet = run("generate", &["--quiet"]);
        assert_eq!((quiet.code, parsed(&quiet).len(), quiet.err.as_str()), (Some(0), lines, ""));
        let lib = folder.path(if more.is_empty() { "shop/src/lib.rs" } else { "alone/src/lib.rs" });
        fs::remove_file(lib).expect("it was written");
        let stale = run("check", &[]);
        assert_eq!((stale.code, parsed(&stale).len()), (Some(1), lines), "{}", stale.err);
        assert!(stale.err.contains("+++ b/src/lib.rs") && stale.err.contains(" stale ("), "{}", stale.err);
    }
    let refused = folder.run(&["generate", "wrong.yaml", "--json", "--strict"]);
    assert_eq!((refused.code, parsed(&refused)[0][0]["code"].as_str()), (Some(1), Some("unresolved-reference")));
    assert_eq!(refused.err, "error: nothing was written\n");
}

#[test]
fn a_shell_and_a_reader_get_what_they_need() {
    let folder = Folder::new(&shop(""));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = folder.run(&["completions", shell]);
        assert!(run.code == Some(0) && run.out.contains("generate"), "{shell}");
    }
    assert!(folder.run(&["man"]).out.contains(".TH specwright"));
    assert_eq!(folder.run(&["man", "pages"]).code, Some(0));
    assert!(folder.read("pages/specwright-generate.1").contains(".TH"));
    assert!(folder.run(&["config", "--explain"]).out.contains("output.api.select.tags (list of strings)"));
    assert!(folder.run(&["config"]).out.contains("path = \"shop\""));
    assert_eq!(folder.run(&["explain", "invalid-path"]).code, Some(0));
    assert_eq!(folder.run(&["explain", "nothing"]).code, Some(2));
    for (wrong, near) in [("unresolved-referense", "unresolved-reference"), ("servr-removed", "server-removed")] {
        let run = folder.run(&["explain", wrong]);
        assert!(run.code == Some(2) && run.err.contains(&format!("`{near}` is similar")), "{}", run.err);
    }
    assert!(!folder.run(&["explain", "nothing"]).err.contains("similar"));
}

#[test]
fn a_document_alone_is_enough() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("shop.yaml"), DOCUMENT).expect("a document can be written");
    let run = specwright(folder.path(), &["generate", "shop.yaml"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    let manifest = fs::read_to_string(folder.path().join("shop-api/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("name = \"shop-api\"") && manifest.contains("shop = []"), "{manifest}");
    assert_eq!(specwright(folder.path(), &["check", "shop.yaml"]).code, Some(0));
    let named = specwright(folder.path(), &["generate", "shop.yaml", "--name", "mine", "--out", "crates/mine"]);
    assert_eq!(named.code, Some(0), "{}", named.err);
    assert!(folder.path().join("crates/mine/src/mine/mod.rs").is_file());
    let twice = specwright(folder.path(), &["generate", "shop.yaml", "--spec", "shop.yaml"]);
    assert_eq!(twice.code, Some(2), "{}", twice.err);
    let flags: &[&str] = &["generate", "shop.yaml", "--out", "depends", "--runtime-path", "../runtime"];
    let unused = specwright(folder.path(), flags);
    assert!(unused.code == Some(2) && unused.err.contains("add `--runtime depend`"), "{}", unused.err);
    assert!(!folder.path().join("depends").exists());
    let depends = specwright(folder.path(), &[flags, &["--runtime", "depend"]].concat());
    assert_eq!((depends.code, depends.err.as_str()), (Some(0), ""));
    let nothing = specwright(folder.path(), &["generate", "--out", "crates/mine"]);
    assert!(nothing.code == Some(2) && nothing.err.contains("FILE"), "{}", nothing.err);
}

/// A file may be called as nothing in Rust may be.
#[test]
fn a_document_may_be_called_as_a_word_or_a_dependency_of_rust() {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, module) in [("box", "box_"), ("serde", "serde")] {
        fs::write(folder.path().join(format!("{name}.yaml")), DOCUMENT).expect("a document can be written");
        let run = specwright(folder.path(), &["generate", "--spec", &format!("{name}.yaml"), "--out", name]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
        let read = |path: &str| fs::read_to_string(folder.path().join(name).join(path)).expect("a file");
        let manifest = read("Cargo.toml");
        assert!(manifest.contains(&format!("name = \"{name}-api\"")), "{manifest}");
        assert!(manifest.contains(&format!("\n{name} = []")), "{manifest}");
        assert!(read("examples/serve.rs").contains(&format!("{name}_api::{module}::examples::router()")));
    }
}

/// What `init` writes is what `generate` reads.
#[test]
fn a_configuration_may_be_begun_for_a_folder_called_as_a_word_of_rust() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("shop.yaml"), DOCUMENT).expect("a document can be written");
    assert_eq!(specwright(folder.path(), &["init", "shop.yaml", "--out", "box"]).code, Some(0));
    let run = specwright(folder.path(), &["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    let manifest = fs::read_to_string(folder.path().join("box/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("name = \"box-api\""), "{manifest}");
}

#[test]
fn a_crate_that_has_the_code_as_a_module_is_told_what_it_lacks() {
    let config = shop("").replace("path = \"shop\"", "path = \"src/api\"\nform = \"module\"\nmodule = \"crate::api\"");
    let folder = Folder::new(&config);
    let mine = "[package]\nname = \"mine\"\nversion = \"0.3.0\"\nedition = \"2024\"\n";
    fs::write(folder.path("Cargo.toml"), mine).expect("a manifest can be written");
    let run = folder.run(&["generate"]);
    assert!(run.code == Some(0) && run.out.contains("lacking  dependency `serde`"), "{}{}", run.out, run.err);
    let check = folder.run(&["check"]);
    assert!(check.code == Some(1) && check.out.contains("+serde = { version = \"1\""), "{}", check.out);
    assert_eq!(folder.read("Cargo.toml"), mine);
    assert_eq!(folder.run(&["generate", "--update-manifest"]).code, Some(0));
    assert!(folder.read("Cargo.toml").starts_with(mine));
    assert_eq!(folder.run(&["check"]).code, Some(0));
}

#[test]
fn a_changed_configuration_is_another_request() {
    let folder = Folder::new(&shop(""));
    assert_eq!(folder.run(&["generate"]).code, Some(0));
    fs::write(folder.path("specwright.toml"), shop("select.tags = [\"items\"]")).expect("a configuration");
    assert_eq!(folder.run(&["check"]).code, Some(1));
    assert_eq!(folder.run(&["generate"]).code, Some(0));
    assert!(!folder.read("shop/src/shop/operations/mod.rs").contains("get_shelf"));
}

/// A manifest is the user's, so that not every run mends what a check finds.
#[test]
fn a_check_names_the_run_that_mends_what_it_finds() {
    let folder = Folder::new(&shop(""));
    assert_eq!(folder.run(&["generate"]).code, Some(0));
    let said = |args: &[&str], wanted: &str| {
        let run = folder.run(args);
        assert!(run.err.ends_with(&format!("{wanted}\n")), "`{wanted}` in:\n{}", run.err);
        run.code
    };
    let manifest = folder.read("shop/Cargo.toml");
    let lacking: String = manifest.split_inclusive('\n').filter(|it| !it.starts_with("axum = ")).collect();
    fs::write(folder.path("shop/Cargo.toml"), lacking).expect("a manifest can be written");
    let alone = "error: the manifest lacks what generated code needs: run `specwright generate --update-manifest`";
    assert_eq!(said(&["check"], alone), Some(1));
    fs::write(folder.path("shop.yaml"), DOCUMENT.replace("name:", "title:")).expect("a document can be written");
    let both = "error: the generated code is stale, and the manifest lacks what it needs: run `specwright generate --update-manifest`";
    assert_eq!(said(&["generate", "--check"], both), Some(1));
    let unable = "error: `check` writes nothing: `specwright generate --update-manifest` adds what `Cargo.toml` lacks";
    assert_eq!(said(&["check", "--update-manifest"], unable), Some(2));
    assert_eq!(folder.run(&["generate", "--update-manifest"]).code, Some(0));
    assert_eq!(folder.run(&["check"]).code, Some(0));
    fs::write(folder.path("shop.yaml"), DOCUMENT).expect("a document can be written");
    assert_eq!(said(&["check"], "error: the generated code is stale: run `specwright generate`"), Some(1));
    let other = "error: the generated code is stale: run `specwright generate` with the same arguments";
    assert_eq!(said(&["check", "shop.yaml", "--out", "other"], other), Some(1));
    let watch = "error: `watch` generates: `specwright generate --effective` prints documents as overlays leave them";
    assert_eq!(said(&["watch", "--effective"], watch), Some(2));
}
