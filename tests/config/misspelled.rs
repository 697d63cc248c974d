//! What a configuration names and nothing has: files, operations, schemas and their parts, with what they may mean.

use std::fs;

use crate::project::{DOCUMENT, Folder, shop};

/// A folder whose configuration has one more entry.
fn with(entry: &str) -> Folder {
    Folder::new(&shop(&format!("\n{entry}\n")))
}

/// Entries, what is wrong with them, and the line that is to be corrected.
const MISSPELLED: &[(&str, &str, &str, &str)] = &[
    (
        "[[rename]]\noperation = \"listItem\"\nto = \"all\"",
        "no operation `listItem`",
        "listItems",
        "operation = \"listItem\"",
    ),
    (
        "[[rename]]\noperation = \"getShelf\"\nparameter = \"ids\"\nto = \"shelf\"",
        "no parameter `ids` of the operation `getShelf`",
        "id",
        "parameter = \"ids\"",
    ),
    ("[[rename]]\nschema = \"Itm\"\nto = \"Article\"", "no schema `Itm`", "Item", "schema = \"Itm\""),
    (
        "[[rename]]\nschema = \"Item\"\nproperty = \"sinse\"\nto = \"added\"",
        "no property `sinse` of the schema `Item`",
        "since",
        "property = \"sinse\"",
    ),
    (
        "[[rename]]\nschema = \"Kind\"\nvalue = \"smal\"\nto = \"Little\"",
        "no value `smal` of the schema `Kind`",
        "small",
        "value = \"smal\"",
    ),
    (
        "[[pagination]]\noperation = \"listItem\"\nlink = true",
        "no operation `listItem`",
        "listItems",
        "operation = \"listItem\"",
    ),
    ("[[attribute]]\nattributes = [\"#[must_use]\"]\nnames = [\"Itm\"]", "", "Item", "names = [\"Itm\"]"),
    (
        "[[rename]]\nat = \"/components/schema/Item/properties/kind\"\nto = \"Sort\"",
        "no schema at `/components/schema/Item/properties/kind`",
        "/components/schemas/Item/properties/kind",
        "at = \"/components/schema/Item/properties/kind\"",
    ),
    (
        "[[rename]]\nat = \"/components/schemas/Item/kind\"\nto = \"Sort\"",
        "no schema at `/components/schemas/Item/kind`",
        "/components/schemas/Item/properties/kind",
        "at = \"/components/schemas/Item/kind\"",
    ),
];

#[test]
fn a_place_that_nothing_has_comes_with_the_one_that_is_meant() {
    let replace = |target: &str| format!("[[replace]]\n{target}\nwith = \"uuid::Uuid\"");
    let finding = |at: &str| {
        format!("[[finding]]\ncode = \"ignored-field\"\nlevel = \"allow\"\nreason = \"known\"\nat = \"{at}\"")
    };
    for (entry, near) in [
        (replace("at = \"/components/schemas/Itm/properties/kind\""), "/components/schemas/Item/properties/kind"),
        (replace("schema = \"Shlf\""), "Shelf"),
        (finding("/path/~1items/get"), "/paths/~1items/get"),
    ] {
        let folder = with(&entry);
        let links = "      operationId: listItems\n      x-none: 1\n      externalDocs: { url: 'https://a.example' }\n";
        let document = folder.read("shop.yaml").replace("      operationId: listItems\n", links);
        fs::write(folder.path("shop.yaml"), document).expect("a document can be written");
        let run = folder.run(&["generate"]);
        assert_eq!(run.code, Some(2), "{entry}: {}", run.err);
        assert!(
            run.err.contains("answers to this entry") && run.err.contains(&format!("`{near}` is similar")),
            "{}",
            run.err
        );
    }
    // What is far from everything has no suggestion.
    let run = with(&replace("at = \"/components/responses/Elephant\"")).run(&["generate"]);
    assert!(run.err.contains("remove it, or correct it"), "{}", run.err);
}

