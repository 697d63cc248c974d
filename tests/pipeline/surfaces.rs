//! The surface of an API beside its code: in the document's order, one line an item.

use acceptance::pipeline;
use specwright::ir;
use specwright::render::{Extras, render_crate, surface};

/// What code sees, and what is sent.
fn surfaces(text: &str) -> [String; 2] {
    let compiled = pipeline::compile("api", text);
    let contract = ir::outline(compiled.api.as_ref().expect("a document that can be read"));
    let plan = compiled.plan.expect("a document without errors");
    let extras = Extras { contracts: [(plan.module.clone(), contract)].into(), ..Extras::default() };
    let files = render_crate(&[plan], &pipeline::options(), &extras).expect("templates that render");
    ["surface/api.rust.txt", "surface/api.wire.txt"].map(|path| {
        assert!(files.get("MANIFEST").is_some_and(|it| it.lines().any(|line| line == path)), "{path} is listed");
        files.get(path).expect("the surface").to_owned()
    })
}

fn document(field: &str) -> String {
    format!(
        "paths:
  /zebras:
    post:
      operationId: addZebra
      parameters: [{{ name: {field}, in: query, schema: {{ type: string }} }}]
      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Zebra' }} }} }} }}
      responses: {{ '204': {{ description: Done. }} }}
  /apes:
    get:
      operationId: listApes
      responses: {{ '204': {{ description: None. }} }}
components:
  schemas:
    Zebra: {{ type: object, required: [{field}], properties: {{ {field}: {{ type: string }}, id: {{ type: integer }} }} }}
    Ape: {{ type: object, properties: {{ name: {{ type: string }} }} }}
"
    )
}

#[test]
fn items_stand_in_the_order_of_the_document() {
    for text in surfaces(&document("stripes")) {
        let at = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word}: {text}"));
        let (zebra, ape) = if text.contains("operations::") {
            ("operations::add_zebra", "operations::list_apes")
        } else {
            ("addZebra", "listApes")
        };
        assert!(at(zebra) < at(ape), "{text}");
        assert!(
            text.rfind("Zebra")
                .is_some_and(|it| it < text.rfind("Ape").expect("a schema") || text.contains("trait Api")),
            "{text}"
        );
    }
    let [rust, _] = surfaces(&document("stripes"));
    assert!(rust.find("models::zebra") < rust.find("models::ape"), "{rust}");
}

#[test]
fn a_renamed_field_is_one_line() {
    let (old, new) = (surfaces(&document("stripes")), surfaces(&document("strips")));
    for (old, new) in old.iter().zip(&new) {
        let gone: Vec<_> = old.lines().filter(|line| !new.lines().any(|it| it == *line)).collect();
        let come: Vec<_> = new.lines().filter(|line| !old.lines().any(|it| it == *line)).collect();
        // The parameter and the property, each once.
        assert_eq!((gone.len(), come.len()), (2, 2), "{gone:#?} {come:#?}");
        assert!(gone.iter().all(|it| it.contains("stripes")), "{gone:#?}");
    }
}

#[test]
fn the_methods_of_a_request_are_public_with_tags_and_without() {
    let plain = document("stripes");
    let tagged = plain.replace("operationId: addZebra", "operationId: addZebra\n      tags: [Zoo, \"it's; in\"]");
    assert_ne!(plain, tagged);
    for text in [plain, tagged] {
        let files = pipeline::generate("api", &text);
        let path = "src/api/operations/add_zebra.rs";
        let seen = surface(path, files.get(path).expect("the file of an operation")).expect("Rust");
        for method in
            ["fn new(body: models::Zebra) -> Self", "fn with_stripes(mut self, value: impl Into<String>) -> Self"]
        {
            assert!(seen.contains(method), "{seen}");
        }
    }
}

#[test]
fn nothing_is_written_that_nobody_asked_for() {
    let files = pipeline::generate("api", &document("stripes"));
    assert!(files.iter().all(|(path, _)| !path.starts_with("surface/")));
}
