//! Schemas that must hold for one instance and exclude each other.
//!
//! ```yaml
//! allOf: [{ type: string }, { type: integer }]          # no value is both
//! allOf: [{ type: integer, minimum: 10 }, { maximum: 5 }]
//! allOf: [{ type: string, enum: [a] }, { const: b }]
//! ```
//!
//! What is found is certain; what takes more than looking at keywords side by side is not looked for.

mod words;

pub(crate) use words::shown_types;
use words::{MOST_VALUES, is_empty, is_same, listed, shown};

use crate::ir::{Arrays, Objects, Schema, SchemaId, Schemas, Type, Types};
use crate::ordered::{IndexMap, IndexSet};
use crate::source::{Number, Value};

/// Formats of which no text has two.
const APART: [&str; 8] = ["date", "date-time", "duration", "email", "ipv4", "ipv6", "time", "uuid"];

/// A schema that must hold, and the conjunct of the whole that brought it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Part {
    pub(crate) owner: SchemaId,
    pub(crate) id: SchemaId,
}

/// What excludes each other.
pub(crate) struct Clash {
    pub(crate) sides: [Side; 2],
    /// What each of the two says.
    pub(crate) what: String,
    /// Which values there are not.
    pub(crate) none: &'static str,
    /// Whether `null` may be a value all the same.
    pub(crate) or_null: bool,
}

/// One of the two.
pub(crate) struct Side {
    pub(crate) part: Part,
    /// The keyword, where it is one.
    pub(crate) keyword: Option<&'static str>,
    pub(crate) role: String,
}

impl Side {
    fn new(part: Part, keyword: Option<&'static str>, role: impl Into<String>) -> Self {
        Self { part, keyword, role: role.into() }
    }
}

/// All that must hold for an instance of one schema.
pub(crate) fn whole(schemas: &Schemas, id: SchemaId) -> Vec<Part> {
    schemas.conjuncts(id).into_iter().map(|id| Part { owner: id, id }).collect()
}

/// All that must hold where several parts describe one thing inside the instance.
pub(crate) fn within(schemas: &Schemas, described: &[Part]) -> Vec<Part> {
    let mut all: IndexMap<SchemaId, Part> = IndexMap::default();
    for Part { owner, id } in described {
        for id in schemas.conjuncts(*id) {
            all.entry(id).or_insert(Part { owner: *owner, id });
        }
    }
    all.into_values().collect()
}

/// The properties that several parts describe, each by its descriptions.
pub(crate) fn shared(schemas: &Schemas, parts: &[Part]) -> IndexMap<String, Vec<Part>> {
    let mut all: IndexMap<&String, IndexSet<Part>> = IndexMap::default();
    for part in parts {
        for (name, id) in &schemas[part.id].objects.properties {
            all.entry(name).or_default().insert(Part { owner: part.owner, id: *id });
        }
    }
    let several = all.into_iter().filter(|(_, it)| it.iter().any(|one| one.id != it[0].id));
    several.map(|(name, it)| (name.clone(), it.into_iter().collect())).collect()
}

/// What parts say about items, where several do.
pub(crate) fn items(schemas: &Schemas, parts: &[Part]) -> Vec<Part> {
    let item = |it: &Part| {
        let arrays = &schemas[it.id].arrays;
        arrays.items.filter(|_| arrays.prefix_items.is_empty()).map(|id| Part { owner: it.owner, id })
    };
    let all: Vec<Part> = parts.iter().filter_map(item).collect();
    let is_several = all.iter().any(|it| it.id != all[0].id);
    if is_several { all } else { Vec::new() }
}

/// What some parts exclude each other in.
pub(crate) fn clash(schemas: &Schemas, parts: &[Part]) -> Option<Clash> {
    let said = Said { schemas, parts };
    said.types()
        .or_else(|| said.values())
        .or_else(|| said.formats())
        .or_else(|| said.bounds())
        .or_else(|| said.members())
}

/// How descriptions of one thing leave nothing to say, where `null` and empty lists do not count: at the top, in a property
/// that must be there, or in the items of a list.
pub(crate) fn difference(schemas: &Schemas, described: &[Part], depth: usize, left: &mut usize) -> Option<String> {
    /// Documents that are wrong further down are left as they are.
    const DEEPEST: usize = 4;
    let parts = within(schemas, described);
    if let Some(clash) = clash(schemas, &parts) {
        return (depth == 0 || !clash.or_null).then_some(clash.what);
    }
    if depth > DEEPEST || *left == 0 {
        return None;
    }
    *left -= 1;
    let mut inside = |of: String, described: &[Part]| {
        difference(schemas, described, depth + 1, left).map(|what| format!("for {of}, {what}"))
    };
    let said = Said { schemas, parts: &parts };
    match said.only()? {
        Type::Array => inside("items".to_owned(), &items(schemas, &parts)),
        Type::Object if depth == 0 || !said.allows_null() => shared(schemas, &parts)
            .iter()
            .filter(|(name, _)| is_required(schemas, &parts, name))
            .find_map(|(name, described)| inside(format!("`{}`", name.escape_debug()), described)),
        _ => None,
    }
}

