//! What each key does to the code that is generated.

use crate::project::{Folder, shop, shop_with_a_copy};

/// Generates with more keys; the folder is there to look at.
fn generated(more: &str) -> Folder {
    let folder = Folder::new(&shop(more));
    let run = folder.run(&["generate"]);
    assert_eq!(run.code, Some(0), "{more}\n{}", run.err);
    folder
}

fn models(folder: &Folder) -> String {
    folder.read("shop/src/shop/models/mod.rs")
}

fn operations(folder: &Folder) -> Vec<&'static str> {
    let text = folder.read("shop/src/shop/operations/mod.rs");
    ["delete_shelf", "get_shelf", "list_items"].into_iter().filter(|it| text.contains(it)).collect()
}

#[test]
fn operations_are_selected_in_every_way() {
    let cases: &[(&str, &[&str])] = &[
        ("", &["delete_shelf", "get_shelf", "list_items"]),
        ("select.operations = [\"getShelf\"]", &["get_shelf"]),
        ("select.tags = [\"items\"]", &["list_items"]),
        ("select.paths = [\"/shel*/{id}\"]", &["delete_shelf", "get_shelf"]),
        ("select.methods = [\"delete\"]", &["delete_shelf"]),
        ("select.deprecated = true", &["delete_shelf"]),
        ("except.deprecated = true", &["get_shelf", "list_items"]),
        ("except.tags = [\"shelves\"]", &["list_items"]),
        ("select.tags = [\"shelves\"]\nexcept.methods = [\"delete\"]", &["get_shelf"]),
    ];
    for (more, wanted) in cases {
        assert_eq!(operations(&generated(more)), *wanted, "{more}");
    }
}

