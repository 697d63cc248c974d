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

/// Lists, maps and tuples in each other, as components, properties, parameters and positions.
fn complex() -> Package {
    let inside = |kind: &str, depth: usize| {
        let (open, closed) = match kind {
            "lists" => ("{ type: array, items: ", " }"),
            _ => ("{ type: object, additionalProperties: ", " }"),
        };
        format!("{}{{ type: string }}{}", open.repeat(depth), closed.repeat(depth))
    };
    let tuple = |position: &str, count: usize| {
        let positions = vec![position; count].join(", ");
        format!("{{ type: array, prefixItems: [{positions}], minItems: {count}, maxItems: {count} }}")
    };
    let mut schemas = vec![format!("    Part0: {{ type: object, properties: {{ all: {} }} }}\n", inside("lists", 9))];
    for depth in 1..9 {
        let (lists, maps) = (inside("lists", depth), inside("maps", depth));
        schemas.push(format!("    Lists{depth}: {lists}\n    Maps{depth}: {maps}\n"));
        let scalars = tuple("{ type: string }", depth);
        let pairs = tuple(&tuple("{ type: number }", 4), depth);
        schemas.push(format!("    Tuple{depth}: {scalars}\n    Pairs{depth}: {pairs}\n"));
        let nullable = tuple("{ type: [string, 'null'] }", depth);
        let rows = tuple("{ type: [array, 'null'], items: { type: array, items: { type: string } } }", depth);
        schemas.push(format!("    Nullable{depth}: {nullable}\n    NullableRows{depth}: {rows}\n"));
        let maybe = lists.replacen("type: array", "type: [array, 'null']", 1);
        let required = format!("l: {lists}, s: {}", tuple(&maps, 1));
        let optional = format!("o: {lists}, m: {maps}, t: {scalars}, n: {maybe}");
        let properties = format!("required: [l, s], properties: {{ {required}, {optional} }}");
        schemas.push(format!("    Properties{depth}: {{ type: object, {properties} }}\n"));
        let rows = format!("{{ type: array, items: {{ type: array, items: {scalars} }} }}");
        schemas.push(format!("    Rows{depth}: {{ type: object, properties: {{ rows: {rows}, pairs: {pairs} }} }}\n"));
    }
    package("complex", &schemas)
}

#[test]
fn types_with_many_others_in_them_get_names() {
    let workspace = Workspace::write("complex", &[("complex", complex())]);
    workspace.cargo(&["clippy", "--quiet", "--offline", "--", "-D", "warnings"]);
}
