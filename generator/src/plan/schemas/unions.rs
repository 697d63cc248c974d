//! Unions: `oneOf` and `anyOf`.

use std::collections::BTreeSet;

use super::draft::{KindDraft, VariantDraft};
use super::place::Place;
use super::planned::Planned;
use super::planner::Planner;
use crate::ir::{Api, Discriminator, Schema, SchemaId, TagKind, Type};
use crate::plan::names::{self, Scope, Wish, settle};
use crate::plan::words::{ModelKind, TaggedUnion, TypeVariant, Untagged, UntaggedUnion, UntaggedVariant};
use crate::schemas::{Category, View, alias, directions, is_null, tables, takes_null, whole};
use crate::source::Value;

/// Whether a union allows `null`, by a branch of its own or beside its branches, which makes it nullable instead of longer.
pub(super) fn is_nullable(api: &Api, id: SchemaId, view: &View<'_>) -> bool {
    view.nullable || (has_null_branch(api, view) && takes_null(&api.schemas, id))
}

fn has_null_branch(api: &Api, view: &View<'_>) -> bool {
    view.union().is_some_and(|schema| branches(schema).iter().any(|id| is_null(&api.schemas, *id)))
}

fn branches(schema: &Schema) -> &[SchemaId] {
    if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of }
}

impl Planner<'_> {
    /// The type of a schema whose branches decide about it.
    pub(super) fn union(&mut self, id: SchemaId, view: &View<'_>, place: &Place) -> Planned {
        let Some(schema) = view.union() else { return Planned::unknown() };
        let nullable = is_nullable(self.api, id, view);
        let one_of = !schema.one_of.is_empty();
        let all = branches(schema);
        let rest: Vec<_> = all.iter().copied().filter(|id| !is_null(&self.api.schemas, *id)).collect();
        let mut open = view.open();
        open.branches();
        let beside = !open.is_empty();
        let is_told = schema.discriminator.as_ref().is_some_and(|it| self.tells_apart(it, &rest));
        if let ([only], false, false) = (rest.as_slice(), beside, is_told) {
            let planned = self.value(*only, place);
            // Where `null` satisfies both branches, `oneOf` fails; the type of the other one may hold it all the same.
            if takes_null(&self.api.schemas, *only) && !takes_null(&self.api.schemas, id) {
                return Planned { residue: true, ..planned.never_null() };
            }
            return planned.or_null(nullable);
        }
        if rest.is_empty() {
            return Planned::unknown();
        }
        self.note_undivided(view, 1);
        self.shared_properties(id, place);
        let kind = match &schema.discriminator {
            Some(discriminator) if self.tells_apart(discriminator, &rest) => {
                self.tagged(id, schema, discriminator, place)
            }
            _ => self.untagged(&rest, one_of, place),
        };
        let residue =
            beside || !matches!(kind, ModelKind::TaggedUnion(TaggedUnion { untagged: None, default: None, .. }));
        let slot = place.is_component();
        self.define(id, place, kind, residue).or_null(nullable && !slot)
    }

    /// Notes unions of a schema whose branches name properties that no type has, but for the first ones.
    pub(super) fn note_undivided(&mut self, view: &View<'_>, first: usize) {
        let named = view.properties();
        let is_more = |id: SchemaId| {
            let conjuncts = self.api.schemas.conjuncts(id);
            let mut all = conjuncts.into_iter().flat_map(|it| self.api.schemas[it].objects.properties.keys());
            all.any(|it| !named.contains_key(it.as_str()))
        };
        let unions = view.schemas().filter(|it| !branches(it).is_empty()).skip(first);
        if unions.flat_map(branches).any(|it| is_more(*it)) {
            self.undivided.insert(view.conjuncts[0]);
        }
    }

    /// Whether every branch has a value of the tag.
    fn tells_apart(&self, discriminator: &Discriminator, branches: &[SchemaId]) -> bool {
        branches.iter().all(|id| discriminator.mapping.values().any(|it| it == id || Some(*it) == self.referred(*id)))
    }

    /// The schema that a branch refers to.
    fn referred(&self, branch: SchemaId) -> Option<SchemaId> {
        self.api.schemas[branch].reference
    }

    fn tagged(&mut self, id: SchemaId, schema: &Schema, discriminator: &Discriminator, place: &Place) -> KindDraft {
        let has_default = discriminator.default.is_some();
        let open = self.api.schemas[id].usage.response && discriminator.kind != TagKind::Boolean && !has_default;
        if open {
            self.open.extend([id]);
            self.open.extend(self.api.schemas.find(&schema.origin));
        }
        let spelled: Vec<_> = discriminator.mapping.iter().map(|it| self.variant_name(discriminator, it)).collect();
        let wires: Vec<_> = discriminator.mapping.keys().map(String::as_str).collect();
        let wishes = spelled.iter().zip(&wires);
        let wishes: Vec<_> =
            wishes.map(|(name, wire)| Wish { name: names::pascal(name), origin: wire, first: false }).collect();
        let names = settle(&wishes, if open { Scope::Open.reserved() } else { &[] });
        let accessors = accessors(&names);
        let mut variants = Vec::new();
        let mut branches: Vec<(String, String)> = Vec::new();
        let mut is_always_there = true;
        let mut default = None;
        for ((name, accessor), (wire, branch)) in names.into_iter().zip(accessors).zip(&discriminator.mapping) {
            self.entries.insert(*branch);
            let pointer = tables::key(&self.api.schemas[*branch].origin);
            if !branches.iter().any(|(known, _)| *known == pointer) {
                branches.push((pointer, name.clone()));
            }
            is_always_there &= has_tag(self.api, *branch, discriminator);
            if discriminator.default == Some(*branch) {
                default.get_or_insert_with(|| name.clone());
            }
            if !self.components.contains_key(branch) {
                self.closed.extend(self.api.schemas[*branch].objects.properties.get(&discriminator.property));
            }
            let ty = self.value(*branch, &self.branch_place(*branch, &name, place)).ty;
            variants.push(VariantDraft { name, wire: wire.clone(), ty, accessor });
        }
        let untagged = (!is_always_there && default.is_none())
            .then_some(Untagged { exactly_one: !schema.one_of.is_empty(), branches });
        let (tag, kind) = (discriminator.property.clone(), discriminator.kind);
        ModelKind::TaggedUnion(TaggedUnion { tag, kind, open, variants, untagged, default })
    }

    /// What the branch of a value of the tag is called: as the value, where that is a word.
    fn variant_name(&self, discriminator: &Discriminator, (wire, branch): (&String, &SchemaId)) -> String {
        if discriminator.kind == TagKind::String {
            return wire.clone();
        }
        let is_alone = discriminator.mapping.values().filter(|it| *it == branch).count() == 1;
        match self.own_name(*branch) {
            Some(name) if is_alone => name,
            Some(name) => format!("{name} {wire}"),
            None => format!("{} {wire}", discriminator.property),
        }
    }

    fn untagged(&mut self, rest: &[SchemaId], exactly_one: bool, place: &Place) -> KindDraft {
        let origins: Vec<_> = rest.iter().map(|id| self.key(*id)).collect();
        let names = self.branch_names(rest);
        let mut variants = Vec::new();
        let accessors = accessors(&names);
        for (((id, name), accessor), pointer) in rest.iter().zip(names).zip(accessors).zip(&origins) {
            let ty = self.value(*id, &self.branch_place(*id, &name, place)).ty;
            variants.push(UntaggedVariant { name, ty, pointer: pointer.clone(), accessor });
        }
        ModelKind::UntaggedUnion(UntaggedUnion { exactly_one, variants })
    }

    /// Plans the types of what every branch has because it stands beside them, so that none is called after a branch.
    fn shared_properties(&mut self, union: SchemaId, place: &Place) {
        let origin = &self.api.schemas[union].origin;
        let Some(shared) = self.api.schemas.find(&origin.key("properties")) else { return };
        let sent = self.directions.writable(shared).filter(|_| self.directions.is_writable(union));
        let shared = sent.unwrap_or(shared);
        for (wire, candidates) in View::new(self.api, shared).properties() {
            self.value(self.most_specific(&candidates), &place.inner(wire));
        }
    }

    /// The place of a branch; one that adds something to a component is called after the union too.
    fn branch_place(&self, branch: SchemaId, name: &str, place: &Place) -> Place {
        let adds = self.api.schemas[branch].reference.is_some() && alias(&self.api.schemas, branch).is_none();
        let root = place.words.is_empty().then(|| place.root(&self.targets.roots)).flatten();
        match root.filter(|_| adds) {
            Some(root) => place.inner(&format!("{root} {name}")),
            None => place.inner(name),
        }
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
}