#[test]
fn operations_are_selected_by_methods_of_their_own() {
    let document = "openapi: 3.2.0\ninfo: { title: Shop, version: '1' }\npaths:\n  /items:\n    get: { operationId: getItem, responses: { '204': { description: It. } } }\n    query: { operationId: askItem, responses: { '204': { description: It. } } }\n    additionalOperations:\n      COPY: { operationId: copyItem, responses: { '204': { description: It. } } }\n";
    for (methods, wanted) in [("\"COPY\"", "copy_item"), ("\"query\"", "ask_item"), ("\"GET\"", "get_item")] {
        let folder = Folder::new(&shop(&format!("select.methods = [{methods}]")));
        std::fs::write(folder.path("shop.yaml"), document).expect("a document can be written");
        let run = folder.run(&["generate"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{methods}");
        let text = folder.read("shop/src/shop/operations/mod.rs");
        let found = ["copy_item", "ask_item", "get_item"].into_iter().filter(|it| text.contains(it));
        assert_eq!(found.collect::<Vec<_>>(), [wanted], "{methods}");
    }
    let folder = Folder::new(&shop("select.methods = [\"COPPY\"]"));
    std::fs::write(folder.path("shop.yaml"), document).expect("a document can be written");
    let run = folder.run(&["generate"]);
    assert!(run.err.contains("no operation of `shop.yaml` answers to `COPPY`"), "{}", run.err);
    assert!(run.err.contains("`COPY` is similar"), "{}", run.err);
}

#[test]
fn schemas_that_nothing_uses_are_pruned() {
    assert!(models(&generated("")).contains("unused"));
    assert!(!models(&generated("prune = true")).contains("unused"));
    let items = generated("select.tags = [\"items\"]");
    assert!(models(&items).contains("item") && models(&items).contains("kind"));
    assert!(!models(&items).contains("shelf") && !models(&items).contains("unused"));
    assert!(models(&generated("select.tags = [\"items\"]\nprune = false")).contains("shelf"));
}

#[test]
fn what_is_wrong_with_an_operation_that_nobody_wants_does_not_matter() {
    let folder = Folder::new(&shop("select.tags = [\"items\"]"));
    let broken = crate::project::DOCUMENT.replace("operationId: getShelf", "operationId: getShelf\n      responses: 3");
    let broken = broken.replace("name: id, in: path", "name: it, in: path");
    std::fs::write(
        folder.path("shop.yaml"),
        broken.replacen(
            "      responses:\n        '200': { description: A shelf",
            "      x-none:\n        '200': { description: A shelf",
            1,
        ),
    )
    .expect("a document can be written");
    let run = folder.run(&["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    std::fs::write(folder.path("specwright.toml"), shop("")).expect("a configuration can be written");
    let run = folder.run(&["generate"]);
    assert!(
        run.err.contains("warning") && run.err.contains("shop.yaml"),
        "what somebody wants is complained about: {run:?}"
    );
}

#[test]
fn types_get_derives_and_attributes() {
    let folder = generated(
        "[[attribute]]\nderive = [\"schemars::JsonSchema\"]\n\n[[attribute]]\nattributes = [\"#[non_exhaustive]\"]\nkind = \"enum\"\n\n[[attribute]]\nattributes = [\"#[must_use]\"]\nnames = [\"Item\"]\n\n[dependencies]\nschemars = \"1\"",
    );
    let (item, kind) = (folder.read("shop/src/shop/models/item.rs"), folder.read("shop/src/shop/models/kind.rs"));
    assert!(item.contains("    #[derive(schemars::JsonSchema)]\n    #[must_use]\n    pub struct Item in "), "{item}");
    assert!(kind.contains("    #[derive(schemars::JsonSchema)]\n    pub enum Kind: "), "{kind}");
    assert!(folder.read("shop/Cargo.toml").contains("schemars = { version = \"1\" }"));
}

#[test]
fn what_a_type_derives_anyway_is_not_derived_twice() {
    let folder = generated(
        "[[attribute]]\nderive = [\"Eq\", \"std::hash::Hash\", \"schemars::JsonSchema\"]\nkind = \"enum\"\n\n[[attribute]]\nderive = [\"Clone\", \"Eq\", \"schemars::JsonSchema\"]\n\n[dependencies]\nschemars = \"1\"",
    );
    let (item, kind) = (folder.read("shop/src/shop/models/item.rs"), folder.read("shop/src/shop/models/kind.rs"));
    assert!(item.contains("    #[derive(Eq, schemars::JsonSchema)]\n    pub struct Item in "), "{item}");
    assert!(kind.contains("    #[derive(schemars::JsonSchema)]\n    pub enum Kind: "), "{kind}");
}

#[test]
fn findings_weigh_what_the_configuration_says() {
    let with = |level: &str, more: &str| {
        let entry = format!("[[finding]]\ncode = \"unknown-field\"\nlevel = \"{level}\"\nreason = \"agreed\"\n{more}");
        let folder = Folder::new(&shop(&entry));
        let text =
            crate::project::DOCUMENT.replace("operationId: listItems", "operationId: listItems\n      sumary: All.");
        std::fs::write(folder.path("shop.yaml"), text).expect("a document can be written");
        folder.run(&["generate"])
    };
    let allowed = with("allow", "");
    assert_eq!((allowed.code, allowed.err.as_str()), (Some(0), ""));
    let denied = with("deny", "at = \"/paths/~1items\"\napi = \"shop\"");
    assert_eq!(denied.code, Some(1));
    assert!(denied.err.contains("1 finding of `unknown-field`: agreed"), "{}", denied.err);
    assert_eq!(with("allow", "at = \"/paths/~1shelves\"").code, Some(2));
}

#[test]
fn the_run_time_is_copied_or_depended_on() {
    let with = |more: &str| {
        let api = "\n\n[[output.api]]\ndocument = \"shop.yaml\"\n";
        let folder = Folder::new(&format!("[[output]]\npath = \"shop\"\n{more}{api}"));
        assert_eq!(folder.run(&["generate"]).code, Some(0));
        (folder.path("shop/src/support/mod.rs").is_file(), folder.read("shop/Cargo.toml"))
    };
    assert!(with("").0 && !with("").1.contains("specwright-runtime"));
    let (is_copied, manifest) = with("runtime = \"depend\"\nruntime-path = \"../../runtime\"");
    assert!(!is_copied && manifest.contains("specwright-runtime = { path = \"../../runtime\""), "{manifest}");
    // A module tree has no manifest: the path is as that of the package around it sees it.
    let keys = "runtime = \"depend\"\nruntime-path = \"../runtime\"\nform = \"module\"\nmodule = \"crate::api\"";
    let folder =
        Folder::new(&shop("").replace("path = \"shop\"\nruntime = \"depend\"", &format!("path = \"src/api\"\n{keys}")));
    let package = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    std::fs::write(folder.path("Cargo.toml"), package).expect("a manifest can be written");
    let run = folder.run(&["generate", "--update-manifest"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let manifest = folder.read("Cargo.toml");
    assert!(manifest.contains("specwright-runtime = { path = \"../runtime\""), "{manifest}");
}

#[test]
fn overlays_change_the_document_first() {
    let overlay = "overlay: 1.0.0\ninfo: { title: Names, version: '1' }\nactions:\n  - target: $.paths['/items'].get\n    update: { operationId: allItems }\n";
    let folder = Folder::new(&shop("overlays = [\"names.yaml\"]\nselect.operations = [\"allItems\"]"));
    assert_eq!(folder.run(&["generate"]).code, Some(2), "the overlay is missing");
    std::fs::write(folder.path("names.yaml"), overlay).expect("an overlay can be written");
    let run = folder.run(&["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(folder.path("shop/src/shop/operations/all_items.rs").is_file());
}

#[test]
fn levels_deny() {
    let folder = Folder::new(&format!("deny = \"ignored\"\n{}", shop("")));
    let text = crate::project::DOCUMENT.replace("title: Shop", "title: Shop, termsOfService: 'https://example.com'");
    std::fs::write(folder.path("shop.yaml"), text).expect("a document can be written");
    let run = folder.run(&["generate"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
}

#[test]
fn the_surface_is_written_beside_the_code_and_checked() {
    let folder = Folder::new(&shop("").replace("path = \"shop\"", "path = \"shop\"\nsurface = true"));
    assert_eq!(folder.run(&["generate"]).code, Some(0));
    let surface = folder.read("shop/surface/shop.rust.txt");
    assert!(surface.contains("struct Item") && folder.read("shop/surface/shop.wire.txt").contains("listItems"));
    std::fs::write(folder.path("shop/surface/shop.rust.txt"), surface.replace("struct Item", "struct Other"))
        .expect("a file");
    let run = folder.run(&["check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("+++ b/surface/shop.rust.txt"), "{}", run.out);
    assert!(generated("").read("shop/surface/shop.rust.txt").is_empty(), "nobody asked for it");
}

#[test]
fn a_contract_test_is_written_beside_the_code_behind_a_feature() {
    let folder = Folder::new(&shop_with_a_copy("").replace("path = \"shop\"", "path = \"shop\"\ncontract = true"));
    assert_eq!(folder.run(&["generate"]).code, Some(0));
    assert!(folder.read("shop/src/shop/contract.rs").contains("pub fn of(router: ::axum::Router)"));
    assert!(folder.read("shop/src/shop/requests.json").contains("\"listItems\": ["));
    assert!(folder.read("shop/src/shop/mod.rs").contains("#[cfg(feature = \"contract\")]\npub mod contract;"));
    let manifest = folder.read("shop/Cargo.toml");
    assert!(manifest.contains("\ncontract = [\"server\", \"serde/derive\"]"), "{manifest}");
    let default = manifest.lines().find(|it| it.starts_with("default = ")).expect("default features");
    assert!(!default.contains("contract"), "{default}");
    let without = Folder::new(&shop_with_a_copy(""));
    assert_eq!(without.run(&["generate"]).code, Some(0));
    assert!(without.read("shop/src/shop/contract.rs").is_empty(), "nobody asked for it");
    assert!(!without.read("shop/Cargo.toml").contains("contract"));
    assert!(!without.path("shop/src/support/server/contract").exists());
}

#[test]
fn handlers_are_one_trait_or_one_for_each_tag() {
    let server = |keys: &str| generated(keys).read("shop/src/shop/server.rs");
    let together = server("");
    assert!(together.contains("pub trait Api:") && together.matches("pub trait ").count() == 1);
    let by_tag = server("handlers = \"by-tag\"");
    assert!(by_tag.contains("pub trait ItemsApi: Api {"), "{by_tag}");
    assert!(by_tag.contains("pub fn items_routes of ItemsApi {"));
    assert!(by_tag.contains("pub fn router<A: ItemsApi + ShelvesApi>(api: A) -> ::axum::Router {"));
    assert!(by_tag.contains("pub static OPERATIONS: &[&http::Operation]"));
}

#[test]
fn a_crate_says_of_itself_what_is_in_it() {
    for (more, parts) in [
        ("", "Models, validation, an axum server and a typed client"),
        ("sides = [\"server\"]", "Models, validation and an axum server"),
        ("sides = [\"client\"]", "Models, validation and a typed client"),
        ("sides = []", "Models and validation"),
    ] {
        let manifest = generated(more).read("shop/Cargo.toml");
        assert!(
            manifest.contains(&format!("description = \"{parts}, generated from shop.yaml\"")),
            "{more}\n{manifest}"
        );
    }
}
