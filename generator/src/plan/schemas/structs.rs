//! Objects with named properties: a struct with a field for each, and what else it may hold.

use super::categories::bounds;
use super::draft::{FieldDraft, StructDraft};
use super::open::Open;
use super::place::Place;
use super::planned::Planned;
use super::planner::Planner;
use crate::config::Unknown;
use crate::ir::{Schema, SchemaId, Type, Types};
use crate::ordered::IndexMap;
use crate::plan::docs;
use crate::plan::names::{self, Wish, settle};
use crate::plan::words::{Checks, ModelKind, Presence, Rest, RustType};
use crate::schemas::{View, directions};

/// The word for a property without a name of its own, from which a name of its type is made.
const REST: &str = "value";

impl Planner<'_> {
    pub(super) fn structure(&mut self, id: SchemaId, view: &View<'_>, place: &Place) -> Planned {
        let mut open = view.open();
        open.narrow(Type::Object);
        let required = view.required();
        let mut properties = view.properties();
        let further = self.further(view);
        // Before those go that do not travel this way.
        let beyond = further.required(view, &properties);
        let direction = directions::only(self.api.schemas[id].usage);
        let left_out = direction.and_then(|it| self.left_out(it, &mut properties, &mut open));
        let described = properties.len();
        properties.extend(beyond);
        let wishes: Vec<_> = properties.iter().map(|(wire, ids)| self.field_wish(view, wire, ids)).collect();
        let field_names = settle(&wishes, &[]);
        self.note_undivided(view, 0);
        let whole = self.api.schemas[id].extensions.provenance.as_deref();
        let mut fields = Vec::new();
        for (at, ((wire, candidates), name)) in properties.iter().zip(field_names).enumerate() {
            // Where only some of what must hold says so, the tables know.
            let waived = direction.is_some_and(|it| directions::may_be_left_out(self.api, candidates, it));
            let must = required.contains(wire) && !waived;
            let place = place.inner(if at < described { wire } else { REST });
            let (field, residue) = self.field(candidates, (wire, name), must, &place, whole);
            if candidates.len() == 1 && !residue {
                open.each().for_each(|it| it.objects.properties.retain(|name, _| name != wire));
            }
            if !waived {
                open.each().for_each(|it| it.objects.required.retain(|name| name != wire));
            }
            fields.push(field);
        }
        let rest = self.rest(view, further, &mut open, place, &fields);
        let sizes = sizes(&mut open, &fields, &rest);
        // What is read over is not there to be counted, or to be asked about.
        let drops = self.types.unknown_properties == Some(Unknown::Drop) && says_nothing_of_rest(view);
        let rest = if drops && sizes.is_empty() && open.is_about_named() { Rest::Dropped } else { rest };
        let it = StructDraft { fields, rest, sizes, left_out };
        self.define(id, place, ModelKind::Struct(it), !open.is_empty())
    }

    pub(in crate::plan) fn field_wish<'n>(&self, view: &View<'_>, wire: &'n str, candidates: &[SchemaId]) -> Wish<'n> {
        let of_user = view.schemas().find_map(|it| it.extensions.member_names.get(wire).cloned());
        let wished = of_user.or_else(|| {
            candidates.iter().find_map(|id| {
                let schema = &self.api.schemas[*id];
                // The name of a component is not the name of the property that refers to it.
                schema.extensions.rust_name.clone().filter(|_| !self.components.contains_key(id))
            })
        });
        Wish { first: wished.is_some(), name: names::binding(wished.as_deref().unwrap_or(wire)), origin: wire }
    }

    /// A property as a field, and whether the tables must be asked about its value.
    fn field(
        &mut self,
        candidates: &[SchemaId],
        (wire, name): (&str, String),
        must: bool,
        place: &Place,
        whole: Option<&str>,
    ) -> (FieldDraft, bool) {
        if candidates.is_empty() {
            let (docs, wire) = (docs::of_undescribed(wire), wire.to_owned());
            let (presence, ty) = presence(must, RustType::Value);
            let checks = Checks::default();
            return (FieldDraft { name, wire, ty, presence, docs, deprecated: false, checks, given: None }, false);
        }
        let chosen = self.most_specific(candidates);
        let planned = self.value(chosen, place);
        let default = View::new(self.api, chosen).default();
        let docs = docs::of_field(&self.api.schemas[chosen], default, wire, &name, whole);
        let given = default.filter(|_| !must).cloned();
        let deprecated = self.api.schemas[chosen].annotations.deprecated;
        let (presence, ty) = presence(must, planned.ty);
        let (wire, checks) = (wire.to_owned(), planned.checks);
        (FieldDraft { name, wire, ty, presence, docs, deprecated, checks, given }, planned.residue)
    }

    /// What an object may hold beyond its named properties, as far as one schema says it.
    fn further(&self, view: &View<'_>) -> Further {
        let additional: Vec<_> = view.schemas().filter_map(|it| it.objects.additional).collect();
        let forbids = |id: &SchemaId| self.api.schemas[*id].types == Types::NONE;
        let only = match additional.as_slice() {
            [] => view.unevaluated(),
            [only] => Some(*only).filter(|it| !forbids(it) || describes_alone(view)),
            _ => None,
        };
        let patterns = view.schemas().any(|it| !it.objects.pattern_properties.is_empty());
        match only.filter(|_| !patterns) {
            None => Further::Anything,
            Some(only) if forbids(&only) => Further::None,
            Some(only) => Further::Schema(only),
        }
    }

    /// What an object may hold beyond its named properties.
    fn rest(
        &mut self,
        view: &View<'_>,
        further: Further,
        open: &mut Open,
        place: &Place,
        fields: &[FieldDraft],
    ) -> Rest {
        let mut name = "additional_properties".to_owned();
        while fields.iter().any(|field| field.name == name) {
            name.push('_');
        }
        let only = match further {
            Further::Anything => return Rest::Open(name, RustType::Value, Checks::default()),
            Further::None => {
                open.further(view);
                return Rest::Closed;
            }
            Further::Schema(only) => only,
        };
        let planned = self.value(only, &place.inner(REST));
        // Properties that another conjunct describes must be like the further ones too, which the tables know.
        if !planned.residue && (view.unevaluated().is_some() || describes_alone(view)) {
            open.further(view);
        }
        Rest::Open(name, planned.ty, planned.checks)
    }
}