/// Whether one of the parts asks for a property.
pub(crate) fn is_required(schemas: &Schemas, parts: &[Part], name: &str) -> bool {
    parts.iter().any(|it| schemas[it.id].objects.required.iter().any(|it| it == name))
}

/// Schemas that must all hold.
struct Said<'a> {
    schemas: &'a Schemas,
    parts: &'a [Part],
}

impl<'a> Said<'a> {
    fn each(&self) -> impl Iterator<Item = (Part, &'a Schema)> + '_ {
        self.parts.iter().map(|it| (*it, &self.schemas[it.id]))
    }

    /// The types that all allow.
    fn common(&self) -> Types {
        self.each().fold(Types::ALL, |all, (_, it)| all.and(it.types))
    }

    fn allows_null(&self) -> bool {
        let mut lists = self.each().filter_map(|(_, it)| listed(it));
        let is_listed = lists.all(|(_, values)| values.contains(&&Value::Null));
        self.each().any(|(_, it)| it.or_null) || (self.common().contains(Type::Null) && is_listed)
    }

    /// The one type of all instances but `null`.
    fn only(&self) -> Option<Type> {
        let types = self.common().without(Type::Null);
        if types == Types::only(Type::Integer).with(Type::Number) { Some(Type::Number) } else { types.single() }
    }

    fn found(&self, sides: [Side; 2], what: String, none: &'static str) -> Clash {
        Clash { sides, what, none, or_null: self.allows_null() }
    }

    /// Types that exclude each other. `false`, and `null` alone, say what they mean.
    fn types(&self) -> Option<Clash> {
        let own: Vec<_> = self.each().map(|(part, it)| (part, it.types.without(Type::Null))).collect();
        let excludes = |types: Types| move |(_, other): &&(Part, Types)| other.and(types) == Types::NONE;
        if own.iter().any(|(_, types)| *types == Types::NONE) {
            return None;
        }
        let mut all = Types::ALL;
        let is_last = |(_, types): &(Part, Types)| {
            all = all.and(*types);
            all == Types::NONE
        };
        let last = own.iter().position(is_last)?;
        let (part, types) = own[last];
        let says = |(_, types): &&(Part, Types)| *types != Types::ALL.without(Type::Null);
        let (other, others) = *own[..last].iter().find(excludes(types)).or_else(|| own.iter().find(says))?;
        let (first, second) = (shown_types(others), shown_types(types));
        let what = format!("one part asks for {first} and another for {second}");
        let role = |types: &str| format!("asks for {types}");
        let sides = [Side::new(other, Some("type"), role(&first)), Side::new(part, Some("type"), role(&second))];
        Some(self.found(sides, what, "no value is both"))
    }

    /// Lists of values that have none in common, or none of the types that others ask for.
    fn values(&self) -> Option<Clash> {
        let lists: Vec<_> = self.each().filter_map(|(part, it)| Some((part, listed(it)?))).collect();
        let mut common: Option<Vec<&Value>> = None;
        for (index, (part, (keyword, values))) in lists.iter().enumerate() {
            let left = match &common {
                None => values.clone(),
                Some(common) if common.len() * values.len() > MOST_VALUES * MOST_VALUES => return None,
                Some(common) => {
                    common.iter().filter(|it| values.iter().any(|other| is_same(it, other))).copied().collect()
                }
            };
            if left.iter().any(|it| **it != Value::Null) {
                common = Some(left);
                continue;
            }
            let is_apart = |(_, (_, others)): &&Listed<'_>| {
                !others.iter().any(|it| **it != Value::Null && values.iter().any(|other| is_same(it, other)))
            };
            let (other, (first, others)) = lists[..index].iter().find(is_apart).or_else(|| lists[..index].first())?;
            let (before, after) = (shown(first, others), shown(keyword, values));
            let what = format!("{before} in one part and {after} in another");
            let sides = [Side::new(*other, Some(first), before), Side::new(*part, Some(keyword), after)];
            return Some(self.found(sides, what, "no value is in both"));
        }
        self.typed(&lists, &common?)
    }

