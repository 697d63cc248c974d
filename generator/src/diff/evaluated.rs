//! What `unevaluatedProperties` and `unevaluatedItems` are about.
//!
//! ```text
//! allOf: [{ properties: { a: {} } }]
//! unevaluatedProperties: false        # every property but `a`, as `additionalProperties: false` has it
//! ```
//!
//! What a branch knows may be evaluated: only what nothing beside or below knows is unevaluated for every instance.

use std::collections::BTreeSet;

use super::shape::{Merged, Node, Shapes, distinct, matches};
use crate::ir::{Schema, SchemaId};

/// Stands behind every prefix.
const FURTHER: usize = usize::MAX;

impl Shapes<'_> {
    /// What `unevaluatedProperties` says of a property of this name.
    pub(super) fn unevaluated_property(&self, shape: &Merged, name: &str) -> Node {
        self.unevaluated(shape, in_object, |schema| knows(schema, name))
    }

    /// What it says of properties that nobody names.
    pub(super) fn unevaluated_rest(&self, shape: &Merged) -> Node {
        self.unevaluated(shape, in_object, has_rest)
    }

    /// What it says of properties whose names follow a pattern, told which listed patterns cover that one.
    pub(super) fn unevaluated_pattern(&self, shape: &Merged, covers: &dyn Fn(&str) -> bool) -> Node {
        self.unevaluated(shape, in_object, |schema| knows_pattern(schema, covers))
    }

    /// What `unevaluatedItems` says of the item at a position.
    pub(super) fn unevaluated_item(&self, shape: &Merged, position: usize) -> Node {
        self.unevaluated(shape, in_array, |schema| {
            let arrays = &schema.arrays;
            arrays.items.is_some() || arrays.contains.is_some() || position < arrays.prefix_items.len()
        })
    }

    /// All that `unevaluatedProperties` says, where the instance decides what that is about; absent where it is about
    /// whatever nobody names.
    pub(super) fn unevaluated_properties(&self, shape: &Merged) -> Option<Node> {
        let all = distinct(self.conjuncts(shape).filter_map(in_object).collect());
        (all.is_empty() || self.unevaluated_rest(shape).is_empty()).then_some(all)
    }

    /// The same of `unevaluatedItems`.
    pub(super) fn unevaluated_items(&self, shape: &Merged) -> Option<Node> {
        let all = distinct(self.conjuncts(shape).filter_map(in_array).collect());
        (all.is_empty() || self.unevaluated_item(shape, FURTHER).is_empty()).then_some(all)
    }

    /// Whether a set of schemas refuses properties that nothing evaluates.
    pub(super) fn is_closed(&self, node: &[SchemaId]) -> bool {
        self.closing(&self.shape(node)).next().is_some()
    }

    /// Whether a closed object refuses a property that no branch of it knows.
    pub(super) fn refuses_property(&self, node: &[SchemaId], name: &str) -> bool {
        self.refuses(node, |schema| knows(schema, name))
    }

    /// Whether it refuses properties whose names follow a pattern, told which listed patterns cover that one.
    pub(super) fn refuses_pattern(&self, node: &[SchemaId], covers: &dyn Fn(&str) -> bool) -> bool {
        self.refuses(node, |schema| knows_pattern(schema, covers))
    }

    /// Whether it refuses properties that nobody names, unless a branch takes them.
    pub(super) fn refuses_rest(&self, node: &[SchemaId]) -> bool {
        self.refuses(node, has_rest)
    }

    /// Whether a closed object refuses a property where no branch that knows it holds.
    pub(super) fn may_refuse_property(&self, shape: &Merged, name: &str) -> bool {
        self.refuses_by(shape, |schema| knows(schema, name))
    }

    fn refuses(&self, node: &[SchemaId], evaluates: impl Fn(&Schema) -> bool) -> bool {
        self.refuses_by(&self.shape(node), evaluates)
    }

    fn refuses_by(&self, shape: &Merged, evaluates: impl Fn(&Schema) -> bool) -> bool {
        let mut owners = self.closing(shape);
        owners.any(|owner| !self.conjuncts(&self.shape(&[owner])).any(&evaluates))
    }

    /// The schemas that refuse what they do not evaluate.
    fn closing<'s>(&'s self, shape: &'s Merged) -> impl Iterator<Item = SchemaId> + 's {
        let is_closing = |id: &SchemaId| in_object(self.schema(*id)).is_some_and(|it| self.is_never(&[it]));
        shape.conjuncts.iter().copied().filter(is_closing)
    }

    fn unevaluated(
        &self,
        shape: &Merged,
        keyword: fn(&Schema) -> Option<SchemaId>,
        evaluates: impl Fn(&Schema) -> bool,
    ) -> Node {
        let said = shape.conjuncts.iter().filter_map(|id| Some((*id, keyword(self.schema(*id))?)));
        let is_left = |owner: SchemaId| {
            self.in_place(owner).into_iter().all(|id| {
                let schema = self.schema(id);
                !evaluates(schema) && (id == owner || keyword(schema).is_none())
            })
        };
        said.filter(|(owner, _)| is_left(*owner)).map(|(_, it)| it).collect()
    }

    /// A schema and all that it asks of the same instance, whether or not that must hold.
    fn in_place(&self, id: SchemaId) -> BTreeSet<SchemaId> {
        let mut seen = BTreeSet::new();
        let mut pending = vec![id];
        while let Some(id) = pending.pop() {
            if !seen.insert(id) {
                continue;
            }
            let schema = self.schema(id);
            pending.extend(schema.reference);
            for list in [&schema.all_of, &schema.any_of, &schema.one_of] {
                pending.extend(list);
            }
            pending.extend(schema.objects.dependent_schemas.values());
            if let Some(it) = &schema.conditional {
                pending.extend([Some(it.condition), it.then, it.otherwise].into_iter().flatten());
            }
        }
        seen
    }
}

fn in_object(schema: &Schema) -> Option<SchemaId> {
    schema.objects.unevaluated_properties
}

fn in_array(schema: &Schema) -> Option<SchemaId> {
    schema.arrays.unevaluated_items
}

/// `additionalProperties` evaluates all that is not named.
fn has_rest(schema: &Schema) -> bool {
    schema.objects.additional.is_some()
}

fn knows(schema: &Schema, name: &str) -> bool {
    let objects = &schema.objects;
    let mut patterns = objects.pattern_properties.keys();
    has_rest(schema) || objects.properties.contains_key(name) || patterns.any(|it| matches(it, name))
}

fn knows_pattern(schema: &Schema, covers: &dyn Fn(&str) -> bool) -> bool {
    has_rest(schema) || schema.objects.pattern_properties.keys().any(|it| covers(it))
}
