//! From schemas to a shape: everything that must hold for the same instance, taken together.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::numbers::{self, Edge, End, Looked};
use super::shape::{Bound, DEEPEST, Merged, Union};
use crate::ir::{Assertions, Schema, SchemaId, Schemas, Type, Types};
use crate::source::{Number, Value};

/// Patterns that every text follows.
const EVERY_TEXT: [&str; 6] = ["", ".*", "^", "$", "^.*", ".*$"];

/// Whether `null` is an instance.
fn accepts_null(schemas: &Schemas, id: SchemaId, depth: usize, known: &RefCell<BTreeMap<SchemaId, bool>>) -> bool {
    if depth > DEEPEST {
        return true;
    }
    if let Some(known) = known.borrow().get(&id) {
        return *known;
    }
    // Until it is known: what leads back to itself adds nothing.
    known.borrow_mut().insert(id, true);
    let schema = &schemas[id];
    if schema.or_null {
        return true;
    }
    let accepts = |id: &SchemaId| accepts_null(schemas, *id, depth + 1, known);
    let listed = schema.enumeration.as_ref().is_none_or(|it| it.contains(&Value::Null));
    let accepted = schema.types.contains(Type::Null)
        && listed
        && schema.constant.as_ref().is_none_or(|it| *it == Value::Null)
        && schema.reference.iter().all(accepts)
        && schema.all_of.iter().all(accepts)
        && (schema.any_of.is_empty() || schema.any_of.iter().any(accepts))
        && (schema.one_of.is_empty() || schema.one_of.iter().filter(|id| accepts(id)).count() == 1)
        && schema.not.iter().all(|id| !accepts(id));
    known.borrow_mut().insert(id, accepted);
    accepted
}

/// Whether nothing but `null` can be an instance.
fn is_null_only(schemas: &Schemas, id: SchemaId) -> bool {
    let mut id = id;
    for _ in 0..DEEPEST {
        let schema = &schemas[id];
        let values = schema.enumeration.as_ref().is_some_and(|all| all.iter().all(|it| *it == Value::Null));
        if schema.types.without(Type::Null) == Types::NONE || values || schema.constant == Some(Value::Null) {
            return true;
        }
        match schema.reference {
            Some(target) => id = target,
            None => return false,
        }
    }
    false
}

/// The conjuncts of a set, without `null`: what stands behind references, in `allOf`, and in unions of one branch.
fn spread(schemas: &Schemas, node: &[SchemaId]) -> (Vec<SchemaId>, Vec<Union>, Vec<Union>) {
    let mut conjuncts = Vec::new();
    let mut seen = BTreeSet::new();
    let (mut unions, mut singles) = (Vec::new(), Vec::new());
    let mut pending: Vec<SchemaId> = node.iter().rev().copied().collect();
    while let Some(id) = pending.pop() {
        if !seen.insert(id) {
            continue;
        }
        let schema = &schemas[id];
        conjuncts.push(id);
        pending.extend(schema.all_of.iter().rev());
        pending.extend(schema.reference);
        let tagged = schema.discriminator.is_some();
        for (one, branches) in [(true, &schema.one_of), (false, &schema.any_of)] {
            let left: Vec<_> = branches.iter().copied().filter(|id| !is_null_only(schemas, *id)).collect();
            match left.as_slice() {
                _ if branches.is_empty() => {}
                [only] => {
                    pending.push(*only);
                    singles.push(Union { one, tagged, branches: left });
                }
                _ => unions.push(Union { one, tagged, branches: left }),
            }
        }
    }
    (conjuncts, unions, singles)
}

/// The values of a union whose branches are lists of values and nothing else.
fn listed(schemas: &Schemas, union: &Union) -> Option<Vec<Json>> {
    let mut all: Vec<Json> = Vec::new();
    for id in &union.branches {
        let schema = &schemas[*id];
        let blank = Assertions {
            types: schema.types,
            enumeration: schema.enumeration.clone(),
            constant: schema.constant.clone(),
            ..Assertions::default()
        };
        if blank != schema.assertions {
            return None;
        }
        let values = schema.constant.as_ref().map(std::slice::from_ref).or(schema.enumeration.as_deref())?;
        for value in values {
            let allowed = types_of(value).iter().any(|ty| schema.types.contains(*ty));
            let value = value.to_json();
            if !allowed || all.contains(&value) {
                return None;
            }
            all.push(value);
        }
    }
    Some(all)
}

/// The types of a union whose branches are of one type each, no two alike, with nothing but bounds for its instances:
/// the same as a list of types with the bounds of all. Those branches come with them.
fn typed(schemas: &Schemas, union: &Union, depth: usize) -> Option<(Types, Vec<SchemaId>)> {
    let mut all = Types::NONE;
    let mut branches = Vec::new();
    for id in &union.branches {
        let schema = &schemas[*id];
        let (types, inner) = match nested(schemas, schema).filter(|_| depth < DEEPEST) {
            Some(union) => typed(schemas, &union, depth + 1)?,
            None => (widened(single(schema)?), vec![*id]),
        };
        if all.and(types) != Types::NONE {
            return None;
        }
        all = types.iter().fold(all, Types::with);
        branches.extend(inner);
    }
    Some((all, branches))
}

