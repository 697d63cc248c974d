//! The rules: what each category of schema becomes, one function a category.

use super::numbers;
use super::open::{Open, taken};
use super::place::Place;
use super::planned::Planned;
use super::planner::Planner;
use super::strings;
use crate::config::Sets;
use crate::ir::{Api, Rare, SchemaId, Type, Types};
use crate::plan::names::{self, Scope, Wish, settle};
use crate::plan::words::{Assertion, Checks, EnumVariant, ModelKind, Openness, RustType};
use crate::schemas::{Category, View, whole};
use crate::source::Value;

/// The positions that tuples have in the run time.
const LONGEST_TUPLE: u64 = 8;

impl Planner<'_> {
    /// Of several schemas for one value, the one that says most about the type.
    pub(super) fn most_specific(&self, candidates: &[SchemaId]) -> SchemaId {
        // The nearest comes first: what a child says again counts more than what its parent said.
        candidates.iter().copied().rev().max_by_key(|id| self.telling(*id, 0)).unwrap_or(candidates[0])
    }

    /// How much a schema says about the type: an array or a map that names its items says more than one that does not.
    fn telling(&self, id: SchemaId, depth: u32) -> u32 {
        const DEEPEST: u32 = 4;
        let view = View::new(self.api, id);
        let inner =
            |id: Option<SchemaId>| id.filter(|_| depth < DEEPEST).map_or(0, |id| self.telling(id, depth + 1) / 2);
        match (view.category, view.single()) {
            (Category::StringEnum | Category::IntegerEnum, _) => {
                if view.values.is_some_and(|it| it.len() > 1) {
                    300
                } else {
                    400
                }
            }
            (Category::Struct | Category::Union | Category::Types, _) => 200,
            (Category::Plain, Some(Type::Array)) => 100 + inner(view.schemas().find_map(|it| it.arrays.items)) / 4,
            (Category::Plain, Some(Type::Object)) => {
                100 + inner(view.schemas().find_map(|it| it.objects.additional)) / 4
            }
            // Whole numbers are less than numbers, and a value less than a value or `null`.
            (Category::Plain, Some(single)) => 100 + 2 * u32::from(single == Type::Integer) + u32::from(!view.nullable),
            (Category::Plain, None) => 0,
        }
    }

    pub(super) fn string_enum(&mut self, id: SchemaId, view: &View<'_>, place: &Place) -> Planned {
        let texts = |it: &Value| it.as_str().map(str::to_owned);
        let openness = self.openness(id, view);
        let kind = ModelKind::StringEnum(openness, variants(view, openness, texts, String::clone));
        self.define(id, place, kind, !values(view, Type::String, openness).is_empty())
    }

    pub(super) fn integer_enum(&mut self, id: SchemaId, view: &View<'_>, place: &Place) -> Planned {
        let openness = self.openness(id, view);
        let spell = |it: &i64| if *it < 0 { format!("minus {}", it.unsigned_abs()) } else { format!("value {it}") };
        let kind = ModelKind::IntegerEnum(openness, variants(view, openness, whole, spell));
        self.define(id, place, kind, !values(view, Type::Integer, openness).is_empty())
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
        let single = match view.single() {
            Some(single) => single,
            None if view.types == Types::NONE && view.nullable && view.values.is_none() => {
                return self.typed(view, Type::Null, place);
            }
            None => match view.listed_types().and_then(Types::single) {
                Some(single @ (Type::Boolean | Type::Number)) => single,
                _ => return self.anything(view),
            },
        };
        let planned = self.typed(view, single, place);
        planned.nullable(view.nullable)
    }

    /// JSON of any kind: where the schema allows it, and where no type fits.
    fn anything(&mut self, view: &View<'_>) -> Planned {
        let open = view.open();
        if open.is_empty() {
            return Planned::plain(RustType::Value);
        }
        // Where nothing is allowed, that is what is reported.
        if view.types == Types::NONE {
            return Planned::unknown();
        }
        self.unknown(
            view,
            match &view.values {
                Some(_) if view.listed_types().and_then(Types::single).is_some() => "its values are listed",
                Some(_) => "its values are of several types",
                None => "it names no type",
            },
        )
    }

    /// JSON of any kind, and the reason for it.
    pub(super) fn unknown(&mut self, view: &View<'_>, why: &'static str) -> Planned {
        self.untyped.entry(view.conjuncts[0]).or_insert(why);
        Planned::unknown()
    }

    /// The type of instances of one JSON type.
    pub(super) fn typed(&mut self, view: &View<'_>, ty: Type, place: &Place) -> Planned {
        let mut open = view.open();
        if let Some(path) = self.replaced.format(view.schemas()) {
            // Whether its values are as the schema wants them is not known: all of it is asked of the tables.
            return Planned { residue: true, ..Planned::plain(RustType::Own(path)) };
        }
        open.narrow(ty);
        let (ty, checks) = match ty {
            Type::Null => (RustType::Null, Checks::default()),
            Type::Boolean => (RustType::Bool, Checks::default()),
            Type::Integer => numbers::integer(&mut open, &self.types),
            Type::Number => numbers::number(&mut open),
            Type::String => strings::string(view, &mut open, &self.types),
            Type::Array => self.array(view, &mut open, place),
            Type::Object => self.map(view, &mut open, place),
        };
        Planned::new(ty, checks, &open)
    }

    fn array(&mut self, view: &View<'_>, open: &mut Open, place: &Place) -> (RustType, Checks) {
        if let Some(positions) = fixed_positions(self.api, view) {
            return self.tuple(&positions, open, place);
        }
        let items: Vec<_> = view.schemas().filter_map(|it| it.arrays.items).collect();
        let tuple = view.schemas().any(|it| !it.arrays.prefix_items.is_empty());
        let inner = match items.as_slice() {
            _ if tuple => self.unknown(view, "its positions differ, and their number is not fixed"),
            [] => Planned::plain(RustType::Value),
            several => self.value(self.most_specific(several), &place.inner("item")),
        };
        let is_comparable = !items.is_empty() && items.iter().all(|id| is_comparable(self.api, *id, &inner.ty));
        let mut own = Vec::new();
        let mut is_unique = false;
        for arrays in open.each().filter_map(|it| it.arrays.present()) {
            arrays.items.take_if(|_| items.len() == 1 && !inner.residue);
            let (min, max) = taken(&mut arrays.min_items, &mut arrays.max_items);
            own.extend((min.is_some() || max.is_some()).then_some(Assertion::Items(min, max)));
            is_unique |= is_comparable && std::mem::take(&mut arrays.unique_items);
        }
        let is_set = is_unique && self.types.sets.is_some_and(|it| it != Sets::List);
        let ty = if is_set { RustType::Set(Box::new(inner.ty)) } else { RustType::vec(inner.ty) };
        // A set refuses what it has already.
        own.extend((is_unique && !is_set).then_some(Assertion::Unique));
        (ty, Checks { own, inner: boxed(inner.checks) })
    }

    /// An array of fixed length; what the types of its positions do not say, the tables do.
    fn tuple(&mut self, positions: &[SchemaId], open: &mut Open, place: &Place) -> (RustType, Checks) {
        let places: Vec<_> = (1..=positions.len()).map(|number| place.inner(&format!("item {number}"))).collect();
        let planned = self.positions(positions, &places);
        let are_types = planned.iter().all(|it| !it.residue && it.checks.are_finite());
        let asks_itself = are_types && planned.iter().any(|it| !it.checks.is_empty());
        for arrays in open.each().filter_map(|it| it.arrays.present()) {
            (arrays.items, arrays.min_items, arrays.max_items) = (None, None, None);
            if are_types {
                arrays.prefix_items.clear();
            }
        }
        let own = asks_itself.then_some(Assertion::Nested).into_iter().collect();
        (RustType::Tuple(planned.into_iter().map(|it| it.ty).collect()), Checks { own, inner: None })
    }

    fn map(&mut self, view: &View<'_>, open: &mut Open, place: &Place) -> (RustType, Checks) {
        let mut additional: Vec<_> = view.schemas().filter_map(|it| it.objects.additional).collect();
        additional.extend(view.unevaluated());
        let patterns: Vec<_> = view.schemas().flat_map(|it| it.objects.pattern_properties.values()).collect();
        let is_closed = |id: &SchemaId| self.api.schemas[*id].types == Types::NONE;
        let inner = match (additional.as_slice(), patterns.as_slice()) {
            ([], []) => Planned::plain(RustType::Value),
            ([_, ..], []) => self.value(self.most_specific(&additional), &place.inner("value")),
            // Where nothing else may be there, the one pattern describes every property.
            ([rest], [only]) if is_closed(rest) => self.value(**only, &place.inner("value")),
            _ => self.unknown(view, "the types of its properties depend on their names"),
        };
        if additional.len() == 1 && patterns.is_empty() && !inner.residue {
            open.further(view);
        }
        let key = self.key_of_map(view, open, place);
        let own = bounds(open).into_iter().map(|(min, max)| Assertion::Items(min, max)).collect();
        (RustType::map(key, inner.ty), Checks { own, inner: boxed(inner.checks) })
    }
}

