//! Types that stand deeper in each other than compilers look without being told.

use acceptance::pipeline;

use crate::workspace::{Package, Workspace, rendered};

/// How many of them stand in each other.
const DEEP: usize = 60;

/// A crate of some schemas, the first of which is sent and answered.
fn package(name: &str, schemas: &[String]) -> Package {
    let content = "content: { application/json: { schema: { $ref: '#/components/schemas/Part0' } } }";
    let text = format!(
        "openapi: 3.1.0
info: {{ title: T, version: '1' }}
paths:
  /first:
    put:
      requestBody: {{ {content} }}
      responses: {{ '200': {{ description: It., {content} }} }}
components:
  schemas:
{}",
        schemas.concat()
    );
    rendered(name, &[pipeline::plan("parts", &text)])
}

/// Objects each of which may have the next one, the last one the first.
fn ring(count: usize) -> Package {
    let part = |part: usize| {
        let next = format!("$ref: '#/components/schemas/Part{}'", (part + 1) % count);
        format!("    Part{part}: {{ type: object, properties: {{ next: {{ {next} }} }} }}\n")
    };
    package("ring", &(0..count).map(part).collect::<Vec<_>>())
}

/// Lists in each other.
fn lists(count: usize) -> Package {
    let (open, closed) = ("{ type: array, items: ".repeat(count), " }".repeat(count));
    package("lists", &[format!("    Part0: {open}{{ type: string }}{closed}\n")])
}

#[test]
fn types_may_stand_in_each_other_as_deep_as_schemas_do() {
    let is_told = |package: &Package| package["src/lib.rs"].contains("#![recursion_limit");
    assert!(!is_told(&ring(3)) && !is_told(&lists(3)), "nobody has to be told of a few");
    let packages = [("ring", ring(DEEP)), ("lists", lists(DEEP))];
    assert!(packages.iter().all(|(_, package)| is_told(package)));
    let workspace = Workspace::write("deep", &packages);
    for (name, _) in packages {
        workspace.cargo(&["check", "--quiet", "--offline", "--package", name]);
        workspace.cargo(&["rustdoc", "--quiet", "--offline", "--package", name, "--", "-D", "warnings"]);
    }
}
