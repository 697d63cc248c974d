//! Sample values: what an instance of a schema may look like, the author's own examples first.
//!
//! A sample that its schema refuses, as may be where keywords of several schemas meet, gives way to one that it allows:
//! one without the author's examples, one of what must be there alone, or one of many that are made up.

#[cfg(feature = "mock")]
mod answers;
mod cases;
mod examples;
mod headers;
mod known;
mod patterns;
mod refusals;
mod resources;
mod scalars;
mod streams;

use std::cell::Cell;
use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use specwright_runtime::{Direction, Schemas as Tables};

use crate::ir::{Api, SchemaId, Schemas, Type, Types};
use crate::schemas::{Category, View, alias, tables};
use crate::source::Value;

use known::{Knowledge, Known, Properties};
use scalars::{integer, varied};

pub use cases::contract_requests;
pub(crate) use examples::{all as examples, print as print_examples};
pub(crate) use patterns::sample as matching_text;
pub(crate) use refusals::{Refusals, all as refusals, holds};
#[cfg(feature = "mock")]
pub(crate) use {answers::Answerer, examples::preferred};

/// Below this depth, only what must be there is there; in large samples that begins further up.
const DEEP: usize = 6;
/// More values than these are too many to read, so a sample of more has less of what may be left out.
const MANY: usize = 300;
/// A schema that needs more values than these has no finite instance, or one that nobody wants: its sample is `null`.
const MOST: usize = 5000;
/// Below this depth nothing is; a schema that goes on has no finite instance, or one that nobody wants to read.
const DEEPEST: usize = 16;

/// As many samples are made up where none before them is valid.
const ATTEMPTS: u64 = 24;

/// Makes samples: for a request without what only the server writes, for a response without what only the client does.
pub struct Sampler<'a> {
    api: &'a Api,
    direction: Direction,
    /// The schemas that samples are held against, where they are.
    tables: Option<Tables>,
    /// What chance makes of the sample at hand; none for what is usual.
    chance: Cell<Option<u64>>,
    /// Whether the author's examples count.
    shows_examples: Cell<bool>,
    /// The depth of the sample at hand below which only what must be there is there.
    deep: Cell<usize>,
    /// How many values the sample at hand may still have.
    left: Cell<usize>,
    /// What was found out about schemas: a sample of one that refers to itself asks a thousand times.
    knowledge: Knowledge<'a>,
}

impl<'a> Sampler<'a> {
    /// One that believes the author's examples.
    pub fn new(api: &'a Api, direction: Direction) -> Self {
        Self {
            api,
            direction,
            tables: None,
            chance: Cell::new(None),
            shows_examples: Cell::new(true),
            deep: Cell::new(DEEP),
            left: Cell::new(MOST),
            knowledge: Knowledge::new(api),
        }
    }

    /// One that holds its samples of some schemas against these.
    pub fn judging(api: &'a Api, direction: Direction, schemas: &BTreeSet<SchemaId>) -> Self {
        Self { tables: Some(tables::checked(api, schemas)), ..Self::new(api, direction) }
    }

    /// The author's example of a parameter, header or body, else a sample of its schema.
    pub fn shown(&self, examples: &[Value], id: SchemaId) -> Json {
        let shown = examples.iter().map(Value::to_json).find(|it| self.allows(id, it));
        shown.unwrap_or_else(|| self.sample(id))
    }

    /// Whether a schema allows a value, as far as that is looked at; what open sets do not list is for others to send.
    pub fn allows(&self, id: SchemaId, value: &Json) -> bool {
        let key = || tables::key(&self.api.schemas[id].origin);
        self.tables.as_ref().is_none_or(|it| it.knows(&key(), value, self.direction))
    }

    /// A value without what does not travel in the direction.
    #[cfg(feature = "mock")]
    pub(super) fn visible(&self, id: SchemaId, mut value: Json) -> Json {
        if let Some(schemas) = &self.tables {
            schemas.hide(&tables::key(&self.api.schemas[id].origin), &mut value, self.direction);
        }
        value
    }

