//! Names that a document does not carry, extensions that are not honored, sides that are not made.

use crate::project::{DOCUMENT, Folder, shop, shop_with_a_copy};

fn renamed(entries: &[&str]) -> Folder {
    let entries = entries.iter().fold(String::new(), |all, it| all + "\n[[rename]]\n" + it + "\n");
    Folder::new(&shop(&entries))
}

#[test]
fn every_part_gets_its_name() {
    let folder = renamed(&[
        "operation = \"listItems\"\nto = \"inventory\"",
        "operation = \"getShelf\"\nparameter = \"id\"\nto = \"shelf_id\"",
        "schema = \"Item\"\nto = \"Article\"",
        "schema = \"Item\"\nproperty = \"since\"\nto = \"added_at\"",
        "schema = \"Item\"\nproperty = \"kind\"\nto = \"size\"",
        "schema = \"Kind\"\nvalue = \"big\"\nto = \"Large\"\napi = \"shop\"",
    ]);
    let run = folder.run(&["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let client = folder.read("shop/src/shop/client.rs");
    assert!(client.contains("inventory: \"GET /items\"") && !client.contains("list_items"), "{client}");
    assert!(folder.read("shop/src/shop/operations/get_shelf.rs").contains("required shelf_id: i64 = "));
    let item = folder.read("shop/src/shop/models/item.rs");
    assert!(item.contains("pub struct Article in "), "{item}");
    assert!(
        item.contains("optional added_at with_added_at: support::DateTime = \"since\"")
            && item.contains("optional size with_size: super::Kind = \"kind\""),
        "{item}"
    );
    let kind = folder.read("shop/src/shop/models/kind.rs");
    assert!(kind.contains("Large = \"big\"") && kind.contains("Small = \"small\""), "{kind}");
    assert!(folder.read("shop/src/shop/models/shelf.rs").contains("Vec<super::Article>"));
}

#[test]
fn names_that_something_else_has_are_refused_where_they_stand() {
    let cases = [
        (
            "operation = \"listItems\"\nto = \"get_shelf\"",
            "`get_shelf` is the name of something else beside the operation `listItems`",
        ),
        ("schema = \"Item\"\nto = \"Shelf\"", "`Shelf` is the name of something else beside the schema `Item`"),
        (
            "schema = \"Item\"\nproperty = \"since\"\nto = \"name\"",
            "`name` is the name of something else beside the property `since` of the schema `Item`",
        ),
        (
            "schema = \"Kind\"\nvalue = \"big\"\nto = \"Small\"",
            "`Small` is the name of something else beside the value `big` of the schema `Kind`",
        ),
        ("schema = \"Kind\"\nvalue = \"big\"\nto = \"Unknown\"", "`Unknown` is the name of something else"),
        (
            "operation = \"listItems\"\nto = \"type\"",
            "`type` is a word of Rust, so the operation `listItems` cannot have it",
        ),
        (
            "schema = \"Item\"\nproperty = \"since\"\nto = \"addedAt\"",
            "`addedAt` is not written as names are: the property `since` of the schema `Item` would be `added_at`",
        ),
        (
            "at = \"/components/schemas/Item/properties/name\"\nto = \"Title\"",
            "has no type of its own that could be called `Title`",
        ),
    ];
    for (entry, message) in cases {
        let folder = renamed(&[entry]);
        let run = folder.run(&["generate"]);
        assert_eq!(run.code, Some(2), "{entry}: {}", run.err);
        assert!(run.err.contains(message), "{entry}: {}", run.err);
        assert!(run.err.contains("specwright.toml:") && !folder.path("shop").exists(), "{entry}: {}", run.err);
    }
}

#[test]
fn names_of_nothing_are_mistakes() {
    let cases = [
        ("operation = \"listItem\"\nto = \"items\"", "there is no operation `listItem`"),
        (
            "operation = \"getShelf\"\nparameter = \"ids\"\nto = \"shelf\"",
            "there is no parameter `ids` of the operation `getShelf`",
        ),
        ("schema = \"Items\"\nto = \"Article\"", "there is no schema `Items`"),
        ("schema = \"Item\"\nproperty = \"until\"\nto = \"end\"", "there is no property `until` of the schema `Item`"),
        ("schema = \"Kind\"\nvalue = \"huge\"\nto = \"Huge\"", "there is no value `huge` of the schema `Kind`"),
        ("schema = \"Item\"\nto = \"Article\"\napi = \"shops\"", "there is no schema `Item`"),
    ];
    for (entry, message) in cases {
        let run = renamed(&[entry]).run(&["generate"]);
        assert_eq!(run.code, Some(2), "{entry}: {}", run.err);
        assert!(run.err.contains(message), "{entry}: {}", run.err);
        let is_misspelled = entry.starts_with("operation = \"listItem\"");
        assert_eq!(run.err.contains("`listItems` is similar"), is_misspelled, "{entry}: {}", run.err);
    }
}

/// The shop with one text of its document in place of another, and keys at the top of its configuration.
fn changed(from: &str, to: &str, top: &str) -> Folder {
    let folder = Folder::new(&format!("{top}\n{}", shop("")));
    assert!(DOCUMENT.contains(from), "{from}");
    std::fs::write(folder.path("shop.yaml"), DOCUMENT.replacen(from, to, 1)).expect("a document can be written");
    folder
}

#[test]
fn extensions_are_honored_unless_they_are_ignored() {
    let enumeration = "Kind: { type: string, enum: [big, small]";
    let cases = [
        (
            "x-rust-name",
            "    Item:\n",
            "    Item:\n      x-rust-name: Article\n",
            "models/item.rs",
            "pub struct Article",
        ),
        (
            "x-secret",
            "name: { type: string }",
            "name: { type: string, x-secret: true }",
            "models/item.rs",
            "support::Secret<",
        ),
        ("x-provenance", "    Item:\n", "    Item:\n      x-provenance: a call\n", "models/item.rs", "a call"),
        (
            "x-enum-varnames",
            enumeration,
            "Kind: { type: string, enum: [big, small], x-enum-varnames: [B, S]",
            "models/kind.rs",
            "B = \"big\"",
        ),
        (
            "x-enum-varnames",
            enumeration,
            "Kind: { type: string, enum: [big, small], x-enumNames: [B, S]",
            "models/kind.rs",
            "B = \"big\"",
        ),
        (
            "x-enum-descriptions",
            enumeration,
            "Kind: { type: string, enum: [big, small], x-enum-descriptions: [wide, narrow]",
            "models/kind.rs",
            "wide",
        ),
        (
            "x-extensible-enum",
            enumeration,
            "Kind: { type: string, x-extensible-enum: [big, small]",
            "models/kind.rs",
            "pub enum Kind",
        ),
        (
            "x-enum-varnames",
            enumeration,
            "Kind: { type: string, enum: [big, small], x-ms-enum: { name: Kind, values: [{ value: small, name: S }, { value: big, name: B }] }",
            "models/kind.rs",
            "B = \"big\"",
        ),
        (
            "x-ms-discriminator-value",
            enumeration,
            "Pet: { type: object, required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind } }\n    Cat: { x-ms-discriminator-value: felis, allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, properties: { a: { type: integer } } }] }\n    Kind: { type: string, enum: [big, small]",
            "models/pet.rs",
            "\"felis\" => Felis",
        ),
        ("x-format-assertion", "info:", "x-format-assertion: false\ninfo:", "models/item.rs", ": String = \"since\""),
        (
            "x-implied-types",
            "Unused: { type: object, properties: { id: { type: string, format: uuid } } }\n",
            "Unused: { properties: { id: { type: string } } }\nx-implied-types: false\n",
            "models/unused.rs",
            "pub struct Unused(",
        ),
        (
            "x-pagination",
            "      operationId: listItems\n",
            "      operationId: listItems\n      x-pagination: { page: n, items: '' }\n      parameters: [{ name: n, in: query, schema: { type: integer } }]\n",
            "client.rs",
            "list_items_pages",
        ),
        (
            "x-validation-error",
            "'200': { description: A shelf.",
            "'400': { description: No., content: { application/json: { schema: { type: object, properties: { m: { type: string } } } } }, x-validation-error: { m: no } }\n        '200': { description: A shelf.",
            "operations/get_shelf.rs",
            "\\\"m\\\":\\\"no\\\"",
        ),
    ];
    for (extension, from, to, file, effect) in cases {
        let folder = changed(from, to, "");
        let run = folder.run(&["generate"]);
        assert_eq!(run.code, Some(0), "{extension}: {}", run.err);
        let text = folder.read(&format!("shop/src/shop/{file}"));
        assert!(text.contains(effect), "`{extension}` is honored: {text}");
        let folder = changed(from, to, &format!("ignore-extensions = [\"{extension}\"]"));
        let run = folder.run(&["generate"]);
        assert_eq!(run.code, Some(0), "{extension}: {}", run.err);
        let text = folder.read(&format!("shop/src/shop/{file}"));
        assert!(!text.contains(effect), "`{extension}` is ignored: {text}");
    }
}

#[test]
fn every_extension_is_documented_in_one_place() {
    let page =
        std::fs::read_to_string(acceptance::fixtures::workspace().join("generator/EXTENSIONS.md")).expect("a page");
    let schema = specwright::config::json_schema();
    let branches = schema["$defs"]["Extension"]["oneOf"].as_array().expect("a list of extensions");
    assert_eq!(branches.len(), page.matches("\n## `x-").count());
    for branch in branches {
        let name = branch["const"].as_str().expect("a name");
        let (_, part) =
            page.split_once(&format!("\n## `{name}`\n")).unwrap_or_else(|| panic!("no part about `{name}`"));
        let part = part.split("\n## ").next().unwrap_or_default();
        assert!(part.contains("```yaml") && part.contains(&format!("{name}: ")), "no example of `{name}`");
    }
}

#[test]
fn what_is_wrong_with_an_ignored_extension_does_not_matter() {
    let wrong = "name: { type: string, x-rust-name: 'no name' }";
    let run = changed("name: { type: string }", wrong, "").run(&["generate"]);
    assert!(run.err.contains("invalid-extension"), "{}", run.err);
    let run = changed("name: { type: string }", wrong, "ignore-extensions = [\"x-rust-name\"]").run(&["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn only_the_wanted_sides_are_made() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("", &["client.rs", "examples.rs", "operations/mod.rs", "server.rs"], &["axum", "reqwest", "bytes"]),
        ("sides = [\"client\"]", &["client.rs", "operations/mod.rs"], &["reqwest", "bytes"]),
        ("sides = [\"server\"]", &["examples.rs", "operations/mod.rs", "server.rs"], &["axum", "bytes"]),
        ("sides = []", &[], &[]),
    ];
    for (more, files, crates) in cases {
        let folder = Folder::new(&shop_with_a_copy(more));
        let run = folder.run(&["generate"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{more}");
        let all = ["client.rs", "examples.rs", "operations/mod.rs", "server.rs"];
        let found: Vec<_> =
            all.into_iter().filter(|it| folder.path(&format!("shop/src/shop/{it}")).is_file()).collect();
        assert_eq!(found, *files, "{more}");
        let manifest = folder.read("shop/Cargo.toml");
        let found: Vec<_> =
            ["axum", "reqwest", "bytes"].into_iter().filter(|it| manifest.contains(&format!("\n{it} = "))).collect();
        assert_eq!(found, *crates, "{more}");
        let features = ["client", "server", "stand-in"].map(|it| manifest.contains(&format!("\n{it} = [")));
        let wanted = [files.contains(&"client.rs"), files.contains(&"server.rs"), files.contains(&"examples.rs")];
        assert_eq!(features, wanted, "{more}");
        let support = folder.read("shop/src/support/mod.rs");
        assert_eq!(["pub mod client;", "pub mod server;"].map(|it| support.contains(it)), wanted[..2], "{more}");
    }
}

#[test]
fn strict_refuses_what_would_be_repaired() {
    let wrong = ("type: array, items", "type: array, minItems: -1, items");
    assert_eq!(changed(wrong.0, wrong.1, "").run(&["generate"]).code, Some(0));
    assert_eq!(changed(wrong.0, wrong.1, "strict = true").run(&["generate"]).code, Some(1));
    let folder = changed(wrong.0, wrong.1, "");
    for (text, code) in [("strict = true", 1), ("strict = false", 0)] {
        std::fs::write(folder.path("specwright.toml"), format!("strict = {}\n{}", code == 0, shop(text)))
            .expect("a configuration");
        assert_eq!(folder.run(&["generate"]).code, Some(code), "an API goes before the file: {text}");
    }
}
