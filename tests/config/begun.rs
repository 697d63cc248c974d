//! How a configuration is begun, what it may name, and what the documents of it are after their overlays.

use std::fs;

use crate::project::{DOCUMENT, Folder, shop};

#[test]
fn init_refuses_what_is_no_document_and_says_what_it_is() {
    let folder = Folder::new("");
    for (name, text, said) in [
        ("events.yaml", "asyncapi: 3.0.0\ninfo: { title: T }\n", "an AsyncAPI document"),
        ("changes.yaml", "overlay: 1.1.0\nactions: []\n", "an overlay"),
        ("schema.json", "{ \"$schema\": \"https://json-schema.org/draft/2020-12/schema\" }", "a JSON Schema"),
        ("shapes.yaml", "components: { schemas: {} }\n", "a mapping without `openapi`"),
        ("notes.txt", "buy bread\n", "of type string"),
    ] {
        fs::write(folder.path(name), text).expect("a file can be written");
        let run = folder.run(&["init", name, "--config", "begun.toml"]);
        assert_eq!(run.code, Some(2), "{}", run.out);
        let wanted = format!("`{name}` is no OpenAPI document: it is {said}");
        assert!(run.err.contains(&wanted) && run.err.contains("openapi: 3.1.0"), "{}", run.err);
        assert!(!folder.path("begun.toml").exists());
    }
    fs::write(folder.path("broken.json"), "{ \"openapi\": ").expect("a file can be written");
    let run = folder.run(&["init", "broken.json", "--config", "begun.toml"]);
    assert!(run.code == Some(2) && run.err.contains("broken.json:1:"), "{}", run.err);
    // Of all files here, one is a document, wherever it says so.
    let line = "{\"info\":{\"title\":\"T\",\"version\":\"1\"},\"paths\":{},\"openapi\":\"3.1.0\"}";
    fs::write(folder.path("shop.yaml"), line).expect("a file can be written");
    let run = folder.run(&["init", "--config", "begun.toml"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(folder.read("begun.toml").contains("document = \"shop.yaml\""));
}

#[test]
fn a_crate_that_is_named_and_not_listed_is_told() {
    let replace = "[[replace]]\nwith = \"own_money::Amount\"\nschema = \"Item\"";
    let derive = "[[attribute]]\nderive = [\"schemars::JsonSchema\"]";
    for (entry, message) in [
        (replace, "`own_money::Amount` is of a crate that `[dependencies]` does not list"),
        (derive, "`schemars::JsonSchema` is of a crate that `[dependencies]` does not list"),
    ] {
        let run = Folder::new(&shop(&format!("\n{entry}\n"))).run(&["generate"]);
        assert!(run.code == Some(2) && run.err.contains(message), "{}", run.err);
        assert!(run.err.contains("add it there, such as `"), "{}", run.err);
    }
    // What is listed, in the configuration or in a manifest that is kept, and what is there anyway.
    let listed = format!("\n{replace}\n\n[dependencies]\nown-money = {{ path = \"../money\" }}\n");
    assert_eq!(Folder::new(&shop(&listed)).run(&["generate"]).code, Some(0));
    let folder = Folder::new(&shop(&format!("\n{replace}\n")));
    fs::create_dir(folder.path("shop")).expect("a folder can be made");
    let manifest = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n[dependencies]\nown-money = \"1\"\n";
    fs::write(folder.path("shop/Cargo.toml"), manifest).expect("a manifest can be written");
    let run = folder.run(&["generate"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let anyway = "[[replace]]\nwith = \"serde_json::Value\"\nschema = \"Item\"\n[[attribute]]\nderive = [\"std::hash::Hash\"]\nnames = [\"Kind\"]";
    assert_eq!(Folder::new(&shop(&format!("\n{anyway}\n"))).run(&["generate"]).code, Some(0));
    // A module tree is in a crate that lists what it likes.
    let module = shop(&format!("\n{replace}\n"))
        .replace("path = \"shop\"", "path = \"src/api\"\nform = \"module\"\nmodule = \"crate::api\"");
    assert_eq!(Folder::new(&module).run(&["generate"]).code, Some(0));
}

#[test]
fn a_crate_cannot_be_called_as_one_that_it_depends_on() {
    let run = Folder::new(&shop("").replace("path = \"shop\"", "path = \"shop\"\nname = \"serde\"")).run(&["generate"]);
    assert!(run.code == Some(2) && run.err.contains("generated code depends on a crate `serde`"), "{}", run.err);
    assert!(run.err.contains("call it such as `serde-api`"), "{}", run.err);
}

#[test]
fn a_place_may_be_written_as_documentation_has_it() {
    let folder = Folder::new(&shop("\n[[rename]]\nat = \"#/components/schemas/Item\"\nto = \"Article\"\n"));
    let run = folder.run(&["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(folder.read("shop/src/shop/models/item.rs").contains("pub struct Article "));
    let run = Folder::new(&shop("\n[[rename]]\nat = \"Item\"\nto = \"Article\"\n")).run(&["generate"]);
    assert!(run.err.contains("it is a JSON Pointer, such as `/components/schemas/Pet`"), "{}", run.err);
}

#[test]
fn a_document_behind_a_url_is_not_fetched() {
    let run = Folder::new(&shop("").replace("shop.yaml", "https://example.com/shop.yaml")).run(&["generate"]);
    assert!(run.code == Some(2) && run.err.contains("nothing is fetched: save it in a file"), "{}", run.err);
}

#[test]
fn the_documents_of_a_configuration_are_printed_as_overlays_leave_them() {
    let folder = Folder::new(&shop("overlays = [\"changes.yaml\"]"));
    let overlay = "overlay: 1.1.0\ninfo: { title: O, version: '1' }\nactions:\n  - { target: $.components.schemas.Unused, remove: true }\n";
    fs::write(folder.path("changes.yaml"), overlay).expect("an overlay can be written");
    let run = folder.run(&["generate", "--effective"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.starts_with("openapi: 3.1.0\n") && !run.out.contains("Unused"), "{}", run.out);
    assert!(!folder.path("shop").exists());
    // Several are a stream, each with its name.
    fs::write(folder.path("other.yaml"), DOCUMENT).expect("a document can be written");
    let both = shop("overlays = [\"changes.yaml\"]") + "\n[[output.api]]\ndocument = \"other.yaml\"\n";
    fs::write(folder.path("specwright.toml"), both).expect("a configuration can be written");
    let run = folder.run(&["generate", "--effective"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.starts_with("---\n# shop.yaml\nopenapi"), "{}", run.out);
    assert!(run.out.contains("\n---\n# other.yaml\nopenapi") && run.out.contains("Unused"), "{}", run.out);
}

/// A configuration names files from its own folder, and the command that makes it from where it is called.
#[test]
fn init_writes_paths_as_the_configuration_sees_them() {
    let folder = Folder::new("");
    fs::create_dir_all(folder.path("conf/deep")).expect("folders can be made");
    for (args, document, out) in [
        (&["init", "shop.yaml", "--config", "conf/one.toml"][..], "../shop.yaml", "shop-api"),
        (
            &["init", "shop.yaml", "--out", "crates/two", "--config", "conf/deep/two.toml"],
            "../../shop.yaml",
            "../../crates/two",
        ),
        (&["init", "shop.yaml", "--out", "conf/three", "--config", "conf/three.toml"], "../shop.yaml", "three"),
        (&["init", "shop.yaml", "--out", "crates/four", "--config", "four.toml"], "shop.yaml", "crates/four"),
    ] {
        let run = folder.run(args);
        let config = args.last().copied().unwrap_or_default();
        let wanted = format!(
            "`{config}` is written; `specwright generate --config {config}` makes the crate `{out}` of `{document}`\n"
        );
        assert_eq!((run.code, run.err.as_str(), run.out), (Some(0), "", wanted));
        let text = folder.read(config);
        assert!(
            text.contains(&format!("path = \"{out}\"")) && text.contains(&format!("document = \"{document}\"")),
            "{text}"
        );
        let run = folder.run(&["generate", "--config", config]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    }
    assert!(folder.path("conf/shop-api/src/lib.rs").is_file() && folder.path("crates/two/src/lib.rs").is_file());
    assert!(folder.path("conf/three/src/lib.rs").is_file() && folder.path("crates/four/src/lib.rs").is_file());
}
