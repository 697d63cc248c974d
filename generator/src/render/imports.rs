//! The names that files may use for what stands elsewhere.

use crate::plan::ApiPlan;

/// The names that a file may use for modules elsewhere; it imports those that it does use.
pub(super) fn imports(plan: &ApiPlan, root: &str) -> Vec<(String, String)> {
    let api = |name: &str| (name.to_owned(), format!("{root}::{}::{name}", plan.module));
    let run_time = |name: &str| (name.to_owned(), format!("{root}::support::{name}"));
    let support = ("support".to_owned(), format!("{root}::support"));
    let mut all = vec![api("models"), api("operations"), api("parameters"), api("shared"), api("SCHEMAS"), support];
    all.extend(["client", "http", "params", "server"].map(run_time));
    all.push(("Arc".to_owned(), "std::sync::Arc".to_owned()));
    let collections = ["BTreeMap", "BTreeSet", "HashMap", "HashSet"];
    all.extend(collections.map(|name| (name.to_owned(), format!("std::collections::{name}"))));
    all
}

/// The same, and the modules of all operations.
pub(super) fn imports_of_sides(plan: &ApiPlan, root: &str) -> Vec<(String, String)> {
    let mut imports = imports(plan, root);
    for operation in &plan.operations {
        let path = format!("{root}::{}::operations::{}", plan.module, operation.module);
        imports.push((operation.module.clone(), path));
    }
    imports
}
