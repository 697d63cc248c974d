//! Inheritance: a parent that others name in `allOf`, with a property that tells them apart.
//!
//! ```yaml
//! Animal: { required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind } }
//! Cat: { allOf: [{ $ref: '#/components/schemas/Animal' }, { properties: { indoor: { type: boolean } } }] }
//! ```
//!
//! Where `Animal` is used, a value is one of its children. So the parent becomes their union, and what it says itself
//! becomes a schema of its own, its base, which the children have in its place.

use std::collections::BTreeSet;

use super::branches::is_bare_reference;
use super::tags::pins;
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Assertions, Discriminator, Schema, SchemaId, Schemas, Type, Types};
use crate::ordered::IndexMap;
use crate::source::Value;

/// Makes a union of each parent.
pub(super) fn settle(schemas: &mut Schemas, components: &[(String, SchemaId)], diagnostics: &mut Diagnostics) {
    // Ancestors first: what is split off a child then stands in their unions.
    let mut parents: Vec<&(String, SchemaId)> = components.iter().collect();
    parents.sort_by_cached_key(|(_, id)| schemas[*id].discriminator.as_ref().map(|_| schemas.conjuncts(*id).len()));
    let mut unions: Vec<SchemaId> = Vec::new();
    for (name, parent) in parents {
        let schema = &schemas[*parent];
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            continue;
        }
        let Some(said) = schema.discriminator.clone().filter(|_| has_text_tag(schemas, *parent)) else { continue };
        let children = children(schemas, components, *parent, &said);
        let family = Family { name, parent: *parent, said: &said, children: &children };
        let Some(mapping) = family.mapping(schemas) else { continue };
        let base = family.split(schemas, mapping);
        // A child that adds nothing is no other name of the base, but an object of its own kind.
        for (_, child) in children.iter().filter(|(_, id)| *id != base) {
            if is_wrapper(&schemas[*child]) {
                schemas[*child].types = Types::only(Type::Object);
            }
        }
        detach(schemas, components, *parent, base);
        for union in &unions {
            replace(schemas, *union, *parent, base);
        }
        unions.push(*parent);
        let message = format!(
            "a discriminator without `oneOf` is taken as a union of the {} `{name}` in `allOf`",
            if children.len() == 1 {
                "one schema that names".to_owned()
            } else {
                format!("{} schemas that name", children.len())
            }
        );
        let origin = schemas[*parent].origin.key("discriminator");
        diagnostics.report(Code::ImpliedType, &origin, message).at_key();
    }
}

/// Whether the tag of a parent is a property that may be a text.
fn has_text_tag(schemas: &Schemas, parent: SchemaId) -> bool {
    let Some(said) = &schemas[parent].discriminator else { return false };
    let conjuncts = schemas.conjuncts(parent);
    let tags = conjuncts.iter().filter_map(|id| schemas[*id].objects.properties.get(&said.property));
    tags.flat_map(|id| schemas.conjuncts(*id)).all(|id| schemas[id].types.contains(Type::String))
}

/// The components that have a parent in their `allOf`, and say something of their own.
fn children<'n>(
    schemas: &Schemas,
    components: &'n [(String, SchemaId)],
    parent: SchemaId,
    said: &Discriminator,
) -> Vec<(&'n str, SchemaId)> {
    let is_mapped = |id: SchemaId| said.mapping.values().any(|it| *it == id);
    let is_child = |id: SchemaId| {
        let adds = !is_wrapper(&schemas[id]) || is_mapped(id) || said.mapping.is_empty();
        id != parent
            && adds
            && !schemas[id].or_null
            && !is_bare_reference(schemas, id)
            && schemas.conjuncts(id).contains(&parent)
    };
    components.iter().filter(|(_, id)| is_child(*id)).map(|(name, id)| (name.as_str(), *id)).collect()
}

/// Whether a schema is a list of one reference and no more, which authors write to put a description beside it.
fn is_wrapper(schema: &Schema) -> bool {
    let rest = Assertions { all_of: Vec::new(), types: Types::ALL, or_null: false, ..schema.assertions.clone() };
    schema.all_of.len() == 1 && rest == Assertions::default()
}

/// A parent and its children.
struct Family<'f> {
    name: &'f str,
    parent: SchemaId,
    said: &'f Discriminator,
    children: &'f [(&'f str, SchemaId)],
}