/// The type of a schema that says nothing but that and bounds.
fn single(schema: &Schema) -> Option<Types> {
    let types = schema.types.without(Type::Null);
    let mut bounds = Assertions { types: schema.types, ..Assertions::default() };
    match types.single()? {
        Type::String => bounds.strings = schema.strings.clone(),
        Type::Integer | Type::Number => bounds.numbers = schema.numbers.clone(),
        _ => {}
    }
    (bounds == schema.assertions).then_some(types)
}

/// The union that a branch is and nothing else, where `null` is none of its branches.
fn nested(schemas: &Schemas, schema: &Schema) -> Option<Union> {
    let (one_of, any_of) = (&schema.one_of, &schema.any_of);
    let bare = Assertions { one_of: one_of.clone(), any_of: any_of.clone(), ..Assertions::default() };
    let branches = if any_of.is_empty() { one_of } else { any_of };
    let is_one = one_of.is_empty() != any_of.is_empty() && bare == schema.assertions;
    let is_told = is_one && !branches.iter().any(|id| is_null_only(schemas, *id));
    is_told.then(|| Union { one: any_of.is_empty(), tagged: false, branches: branches.clone() })
}

fn types_of(value: &Value) -> Vec<Type> {
    match value {
        Value::Null => vec![Type::Null],
        Value::Bool(_) => vec![Type::Boolean],
        Value::Number(it) if it.as_i128().is_some() => vec![Type::Integer, Type::Number],
        Value::Number(_) => vec![Type::Number],
        Value::String(_) => vec![Type::String],
        Value::Array(_) => vec![Type::Array],
        Value::Object(_) => vec![Type::Object],
    }
}

pub(super) fn shape(schemas: &Schemas, node: &[SchemaId], nulls: &RefCell<BTreeMap<SchemaId, bool>>) -> Merged {
    let (conjuncts, unions, singles) = spread(schemas, node);
    let mut shape = Merged { null: node.iter().all(|id| accepts_null(schemas, *id, 0, nulls)), ..Merged::default() };
    let mut types = Types::ALL;
    for id in &conjuncts {
        let schema = &schemas[*id];
        types = types.and(widened(schema.types));
        add_values(&mut shape, schema);
        add_scalars(&mut shape, schema);
        add_arrays(&mut shape, schema);
        add_objects(&mut shape, schema);
        add_rest(&mut shape, schema);
    }
    for union in unions {
        if let Some(values) = listed(schemas, &union) {
            keep_values(&mut shape, values);
        } else if let Some((all, branches)) = typed(schemas, &union, 0) {
            types = types.and(all);
            for id in &branches {
                add_scalars(&mut shape, &schemas[*id]);
            }
            shape.typed = Some(Union { branches, ..union });
        } else {
            shape.unions.push(union);
        }
    }
    shape.types = types.without(Type::Null).iter().collect();
    if let Some(values) = &mut shape.values {
        values.retain(|it| !it.is_null());
    }
    shape.conjuncts = conjuncts;
    shape.singles = singles;
    settle(&mut shape);
    shape
}

/// Every integer is a number.
fn widened(types: Types) -> Types {
    if types.contains(Type::Number) { types.with(Type::Integer) } else { types }
}

fn keep_values(shape: &mut Merged, values: Vec<Json>) {
    shape.values = Some(match shape.values.take() {
        Some(before) => before.into_iter().filter(|it| values.contains(it)).collect(),
        None => values,
    });
}

fn add_values(shape: &mut Merged, schema: &Schema) {
    if let Some(values) = &schema.enumeration {
        keep_values(shape, values.iter().map(canonical).collect());
    }
    if let Some(value) = &schema.constant {
        keep_values(shape, vec![canonical(value)]);
    }
}

/// `1.0` is 1.
fn canonical(value: &Value) -> Json {
    match value {
        Value::Number(it) => {
            it.as_i128().and_then(|it| i64::try_from(it).ok()).map_or_else(|| value.to_json(), Json::from)
        }
        other => other.to_json(),
    }
}

fn add_scalars(shape: &mut Merged, schema: &Schema) {
    let numbers = &schema.numbers;
    let bound = |number: &Option<Number>, exclusive: bool| number.clone().map(|number| Bound { number, exclusive });
    let lower = [bound(&numbers.minimum, false), bound(&numbers.exclusive_minimum, true)];
    lower.into_iter().flatten().for_each(|it| tighten(&mut shape.lower, it, End::Lower));
    let upper = [bound(&numbers.maximum, false), bound(&numbers.exclusive_maximum, true)];
    upper.into_iter().flatten().for_each(|it| tighten(&mut shape.upper, it, End::Upper));
    shape.multiples.extend(numbers.multiple_of.as_ref().map(|it| it.as_f64().to_string()));
    let strings = &schema.strings;
    shape.min_length = shape.min_length.max(strings.min_length.unwrap_or_default());
    shape.max_length = least(shape.max_length, strings.max_length);
    shape.patterns.extend(strings.pattern.clone().filter(|it| !EVERY_TEXT.contains(&it.as_str())));
    shape.formats.extend(schema.format.clone());
    let annotations = &schema.annotations;
    shape.content.extend(annotations.content_encoding.as_ref().map(|it| format!("contentEncoding {it}")));
    shape.content.extend(annotations.content_media_type.as_ref().map(|it| format!("contentMediaType {it}")));
}