/// What an object may hold beyond its named properties.
#[derive(Clone, Copy)]
enum Further {
    /// Nothing.
    None,
    /// What a schema of one conjunct says, which the others do not narrow.
    Schema(SchemaId),
    /// What no type says: anything, as far as the tables allow it.
    Anything,
}

impl Further {
    /// The properties that must be there though none of `properties` describes them, with what does, in the order of the
    /// document. Where nothing more is allowed, the tables refuse what has them.
    fn required<'a>(
        self,
        view: &View<'a>,
        properties: &IndexMap<&'a str, Vec<SchemaId>>,
    ) -> IndexMap<&'a str, Vec<SchemaId>> {
        let describes = match self {
            Self::None => return IndexMap::default(),
            Self::Schema(id) => vec![id],
            Self::Anything => Vec::new(),
        };
        let names = view.schemas().flat_map(|it| &it.objects.required).map(String::as_str);
        names.filter(|it| !properties.contains_key(it)).map(|it| (it, describes.clone())).collect()
    }
}

/// Whether one conjunct alone says which properties there are.
fn describes_alone(view: &View<'_>) -> bool {
    let describes = |it: &&Schema| !it.objects.properties.is_empty() || it.objects.additional.is_some();
    view.schemas().filter(describes).count() == 1
}

/// Whether a schema is silent about properties that it does not name.
fn says_nothing_of_rest(view: &View<'_>) -> bool {
    view.schemas().all(|it| it.objects.additional.is_none() && it.objects.unevaluated_properties.is_none())
}

/// The bounds that depend on which fields are there; where nothing is left to depend on, the tables keep them.
fn sizes(open: &mut Open, fields: &[FieldDraft], rest: &Rest) -> Vec<(Option<u64>, Option<u64>)> {
    let required = fields.iter().filter(|it| it.presence == Presence::Required).count() as u64;
    let varies = *rest != Rest::Closed || fields.iter().any(|it| it.presence != Presence::Required);
    for objects in open.each().filter_map(|it| it.objects.present()) {
        objects.min_properties.take_if(|min| *min <= required);
    }
    if varies { bounds(open) } else { Vec::new() }
}

/// When a property is there, and the type of its field.
pub(in crate::plan) fn presence(must: bool, ty: RustType) -> (Presence, RustType) {
    match (must, ty) {
        (true, ty) => (Presence::Required, ty),
        (false, RustType::Option(inner)) => (Presence::Tristate, RustType::Tristate(inner)),
        (false, ty) => (Presence::Optional, RustType::option(ty)),
    }
}
