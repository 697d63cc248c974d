//! The finish: what can be decided only once all models and operations are known.
//!
//! Drafts come in, and what goes out is whole: nothing of a plan is filled in later.

mod attributes;
mod boxing;
mod construction;
mod defaults;
mod derives;
mod items;
mod models;
mod named;
mod needed;
mod nesting;
mod operations;
mod renamed;
mod sharing;
mod sizes;
mod tags;
mod written;

pub use attributes::add_attributes;
pub(super) use named::{model_files, named};
pub(super) use needed::needed;
pub use renamed::misnamed;
pub(super) use sharing::Shared;

use super::operations::{OperationDraft, SharedParameters};
use super::schemas::Draft;
use super::words::{Model, ModelId, OperationPlan};
use crate::config::Types;
use crate::parallel;
use defaults::Defaults;
use sharing::Representatives;

/// What the finish makes.
pub(super) struct Finished {
    pub(super) models: Vec<Model>,
    pub(super) operations: Vec<OperationPlan>,
    /// How many types stand in each other at most.
    pub(super) nesting: usize,
}

/// Makes models and operations out of their drafts; `forms` are the models of what servers answer, each with what requests
/// send. What needs the models alone is made `beside` operations.
pub(super) fn finish<T: Send>(
    (drafts, representatives): (Vec<Draft>, &Representatives),
    operations: Vec<OperationDraft>,
    parameters: &SharedParameters,
    forms: &[(ModelId, ModelId)],
    types: &Types,
    beside: impl FnOnce(&[Model]) -> T + Send,
) -> (Finished, T) {
    let defaults = Defaults::new(&drafts);
    let defaults: Vec<_> = operations.iter().map(|it| defaults.of_parameters(it, representatives)).collect();
    let models = models::models(drafts, &operations, forms);
    let nesting = nesting::nesting(&models, operations.iter().flat_map(OperationDraft::types));
    let maps = types.maps.unwrap_or_default();
    let made = || -> Vec<OperationPlan> {
        let mut known = operations::Known::new(&models, representatives, parameters, maps);
        operations.into_iter().zip(defaults).map(|(draft, it)| known.operation(draft, it)).collect()
    };
    let (beside, operations) = parallel::both(|| beside(&models), made);
    (Finished { models, operations, nesting }, beside)
}
