//! What the files of one API have in common while they are listed.

use minijinja::context;
use minijinja::value::Value;

use super::imports::{imports, imports_of_sides};
use super::place::Place;
use super::sheet::Margin;
use super::{context, fragment};
use crate::plan::ApiPlan;

/// An API whose files are being listed.
pub(super) struct Part<'a> {
    pub(super) plan: &'a ApiPlan,
    /// What every template knows of it.
    pub(super) api: Value,
    /// For the files of schemas and operations.
    pub(super) margin: Margin,
    /// For those of its sides, which name the modules of all operations.
    pub(super) sides: Margin,
    /// Its folder.
    folder: String,
}

impl<'a> Part<'a> {
    pub(super) fn new(plan: &'a ApiPlan, place: &Place) -> Self {
        let root = place.path();
        let path = format!("{root}::{}", plan.module);
        Self {
            plan,
            api: context! { path => fragment::path(&path), ..context::api(plan) },
            margin: Margin::new(&plan.source, imports(plan, root)),
            sides: Margin::new(&plan.source, imports_of_sides(plan, root)),
            folder: format!("{}{}", place.source(), plan.module),
        }
    }

    /// The path of one of its files.
    pub(super) fn path(&self, file: &str) -> String {
        format!("{}/{file}", self.folder)
    }
}
