//! The rules: what each category of schema becomes, one function a category.

use super::checks::{Assertion, Checks};
use super::names::{self, Wish, settle};
use super::schemas::{Place, Planned, Planner};
use super::strings::{self, ASSERTED_FORMATS};
use super::types::{Direction, EnumVariant, Field, ModelKind, Openness, Presence, Rest, RustType, Struct};
use super::view::{Category, View, whole};
use super::{docs, numbers};
use crate::ir::{Api, Schema, SchemaId, Type, Types};

/// The positions that tuples have in the run time.
const LONGEST_TUPLE: u64 = 8;

impl Planner<'_> {
    pub(super) fn structure(&mut self, id: SchemaId, view: &View<'_>, place: &Place) -> Planned {
        let mut residue = has_object_residue(view);
        let required = view.required();
        let properties = view.properties();
        residue |= required.iter().any(|name| !properties.contains_key(name));
        let usage = self.api.schemas[id].usage;
        let wishes: Vec<_> = properties.iter().map(|(wire, ids)| self.field_wish(wire, ids)).collect();
        let field_names = settle(&wishes, &[]);
        let mut fields = Vec::new();
        for ((wire, candidates), name) in properties.iter().zip(field_names) {
            residue |= candidates.len() > 1;
            let chosen = self.most_specific(candidates);
            let annotations = &self.api.schemas[chosen].annotations;
            let omitted = (annotations.read_only && usage.request) || (annotations.write_only && usage.response);
            let must = required.contains(wire);
            let planned = self.value(chosen, &place.inner(wire));
            residue |= planned.residue;
            let mut field = field(&self.api.schemas[chosen], wire, name, must && !omitted, planned);
            // A property that one direction may omit is required in the other one all the same.
            match (must && omitted, annotations.read_only, annotations.write_only) {
                (true, true, false) => field.required_in = Some(Direction::Response),
                (true, false, true) => field.required_in = Some(Direction::Request),
                (impossible, _, _) => residue |= impossible,
            }
            fields.push(field);
        }
        let rest = self.rest(view, place, &fields, &mut residue);
        let sizes = sizes(view, &fields, &rest);
        residue |= sizes.is_none();
        let sizes = sizes.unwrap_or_default();
        self.define(id, place, ModelKind::Struct(Struct { fields, rest, sizes, builder: None }), residue)
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
    fn rest(&mut self, view: &View<'_>, place: &Place, fields: &[Field], residue: &mut bool) -> Rest {
        let mut name = "additional_properties".to_owned();
        while fields.iter().any(|field| field.name == name) {
            name.push('_');
        }
        let open = Rest::Open(name.clone(), RustType::Value, Checks::default());
        let additional: Vec<_> = view.schemas().filter_map(|it| it.objects.additional).collect();
        let alone =
            view.schemas().filter(|it| !it.objects.properties.is_empty() || it.objects.additional.is_some()).count()
                == 1;
        let patterns = view.schemas().any(|it| !it.objects.pattern_properties.is_empty());
        match additional.as_slice() {
            [] => open,
            [only] if alone && !patterns => {
                let schema = &self.api.schemas[*only];
                if schema.types == Types::NONE {
                    return Rest::Closed;
                }
                let planned = self.value(*only, &place.inner("value"));
                *residue |= planned.residue;
                Rest::Open(name, planned.ty, planned.checks)
            }
            _ => {
                *residue = true;
                open
            }
        }
    }

    pub(super) fn string_enum(&mut self, id: SchemaId, view: &View<'_>, place: &Place) -> Planned {
        let known: Vec<String> = match (&view.values, view.known_values()) {
            (Some(values), _) => values.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect(),
            (None, known) => known.cloned().unwrap_or_default(),
        };
        let openness = self.openness(id, view);
        let kind = ModelKind::StringEnum(
            openness,
            variants(&known, [view.enum_names(), view.enum_docs()], openness, String::clone),
        );
        self.define(id, place, kind, false)
    }

    pub(super) fn integer_enum(&mut self, id: SchemaId, view: &View<'_>, place: &Place) -> Planned {
        let known: Vec<i64> = view.values.iter().flatten().filter_map(whole).collect();
        let openness = self.openness(id, view);
        let kind = ModelKind::IntegerEnum(
            openness,
            variants(&known, [view.enum_names(), view.enum_docs()], openness, |it| {
                if *it < 0 { format!("minus {}", it.unsigned_abs()) } else { format!("value {it}") }
            }),
        );
        self.define(id, place, kind, false)
    }

    fn openness(&mut self, id: SchemaId, view: &View<'_>) -> Openness {
        if view.values.is_none() {
            return Openness::Extensible;
        }
        let constant = view.schemas().any(|it| it.constant.is_some());
        if constant || !self.api.schemas[id].usage.response || self.closed.contains(&id) {
            return Openness::Closed;
        }
        self.open.extend(view.conjuncts.iter().copied());
        Openness::Open
    }

    pub(super) fn plain(&mut self, view: &View<'_>, place: &Place) -> Planned {
        let Some(single) = view.single() else {
            let anything = view.types == Types::ALL && view.schemas().all(says_nothing);
            return Planned { residue: !anything, ..Planned::unknown() };
        };
        let planned = self.typed(view, single, place);
        planned.nullable(view.nullable)
    }

    /// The type of instances of one JSON type.
    pub(super) fn typed(&mut self, view: &View<'_>, ty: Type, place: &Place) -> Planned {
        let mut planned = match ty {
            Type::Null => Planned::plain(RustType::Null),
            Type::Boolean => Planned::plain(RustType::Bool),
            Type::Integer => numbers::integer(view),
            Type::Number => numbers::number(view),
            Type::String => strings::string(view),
            Type::Array => self.array(view, place),
            Type::Object => self.map(view, place),
        };
        planned.residue |= view.values.is_some() || view.schemas().any(has_logic);
        planned
    }

    fn array(&mut self, view: &View<'_>, place: &Place) -> Planned {
        if let Some(positions) = fixed_positions(self.api, view) {
            return self.tuple(view, &positions, place);
        }
        let items: Vec<_> = view.schemas().filter_map(|it| it.arrays.items).collect();
        let tuple = view.schemas().any(|it| !it.arrays.prefix_items.is_empty());
        let inner = match items.as_slice() {
            [only] if !tuple => self.value(*only, &place.inner("item")),
            [] if !tuple => Planned::plain(RustType::Value),
            _ => Planned::unknown(),
        };
        let lengths = view.schemas().filter_map(|it| {
            let (min, max) = (it.arrays.min_items.filter(|min| *min > 0), it.arrays.max_items);
            (min.is_some() || max.is_some()).then_some(Assertion::Items(min, max))
        });
        let is_unique = view.schemas().any(|it| it.arrays.unique_items);
        let is_comparable = items.iter().all(|id| is_comparable(self.api, *id, &inner.ty));
        let unique = (is_unique && is_comparable).then_some(Assertion::Unique);
        Planned {
            ty: RustType::vec(inner.ty),
            checks: Checks { own: lengths.chain(unique).collect(), inner: boxed(inner.checks) },
            residue: has_array_residue(view) || (is_unique && !is_comparable) || inner.residue,
        }
    }

    /// An array of fixed length; what the types of its positions do not say, the tables do.
    fn tuple(&mut self, view: &View<'_>, positions: &[SchemaId], place: &Place) -> Planned {
        let mut residue = has_array_residue(view) || view.schemas().any(|it| it.arrays.unique_items);
        let mut types = Vec::new();
        for (idx, position) in positions.iter().enumerate() {
            let planned = self.value(*position, &place.inner(&format!("item {}", idx + 1)));
            residue |= planned.residue || !planned.checks.is_empty();
            types.push(planned.ty);
        }
        Planned { residue, ..Planned::plain(RustType::Tuple(types)) }
    }

    fn map(&mut self, view: &View<'_>, place: &Place) -> Planned {
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
        let residue = has_object_residue(view) || !view.required().is_empty();
        let own = bounds(view).map(|(min, max)| Assertion::Items(min, max)).collect();
        Planned {
            ty: RustType::map(inner.ty),
            checks: Checks { own, inner: boxed(inner.checks) },
            residue: residue || inner.residue,
        }
    }
}