    /// A sample of a schema, as deep as it can be read: schemas that refer to themselves in several places have
    /// samples that grow with each level by that factor.
    pub fn sample(&self, id: SchemaId) -> Json {
        let usual = self.usual(id);
        if self.allows(id, &usual) {
            return usual;
        }
        let bare = || self.attempt(id, 0, MOST).filter(|it| self.allows(id, it));
        let found = bare().or_else(|| {
            self.shows_examples.set(false);
            let plain = Some(self.usual(id)).filter(|it| self.allows(id, it));
            let found = plain.or_else(bare).or_else(|| (1..=ATTEMPTS).find_map(|seed| self.chance(id, seed)));
            self.shows_examples.set(true);
            found
        });
        found.unwrap_or(usual)
    }

    /// A sample that is made up; the same seed makes the same one.
    pub(crate) fn made_up(&self, id: SchemaId, seed: u64) -> Json {
        self.shows_examples.set(false);
        let found = (0..ATTEMPTS).find_map(|more| self.chance(id, seed.wrapping_add(more)));
        self.shows_examples.set(true);
        found.unwrap_or_else(|| self.sample(id))
    }

    fn chance(&self, id: SchemaId, seed: u64) -> Option<Json> {
        // Whatever begins at zero stays there.
        self.chance.set(Some(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1));
        let sample = [DEEP, 3, 1, 0].into_iter().find_map(|deep| self.attempt(id, deep, MANY));
        self.chance.set(None);
        sample.filter(|it| self.allows(id, it))
    }

    /// One of several: the first, or whichever chance takes.
    fn pick(&self, several: usize) -> usize {
        let Some(mut state) = self.chance.get() else { return 0 };
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        self.chance.set(Some(state));
        usize::try_from((state >> 11) % (several.max(1) as u64)).unwrap_or_default()
    }

    fn usual(&self, id: SchemaId) -> Json {
        let readable = (1..=DEEP).rev().find_map(|deep| self.attempt(id, deep, MANY));
        readable.or_else(|| self.attempt(id, 0, MOST)).unwrap_or_default()
    }

    /// A sample of as little as the schema wants, which the schema's own example does not stand for.
    pub(super) fn least(&self, id: SchemaId) -> Json {
        let known = self.knowledge.find(id);
        self.deep.set(0);
        self.left.set(MOST);
        if known.view.category == Category::Struct { self.object(&known, 1) } else { self.within(id, 1) }
    }

    /// A sample of fewer values than a number; none where there are more.
    fn attempt(&self, id: SchemaId, deep: usize, most: usize) -> Option<Json> {
        self.deep.set(deep);
        self.left.set(most);
        let sample = self.within(id, 0);
        (self.left.get() > 0).then_some(sample)
    }

    fn within(&self, id: SchemaId, depth: usize) -> Json {
        let Some(left) = self.left.get().checked_sub(1) else { return Json::Null };
        self.left.set(left);
        if let Some(example) = own_example(&self.api.schemas, id).filter(|_| self.shows_examples.get()) {
            return example.to_json();
        }
        let known = self.knowledge.find(id);
        let view = &known.view;
        if view.schemas().any(|it| it.enumeration.as_ref().is_some_and(|all| is_null_alone(all))) {
            return Json::Null;
        }
        let listed = view.values.as_ref().and_then(|values| values.get(self.pick(values.len())));
        let default = view.schemas().find_map(|it| it.annotations.default.as_ref());
        let default = default.filter(|_| self.chance.get().is_none());
        if let Some(value) = listed.or(default) {
            return value.to_json();
        }
        if depth > DEEPEST {
            return Json::Null;
        }
        match (view.category, view.single()) {
            (Category::Union, _) => self.union(&known, depth),
            (Category::Struct, _) | (_, Some(Type::Object)) => self.object(&known, depth),
            (_, Some(Type::Array)) => self.array(view, depth),
            (_, Some(ty)) => self.scalar(view, ty),
            _ => view.types.iter().find(|it| *it != Type::Null).map_or(Json::Null, |ty| self.scalar(view, ty)),
        }
    }

