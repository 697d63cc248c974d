//! Instances of a schema, small ones: those that may show a change.

use serde_json::{Map, Value as Json};

use super::shape::{Merged, Shapes};
use crate::ir::{SchemaId, Type};

/// Below this depth nothing is made; a schema that goes on has no small instance.
const DEEPEST: usize = 8;
/// Longer texts and arrays are no small instances.
const LONGEST: u64 = 2_000;
/// No instance has more values.
const MOST: usize = 2_000;

/// A small instance: what must be there, and nothing else.
pub(super) fn sample(shapes: &Shapes<'_>, node: &[SchemaId]) -> Option<Json> {
    Maker { shapes, variant: 0, full: Fullness::Least, left: MOST }.make(node, 0)
}

/// Several instances: small and large ones, with other branches, values and bounds.
pub(super) fn samples(shapes: &Shapes<'_>, node: &[SchemaId]) -> Vec<Json> {
    let mut all = Vec::new();
    for variant in 0..4 {
        for full in [Fullness::Least, Fullness::Most] {
            let made = Maker { shapes, variant, full, left: MOST }.make(node, 0);
            all.extend(made.filter(|it| !all.contains(it)));
        }
    }
    all
}

/// Whether what may be left out is there.
#[derive(Clone, Copy, PartialEq)]
enum Fullness {
    Least,
    Most,
}

struct Maker<'a, 's> {
    shapes: &'s Shapes<'a>,
    variant: usize,
    full: Fullness,
    left: usize,
}

impl Maker<'_, '_> {
    fn make(&mut self, node: &[SchemaId], depth: usize) -> Option<Json> {
        self.left = self.left.checked_sub(1)?;
        if depth > DEEPEST {
            return None;
        }
        let shape = self.shapes.shape(node);
        if let Some(values) = &shape.values {
            return values.get(self.variant % values.len().max(1)).cloned().or(shape.null.then_some(Json::Null));
        }
        if let Some(union) = shape.unions.first() {
            let branch = *union.branches.get(self.variant % union.branches.len().max(1))?;
            return self.branch(&shape, branch, depth);
        }
        let types: Vec<Type> = shape.types.iter().copied().collect();
        let wanted = [Type::Object, Type::String, Type::Integer, Type::Number, Type::Array, Type::Boolean];
        let named = !shape.properties.is_empty() || !shape.required.is_empty();
        let order: Vec<_> = wanted.into_iter().filter(|ty| types.contains(ty)).collect();
        let ty = if named { order.first() } else { order.get(self.variant % order.len().max(1)) };
        match ty {
            Some(Type::Object) => self.object(&shape, depth),
            Some(Type::Array) => self.array(&shape, depth),
            Some(Type::String) => string(&shape, self.variant),
            Some(Type::Integer | Type::Number) => Some(self.number(&shape)),
            Some(Type::Boolean) => Some(self.variant.is_multiple_of(2).into()),
            Some(Type::Null) | None => shape.null.then_some(Json::Null),
        }
    }

    /// A branch of a union, with what stands beside the union.
    fn branch(&mut self, shape: &Merged, branch: SchemaId, depth: usize) -> Option<Json> {
        let mut made = self.make(&[branch], depth + 1)?;
        if let Json::Object(members) = &mut made {
            if shape.types.contains(&Type::Object)
                && let Some(Json::Object(beside)) = self.object(shape, depth)
            {
                for (name, value) in beside {
                    members.entry(name).or_insert(value);
                }
            }
            if let Some((property, mapping, _)) = &shape.discriminator {
                let component = self.shapes.component(&[branch]);
                let tag = mapping.iter().find(|(_, id)| self.shapes.component(&[**id]) == component);
                members.extend(tag.map(|(tag, _)| (property.clone(), Json::from(tag.as_str()))));
            }
        }
        Some(made)
    }

