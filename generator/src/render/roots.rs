//! What the root of a crate or a module tree says: its modules, its documentation, and where an API answers.

use std::fmt::Write as _;

use minijinja::context;
use minijinja::value::Value;

use proc_macro2::TokenStream;

use super::fragment::{names, rust};
use super::needs::Needs;
use super::place::CrateOptions;
use super::runtime::Delivery;
use crate::config::Side;
use crate::plan::{ApiPlan, Need, ServerPlan};

/// The modules of the root.
pub(super) fn items(plans: &[ApiPlan], options: &CrateOptions) -> Vec<String> {
    let support = (options.runtime == Delivery::Copy).then(|| "support".to_owned());
    plans.iter().map(|plan| plan.module.clone()).chain(support).collect()
}

/// What the documents need of the run time, and would go without in silence.
pub(super) fn needs(plans: &[ApiPlan]) -> Option<Value> {
    let silent = |it: &Need| it.is_silent();
    let needs: Vec<Need> = Needs::new(plans).libraries.into_iter().filter(silent).collect();
    (!needs.is_empty()).then(|| names(needs.iter().map(|it| it.feature())))
}

/// How deep compilers have to look into the types of a crate, where that is deeper than they do without being told.
pub(super) fn recursion_limit(plans: &[ApiPlan]) -> Option<String> {
    /// What they do without.
    const USUAL: usize = 128;
    /// What stands around models and in the last of them: futures, maps of any JSON.
    const AROUND: usize = 48;
    let deepest = plans.iter().map(|plan| plan.nesting).max()? + AROUND;
    (deepest > USUAL).then(|| deepest.next_power_of_two().to_string())
}

/// The documentation of the root.
pub(super) fn docs(plans: &[ApiPlan], options: &CrateOptions) -> String {
    let mut docs = format!("{}\n\n| feature | module |\n| --- | --- |\n", options.description);
    for plan in plans {
        let title = plan.title.replace(['|', '\n'], " ");
        let _ = writeln!(docs, "| `{}` | `{}`: {title} |", plan.feature, plan.module);
    }
    for side in Needs::new(plans).sides {
        docs.push_str(match side {
            Side::Client => "| `client` | the typed client of each API |\n",
            Side::Server => "| `server` | the handler trait and router of each API |\n",
        });
    }
    if let Some(limit) = recursion_limit(plans) {
        let _ = write!(
            docs,
            "\nTypes stand in each other as deep as the schemas do. Where a compiler says \"overflow evaluating the \
             requirement\" about a crate that uses them, `#![recursion_limit = \"{limit}\"]` at the root of that crate \
             lets it look as deep, as here.\n",
        );
    }
    docs.trim_end().to_owned()
}

/// A server of the document or of an operation, in a file that reaches the client of the run time by a path.
pub(super) fn server(it: &ServerPlan, home: &TokenStream) -> Value {
    let variables: Vec<_> =
        it.variables.iter().map(|(name, default, allowed)| context! { name, default, allowed }).collect();
    context! { name => it.name.as_deref(), url => it.url.as_str(), variables, home => rust(home) }
}