/// Whether every instance of a branch is an object with the tag; of a union, every instance of its branches.
fn has_tag(api: &Api, branch: SchemaId, discriminator: &Discriminator) -> bool {
    let mut seen = BTreeSet::new();
    let mut pending = vec![branch];
    while let Some(id) = pending.pop() {
        let view = View::new(api, id);
        let union =
            view.union().filter(|_| !view.nullable && !view.properties().contains_key(&*discriminator.property));
        match union.filter(|_| seen.insert(id)) {
            Some(union) => pending.extend(branches(union)),
            None if seen.contains(&id) || says_tag(&view, api, discriminator) => {}
            None => return false,
        }
    }
    true
}

/// Whether a schema asks for an object with the tag.
fn says_tag(view: &View<'_>, api: &Api, discriminator: &Discriminator) -> bool {
    let wanted = match discriminator.kind {
        TagKind::String => Type::String,
        TagKind::Integer => Type::Integer,
        TagKind::Boolean => Type::Boolean,
    };
    let tag = discriminator.property.as_str();
    let ids = view.properties().swap_remove(tag).unwrap_or_default();
    let is_typed = ids.iter().any(|id| {
        let tag = View::new(api, *id);
        let of_kind = |value: &Value| match discriminator.kind {
            TagKind::String => value.as_str().is_some(),
            TagKind::Integer => whole(value).is_some(),
            TagKind::Boolean => value.as_bool().is_some(),
        };
        let is_listed = tag.values.as_ref().is_some_and(|values| values.iter().all(of_kind));
        !tag.nullable && (tag.single() == Some(wanted) || is_listed)
    });
    let travels = !ids.iter().any(|id| directions::is_marked(api, *id, |it| it.read_only || it.write_only));
    let is_object = view.single() == Some(Type::Object) && !view.nullable;
    is_object && is_typed && travels && view.required().contains(tag)
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
