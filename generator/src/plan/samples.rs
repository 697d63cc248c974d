//! Sample values: what an instance of a schema may look like, the author's own examples first.

use std::cell::Cell;

use indexmap::IndexMap;
use serde_json::{Map, Value as Json};

use super::types::Direction;
use super::view::{Category, View};
use super::{patterns, scalars};
use crate::ir::{Api, SchemaId, Schemas, Type, Types};
use crate::source::Value;

/// The schemas of an object's properties, by their names.
type Properties<'a> = IndexMap<&'a str, Vec<SchemaId>>;

/// Below this depth, only what must be there is there; in large samples that begins further up.
const DEEP: usize = 6;
/// More values than these are too many to read, so a sample of more has less of what may be left out.
const MANY: usize = 300;
/// A schema that needs more values than these has no finite instance, or one that nobody wants: its sample is `null`.
const MOST: usize = 5000;
/// Below this depth nothing is; a schema that goes on has no finite instance, or one that nobody wants to read.
const DEEPEST: usize = 16;

/// Makes samples: for a request without what only the server writes, for a response without what only the client does.
pub(super) struct Sampler<'a> {
    api: &'a Api,
    direction: Direction,
    /// The depth of the sample at hand below which only what must be there is there.
    deep: Cell<usize>,
    /// How many values the sample at hand may still have.
    left: Cell<usize>,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(api: &'a Api, direction: Direction) -> Self {
        Self { api, direction, deep: Cell::new(DEEP), left: Cell::new(MOST) }
    }

    /// The author's example of a parameter, header or body, else a sample of its schema.
    pub(super) fn of(&self, examples: &[Value], id: SchemaId) -> Json {
        examples.first().map_or_else(|| self.sample(id), Value::to_json)
    }

    /// A sample of a schema, as deep as it can be read: schemas that refer to themselves in several places have
    /// samples that grow with each level by that factor.
    pub(super) fn sample(&self, id: SchemaId) -> Json {
        let readable = (1..=DEEP).rev().find_map(|deep| self.attempt(id, deep, MANY));
        readable.or_else(|| self.attempt(id, 0, MOST)).unwrap_or_default()
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
        if let Some(example) = own_example(&self.api.schemas, id) {
            return example.to_json();
        }
        let view = View::new(self.api, id);
        let known = view.values.as_ref().and_then(|values| values.first());
        let default = view.schemas().find_map(|it| it.annotations.default.as_ref());
        if let Some(value) = known.or(default) {
            return value.to_json();
        }
        if depth > DEEPEST {
            return Json::Null;
        }
        match (view.category, view.single()) {
            (Category::Union, _) => self.union(&view, depth),
            (Category::Struct, _) | (_, Some(Type::Object)) => self.object(&view, depth),
            (_, Some(Type::Array)) => self.array(&view, depth),
            (_, Some(ty)) => scalar(&view, ty),
            _ => view.types.iter().find(|it| *it != Type::Null).map_or(Json::Null, |ty| scalar(&view, ty)),
        }
    }

    /// The first branch, with what stands beside the branches, and with the name by which the branch is told apart.
    fn union(&self, view: &View<'_>, depth: usize) -> Json {
        let branches = view.union().and_then(|it| Some((it, *it.one_of.iter().chain(&it.any_of).next()?)));
        let Some((schema, branch)) = branches else { return Json::Null };
        let mut sample = self.within(branch, depth + 1);
        if let Json::Object(members) = &mut sample {
            if let Json::Object(beside) = self.object(view, depth) {
                beside.into_iter().for_each(|(name, value)| {
                    members.entry(name).or_insert(value);
                });
            }
            // A branch is most often a reference to the schema that the mapping names.
            let behind = View::new(self.api, branch).conjuncts;
            let named = schema.discriminator.as_ref().and_then(|it| {
                let (value, _) = it.mapping.iter().find(|(_, target)| behind.contains(target))?;
                Some((it.property.clone(), value.as_str()))
            });
            members.extend(named.map(|(property, value)| (property, value.into())));
        }
        sample
    }

    fn object(&self, view: &View<'_>, depth: usize) -> Json {
        let (required, properties) = (view.required(), view.properties());
        let wanted = |name: &str| depth < self.deep.get() || required.contains(name);
        let mut members = Map::new();
        for (name, ids) in &properties {
            if wanted(name) && !ids.iter().any(|id| self.is_hidden(*id)) {
                let best = ids.iter().find(|id| own_example(&self.api.schemas, **id).is_some()).unwrap_or(&ids[0]);
                members.insert((*name).to_owned(), self.within(*best, depth + 1));
            }
        }
        let undeclared: Vec<_> = required.iter().filter(|name| !properties.contains_key(**name)).collect();
        let additional = view.schemas().find_map(|it| it.objects.additional);
        for name in undeclared {
            let sample = additional.map_or(Json::Null, |id| self.within(id, depth + 1));
            members.insert((*name).to_owned(), sample);
        }
        self.depend(view, &properties, &mut members, depth);
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
        let wanted = least.max(u64::from(depth < self.deep.get())).min(most).min(64);
        let items = view.schemas().find_map(|it| it.arrays.items);
        let values = items.and_then(|id| View::new(self.api, id).values).unwrap_or_default();
        while (all.len() as u64) < wanted {
            let sample = items.map_or(Json::Null, |id| self.within(id, depth + 1));
            let idx = all.len();
            let other = || values.get(idx).map(Value::to_json);
            all.push(if all.contains(&sample) { other().unwrap_or_else(|| varied(sample, idx)) } else { sample });
        }
        Json::Array(all)
    }

    /// Whether the property never travels in this direction.
    fn is_hidden(&self, id: SchemaId) -> bool {
        View::new(self.api, id).schemas().any(|it| match self.direction {
            Direction::Request => it.annotations.read_only,
            Direction::Response => it.annotations.write_only,
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
        id = super::view::alias(schemas, id)?;
    }
    None
}

fn scalar(view: &View<'_>, ty: Type) -> Json {
    match ty {
        Type::Null => Json::Null,
        Type::Boolean => true.into(),
        Type::Integer => scalars::number(view, ty).and_then(|it| super::view::whole(&it)).unwrap_or(1).into(),
        Type::Number => scalars::number(view, ty).map_or(Json::Null, |it| it.to_json()),
        Type::String => scalars::string(view).into(),
        Type::Array => Json::Array(Vec::new()),
        Type::Object => Json::Object(Map::new()),
    }
}

/// Another value of the same kind, for arrays whose items differ.
fn varied(sample: Json, idx: usize) -> Json {
    match sample {
        Json::Number(it) => it.as_i64().map_or(Json::Number(it), |it| (it + i64::try_from(idx).unwrap_or(0)).into()),
        Json::String(it) => format!("{it}{idx}").into(),
        Json::Bool(it) => (!it).into(),
        other => other,
    }
}
