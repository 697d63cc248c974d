//! `specwright vendor`: what a URL leads to is a copy that somebody took, and no other.

use std::fs;

use crate::project::{Folder, shop};

/// A document whose only schemas are those of URLs.
const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /items:
    get:
      operationId: listItems
      responses:
        '200':
          description: The items.
          content: { application/json: { schema: { $ref: 'HTTPS://Schemas.Example.com:443/v1/x/../item.json' } } }
";

/// It names itself, and its neighbor by a relative reference, as JSON Schema says.
const ITEM: &str = "{ \"$id\": \"https://schemas.example.com/v1/item.json\", \"type\": \"object\", \"required\": [\"size\"], \"properties\": { \"size\": { \"$ref\": \"size.json#/$defs/Size\" } } }";

const SIZE: &str = "{ \"$defs\": { \"Size\": { \"type\": \"string\", \"enum\": [\"big\", \"small\"] } } }";

/// A folder with the document, and beside it the files that its user has.
fn folder(config: &str) -> Folder {
    let folder = Folder::new(&(config.to_owned() + &shop("")));
    fs::create_dir(folder.path("downloads")).expect("a folder");
    for (path, text) in [("shop.yaml", DOCUMENT), ("downloads/item.json", ITEM), ("downloads/size.json", SIZE)] {
        fs::write(folder.path(path), text).expect("a file can be written");
    }
    folder
}

