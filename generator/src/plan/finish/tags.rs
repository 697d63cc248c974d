//! Tags: how a value says which branch it is of, and what a constructor fills in because nothing else is possible.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::TagKind;
use crate::plan::words::{
    ApiPlan, DefaultValue, Field, Model, ModelId, ModelKind, Openness, Presence, RustType, TagCheck, TaggedUnion,
    TaggedVariant,
};
use crate::source::Number;

/// Finds how the values of each branch say that they are of the branch, now that all models are known.
pub(super) fn settle(plan: &mut ApiPlan) {
    let mut settled: Vec<(usize, Vec<Option<TagCheck>>)> = Vec::new();
    for (idx, model) in plan.models.iter().enumerate() {
        if let ModelKind::TaggedUnion(it) = &model.kind {
            let checks = it.variants.iter().map(|variant| tag_check(&plan.models, it, variant)).collect();
            settled.push((idx, checks));
        }
    }
    for (idx, checks) in settled {
        let model = &mut plan.models[idx];
        // What no field says, the tables do.
        model.residue |= checks.iter().any(Option::is_none);
        if let ModelKind::TaggedUnion(it) = &mut model.kind {
            for (variant, check) in it.variants.iter_mut().zip(checks) {
                variant.check = check.unwrap_or(TagCheck::Never);
            }
        }
    }
}

/// How a value of a branch says that it is; `None` if only the tables know.
fn tag_check(models: &[Model], union: &TaggedUnion, variant: &TaggedVariant) -> Option<TagCheck> {
    let RustType::Model(ModelId(id)) = variant.ty else { return None };
    let ModelKind::Struct(it) = &models.get(id)?.kind else { return None };
    let field = it.fields.iter().find(|field| field.wire == union.tag && field.presence == Presence::Required)?;
    let name = field.name.clone();
    match &field.ty {
        RustType::String => Some(TagCheck::Text(name)),
        RustType::Integer(_) | RustType::Bool => Some(TagCheck::Itself(name)),
        RustType::Model(ModelId(id)) => match &models.get(*id)?.kind {
            ModelKind::StringEnum(Openness::Closed, variants) if variants.len() == 1 => {
                (variants[0].wire == variant.wire).then_some(TagCheck::Never)
            }
            ModelKind::StringEnum(..) => Some(TagCheck::Text(name)),
            ModelKind::IntegerEnum(..) => Some(TagCheck::Number(name)),
            _ => None,
        },
        _ => None,
    }
}

/// Finds the properties that need no argument: those with one possible value, and the tag of a struct that is a branch
/// by one value only.
pub(super) fn pin(plan: &mut ApiPlan) {
    let tags = tags(plan);
    let mut pinned: Vec<(usize, usize, DefaultValue)> = Vec::new();
    for (idx, model) in plan.models.iter().enumerate() {
        let ModelKind::Struct(it) = &model.kind else { continue };
        for (place, field) in it.fields.iter().enumerate().filter(|(_, it)| it.presence == Presence::Required) {
            let value = only_value(&plan.models, &field.ty).or_else(|| {
                let (kind, values) = tags.get(&idx)?.get(field.wire.as_str())?;
                let only = values.first().filter(|_| values.len() == 1)?;
                tag_value(&plan.models, field, *kind, only)
            });
            pinned.extend(value.map(|value| (idx, place, value)));
        }
    }
    for (idx, place, value) in pinned {
        if let ModelKind::Struct(it) = &mut plan.models[idx].kind {
            it.fields[place].constant = Some(value);
        }
    }
}

/// The values of each tag by which a struct is a branch.
type Tags = BTreeMap<usize, BTreeMap<String, (TagKind, BTreeSet<String>)>>;

fn tags(plan: &ApiPlan) -> Tags {
    let mut tags = Tags::new();
    for model in &plan.models {
        let ModelKind::TaggedUnion(union) = &model.kind else { continue };
        for variant in &union.variants {
            let RustType::Model(ModelId(id)) = variant.ty else { continue };
            let of_struct = tags.entry(id).or_default().entry(union.tag.clone());
            of_struct.or_insert_with(|| (union.kind, BTreeSet::new())).1.insert(variant.wire.clone());
        }
    }
    // What is of a branch by default has any value but those of the others.
    for model in &plan.models {
        let ModelKind::TaggedUnion(TaggedUnion { default: Some(default), variants, tag, .. }) = &model.kind else {
            continue;
        };
        for variant in variants.iter().filter(|it| it.name == *default) {
            if let RustType::Model(ModelId(id)) = variant.ty
                && let Some(of_struct) = tags.get_mut(&id)
            {
                of_struct.remove(tag);
            }
        }
    }
    tags
}

/// The model of a type, behind its other names.
fn model<'p>(models: &'p [Model], ty: &RustType) -> Option<&'p ModelKind> {
    let RustType::Model(ModelId(id)) = ty else { return None };
    let mut kind = &models.get(*id)?.kind;
    // No chain of names is longer than there are models.
    for _ in models {
        let ModelKind::Alias(ModelId(id)) = kind else { break };
        kind = &models.get(*id)?.kind;
    }
    Some(kind)
}

/// The value of an enumeration that has one and keeps no others.
fn only_value(models: &[Model], ty: &RustType) -> Option<DefaultValue> {
    let name = match model(models, ty)? {
        ModelKind::StringEnum(Openness::Closed, variants) if variants.len() == 1 => &variants[0].name,
        ModelKind::IntegerEnum(Openness::Closed, variants) if variants.len() == 1 => &variants[0].name,
        _ => return None,
    };
    Some(DefaultValue::Variant(name.clone()))
}

/// The value of a tag as one of its field.
fn tag_value(models: &[Model], field: &Field, kind: TagKind, value: &str) -> Option<DefaultValue> {
    match (&field.ty, kind) {
        (RustType::String, TagKind::String) => Some(DefaultValue::Text(value.to_owned())),
        (RustType::Bool, TagKind::Boolean) => Some(DefaultValue::Bool(value == "true")),
        (RustType::Integer(integer), TagKind::Integer) => {
            let (number, (least, most)) = (Number::new(value)?, integer.range());
            number.as_i128().filter(|it| (least..=most).contains(it)).map(|_| DefaultValue::Number(number))
        }
        (ty, _) => {
            let name = match (model(models, ty)?, kind) {
                (ModelKind::StringEnum(_, all), TagKind::String) => {
                    all.iter().find(|it| it.wire == value).map(|it| &it.name)
                }
                (ModelKind::IntegerEnum(_, all), TagKind::Integer) => {
                    all.iter().find(|it| it.wire.to_string() == value).map(|it| &it.name)
                }
                _ => None,
            };
            name.map(|name| DefaultValue::Variant(name.clone()))
        }
    }
}
