//! Places that share a type with others: each keeps a name of its own for it.
//!
//! ```text
//! support::aliases! {
//!     "#/paths/~1teams/post/requestBody/content/application~1json/schema" {
//!         "/properties/owner": BodyOwner = shared::Owner,
//!     }
//! }
//! ```
//!
//! Other names of a tuple struct are `pub use` items, since an alias of a type has no constructor.

use minijinja::context;
use minijinja::value::Value;

use super::context::docs;
use super::fragment::{WIDEST, finished};
use super::spaced::spaced;
use super::tokens::{Scope, ident};
use crate::plan::{ApiPlan, Home, Model, ModelId, ModelKind, RustType};

/// The models of a file: those that are printed one by one, and the aliases of its places, which stand in one list.
pub(super) struct Arranged<'a> {
    pub(super) models: Vec<ModelId>,
    pub(super) places: Vec<&'a Model>,
}

impl<'a> Arranged<'a> {
    /// Fewer places than make a list stand by themselves.
    pub(super) fn new(plan: &'a ApiPlan, home: &Home) -> Self {
        const FEWEST: usize = 3;
        let ids: Vec<_> = plan.homes.get(home).into_iter().flatten().copied().collect();
        let is_place = |id: &ModelId| below_an_item(plan, &plan.models[id.0]);
        let (places, models): (Vec<_>, Vec<_>) = ids.iter().copied().partition(is_place);
        if places.len() < FEWEST {
            return Self { models: ids, places: Vec::new() };
        }
        Self { models, places: places.iter().map(|id| &plan.models[id.0]).collect() }
    }

    /// The names of the items, in the order in which they stand.
    pub(super) fn items(&self, plan: &ApiPlan) -> Vec<String> {
        let models = self.models.iter().map(|id| &plan.models[id.0]);
        models.chain(self.places.iter().copied()).map(|model| model.name.clone()).collect()
    }

    /// What the list of places is filled with; nothing where there is none.
    pub(super) fn list(&self, scope: &Scope<'_>) -> Option<Value> {
        let parents = self.places.iter().map(|it| source(it)).map(|it| it[..it.rfind('/').unwrap_or(0)].to_owned());
        let base = parents.reduce(|base, next| common(&base, &next).to_owned())?;
        let rows: Vec<_> = self.places.iter().map(|model| row(scope, model, &base)).collect();
        Some(context! { kind => "aliases", has_position => true, base, rows })
    }
}

/// Whether a model is a tuple struct, whose other names are re-exports: an alias of a type has no constructor.
pub(super) fn is_tuple(plan: &ApiPlan, target: ModelId) -> bool {
    matches!(plan.models[target.0].kind, ModelKind::Newtype(..))
}

/// Whether a model is the name of a place within a component or an operation, such as `#/components/schemas/Team/items`.
fn below_an_item(plan: &ApiPlan, model: &Model) -> bool {
    const COMPONENT: usize = 3;
    let is_row = matches!(model.kind, ModelKind::Alias(target) if !is_tuple(plan, target));
    is_row && source(model).rsplit('#').next().is_some_and(|it| it.matches('/').count() > COMPONENT)
}

/// Where a model was written, as documentation shows it.
fn source(model: &Model) -> String {
    model.source.replace('`', "'")
}

/// What two pointers have in common, whole tokens of it.
fn common<'a>(one: &'a str, other: &str) -> &'a str {
    let same = one.split('/').zip(other.split('/')).take_while(|(a, b)| a == b).count();
    let end = one.match_indices('/').nth(same.saturating_sub(1)).map_or(one.len(), |(at, _)| at);
    if same == 0 { "" } else { &one[..end] }
}

/// One place: what the document says of it, where it is, its name and the type.
fn row(scope: &Scope<'_>, model: &Model, base: &str) -> Value {
    let source = source(model);
    let place = source.strip_prefix(base).unwrap_or(&source).to_owned();
    let target = if let ModelKind::Alias(target) = &model.kind { *target } else { return Value::from(()) };
    let named = format!("{} = {}", ident(&model.name), spaced(scope.ty(&RustType::Model(target))));
    let breaks = place.chars().count() + named.chars().count() + "        \"\": ,".len() > WIDEST;
    let gap = if breaks { "\n            " } else { " " };
    context! { docs => docs(&model.docs, model.deprecated), place, named => finished(format!("{gap}{named}")) }
}