/// The same, with copies of both.
fn vendored(config: &str) -> Folder {
    let folder = folder(config);
    let files = ["downloads/size.json", "downloads/item.json"];
    let run = folder.run(&[&["vendor", "https://schemas.example.com/v1/"], files.as_slice()].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    folder
}

const COPY: &str = "specs/vendor/schemas.example.com-v1/item.json";

#[test]
fn a_url_leads_to_the_copy_that_was_taken() {
    let folder = folder("");
    let run = folder.run(&["generate"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let help = "`specwright vendor https://schemas.example.com/v1/item.json FILE` takes a copy of a file that you have";
    assert!(run.err.contains("nothing is ever fetched") && run.err.contains(help), "{}", run.err);
    assert!(run.err.contains("--> shop.yaml:10:"), "{}", run.err);

    let run = folder.run(&["vendor", "https://schemas.example.com/v1/item.json#/x", "downloads/item.json"]);
    assert_eq!(
        (run.code, run.out.as_str()),
        (Some(0), "`https://schemas.example.com/v1/item.json` is `specs/vendor/schemas.example.com-v1/item.json`\n")
    );
    let run = folder.run(&["generate"]);
    assert!(run.err.contains("specwright vendor https://schemas.example.com/v1/size.json FILE"), "{}", run.err);
    assert!(run.err.contains(&format!("--> {COPY}:1:")), "{}", run.err);

    folder.run(&["vendor", "https://schemas.example.com/v1/", "downloads/size.json"]);
    let run = folder.run(&["generate", "--strict"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let models = folder.read("shop/src/shop/models/mod.rs");
    assert!(models.contains("Item") && models.contains("Size"), "{models}");
    assert_eq!(folder.run(&["check"]).code, Some(0));
}

#[test]
fn a_copy_with_another_sum_is_refused_until_it_is_locked() {
    let folder = vendored("");
    assert_eq!(folder.run(&["generate"]).code, Some(0));
    let before = folder.read("shop/src/shop/models/item.rs");
    fs::write(folder.path(COPY), ITEM.replace("\"size\"]", "]")).expect("a file can be written");
    for command in ["check", "generate"] {
        let run = folder.run(&[command]);
        assert_eq!(run.code, Some(1), "{command}: {}", run.err);
        assert!(
            run.err.contains("error[vendored-file]") && run.err.contains("is not the copy that was taken"),
            "{}",
            run.err
        );
        assert!(run.err.contains("`specwright vendor https://schemas.example.com/v1/item.json FILE`"), "{}", run.err);
        assert!(run.err.contains("--> shop.yaml:10:"), "{}", run.err);
    }
    assert_eq!(folder.read("shop/src/shop/models/item.rs"), before);
    assert_eq!(folder.run(&["vendor", "https://schemas.example.com/v1/item.json", COPY]).code, Some(0));
    assert_eq!(folder.run(&["generate"]).code, Some(0));
    assert_ne!(folder.read("shop/src/shop/models/item.rs"), before);
}

#[test]
fn a_copy_that_is_gone_is_refused() {
    let folder = vendored("");
    fs::remove_file(folder.path(COPY)).expect("a file can be removed");
    let run = folder.run(&["generate"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains(&format!("`{COPY}` does not exist")), "{}", run.err);
}

#[test]
fn the_lock_is_the_same_in_whatever_order_copies_were_taken() {
    let one = vendored("");
    let other = folder("");
    for name in ["item.json", "size.json"] {
        let url = format!("https://SCHEMAS.example.com/v1/./{name}");
        other.run(&["vendor", &url, &format!("downloads/{name}")]);
    }
    let lock = one.read("specs/vendor/vendor.lock");
    assert_eq!(other.read("specs/vendor/vendor.lock"), lock);
    assert_eq!(lock.matches("[[file]]").count(), 2);
    // As `sha256sum` says it.
    assert!(lock.contains("sha256 = \"68ddee413bcebf7a57c810c0085b756cfa0896cc748ef14ff2900cc0f4ff4a7a\""), "{lock}");
}

#[test]
fn the_folder_is_where_the_configuration_or_a_flag_says() {
    let folder = vendored("vendor = \"third-party\"\n\n");
    assert!(folder.path("third-party/vendor.lock").is_file());
    assert_eq!(folder.run(&["generate", "--strict"]).code, Some(0));
    let alone = ["generate", "shop.yaml", "--out", "alone"];
    let run = folder.run(&alone);
    assert!(run.err.contains("specwright vendor https://schemas.example.com/v1/item.json FILE`"), "{}", run.err);
    let run = folder.run(&[alone.as_slice(), &["--vendor", "other place"]].concat());
    assert!(run.err.contains("item.json FILE --into 'other place'`"), "{}", run.err);
    let run = folder.run(&[alone.as_slice(), &["--vendor", "third-party", "--strict"]].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn copies_are_inputs_of_a_run() {
    let folder = vendored("");
    let generator = specwright::Generator::from_file(folder.path("specwright.toml")).expect("a configuration");
    let outcome = generator.generate().expect("a document without faults");
    for path in [COPY, "specs/vendor/vendor.lock"] {
        let path = folder.path(path).canonicalize().expect("a file");
        assert!(outcome.inputs().contains(&path), "{path:?}: {:?}", outcome.inputs());
    }
}

#[test]
fn versions_are_compared_with_their_copies() {
    let folder = vendored("");
    fs::write(folder.path("new.yaml"), DOCUMENT.replace("listItems", "items")).expect("a file can be written");
    let run = folder.run(&["diff", "shop.yaml", "new.yaml"]);
    assert!(run.out.contains("listItems") && !run.err.contains("fetched"), "{}{}", run.out, run.err);
}

#[test]
fn no_url_is_a_path_out_of_the_folder() {
    let folder = folder("");
    for (url, path) in [
        ("https://a.example/../../../up.json", "a.example/up.json"),
        ("https://a.example/%2e%2e/%2E%2E%2Fup.json", "a.example/2Fup.json"),
        ("https://a.example/..%5C..%5Cup.json", "a.example/5C..-5Cup.json"),
        ("https://a.example", "urn/a.example"),
        ("https://a.example/CON.json?v=../x", "a.example-v-..-x/_CON.json"),
        ("urn:example:..:item", "urn/example-..-item"),
    ] {
        let run = folder.run(&["vendor", url, "downloads/size.json"]);
        assert_eq!(run.code, Some(0), "{url}: {}", run.err);
        assert!(run.out.ends_with(&format!(" is `specs/vendor/{path}`\n")), "{url}: {}", run.out);
        assert!(folder.path("specs/vendor").join(path).is_file(), "{url}");
    }
    for url in
        ["/etc/passwd", "item.json", "file:///etc/passwd", "https://user:secret@a.example/x.json", "https://a b/"]
    {
        let run = folder.run(&["vendor", url, "downloads/size.json"]);
        assert_eq!(run.code, Some(2), "{url}");
        assert!(run.err.contains("cannot be vendored"), "{url}: {}", run.err);
    }
}

#[test]
fn names_that_a_disk_takes_for_one_are_told_apart() {
    let folder = folder("");
    let take = |url| folder.run(&["vendor", url, "downloads/size.json"]).out;
    assert!(take("https://a.example/b-c/X.json").ends_with("`specs/vendor/a.example-b-c/X.json`\n"));
    let other = take("https://a.example/b/c/x.json");
    let hash = other.split("a.example-b-c-").nth(1).and_then(|it| it.split('/').next()).unwrap_or_default();
    assert!(hash.len() == 8 && hash.bytes().all(|it| it.is_ascii_hexdigit()), "{other}");
    assert_eq!(take("https://a.example/b/c/x.json"), other);
}

#[test]
fn a_lock_that_leads_out_of_the_folder_is_refused() {
    let lock = |path: &str| {
        format!("[[file]]\nurl = \"https://schemas.example.com/v1/item.json\"\npath = '{path}'\nsha256 = \"0\"\n")
    };
    for text in [
        lock("../../downloads/item.json"),
        lock("/etc/passwd"),
        lock("C:\\x.json"),
        lock(""),
        lock("a.json") + &lock("b.json"),
        lock("a.json") + "size = 1\n",
        "[[file]".to_owned(),
    ] {
        let folder = folder("");
        fs::create_dir_all(folder.path("specs/vendor")).expect("a folder");
        fs::write(folder.path("specs/vendor/vendor.lock"), &text).expect("a file can be written");
        let run = folder.run(&["generate"]);
        assert_eq!(run.code, Some(1), "{text}\n{}", run.err);
        assert!(run.err.contains("`specs/vendor/vendor.lock` cannot be read"), "{text}\n{}", run.err);
        let run = folder.run(&["vendor", "https://a.example/x.json", "downloads/size.json"]);
        assert_eq!(run.code, Some(2), "{text}\n{}", run.err);
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_neither_read_nor_written_through() {
    let folder = vendored("");
    fs::remove_file(folder.path(COPY)).expect("a file can be removed");
    std::os::unix::fs::symlink(folder.path("downloads/item.json"), folder.path(COPY)).expect("a link");
    let run = folder.run(&["generate"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("leaves the folder"), "{}", run.err);

    folder.run(&["vendor", "https://schemas.example.com/v1/item.json", "downloads/size.json"]);
    assert_eq!(folder.read("downloads/item.json"), ITEM);
    let around = folder.path("specs/vendor/a.example");
    std::os::unix::fs::symlink(folder.path("downloads"), around).expect("a link");
    let run = folder.run(&["vendor", "https://a.example/item.json", "downloads/size.json"]);
    assert!(run.code == Some(2) && run.err.contains("leaves the folder"), "{}", run.err);
    assert_eq!(folder.read("downloads/item.json"), ITEM);
}

#[test]
fn what_cannot_be_copied_is_said() {
    let folder = folder("");
    fs::write(folder.path("downloads/bytes"), [0xff]).expect("a file can be written");
    for (args, said) in [
        (["https://a.example/x.json", "missing.json"].as_slice(), "cannot read `missing.json`"),
        (&["https://a.example/x.json", "downloads/bytes"], "it is not UTF-8 text"),
        (
            &["https://a.example/x.json", "downloads/item.json", "downloads/size.json"],
            "a URL that ends in `/` is a folder",
        ),
    ] {
        let run = folder.run(&[&["vendor"], args].concat());
        assert!(run.code == Some(2) && run.err.contains(said), "{}", run.err);
    }
    assert!(!folder.path("specs").exists());
}

#[test]
fn a_command_holds_no_command_of_a_document() {
    let folder = folder("");
    let url = "https://a.example/$(touch${IFS}x);'`.json";
    fs::write(
        folder.path("shop.yaml"),
        DOCUMENT.replace("HTTPS://Schemas.Example.com:443/v1/x/../item.json", &url.replace('\'', "''")),
    )
    .expect("a file can be written");
    let run = folder.run(&["generate"]);
    assert!(!run.err.contains("specwright vendor"), "braces and back quotes are in no URL: {}", run.err);
    let text =
        DOCUMENT.replace("HTTPS://Schemas.Example.com:443/v1/x/../item.json", "https://a.example/$(reboot);''&.json");
    fs::write(folder.path("shop.yaml"), text).expect("a file can be written");
    let run = folder.run(&["generate"]);
    assert!(run.err.contains(r"`specwright vendor 'https://a.example/$(reboot);'\''&.json' FILE`"), "{}", run.err);
}

#[test]
fn references_where_openapi_has_none_lead_to_copies_too() {
    let folder = folder("");
    let text = "openapi: 3.1.0
info: { title: Shop, version: '1', description: { $ref: 'https://schemas.example.com/v1/about.md' } }
paths: {}
components: { schemas: { $ref: 'https://schemas.example.com/v1/all.json' } }
";
    fs::write(folder.path("shop.yaml"), text).expect("a file can be written");
    let run = folder.run(&["generate"]);
    for name in ["about.md", "all.json"] {
        let help = format!("`specwright vendor https://schemas.example.com/v1/{name} FILE`");
        assert!(run.err.contains(&help), "{}", run.err);
    }

    let all = "{ \"Item\": { \"properties\": { \"size\": { \"$ref\": \"size.json#/$defs/Size\" }, \"next\": { \"$ref\": \"#/Item\" } } } }";
    for (name, text) in [("all.json", all), ("about.md", "Sells: everything.\n")] {
        fs::write(folder.path("downloads").join(name), text).expect("a file can be written");
    }
    let files = ["downloads/size.json", "downloads/all.json", "downloads/about.md"];
    folder.run(&[&["vendor", "https://schemas.example.com/v1/"], files.as_slice()].concat());
    let run = folder.run(&["generate"]);
    assert!(run.code == Some(0) && !run.err.contains("fetched"), "{}", run.err);
    let models = folder.read("shop/src/shop/models/item.rs");
    assert!(models.contains(": Box<Item> =") && models.contains("Size"), "{models}");
    assert!(folder.read("shop/src/shop/mod.rs").contains("Sells: everything."));

    fs::write(folder.path("specs/vendor/schemas.example.com-v1/about.md"), "Sells nothing.")
        .expect("a file can be written");
    let run = folder.run(&["generate"]);
    assert!(run.code == Some(1) && run.err.contains("error[vendored-file]"), "{}", run.err);
}

#[test]
fn a_body_of_swagger_stands_behind_a_url() {
    let folder = folder("");
    let text = "swagger: '2.0'
info: { title: Shop, version: '1' }
consumes: [application/json]
paths:
  /items:
    post:
      operationId: addItem
      parameters: [{ $ref: 'https://schemas.example.com/v1/parameters.json#/Item' }]
      responses: { '204': { description: Added. } }
";
    let parameters = "{ \"Item\": { \"in\": \"body\", \"name\": \"item\", \"required\": true, \"schema\": { \"$ref\": \"size.json#/$defs/Size\" } } }";
    fs::write(folder.path("shop.yaml"), text).expect("a file can be written");
    fs::write(folder.path("downloads/parameters.json"), parameters).expect("a file can be written");
    let files = ["downloads/size.json", "downloads/parameters.json"];
    folder.run(&[&["vendor", "https://schemas.example.com/v1/"], files.as_slice()].concat());
    let run = folder.run(&["generate"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let operation = folder.read("shop/src/shop/operations/add_item.rs");
    assert!(operation.contains("Size"), "{operation}\n{}", run.err);
}
