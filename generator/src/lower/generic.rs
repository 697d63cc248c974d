//! Generics: `$dynamicRef` means the `$dynamicAnchor` of whoever came first on the way to it.
//!
//! ```yaml
//! Page: { $dynamicAnchor: item, properties: { items: { type: array, items: { $dynamicRef: '#item' } } } }
//! Users: { $defs: { item: { $dynamicAnchor: item, $ref: '#/components/schemas/User' } }, $ref: '#/components/schemas/Page' }
//! ```
//!
//! `Users` is a page of users. So what a reference leads to is copied for each way of binding it, and in a copy every
//! reference is an ordinary one: neither later stages nor the run time know of anchors. A schema that is a reference and
//! nothing else becomes the copy itself, so that the copy is called after it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Diagnostics};
use crate::document::{Document, DynamicAnchor};
use crate::ir::{Annotations, Assertions, Schema, SchemaId, Schemas};
use crate::source::{FileId, Origin, Pointer};

/// A `$dynamicRef` that the way to it decides about.
#[derive(Debug, Clone)]
pub(super) struct Dynamic {
    /// The name of the anchor.
    pub(super) name: String,
    /// Where it leads without anybody who binds it.
    pub(super) initial: Option<SchemaId>,
}

/// What the anchors on a way mean, by name: who came first counts.
type Scope = BTreeMap<String, SchemaId>;

/// Gives every `$dynamicRef` the schema that it means.
pub(super) fn settle(
    schemas: &mut Schemas,
    document: &Document,
    references: &BTreeMap<SchemaId, Dynamic>,
    diagnostics: &mut Diagnostics,
) {
    if references.is_empty() {
        return;
    }
    let mut resources: BTreeMap<Origin, Scope> = BTreeMap::new();
    for DynamicAnchor { resource, name, origin } in document.dynamics.anchors() {
        if let Some(id) = schemas.find(origin) {
            resources.entry(resource.clone()).or_default().entry(name.clone()).or_insert(id);
        }
    }
    let originals: Vec<Schema> = schemas.iter().map(|(_, schema)| schema.clone()).collect();
    let anchors =
        |schema: &Schema| document.dynamics.resource(&schema.origin).and_then(|it| resources.get(it)).cloned();
    let own: Vec<Scope> = originals.iter().map(|it| anchors(it).unwrap_or_default()).collect();
    let needs = needs(schemas, references, &resources);
    let generic: Vec<SchemaId> = schemas.iter().map(|(id, _)| id).filter(|id| !needs[id.index()].is_empty()).collect();
    let largest = originals.len() + MOST_COPIES;
    let mut binding = Binding {
        schemas,
        originals,
        references,
        own,
        needs,
        copies: BTreeMap::new(),
        pending: Vec::new(),
        bound: Vec::new(),
    };
    // Those of the document come first, so that copies are made where the document has a place for them.
    for id in generic.into_iter().rev() {
        let scope = binding.within(id, &Scope::new());
        binding.pending.push(Copy { to: id, of: id, scope });
    }
    while let Some(copy) = binding.pending.pop() {
        binding.bind(copy);
        if binding.schemas.len() > largest {
            let message = format!("`$dynamicRef` makes more than {MOST_COPIES} schemas of those in the document");
            diagnostics.report(Code::UnsupportedField, &Origin::root(FileId(0)), message);
            break;
        }
    }
    let bound = std::mem::take(&mut binding.bound);
    cut_cycles(schemas, &bound, diagnostics);
}

/// Leaves out what leads back to the same instance: a schema that is part of itself says nothing.
fn cut_cycles(schemas: &mut Schemas, bound: &[SchemaId], diagnostics: &mut Diagnostics) {
    let mut left: BTreeSet<SchemaId> = schemas.iter().map(|(id, _)| id).collect();
    loop {
        let leads_on = |id: &SchemaId| in_place(&schemas[*id]).any(|it| left.contains(&it));
        let ends: BTreeSet<SchemaId> = left.iter().copied().filter(|id| !leads_on(id)).collect();
        if ends.is_empty() {
            break;
        }
        left.retain(|id| !ends.contains(id));
    }
    for id in bound.iter().filter(|id| left.contains(id)) {
        let schema = &mut schemas[*id];
        (schema.reference, schema.all_of) = (None, Vec::new());
        let origin = schema.origin.clone();
        let message = "a `$dynamicRef` leads back to its own schema, without a property in between";
        diagnostics.report(Code::ReferenceCycle, &origin, message).taken_as("any JSON value");
    }
}

/// The schemas that hold for the same instance as this one.
fn in_place(schema: &Schema) -> impl Iterator<Item = SchemaId> {
    let conditional = schema.conditional.iter().flat_map(|it| [Some(it.condition), it.then, it.otherwise]).flatten();
    let lists = [&schema.all_of, &schema.any_of, &schema.one_of];
    let dependent = schema.objects.dependent_schemas.values();
    let lists = lists.into_iter().flatten().chain(dependent).copied();
    schema.reference.into_iter().chain(lists).chain(schema.not).chain(conditional)
}

/// Templates that are bound in each other's scopes can be very many schemas.
const MOST_COPIES: usize = 50_000;

