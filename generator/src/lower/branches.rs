//! What unions come to: an enumeration where each branch is a value, and a tag where each branch has its own.
//!
//! ```yaml
//! oneOf: [{ const: on, description: Lit. }, { const: off, description: Dark. }]   # as `enum: [on, off]`
//! anyOf: [{ type: string }, { enum: [on, off] }]                                  # as `x-extensible-enum: [on, off]`
//! ```
//!
//! Both say the same as before about every instance; only what is said about types becomes visible.

use std::collections::BTreeSet;

use super::tags::{self, branches, pins};
use crate::diagnostics::{Code, Diagnostics, Felt, Left};
use crate::ir::{Assertions, Discriminator, Schema, SchemaId, Schemas, TagKind, Type, Types};
use crate::ordered::IndexMap;
use crate::schemas::is_null;
use crate::source::Value;

/// Settles every union of an API.
pub(super) fn settle(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    // Everything else has no branches to look at.
    let is_asked = |it: &Schema| !it.one_of.is_empty() || !it.any_of.is_empty() || it.discriminator.is_some();
    let ids: Vec<SchemaId> = schemas.iter().filter(|(_, it)| is_asked(it)).map(|(id, _)| id).collect();
    for id in &ids {
        if let Some(schema) = enumeration(schemas, *id).or_else(|| known_values(schemas, *id)) {
            schemas.set(*id, schema);
        } else if let Some(schema) = known_numbers(schemas, *id) {
            let message = "some values beside any number are taken as that number: they say which are known";
            diagnostics.report(Code::ImpliedType, &schema.origin.key("anyOf"), message).at_key();
            schemas.set(*id, schema);
        }
    }
    // All of them before any is changed: unions within unions are read as the document has them.
    let told: Vec<_> = ids.iter().map(|id| discriminator(schemas, *id)).collect();
    for (id, told) in ids.iter().zip(&told) {
        tells_apart(schemas, *id, told.as_ref(), diagnostics);
        leads_nowhere(schemas, *id, told.as_ref(), diagnostics);
        is_shared(schemas, *id, told.as_ref(), diagnostics);
    }
    for (id, mut told) in ids.into_iter().zip(told) {
        if let Some(told) = &mut told {
            default_is_a_branch(&schemas[id], told, diagnostics);
        }
        schemas[id].discriminator = told;
    }
}

/// A discriminator whose values do not tell the branches apart is none, and what its mapping says has no effect.
fn tells_apart(schemas: &Schemas, id: SchemaId, told: Option<&Discriminator>, diagnostics: &mut Diagnostics) {
    let union = &schemas[id];
    // One branch is not told from others.
    let has_several = branches(union).iter().filter(|it| !is_null(schemas, **it)).count() > 1;
    let is_untold = |property| branches(union).iter().any(|it| tags::texts(schemas, *it, property).is_none());
    if let Some(said) = &union.discriminator
        && told.is_none_or(|told| told.property != said.property)
        && (!said.mapping.is_empty() || (has_several && is_untold(&said.property)))
    {
        let message = format!("the values of `{}` do not tell the branches apart", said.property.escape_debug());
        diagnostics
            .report(Code::InvalidKeyword, &union.origin.key("discriminator"), message)
            .leaves_out(Left::new("the discriminator", Felt::Both))
            .help("give each branch values of its own, or map each value to one branch");
    }
}

/// A value that the mapping gives to a branch whose tag is never that one, so that nothing is both.
fn leads_nowhere(schemas: &Schemas, id: SchemaId, told: Option<&Discriminator>, diagnostics: &mut Diagnostics) {
    let (Some(said), Some(told)) = (&schemas[id].discriminator, told) else { return };
    for (value, branch) in said.mapping.iter().filter(|_| said.property == told.property) {
        let known = tags::texts(schemas, *branch, &said.property).unwrap_or_default();
        if !known.is_empty() && !known.contains(value) {
            let (shown, tag) = (value.escape_debug(), said.property.escape_debug());
            let message = format!("`{shown}` is none of the values of `{tag}` in the branch that it leads to");
            let origin = schemas[id].origin.key("discriminator").key("mapping").key(value);
            diagnostics
                .report(Code::UnreachableBranch, &origin, message)
                .help("list the value in the branch, or take it out of the mapping")
                .at_key();
        }
    }
}

