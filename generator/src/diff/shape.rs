//! What a schema means, whichever way it is spelled.
//!
//! References, `allOf` and unions of one branch are followed, `null` is one bit, bounds are merged, and keywords that
//! no instance meets are dropped. So `nullable: true` and `type: [string, "null"]`, or a merged and a written-out
//! `allOf`, have the same shape. A shape is about one instance: what is inside it are further sets of schemas.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::rc::Rc;

use serde_json::Value as Json;

use super::merge;
use super::numbers::{Edge, End, Looked};
use super::rules::Travel;
use crate::ir::{Api, Assertions, Schema, SchemaId, Type};
use crate::source::Number;

/// The schemas that must all hold for an instance; without any, everything holds.
pub(super) type Node = Vec<SchemaId>;

/// References and nested `allOf` are followed this far; what is deeper leads in a circle.
pub(super) const DEEPEST: usize = 64;

/// A bound of a number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bound {
    pub(super) number: Number,
    pub(super) exclusive: bool,
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Union {
    pub(super) one: bool,
    /// Whether a `discriminator` says which branch it is, so that no two hold at once.
    pub(super) tagged: bool,
    pub(super) branches: Vec<SchemaId>,
}

/// What a set of schemas means for an instance.
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of its own")]
#[derive(Debug, Clone, Default)]
pub(super) struct Merged {
    pub(super) conjuncts: Vec<SchemaId>,
    pub(super) types: BTreeSet<Type>,
    pub(super) null: bool,
    /// Whether `null` is one by the keyword `nullable`, beside a reference or a composition.
    pub(super) says_nullable: bool,
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
    /// A union that is the same as a list of types.
    pub(super) typed: Option<Union>,
    pub(super) nots: Vec<SchemaId>,
    pub(super) conditionals: Vec<crate::ir::Conditional>,
    pub(super) discriminator: Option<(String, BTreeMap<String, SchemaId>, Option<SchemaId>)>,
    pub(super) known_values: BTreeSet<String>,
    pub(super) default: Option<Json>,
    pub(super) deprecated: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
}

/// The shapes of one document, each made once.
pub(super) struct Shapes<'a> {
    pub(super) api: &'a Api,
    made: RefCell<BTreeMap<Node, Rc<Merged>>>,
    hashes: RefCell<BTreeMap<(Node, usize), u64>>,
    nulls: RefCell<BTreeMap<SchemaId, bool>>,
    /// How many more comparisons are made only to know whether one schema lies within another one.
    left: Cell<usize>,
}

/// As many comparisons are made of all branches that came or went: some seconds.
const COMPARISONS: usize = 100_000;

