//! Derives and attributes that the user adds to models.

use std::collections::BTreeSet;

use crate::config::{Attribute, Kind, Spot, Step};
use crate::plan::words::{ApiPlan, Model, ModelId, ModelKind};

/// Adds what the rules say; the answer has the places of the rules, and of the names in them, that a model answers to.
pub fn add_attributes(plan: &mut ApiPlan, rules: &[Attribute]) -> BTreeSet<Spot> {
    let mut used = BTreeSet::new();
    for (idx, rule) in rules.iter().enumerate() {
        let lines = lines(rule);
        for (id, model) in plan.models.iter().enumerate() {
            // An alias has no attributes: the type that it names has them.
            let Some(kind) = kind(model) else { continue };
            let name = rule.names.iter().position(|name| *name == model.name);
            let is_named = rule.names.is_empty() || name.is_some();
            if !is_named || rule.kind.is_some_and(|it| it != kind) {
                continue;
            }
            let rule = vec![Step::Key("attribute"), Step::Item(idx)];
            used.extend(name.map(|nth| [rule.as_slice(), &[Step::Key("names"), Step::Item(nth)]].concat()));
            used.insert(rule);
            plan.attributes.entry(ModelId(id)).or_default().extend(lines.iter().cloned());
        }
    }
    used
}

/// The attributes of a rule as they stand above a type.
fn lines(rule: &Attribute) -> Vec<String> {
    let derive = (!rule.derive.is_empty()).then(|| format!("#[derive({})]", rule.derive.join(", ")));
    derive.into_iter().chain(rule.attributes.iter().cloned()).collect()
}

fn kind(model: &Model) -> Option<Kind> {
    Some(match &model.kind {
        ModelKind::Struct(_) => Kind::Struct,
        ModelKind::StringEnum(..) | ModelKind::IntegerEnum(..) => Kind::Enum,
        ModelKind::TaggedUnion(_) | ModelKind::UntaggedUnion(_) | ModelKind::TypeUnion(_) => Kind::Union,
        ModelKind::Newtype(..) => Kind::Newtype,
        ModelKind::Alias(_) | ModelKind::Own(_) => return None,
    })
}