/// What is left of an enumeration whose values are variants.
pub(super) fn values(view: &View<'_>, ty: Type, openness: Openness) -> Open {
    let mut open = view.open();
    open.narrow(ty);
    // `judge` has left no value in a list that its own schema refuses, and a closed list has no other values.
    let is_closed = openness == Openness::Closed;
    if let Some(list) = open.list().filter(|_| is_closed) {
        (list.format, list.strings, list.numbers) = (None, Rare::default(), Rare::default());
    }
    open.values();
    open
}

/// Takes `minProperties` and `maxProperties`, and gives them where they say anything.
pub(super) fn bounds(open: &mut Open) -> Vec<(Option<u64>, Option<u64>)> {
    let bounds = open.each().filter_map(|it| it.objects.present());
    let bounds = bounds.map(|it| taken(&mut it.min_properties, &mut it.max_properties));
    bounds.filter(|(min, max)| min.is_some() || max.is_some()).collect()
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

/// The values of an enumeration, each once, with the author's names and descriptions where there are any.
fn variants<T: Clone + PartialEq>(
    view: &View<'_>,
    openness: Openness,
    read: impl Fn(&Value) -> Option<T>,
    spell: impl Fn(&T) -> String,
) -> Vec<EnumVariant<T>> {
    let listed = view.listed();
    let allowed = |it: &Value| view.values.as_ref().is_none_or(|values| values.contains(it));
    let mut known: Vec<(usize, T)> = Vec::new();
    for (place, value) in listed.iter().enumerate().filter(|(_, it)| allowed(it)) {
        if let Some(value) = read(value).filter(|value| known.iter().all(|(_, it)| it != value)) {
            known.push((place, value));
        }
    }
    let of_author = |texts: &[String], place: usize| {
        texts.get(place).filter(|text| texts.len() == listed.len() && !text.is_empty()).cloned()
    };
    let spelled: Vec<String> = known.iter().map(|(_, value)| spell(value)).collect();
    let wishes = known.iter().zip(&spelled).map(|((place, _), origin)| {
        let text = listed[*place].spelled();
        let of_user = view.schemas().find_map(|it| it.extensions.member_names.get(&text).cloned());
        let wished = of_user.or_else(|| of_author(view.enum_names(), *place));
        Wish { name: names::pascal(wished.as_ref().unwrap_or(origin)), origin, first: wished.is_some() }
    });
    let taken: &[&str] = if openness == Openness::Closed { &[] } else { Scope::Open.reserved() };
    let names = settle(&wishes.collect::<Vec<_>>(), taken);
    let settled = known.into_iter().zip(names);
    settled
        .map(|((place, wire), name)| EnumVariant { name, wire, docs: of_author(view.enum_descriptions(), place) })
        .collect()
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