/// A value that one branch lists itself, and one that is a union has too.
fn is_shared(schemas: &Schemas, id: SchemaId, told: Option<&Discriminator>, diagnostics: &mut Diagnostics) {
    let (Some(said), Some(told)) = (&schemas[id].discriminator, told) else { return };
    let rest = branches(&schemas[id]);
    let listed = listed(schemas, said, rest);
    let unions = rest.iter().filter(|it| pins(schemas, **it, &said.property).is_empty());
    let mut within = unions.flat_map(|it| tags::texts(schemas, *it, &said.property).unwrap_or_default());
    let is_open = |it: &String| listed.contains(it) && !said.mapping.contains_key(it);
    if let Some(value) = within.find(is_open).filter(|_| said.property == told.property) {
        let (value, tag) = (value.escape_debug(), said.property.escape_debug());
        let message = format!("`{value}` is a value of `{tag}` in several branches, of which one is a union");
        diagnostics
            .report(Code::InvalidKeyword, &schemas[id].origin.key("discriminator"), message)
            .taken_as("a value of the branch that lists it itself")
            .help("map the value to one of them");
    }
}

/// What no other branch takes is for one of the branches, so a default elsewhere goes.
fn default_is_a_branch(union: &Schema, told: &mut Discriminator, diagnostics: &mut Diagnostics) {
    let is_branch = told.default.is_none_or(|default| told.mapping.values().any(|it| *it == default));
    if !is_branch {
        told.default = None;
        let origin = union.origin.key("discriminator").key("defaultMapping");
        diagnostics
            .report(Code::InvalidKeyword, &origin, "`defaultMapping` leads to a schema that is no branch of the union")
            .leaves_out(Left::new("the default of the discriminator", Felt::Both))
            .help("make it one of the branches as well");
    }
}

/// What a schema says beside its values: nothing, for a branch that is a value.
fn is_bare(schema: &Schema) -> bool {
    let (types, enumeration, constant) = (schema.types, schema.enumeration.clone(), schema.constant.clone());
    schema.assertions == Assertions { types, enumeration, constant, ..Assertions::default() }
}

/// The values of a branch that is values and nothing else.
fn values_alone(schema: &Schema) -> Option<Vec<Value>> {
    if !is_bare(schema) {
        return None;
    }
    if schema.types == Types::only(Type::Null) {
        return Some(vec![Value::Null]);
    }
    let values = match (&schema.constant, &schema.enumeration) {
        (Some(value), None) => vec![value.clone()],
        (None, Some(values)) => values.clone(),
        _ => return None,
    };
    let fits = |value: &Value| scalar_type(value).is_some_and(|ty| schema.types.and(Types::only(ty)) != Types::NONE);
    values.iter().all(fits).then_some(values)
}

