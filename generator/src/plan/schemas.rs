//! From schemas to types: which schema becomes which type, each once.
//!
//! A type may allow more than its schema does, never less. What it does not cover is a check of the fast path,
//! and what no check covers is *residue*: there the tables are asked.

use std::collections::{BTreeMap, BTreeSet};

use super::checks::{Assertion, Checks};
use super::directions::Directions;
use super::docs;
use super::equal::Classes;
use super::names;
use super::open::Open;
use super::replaced::Replaced;
use super::targets::{self, Targets};
use super::types::{Equality, Home, Model, ModelId, ModelKind, RustType};
use crate::config::Types;
use crate::ir::{Api, SchemaId};
use crate::samples::{self, Refusals};
use crate::schemas::{Category, View, alias, refers, tables};
use crate::source::{Origin, Pointer};

/// What a schema becomes.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    /// The type.
    pub(super) ty: RustType,
    /// What must hold beyond the type.
    pub(super) checks: Checks,
    /// Whether the tables must be asked as well.
    pub(super) residue: bool,
}

impl Planned {
    /// A type with its checks, and whether they leave anything to the tables.
    pub(super) fn new(ty: RustType, checks: Checks, open: &Open) -> Self {
        Self { ty, checks, residue: !open.is_empty() }
    }

    pub(super) fn plain(ty: RustType) -> Self {
        Self { ty, checks: Checks::default(), residue: false }
    }

    fn model(id: ModelId) -> Self {
        let checks = Checks { own: vec![Assertion::Nested], inner: None };
        Self { ty: RustType::Model(id), checks, residue: false }
    }

    /// Anything, decided by the tables alone.
    pub(super) fn unknown() -> Self {
        Self { residue: true, ..Self::plain(RustType::Value) }
    }

    pub(super) fn nullable(self, nullable: bool) -> Self {
        if nullable { Self { ty: RustType::option(self.ty), ..self } } else { self }
    }
}

/// Where an inline schema stands, for its name.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The file that its type goes to.
    pub(super) home: Home,
    /// The words of its name, outermost first.
    pub(super) words: Vec<String>,
    /// The model that was set aside for it, if others refer to it.
    slot: Option<ModelId>,
}

impl Place {
    /// The place of a schema inside a file.
    pub(super) fn new(home: Home, word: &str) -> Self {
        Self { home, words: vec![word.to_owned()], slot: None }
    }

    /// The name of the root that it is the place of.
    pub(super) fn root<'r>(&self, roots: &'r [targets::Root]) -> Option<&'r str> {
        self.slot.and_then(|slot| roots.get(slot.0)).map(|root| root.name.as_str())
    }

    /// Whether a model was set aside for it.
    pub(super) fn is_component(&self) -> bool {
        self.slot.is_some()
    }

    /// The place of a schema inside one with a file of its own.
    pub(super) fn inside(home: Home, words: Vec<String>) -> Self {
        Self { home, words, slot: None }
    }

    /// The place of a schema inside this one.
    pub(super) fn inner(&self, word: &str) -> Self {
        let words = self.words.iter().cloned().chain([word.to_owned()]).collect();
        Self { home: self.home.clone(), words, slot: None }
    }
}

/// A model on its way: its name is settled when all are known.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) model: Model,
    /// The schema that it was made from.
    pub(super) id: SchemaId,
    pub(super) origin: Origin,
    /// Where that was written.
    pub(super) source: Pointer,
    /// The words of the place where it stands, outermost first.
    pub(super) words: Vec<String>,
    /// `title`.
    pub(super) title: Option<String>,
    /// The name that the author wants.
    pub(super) rust_name: Option<String>,
    /// What the document says about it.
    pub(super) about: String,
    /// Whether it has a file of its own.
    pub(super) is_component: bool,
}

impl Draft {
    /// Its documentation.
    pub(super) fn docs(&self) -> String {
        docs::with_source(&self.about, &self.source)
    }

    /// Adds a paragraph to it.
    pub(super) fn add_docs(&mut self, text: &str) {
        let gap = if self.about.is_empty() { "" } else { "\n\n" };
        self.about = format!("{}{gap}{text}", self.about);
        self.model.docs = self.docs();
    }
}

/// The state of planning the schemas of one API.
pub(super) struct Planner<'a> {
    pub(super) api: &'a Api,
    /// Which schemas have another form in requests.
    pub(super) directions: Directions,
    /// Which schemas are equal.
    pub(super) classes: Classes,
    pub(super) drafts: Vec<Option<Draft>>,
    /// The types of schemas that were planned.
    planned: BTreeMap<SchemaId, Planned>,
    /// The models of schemas that have a name for the sake of a body alone.
    named: BTreeMap<SchemaId, ModelId>,
    /// The schemas that others refer to.
    pub(super) targets: Targets,
    /// The models of those that have a file of their own, which all components have.
    pub(super) components: BTreeMap<SchemaId, ModelId>,
    /// Schemas that the generated code names, and that the tables must hold under their own key.
    pub(super) entries: BTreeSet<SchemaId>,
    /// Schemas that lead back to themselves.
    cyclic: BTreeSet<SchemaId>,
    /// Schemas that no type fits, each with the reason.
    pub(super) untyped: BTreeMap<SchemaId, &'static str>,
    /// Enumerations and unions that keep what they do not know.
    pub(super) open: BTreeSet<SchemaId>,
    /// How refusals look that are instances of a schema.
    pub(super) refusals: Refusals,
    /// Which types the user wants.
    pub(super) types: Types,
    /// Which of them are the user's own.
    pub(super) replaced: Replaced,
    /// Enumerations that are the tag of one branch only, which knows what it may be.
    pub(super) closed: BTreeSet<SchemaId>,
}