    fn object(&mut self, shape: &Merged, depth: usize) -> Option<Json> {
        let mut members = Map::new();
        let undeclared = shape.required.iter().filter(|name| !shape.properties.contains(name));
        let names: Vec<_> = shape.properties.iter().chain(undeclared).collect();
        for name in names {
            let required = shape.required.contains(name);
            let wanted = self.full == Fullness::Most && depth < 3;
            if required || wanted {
                match self.make(&self.shapes.property(shape, name), depth + 1) {
                    Some(value) => drop(members.insert(name.clone(), value)),
                    None if required => return None,
                    None => {}
                }
            }
        }
        let missing = shape.min_properties.min(LONGEST).saturating_sub(members.len() as u64);
        for idx in 0..missing {
            let value = self.make(&self.shapes.rest(shape), depth + 1)?;
            members.insert(format!("key{idx}"), value);
        }
        Some(Json::Object(members))
    }

    fn array(&mut self, shape: &Merged, depth: usize) -> Option<Json> {
        let wanted =
            shape.min_items.max(u64::from(self.full == Fullness::Most)).min(shape.max_items.unwrap_or(LONGEST));
        if wanted > LONGEST {
            return None;
        }
        let mut all = Vec::new();
        let before = self.variant;
        for idx in 0..usize::try_from(wanted).unwrap_or_default() {
            self.variant = if shape.unique { idx } else { before };
            let item = self.make(&self.shapes.item(shape, idx), depth + 1);
            self.variant = before;
            all.push(item?);
        }
        for (id, least, _) in shape.contains.clone() {
            for _ in 0..least.min(16) {
                all.push(self.make(&[id], depth + 1)?);
            }
        }
        Some(Json::Array(all))
    }

    fn number(&self, shape: &Merged) -> Json {
        let low = shape.lower.as_ref().map(|it| it.number.as_f64() + f64::from(u8::from(it.exclusive)));
        let high = shape.upper.as_ref().map(|it| it.number.as_f64() - f64::from(u8::from(it.exclusive)));
        let step = shape.multiples.iter().filter_map(|it| it.parse::<f64>().ok()).fold(0.0, f64::max);
        let value = match (low, high, self.variant) {
            (Some(low), _, 0) | (Some(low), None, _) => low,
            (Some(low), Some(high), 1) => f64::midpoint(low, high),
            (_, Some(high), _) => high,
            (None, None, variant) => [1.0, 0.0, -1.0, 1_000_000.0].get(variant).copied().unwrap_or(1.0),
        };
        let value = if step > 0.0 { (value / step).ceil() * step } else { value };
        let whole = !shape.types.contains(&Type::Number);
        whole_or_not(if whole { value.ceil() } else { value })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "only whole numbers within 2^53 are converted")]
fn whole_or_not(value: f64) -> Json {
    if value.fract() == 0.0 && value.abs() < 9e15 { (value as i64).into() } else { value.into() }
}

fn string(shape: &Merged, variant: usize) -> Option<Json> {
    let formatted = shape.formats.iter().find_map(|it| formatted(it));
    if let Some(text) = formatted {
        return Some(text.into());
    }
    let most = shape.max_length.unwrap_or(u64::MAX);
    if shape.min_length > LONGEST {
        return None;
    }
    let patterns: Vec<&str> = shape.patterns.iter().map(String::as_str).collect();
    let (least, most) = (usize::try_from(shape.min_length).ok()?, usize::try_from(most).unwrap_or(usize::MAX));
    if patterns.is_empty() {
        let word = ["text", "", "Text 2", "x"].get(variant).copied().unwrap_or("text");
        let missing = least.saturating_sub(word.chars().count());
        let made: String = word.chars().chain(std::iter::repeat_n('x', missing)).take(most).collect();
        return Some(made.into());
    }
    crate::samples::matching_text(&patterns, least..=most, "text").map(Json::from)
}

/// A text of a format.
fn formatted(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2024-05-17T08:30:00Z",
        "date" => "2024-05-17",
        "time" => "08:30:00Z",
        "duration" => "PT1H",
        "uuid" => "6d0c3f5e-8f0a-4a7c-9c1c-1c1f6f0d2b11",
        "email" => "someone@example.com",
        "uri" => "https://example.com/a",
        "uri-reference" => "/a",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "YQ==",
        _ => return None,
    })
}