pub(super) fn tighten(known: &mut Option<Bound>, new: Bound, end: End) {
    let edge = |it: &Bound| Edge::new(it, end, Looked::Any);
    if known.as_ref().is_none_or(|known| edge(&new).stricter(&edge(known)).is_gt()) {
        *known = Some(new);
    }
}

fn add_arrays(shape: &mut Merged, schema: &Schema) {
    let arrays = &schema.arrays;
    shape.min_items = shape.min_items.max(arrays.min_items.unwrap_or_default());
    shape.max_items = least(shape.max_items, arrays.max_items);
    shape.unique |= arrays.unique_items;
    shape.prefix = shape.prefix.max(arrays.prefix_items.len());
    shape.contains.extend(arrays.contains.as_ref().map(|it| (it.schema, it.min.unwrap_or(1), it.max)));
}

fn add_objects(shape: &mut Merged, schema: &Schema) {
    let objects = &schema.objects;
    shape.required.extend(objects.required.iter().cloned());
    shape.min_properties = shape.min_properties.max(objects.min_properties.unwrap_or_default());
    shape.max_properties = least(shape.max_properties, objects.max_properties);
    for name in objects.properties.keys() {
        if !shape.properties.contains(name) {
            shape.properties.push(name.clone());
        }
    }
    shape.patterned.extend(objects.pattern_properties.keys().cloned());
    shape.dependent_schemas.extend(objects.dependent_schemas.keys().cloned());
    for (name, needed) in objects.dependent_required.iter().filter(|(_, needed)| !needed.is_empty()) {
        shape.dependent.entry(name.clone()).or_default().extend(needed.iter().cloned());
    }
}

fn add_rest(shape: &mut Merged, schema: &Schema) {
    shape.says_nullable |= schema.or_null;
    shape.nots.extend(schema.not);
    shape.conditionals.extend(schema.conditional.clone());
    if let Some(it) = &schema.discriminator {
        shape.discriminator = Some((it.property.clone(), it.mapping.clone().into_iter().collect(), it.default));
    }
    shape.known_values.extend(schema.extensions.known_values.iter().flatten().cloned());
    let annotations = &schema.annotations;
    if shape.default.is_none() {
        shape.default = annotations.default.as_ref().map(Value::to_json);
    }
    shape.deprecated |= annotations.deprecated;
    shape.read_only |= annotations.read_only;
    shape.write_only |= annotations.write_only;
}

fn least(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

/// Drops what no instance meets.
fn settle(shape: &mut Merged) {
    let types = &shape.types;
    if let Some(values) = &mut shape.values {
        values.retain(|it| json_types(it).iter().any(|ty| types.contains(ty)));
        shape.types = values.iter().flat_map(|it| json_types(it)).copied().filter(|it| types.contains(it)).collect();
        if shape.types.contains(&Type::Number) {
            shape.types.insert(Type::Integer);
        }
    }
    let has = |ty: Type| shape.types.contains(&ty);
    let (numeric, text, array, object) =
        (has(Type::Integer) || has(Type::Number), has(Type::String), has(Type::Array), has(Type::Object));
    if !numeric {
        (shape.lower, shape.upper) = (None, None);
        shape.multiples.clear();
    }
    if !text {
        (shape.min_length, shape.max_length) = (0, None);
        shape.patterns.clear();
        shape.content.clear();
    }
    if !text && !numeric {
        shape.formats.clear();
    }
    // Listed values are in the ranges of their formats, or the formats say more.
    if let Some(values) = &shape.values {
        shape.formats.retain(|it| !numbers::is_range_of(it, values));
    }
    if !array {
        (shape.min_items, shape.max_items, shape.unique, shape.prefix) = (0, None, false, 0);
        shape.contains.clear();
    }
    if !object {
        (shape.min_properties, shape.max_properties) = (0, None);
        shape.required.clear();
        shape.properties.clear();
        shape.patterned.clear();
        shape.dependent.clear();
        shape.dependent_schemas.clear();
    }
    // A list of both truths says no more than the type.
    let both = |values: &Vec<Json>| values.len() == 2 && values.iter().all(Json::is_boolean) && values[0] != values[1];
    if shape.values.as_ref().is_some_and(both) {
        shape.values = None;
    }
}

fn json_types(value: &Json) -> &'static [Type] {
    match value {
        Json::Null => &[Type::Null],
        Json::Bool(_) => &[Type::Boolean],
        Json::Number(it) if it.is_i64() || it.is_u64() => &[Type::Integer, Type::Number],
        Json::Number(_) => &[Type::Number],
        Json::String(_) => &[Type::String],
        Json::Array(_) => &[Type::Array],
        Json::Object(_) => &[Type::Object],
    }
}
