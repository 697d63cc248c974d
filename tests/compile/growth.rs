//! What an edit of the document does to programs that call or serve the API: the promise of the README, edit by edit.
//!
//! `tests/growth/shop.yaml` is a document with all its edits. A caller and a server are compiled against the code from
//! before and from after each of them.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{fixtures, pipeline};

use crate::workspace::{Package, Workspace, rendered};
use Verdict::{Breaks, Compiles};

/// The name of the document before any edit.
const BEFORE: &str = "before";

/// The edits, each with whether callers and servers still compile.
const EDITS: &[(&str, Verdict, Verdict)] = &[
    ("a_schema", Compiles, Compiles),
    ("schemas_of_the_same_shape", Compiles, Compiles),
    ("a_schema_of_a_taken_name", Compiles, Compiles),
    ("an_object_of_a_taken_name", Compiles, Compiles),
    ("an_operation", Compiles, Breaks),
    ("an_optional_parameter", Compiles, Compiles),
    ("a_required_parameter", Breaks, Compiles),
    ("another_media_type", Compiles, Compiles),
    ("another_format_of_patches", Breaks, Breaks),
    ("another_failure", Compiles, Compiles),
    ("another_success", Breaks, Compiles),
    ("a_header_of_a_success", Compiles, Breaks),
    ("a_header_of_a_failure", Breaks, Breaks),
    ("an_optional_property", Compiles, Compiles),
    ("an_optional_property_of_a_request", Compiles, Compiles),
    ("a_required_property_of_a_request", Breaks, Compiles),
    ("a_required_property_of_many", Breaks, Compiles),
    ("a_property_that_is_always_there", Breaks, Breaks),
    ("a_property_less", Breaks, Breaks),
    ("null_for_a_property", Breaks, Compiles),
    ("other_bounds", Compiles, Compiles),
    ("another_type", Breaks, Breaks),
    ("a_value", Compiles, Compiles),
    ("a_value_less", Breaks, Compiles),
    ("a_branch", Compiles, Compiles),
    ("a_property_of_a_branch", Compiles, Compiles),
    ("many_properties", Compiles, Compiles),
    ("a_property_of_its_own_type", Compiles, Compiles),
    ("the_first_read_only_property", Breaks, Breaks),
    ("the_first_write_only_property", Breaks, Breaks),
    ("another_read_only_property", Compiles, Compiles),
    ("a_part_of_answers_that_is_sent_too", Compiles, Compiles),
    ("a_part_of_requests_that_is_answered_too", Breaks, Breaks),
];

/// What becomes of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Compiles,
    Breaks,
}

const PROGRAMS: &str = "[package]
name = \"growing\"
version.workspace = true
edition.workspace = true

[dependencies]
growth = { path = \"../growth\" }
tokio = { workspace = true, features = [\"macros\", \"rt\"] }
";

#[test]
fn programs_compile_after_the_edits_that_the_promise_names() {
    let text = |name: &str| {
        let path = fixtures::package().join("growth").join(name);
        std::fs::read_to_string(path).expect("a file of the tests")
    };
    let document = text("shop.yaml");
    let names: Vec<&str> = std::iter::once(BEFORE).chain(EDITS.iter().map(|(name, ..)| *name)).collect();
    assert_eq!(edits(&document), names.iter().copied().filter(|it| *it != BEFORE).collect::<BTreeSet<_>>());
    let plans: Vec<_> = names.iter().map(|name| pipeline::plan(name, &edited(&document, name))).collect();
    let files = rendered("growth", &plans);
    let mut programs = Package::from([("Cargo.toml".to_owned(), PROGRAMS.to_owned())]);
    for side in ["caller", "server"] {
        let program = text(&format!("{side}.rs"));
        let one = |name: &&str| (format!("src/bin/{side}_{name}.rs"), program.replace("MODULE", name));
        programs.extend(names.iter().map(one));
    }
    let workspace = Workspace::write("growing", &[("growth", files), ("growing", programs)]);
    let broken = workspace.broken_programs("growing");
    let verdict = |side: &str, name: &str| {
        if broken.contains_key(&format!("{side}_{name}")) { Breaks } else { Compiles }
    };
    let shown: Vec<_> = broken.iter().map(|(name, error)| format!("{name}: {error}")).collect();
    let found: BTreeMap<_, _> =
        names.iter().map(|name| (*name, (verdict("caller", name), verdict("server", name)))).collect();
    let mut promised: BTreeMap<_, _> = EDITS.iter().map(|(name, caller, server)| (*name, (*caller, *server))).collect();
    promised.insert(BEFORE, (Compiles, Compiles));
    assert_eq!(found, promised, "{}", shown.join("\n"));
}

/// The edits that the document names.
fn edits(document: &str) -> BTreeSet<&str> {
    let listed = document.lines().skip(2).filter_map(|line| line.rsplit_once(" # with"));
    let listed = listed.flat_map(|(_, names)| names.trim_start_matches("out").split(','));
    listed.map(str::trim).collect()
}

/// The document after one edit: its lines are there, and those that it takes away are not.
fn edited(document: &str, edit: &str) -> String {
    let is_there = |line: &&str| match line.rsplit_once(" # with") {
        Some((_, names)) => match names.strip_prefix("out ") {
            Some(names) => names.split(", ").all(|it| it != edit),
            None => names.trim() == edit,
        },
        None => true,
    };
    document.lines().skip(2).filter(is_there).fold(String::new(), |out, line| out + line + "\n")
}
