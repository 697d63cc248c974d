//! Generates the module `api` of `notes.yaml`: its server, with a trait for each tag, and the contract test.

use specwright::Generator;
use specwright::config::{ApiEntry, Output, Side};

fn main() -> Result<(), specwright::Error> {
    let notes = ApiEntry { sides: Some(vec![Side::Server]), ..ApiEntry::new("notes.yaml").handlers_by_tag() };
    let api = Output::in_module("api", "crate::api").depend_on_runtime().contract().api(notes);
    Generator::new().output(api).build_script()
}
