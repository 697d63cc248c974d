//! The state of planning one operation.

use super::draft::BodyDraft;
use crate::diagnostics::Diagnostics;
use crate::plan::schemas::Planner;
use crate::plan::words::Home;
use crate::source::Origin;

/// The state of planning one operation.
pub(super) struct OperationPlanner<'p, 'a, 'd> {
    pub(super) planner: &'p mut Planner<'a>,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) home: Home,
    /// Where the path stands that it is an operation of.
    pub(super) path: Origin,
    /// The types that its bodies have of their own.
    pub(super) bodies: Vec<BodyDraft>,
}
