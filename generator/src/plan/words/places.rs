//! The vocabulary of the plan for places: which model it is, and the file that it lives in.

/// The position of a model in [`ApiPlan::models`](super::api::ApiPlan::models).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelId(pub usize);

/// The position of a security scheme in [`ApiPlan::schemes`](super::api::ApiPlan::schemes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemeId(pub usize);

/// The file that a model lives in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// `models/<module>.rs`, by the position in [`ApiPlan::model_files`](super::api::ApiPlan::model_files).
    Component(usize),
    /// `operations/<module>.rs`, by the position in [`ApiPlan::operations`](super::api::ApiPlan::operations).
    Operation(usize),
    /// `shared/mod.rs`: inline schemas of shared parameters, headers, responses and bodies.
    Shared,
    /// `shared/<module>.rs`: a type of equal inline schemas, by the position in
    /// [`ApiPlan::shared_files`](super::api::ApiPlan::shared_files).
    Content(usize),
}
