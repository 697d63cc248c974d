//! Models out of drafts: each is made once, with all that is known of it.

use std::collections::BTreeMap;

use super::boxing::boxed;
use super::construction::Constructions;
use super::defaults::Defaults;
use super::derives::equalities;
use super::tags::{self, Constants};
use super::written::{Object, made_of};
use crate::parallel;
use crate::plan::operations::OperationDraft;
use crate::plan::schemas::{Draft, FieldDraft, KindDraft};
use crate::plan::words::{
    DefaultValue, Equality, Field, Home, MadeOf, Model, ModelId, ModelKind, Struct, TagCheck, TaggedUnion,
    TaggedVariant,
};

/// The models of an API; `forms` are those of what servers answer, each with what requests send.
pub(super) fn models(drafts: Vec<Draft>, operations: &[OperationDraft], forms: &[(ModelId, ModelId)]) -> Vec<Model> {
    let (defaults, constants) = (Defaults::new(&drafts), Constants::new(&drafts));
    let values = |id: usize, field: &FieldDraft| (defaults.of_field(field), constants.value(id, field));
    let values: Vec<Vec<Values>> = drafts
        .iter()
        .enumerate()
        .map(|(id, draft)| match &draft.kind {
            ModelKind::Struct(it) => it.fields.iter().map(|field| values(id, field)).collect(),
            _ => Vec::new(),
        })
        .collect();
    let mut checks = tags::checks(&drafts);
    // What holds itself is boxed before, so that looking at types comes to an end.
    let drafts = boxed(drafts);
    let equalities = equalities(&drafts);
    let objects = parallel::each(drafts.iter().zip(values).collect(), |(draft, it)| object(draft, it));
    let objects: BTreeMap<usize, Object> =
        objects.into_iter().enumerate().filter_map(|(id, it)| Some((id, it?))).collect();
    let mut known = Known {
        made_of: made_of(&drafts, &objects, forms),
        constructions: Constructions::new(&drafts, operations),
        objects,
    };
    let models = drafts.into_iter().zip(equalities).enumerate();
    models.map(|(id, (draft, equality))| known.model(id, draft, equality, checks.remove(&id))).collect()
}

/// What a field stands for where it is absent, and what a constructor fills in.
type Values = (Option<DefaultValue>, Option<DefaultValue>);

/// The fields of an object, and what else it may hold.
fn object(draft: &Draft, values: Vec<Values>) -> Option<Object> {
    let ModelKind::Struct(it) = &draft.kind else { return None };
    let field = |(field, (default, constant)): (&FieldDraft, Values)| {
        let FieldDraft { name, wire, ty, presence, docs, deprecated, checks, given: _ } = field.clone();
        Field { name, wire, ty, presence, docs, deprecated, checks, default, constant }
    };
    Some(Object { fields: it.fields.iter().zip(values).map(field).collect(), rest: it.rest.clone() })
}

/// What is known of the models beside their drafts.
struct Known {
    objects: BTreeMap<usize, Object>,
    made_of: BTreeMap<usize, MadeOf>,
    constructions: Constructions,
}

impl Known {
    fn model(&mut self, id: usize, draft: Draft, equality: Equality, checks: Option<Vec<Option<TagCheck>>>) -> Model {
        // What no field says, the tables do.
        let is_told = checks.iter().flatten().all(Option::is_some);
        let kind = self.kind((id, &draft.home, &draft.name), draft.kind, checks.unwrap_or_default());
        Model {
            name: draft.name,
            home: draft.home,
            docs: draft.about,
            source: draft.source,
            deprecated: draft.deprecated,
            pointer: draft.pointer,
            kind,
            equality,
            nullable: draft.nullable,
            residue: draft.residue || !is_told,
        }
    }

    fn kind(
        &mut self,
        (id, home, name): (usize, &Home, &str),
        kind: KindDraft,
        checks: Vec<Option<TagCheck>>,
    ) -> ModelKind {
        match kind {
            ModelKind::Struct(it) => {
                let fields = self.objects.remove(&id).map(|it| it.fields).unwrap_or_default();
                ModelKind::Struct(Struct {
                    construction: self.constructions.construction(home, name, &fields),
                    made_of: self.made_of.remove(&id),
                    fields,
                    rest: it.rest,
                    sizes: it.sizes,
                    left_out: it.left_out,
                })
            }
            ModelKind::TaggedUnion(it) => {
                let TaggedUnion { tag, kind, open, variants, untagged, default } = it;
                let variants = variants.into_iter().zip(checks).map(|(it, check)| TaggedVariant {
                    name: it.name,
                    wire: it.wire,
                    ty: it.ty,
                    accessor: it.accessor,
                    check: check.unwrap_or(TagCheck::Never),
                });
                ModelKind::TaggedUnion(TaggedUnion { tag, kind, open, variants: variants.collect(), untagged, default })
            }
            ModelKind::StringEnum(openness, variants) => ModelKind::StringEnum(openness, variants),
            ModelKind::IntegerEnum(openness, variants) => ModelKind::IntegerEnum(openness, variants),
            ModelKind::UntaggedUnion(it) => ModelKind::UntaggedUnion(it),
            ModelKind::TypeUnion(variants) => ModelKind::TypeUnion(variants),
            ModelKind::Newtype(ty, checks) => ModelKind::Newtype(ty, checks),
            ModelKind::Alias(id) => ModelKind::Alias(id),
            ModelKind::Own(path) => ModelKind::Own(path),
        }
    }
}
