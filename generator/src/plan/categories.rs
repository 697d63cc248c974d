//! The rules: what each category of schema becomes, one function a category.

use super::checks::{Assertion, Checks};
use super::names::{self, Wish, settle};
use super::open::Open;
use super::schemas::{Place, Planned, Planner};
use super::strings;
use super::types::{Direction, EnumVariant, Field, ModelKind, Openness, Presence, Rest, RustType, Struct};
use super::view::{Category, View, whole};
use super::{docs, numbers};
use crate::ir::{Api, Schema, SchemaId, Type, Types};

/// The positions that tuples have in the run time.
const LONGEST_TUPLE: u64 = 8;

impl Planner<'_> {
    pub(super) fn structure(&mut self, id: SchemaId, view: &View<'_>, place: &Place) -> Planned {
        let mut open = view.open();
        open.narrow(Type::Object);
        let required = view.required();
        let properties = view.properties();
        let usage = self.api.schemas[id].usage;
        let wishes: Vec<_> = properties.iter().map(|(wire, ids)| self.field_wish(wire, ids)).collect();
        let field_names = settle(&wishes, &[]);
        let mut fields = Vec::new();
        for ((wire, candidates), name) in properties.iter().zip(field_names) {
            let chosen = self.most_specific(candidates);
            let annotations = &self.api.schemas[chosen].annotations;
            let omitted = (annotations.read_only && usage.request) || (annotations.write_only && usage.response);
            let must = required.contains(wire);
            let planned = self.value(chosen, &place.inner(wire));
            if candidates.len() == 1 && !planned.residue {
                open.each().for_each(|it| it.objects.properties.retain(|name, _| name != wire));
            }
            let whole = self.api.schemas[id].extensions.provenance.as_deref();
            let docs = docs::of_field(&self.api.schemas[chosen], wire, &name, whole);
            let mut field = Field { docs, ..field(&self.api.schemas[chosen], wire, name, must && !omitted, planned) };
            // A property that one direction may omit is required in the other one all the same.
            field.required_in = match (annotations.read_only, annotations.write_only) {
                (true, false) => Some(Direction::Response),
                (false, true) => Some(Direction::Request),
                _ => None,
            };
            field.required_in = field.required_in.filter(|_| must && omitted);
            if !omitted || field.required_in.is_some() {
                open.each().for_each(|it| it.objects.required.retain(|name| name != wire));
            }
            fields.push(field);
        }
        let rest = self.rest(view, &mut open, place, &fields);
        let sizes = sizes(&mut open, &fields, &rest);
        self.define(id, place, ModelKind::Struct(Struct { fields, rest, sizes, builder: None }), !open.is_empty())
    }

    pub(super) fn field_wish<'n>(&self, wire: &'n str, candidates: &[SchemaId]) -> Wish<'n> {
        let wished = candidates.iter().find_map(|id| {
            let schema = &self.api.schemas[*id];
            // The name of a component is not the name of the property that refers to it.
            schema.extensions.rust_name.clone().filter(|_| !self.components.contains_key(id))
        });
        Wish { first: wished.is_some(), name: wished.unwrap_or_else(|| names::snake(wire)), origin: wire }
    }

    /// Of several schemas for one property, the one that says most about the type.
    fn most_specific(&self, candidates: &[SchemaId]) -> SchemaId {
        let score = |id: &SchemaId| {
            let view = View::new(self.api, *id);
            match view.category {
                Category::StringEnum | Category::IntegerEnum => {
                    4 - view.values.map_or(0, |it| usize::from(it.len() > 1))
                }
                Category::Struct | Category::Union | Category::Types => 2,
                Category::Plain => usize::from(view.single().is_some()),
            }
        };
        candidates.iter().copied().max_by_key(score).unwrap_or(candidates[0])
    }

    /// What an object may hold beyond its named properties.
    fn rest(&mut self, view: &View<'_>, open: &mut Open, place: &Place, fields: &[Field]) -> Rest {
        let mut name = "additional_properties".to_owned();
        while fields.iter().any(|field| field.name == name) {
            name.push('_');
        }
        let additional: Vec<_> = view.schemas().filter_map(|it| it.objects.additional).collect();
        let describes = |it: &&Schema| !it.objects.properties.is_empty() || it.objects.additional.is_some();
        let alone = view.schemas().filter(describes).count() == 1;
        let patterns = view.schemas().any(|it| !it.objects.pattern_properties.is_empty());
        let [only] = additional.as_slice() else { return Rest::Open(name, RustType::Value, Checks::default()) };
        if !alone || patterns {
            return Rest::Open(name, RustType::Value, Checks::default());
        }
        if self.api.schemas[*only].types == Types::NONE {
            open.each().for_each(|it| it.objects.additional = None);
            return Rest::Closed;
        }
        let planned = self.value(*only, &place.inner("value"));
        if !planned.residue {
            open.each().for_each(|it| it.objects.additional = None);
        }
        Rest::Open(name, planned.ty, planned.checks)
    }

    pub(super) fn string_enum(&mut self, id: SchemaId, view: &View<'_>, place: &Place) -> Planned {
        let known: Vec<String> = match (&view.values, view.known_values()) {
            (Some(values), _) => values.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect(),
            (None, known) => known.cloned().unwrap_or_default(),
        };
        let openness = self.openness(id, view);
        let kind = ModelKind::StringEnum(openness, variants(&known, view.enum_names(), openness, String::clone));
        self.define(id, place, kind, !values(view, Type::String).is_empty())
    }

    pub(super) fn integer_enum(&mut self, id: SchemaId, view: &View<'_>, place: &Place) -> Planned {
        let known: Vec<i64> = view.values.iter().flatten().filter_map(whole).collect();
        let openness = self.openness(id, view);
        let kind = ModelKind::IntegerEnum(
            openness,
            variants(&known, view.enum_names(), openness, |it| {
                if *it < 0 { format!("minus {}", it.unsigned_abs()) } else { format!("value {it}") }
            }),
        );
        self.define(id, place, kind, !values(view, Type::Integer).is_empty())
    }

    fn openness(&mut self, id: SchemaId, view: &View<'_>) -> Openness {
        if view.values.is_none() {
            return Openness::Extensible;
        }
        let constant = view.schemas().any(|it| it.constant.is_some());
        if constant || !self.api.schemas[id].usage.response {
            return Openness::Closed;
        }
        self.open.extend(view.conjuncts.iter().copied());
        Openness::Open
    }

    pub(super) fn plain(&mut self, view: &View<'_>, place: &Place) -> Planned {
        let Some(single) = view.single() else { return Planned::new(RustType::Value, Checks::default(), &view.open()) };
        let planned = self.typed(view, single, place);
        planned.nullable(view.nullable)
    }

    /// The type of instances of one JSON type.
    pub(super) fn typed(&mut self, view: &View<'_>, ty: Type, place: &Place) -> Planned {
        let mut open = view.open();
        open.narrow(ty);
        let (ty, checks) = match ty {
            Type::Null => (RustType::Null, Checks::default()),
            Type::Boolean => (RustType::Bool, Checks::default()),
            Type::Integer => numbers::integer(&mut open),
            Type::Number => numbers::number(&mut open),
            Type::String => strings::string(view, &mut open),
            Type::Array => self.array(view, &mut open, place),
            Type::Object => self.map(view, &mut open, place),
        };
        Planned::new(ty, checks, &open)
    }

    fn array(&mut self, view: &View<'_>, open: &mut Open, place: &Place) -> (RustType, Checks) {
        if let Some(positions) = fixed_positions(self.api, view) {
            return (self.tuple(&positions, open, place), Checks::default());
        }
        let items: Vec<_> = view.schemas().filter_map(|it| it.arrays.items).collect();
        let tuple = view.schemas().any(|it| !it.arrays.prefix_items.is_empty());
        let inner = match items.as_slice() {
            [only] if !tuple => self.value(*only, &place.inner("item")),
            [] if !tuple => Planned::plain(RustType::Value),
            _ => Planned::unknown(),
        };
        let is_comparable = items.iter().all(|id| is_comparable(self.api, *id, &inner.ty));
        let mut own = Vec::new();
        let mut is_unique = false;
        for arrays in open.each().map(|it| &mut it.arrays) {
            arrays.items.take_if(|_| !inner.residue);
            let (min, max) = (arrays.min_items.take().filter(|min| *min > 0), arrays.max_items.take());
            own.extend((min.is_some() || max.is_some()).then_some(Assertion::Items(min, max)));
            is_unique |= is_comparable && std::mem::take(&mut arrays.unique_items);
        }
        own.extend(is_unique.then_some(Assertion::Unique));
        (RustType::vec(inner.ty), Checks { own, inner: boxed(inner.checks) })
    }

    /// An array of fixed length; what the types of its positions do not say, the tables do.
    fn tuple(&mut self, positions: &[SchemaId], open: &mut Open, place: &Place) -> RustType {
        let planned = positions.iter().zip(1..).map(|(it, idx)| self.value(*it, &place.inner(&format!("item {idx}"))));
        let planned: Vec<_> = planned.collect();
        let are_types = planned.iter().all(|it| !it.residue && it.checks.is_empty());
        for arrays in open.each().map(|it| &mut it.arrays) {
            (arrays.items, arrays.min_items, arrays.max_items) = (None, None, None);
            if are_types {
                arrays.prefix_items.clear();
            }
        }
        RustType::Tuple(planned.into_iter().map(|it| it.ty).collect())
    }

    fn map(&mut self, view: &View<'_>, open: &mut Open, place: &Place) -> (RustType, Checks) {
        let additional: Vec<_> = view.schemas().filter_map(|it| it.objects.additional).collect();
        let patterns: Vec<_> = view.schemas().flat_map(|it| it.objects.pattern_properties.values()).collect();
        let is_closed = |id: &SchemaId| self.api.schemas[*id].types == Types::NONE;
        let inner = match (additional.as_slice(), patterns.as_slice()) {
            ([], []) => Planned::plain(RustType::Value),
            ([only], []) => self.value(*only, &place.inner("value")),
            // Where nothing else may be there, the one pattern describes every property.
            ([rest], [only]) if is_closed(rest) => self.value(**only, &place.inner("value")),
            _ => Planned::unknown(),
        };
        for objects in open.each().map(|it| &mut it.objects) {
            objects.additional.take_if(|_| patterns.is_empty() && !inner.residue);
        }
        let own = bounds(open).into_iter().map(|(min, max)| Assertion::Items(min, max)).collect();
        (RustType::map(inner.ty), Checks { own, inner: boxed(inner.checks) })
    }
}