impl<'a> Planner<'a> {
    /// Sets a model aside for every component, so that each may refer to any other.
    pub(super) fn new(api: &'a Api, directions: Directions) -> Self {
        let targets = Targets::new(api, &directions);
        let roots = targets.roots.iter().enumerate();
        let components: BTreeMap<_, _> = roots.map(|(idx, root)| (root.id, ModelId(idx))).collect();
        Self {
            api,
            directions,
            classes: Classes::new(api, &targets.roots),
            drafts: targets.roots.iter().map(|_| None).collect(),
            targets,
            planned: BTreeMap::new(),
            refusals: samples::refusals(api),
            named: BTreeMap::new(),
            entries: components.keys().copied().collect(),
            components,
            cyclic: cyclic(api),
            untyped: BTreeMap::new(),
            open: BTreeSet::new(),
            types: Types::default(),
            replaced: Replaced::default(),
            closed: BTreeSet::new(),
        }
    }

    /// Plans the model of every component.
    pub(super) fn plan_components(&mut self) {
        for (idx, root) in self.targets.roots.clone().into_iter().enumerate() {
            let slot = ModelId(idx);
            let place = Place { home: Home::Component(idx), words: Vec::new(), slot: Some(slot) };
            if let Some(path) = self.replaced.schema(root.id).cloned() {
                self.drafts[idx] = Some(self.draft(root.id, &place, &root.name, ModelKind::Own(path), false));
                continue;
            }
            let planned = match alias(&self.api.schemas, root.id) {
                Some(target) => self.value(target, &place),
                None => self.compute(root.id, &place),
            };
            if self.drafts[idx].is_none() {
                let kind = ModelKind::Newtype(planned.ty, planned.checks);
                self.drafts[idx] = Some(self.draft(root.id, &place, &root.name, kind, planned.residue));
            }
        }
    }

    /// The type of a schema where it is used.
    pub(super) fn value(&mut self, id: SchemaId, place: &Place) -> Planned {
        let mut id = id;
        let mut steps = 0;
        let is_named = |it: &Self, id| it.components.contains_key(&id) || it.replaced.schema(id).is_some();
        while let Some(target) = alias(&self.api.schemas, id).filter(|_| !is_named(self, id)) {
            id = target;
            steps += 1;
            if steps > self.api.schemas.len() {
                return Planned::unknown();
            }
        }
        if let Some(path) = self.replaced.schema(id).cloned() {
            let own = Planned { residue: true, ..Planned::plain(RustType::Own(path)) };
            return own.nullable(View::new(self.api, id).nullable);
        }
        if let Some(model) = self.components.get(&id) {
            return Planned::model(*model).nullable(self.is_nullable_model(id));
        }
        if let Some(planned) = self.planned.get(&id) {
            return planned.clone();
        }
        if let Some(target) = refers(self.api, id) {
            self.planned.insert(id, Planned::unknown());
            let planned = self.value(target, place).or_null(true);
            self.planned.insert(id, planned.clone());
            return planned;
        }
        if self.targets.inner.contains(&id) {
            return self.target(id, place);
        }
        // Only what others refer to can be met again while it is planned.
        self.planned.insert(id, Planned::unknown());
        let planned = self.compute(id, &Place { slot: None, ..place.clone() });
        self.planned.insert(id, planned.clone());
        planned
    }

    /// The type of a schema that others refer to, which may lead back to it: a model is set aside for it first.
    fn target(&mut self, id: SchemaId, place: &Place) -> Planned {
        let is_plain = View::new(self.api, id).category == Category::Plain;
        let place = self.place_of_target(id).unwrap_or_else(|| place.clone());
        let is_cyclic = self.cyclic.contains(&id);
        if is_plain && !is_cyclic {
            let planned = self.compute(id, &Place { slot: None, ..place });
            self.planned.insert(id, planned.clone());
            return planned;
        }
        let slot = ModelId(self.drafts.len());
        self.drafts.push(None);
        let planned = Planned::model(slot).nullable(self.is_nullable_model(id));
        self.planned.insert(id, planned.clone());
        let place = Place { slot: Some(slot), ..place };
        let inside = self.compute(id, &place);
        if self.drafts[slot.0].is_none() {
            let kind = ModelKind::Newtype(inside.ty, inside.checks);
            let name = place.words.join(" ");
            self.drafts[slot.0] = Some(self.draft(id, &place, &name, kind, inside.residue));
        }
        planned
    }