    /// Values that have none of the types which another part asks for.
    fn typed(&self, lists: &[Listed<'a>], common: &[&Value]) -> Option<Clash> {
        let fits = |types: Types| common.iter().any(|it| **it != Value::Null && types.allow(it));
        let (part, types) = self.each().map(|(part, it)| (part, it.types)).find(|(_, types)| !fits(*types))?;
        let (owner, (keyword, values)) = lists.first()?;
        if types.without(Type::Null) == Types::NONE || *owner == part {
            return None;
        }
        let (before, after) = (shown(keyword, values), shown_types(types.without(Type::Null)));
        let what = format!("{before} in one part, and another asks for {after}");
        let sides =
            [Side::new(*owner, Some(keyword), before), Side::new(part, Some("type"), format!("asks for {after}"))];
        Some(self.found(sides, what, "no value is both"))
    }

    /// Formats of texts that have none in common.
    fn formats(&self) -> Option<Clash> {
        if self.only()? != Type::String {
            return None;
        }
        let is_apart = |it: &&str| APART.contains(it);
        let mut named = self.each().filter_map(|(part, it)| Some((part, it.format.as_deref().filter(is_apart)?)));
        let (one, first) = named.next()?;
        let (other, second) = named.find(|(_, format)| *format != first)?;
        let what = format!("`format` is `{first}` in one part and `{second}` in another");
        let side = |part, format: &str| Side::new(part, Some("format"), format!("`format` is `{format}`"));
        Some(self.found([side(one, first), side(other, second)], what, "no value is both"))
    }

    /// Bounds with nothing between them.
    fn bounds(&self) -> Option<Clash> {
        let counted: (Count, Count) = match self.only()? {
            Type::String => (("minLength", |it| it.strings.min_length), ("maxLength", |it| it.strings.max_length)),
            Type::Array => (("minItems", |it| it.arrays.min_items), ("maxItems", |it| it.arrays.max_items)),
            Type::Object => {
                (("minProperties", |it| it.objects.min_properties), ("maxProperties", |it| it.objects.max_properties))
            }
            Type::Integer | Type::Number => return self.numbers(),
            Type::Null | Type::Boolean => return None,
        };
        let ((low, min), (high, max)) = counted;
        let (from, min) = self.each().filter_map(|(part, it)| Some((part, min(it)?))).max_by_key(|(_, it)| *it)?;
        let (to, max) = self.each().filter_map(|(part, it)| Some((part, max(it)?))).min_by_key(|(_, it)| *it)?;
        (min > max).then(|| self.between([(from, low, min.to_string()), (to, high, max.to_string())]))
    }

    fn numbers(&self) -> Option<Clash> {
        let lows = self.each().flat_map(|(part, it)| {
            let numbers = &it.numbers;
            [(part, "minimum", &numbers.minimum), (part, "exclusiveMinimum", &numbers.exclusive_minimum)]
        });
        let highs = self.each().flat_map(|(part, it)| {
            let numbers = &it.numbers;
            [(part, "maximum", &numbers.maximum), (part, "exclusiveMaximum", &numbers.exclusive_maximum)]
        });
        let there = |(part, keyword, it): (Part, &'static str, &'a Option<Number>)| Some((part, keyword, it.as_ref()?));
        let order = |one: &Bound<'_>, other: &Bound<'_>| {
            one.2.as_f64().total_cmp(&other.2.as_f64()).then(one.1.len().cmp(&other.1.len()))
        };
        let (from, low, min) = lows.filter_map(there).max_by(order)?;
        let (to, high, max) = highs
            .filter_map(there)
            .min_by(|one, other| one.2.as_f64().total_cmp(&other.2.as_f64()).then(other.1.len().cmp(&one.1.len())))?;
        let is_open = low == "exclusiveMinimum" || high == "exclusiveMaximum";
        let limit = |it: &Number| it.as_str().to_owned();
        is_empty(min, max, is_open).then(|| self.between([(from, low, limit(min)), (to, high, limit(max))]))
    }

    fn between(&self, limits: [(Part, &'static str, String); 2]) -> Clash {
        let side = |(part, keyword, limit)| Side::new(part, Some(keyword), format!("`{keyword}` is {limit}"));
        let sides = limits.map(side);
        let what = format!("{} and {}", sides[0].role, sides[1].role);
        self.found(sides, what, "no value is within both")
    }

    /// More properties or items than there may be, and required ones that have no place.
    fn members(&self) -> Option<Clash> {
        match self.only()? {
            Type::Object => self.forbidden().or_else(|| self.unplaced()).or_else(|| self.too_few_properties()),
            Type::Array => self.too_few_items(),
            _ => None,
        }
    }

    /// The parts that have no further properties than those that they describe.
    fn closed(&self) -> impl Iterator<Item = (Part, &'a Objects)> + '_ {
        let is_false = |id: SchemaId| self.schemas[id].types == Types::NONE;
        let closed = self.each().map(|(part, it)| (part, &*it.objects));
        closed.filter(move |(_, it)| it.additional.is_some_and(is_false) && it.pattern_properties.is_empty())
    }

    fn required(&self) -> impl Iterator<Item = (Part, &'a String)> + '_ {
        self.each().flat_map(|(part, it)| it.objects.required.iter().map(move |name| (part, name)))
    }

    /// A required property that `false` describes.
    fn forbidden(&self) -> Option<Clash> {
        let is_false = |id: &SchemaId| self.schemas[*id].types == Types::NONE;
        let described = self.each().flat_map(|(part, it)| it.objects.properties.iter().map(move |it| (part, it)));
        for (part, (name, _)) in described.filter(|(_, (_, id))| is_false(id)) {
            if let Some((by, _)) = self.required().find(|(_, it)| *it == name) {
                let shown = name.escape_debug();
                let what = format!("`{shown}` is required, and its schema is `false`");
                let sides = [
                    Side::new(by, Some("required"), "required here"),
                    Side::new(part, Some("properties"), "`false` here"),
                ];
                return Some(self.found(sides, what, "no value has it"));
            }
        }
        None
    }

    /// A required property that a closed part has no place for.
    fn unplaced(&self) -> Option<Clash> {
        let closed: Vec<_> = self.closed().collect();
        if closed.is_empty() {
            return None;
        }
        let (by, part, name) = self.required().find_map(|(by, name)| {
            let (part, _) = closed.iter().find(|(_, it)| !it.properties.contains_key(name))?;
            Some((by, *part, name))
        })?;
        let what =
            format!("`{}` is required, and `additionalProperties: false` has no place for it", name.escape_debug());
        let sides = [
            Side::new(by, Some("required"), "required here"),
            Side::new(part, Some("additionalProperties"), "closed here"),
        ];
        Some(self.found(sides, what, "no value has it"))
    }

    /// A closed part with fewer properties than there must be.
    fn too_few_properties(&self) -> Option<Clash> {
        let is_there = |id: &&SchemaId| self.schemas[**id].types != Types::NONE;
        let room = |it: &Objects| u64::try_from(it.properties.values().filter(is_there).count()).unwrap_or(u64::MAX);
        let (part, room) = self.closed().map(|(part, it)| (part, room(it))).min_by_key(|(_, room)| *room)?;
        let least = self.each().filter_map(|(part, it)| Some((part, it.objects.min_properties?)));
        let (by, least) = least.max_by_key(|(_, least)| *least).filter(|(_, least)| *least > room)?;
        let what = format!("`minProperties` is {least}, and `additionalProperties: false` leaves room for {room}");
        let sides = [
            Side::new(by, Some("minProperties"), format!("`minProperties` is {least}")),
            Side::new(part, Some("additionalProperties"), "closed here"),
        ];
        Some(self.found(sides, what, "no value has so many"))
    }

    /// A tuple that has no further items, and fewer than there must be.
    fn too_few_items(&self) -> Option<Clash> {
        let is_false = |id: SchemaId| self.schemas[id].types == Types::NONE;
        let arrays = || self.each().map(|(part, it)| (part, &*it.arrays));
        let room = |it: &Arrays| u64::try_from(it.prefix_items.len()).unwrap_or(u64::MAX);
        let closed = arrays().filter(|(_, it)| it.items.is_some_and(is_false));
        let (part, room) = closed.map(|(part, it)| (part, room(it))).min_by_key(|(_, room)| *room)?;
        let least = arrays().filter_map(|(part, it)| Some((part, it.min_items?)));
        let (by, least) = least.max_by_key(|(_, least)| *least).filter(|(_, least)| *least > room)?;
        let what = format!("`minItems` is {least}, and `items: false` leaves room for {room}");
        let sides = [
            Side::new(by, Some("minItems"), format!("`minItems` is {least}")),
            Side::new(part, Some("items"), "no further items here"),
        ];
        Some(self.found(sides, what, "no value has so many"))
    }
}

/// A part with the values that it lists, and the keyword that lists them.
type Listed<'a> = (Part, (&'static str, Vec<&'a Value>));

/// A bound of numbers, and who says it.
type Bound<'a> = (Part, &'static str, &'a Number);

/// A keyword that counts, and its number.
type Count = (&'static str, fn(&Schema) -> Option<u64>);