    /// The first branch, with what stands beside the branches, and with the name by which the branch is told apart.
    fn union(&self, known: &Known<'a>, depth: usize) -> Json {
        let taken = known.view.union().and_then(|it| {
            let branches: Vec<_> = it.one_of.iter().chain(&it.any_of).collect();
            Some((it, **branches.get(self.pick(branches.len()))?))
        });
        let Some((schema, branch)) = taken else { return Json::Null };
        let mut sample = self.within(branch, depth + 1);
        if let Json::Object(members) = &mut sample {
            if let Json::Object(beside) = self.object(known, depth) {
                beside.into_iter().for_each(|(name, value)| {
                    members.entry(name).or_insert(value);
                });
            }
            // A branch is most often a reference to the schema that the mapping names.
            let behind = self.knowledge.find(branch);
            let named = schema.discriminator.as_ref().and_then(|it| {
                let leads_here = |target: &SchemaId| behind.view.conjuncts.contains(target);
                // A branch that is a union has named its own branch, which may be a later one.
                let own = members.get(&it.property).and_then(Json::as_str).and_then(|own| it.mapping.get(own));
                if own.is_some_and(leads_here) {
                    return None;
                }
                let (value, _) = it.mapping.iter().find(|(_, target)| leads_here(target))?;
                Some((it.property.clone(), value.as_str()))
            });
            members.extend(named.map(|(property, value)| (property, value.into())));
        }
        sample
    }

    fn object(&self, known: &Known<'a>, depth: usize) -> Json {
        let Known { view, properties, required } = known;
        let wanted = |name: &str| depth < self.deep.get() || required.contains(name);
        let mut members = Map::new();
        for (name, ids) in properties {
            if self.left.get() == 0 {
                break; // Too many already: what is made of the rest is thrown away.
            }
            if wanted(name) && !ids.iter().any(|id| self.is_hidden(*id)) {
                let shown = ids.iter().find(|id| own_example(&self.api.schemas, **id).is_some());
                let best = shown.filter(|_| self.shows_examples.get()).unwrap_or(&ids[0]);
                members.insert((*name).to_owned(), self.within(*best, depth + 1));
            }
        }
        let undeclared: Vec<_> = required.iter().filter(|name| !properties.contains_key(**name)).collect();
        let additional = view.schemas().find_map(|it| it.objects.additional);
        for name in undeclared {
            let sample = additional.map_or(Json::Null, |id| self.within(id, depth + 1));
            members.insert((*name).to_owned(), sample);
        }
        self.depend(view, properties, &mut members, depth);
        let is_map = members.is_empty() && view.schemas().all(|it| it.objects.property_names.is_none());
        if let Some(id) = additional.filter(|id| is_map && depth < self.deep.get() && self.is_typed(*id)) {
            members.insert("example".to_owned(), self.within(id, depth + 1));
        }
        self.bound(view, &mut members, depth);
        Json::Object(members)
    }

    /// Adds what must be there because of what is there.
    fn depend(&self, view: &View<'_>, properties: &Properties<'_>, members: &mut Map<String, Json>, depth: usize) {
        for (name, needed) in view.schemas().flat_map(|it| &it.objects.dependent_required) {
            if !members.contains_key(name) {
                continue;
            }
            for lacking in needed {
                if !members.contains_key(lacking) {
                    let schema = properties.get(lacking.as_str()).map(|ids| ids[0]);
                    members.insert(lacking.clone(), schema.map_or(Json::Null, |id| self.within(id, depth + 1)));
                }
            }
        }
    }

    /// As many properties as there must be, and no more than there may be.
    fn bound(&self, view: &View<'_>, members: &mut Map<String, Json>, depth: usize) {
        let least = view.schemas().filter_map(|it| it.objects.min_properties).max().unwrap_or_default().min(64);
        let most = view.schemas().filter_map(|it| it.objects.max_properties).min().unwrap_or(u64::MAX);
        let required = view.required();
        let optional: Vec<_> = members.keys().filter(|it| !required.contains(it.as_str())).cloned().collect();
        let excess = (members.len() as u64).saturating_sub(most);
        for name in optional.iter().rev().take(usize::try_from(excess).unwrap_or(usize::MAX)) {
            members.remove(name);
        }
        if members.len() as u64 >= least {
            return;
        }
        let patterned = view.schemas().find_map(|it| it.objects.pattern_properties.first());
        let additional = view.schemas().find_map(|it| it.objects.additional);
        let names = view.schemas().find_map(|it| it.objects.property_names);
        let first = names.map_or_else(|| "example".into(), |id| self.within(id, depth + 1));
        let first = first.as_str().unwrap_or_default();
        for idx in 0..least {
            if members.len() as u64 >= least {
                break;
            }
            let name = if idx == 0 { first.to_owned() } else { format!("{first}{idx}") };
            let (name, schema) = match patterned {
                Some((pattern, id)) => {
                    let lengths = usize::try_from(idx).unwrap_or_default()..=usize::MAX;
                    (patterns::sample(&[pattern], lengths, &name).unwrap_or(name), Some(*id))
                }
                None => (name, additional),
            };
            members.insert(name, schema.map_or_else(|| "example".into(), |id| self.within(id, depth + 1)));
        }
    }

