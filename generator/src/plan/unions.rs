//! Unions: `oneOf` and `anyOf`.

use super::names::{self, Wish, settle};
use super::schemas::{Place, Planned, Planner};
use super::types::{ModelKind, RustType, TaggedUnion, TaggedVariant, TypeVariant, UntaggedUnion, UntaggedVariant};
use super::view::{Category, View, alias, is_null};
use crate::ir::{Api, Discriminator, Schema, SchemaId};

/// Whether one of the branches is `null`, which makes the union nullable instead of longer.
pub(super) fn has_null_branch(api: &Api, view: &View<'_>) -> bool {
    view.union().is_some_and(|schema| branches(schema).iter().any(|id| is_null(&api.schemas[*id])))
}

fn branches(schema: &Schema) -> &[SchemaId] {
    if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of }
}

impl Planner<'_> {
    /// The type of a schema whose branches decide about it.
    pub(super) fn union(&mut self, id: SchemaId, view: &View<'_>, place: &Place) -> Planned {
        let Some(schema) = view.union() else { return Planned::unknown() };
        let nullable = has_null_branch(self.api, view) || view.nullable;
        let one_of = !schema.one_of.is_empty();
        let all = branches(schema);
        let rest: Vec<_> = all.iter().copied().filter(|id| !is_null(&self.api.schemas[*id])).collect();
        let mut open = view.open();
        open.branches();
        let beside = !open.is_empty();
        if let ([only], false) = (rest.as_slice(), beside) {
            let planned = self.value(*only, place);
            // `null` may satisfy both branches, and then `oneOf` fails: the tables know.
            let residue = planned.residue || (one_of && matches!(planned.ty, RustType::Option(_)));
            return Planned { residue, ..planned.or_null(nullable) };
        }
        if rest.is_empty() {
            return Planned::unknown();
        }
        let kind = match &schema.discriminator {
            Some(discriminator) if self.tells_apart(discriminator, all) => {
                self.tagged(id, schema, discriminator, place)
            }
            _ => self.untagged(&rest, one_of, place),
        };
        let residue = beside || matches!(kind, ModelKind::UntaggedUnion(_));
        let slot = place.is_component();
        self.define(id, place, kind, residue).or_null(nullable && !slot)
    }

    /// Whether every branch has a value of the tag; inline branches have none.
    fn tells_apart(&self, discriminator: &Discriminator, branches: &[SchemaId]) -> bool {
        let is_named = |id: &SchemaId| {
            let target = self.api.schemas[*id].reference;
            target.is_some_and(|target| discriminator.mapping.values().any(|it| *it == target))
        };
        branches.iter().all(is_named)
    }

    fn tagged(&mut self, id: SchemaId, schema: &Schema, discriminator: &Discriminator, place: &Place) -> ModelKind {
        let open = self.api.schemas[id].usage.response;
        if open {
            self.open.extend([id]);
            self.open.extend(self.api.schemas.find(&schema.origin));
        }
        let wires: Vec<_> = discriminator.mapping.keys().map(String::as_str).collect();
        let wishes: Vec<_> =
            wires.iter().map(|wire| Wish { name: names::pascal(wire), origin: wire, first: false }).collect();
        let names = settle(&wishes, if open { &["Unknown"] } else { &[] });
        let accessors = accessors(&names);
        let branches = names.into_iter().zip(accessors).zip(&discriminator.mapping);
        let variants = branches.map(|((name, accessor), (wire, branch))| TaggedVariant {
            ty: self.value(*branch, &place.inner(wire)).ty,
            wire: wire.clone(),
            name,
            accessor,
        });
        let variants = variants.collect();
        ModelKind::TaggedUnion(TaggedUnion { tag: discriminator.property.clone(), open, variants })
    }

    fn untagged(&mut self, rest: &[SchemaId], exactly_one: bool, place: &Place) -> ModelKind {
        let spelled: Vec<_> = rest.iter().map(|id| self.branch_name(*id)).collect();
        let origins: Vec<_> = rest.iter().map(|id| self.key(*id)).collect();
        let wishes: Vec<_> = spelled
            .iter()
            .zip(&origins)
            .map(|(name, origin)| Wish { name: names::pascal(name), origin, first: false })
            .collect();
        let names = settle(&wishes, &[]);
        let mut variants = Vec::new();
        let accessors = accessors(&names);
        for (((id, name), accessor), pointer) in rest.iter().zip(names).zip(accessors).zip(&origins) {
            let ty = self.value(*id, &place.inner(&name)).ty;
            variants.push(UntaggedVariant { name, ty, pointer: pointer.clone(), accessor });
        }
        ModelKind::UntaggedUnion(UntaggedUnion { exactly_one, variants })
    }

    /// The type of a schema with several types: one branch for each.
    pub(super) fn types(&mut self, id: SchemaId, view: &View<'_>, place: &Place) -> Planned {
        let types: Vec<_> = view.types.iter().collect();
        let names: Vec<_> = types.iter().map(|ty| names::pascal(ty.as_str())).collect();
        let mut are_enough = true;
        let mut variants = Vec::new();
        for ((json, accessor), name) in types.into_iter().zip(accessors(&names)).zip(names) {
            let narrowed = view.narrowed(json);
            let inner = place.inner(json.as_str());
            let planned = match narrowed.category {
                Category::Struct => self.structure(id, &narrowed, &inner),
                _ => self.typed(&narrowed, json, &inner),
            };
            are_enough &= !planned.residue && planned.checks.are_nested();
            variants.push(TypeVariant { name, json, ty: planned.ty, accessor });
        }
        self.define(id, place, ModelKind::TypeUnion(variants), !are_enough)
    }

    /// What a branch is called: by its component, its title or its type.
    fn branch_name(&self, id: SchemaId) -> String {
        let target = alias(&self.api.schemas, id).unwrap_or(id);
        let schema = &self.api.schemas[target];
        if let Some((name, _)) = self.api.components.iter().find(|(_, component)| *component == target) {
            return name.clone();
        }
        if let Some(title) = &schema.annotations.title {
            return title.clone();
        }
        match View::new(self.api, target).single() {
            Some(ty) => ty.as_str().to_owned(),
            None => "other".to_owned(),
        }
    }
}

/// The methods of the variants of these names, such as `as_cat`.
fn accessors(variants: &[String]) -> Vec<String> {
    let wishes = variants.iter().map(|variant| Wish {
        name: names::snake(&format!("as {variant}")),
        origin: variant,
        first: false,
    });
    settle(&wishes.collect::<Vec<_>>(), &[])
}

impl Planned {
    /// The same type, or `null`.
    pub(super) fn or_null(self, nullable: bool) -> Self {
        match self.ty {
            RustType::Option(_) => self,
            ty if nullable => Self { ty: RustType::option(ty), ..self },
            ty => Self { ty, ..self },
        }
    }
}
