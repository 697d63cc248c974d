//! Builders: where an object has more required properties than a constructor has arguments.

use std::collections::BTreeSet;

use crate::plan::names;
use crate::plan::words::{ApiPlan, BodyItem, Builder, ModelKind, Struct};

/// Constructors take no more arguments than people can tell apart (clippy's own bound).
pub const MOST_ARGUMENTS: usize = 7;

/// Gives a builder to each object that needs one.
pub(super) fn add(plan: &mut ApiPlan) {
    let bodies = plan.operations.iter().flat_map(|operation| operation.bodies.iter().map(BodyItem::name));
    let models = plan.models.iter().map(|model| model.name.as_str());
    let mut taken: BTreeSet<String> = models.chain(bodies).map(str::to_lowercase).collect();
    for model in &mut plan.models {
        if let ModelKind::Struct(it) = &mut model.kind
            && needs_builder(it)
        {
            let name = free(&names::builder(&model.name), &taken);
            taken.insert(name.to_lowercase());
            it.builder = Some(Builder { name, build: build_method(it.fields.iter().map(|field| field.name.as_str())) });
        }
    }
}

fn needs_builder(it: &Struct) -> bool {
    it.fields.iter().filter(|field| field.is_asked()).count() > MOST_ARGUMENTS
}

/// The name, or the first longer one that nothing else has.
fn free(name: &str, taken: &BTreeSet<String>) -> String {
    let longer = std::iter::successors(Some(name.to_owned()), |it| Some(names::builder(it)));
    longer.into_iter().find(|it| !taken.contains(&it.to_lowercase())).unwrap_or_default()
}

/// `build`, unless a field has that name.
pub(crate) fn build_method<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    let fields: BTreeSet<&str> = fields.collect();
    let mut name = "build".to_owned();
    while fields.contains(name.as_str()) {
        name = names::snake(&format!("{name} all"));
    }
    name
}
