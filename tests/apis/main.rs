//! The documents of `specs/`: every operation and schema that the vendors' pages name, and where each is from.

mod samples;

use std::fs;

use acceptance::cases::example_cases;
use acceptance::pipeline;
use generated::support::{Direction, Schemas};
use specwright::diagnostics::Severity;
use specwright::ir::{Api, SchemaId};

/// The documents with the number of their operations, webhooks and named schemas.
const DOCUMENTS: &[(&str, usize, usize, usize)] = &[
    ("brms", 9, 0, 15),
    ("hbg-dta", 4, 0, 12),
    ("hbg-portal-v1", 21, 2, 25),
    ("hbg-portal-v2", 19, 0, 24),
    ("hbg-ramp", 40, 2, 54),
    ("hbg-services", 1, 0, 7),
    ("nexudus", 6, 0, 13),
    ("nuweb", 7, 0, 34),
];

fn spec(name: &str) -> std::io::Result<String> {
    fs::read_to_string(acceptance::fixtures::workspace().join(format!("specs/{name}.yaml")))
}

#[test]
fn every_operation_and_schema_is_understood() {
    for (name, operations, webhooks, schemas) in DOCUMENTS {
        let compiled = pipeline::compile(name, &spec(name).expect("a document"));
        assert!(!compiled.diagnostics.has_errors(), "{}", pipeline::print(&compiled));
        let api = compiled.api.expect("an API");
        let counts = (api.operations.len(), api.webhooks.len(), api.components.len());
        assert_eq!(counts, (*operations, *webhooks, *schemas), "{name}");
    }
}

#[test]
fn they_make_one_crate_together() {
    let plans: Vec<_> =
        DOCUMENTS.iter().map(|(name, ..)| pipeline::plan(name, &spec(name).expect("a document"))).collect();
    let files = pipeline::render(&plans);
    for plan in &plans {
        assert!(files.get(&format!("src/{}/server.rs", plan.module)).is_some(), "{}", plan.module);
    }
}

#[test]
fn their_examples_are_valid() {
    let mut count = 0;
    for (name, ..) in DOCUMENTS {
        let api = pipeline::compile(name, &spec(name).expect("a document")).api.expect("an API");
        let examples = example_cases(&api);
        let schemas = Schemas::new(String::leak(examples.tables));
        for case in examples.cases {
            let is_valid = |direction| schemas.is_valid(&case.schema, &case.value, direction);
            let violations = schemas.check(&case.schema, &case.value, Direction::Response);
            let fine = is_valid(Direction::Response) || is_valid(Direction::Request);
            assert!(fine, "{name} {}: {} {violations}", case.origin.pointer, case.value);
            count += 1;
        }
    }
    assert!(count > 500, "{count} examples");
}

/// The bodies of the four operations that a page shows in full, with how many members the page documents; whatever
/// else a body has was published elsewhere.
const FULLY_DOCUMENTED: &[(&str, &str, usize, usize)] = &[
    ("hbg-ramp", "UpdateTeamUserRequest", 5, 0),
    ("hbg-ramp", "TeamUser", 8, 0),
    ("nuweb", "UpdateCompanyUserRequest", 9, 0),
    ("nuweb", "CompanyUserDocument", 44, 0),
    ("brms", "UpdateUserRequest", 5, 0),
    ("brms", "User", 13, 0),
    ("nexudus", "UpdateUserRequest", 58, 0),
    // The page shows the answer without names; of its envelope it knows five members, and two of an error.
    ("nexudus", "UpdateUserResult", 9, 7),
];

#[test]
fn every_field_of_the_documented_operations_is_marked_documented() {
    for (name, schema, documented, published) in FULLY_DOCUMENTED {
        let api = pipeline::compile(name, &spec(name).expect("a document")).api.expect("an API");
        let (_, id) = api.components.iter().find(|(component, _)| component == schema).expect("a schema");
        let marks = marks(&api, *id);
        let count = |mark: &str| marks.iter().filter(|it| it.starts_with(mark)).count();
        assert_eq!(
            (count("documented"), count("published"), marks.len()),
            (*documented, *published, documented + published),
            "{name} {schema}"
        );
    }
}

/// The provenance of every property below a schema, each schema once.
fn marks(api: &Api, root: SchemaId) -> Vec<String> {
    let (mut pending, mut seen, mut marks) = (vec![root], std::collections::BTreeSet::from([root]), Vec::new());
    while let Some(id) = pending.pop() {
        let schema = &api.schemas[id];
        let properties = schema.objects.properties.values();
        marks.extend(properties.map(|it| api.schemas[*it].extensions.provenance.clone().unwrap_or_default()));
        pending.extend(schema.children().filter(|it| seen.insert(*it)));
    }
    marks
}
#[test]
fn nothing_in_them_is_left_to_chance() {
    for (name, ..) in DOCUMENTS {
        let compiled = pipeline::compile(name, &spec(name).expect("a document"));
        let warned = compiled.diagnostics.at_least(Severity::Warning).iter().next().is_some();
        assert!(!warned, "{}", pipeline::print(&compiled));
    }
}