/// The type of a value that an enumeration may hold.
pub(super) fn scalar_type(value: &Value) -> Option<Type> {
    match value {
        Value::Null => Some(Type::Null),
        Value::String(_) => Some(Type::String),
        Value::Number(number) => number.as_i128().map(|_| Type::Integer),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A union of values, as an enumeration.
fn enumeration(schemas: &Schemas, id: SchemaId) -> Option<Schema> {
    let schema = &schemas[id];
    let branches = branches(schema);
    if branches.is_empty() || schema.enumeration.is_some() || schema.constant.is_some() {
        return None;
    }
    let mut all: Vec<Value> = Vec::new();
    let (mut names, mut docs, mut types) = (Vec::new(), Vec::new(), Types::NONE);
    let mut is_named = false;
    for branch in branches {
        let branch = &schemas[*branch];
        let values = values_alone(branch)?;
        let is_one = values.len() == 1;
        for value in values {
            if all.contains(&value) {
                // Of two branches with one value, `oneOf` takes neither.
                if schema.one_of.is_empty() {
                    continue;
                }
                return None;
            }
            types = types.with(scalar_type(&value)?);
            if value != Value::Null {
                let said = &branch.annotations;
                let own = branch.extensions.rust_name.clone().or_else(|| said.title.clone()).filter(|_| is_one);
                is_named |= own.is_some();
                names.push(own.or_else(|| value.as_str().map(str::to_owned)));
                docs.push(said.description.clone().filter(|_| is_one).unwrap_or_default());
            }
            all.push(value);
        }
    }
    let allowed = schema.types.and(types);
    if allowed != types || types == Types::only(Type::Null) {
        return None;
    }
    let mut folded = schema.clone();
    (folded.types, folded.enumeration) = (types, Some(all));
    (folded.one_of, folded.any_of, folded.discriminator) = (Vec::new(), Vec::new(), None);
    if is_named && folded.extensions.enum_names.is_empty() {
        folded.extensions.enum_names = names.into_iter().collect::<Option<_>>().unwrap_or_default();
    }
    folded.extensions.enum_descriptions = if docs.iter().all(String::is_empty) { Vec::new() } else { docs };
    Some(folded)
}

/// `anyOf` of any string and some strings: any string, of which some are known.
fn known_values(schemas: &Schemas, id: SchemaId) -> Option<Schema> {
    let schema = &schemas[id];
    if !schema.one_of.is_empty() || schema.any_of.len() < 2 || schema.extensions.known_values.is_some() {
        return None;
    }
    let mut known: Vec<String> = Vec::new();
    let (mut is_any, mut types) = (false, Types::only(Type::String));
    for branch in &schema.any_of {
        let branch = &schemas[referred(schemas, *branch)];
        if branch.types == Types::only(Type::Null) && is_bare(branch) {
            types = types.with(Type::Null);
        } else if let Some(values) = values_alone(branch) {
            let texts: Option<Vec<_>> = values.iter().map(|it| it.as_str().map(str::to_owned)).collect();
            known.extend(texts?);
        } else if branch.types == Types::only(Type::String) && is_bare(branch) {
            is_any = true;
        } else {
            return None;
        }
    }
    let allowed = schema.types.and(types);
    if !is_any || known.is_empty() || allowed != types || schema.enumeration.is_some() || schema.constant.is_some() {
        return None;
    }
    let mut seen = BTreeSet::new();
    known.retain(|value| seen.insert(value.clone()));
    let mut folded = schema.clone();
    (folded.types, folded.any_of, folded.discriminator) = (types, Vec::new(), None);
    folded.extensions.known_values = Some(known);
    Some(folded)
}

/// `anyOf` of any integer or number and some integers: the former.
fn known_numbers(schemas: &Schemas, id: SchemaId) -> Option<Schema> {
    let schema = &schemas[id];
    let beside = Assertions { any_of: Vec::new(), ..schema.assertions.clone() };
    let mut branches: Vec<&Schema> = schema.any_of.iter().map(|it| &schemas[referred(schemas, *it)]).collect();
    let wide = branches.remove(branches.iter().position(|it| is_any_number(it))?);
    let values: Vec<Vec<Value>> = branches.into_iter().map(values_alone).collect::<Option<_>>()?;
    let mut types = wide.types;
    for value in values.iter().flatten() {
        match value {
            Value::Null => types = types.with(Type::Null),
            Value::Number(number) if is_within(number.as_i128()?, wide.format.as_deref()) => {}
            _ => return None,
        }
    }
    if beside != Assertions::default() || values.iter().flatten().all(|it| *it == Value::Null) {
        return None;
    }
    let mut folded = schema.clone();
    (folded.types, folded.format, folded.any_of) = (types, wide.format.clone(), Vec::new());
    Some(folded)
}

/// Whether a schema is any integer, or any number, of one format.
fn is_any_number(schema: &Schema) -> bool {
    let rest = Assertions { types: Types::ALL, format: None, ..schema.assertions.clone() };
    let types = [Types::only(Type::Integer), Types::only(Type::Number)];
    types.contains(&schema.types) && rest == Assertions::default()
}

/// Whether an integer is certainly one of a format.
fn is_within(value: i128, format: Option<&str>) -> bool {
    match format {
        None | Some("int64") => i64::try_from(value).is_ok(),
        Some("int32") => i32::try_from(value).is_ok(),
        Some(_) => (0..=i128::from(i8::MAX)).contains(&value),
    }
}

/// What a branch that is a reference alone refers to; the branch itself where it is none.
fn referred(schemas: &Schemas, branch: SchemaId) -> SchemaId {
    schemas[branch].reference.filter(|_| is_bare_reference(schemas, branch)).unwrap_or(branch)
}

/// Whether a schema is a reference and asserts nothing beside it.
pub(super) fn is_bare_reference(schemas: &Schemas, id: SchemaId) -> bool {
    let schema = &schemas[id];
    let bare = Assertions { reference: schema.reference, ..Assertions::default() };
    schema.reference.is_some() && schema.assertions == bare
}

/// The tag of a union: the property of its discriminator, or one that has other values in each branch.
fn discriminator(schemas: &Schemas, id: SchemaId) -> Option<Discriminator> {
    let schema = &schemas[id];
    let rest: Vec<SchemaId> = branches(schema).iter().copied().filter(|id| !is_null(schemas, *id)).collect();
    match &schema.discriminator {
        Some(said) if rest.is_empty() => Some(said.clone()),
        Some(said) => completed(schemas, said, &rest).or_else(|| inferred(schemas, &rest)),
        None => inferred(schemas, &rest),
    }
}

/// The document's discriminator with the values that it leaves to be understood; `None` if a branch has no value, or
/// several list one that the mapping does not give to any. The values of a branch that is a union are those of its own
/// branches.
fn completed(schemas: &Schemas, said: &Discriminator, rest: &[SchemaId]) -> Option<Discriminator> {
    let mut whole = said.clone();
    let listed = listed(schemas, said, rest);
    for branch in rest {
        let target = schemas[*branch].reference;
        let leads_here = |id: &SchemaId| *id == *branch || Some(*id) == target;
        let is_mapped = whole.mapping.values().any(leads_here);
        if !is_bare_reference(schemas, *branch) {
            // What stands beside the reference holds as well.
            whole.replace(|id| leads_here(&id), *branch);
        }
        let branch = referred(schemas, *branch);
        let texts = match tags::texts(schemas, branch, &said.property) {
            None if !is_mapped => return None,
            known => known.unwrap_or_default(),
        };
        if texts.is_empty() && !is_mapped {
            let name = schemas[target?].origin.pointer.last().unwrap_or_default();
            whole.mapping.entry(name).or_insert(branch);
        }
        let is_union = pins(schemas, branch, &said.property).is_empty();
        for text in texts.into_iter().filter(|it| !is_union || !listed.contains(it)) {
            let known = *whole.mapping.entry(text.clone()).or_insert(branch);
            if known != branch && !said.mapping.contains_key(&text) {
                return None;
            }
        }
        if !whole.mapping.values().any(|id| *id == branch) {
            return None;
        }
    }
    Some(whole)
}

/// The values that branches list themselves: they are of those and not of a union in the union.
fn listed(schemas: &Schemas, said: &Discriminator, rest: &[SchemaId]) -> BTreeSet<String> {
    let all = rest.iter().flat_map(|it| pins(schemas, *it, &said.property));
    all.filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

/// The property whose values the branches divide among them.
fn inferred(schemas: &Schemas, rest: &[SchemaId]) -> Option<Discriminator> {
    let (first, true) = (rest.first()?, rest.len() > 1) else { return None };
    let mut names: Vec<&String> = Vec::new();
    for name in schemas.conjuncts(*first).into_iter().flat_map(|id| schemas[id].objects.properties.keys()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let candidates = names.into_iter().filter_map(|name| divided(schemas, rest, name));
    // Of equals the first, which is the one that the document names first.
    let best = candidates.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, discriminator)| discriminator)
}

/// A tag with other values in each branch, and how well it suits.
fn divided(schemas: &Schemas, rest: &[SchemaId], property: &str) -> Option<((bool, bool), Discriminator)> {
    let mut mapping = IndexMap::default();
    let mut kinds = Vec::new();
    let (mut is_required, mut is_single) = (true, true);
    for branch in rest {
        let pins = pins(schemas, *branch, property);
        is_single &= pins.len() == 1;
        is_required &=
            schemas.conjuncts(*branch).iter().any(|id| schemas[*id].objects.required.iter().any(|it| it == property));
        let target = referred(schemas, *branch);
        if pins.is_empty() {
            return None;
        }
        for pin in &pins {
            let (kind, text) = tag(pin)?;
            kinds.push(kind);
            if mapping.insert(text, target).is_some() {
                return None;
            }
        }
    }
    let kind = *kinds.first()?;
    let suits = kinds.iter().all(|it| *it == kind) && (is_single || is_required);
    let discriminator = Discriminator { property: property.to_owned(), kind, mapping, default: None };
    suits.then_some(((is_required, is_single), discriminator))
}

/// A value of a tag as mappings spell it.
fn tag(value: &Value) -> Option<(TagKind, String)> {
    match value {
        Value::String(text) => Some((TagKind::String, text.clone())),
        Value::Number(number) => {
            let whole = i64::try_from(number.as_i128()?).ok()?;
            Some((TagKind::Integer, whole.to_string()))
        }
        Value::Bool(value) => Some((TagKind::Boolean, value.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
