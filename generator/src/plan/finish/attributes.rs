//! Derives and attributes that the user adds to models.

use std::collections::BTreeSet;

use crate::config::{Attribute, Kind, Spot, Step};
use crate::plan::words::{ApiPlan, Construction, Equality, Model, ModelId, ModelKind, Openness};

/// Adds what the rules say; the answer has the places of the rules, and of the names in them, that a model answers to.
pub fn add_attributes(plan: &mut ApiPlan, rules: &[Attribute]) -> BTreeSet<Spot> {
    let mut used = BTreeSet::new();
    for (idx, rule) in rules.iter().enumerate() {
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
            let all = plan.attributes.entry(ModelId(id)).or_default();
            let derive: Vec<_> = rule_derives(&rules[idx], model, all);
            all.extend((!derive.is_empty()).then(|| format!("#[derive({})]", derive.join(", "))));
            all.extend(rules[idx].attributes.iter().cloned());
        }
    }
    used
}

/// What a rule derives that the type does not have anyway, or by a rule before: twice is no Rust.
fn rule_derives<'r>(rule: &'r Attribute, model: &Model, before: &[String]) -> Vec<&'r str> {
    let has = |path: &str| {
        let name = path.rsplit("::").next().unwrap_or(path);
        let is_std = !path.contains("::") || path.starts_with("std::") || path.starts_with("core::");
        let by_rule = |line: &String| {
            let paths = line.strip_prefix("#[derive(").and_then(|it| it.strip_suffix(")]"));
            paths.is_some_and(|paths| paths.split(", ").any(|it| it == path))
        };
        (is_std && derived(model).contains(&name)) || before.iter().any(by_rule)
    };
    rule.derive.iter().map(String::as_str).filter(|it| !has(it)).collect()
}

/// What generated types derive.
fn derived(model: &Model) -> Vec<&'static str> {
    let more: &[&str] = match (&model.kind, model.equality) {
        (ModelKind::Struct(it), _) if it.construction == Construction::Default => &["Default"],
        (ModelKind::StringEnum(Openness::Closed, _) | ModelKind::IntegerEnum(Openness::Closed, _), _) => {
            &["Copy", "Eq", "PartialOrd", "Ord", "Hash"]
        }
        (ModelKind::StringEnum(..) | ModelKind::IntegerEnum(..), _) | (ModelKind::Newtype(..), Equality::Ordered) => {
            &["Eq", "PartialOrd", "Ord", "Hash"]
        }
        (ModelKind::Newtype(..), Equality::Total) => &["Eq", "Hash"],
        _ => &[],
    };
    ["Debug", "Clone", "PartialEq"].iter().chain(more).copied().collect()
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