/// What is left of an enumeration whose values are variants.
pub(super) fn values(view: &View<'_>, ty: Type) -> Open {
    let mut open = view.open();
    open.narrow(ty);
    open.values();
    open
}

/// Takes `minProperties` and `maxProperties`, and gives them where they say anything.
fn bounds(open: &mut Open) -> Vec<(Option<u64>, Option<u64>)> {
    let bounds = open.each().map(|it| &mut it.objects);
    let bounds = bounds.map(|it| (it.min_properties.take().filter(|min| *min > 0), it.max_properties.take()));
    bounds.filter(|(min, max)| min.is_some() || max.is_some()).collect()
}

/// The bounds that depend on which fields are there; where nothing is left to depend on, the tables keep them.
fn sizes(open: &mut Open, fields: &[Field], rest: &Rest) -> Vec<(Option<u64>, Option<u64>)> {
    let required = fields.iter().filter(|it| it.presence == Presence::Required).count() as u64;
    let varies = *rest != Rest::Closed || fields.iter().any(|it| it.presence != Presence::Required);
    for objects in open.each().map(|it| &mut it.objects) {
        objects.min_properties.take_if(|min| *min <= required);
    }
    if varies { bounds(open) } else { Vec::new() }
}

/// Whether values of a schema are equal exactly when their JSON is: a moment, for one, has many spellings.
fn is_comparable(api: &Api, id: SchemaId, ty: &RustType) -> bool {
    let category = View::new(api, id).category;
    matches!(ty, RustType::Bool | RustType::Integer(_) | RustType::String)
        || matches!((ty, category), (RustType::Model(_), Category::StringEnum | Category::IntegerEnum))
}

