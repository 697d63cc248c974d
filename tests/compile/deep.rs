//! Types that stand deeper in each other than compilers look without being told.

use std::fmt::Write as _;

use acceptance::pipeline;
use specwright::render::{CrateOptions, Delivery, render};

use crate::workspace::{Package, Workspace};

/// A crate of objects each of which may have the next one, the last one the first.
fn ring(count: usize) -> Package {
    let mut text = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths:\n  /first:\n    put:\n      requestBody: \
                    { content: { application/json: { schema: { $ref: '#/components/schemas/Part0' } } } }\n      \
                    responses: { '200': { description: It., content: { application/json: { schema: { $ref: \
                    '#/components/schemas/Part0' } } } } }\ncomponents:\n  schemas:\n"
        .to_owned();
    for part in 0..count {
        let next = (part + 1) % count;
        let _ = writeln!(
            text,
            "    Part{part}: {{ type: object, properties: {{ next: {{ $ref: '#/components/schemas/Part{next}' }} }} }}"
        );
    }
    let options = CrateOptions {
        name: format!("ring-of-{count}"),
        description: "Parts.".to_owned(),
        workspace: true,
        runtime: Delivery::Copy,
    };
    let files = render(&[pipeline::plan("ring", &text)], &options).expect("it can be rendered");
    files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

#[test]
fn types_may_stand_in_each_other_as_deep_as_schemas_do() {
    let root = |package: &Package| package["src/lib.rs"].contains("#![recursion_limit");
    assert!(!root(&ring(3)), "nobody has to be told of a few");
    let package = ring(60);
    assert!(root(&package));
    let workspace = Workspace::write("deep", &[("ring-of-60", package)]);
    for tool in ["clippy", "rustdoc"] {
        workspace.cargo(&[tool, "--quiet", "--offline", "--package", "ring-of-60", "--", "-D", "warnings"]);
    }
}
