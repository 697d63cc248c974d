//! Sample values: what an instance of a schema may look like, the author's own examples first.

use serde_json::{Map, Value as Json};

use super::view::{Category, View};
use crate::ir::{Api, Schema, SchemaId, Schemas, Type};
use crate::source::Value;

/// Below this depth, only what must be there is there.
const DEEP: usize = 6;
/// Below this depth nothing is; a schema that goes on has no finite instance, or one that nobody wants to read.
const DEEPEST: usize = 16;

/// In which direction the samples travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// To the server: without what only the server writes.
    Request,
    /// To the client: without what only the client writes.
    Response,
}

/// Makes samples.
pub(super) struct Sampler<'a> {
    api: &'a Api,
    direction: Direction,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(api: &'a Api, direction: Direction) -> Self {
        Self { api, direction }
    }

    /// The author's example of a parameter, header or body, else a sample of its schema.
    pub(super) fn of(&self, examples: &[Value], id: SchemaId) -> Json {
        examples.first().map_or_else(|| self.sample(id), Value::to_json)
    }

    /// A sample of a schema.
    pub(super) fn sample(&self, id: SchemaId) -> Json {
        self.within(id, 0)
    }

    fn within(&self, id: SchemaId, depth: usize) -> Json {
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
            let named = schema.discriminator.as_ref().and_then(|it| {
                let (value, _) = it.mapping.iter().find(|(_, target)| **target == branch)?;
                Some((it.property.clone(), value.as_str()))
            });
            members.extend(named.map(|(property, value)| (property, value.into())));
        }
        sample
    }

    fn object(&self, view: &View<'_>, depth: usize) -> Json {
        let required = view.required();
        let wanted = |name: &str| depth < DEEP || required.contains(name);
        let mut members = Map::new();
        for (name, ids) in view.properties() {
            if wanted(name) && !ids.iter().any(|id| self.is_hidden(*id)) {
                let best = ids.iter().find(|id| own_example(&self.api.schemas, **id).is_some()).unwrap_or(&ids[0]);
                members.insert(name.to_owned(), self.within(*best, depth + 1));
            }
        }
        let undeclared: Vec<_> = required.iter().filter(|name| !view.properties().contains_key(**name)).collect();
        let additional = view.schemas().find_map(|it| it.objects.additional);
        for name in undeclared {
            let sample = additional.map_or(Json::Null, |id| self.within(id, depth + 1));
            members.insert((*name).to_owned(), sample);
        }
        let is_map = members.is_empty() && view.schemas().all(|it| it.objects.property_names.is_none());
        if let Some(id) = additional.filter(|id| is_map && depth < DEEP && self.is_typed(*id)) {
            members.insert("example".to_owned(), self.within(id, depth + 1));
        }
        Json::Object(members)
    }

    fn array(&self, view: &View<'_>, depth: usize) -> Json {
        let mut all: Vec<Json> = Vec::new();
        let prefix = view.schemas().find(|it| !it.arrays.prefix_items.is_empty());
        all.extend(prefix.iter().flat_map(|it| &it.arrays.prefix_items).map(|id| self.within(*id, depth + 1)));
        let least = view.schemas().filter_map(|it| it.arrays.min_items).max().unwrap_or_default();
        let most = view.schemas().filter_map(|it| it.arrays.max_items).min().unwrap_or(u64::MAX);
        let wanted = least.max(u64::from(depth < DEEP)).min(most).min(64);
        let items = view.schemas().find_map(|it| it.arrays.items);
        while (all.len() as u64) < wanted {
            let sample = items.map_or(Json::Null, |id| self.within(id, depth + 1));
            let idx = all.len();
            all.push(if all.contains(&sample) { varied(sample, idx) } else { sample });
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
        self.api.schemas[id] != Schema::new(self.api.schemas[id].origin.clone())
            && self.api.schemas[id].types != crate::ir::Types::NONE
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
        Type::Integer => number(view).map_or(Json::Null, |it| super::view::whole(&it).map_or(1, |it| it).into()),
        Type::Number => number(view).map_or(Json::Null, |it| it.to_json()),
        Type::String => string(view).into(),
        Type::Array => Json::Array(Vec::new()),
        Type::Object => Json::Object(Map::new()),
    }
}

/// A number within its bounds: a bound, a multiple, or 1.
fn number(view: &View<'_>) -> Option<Value> {
    let parse = |text: &str| crate::source::Number::new(text).map(Value::Number);
    let all = |pick: fn(&crate::ir::Numbers) -> &Option<crate::source::Number>| {
        view.schemas().find_map(|it| pick(&it.numbers).clone())
    };
    let (least, most) = (all(|it| &it.minimum), all(|it| &it.maximum));
    let (above, below) = (all(|it| &it.exclusive_minimum), all(|it| &it.exclusive_maximum));
    if let Some(multiple) = all(|it| &it.multiple_of) {
        return Some(Value::Number(multiple));
    }
    let beyond = |bound: &crate::source::Number, step: f64| parse(&(bound.as_f64() + step).to_string());
    let fits = |value: f64| {
        least.as_ref().is_none_or(|it| value >= it.as_f64())
            && above.as_ref().is_none_or(|it| value > it.as_f64())
            && most.as_ref().is_none_or(|it| value <= it.as_f64())
            && below.as_ref().is_none_or(|it| value < it.as_f64())
    };
    if fits(1.0) {
        return parse("1");
    }
    let bound = least.or(most).map(Value::Number);
    bound.or_else(|| beyond(above.as_ref()?, 1.0)).or_else(|| beyond(below.as_ref()?, -1.0))
}

/// A text of the format, at most as long as allowed.
fn string(view: &View<'_>) -> String {
    let format = view.schemas().find_map(|it| it.format.as_deref()).unwrap_or_default();
    let text = match format {
        "date-time" => "2024-05-17T09:30:00Z",
        "date" => "2024-05-17",
        "time" => "09:30:00Z",
        "duration" => "PT15M",
        "uuid" => "7f3f1f5e-8a55-4b5c-9a39-3a4b1b0c2d11",
        "email" | "idn-email" => "jo@example.com",
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => "https://example.com/",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "ZXhhbXBsZQ==",
        "decimal" => "1.50",
        "json-pointer" | "relative-json-pointer" => "",
        "regex" => "^example$",
        _ => "example",
    };
    let least = view.schemas().filter_map(|it| it.strings.min_length).max().unwrap_or_default();
    let most = view.schemas().filter_map(|it| it.strings.max_length).min().unwrap_or(u64::MAX);
    let length = text.chars().count() as u64;
    // Nobody wants to read a sample of a million characters.
    let missing = usize::try_from(least.saturating_sub(length).min(4096)).unwrap_or_default();
    let kept = usize::try_from(most).unwrap_or(usize::MAX);
    text.chars().take(kept).chain(std::iter::repeat_n('x', missing)).collect()
}

/// Another value of the same kind, for arrays whose items differ.
fn varied(sample: Json, idx: usize) -> Json {
    match sample {
        Json::Number(it) => it.as_i64().map_or(Json::Number(it), |it| (it + i64::try_from(idx).unwrap_or(0)).into()),
        Json::String(it) => format!("{it}{idx}").into(),
        other => other,
    }
}