    fn array(&self, view: &View<'_>, depth: usize) -> Json {
        let mut all: Vec<Json> = Vec::new();
        let prefix = view.schemas().find(|it| !it.arrays.prefix_items.is_empty());
        all.extend(prefix.iter().flat_map(|it| &it.arrays.prefix_items).map(|id| self.within(*id, depth + 1)));
        for contains in view.schemas().filter_map(|it| it.arrays.contains.as_ref()) {
            let wanted = contains.min.unwrap_or(1).min(64);
            all.extend((0..wanted).map(|_| self.within(contains.schema, depth + 1)));
        }
        let least = view.schemas().filter_map(|it| it.arrays.min_items).max().unwrap_or_default();
        let most = view.schemas().filter_map(|it| it.arrays.max_items).min().unwrap_or(u64::MAX);
        let usual = if depth < self.deep.get() { 1 + self.pick(3) as u64 } else { 0 };
        let wanted = least.max(usual).min(most).min(64);
        let items = view.schemas().find_map(|it| it.arrays.items);
        let element = items.map(|id| self.knowledge.find(id));
        let values = element.as_ref().and_then(|it| it.view.values.as_deref()).unwrap_or_default();
        while (all.len() as u64) < wanted {
            let sample = items.map_or(Json::Null, |id| self.within(id, depth + 1));
            let idx = all.len();
            let other = || values.get(idx).map(Value::to_json);
            all.push(if all.contains(&sample) { other().unwrap_or_else(|| varied(sample, idx)) } else { sample });
        }
        Json::Array(all)
    }

    fn scalar(&self, view: &View<'_>, ty: Type) -> Json {
        match ty {
            Type::Null => Json::Null,
            Type::Boolean => (self.pick(2) == 0).into(),
            Type::Integer => self.number(view, ty).map_or_else(|| 1.into(), |it| integer(&it)),
            Type::Number => self.number(view, ty).map_or(Json::Null, |it| it.to_json()),
            Type::String => match self.chance.get() {
                None => scalars::string(view).into(),
                Some(_) => scalars::made_up(view, &mut |several| self.pick(several)).into(),
            },
            Type::Array => Json::Array(Vec::new()),
            Type::Object => Json::Object(Map::new()),
        }
    }

    fn number(&self, view: &View<'_>, ty: Type) -> Option<Value> {
        match self.chance.get() {
            None => scalars::number(view, ty),
            Some(_) => scalars::made_up_number(view, ty, &mut |several| self.pick(several)),
        }
    }

    /// Whether the property never travels in this direction.
    fn is_hidden(&self, id: SchemaId) -> bool {
        self.api.schemas.conjuncts(id).into_iter().any(|id| match self.direction {
            Direction::Request => self.api.schemas[id].annotations.read_only,
            Direction::Response => self.api.schemas[id].annotations.write_only,
        })
    }

    fn is_typed(&self, id: SchemaId) -> bool {
        self.api.schemas[id].types != Types::NONE
    }
}

/// The author's example: the schema's own, or that of the schema that it refers to.
fn own_example(schemas: &Schemas, id: SchemaId) -> Option<&Value> {
    let mut id = id;
    // A chain of references is finite: those that lead nowhere were reported when they were resolved.
    for _ in 0..DEEPEST {
        let schema = &schemas[id];
        if let Some(example) = schema.annotations.examples.first() {
            return Some(example);
        }
        id = alias(schemas, id)?;
    }
    None
}

/// Whether `null` is all that an enumeration has.
fn is_null_alone(values: &[Value]) -> bool {
    !values.is_empty() && values.iter().all(|it| *it == Value::Null)
}

/// The text of a string, and the JSON of anything else.
fn spelled(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
