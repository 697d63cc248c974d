//! The state of planning the schemas of one API: what is known of them, and the models so far.

use std::collections::{BTreeMap, BTreeSet};

use specwright_runtime::Direction;

use super::directions::{Directions, WRITABLE};
use super::draft::{Draft, KindDraft};
use super::equal::Classes;
use super::open::Open;
use super::place::Place;
use super::planned::Planned;
use super::replaced::Replaced;
use super::targets::{self, Targets};
use crate::config::Types;
use crate::ir::{Api, SchemaId};
use crate::ordered::IndexMap;
use crate::parallel;
use crate::plan::cycles::strongly_connected;
use crate::plan::docs;
use crate::plan::names;
use crate::plan::words::{Home, LeftOut, ModelId, ModelKind};
use crate::samples::{self, Refusals};
use crate::schemas::directions::is_left_out;
use crate::schemas::tables::{self, Contents};

/// The state of planning the schemas of one API.
pub(in crate::plan) struct Planner<'a> {
    pub(in crate::plan) api: &'a Api,
    /// Which schemas have another form in requests.
    pub(in crate::plan) directions: Directions,
    /// Which schemas are equal.
    pub(in crate::plan) classes: Classes,
    /// What each schema asserts.
    pub(super) contents: Contents<'a>,
    pub(in crate::plan) drafts: Vec<Option<Draft>>,
    /// The types of schemas that were planned.
    pub(super) planned: BTreeMap<SchemaId, Planned>,
    /// The models of schemas that have a name for the sake of a body alone.
    pub(super) named: BTreeMap<SchemaId, ModelId>,
    /// The schemas that others refer to.
    pub(in crate::plan) targets: Targets,
    /// The models of those that have a file of their own, which all components have.
    pub(in crate::plan) components: BTreeMap<SchemaId, ModelId>,
    /// Schemas that the generated code names, and that the tables must hold under their own key.
    pub(in crate::plan) entries: BTreeSet<SchemaId>,
    /// Schemas that lead back to themselves.
    pub(super) cyclic: BTreeSet<SchemaId>,
    /// Schemas that no type fits, each with the reason.
    pub(in crate::plan) untyped: BTreeMap<SchemaId, &'static str>,
    /// Schemas with a union whose branches name properties that no type has.
    pub(in crate::plan) undivided: BTreeSet<SchemaId>,
    /// Enumerations and unions that keep what they do not know.
    pub(in crate::plan) open: BTreeSet<SchemaId>,
    /// How refusals look that are instances of a schema.
    pub(in crate::plan) refusals: Refusals,
    /// Which types the user wants.
    pub(in crate::plan) types: Types,
    /// Which of them are the user's own.
    pub(in crate::plan) replaced: Replaced,
    /// Enumerations that are the tag of one branch only, which knows what it may be.
    pub(in crate::plan) closed: BTreeSet<SchemaId>,
}

impl<'a> Planner<'a> {
    /// Sets a model aside for every component, so that each may refer to any other.
    pub(in crate::plan) fn new(api: &'a Api, directions: Directions) -> Self {
        let targets = Targets::new(api, &directions);
        let roots = targets.roots.iter().enumerate();
        let components: BTreeMap<_, _> = roots.map(|(idx, root)| (root.id, ModelId(idx))).collect();
        let facts = || (samples::refusals(api), cyclic(api));
        let ((refusals, cyclic), classes) = parallel::both(facts, || Classes::new(api, &targets.roots));
        Self {
            api,
            directions,
            classes,
            contents: Contents::new(api),
            drafts: targets.roots.iter().map(|_| None).collect(),
            targets,
            planned: BTreeMap::new(),
            refusals,
            named: BTreeMap::new(),
            entries: components.keys().copied().collect(),
            components,
            cyclic,
            untyped: BTreeMap::new(),
            undivided: BTreeSet::new(),
            open: BTreeSet::new(),
            types: Types::default(),
            replaced: Replaced::default(),
            closed: BTreeSet::new(),
        }
    }

    /// The key of a schema in the tables, where generated code asks for it.
    pub(in crate::plan) fn entry(&mut self, id: SchemaId) -> String {
        self.entries.insert(self.classes.representative(id));
        self.key(id)
    }

    /// The key that a schema would have in the tables.
    pub(in crate::plan) fn key(&self, id: SchemaId) -> String {
        tables::key(&self.api.schemas[self.classes.representative(id)].origin)
    }

