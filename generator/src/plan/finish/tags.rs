//! Tags: how a value says which branch it is of, and what a constructor fills in because nothing else is possible.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::TagKind;
use crate::plan::schemas::{Draft, FieldDraft, KindDraft, VariantDraft};
use crate::plan::words::{DefaultValue, ModelId, ModelKind, Openness, Presence, RustType, TagCheck, TaggedUnion};
use crate::source::Number;

/// How the values of each branch of a union say that they are of the branch, by the position of the union; none if only
/// the tables know.
pub(super) fn checks(drafts: &[Draft]) -> BTreeMap<usize, Vec<Option<TagCheck>>> {
    let unions = drafts.iter().enumerate().filter_map(|(idx, draft)| match &draft.kind {
        ModelKind::TaggedUnion(it) => Some((idx, it)),
        _ => None,
    });
    unions.map(|(idx, it)| (idx, it.variants.iter().map(|variant| tag_check(drafts, it, variant)).collect())).collect()
}

/// How a value of a branch says that it is; `None` if only the tables know.
fn tag_check(drafts: &[Draft], union: &TaggedUnion<VariantDraft>, variant: &VariantDraft) -> Option<TagCheck> {
    let RustType::Model(ModelId(id)) = variant.ty else { return None };
    let ModelKind::Struct(it) = &drafts.get(id)?.kind else { return None };
    let field = it.fields.iter().find(|field| field.wire == union.tag && field.presence == Presence::Required)?;
    let name = field.name.clone();
    match &field.ty {
        RustType::String => Some(TagCheck::Text(name)),
        RustType::Integer(_) | RustType::Bool => Some(TagCheck::Itself(name)),
        RustType::Model(ModelId(id)) => match &drafts.get(*id)?.kind {
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

/// The properties that need no argument: those with one possible value, and the tag of a struct that is a branch by one
/// value only.
pub(super) struct Constants<'d> {
    drafts: &'d [Draft],
    tags: Tags,
}

impl<'d> Constants<'d> {
    pub(super) fn new(drafts: &'d [Draft]) -> Self {
        Self { drafts, tags: tags(drafts) }
    }

    /// What a constructor fills into a field of a model, because no other value is possible.
    pub(super) fn value(&self, model: usize, field: &FieldDraft) -> Option<DefaultValue> {
        if field.presence != Presence::Required {
            return None;
        }
        only_value(self.drafts, &field.ty).or_else(|| {
            let (kind, values) = self.tags.get(&model)?.get(field.wire.as_str())?;
            let only = values.first().filter(|_| values.len() == 1)?;
            tag_value(self.drafts, field, *kind, only)
        })
    }
}

/// The values of each tag by which a struct is a branch.
type Tags = BTreeMap<usize, BTreeMap<String, (TagKind, BTreeSet<String>)>>;

fn tags(drafts: &[Draft]) -> Tags {
    let mut tags = Tags::new();
    for draft in drafts {
        let ModelKind::TaggedUnion(union) = &draft.kind else { continue };
        for variant in &union.variants {
            let RustType::Model(ModelId(id)) = variant.ty else { continue };
            let of_struct = tags.entry(id).or_default().entry(union.tag.clone());
            of_struct.or_insert_with(|| (union.kind, BTreeSet::new())).1.insert(variant.wire.clone());
        }
    }
    // What is of a branch by default has any value but those of the others.
    for draft in drafts {
        let ModelKind::TaggedUnion(TaggedUnion { default: Some(default), variants, tag, .. }) = &draft.kind else {
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
fn model<'d>(drafts: &'d [Draft], ty: &RustType) -> Option<&'d KindDraft> {
    let RustType::Model(ModelId(id)) = ty else { return None };
    let mut kind = &drafts.get(*id)?.kind;
    // No chain of names is longer than there are models.
    for _ in drafts {
        let ModelKind::Alias(ModelId(id)) = kind else { break };
        kind = &drafts.get(*id)?.kind;
    }
    Some(kind)
}

/// The value of an enumeration that has one and keeps no others.
fn only_value(drafts: &[Draft], ty: &RustType) -> Option<DefaultValue> {
    let name = match model(drafts, ty)? {
        ModelKind::StringEnum(Openness::Closed, variants) if variants.len() == 1 => &variants[0].name,
        ModelKind::IntegerEnum(Openness::Closed, variants) if variants.len() == 1 => &variants[0].name,
        _ => return None,
    };
    Some(DefaultValue::Variant(name.clone()))
}

/// The value of a tag as one of its field.
fn tag_value(drafts: &[Draft], field: &FieldDraft, kind: TagKind, value: &str) -> Option<DefaultValue> {
    match (&field.ty, kind) {
        (RustType::String, TagKind::String) => Some(DefaultValue::Text(value.to_owned())),
        (RustType::Bool, TagKind::Boolean) => Some(DefaultValue::Bool(value == "true")),
        (RustType::Integer(integer), TagKind::Integer) => {
            let (number, (least, most)) = (Number::new(value)?, integer.range());
            number.as_i128().filter(|it| (least..=most).contains(it)).map(|_| DefaultValue::Number(number))
        }
        (ty, _) => {
            let name = match (model(drafts, ty)?, kind) {
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
