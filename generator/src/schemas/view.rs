//! What a schema amounts to once its references and `allOf` are taken together.
//!
//! All schemas that must hold for the same instance, its *conjuncts*, are looked at as one.

use std::collections::BTreeSet;

use super::nulls::{names_null, takes_null};
use super::possible::type_of;
use crate::ir::{Api, Assertions, Schema, SchemaId, Schemas, Type, Types};
use crate::ordered::IndexMap;
use crate::source::Value;

/// A schema together with everything that it refers to in place.
pub(crate) struct View<'a> {
    schemas: &'a Schemas,
    /// The schema itself first, then those behind `$ref` and `allOf`.
    pub(crate) conjuncts: Vec<SchemaId>,
    /// The types that all of them allow, without `null`.
    pub(crate) types: Types,
    /// Whether the schema names `null`, and nothing in it refuses that.
    pub(crate) nullable: bool,
    /// The members of `enum` or `const` without `null`, where there are any.
    pub(crate) values: Option<Vec<Value>>,
    /// What kind of type fits.
    pub(crate) category: Category,
}

/// What kind of type fits a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Category {
    /// An object with named properties.
    Struct,
    /// A list of strings.
    StringEnum,
    /// A list of integers.
    IntegerEnum,
    /// One of several branches.
    Union,
    /// One of several JSON types.
    Types,
    /// A primitive, an array, a map, or anything.
    Plain,
}

impl<'a> View<'a> {
    /// Looks at a schema.
    pub(crate) fn new(api: &'a Api, id: SchemaId) -> Self {
        let schemas = &api.schemas;
        let conjuncts = schemas.conjuncts(id);
        let all = schemas.types(&conjuncts);
        let values = values(schemas, &conjuncts);
        let fits = |it: &Value| all.allow(it) && *it != Value::Null;
        let values = values.map(|values| values.into_iter().filter(fits).collect::<Vec<_>>());
        let nullable = names_null(schemas, &conjuncts) && takes_null(schemas, id);
        let mut view = Self {
            schemas,
            conjuncts,
            types: if all == Types::ALL { all } else { all.without(Type::Null) },
            nullable,
            values,
            category: Category::Plain,
        };
        if view.types.contains(Type::Number) && view.types != Types::ALL {
            view.types = view.types.without(Type::Integer);
        }
        view.category = view.categorize();
        view
    }

    fn categorize(&self) -> Category {
        if let Some(values) = &self.values {
            return self.enumeration(values);
        }
        if self.known_values().is_some() && self.types == Types::only(Type::String) {
            return Category::StringEnum;
        }
        let has_properties = self.schemas().any(|it| !it.objects.properties.is_empty());
        if self.types == Types::only(Type::Object) && has_properties {
            return Category::Struct;
        }
        match self.union().filter(|it| !self.merely_asks(it)) {
            Some(_) => Category::Union,
            None if self.types != Types::ALL && self.types.iter().count() > 1 => Category::Types,
            None => Category::Plain,
        }
    }

    /// Whether the branches of a union only ask about instances of the one type that there is, such as their length or
    /// their format, so that they make no types of their own.
    fn merely_asks(&self, union: &Schema) -> bool {
        let Some(single) = self.single() else { return false };
        union.one_of.iter().chain(&union.any_of).all(|id| {
            let mut rest = self.schemas[*id].assertions.clone();
            let is_of_type = rest.types.contains(single);
            (rest.types, rest.format, rest.strings, rest.numbers) = Default::default();
            if let Some(arrays) = rest.arrays.present() {
                (arrays.min_items, arrays.max_items, arrays.unique_items) = Default::default();
            }
            is_of_type && rest == Assertions::default()
        })
    }

    /// The same schema for instances of one of its types.
    pub(crate) fn narrowed(&self, ty: Type) -> Self {
        let mut view =
            Self { conjuncts: self.conjuncts.clone(), values: None, types: Types::only(ty), nullable: false, ..*self };
        view.category = view.categorize();
        view
    }

    fn enumeration(&self, values: &[Value]) -> Category {
        let fits = |ty| self.types.contains(ty) || (ty == Type::Integer && self.types.contains(Type::Number));
        if values.is_empty() {
            Category::Plain
        } else if values.iter().all(|it| it.as_str().is_some()) && fits(Type::String) {
            Category::StringEnum
        } else if values.iter().all(|it| whole(it).is_some()) && fits(Type::Integer) {
            Category::IntegerEnum
        } else {
            Category::Plain
        }
    }

