//! The finish: what can be decided only once all models and operations are known.

mod attributes;
mod boxing;
mod builders;
mod defaults;
mod derives;
mod items;
mod needed;
mod renamed;
mod sharing;
mod sizes;
mod tags;
mod written;

pub use attributes::add_attributes;
pub use builders::MOST_ARGUMENTS;
pub(crate) use builders::build_method;
pub(super) use needed::needed;
pub use renamed::misnamed;
pub(super) use sharing::share;

use super::words::{ApiPlan, ModelId};

/// Settles what depends on all models.
pub(super) fn settle(plan: &mut ApiPlan, forms: &[(ModelId, ModelId)]) {
    defaults::settle(plan);
    tags::settle(plan);
    tags::pin(plan);
    derives::find_total(plan);
    boxing::break_cycles(plan);
    sizes::settle(plan);
    builders::add(plan);
    written::settle(plan, forms);
    items::settle(plan);
}
