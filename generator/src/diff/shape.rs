//! What a schema means, whichever way it is spelled.
//!
//! References, `allOf` and unions of one branch are followed, `null` is one bit, bounds are merged, and keywords that
//! no instance meets are dropped. So `nullable: true` and `type: [string, "null"]`, or a merged and a written-out
//! `allOf`, have the same shape. A shape is about one instance: what is inside it are further sets of schemas.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value as Json;

use super::rules::Direction;
use crate::ir::{Api, Assertions, Schema, SchemaId, Schemas, Type, Types};
use crate::source::{Number, Value};

/// The schemas that must all hold for an instance; without any, everything holds.
pub(super) type Node = Vec<SchemaId>;

/// References and nested `allOf` are followed this far; what is deeper leads in a circle.
const DEEPEST: usize = 64;

/// A bound of a number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bound {
    pub(super) number: Number,
    pub(super) exclusive: bool,
}

impl Bound {
    fn value(&self) -> f64 {
        self.number.as_f64()
    }
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Union {
    pub(super) one: bool,
    pub(super) branches: Vec<SchemaId>,
}

/// What a set of schemas means for an instance.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    pub(super) conjuncts: Vec<SchemaId>,
    pub(super) types: BTreeSet<Type>,
    pub(super) null: bool,
    pub(super) values: Option<Vec<Json>>,
    pub(super) lower: Option<Bound>,
    pub(super) upper: Option<Bound>,
    pub(super) multiples: BTreeSet<String>,
    pub(super) min_length: u64,
    pub(super) max_length: Option<u64>,
    pub(super) patterns: BTreeSet<String>,
    pub(super) formats: BTreeSet<String>,
    pub(super) content: BTreeSet<String>,
    pub(super) min_items: u64,
    pub(super) max_items: Option<u64>,
    pub(super) unique: bool,
    pub(super) contains: Vec<(SchemaId, u64, Option<u64>)>,
    pub(super) prefix: usize,
    pub(super) required: BTreeSet<String>,
    pub(super) min_properties: u64,
    pub(super) max_properties: Option<u64>,
    pub(super) properties: Vec<String>,
    pub(super) patterned: BTreeSet<String>,
    pub(super) dependent: BTreeMap<String, BTreeSet<String>>,
    pub(super) dependent_schemas: BTreeSet<String>,
    pub(super) unions: Vec<Union>,
    /// Unions of one branch, which is a conjunct too.
    pub(super) singles: Vec<Union>,
    pub(super) nots: Vec<SchemaId>,
    pub(super) conditionals: Vec<crate::ir::Conditional>,
    pub(super) discriminator: Option<(String, BTreeMap<String, SchemaId>)>,
    pub(super) known_values: BTreeSet<String>,
    pub(super) default: Option<Json>,
    pub(super) deprecated: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
}

