//! The surface of an API as two texts for reviewers: what code sees of it, and what is sent.
//!
//! ```text
//! models::pet
//!   struct Pet: Debug, Clone
//!     id: i64
//!     name: Option<String>
//! ```
//!
//! Both follow the order of the document and have one line an item, so that a renamed field is one line.

use std::fmt::Write as _;

use super::place::Extras;
use super::{RenderError, surface};
use crate::output::Files;
use crate::plan::ApiPlan;

/// Adds the surface of each API whose contract is known.
pub(super) fn add(plans: &[ApiPlan], extras: &Extras, files: &mut Files) -> Result<(), RenderError> {
    for plan in plans {
        let Some(contract) = extras.contracts.get(&plan.module) else { continue };
        let surface = rust(plan, files, extras.place.source())?;
        files.insert(format!("surface/{}.rust.txt", plan.module), surface);
        files.insert(format!("surface/{}.wire.txt", plan.module), wire(plan, contract));
    }
    Ok(())
}

/// What code that uses the API sees: the public items of its files.
fn rust(plan: &ApiPlan, files: &Files, source: &str) -> Result<String, RenderError> {
    let mut out = format!(
        "# What code sees of the API `{}`, one line an item, in the order of its document.\n\
         # What follows from these lines is left out: constructors, `with_` methods, what every type implements, and\n\
         # the statics of operations and parameters.\n",
        plan.module
    );
    for path in paths(plan) {
        let full = format!("{source}{}/{path}.rs", plan.module);
        let Some(text) = files.get(&full) else { continue };
        let _ = writeln!(out, "\n{}", path.trim_end_matches("/mod").replace('/', "::"));
        let is_side = !path.contains('/');
        for line in surface(&full, text)?.lines().filter(|line| is_side || !follows(line)) {
            let _ = writeln!(out, "  {line}");
        }
    }
    Ok(out)
}

/// What is sent.
fn wire(plan: &ApiPlan, contract: &str) -> String {
    format!(
        "# What the API `{}` sends and takes, one line an item, in the order of its document.\n\n{contract}",
        plan.module
    )
}

/// The files of an API in the order of the document; lists of modules say nothing that the files do not.
fn paths(plan: &ApiPlan) -> Vec<String> {
    let mut all: Vec<_> = plan.operations.iter().map(|it| format!("operations/{}", it.module)).collect();
    all.extend(plan.model_files.iter().map(|it| format!("models/{}", it.module)));
    all.push("shared/mod".to_owned());
    all.extend(plan.shared_files.iter().map(|it| format!("shared/{}", it.module)));
    all.extend(["server", "client", "receiver", "sender"].map(str::to_owned));
    all
}

/// Whether a line follows from others.
fn follows(line: &str) -> bool {
    const FOLLOWING: &[&str] = &["static ", "impl support::Validate for ", "fn new(", "fn with_"];
    FOLLOWING.iter().any(|it| line.trim_start().starts_with(it))
}
