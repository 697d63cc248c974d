//! Generates the module `api` of `pets.yaml`; runs again only when that changes.

use specwright::Generator;
use specwright::config::{ApiEntry, Output};

fn main() -> Result<(), specwright::Error> {
    let pets = Output::in_module("api", "crate::api").depend_on_runtime().api(ApiEntry::new("pets.yaml"));
    Generator::new().output(pets).build_script()
}
