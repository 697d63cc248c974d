//! What a crate's README shows: how to call, to serve and to test the first API that can be, as code that is compiled.

use minijinja::context;
use minijinja::value::Value;

use super::fragment::{code_span, markdown};
use super::needs::{Needs, is_served};
use super::place::CrateOptions;
use super::{cargo, context};
use crate::config::Side;
use crate::ir::Method;
use crate::plan::{ApiPlan, OperationKind, OperationPlan};

/// What the README is made of.
pub(super) fn readme(plans: &[ApiPlan], options: &CrateOptions) -> Value {
    let apis: Vec<_> =
        plans.iter().map(|plan| context! { feature_text => code_span(&plan.feature), ..context::api(plan) }).collect();
    let there = Needs::new(plans);
    context! {
        package => cargo::package(options),
        about => markdown(&options.description),
        apis,
        has_client => there.has("client"),
        has_server => there.has("server"),
        has_contract => there.has("contract"),
        has_stand_in => there.has("stand-in"),
        shown => Shown::new(plans).map(|it| it.values(options)),
    }
}

/// The features that the code of the README needs, for the item that compiles it; none where it has no code.
pub(super) fn features(plans: &[ApiPlan]) -> Option<Vec<String>> {
    let shown = Shown::new(plans)?;
    let served = if shown.is_served() { &["server", "stand-in"][..] } else { &[] };
    Some([shown.plan.feature.as_str(), "reqwest"].iter().chain(served).map(ToString::to_string).collect())
}

/// An operation that the README calls.
struct Shown<'p> {
    plan: &'p ApiPlan,
    operation: &'p OperationPlan,
}

impl<'p> Shown<'p> {
    /// One that only reads, where there is any: the first by name, of the first API that has one which is not deprecated.
    fn new(plans: &'p [ApiPlan]) -> Option<Self> {
        plans.iter().filter(|plan| plan.has(Side::Client)).find_map(|plan| {
            let usual = plan.of_kind(OperationKind::Operation).filter(|it| !it.deprecated);
            usual.min_by_key(|it| (it.method != Method::Get, &it.function)).map(|operation| Self { plan, operation })
        })
    }

    /// Whether one trait is all that a server implements.
    fn is_served(&self) -> bool {
        is_served(self.plan) && self.plan.handlers.is_empty()
    }

    fn values(&self, options: &CrateOptions) -> Value {
        context! {
            crate_name => code_span(&options.name.replace('-', "_")),
            api => code_span(&self.plan.module),
            module => code_span(&self.operation.module),
            function => code_span(&self.operation.function),
            is_served => self.is_served(),
        }
    }
}
