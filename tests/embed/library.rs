//! The library: options, outcomes, and errors that are errors.

use std::error::Error as _;
use std::fs;
use std::path::Path;

use specwright::config::{self, ApiEntry, Attribute, Dependency, Finding, Level, Output, Select, Types, Verb, Weight};
use specwright::{Error, ErrorKind, Generator};
use tempfile::TempDir;

const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /items:
    get: { operationId: listItems, tags: [items], responses: { '204': { description: None. } } }
    delete: { operationId: dropItems, responses: { '204': { description: None. } } }
components: { schemas: { Item: { type: object, properties: { since: { type: string, format: date } } } } }
";

/// A folder with a document.
fn folder(document: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("shop.yaml"), document).expect("a document can be written");
    folder
}

fn shop(folder: &TempDir) -> ApiEntry {
    ApiEntry::new(folder.path().join("shop.yaml").display().to_string())
}

fn out(folder: &TempDir) -> String {
    folder.path().join("out").display().to_string()
}

fn is_an_error<E: std::error::Error + Send + Sync + 'static>(error: E) -> Box<dyn std::error::Error + Send + Sync> {
    error.into()
}

#[test]
fn it_writes_says_what_it_read_and_then_changes_nothing() -> Result<(), Error> {
    let folder = folder(DOCUMENT);
    let generator = Generator::new().output(Output::in_crate(out(&folder)).name("shop").api(shop(&folder)));
    let stale = generator.check().expect_err("nothing is generated");
    assert_eq!(stale.kind(), ErrorKind::Stale);
    assert!(stale.to_string().contains("  new      src/shop/mod.rs"), "{stale}");
    let outcome = generator.generate()?;
    assert!(outcome.written() > 10 && outcome.warnings().is_empty() && outcome.summary().contains("2 operations"));
    assert!(outcome.inputs().iter().any(|it| it.ends_with("shop.yaml")), "{:?}", outcome.inputs());
    generator.check()?;
    assert_eq!(generator.generate()?.written(), 0);
    assert_eq!(generator.full().generate()?.written(), 0);
    Ok(())
}

#[test]
fn every_option_of_the_configuration_has_a_method_or_is_set_by_its_name() -> Result<(), Error> {
    let folder = folder(DOCUMENT);
    let select = Select::default().operation("listItems").tag("items").method(Verb::Get);
    let api = shop(&folder).name("store").select(select).prune();
    let output = Output::in_crate(out(&folder)).name("store").description("A store.").api(api);
    let attribute = Attribute { derive: vec!["Copy".to_owned()], ..Attribute::default() };
    let unused = Generator::new().output(output.clone()).attribute(attribute).generate();
    assert_eq!(unused.expect_err("there is no type").kind(), ErrorKind::Config);
    let generator = Generator::new()
        .output(output.depend_on_runtime_in("../runtime"))
        .types(Types::default())
        .dependency("anyhow", Dependency::Version("1".to_owned()))
        .deny(Level::Unsupported);
    generator.generate()?;
    let text = |path: &str| fs::read_to_string(Path::new(&out(&folder)).join(path)).unwrap_or_default();
    assert!(text("Cargo.toml").contains("anyhow = ") && text("Cargo.toml").contains("path = \"../runtime\""));
    assert!(text("src/store/server.rs").contains("list_items") && !text("src/store/server.rs").contains("drop_items"));
    let finding = Finding {
        code: "unknown-field".to_owned(),
        level: Weight::Deny,
        at: None,
        api: None,
        reason: "none of ours".to_owned(),
    };
    let error = generator.finding(finding).generate().expect_err("nothing answers to it");
    assert!(error.to_string().contains("no finding answers to this entry"), "{error}");
    Ok(())
}

#[test]
fn a_mistake_in_an_option_is_said_with_its_key() {
    let error = Generator::new().output(Output::in_module("src/api", "api")).generate().expect_err("a bad path");
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("`output.module` cannot be `\"api\"`"), "{error}");
    let none = Generator::new().generate().expect_err("there is nothing to do");
    assert!(none.to_string().contains("output"), "{none}");
}

#[test]
fn a_document_that_is_refused_is_listed() {
    let folder = folder(&DOCUMENT.replace("operationId: dropItems", "operationId: 7"));
    let generator = Generator::new().output(Output::in_crate(out(&folder)).api(shop(&folder)));
    let outcome = generator.generate().expect("it is repaired");
    assert!(outcome.warnings().iter().any(|it| it.contains("shop.yaml:6:")), "{:?}", outcome.warnings());
    let error = generator.strict().generate().expect_err("it is refused");
    assert_eq!(error.kind(), ErrorKind::Document);
    assert!(error.to_string().contains("shop.yaml:6:") && error.source().is_none(), "{error}");
    assert_eq!(format!("{error:?}"), error.to_string());
    let shown = is_an_error(error).to_string();
    assert!(!shown.contains('\u{1b}'), "{shown}");
    let missing = Generator::new().output(Output::in_crate(out(&folder)).api(ApiEntry::new("missing.yaml")));
    let error = missing.generate().expect_err("there is no such file");
    assert_eq!(error.kind(), ErrorKind::File);
    assert!(error.to_string().contains("missing.yaml"), "{error}");
}

#[test]
fn a_configuration_is_read_from_a_file() {
    let folder = folder(DOCUMENT);
    let path = folder.path().join(config::FILE);
    fs::write(&path, "[[output]]\npath = \"shop\"\napi = [{ document = \"shop.yaml\" }]\n").expect("a configuration");
    let generator = Generator::from_file(&path).expect("a configuration without a mistake");
    let outcome = generator.generate().expect("a crate");
    assert!(folder.path().join("shop/Cargo.toml").is_file());
    assert!(outcome.inputs().contains(&path));
    fs::write(&path, "[[output]]\npaht = \"shop\"\n").expect("a configuration");
    let error = Generator::from_file(&path).expect_err("a mistake");
    assert!(error.kind() == ErrorKind::Config && error.to_string().contains("`path` is similar"), "{error}");
    assert_eq!(Generator::from_file(folder.path().join("none.toml")).expect_err("no file").kind(), ErrorKind::File);
}

#[test]
fn outside_of_a_build_script_there_is_none() {
    let folder = folder(DOCUMENT);
    let generator = Generator::new().output(Output::in_module("api", "crate::api").api(shop(&folder)));
    let error = generator.build_script().expect_err("no `OUT_DIR`");
    assert!(error.kind() == ErrorKind::Config && error.to_string().contains("`OUT_DIR` is not set"), "{error}");
}