/// `minProperties` and `maxProperties`, where they say anything.
fn bounds(view: &View<'_>) -> impl Iterator<Item = (Option<u64>, Option<u64>)> {
    let bounds = view.schemas().map(|it| (it.objects.min_properties.filter(|min| *min > 0), it.objects.max_properties));
    bounds.filter(|(min, max)| min.is_some() || max.is_some())
}

/// The bounds that depend on which fields are there; `None` where nothing is left to depend on.
fn sizes(view: &View<'_>, fields: &[Field], rest: &Rest) -> Option<Vec<(Option<u64>, Option<u64>)>> {
    let required = fields.iter().filter(|it| it.presence == Presence::Required).count() as u64;
    let varies = *rest != Rest::Closed || fields.iter().any(|it| it.presence != Presence::Required);
    let open = bounds(view).map(|(min, max)| (min.filter(|min| *min > required), max));
    let open: Vec<_> = open.filter(|(min, max)| min.is_some() || max.is_some()).collect();
    (varies || open.is_empty()).then_some(open)
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
        docs: docs::of_field(schema, wire),
        deprecated: schema.annotations.deprecated,
        checks: planned.checks,
        default,
    }
}

/// The values of an enumeration, each once, with the author's names and texts where there are any.
fn variants<T: Clone + PartialEq>(
    known: &[T],
    [author, texts]: [&[String]; 2],
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
    let docs =
        |position: usize| texts.get(position).filter(|_| texts.len() == known.len()).cloned().unwrap_or_default();
    let variants = positions.iter().zip(names);
    variants.map(|(at, name)| EnumVariant { name, wire: known[*at].clone(), docs: docs(*at) }).collect()
}