impl<'a> Shapes<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self {
            api,
            made: RefCell::default(),
            hashes: RefCell::default(),
            nulls: RefCell::default(),
            left: Cell::new(COMPARISONS),
        }
    }

    /// Whether there is room for one more comparison that nobody sees.
    pub(super) fn affords_one(&self) -> bool {
        let left = self.left.get().checked_sub(1);
        left.inspect(|it| self.left.set(*it)).is_some()
    }

    pub(super) fn shape(&self, node: &[SchemaId]) -> Rc<Merged> {
        if let Some(shape) = self.made.borrow().get(node) {
            return Rc::clone(shape);
        }
        let shape = Rc::new(merge::shape(&self.api.schemas, node, &self.nulls));
        self.made.borrow_mut().insert(node.to_vec(), Rc::clone(&shape));
        shape
    }

    pub(super) fn schema(&self, id: SchemaId) -> &'a Schema {
        &self.api.schemas[id]
    }

    pub(super) fn conjuncts<'s>(&'s self, shape: &'s Merged) -> impl Iterator<Item = &'a Schema> + 's {
        shape.conjuncts.iter().map(|id| self.schema(*id))
    }

    /// The schemas of a property: those under its name, those under patterns that match it, and for each conjunct
    /// that knows neither, what it says of other properties.
    pub(super) fn property(&self, shape: &Merged, name: &str) -> Node {
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
        node.extend(self.unevaluated_property(shape, name));
        distinct(node)
    }

    /// The schemas of properties that nobody names.
    pub(super) fn rest(&self, shape: &Merged) -> Node {
        let additional = self.conjuncts(shape).filter_map(|it| it.objects.additional);
        distinct(additional.chain(self.unevaluated_rest(shape)).collect())
    }

    pub(super) fn pattern_property(&self, shape: &Merged, pattern: &str) -> Node {
        distinct(self.conjuncts(shape).filter_map(|it| it.objects.pattern_properties.get(pattern).copied()).collect())
    }

    /// The schemas of properties whose names follow a pattern that the other side alone lists: those under patterns that
    /// cover it, and for each conjunct without any, what it says of other properties.
    pub(super) fn covered_property(&self, shape: &Merged, covers: &dyn Fn(&str) -> bool) -> Node {
        let mut node = Node::new();
        for schema in self.conjuncts(shape) {
            let patterns = &schema.objects.pattern_properties;
            let own: Vec<_> = patterns.iter().filter(|(it, _)| covers(it)).map(|(_, id)| *id).collect();
            if own.is_empty() {
                node.extend(schema.objects.additional);
            }
            node.extend(own);
        }
        node.extend(self.unevaluated_pattern(shape, covers));
        distinct(node)
    }

    pub(super) fn dependent_schema(&self, shape: &Merged, name: &str) -> Node {
        distinct(self.conjuncts(shape).filter_map(|it| it.objects.dependent_schemas.get(name).copied()).collect())
    }

    pub(super) fn property_names(&self, shape: &Merged) -> Node {
        distinct(self.conjuncts(shape).filter_map(|it| it.objects.property_names).collect())
    }

    /// The schemas of the item at a position; behind all prefixes, those of every further item.
    pub(super) fn item(&self, shape: &Merged, position: usize) -> Node {
        let at = |it: &'a Schema| it.arrays.prefix_items.get(position).copied().or(it.arrays.items);
        distinct(self.conjuncts(shape).filter_map(at).chain(self.unevaluated_item(shape, position)).collect())
    }

    /// Whether a set of schemas has no instance at all.
    pub(super) fn is_never(&self, node: &[SchemaId]) -> bool {
        let shape = self.shape(node);
        shape.types.is_empty() && !shape.null
    }

    /// Whether a property never travels in a direction.
    pub(super) fn is_hidden(&self, node: &[SchemaId], direction: Travel) -> bool {
        let shape = self.shape(node);
        match direction {
            Travel::Request => shape.read_only,
            Travel::Response => shape.write_only,
            Travel::Unused => false,
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

    /// Whether `nullable` stands beside the reference to a component, and so is no matter of the component.
    pub(super) fn is_nullable_beside(&self, node: &[SchemaId]) -> bool {
        let [only] = node else { return false };
        let chain = std::iter::successors(Some(*only), |id| self.schema(*id).reference).take(DEEPEST);
        let mut beside = chain.map(|id| self.schema(id)).take_while(|it| component_name(it).is_none());
        beside.any(|it| it.or_null)
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
        let shape = self.shape(node);
        let mut text = shape.local();
        if let Some(depth) = depth.checked_sub(1) {
            let mut add = |name: &str, node: &[SchemaId]| {
                let _ = write!(text, "|{name}={:x}", self.hash(node, depth));
            };
            let mut names = shape.properties.clone();
            names.sort_unstable();
            for name in &names {
                add(name, &self.property(&shape, name));
            }
            add("rest", &self.rest(&shape));
            (0..=shape.prefix).for_each(|idx| add("item", &self.item(&shape, idx)));
            for pattern in &shape.patterned {
                add(pattern, &self.pattern_property(&shape, pattern));
            }
            for name in &shape.dependent_schemas {
                add(name, &self.dependent_schema(&shape, name));
            }
            add("names", &self.property_names(&shape));
            for (id, least, most) in &shape.contains {
                add(&format!("contains {least} {most:?}"), &[*id]);
            }
            for it in &shape.conditionals {
                let parts = [("if", Some(it.condition)), ("then", it.then), ("else", it.otherwise)];
                for (word, id) in parts {
                    add(word, &id.into_iter().collect::<Vec<_>>());
                }
            }
            for id in &shape.nots {
                add("not", &[*id]);
            }
            for union in &shape.unions {
                let mut branches: Vec<_> = union.branches.iter().map(|id| self.hash(&[*id], depth)).collect();
                branches.sort_unstable();
                let _ = write!(text, "|{}{branches:x?}", union.one);
            }
        }
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}

impl Merged {
    /// Everything but what is inside, as text.
    fn local(&self) -> String {
        let looked = if self.types.contains(&Type::Number) { Looked::Any } else { Looked::Whole };
        let bound = |it: &Option<Bound>, end| it.as_ref().map(|it| Edge::new(it, end, looked).spelled());
        let mut values: Option<Vec<_>> = self.values.as_ref().map(|all| all.iter().map(Json::to_string).collect());
        if let Some(values) = &mut values {
            values.sort_unstable();
        }
        format!(
            "{:?}{}{values:?}{:?}{:?}{:?}{}{:?}{:?}{:?}{}{:?}{}{:?}{}{:?}{:?}{:?}",
            self.types,
            self.null,
            bound(&self.lower, End::Lower),
            bound(&self.upper, End::Upper),
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

    /// The branches of a union that it is and nothing else, in the place of which stand their types.
    pub(super) fn bare_types(&self, shapes: &Shapes<'_>) -> Option<Vec<SchemaId>> {
        let says_union = |schema: &Schema| {
            let (one_of, any_of, all_of) = (schema.one_of.clone(), schema.any_of.clone(), schema.all_of.clone());
            let bare = Assertions { reference: schema.reference, one_of, any_of, all_of, ..Assertions::default() };
            bare == schema.assertions
        };
        let union = self.typed.as_ref().filter(|_| self.unions.is_empty() && self.singles.is_empty())?;
        shapes.conjuncts(self).all(says_union).then(|| union.branches.clone())
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

pub(super) fn matches(pattern: &str, name: &str) -> bool {
    // A pattern that cannot be compiled was reported; what it matches is unknown, so it counts as matching.
    specwright_runtime::pattern::compile(pattern).map_or(true, |engine| engine.is_match(name))
}

pub(super) fn distinct(mut node: Node) -> Node {
    node.sort_unstable();
    node.dedup();
    node
}