impl Family<'_> {
    /// Which value of the tag leads to which child, the parent itself included; `None` if there are no children.
    fn mapping(&self, schemas: &Schemas) -> Option<IndexMap<String, SchemaId>> {
        let Self { name, parent, said, children } = self;
        let mut mapping = said.mapping.clone();
        let listed = pins(schemas, *parent, &said.property);
        let is_possible = |value: &str| listed.is_empty() || listed.iter().any(|it| it.as_str() == Some(value));
        for (child_name, child) in *children {
            if mapping.values().any(|it| it == child) {
                continue;
            }
            let own = pins(schemas, *child, &said.property);
            let texts = own.iter().filter(|_| own != listed).filter_map(Value::as_str).map(str::to_owned);
            let mut values: Vec<String> = texts.collect();
            if let Some(said) = &schemas[*child].extensions.discriminator_value {
                values = vec![said.clone()];
            } else if values.is_empty() {
                values.extend(spelled(child_name, &listed));
            }
            for value in values {
                mapping.entry(value).or_insert(*child);
            }
        }
        let is_optional =
            !schemas.conjuncts(*parent).iter().any(|id| schemas[*id].objects.required.contains(&said.property));
        // Where another union leads to the parent, its values are the parent's own.
        let others = schemas.iter().filter(|(id, _)| id != parent).filter_map(|(_, it)| it.discriminator.as_ref());
        let of_others = others.filter(|it| it.property == said.property).flat_map(|it| &it.mapping);
        for (value, _) in of_others.filter(|(_, it)| *it == parent) {
            mapping.entry(value.clone()).or_insert(*parent);
        }
        let is_own_kind = said.mapping.is_empty() || is_optional;
        let own = schemas[*parent].extensions.discriminator_value.as_deref().unwrap_or(*name);
        if is_own_kind && is_possible(own) && !mapping.values().any(|it| it == parent) {
            mapping.entry(own.to_owned()).or_insert(*parent);
        }
        // Where a child stands in the document decides nothing.
        mapping.sort_keys();
        mapping.values().any(|it| it != parent).then_some(mapping)
    }

    /// Splits the parent into the union and its base, which is the answer.
    fn split(&self, schemas: &mut Schemas, mut mapping: IndexMap<String, SchemaId>) -> SchemaId {
        let parent = self.parent;
        let whole = schemas[parent].clone();
        let base = schemas.reserve(&whole.origin.key("discriminator"));
        mapping.values_mut().filter(|it| **it == parent).for_each(|it| *it = base);
        let mut branches: Vec<SchemaId> = Vec::new();
        for branch in mapping.values() {
            if !branches.contains(branch) {
                branches.push(*branch);
            }
        }
        let mut told = Discriminator { mapping, ..self.said.clone() };
        told.replace(|id| id == parent, base);
        told.default = told.default.filter(|default| told.mapping.values().any(|it| it == default));
        let is_nullable = whole.types != Types::ALL && whole.types.contains(Type::Null);
        let union = Assertions {
            any_of: branches,
            discriminator: Some(told),
            or_null: whole.or_null || is_nullable,
            ..Assertions::default()
        };
        let mut own = Schema { origin: schemas[base].origin.clone(), ..whole.clone() };
        own.discriminator = None;
        own.or_null = false;
        own.extensions.rust_name = None;
        own.annotations.default = None;
        own.annotations.examples = Vec::new();
        if is_nullable {
            own.types = own.types.without(Type::Null);
        }
        schemas.set(base, own);
        schemas.set(parent, Schema { assertions: union, ..whole });
        base
    }
}

/// The value of the tag that a child is known by: its name, as the list of values spells it.
fn spelled(name: &str, listed: &[Value]) -> Option<String> {
    let plain = |text: &str| text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let wanted: String = plain(name);
    let mut texts = listed.iter().filter_map(Value::as_str);
    if listed.is_empty() { Some(name.to_owned()) } else { texts.find(|it| plain(it) == wanted).map(str::to_owned) }
}

/// Lets everything that adds to the parent have its base instead.
fn detach(schemas: &mut Schemas, components: &[(String, SchemaId)], parent: SchemaId, base: SchemaId) {
    let components: BTreeSet<SchemaId> = components.iter().map(|(_, id)| *id).collect();
    let adds = |id: &SchemaId| {
        let schema = &schemas[*id];
        let is_composed = !schema.all_of.is_empty() || (schema.reference.is_some() && !is_bare_reference(schemas, *id));
        let is_own = components.contains(id) || !is_wrapper(schema);
        *id != parent && is_composed && is_own && !schema.or_null && schemas.conjuncts(*id).contains(&parent)
    };
    let adding: Vec<SchemaId> = schemas.iter().map(|(id, _)| id).filter(adds).collect();
    for id in adding {
        let mut within = vec![id];
        while let Some(here) = within.pop() {
            within.extend(schemas[here].all_of.iter().copied().filter(|it| !components.contains(it)));
            if schemas[here].reference == Some(parent) {
                schemas[here].reference = Some(base);
            }
        }
    }
    stand_apart(schemas, parent, base);
}

/// In a union of the parent and its children, the parent is what it says itself.
fn stand_apart(schemas: &mut Schemas, parent: SchemaId, base: SchemaId) {
    let leads_to = |id: SchemaId, target: SchemaId| schemas.conjuncts(id).contains(&target);
    let mixed = |(id, schema): (SchemaId, &Schema)| {
        let branches = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
        let is_mixed = branches.iter().any(|it| schemas[*it].reference == Some(parent))
            && branches.iter().any(|it| leads_to(*it, base));
        (is_mixed && id != parent).then(|| (id, branches.clone()))
    };
    let mixed: Vec<_> = schemas.iter().filter_map(mixed).collect();
    for (id, branches) in mixed {
        for branch in branches {
            if schemas[branch].reference == Some(parent) {
                schemas[branch].reference = Some(base);
            }
        }
        replace(schemas, id, parent, base);
    }
}

/// Puts the base in the parent's place in a union.
fn replace(schemas: &mut Schemas, union: SchemaId, parent: SchemaId, base: SchemaId) {
    let union = &mut schemas[union];
    union.any_of.iter_mut().filter(|it| **it == parent).for_each(|it| *it = base);
    if let Some(discriminator) = &mut union.discriminator {
        discriminator.replace(|id| id == parent, base);
    }
}