    /// The key of a schema in the tables, where generated code asks for it.
    pub(super) fn entry(&mut self, id: SchemaId) -> String {
        self.entries.insert(self.classes.representative(id));
        self.key(id)
    }

    /// The key that a schema would have in the tables.
    pub(super) fn key(&self, id: SchemaId) -> String {
        tables::key(&self.api.schemas[self.classes.representative(id)].origin)
    }

    /// The type of a schema that must have a name, such as that of a body.
    pub(super) fn named(&mut self, id: SchemaId, place: &Place) -> RustType {
        let planned = self.value(id, place);
        if let RustType::Model(_) = planned.ty {
            return planned.ty;
        }
        // Operations that share a body share its type.
        if let Some(model) = self.named.get(&id) {
            return RustType::Model(*model);
        }
        let kind = ModelKind::Newtype(planned.ty, planned.checks);
        let name = place.words.join(" ");
        let draft = self.draft(id, place, &name, kind, planned.residue);
        self.drafts.push(Some(draft));
        let model = ModelId(self.drafts.len() - 1);
        self.named.insert(id, model);
        RustType::Model(model)
    }

    /// Whether a component allows `null` beside what its model holds.
    fn is_nullable_model(&self, id: SchemaId) -> bool {
        if alias(&self.api.schemas, id).is_some() {
            return false;
        }
        let view = View::new(self.api, id);
        match view.category {
            Category::Plain => false,
            Category::Union => view.nullable || super::unions::has_null_branch(self.api, &view),
            Category::Struct | Category::StringEnum | Category::IntegerEnum | Category::Types => view.nullable,
        }
    }

    fn compute(&mut self, id: SchemaId, place: &Place) -> Planned {
        let view = View::new(self.api, id);
        let nullable = view.nullable;
        let planned = match view.category {
            Category::Struct => self.structure(id, &view, place),
            Category::StringEnum => self.string_enum(id, &view, place),
            Category::IntegerEnum => self.integer_enum(id, &view, place),
            Category::Types => self.types(id, &view, place),
            Category::Union => return self.union(id, &view, place),
            Category::Plain => return self.plain(&view, place),
        };
        planned.nullable(nullable && place.slot.is_none())
    }

    /// Puts a model into its slot or behind the others.
    pub(super) fn define(&mut self, id: SchemaId, place: &Place, kind: ModelKind, residue: bool) -> Planned {
        let root = place.slot.and_then(|slot| self.targets.roots.get(slot.0));
        let name = root.map_or_else(|| place.words.join(" "), |root| root.name.clone());
        let draft = Some(self.draft(id, place, &name, kind, residue));
        if let Some(slot) = place.slot {
            self.drafts[slot.0] = draft;
            return Planned::model(slot);
        }
        self.drafts.push(draft);
        Planned::model(ModelId(self.drafts.len() - 1))
    }

    /// The file of the schema that this one stands in, whichever met it first; else that of its place.
    fn home(&self, id: SchemaId, place: &Place) -> Home {
        let is_root = place.slot.is_some_and(|slot| slot.0 < self.targets.roots.len());
        let owner = self.targets.owner(&self.api.schemas[id].origin).filter(|_| !is_root);
        owner.map_or_else(|| place.home.clone(), |(idx, _)| Home::Component(self.form_of_root(idx, id)))
    }

    fn draft(&mut self, id: SchemaId, place: &Place, name: &str, kind: ModelKind, residue: bool) -> Draft {
        let pointer = self.key(id);
        let schema = &self.api.schemas[id];
        let of_form = |it: &String| if self.directions.is_writable(id) { names::writable(it) } else { it.clone() };
        let wished = schema.extensions.rust_name.as_ref().map(of_form);
        let about = docs::of_model(schema);
        let model = Model {
            name: wished.clone().unwrap_or_else(|| names::pascal(name)),
            home: self.home(id, place),
            docs: docs::with_source(&about, &schema.source),
            deprecated: schema.annotations.deprecated,
            pointer,
            kind,
            equality: Equality::Partial,
            nullable: place.slot.is_some() && self.is_nullable_model(id),
            residue,
        };
        Draft {
            model,
            id,
            origin: schema.origin.clone(),
            source: schema.source.clone(),
            words: place.words.clone(),
            title: schema.annotations.title.clone().filter(|it| !it.trim().is_empty()),
            rust_name: wished,
            about,
            is_component: place.slot.is_some_and(|slot| slot.0 < self.targets.roots.len()),
        }
    }
}

/// The schemas that lead back to themselves.
fn cyclic(api: &Api) -> BTreeSet<SchemaId> {
    let edges: Vec<Vec<usize>> =
        api.schemas.iter().map(|(_, schema)| schema.children().map(SchemaId::index).collect()).collect();
    let groups = super::boxing::strongly_connected(&edges);
    let mut sizes = BTreeMap::new();
    for group in &groups {
        *sizes.entry(*group).or_insert(0_usize) += 1;
    }
    let leads_back = |id: &SchemaId| sizes[&groups[id.index()]] > 1 || edges[id.index()].contains(&id.index());
    api.schemas.iter().map(|(id, _)| id).filter(leads_back).collect()
}