    /// Puts a model into its slot or behind the others.
    pub(in crate::plan) fn define(&mut self, id: SchemaId, place: &Place, kind: KindDraft, residue: bool) -> Planned {
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

    /// Gives a type that is none by itself a name: a struct of one value.
    pub(in crate::plan) fn newtype(&mut self, id: SchemaId, place: &Place, planned: Planned) -> Planned {
        let Planned { ty, checks, residue } = planned;
        self.define(id, place, ModelKind::Newtype(ty, checks), residue)
    }

    /// The place of a schema that others refer to, inside the one that has a file.
    pub(in crate::plan) fn place_of_target(&self, id: SchemaId) -> Option<Place> {
        let (idx, pointer) = self.targets.owner(&self.api.schemas[id].origin)?;
        let words = match pointer {
            // What a parent says itself, beside the union that it is.
            "/discriminator" => vec![self.targets.roots[idx].name.clone(), "base".to_owned()],
            pointer => targets::words(pointer),
        };
        // What requests send of it stands in a file of its own only where the owner has one.
        let is_beside = self.directions.is_writable(id) && self.targets.written(idx).is_none();
        let words = words.into_iter().chain(is_beside.then(|| WRITABLE.to_owned())).collect();
        Some(Place::inside(Home::Component(self.form_of_root(idx, id)), words))
    }

    /// The root in whose file a schema stands, of the two that a root with two forms has.
    pub(in crate::plan) fn form_of_root(&self, root: usize, id: SchemaId) -> usize {
        let written = self.directions.is_writable(id).then(|| self.targets.written(root)).flatten();
        written.unwrap_or(root)
    }

    /// The file of the schema that this one stands in, whichever met it first; else that of its place.
    fn home(&self, id: SchemaId, place: &Place) -> Home {
        let is_root = place.slot.is_some_and(|slot| slot.0 < self.targets.roots.len());
        let owner = self.targets.owner(&self.api.schemas[id].origin).filter(|_| !is_root);
        owner.map_or_else(|| place.home.clone(), |(idx, _)| Home::Component(self.form_of_root(idx, id)))
    }

    pub(super) fn draft(&mut self, id: SchemaId, place: &Place, name: &str, kind: KindDraft, residue: bool) -> Draft {
        let pointer = self.key(id);
        let schema = &self.api.schemas[id];
        let of_form = |it: &String| if self.directions.is_writable(id) { names::writable(it) } else { it.clone() };
        let wished = schema.extensions.rust_name.as_ref().map(of_form);
        let about = docs::of_model(schema);
        let titles = [&schema.annotations.title, &schema.extensions.type_name];
        Draft {
            name: wished.clone().unwrap_or_else(|| names::pascal(name)),
            home: self.home(id, place),
            deprecated: schema.annotations.deprecated,
            pointer,
            kind,
            nullable: place.slot.is_some() && self.is_nullable_model(id),
            residue,
            id,
            origin: schema.origin.clone(),
            source: self.api.place(schema.origin.file, &schema.source),
            words: place.words.clone(),
            title: titles.into_iter().flatten().find(|it| !it.trim().is_empty()).cloned(),
            rust_name: wished,
            about,
            is_component: place.slot.is_some_and(|slot| slot.0 < self.targets.roots.len()),
        }
    }

    /// Takes the properties away that do not travel in a direction, with what is said about them.
    pub(super) fn left_out(
        &self,
        direction: Direction,
        properties: &mut IndexMap<&str, Vec<SchemaId>>,
        open: &mut Open,
    ) -> Option<LeftOut> {
        let mut left_out = LeftOut { direction, properties: Vec::new() };
        let api = self.api;
        let stays = |_: &&str, described: &mut Vec<SchemaId>| is_left_out(api, described, direction);
        for (wire, described) in properties.extract_if(.., stays) {
            open.each().for_each(|it| {
                it.objects.required.retain(|name| name != wire);
                it.objects.properties.retain(|name, _| name != wire);
            });
            let pointers = described.iter().map(|id| self.key(*id));
            left_out.properties.extend(pointers.map(|pointer| (wire.to_owned(), pointer)));
        }
        Some(left_out).filter(|it| !it.properties.is_empty())
    }
}

/// The schemas that lead back to themselves.
fn cyclic(api: &Api) -> BTreeSet<SchemaId> {
    let edges: Vec<Vec<usize>> =
        api.schemas.iter().map(|(_, schema)| schema.children().map(SchemaId::index).collect()).collect();
    let groups = strongly_connected(&edges);
    let mut sizes = BTreeMap::new();
    for group in &groups {
        *sizes.entry(*group).or_insert(0_usize) += 1;
    }
    let leads_back = |id: &SchemaId| sizes[&groups[id.index()]] > 1 || edges[id.index()].contains(&id.index());
    api.schemas.iter().map(|(id, _)| id).filter(leads_back).collect()
}