/// The shapes of one document, each made once.
pub(super) struct Shapes<'a> {
    pub(super) api: &'a Api,
    made: RefCell<BTreeMap<Node, Rc<Shape>>>,
    hashes: RefCell<BTreeMap<(Node, usize), u64>>,
    nulls: RefCell<BTreeMap<SchemaId, bool>>,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self { api, made: RefCell::default(), hashes: RefCell::default(), nulls: RefCell::default() }
    }

    pub(super) fn of(&self, node: &[SchemaId]) -> Rc<Shape> {
        if let Some(shape) = self.made.borrow().get(node) {
            return Rc::clone(shape);
        }
        let shape = Rc::new(shape(&self.api.schemas, node, &self.nulls));
        self.made.borrow_mut().insert(node.to_vec(), Rc::clone(&shape));
        shape
    }

    pub(super) fn schema(&self, id: SchemaId) -> &'a Schema {
        &self.api.schemas[id]
    }

    fn conjuncts<'s>(&'s self, shape: &'s Shape) -> impl Iterator<Item = &'a Schema> + 's {
        shape.conjuncts.iter().map(|id| self.schema(*id))
    }

    /// The schemas of a property: those under its name, those under patterns that match it, and for each conjunct
    /// that knows neither, what it says of other properties.
    pub(super) fn property(&self, shape: &Shape, name: &str) -> Node {
        let mut node = Node::new();
        for schema in self.conjuncts(shape) {
            let objects = &schema.objects;
            let matching = objects.pattern_properties.iter().filter(|(pattern, _)| matches(pattern, name));
            let own: Vec<_> = objects.properties.get(name).into_iter().chain(matching.map(|(_, id)| id)).collect();
            if own.is_empty() {
                node.extend(objects.additional);
            }
            node.extend(own.into_iter().copied());
        }
        distinct(node)
    }

    /// The schemas of properties that nobody names.
    pub(super) fn rest(&self, shape: &Shape) -> Node {
        distinct(self.conjuncts(shape).filter_map(|it| it.objects.additional).collect())
    }

    pub(super) fn pattern_property(&self, shape: &Shape, pattern: &str) -> Node {
        distinct(self.conjuncts(shape).filter_map(|it| it.objects.pattern_properties.get(pattern).copied()).collect())
    }

    pub(super) fn dependent_schema(&self, shape: &Shape, name: &str) -> Node {
        distinct(self.conjuncts(shape).filter_map(|it| it.objects.dependent_schemas.get(name).copied()).collect())
    }

    pub(super) fn property_names(&self, shape: &Shape) -> Node {
        distinct(self.conjuncts(shape).filter_map(|it| it.objects.property_names).collect())
    }

    pub(super) fn unevaluated_properties(&self, shape: &Shape) -> Node {
        distinct(self.conjuncts(shape).filter_map(|it| it.objects.unevaluated_properties).collect())
    }

    pub(super) fn unevaluated_items(&self, shape: &Shape) -> Node {
        distinct(self.conjuncts(shape).filter_map(|it| it.arrays.unevaluated_items).collect())
    }

    /// The schemas of the item at a position; behind all prefixes, those of every further item.
    pub(super) fn item(&self, shape: &Shape, position: usize) -> Node {
        let at = |it: &'a Schema| it.arrays.prefix_items.get(position).copied().or(it.arrays.items);
        distinct(self.conjuncts(shape).filter_map(at).collect())
    }

    /// Whether a set of schemas has no instance at all.
    pub(super) fn is_never(&self, node: &[SchemaId]) -> bool {
        let shape = self.of(node);
        shape.types.is_empty() && !shape.null
    }

    /// Whether a property never travels in a direction.
    pub(super) fn is_hidden(&self, node: &[SchemaId], direction: Direction) -> bool {
        let shape = self.of(node);
        match direction {
            Direction::Request => shape.read_only,
            Direction::Response => shape.write_only,
            Direction::Unused => false,
        }
    }

    /// The component that a set of schemas is, where it is one and nothing else.
    pub(super) fn component(&self, node: &[SchemaId]) -> Option<String> {
        let [only] = node else { return None };
        let mut id = *only;
        for _ in 0..DEEPEST {
            let schema = self.schema(id);
            if let Some(name) = component_name(schema) {
                return Some(name);
            }
            id = schema.reference?;
        }
        None
    }

    /// A number that schemas of the same meaning have in common, as far down as a few levels.
    pub(super) fn hash(&self, node: &[SchemaId], depth: usize) -> u64 {
        let key = (node.to_vec(), depth);
        if let Some(hash) = self.hashes.borrow().get(&key) {
            return *hash;
        }
        let hash = self.hashed(node, depth);
        self.hashes.borrow_mut().insert(key, hash);
        hash
    }

    fn hashed(&self, node: &[SchemaId], depth: usize) -> u64 {
        let shape = self.of(node);
        let mut text = shape.local();
        if let Some(depth) = depth.checked_sub(1) {
            let mut add = |name: &str, node: &[SchemaId]| text += &format!("|{name}={:x}", self.hash(node, depth));
            let mut names = shape.properties.clone();
            names.sort_unstable();
            names.iter().for_each(|name| add(name, &self.property(&shape, name)));
            add("rest", &self.rest(&shape));
            (0..=shape.prefix).for_each(|idx| add("item", &self.item(&shape, idx)));
            shape.nots.iter().for_each(|id| add("not", &[*id]));
            for union in &shape.unions {
                let mut branches: Vec<_> = union.branches.iter().map(|id| self.hash(&[*id], depth)).collect();
                branches.sort_unstable();
                text += &format!("|{}{branches:x?}", union.one);
            }
        }
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}

impl Shape {
    /// Everything but what is inside, as text.
    fn local(&self) -> String {
        let bound = |it: &Option<Bound>| it.as_ref().map(|it| format!("{}{}", it.number.as_f64(), it.exclusive));
        let mut values: Option<Vec<_>> = self.values.as_ref().map(|all| all.iter().map(Json::to_string).collect());
        values.iter_mut().for_each(|it| it.sort_unstable());
        format!(
            "{:?}{}{values:?}{:?}{:?}{:?}{}{:?}{:?}{:?}{}{:?}{}{:?}{}{:?}{:?}{:?}",
            self.types,
            self.null,
            bound(&self.lower),
            bound(&self.upper),
            self.multiples,
            self.min_length,
            self.max_length,
            self.patterns,
            self.formats,
            self.min_items,
            self.max_items,
            self.unique,
            self.required,
            self.min_properties,
            self.max_properties,
            self.dependent,
            self.content,
        )
    }

    /// Whether it says nothing but which union an instance belongs to.
    pub(super) fn is_bare_union(&self) -> bool {
        self.unions.len() == 1 && self.types.len() == Type::ALL.len() - 1 && {
            let blank = Self { types: self.types.clone(), null: self.null, ..Self::default() };
            blank.local() == self.local() && self.is_blank_inside()
        }
    }

