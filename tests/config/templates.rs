//! Templates of the user's: exported, in place of ours, for further files, of older versions, and unsafe ones.

use std::fs;

use acceptance::{fixtures, pipeline};
use specwright::config::Handlers;
use specwright::plan::{ApiPlan, Wanted};
use specwright::render::{CrateOptions, Delivery, Extras, Overrides, Place, TEMPLATE_VERSION, TEMPLATES, contexts};

use crate::project::{Folder, shop};

/// A shop with templates, by their paths in their folder.
fn with(templates: &[(&str, &str)]) -> Folder {
    let folder = Folder::new(&shop("").replacen("path = \"shop\"", "path = \"shop\"\ntemplates = \"mine\"", 1));
    fs::create_dir_all(folder.path("mine/operation")).expect("a folder can be made");
    for (name, text) in templates {
        fs::write(folder.path("mine").join(name), text).expect("a template can be written");
    }
    folder
}

/// A template that people are shown.
fn example(name: &str) -> String {
    let path = fixtures::workspace().join("generator/recipes/templates").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// One of ours with its first line, changed.
fn ours(name: &str, from: &str, to: &str) -> String {
    let (_, text) = TEMPLATES.iter().find(|(it, _)| *it == name).expect("a template");
    assert!(text.contains(from), "{from}");
    format!("{{# specwright {TEMPLATE_VERSION} #}}\n{}", text.replacen(from, to, 1))
}

#[test]
fn templates_are_exported_and_generate_the_same() {
    let folder = with(&[]);
    assert_eq!(folder.run(&["generate"]).code, Some(0));
    let before = folder.read("shop/src/shop/client.rs");
    let run = folder.run(&["templates", "export", "mine"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.out, format!("{} files in `mine`\n", TEMPLATES.len() + 2));
    assert!(folder.read("mine/CONTEXT.md").contains("## `client.rs.j2`"));
    let run = folder.run(&["check"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "what is exported is what is built in");
    fs::write(folder.path("mine/lib.rs.j2"), "changed").expect("a template can be written");
    assert!(folder.run(&["templates", "export", "mine"]).out.contains("stay as they are"));
    assert_eq!((folder.read("mine/lib.rs.j2").as_str(), folder.read("shop/src/shop/client.rs")), ("changed", before));
}

#[test]
fn an_example_changes_the_methods_of_clients() {
    let folder = with(&[("client.rs.j2", &example("client.rs.j2"))]);
    let run = folder.run(&["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let client = folder.read("shop/src/shop/client.rs");
    assert!(client.contains("pub async fn list_items("), "{client}");
    assert!(!client.contains("client::Sending<"), "{client}");
    // A change of the template is a change of what is generated.
    fs::remove_file(folder.path("mine/client.rs.j2")).expect("a template can be removed");
    assert_eq!(folder.run(&["check"]).code, Some(1));
}

#[test]
fn an_example_makes_a_file_for_each_operation() {
    let folder = with(&[("operation/summary.rs.j2", &example("operation/summary.rs.j2"))]);
    let run = folder.run(&["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let root = folder.read("shop/src/shop/mod.rs");
    assert!(root.contains("#[cfg(any(feature = \"client\", feature = \"server\"))]\npub mod summary;"), "{root}");
    assert!(folder.read("shop/src/shop/summary/mod.rs").contains("pub mod get_shelf;"));
    let summary = folder.read("shop/src/shop/summary/get_shelf.rs");
    assert!(summary.contains("pub const ID: &str = \"getShelf\";"), "{summary}");
    assert!(folder.read("shop/MANIFEST").contains("src/shop/summary/get_shelf.rs\n"));
}

#[test]
fn no_template_puts_text_into_code() {
    let text =
        |hole: &str| ours("server.rs.j2", "{{ \"The operations of the API, and who may call them.\" | doc }}", hole);
    let holes = [
        "{{ api.title }}",
        "{{ api.title | upper }}",
        "{{ api.title | safe }}",
        "{{ \"fn injected() {}\" }}",
        "{% autoescape false %}{{ api.docs }}{% endautoescape %}",
        "{% set it = \"fn \" ~ api.title %}{{ it }}",
        "{{ (api.path | string) ~ \"::injected\" }}",
        "{% filter replace(\"a\", \"b\") %}{{ api.title }}{% endfilter %}",
    ];
    for hole in holes {
        let folder = with(&[("server.rs.j2", &text(hole))]);
        let run = folder.run(&["generate"]);
        assert_eq!(run.code, Some(2), "{hole}: {}", run.err);
        assert!(run.err.contains("template `server.rs.j2`"), "{hole}: {}", run.err);
        assert!(!run.err.contains("bug of Specwright") && !folder.path("shop").exists(), "{hole}: {}", run.err);
    }
    let folder = with(&[("server.rs.j2", &text("{{ api.title | doc }}"))]);
    assert_eq!(folder.run(&["generate"]).code, Some(0), "text goes through a filter");
}

#[test]
fn no_template_makes_what_the_plan_does_not_ask_for() {
    let more = "#[derive(Debug, Clone)]\n";
    let cases = [
        ("pub fn injected() {}\n", "the plan asks for the items"),
        ("impl ToString for Other { fn to_string(&self) -> String { String::new() } }\n", "the plan asks for no"),
        ("std::compile_error!(\"no\");\n", "the plan asks for no call of"),
        ("pub fn (\n", "does not parse"),
        ("}\n", "does not parse"),
        ("pub const A: &str = \"\n", "does not parse"),
        ("/* pub fn a() {}\n", "does not parse"),
        ("pub const A: u8 = 0x;\n", "does not parse"),
        ("support::object! { pub struct A ] }\n", "does not parse"),
        ("#![allow(warnings)]\n", "does not parse"),
    ];
    for (code, message) in cases {
        let run = with(&[("client.rs.j2", &ours("client.rs.j2", more, &format!("{code}{more}")))]).run(&["generate"]);
        assert_eq!(run.code, Some(2), "{code}: {}", run.err);
        assert!(run.err.contains(message), "{code}: {}", run.err);
    }
    let added =
        "{# specwright 2: ID #}\npub const ID: &str = {{ operation.head.id | lit }};\npub const MORE: u8 = 1;\n";
    let run = with(&[("operation/summary.rs.j2", added)]).run(&["generate"]);
    assert!(run.code == Some(2) && run.err.contains("the plan asks for the items [\"ID\"]"), "{}", run.err);
}

#[test]
fn a_template_may_have_items_of_every_kind() {
    let items = "#![allow(dead_code)]\n// For nobody.\nuse std::fmt;\npub const ID: &str = {{ operation.head.id | lit }};\n\
        /// A place.\npub struct Place { pub row: u8 }\npub const FIRST: Place = Place { row: 1 };\n\
        pub const fn next(it: &Place) -> u8 { it.row + 1 }\n\
        impl fmt::Debug for Place { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(r#\"'\"#) } }\n";
    let added = format!("{{# specwright 2: ID, Place, FIRST, next #}}\n{items}");
    let folder = with(&[("operation/summary.rs.j2", &added)]);
    let run = folder.run(&["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let summary = folder.read("shop/src/shop/summary/get_shelf.rs");
    let (_, text) = summary.split_once('\n').unwrap();
    let wanted = "\n#![allow(dead_code)]\n\nuse std::fmt;\n\npub const ID: &str = \"getShelf\";\n\n/// A place.\npub struct Place {\n    \
        pub row: u8,\n}\n\npub const FIRST: Place = Place { row: 1 };\n\npub const fn next(it: &Place) -> u8 {\n    it.row + 1\n}\n\n\
        impl fmt::Debug for Place {\n    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {\n        \
        f.write_str(r#\"'\"#)\n    }\n}\n";
    assert_eq!(text, wanted);
}

#[test]
fn a_template_for_an_older_version_is_told_what_changed() {
    let old = ours("api_mod.rs.j2", "", "").replacen("specwright 2", "specwright 1", 1);
    let gone = "{# specwright 1 #}\n";
    let run = with(&[("api_mod.rs.j2", &old), ("input.rs.j2", gone)]).run(&["generate"]);
    assert_eq!(run.code, Some(2));
    let wanted = "template `api_mod.rs.j2`: it was made for version 1, since when it changed:\n  version 2: `has_parameters` says";
    assert!(run.err.contains(wanted), "{}", run.err);
    assert!(run.err.contains("adapt it, then write `{# specwright 2 #}`"), "{}", run.err);
    assert!(run.err.contains("version 2: it is gone: `call.request()` reads"), "{}", run.err);
    // What has not changed since is as good as new.
    let old = ours("serve.rs.j2", "", "").replacen("specwright 2", "specwright 1", 1);
    assert_eq!(with(&[("serve.rs.j2", &old)]).run(&["generate"]).code, Some(0));
}

#[test]
fn templates_that_nobody_can_use_are_mistakes() {
    let cases = [
        ("lib.rs.j2", "{{ docs | inner_doc }}\n", "its first line does not say for which version it was made"),
        (
            "lib.rs.j2",
            "{# specwright 99 #}\n",
            "it was made for version 99, and this program has 2: update the program",
        ),
        ("libs.rs.j2", "{# specwright 2 #}\n", "there is no template of that name: `lib.rs.j2` is similar"),
        ("lib.rs.j2", "{# specwright 2: docs #}\n", "the plan says which items it makes"),
        ("operation/client.rs.j2", "{# specwright 2 #}\n", "`client` cannot be the name of a module"),
        ("operation/contract.rs.j2", "{# specwright 2 #}\n", "`contract` cannot be the name of a module"),
        ("operation/Up.rs.j2", "{# specwright 2 #}\n", "`Up` cannot be the name of a module"),
        ("operation/it.toml.j2", "{# specwright 2 #}\n", "there is no template of that name"),
    ];
    for (name, text, message) in cases {
        let run = with(&[(name, text)]).run(&["generate"]);
        assert_eq!(run.code, Some(2), "{name}: {}", run.err);
        assert!(run.err.contains(&format!("template `{name}`")) && run.err.contains(message), "{name}: {}", run.err);
    }
    let missing = Folder::new(&shop("").replacen("path = \"shop\"", "path = \"shop\"\ntemplates = \"none\"", 1));
    let run = missing.run(&["generate"]);
    assert!(run.code == Some(2) && run.err.contains("cannot read the templates in"), "{}", run.err);
}

#[test]
fn the_published_context_is_what_templates_are_given() {
    let mut plans: Vec<_> = fixtures::accepted().iter().map(|it| pipeline::plan(&it.api(), &it.document())).collect();
    let wanted = Wanted { handlers: Handlers::ByTag, ..Wanted::default() };
    let full = fixtures::workspace().join("tests/fixtures/accept/documents/full_30.yaml");
    let full = fs::read_to_string(full).expect("a fixture");
    plans.push(ApiPlan { nesting: 200, ..pipeline::plan_wanted("by_tag", &full, wanted) });
    let options =
        |runtime| CrateOptions { name: "all".to_owned(), description: "All.".to_owned(), workspace: false, runtime };
    let mut all = contexts(&plans, &options(Delivery::Copy), &Extras::default()).expect("our templates render");
    let summary = ("operation/summary.rs.j2".to_owned(), example("operation/summary.rs.j2"));
    let templates = Overrides::new([summary], |_| None).expect("a template");
    let tree = Extras { place: Place::Module("crate::api".to_owned()), templates, ..Extras::default() };
    all.merge(contexts(&plans, &options(Delivery::Copy), &tree).expect("our templates render"));
    let pages =
        [("template-context.md", all.page()), ("template-context.schema.json", format!("{:#}\n", all.schema()))];
    for (name, wanted) in pages {
        let path = fixtures::workspace().join("generator").join(name);
        let found = fs::read_to_string(&path).unwrap_or_default();
        if found != wanted && std::env::var_os("INSTA_UPDATE").is_some_and(|it| it == "always") {
            fs::write(&path, &wanted).expect("a page can be written");
        } else {
            assert!(found == wanted, "`{}` is stale: `INSTA_UPDATE=always` writes it", path.display());
        }
    }
}
