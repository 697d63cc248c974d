//! Documents of several files: what another file holds is named after the reference to it, whoever uses it first.

use specwright::document::{LoadError, Loader};
use specwright::listing::Style;
use specwright::plan::{ApiPlan, Naming, SecurityPlan};

/// Files by their paths.
struct Texts;

impl Loader for Texts {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        let text = match path {
            "common.yaml" => {
                "schemas:\n  Pet: { type: object, properties: { owner: { $ref: 'schemas/Owner.yaml' } } }\n  Id: { type: string, maxLength: 9 }\n"
            }
            "schemas/Owner.yaml" => {
                "type: object\nproperties: { pets: { type: array, items: { $ref: '../common.yaml#/schemas/Pet' } }, home: { type: object, properties: { city: { type: string } } } }\n"
            }
            "schemas/Toy.yaml" => "type: object\nproperties: { name: { type: string } }\n",
            "cookie.yaml" => "type: cookie\n",
            "schemes.yaml" => "schemes: { own: { type: cookie } }\n",
            _ => return Err(LoadError::NotFound),
        };
        Ok(text.to_owned())
    }
}

fn plan(paths: &str) -> ApiPlan {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: Split, version: '1' }}\npaths:\n{paths}components:\n  schemas:\n    Toy: {{ $ref: 'schemas/Toy.yaml' }}\n"
    );
    let naming = Naming { name: "split".to_owned(), source: "split.yaml".to_owned() };
    let compiled = specwright::compile(&naming, text, &Texts);
    let listing = specwright::listing::render(&compiled.diagnostics, &compiled.sources, Style::Plain);
    compiled.plan.unwrap_or_else(|| panic!("{listing}"))
}

fn path(name: &str, reference: &str) -> String {
    let schema = format!("{{ type: object, properties: {{ it: {{ $ref: {reference:?} }} }} }}");
    let ok = format!("{{ description: It., content: {{ application/json: {{ schema: {schema} }} }} }}");
    format!("  /{name}: {{ get: {{ operationId: {name}, responses: {{ '200': {ok} }} }} }}\n")
}

/// The modules of the models with the types in each.
fn names(plan: &ApiPlan) -> Vec<String> {
    let file = |(idx, file): (usize, &specwright::plan::ModelFile)| {
        let models = plan.models_in(&specwright::plan::Home::Component(idx));
        let types: Vec<_> = models.iter().map(|model| model.name.as_str()).collect();
        format!("{}: {}", file.module, types.join(", "))
    };
    plan.model_files.iter().enumerate().map(file).collect()
}

#[test]
fn what_another_file_holds_is_named_after_the_reference() {
    let plan = plan(&(path("pets", "common.yaml#/schemas/Pet") + &path("ids", "common.yaml#/schemas/Id")));
    assert_eq!(names(&plan), ["toy: Toy", "id: Id", "owner: Owner, Home", "pet: Pet"]);
}

#[test]
fn what_another_file_holds_says_in_which_it_stands() {
    let plan = plan(&path("pets", "common.yaml#/schemas/Pet"));
    let sources = |it: usize| {
        let models = plan.models_in(&specwright::plan::Home::Component(it));
        models.iter().map(|model| format!("{} {}", model.name, model.source)).collect::<Vec<_>>()
    };
    let all: Vec<_> = (0..plan.model_files.len()).flat_map(sources).collect();
    assert_eq!(
        all,
        [
            "Toy schemas/Toy.yaml#",
            "Owner schemas/Owner.yaml#",
            "Home schemas/Owner.yaml#/properties/home",
            "Pet common.yaml#/schemas/Pet"
        ]
    );
    assert!(plan.operations[0].docs.ends_with("Source: `#/paths/~1pets/get`."), "{}", plan.operations[0].docs);
}

#[test]
fn a_new_first_user_renames_nothing() {
    let before = path("pets", "common.yaml#/schemas/Pet") + &path("ids", "common.yaml#/schemas/Id");
    let after = path("a_owners", "schemas/Owner.yaml") + &path("b_toys", "schemas/Toy.yaml") + &before;
    assert_eq!(names(&plan(&before)), names(&plan(&after)));
}

#[test]
fn a_faulty_scheme_in_another_file_is_a_hook_that_nobody_passes_without() {
    for file in ["cookie.yaml", "schemes.yaml#/schemes/own"] {
        let plan = secured(file);
        assert_eq!(plan.schemes.len(), 1, "{file}");
        assert!(matches!(plan.operations[0].security, SecurityPlan::Callers { anonymous: false, .. }), "{file}");
    }
}

fn secured(scheme: &str) -> ApiPlan {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: Split, version: '1' }}\npaths:\n  /a: {{ get: {{ operationId: a, security: [{{ own: [] }}], responses: {{ '204': {{ description: Done. }} }} }} }}\ncomponents:\n  securitySchemes: {{ own: {{ $ref: {scheme:?} }} }}\n"
    );
    let naming = Naming { name: "split".to_owned(), source: "split.yaml".to_owned() };
    let compiled = specwright::compile(&naming, text, &Texts);
    compiled.plan.expect("a plan")
}