    /// Whether nothing is said of what is inside.
    fn is_blank_inside(&self) -> bool {
        self.properties.is_empty()
            && self.patterned.is_empty()
            && self.nots.is_empty()
            && self.conditionals.is_empty()
            && self.contains.is_empty()
            && self.prefix == 0
    }
}

/// The name of a schema that stands in `components.schemas`.
pub(super) fn component_name(schema: &Schema) -> Option<String> {
    let pointer = &schema.origin.pointer;
    let rest = pointer.as_str().strip_prefix("/components/schemas/")?;
    if rest.contains('/') || schema.origin.file.0 != 0 { None } else { pointer.last() }
}

fn matches(pattern: &str, name: &str) -> bool {
    // A pattern that cannot be compiled was reported; what it matches is unknown, so it counts as matching.
    crate::pattern::compile(pattern).map_or(true, |engine| engine.is_match(name))
}

fn distinct(mut node: Node) -> Node {
    node.sort_unstable();
    node.dedup();
    node
}

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
        for (one, branches) in [(true, &schema.one_of), (false, &schema.any_of)] {
            let left: Vec<_> = branches.iter().copied().filter(|id| !is_null_only(schemas, *id)).collect();
            match left.as_slice() {
                _ if branches.is_empty() => {}
                [only] => {
                    pending.push(*only);
                    singles.push(Union { one, branches: left });
                }
                _ => unions.push(Union { one, branches: left }),
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

fn shape(schemas: &Schemas, node: &[SchemaId], nulls: &RefCell<BTreeMap<SchemaId, bool>>) -> Shape {
    let (conjuncts, unions, singles) = spread(schemas, node);
    let mut shape = Shape { null: node.iter().all(|id| accepts_null(schemas, *id, 0, nulls)), ..Shape::default() };
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
        match listed(schemas, &union) {
            Some(values) => keep_values(&mut shape, values),
            None => shape.unions.push(union),
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

fn keep_values(shape: &mut Shape, values: Vec<Json>) {
    shape.values = Some(match shape.values.take() {
        Some(before) => before.into_iter().filter(|it| values.contains(it)).collect(),
        None => values,
    });
}

fn add_values(shape: &mut Shape, schema: &Schema) {
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

fn add_scalars(shape: &mut Shape, schema: &Schema) {
    let numbers = &schema.numbers;
    let bound = |number: &Option<Number>, exclusive: bool| number.clone().map(|number| Bound { number, exclusive });
    for new in [bound(&numbers.minimum, false), bound(&numbers.exclusive_minimum, true)].into_iter().flatten() {
        let higher = |old: &Bound| {
            new.value() > old.value() || (new.value() - old.value()).abs() < f64::EPSILON && new.exclusive
        };
        if shape.lower.as_ref().is_none_or(higher) {
            shape.lower = Some(new);
        }
    }
    for new in [bound(&numbers.maximum, false), bound(&numbers.exclusive_maximum, true)].into_iter().flatten() {
        let lower = |old: &Bound| {
            new.value() < old.value() || (new.value() - old.value()).abs() < f64::EPSILON && new.exclusive
        };
        if shape.upper.as_ref().is_none_or(lower) {
            shape.upper = Some(new);
        }
    }
    shape.multiples.extend(numbers.multiple_of.as_ref().map(|it| it.as_f64().to_string()));
    let strings = &schema.strings;
    shape.min_length = shape.min_length.max(strings.min_length.unwrap_or_default());
    shape.max_length = least(shape.max_length, strings.max_length);
    shape.patterns.extend(strings.pattern.clone().filter(|it| !it.is_empty()));
    shape.formats.extend(schema.format.clone());
    let annotations = &schema.annotations;
    shape.content.extend(annotations.content_encoding.as_ref().map(|it| format!("contentEncoding {it}")));
    shape.content.extend(annotations.content_media_type.as_ref().map(|it| format!("contentMediaType {it}")));
}

fn add_arrays(shape: &mut Shape, schema: &Schema) {
    let arrays = &schema.arrays;
    shape.min_items = shape.min_items.max(arrays.min_items.unwrap_or_default());
    shape.max_items = least(shape.max_items, arrays.max_items);
    shape.unique |= arrays.unique_items;
    shape.prefix = shape.prefix.max(arrays.prefix_items.len());
    shape.contains.extend(arrays.contains.as_ref().map(|it| (it.schema, it.min.unwrap_or(1), it.max)));
}

fn add_objects(shape: &mut Shape, schema: &Schema) {
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

fn add_rest(shape: &mut Shape, schema: &Schema) {
    shape.nots.extend(schema.not);
    shape.conditionals.extend(schema.conditional.clone());
    if let Some(it) = &schema.discriminator {
        shape.discriminator = Some((it.property.clone(), it.mapping.clone().into_iter().collect()));
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
fn settle(shape: &mut Shape) {
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
