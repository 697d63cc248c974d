//! From schemas to types: which schema becomes which type, each once.
//!
//! A type may allow more than its schema does, never less. What it does not cover is a check of the fast path,
//! and what no check covers is *residue*: there the tables are asked.

mod branches;
mod categories;
mod directions;
mod draft;
mod equal;
mod keys;
mod legible;
mod numbers;
mod open;
mod place;
mod planned;
mod planner;
mod replaced;
mod strings;
mod structs;
mod targets;
mod unions;

pub(super) use directions::Directions;
pub(super) use draft::{Draft, FieldDraft, KindDraft, StructDraft, VariantDraft};
pub(super) use equal::Classes;
pub(super) use place::Place;
pub(super) use planner::Planner;
pub(super) use replaced::Replaced;
pub(super) use structs::presence;
pub(super) use targets::{Root, stem};

use planned::Planned;

use crate::ir::SchemaId;
use crate::plan::names;
use crate::plan::words::{Home, ModelId, ModelKind, RustType};
use crate::schemas::{Category, View, alias, refers};

impl Planner<'_> {
    /// Plans the model of every component.
    pub(in crate::plan) fn plan_components(&mut self) {
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
                self.newtype(root.id, &place, planned);
            }
        }
    }

    /// The type of a schema where it is used.
    pub(in crate::plan) fn value(&mut self, id: SchemaId, place: &Place) -> Planned {
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
        let planned = self.legible(id, planned, place);
        self.planned.insert(id, planned.clone());
        planned
    }

    /// The type of a schema that others refer to, which may lead back to it: a model is set aside for it first.
    fn target(&mut self, id: SchemaId, place: &Place) -> Planned {
        let is_plain = View::new(self.api, id).category == Category::Plain;
        let place = self.place_of_target(id).unwrap_or_else(|| place.clone());
        let is_cyclic = self.cyclic.contains(&id);
        if is_plain && !is_cyclic {
            let planned = self.compute(id, &Place { slot: None, ..place.clone() });
            let planned = self.legible(id, planned, &place);
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
            self.newtype(id, &place, inside);
        }
        planned
    }

    /// The type of a schema that must have a name, such as that of a body.
    pub(in crate::plan) fn named(&mut self, id: SchemaId, place: &Place) -> RustType {
        let planned = self.value(id, place);
        if let RustType::Model(_) = planned.ty {
            return planned.ty;
        }
        // Operations that share a body share its type.
        if let Some(model) = self.named.get(&id) {
            return RustType::Model(*model);
        }
        self.leave_name(id, &planned.ty, place);
        let ty = self.newtype(id, place, planned).ty;
        if let RustType::Model(model) = ty {
            self.named.insert(id, model);
        }
        ty
    }

    /// What stands in a type that takes the name of its place is called the value in it: `BodyValue` in `Body`.
    fn leave_name(&mut self, id: SchemaId, ty: &RustType, place: &Place) {
        let RustType::Option(inner) = ty else { return };
        let RustType::Model(ModelId(model)) = **inner else { return };
        let Some(draft) = self.drafts[model].as_mut() else { return };
        if draft.home != place.home || draft.words != place.words {
            return;
        }
        // What the author calls the whole is the name of the whole.
        if draft.id == id {
            (draft.title, draft.rust_name) = (None, None);
        }
        if draft.rust_name.is_none() {
            draft.words.push("value".to_owned());
            let outer = self.api.schemas[id].extensions.rust_name.clone();
            let outer = outer.unwrap_or_else(|| place.words.join(" "));
            draft.name = names::joined(&outer, &["value".to_owned()]);
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

    /// Whether a component allows `null` beside what its model holds.
    fn is_nullable_model(&self, id: SchemaId) -> bool {
        if alias(&self.api.schemas, id).is_some() {
            return false;
        }
        let view = View::new(self.api, id);
        match view.category {
            Category::Plain => false,
            Category::Union => unions::is_nullable(self.api, id, &view),
            Category::Struct | Category::StringEnum | Category::IntegerEnum | Category::Types => view.nullable,
        }
    }
}
