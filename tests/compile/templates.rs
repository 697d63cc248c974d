//! The templates that people are shown, compiled without a warning.

use std::fs;
use std::path::Path;

use acceptance::{command, fixtures};
use tempfile::TempDir;

use crate::workspace::{Package, Workspace};

const CONFIG: &str = "[[output]]
path = \"summaries\"
templates = \"mine\"

[[output.api]]
document = \"shop.yaml\"
";

const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
  /items/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: getItem
      responses:
        '200': { description: An item., content: { application/json: { schema: { type: object } } } }
        '404': { description: None. }
    put:
      operationId: putItem
      security: [{ key: [] }]
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      responses: { '204': { description: Done. } }
components:
  securitySchemes: { key: { type: apiKey, name: x-key, in: header } }
";

#[test]
fn the_templates_that_people_are_shown_compile() {
    let folder = TempDir::new().expect("a temporary folder");
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    };
    put("specwright.toml", CONFIG);
    put("shop.yaml", DOCUMENT);
    let shown = texts(&fixtures::workspace().join("generator/recipes/templates"));
    assert_eq!(shown.len(), 2);
    for (name, text) in &shown {
        put(&format!("mine/{name}"), text);
    }
    let run = command::specwright(folder.path(), &["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let files =
        texts(&folder.path().join("summaries")).into_iter().filter(|(name, _)| !name.starts_with(".specwright"));
    let package: Package = files.collect();
    assert!(package["src/shop/client.rs"].contains("pub async fn put_item("));
    let workspace = Workspace::write_as_asked("templates", &[("summaries", package)]);
    workspace.cargo(&["clippy", "--quiet", "--offline", "--features", "blocking,stand-in", "--", "-D", "warnings"]);
}

/// The files below a folder, by their paths in it.
fn texts(folder: &Path) -> Package {
    let name = |path: &Path| path.strip_prefix(folder).expect("a file below its folder").to_string_lossy().into_owned();
    fixtures::files(folder).iter().map(|it| (name(it), fs::read_to_string(it).expect("a text"))).collect()
}