/// Keywords about the instance as a whole that no type expresses.
fn has_logic(schema: &Schema) -> bool {
    schema.not.is_some() || schema.conditional.is_some() || !schema.any_of.is_empty() || !schema.one_of.is_empty()
}

/// Keywords on arrays that no list or tuple expresses.
fn has_array_residue(view: &View<'_>) -> bool {
    view.schemas().any(|it| it.arrays.contains.is_some() || it.arrays.unevaluated_items.is_some())
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

/// Keywords on objects that no struct or map expresses.
fn has_object_residue(view: &View<'_>) -> bool {
    view.schemas().any(|it| {
        let objects = &it.objects;
        has_logic(it)
            || !objects.pattern_properties.is_empty()
            || objects.property_names.is_some()
            || !objects.dependent_required.is_empty()
            || !objects.dependent_schemas.is_empty()
            || objects.unevaluated_properties.is_some()
    })
}

/// Keywords beside an enumeration that its list does not express.
pub(super) fn has_value_residue(view: &View<'_>) -> bool {
    let lists = view.schemas().filter(|it| it.enumeration.is_some() || it.constant.is_some()).count();
    lists > 1
        || view.schemas().any(|it| {
            has_logic(it)
                || it.strings != crate::ir::Strings::default()
                || it.numbers != crate::ir::Numbers::default()
                || it.format.as_deref().is_some_and(|format| ASSERTED_FORMATS.contains(&format))
        })
}

/// Whether a schema allows everything.
fn says_nothing(schema: &Schema) -> bool {
    let mut bare = Schema::new(schema.origin.clone());
    bare.annotations = schema.annotations.clone();
    bare.extensions = schema.extensions.clone();
    bare.usage = schema.usage;
    bare.format.clone_from(&schema.format);
    bare.reference = schema.reference;
    bare.all_of.clone_from(&schema.all_of);
    bare == *schema && !schema.format.as_deref().is_some_and(|format| ASSERTED_FORMATS.contains(&format))
}
