//! The house rules that no compiler checks.

mod fixtures;
mod generated;
mod layers;
mod snapshots;
mod sources;
