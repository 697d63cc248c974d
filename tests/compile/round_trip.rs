//! An instance that is valid by the document is never refused, in either direction, and comes back equal; one that is not
//! valid is refused. Judged by a validator that knows the document alone, for every component of every fixture and of
//! the documents in `specs/`.

use acceptance::round_trip::{Judges, Runner, Tally, components, manifest, program, try_component};
use acceptance::{fixtures, pipeline, scratch};

use crate::workspace::{Workspace, rendered};

/// How many instances of each component are tried, each way.
const CASES: usize = 120;

/// Documents whose verdicts differ from the validator's, each with the cause; one that comes to agree leaves the list.
const DIFFERENT: &[(&str, &str)] = &[
    ("constraints-counted", "a property that does not travel is dropped, and the validator counts it all the same"),
    ("directions-forms", "the validator takes a component that nobody uses both ways"),
    ("formats-annotations", "a format that the document calls an annotation is asserted by the validator"),
    ("references-dynamic", "the validator cannot read the schema"),
    ("references-dynamic_own", "the validator takes one anchor of a name in a document"),
    ("references-generics", "the validator cannot read the schema"),
    ("references-recursive", "the validator takes no keyword of an older draft"),
    ("swagger-whole", "the validator cannot read a document of Swagger 2.0"),
    (
        "unions-discriminated_and_more",
        "a branch has no value of the tag, so the schemas decide; the validator holds the others' values all the same",
    ),
];

#[test]
fn valid_instances_come_back_equal_and_others_are_refused() {
    let fixtures = fixtures::accepted();
    let documents = fixtures.iter().map(|it| (it.api(), it.document()));
    let specs = fixtures::specs().into_iter().map(|(name, _, text)| (name, text));
    let documents: Vec<(String, String)> = documents.chain(specs).collect();
    let compiled: Vec<_> = documents.iter().map(|(name, text)| pipeline::compile(name, text)).collect();
    let plans: Vec<_> = compiled.iter().map(|it| it.plan.clone().expect("a plan")).collect();
    let files = rendered("models", &plans);
    let runner =
        [("Cargo.toml".to_owned(), manifest(&plans, "models", "models")), ("src/main.rs".to_owned(), program(&plans))];
    let workspace = Workspace::write("round-trip", &[("models", files), ("runner", runner.into_iter().collect())]);
    workspace.cargo(&["build", "--quiet", "--offline", "--package", "runner"]);
    let mut runner = Runner::new(&scratch::target().join("debug/runner"));
    let (mut all, mut start, mut tried) = (Tally::default(), 0, 0);
    let mut agreeing = Vec::new();
    for ((compiled, plan), (name, text)) in compiled.iter().zip(&plans).zip(&documents) {
        let api = compiled.api.as_ref().expect("an API");
        let document = pipeline::json(name, text);
        let judges = Judges::new(&document);
        let mut own = Tally::default();
        for component in components(api, plan, start) {
            let tally = try_component(&mut runner, &judges, &component, CASES);
            tried += usize::from(tally.valid > 0);
            own.add(&tally);
        }
        start += plan.model_files.len();
        all.valid += own.valid;
        all.invalid += own.invalid;
        if let Some((_, cause)) = DIFFERENT.iter().find(|(it, _)| it == name) {
            println!("DIFFERENT: {name}: {cause}");
            agreeing.extend(own.faults.is_empty().then_some(name));
            continue;
        }
        all.examples.extend(own.examples.iter().map(|it| format!("{name}: {it}")));
        for (kind, count) in own.faults {
            *all.faults.entry(kind).or_default() += count;
        }
    }
    println!("{tried} of {start} components: {} valid instances, {} others", all.valid, all.invalid);
    assert!(agreeing.is_empty(), "these agree with the validator now, so take them out of `DIFFERENT`: {agreeing:?}");
    assert!(all.faults.is_empty(), "{:?}\n{}", all.faults, all.examples.join("\n"));
    assert!(tried * 100 > start * 95, "too few components have instances: {tried} of {start}");
    assert!(all.invalid * 20 > all.valid, "too few instances are not valid: {} of {}", all.invalid, all.valid);
}