    /// The schemas that must all hold.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &'a Schema> + '_ {
        self.conjuncts.iter().map(|id| &self.schemas[*id])
    }

    /// The types of the values that are listed, where nothing else says what they are, as in `enum: [1, 2]`.
    pub(crate) fn listed_types(&self) -> Option<Types> {
        let values = self.values.as_ref().filter(|_| self.types == Types::ALL)?;
        let types = values.iter().map(type_of).fold(Types::NONE, Types::with);
        Some(if types.contains(Type::Number) { types.without(Type::Integer) } else { types })
    }

    /// The only type, where there is one.
    pub(crate) fn single(&self) -> Option<Type> {
        self.types.single()
    }

    /// `x-extensible-enum`.
    pub(crate) fn known_values(&self) -> Option<&'a Vec<String>> {
        self.schemas().find_map(|it| it.extensions.known_values.as_ref())
    }

    /// `default`: the schema's own, else that of what it refers to.
    pub(crate) fn default(&self) -> Option<&'a Value> {
        self.schemas().find_map(|it| it.annotations.default.as_ref())
    }

    /// The names that the author gives to the values.
    pub(crate) fn enum_names(&self) -> &'a [String] {
        self.schemas().map(|it| it.extensions.enum_names.as_slice()).find(|names| !names.is_empty()).unwrap_or_default()
    }

    /// The values as the author lists them, without `null`: those of `enum` or `const`, else of `x-extensible-enum`.
    pub(crate) fn listed(&self) -> Vec<Value> {
        let listed =
            self.schemas().find_map(|it| it.constant.clone().map(|it| vec![it]).or_else(|| it.enumeration.clone()));
        let known = || self.known_values().into_iter().flatten().map(|it| Value::String(it.clone())).collect();
        listed.unwrap_or_else(known).into_iter().filter(|it| *it != Value::Null).collect()
    }

    /// What the author says about the values.
    pub(crate) fn enum_descriptions(&self) -> &'a [String] {
        let mut all = self.schemas().map(|it| it.extensions.enum_descriptions.as_slice());
        all.find(|texts| !texts.is_empty()).unwrap_or_default()
    }

    /// The schema with `oneOf` or `anyOf`, where branches decide about the type.
    pub(crate) fn union(&self) -> Option<&'a Schema> {
        self.schemas().find(|it| !it.one_of.is_empty() || !it.any_of.is_empty())
    }

    /// Every schema of each property, in the order of the document.
    pub(crate) fn properties(&self) -> IndexMap<&'a str, Vec<SchemaId>> {
        let mut all: IndexMap<&str, Vec<SchemaId>> = IndexMap::default();
        for (name, id) in self.schemas().flat_map(|it| &it.objects.properties) {
            all.entry(name).or_default().push(*id);
        }
        all
    }

    /// `unevaluatedProperties` of the schema itself, where it is about all properties that no conjunct names: nothing
    /// that is evaluated depends on the instance.
    pub(crate) fn unevaluated(&self) -> Option<SchemaId> {
        let is_plain = |it: &Schema| {
            let has_branches = !it.one_of.is_empty() || !it.any_of.is_empty() || it.conditional.is_some();
            let objects = &it.objects;
            !has_branches && objects.dependent_schemas.is_empty() && objects.additional.is_none()
        };
        let own = self.schemas[self.conjuncts[0]].objects.unevaluated_properties;
        let is_alone = self.schemas().skip(1).all(|it| it.objects.unevaluated_properties.is_none());
        own.filter(|_| is_alone && self.schemas().all(is_plain))
    }

    /// The names of the properties that must be there.
    pub(crate) fn required(&self) -> BTreeSet<&'a str> {
        self.schemas().flat_map(|it| &it.objects.required).map(String::as_str).collect()
    }
}

fn values(schemas: &Schemas, conjuncts: &[SchemaId]) -> Option<Vec<Value>> {
    let mut lists = conjuncts.iter().filter_map(|id| {
        let schema = &schemas[*id];
        schema.constant.clone().map(|it| vec![it]).or_else(|| schema.enumeration.clone())
    });
    let first = lists.next()?;
    Some(lists.fold(first, |common, list| common.into_iter().filter(|it| list.contains(it)).collect()))
}

/// The integer that a value is.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    value.as_number()?.as_i128()?.try_into().ok()
}

/// Whether a schema says no more than that another one must hold: which one.
pub(crate) fn alias(schemas: &Schemas, id: SchemaId) -> Option<SchemaId> {
    let schema = &schemas[id];
    let target = match (schema.reference, schema.all_of.as_slice()) {
        (Some(target), []) => target,
        (None, [only]) => *only,
        _ => return None,
    };
    let rest = Assertions { reference: None, all_of: Vec::new(), ..schema.assertions.clone() };
    (rest == Assertions::default()).then_some(target)
}

/// The schema that says what this one says: behind all references that stand alone.
pub(crate) fn behind(schemas: &Schemas, id: SchemaId) -> SchemaId {
    // A chain of references is finite: those that lead nowhere were reported when they were resolved.
    let chain = std::iter::successors(Some(id), |id| alias(schemas, *id)).take(16);
    chain.last().unwrap_or(id)
}

/// Whether a schema says no more than another one but for `null` and a type that the other one has anyway: which one.
pub(crate) fn refers(api: &Api, id: SchemaId) -> Option<SchemaId> {
    let schema = &api.schemas[id];
    let target = match (schema.reference, schema.all_of.as_slice()) {
        (Some(target), []) => target,
        (None, [only]) => *only,
        _ => return None,
    };
    let types = schema.types.without(Type::Null);
    let left = &schema.assertions;
    let rest = Assertions { reference: None, all_of: Vec::new(), types: Types::ALL, or_null: false, ..left.clone() };
    let inner = View::new(api, target);
    let is_wide = schema.types == Types::ALL || inner.types.and(types) == inner.types;
    let keeps_null = schema.or_null || !inner.nullable || schema.types.contains(Type::Null);
    (schema.or_null && is_wide && keeps_null && rest == Assertions::default()).then_some(target)
}

/// Whether a schema, or the one that it refers to, allows `null` and nothing else.
pub(crate) fn is_null(schemas: &Schemas, id: SchemaId) -> bool {
    let schema = &schemas[behind(schemas, id)];
    schema.types == Types::only(Type::Null) && schema.reference.is_none()
}