#[test]
fn a_name_that_nothing_has_comes_with_the_one_that_is_meant() {
    for (entry, message, near, line) in MISSPELLED {
        let run = with(entry).run(&["generate"]);
        assert_eq!(run.code, Some(2), "{entry}");
        let message = if message.is_empty() { "is called `Itm`".to_owned() } else { format!("there is {message}") };
        for wanted in [&message, &format!("`{near}` is similar"), &format!("| {line}")] {
            assert!(run.err.contains(wanted.as_str()), "{wanted}: {}", run.err);
        }
    }
    let run = with("[[rename]]\nschema = \"Elephant\"\nto = \"Article\"").run(&["generate"]);
    assert!(run.err.contains("remove it, or correct it") && !run.err.contains("similar"), "{}", run.err);
}

#[test]
fn a_parameter_of_pages_that_is_misspelled_is_suggested() {
    let folder = with("[[pagination]]\noperation = \"listItems\"\npage = \"pag\"");
    let document = folder.read("shop.yaml").replace(
        "      operationId: listItems\n",
        "      operationId: listItems\n      parameters: [{ name: page, in: query, schema: { type: integer } }]\n",
    );
    fs::write(folder.path("shop.yaml"), document).expect("a document can be written");
    let run = folder.run(&["generate"]);
    assert!(run.err.contains("no query parameter `pag`") && run.err.contains("`page` is similar"), "{}", run.err);
}

#[test]
fn two_names_of_one_part_are_refused_at_the_second() {
    let entry = |part: &str, to: &str| format!("[[rename]]\n{part}\nto = \"{to}\"\n");
    for (one, other, what) in [
        ("schema = \"Item\"", "schema = \"Item\"", "the schema `Item`"),
        ("schema = \"Item\"", "at = \"/components/schemas/Item\"", "the schema at `/components/schemas/Item`"),
        ("schema = \"Item\"", "schema = \"Item\"\napi = \"shop\"", "the schema `Item`"),
    ] {
        let run = with(&format!("{}\n{}", entry(one, "Article"), entry(other, "Thing"))).run(&["generate"]);
        assert_eq!(run.code, Some(2), "{other}");
        let message = format!("{what} has two names: `Article` and `Thing`");
        assert!(run.err.contains(&message) && run.err.contains("| to = \"Thing\""), "{}", run.err);
        assert_eq!(run.err.matches("error: ").count(), 1, "{}", run.err);
    }
    let apart = format!("{}\n{}", entry("schema = \"Item\"", "Article"), entry("schema = \"Shelf\"", "Board"));
    assert_eq!(with(&apart).run(&["generate"]).code, Some(0));
}

#[test]
fn every_file_that_is_missing_is_told_where_it_is_named() {
    let folder = Folder::new(
        "[[output]]\npath = \"one\"\n\n[[output.api]]\ndocument = \"shp.yaml\"\n\n[[output.api]]\ndocument = \"nowhere/pets.yaml\"\n\n\
         [[output]]\npath = \"two\"\n\n[[output.api]]\ndocument = \"shop.yaml\"\noverlays = [\"changes.yaml\"]\n",
    );
    let run = folder.run(&["generate"]);
    assert_eq!(run.code, Some(2));
    for (place, message) in [
        ("specwright.toml:5:12", "cannot read `shp.yaml`: there is no such file"),
        ("specwright.toml:8:12", "cannot read `nowhere/pets.yaml`: there is no such file"),
        ("specwright.toml:15:13", "cannot read `changes.yaml`: there is no such file"),
    ] {
        assert!(run.err.contains(place) && run.err.contains(message), "{place}: {}", run.err);
    }
    assert!(run.err.contains("`shop.yaml` is similar"), "{}", run.err);
    assert!(run.err.contains("3 errors in `specwright.toml`"), "{}", run.err);
}

#[test]
fn a_document_in_any_script_makes_a_crate_with_a_name() {
    for (document, name) in [("Größe.yaml", "grosse"), ("pet store (v1).yaml", "pet-store-v1"), ("(-).yaml", "api")] {
        let folder = Folder::new("");
        fs::write(folder.path(document), DOCUMENT).expect("a document can be written");
        folder.run(&["init", document, "--config", "other.toml"]);
        let config = folder.read("other.toml");
        let wanted =
            [format!("path = \"{name}-api\""), format!("name = \"{name}\""), format!("document = \"{document}\"")];
        for it in &wanted {
            assert!(config.contains(it.as_str()), "{it}: {config}");
        }
    }
}