fn boxed(checks: Checks) -> Option<Box<Checks>> {
    Some(checks).filter(|checks| !checks.is_empty()).map(Box::new)
}

/// A property as a field.
fn field(schema: &Schema, wire: &str, name: String, required: bool, planned: Planned) -> Field {
    let default = schema.annotations.default.as_ref().filter(|_| !required);
    let default = default.and_then(|value| super::defaults::value(&planned.ty, value));
    let (presence, ty) = match (required, planned.ty) {
        (true, ty) => (Presence::Required, ty),
        (false, RustType::Option(inner)) => (Presence::Tristate, RustType::Tristate(inner)),
        (false, ty) => (Presence::Optional, RustType::option(ty)),
    };
    Field {
        name,
        wire: wire.to_owned(),
        ty,
        presence,
        required_in: None,
        docs: String::new(),
        deprecated: schema.annotations.deprecated,
        checks: planned.checks,
        default,
    }
}

/// The values of an enumeration, each once, with the author's names where there are any.
fn variants<T: Clone + PartialEq>(
    known: &[T],
    author: &[String],
    openness: Openness,
    spell: impl Fn(&T) -> String,
) -> Vec<EnumVariant<T>> {
    let is_first = |position: usize| !known[..position].contains(&known[position]);
    let positions: Vec<_> = (0..known.len()).filter(|position| is_first(*position)).collect();
    let spelled: Vec<String> = positions.iter().map(|position| spell(&known[*position])).collect();
    let wishes = positions.iter().zip(&spelled).map(|(position, origin)| {
        let wished = author.get(*position).filter(|_| author.len() == known.len());
        Wish { name: names::pascal(wished.unwrap_or(origin)), origin, first: wished.is_some() }
    });
    let taken: &[&str] = if openness == Openness::Closed { &[] } else { &["Unknown"] };
    let names = settle(&wishes.collect::<Vec<_>>(), taken);
    positions.iter().zip(names).map(|(position, name)| EnumVariant { name, wire: known[*position].clone() }).collect()
}

/// The schemas of all positions of an array whose length is fixed, where there are as many as a tuple can have.
fn fixed_positions(api: &Api, view: &View<'_>) -> Option<Vec<SchemaId>> {
    let mut described = view.schemas().filter(|it| !it.arrays.prefix_items.is_empty());
    let (only, None) = (described.next()?, described.next()) else { return None };
    let positions = &only.arrays.prefix_items;
    let length = u64::try_from(positions.len()).ok().filter(|length| *length <= LONGEST_TUPLE)?;
    let ends = only.arrays.items.is_some_and(|rest| api.schemas[rest].types == Types::NONE);
    let has_all = view.schemas().any(|it| it.arrays.min_items.is_some_and(|min| min >= length));
    let has_no_more = ends || view.schemas().any(|it| it.arrays.max_items.is_some_and(|max| max <= length));
    let is_plain = view.schemas().all(|it| it.arrays.items.is_none() || std::ptr::eq(it, only));
    let is_possible = view.schemas().all(|it| {
        it.arrays.min_items.is_none_or(|min| min <= length) && it.arrays.max_items.is_none_or(|max| max >= length)
    });
    (has_all && has_no_more && is_plain && is_possible).then(|| positions.clone())
}
