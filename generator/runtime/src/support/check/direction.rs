//! `readOnly` properties are not required in requests, `writeOnly` ones not in responses.
//!
//! Runs once, after all schemas are compiled: the property may be described behind a reference or in another
//! member of the same `allOf`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Direction;
use super::run::Run;
use super::schema::{Arena, Id, Keyword, Properties, Schema};

/// Finds for each required property the direction in which it is not.
pub(super) fn settle(arena: &mut Arena) {
    let mut found = Vec::new();
    for index in 0..arena.schemas.len() {
        settle_family(arena, Id(index), Id(index), &mut found);
    }
    for Exception { schema, place, direction } in found {
        let keywords = arena.schemas.get_mut(schema.0).map(|it| it.keywords.iter_mut());
        for keyword in keywords.into_iter().flatten() {
            if let Keyword::Required(required) = keyword
                && let Some(required) = required.get_mut(place)
            {
                required.except = Some(direction);
            }
        }
    }
}

/// A required property, by its place in the list, that is not required in one direction.
struct Exception {
    schema: Id,
    place: usize,
    direction: Direction,
}

/// Looks at `member`, which is `family` itself or lies inline in its `allOf`.
fn settle_family(arena: &Arena, family: Id, member: Id, found: &mut Vec<Exception>) {
    for keyword in &arena.get(member).keywords {
        match keyword {
            Keyword::Required(required) => {
                for (place, required) in required.iter().enumerate() {
                    if let Some(direction) = exception(arena, family, &required.name, &mut BTreeSet::new()) {
                        found.push(Exception { schema: member, place, direction });
                    }
                }
            }
            Keyword::AllOf(members) => members.iter().for_each(|it| settle_family(arena, family, *it, found)),
            _ => {}
        }
    }
}

/// The direction in which the property `name` of a schema does not travel; `seen` are the schemas looked at before.
fn exception(arena: &Arena, id: Id, name: &str, seen: &mut BTreeSet<Id>) -> Option<Direction> {
    if !seen.insert(id) {
        return None;
    }
    arena.get(id).keywords.iter().find_map(|keyword| match keyword {
        Keyword::Properties(properties) => {
            let property = *properties.named.get(name)?;
            if is_marked(arena, property, &mut BTreeSet::new(), |it| it.read_only) {
                return Some(Direction::Request);
            }
            is_marked(arena, property, &mut BTreeSet::new(), |it| it.write_only).then_some(Direction::Response)
        }
        Keyword::Ref(target) => exception(arena, *target, name, seen),
        Keyword::AllOf(members) => members.iter().find_map(|it| exception(arena, *it, name, seen)),
        _ => None,
    })
}

/// Takes properties away that do not travel in a direction, however deep they are. Of a union those branches count that
/// the value satisfies.
pub(super) fn hide(arena: &Arena, id: Id, value: &mut Value, direction: Direction) {
    hide_within(arena, id, value, direction, &mut BTreeSet::new());
}

/// `seen` are the schemas that have looked at this value.
fn hide_within(arena: &Arena, id: Id, value: &mut Value, direction: Direction, seen: &mut BTreeSet<Id>) {
    if !seen.insert(id) {
        return;
    }
    let mut inner = |id: Id, value: &mut Value| hide_within(arena, id, value, direction, seen);
    for keyword in &arena.get(id).keywords {
        match (keyword, &mut *value) {
            (Keyword::Ref(target), value) => inner(*target, value),
            (Keyword::AllOf(members), value) => members.iter().for_each(|it| inner(*it, value)),
            (Keyword::AnyOf(union) | Keyword::OneOf(union), value) => {
                let holds = |it: &Id, value: &Value| Run::new(arena, direction, None).start(*it, value);
                let branches: Vec<Id> = union.branches.iter().copied().filter(|it| holds(it, value)).collect();
                for it in branches {
                    inner(it, value);
                }
            }
            (Keyword::Properties(properties), Value::Object(members)) => {
                hide_properties(arena, properties, members, direction);
            }
            (Keyword::Items(items), Value::Array(all)) => {
                for it in all.iter_mut().skip(items.skip) {
                    hide(arena, items.schema, it, direction);
                }
            }
            (Keyword::PrefixItems(schemas), Value::Array(all)) => {
                schemas.iter().zip(all).for_each(|(id, it)| hide(arena, *id, it, direction));
            }
            _ => {}
        }
    }
}

fn hide_properties(arena: &Arena, properties: &Properties, members: &mut Map<String, Value>, direction: Direction) {
    let is_hidden = |schema: &Schema| match direction {
        Direction::Request => schema.read_only,
        Direction::Response => schema.write_only,
    };
    let described = |name: &str| {
        let named = properties.named.get(name).copied();
        #[cfg(feature = "pattern")]
        let named = {
            let matching = properties.patterns.iter().filter(|(pattern, _)| pattern.is_match(name));
            named.into_iter().chain(matching.map(|(_, id)| *id))
        };
        let all: Vec<Id> = named.into_iter().collect();
        if all.is_empty() { properties.additional.into_iter().collect() } else { all }
    };
    members.retain(|name, _| !described(name).iter().any(|it| is_marked(arena, *it, &mut BTreeSet::new(), is_hidden)));
    for (name, member) in members {
        for it in described(name) {
            hide(arena, it, member, direction);
        }
    }
}

/// Whether a schema, or one that it builds on, has a mark.
fn is_marked(arena: &Arena, id: Id, seen: &mut BTreeSet<Id>, mark: impl Fn(&Schema) -> bool + Copy) -> bool {
    if !seen.insert(id) {
        return false;
    }
    let schema = arena.get(id);
    mark(schema)
        || schema.keywords.iter().any(|keyword| match keyword {
            Keyword::Ref(target) => is_marked(arena, *target, seen, mark),
            Keyword::AllOf(members) => members.iter().any(|it| is_marked(arena, *it, seen, mark)),
            _ => false,
        })
}