/// The names that matter inside each schema.
fn needs(
    schemas: &Schemas,
    references: &BTreeMap<SchemaId, Dynamic>,
    resources: &BTreeMap<Origin, Scope>,
) -> Vec<BTreeSet<String>> {
    let mut needs = vec![BTreeSet::new(); schemas.len()];
    loop {
        let mut changed = false;
        for (id, schema) in schemas.iter() {
            let named = references.get(&id).map(|it| &it.name);
            let bound = named.into_iter().flat_map(|name| resources.values().filter_map(|it| it.get(name))).copied();
            let inner: Vec<SchemaId> = schema.children().chain(bound).collect();
            let mut all: BTreeSet<String> = named.into_iter().cloned().collect();
            all.extend(inner.into_iter().flat_map(|it| needs[it.index()].iter().cloned()));
            changed |= !all.is_subset(&needs[id.index()]);
            needs[id.index()].extend(all);
        }
        if !changed {
            return needs;
        }
    }
}

/// A schema that is to be what another one is in a scope; for those of the document, both are the same.
struct Copy {
    to: SchemaId,
    of: SchemaId,
    scope: Scope,
}

struct Binding<'b> {
    schemas: &'b mut Schemas,
    /// The schemas of the document, before any reference was bound.
    originals: Vec<Schema>,
    references: &'b BTreeMap<SchemaId, Dynamic>,
    /// The anchors around each schema of the document.
    own: Vec<Scope>,
    needs: Vec<BTreeSet<String>>,
    /// What was made of each schema in each scope.
    copies: BTreeMap<(SchemaId, Scope), SchemaId>,
    pending: Vec<Copy>,
    /// The schemas whose own reference was bound.
    bound: Vec<SchemaId>,
}

impl Binding<'_> {
    /// The scope within a schema that is reached in another one, as far as it matters there.
    fn within(&self, id: SchemaId, scope: &Scope) -> Scope {
        let mut inner = self.own[id.index()].clone();
        inner.extend(scope.iter().map(|(name, id)| (name.clone(), *id)));
        inner.retain(|name, _| self.needs[id.index()].contains(name));
        inner
    }

    /// What a schema is in a scope: itself where nobody has bound anything, else a copy that stands at a place.
    fn schema(&mut self, id: SchemaId, scope: &Scope, place: impl FnOnce() -> Origin) -> SchemaId {
        let inner = self.within(id, scope);
        if inner == self.within(id, &Scope::new()) {
            return id;
        }
        if let Some(copy) = self.copies.get(&(id, inner.clone())) {
            return *copy;
        }
        let mut place = place();
        while self.schemas.find(&place).is_some() {
            place = place.key("$ref");
        }
        let copy = self.schemas.reserve(&place);
        self.copies.insert((id, inner.clone()), copy);
        self.pending.push(Copy { to: copy, of: id, scope: inner });
        copy
    }

    fn bind(&mut self, Copy { to, of, scope }: Copy) {
        if let Some((target, inner)) = self.becomes(of, &scope) {
            self.copies.insert((target, inner.clone()), to);
            let whole = self.in_scope(to, target, &inner);
            let own = self.schemas[to].clone();
            let annotations =
                if own.annotations == Annotations::default() { whole.annotations } else { own.annotations };
            self.schemas.set(to, Schema { origin: own.origin, source: own.source, annotations, ..whole });
            return;
        }
        let bound = self.in_scope(to, of, &scope);
        self.schemas.set(to, bound);
    }

    /// The schema that a bare reference becomes, where that is a copy which nobody has made yet.
    fn becomes(&self, of: SchemaId, scope: &Scope) -> Option<(SchemaId, Scope)> {
        let original = &self.originals[of.index()];
        let target = original.reference.filter(|_| !self.references.contains_key(&of))?;
        let rest = Assertions { reference: None, ..original.assertions.clone() };
        let inner = self.within(target, scope);
        let is_copy = inner != self.within(target, &Scope::new());
        let is_new = is_copy && !self.copies.contains_key(&(target, inner.clone()));
        (is_new && rest == Assertions::default()).then_some((target, inner))
    }

    /// A schema of the document in a scope, with what it names in the same one.
    fn in_scope(&mut self, to: SchemaId, of: SchemaId, scope: &Scope) -> Schema {
        let original = self.originals[of.index()].clone();
        let (here, there) = (self.schemas[to].origin.clone(), original.origin.clone());
        let mut inside = BTreeMap::new();
        for child in original.children() {
            let origin = self.originals[child.index()].origin.clone();
            let copy = self.schema(child, scope, || moved(&origin, &there, &here));
            inside.insert(child, copy);
        }
        let mut bound = original.with_children(|child| inside.get(&child).copied().unwrap_or(child));
        if let Some(Dynamic { name, initial }) = self.references.get(&of).cloned()
            && let Some(target) = scope.get(&name).copied()
        {
            let target = self.schema(target, scope, || here.key("$dynamicRef"));
            self.bound.push(to);
            match (initial, original.reference) {
                (Some(initial), Some(reference)) if initial != reference => {
                    bound.all_of.pop();
                    bound.all_of.push(target);
                }
                (None, Some(_)) => bound.all_of.push(target),
                _ => bound.reference = Some(target),
            }
        }
        if to != of {
            // The title of a template is not that of what is made of it.
            bound.annotations.title = None;
            bound.extensions.rust_name = None;
        }
        Schema { origin: here, ..bound }
    }
}

/// Where what stands in one schema stands in its copy.
fn moved(origin: &Origin, from: &Origin, to: &Origin) -> Origin {
    let rest = origin.pointer.as_str().strip_prefix(from.pointer.as_str());
    let rest = rest.filter(|it| origin.file == from.file && it.starts_with('/'));
    match rest {
        Some(rest) => {
            Origin { file: to.file, pointer: Pointer::from_escaped(&format!("{}{rest}", to.pointer.as_str())) }
        }
        None => to.key("$ref"),
    }
}
