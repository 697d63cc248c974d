//! Schemas that no instance satisfies, and keywords that say nothing about any.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, Schema, SchemaId, Type, Types};
use crate::source::Number;

/// Reports every schema that contradicts itself, once where several repeat one.
pub(super) fn report(api: &Api, diagnostics: &mut Diagnostics) {
    for (id, schema) in api.schemas.iter() {
        let all = api.schemas.conjuncts(id);
        if let Some((keyword, message)) = bounds(schema) {
            diagnostics.report(Code::ContradictorySchema, &schema.origin.key(keyword), message);
        } else if all.len() > 1
            && all[1..].iter().all(|it| api.schemas.types(&api.schemas.conjuncts(*it)) != Types::NONE)
        {
            together(api, id, &all, diagnostics);
        } else if all.len() == 1 {
            missing(api, id, &all, diagnostics);
        }
        misplaced(schema, diagnostics);
    }
}

/// What `allOf` and references bring together.
fn together(api: &Api, id: SchemaId, all: &[SchemaId], diagnostics: &mut Diagnostics) {
    let schema = &api.schemas[id];
    if api.schemas.types(all) == Types::NONE && !all.iter().any(|it| api.schemas[*it].or_null) {
        let message = "no value has all the types that the schemas taken together here ask for";
        diagnostics.report(Code::ContradictorySchema, &schema.origin, message);
        return;
    }
    missing(api, id, all, diagnostics);
}

/// A required property that a closed schema has no place for.
fn missing(api: &Api, id: SchemaId, all: &[SchemaId], diagnostics: &mut Diagnostics) {
    let origin = &api.schemas[id].origin;
    let required = all.iter().flat_map(|it| api.schemas[*it].objects.required.iter().map(move |name| (*it, name)));
    for (by, name) in required {
        let is_closed = |it: &&SchemaId| {
            let schema = &api.schemas[**it];
            let is_closed = schema.objects.additional.is_some_and(|rest| api.schemas[rest].types == Types::NONE);
            is_closed && !schema.objects.properties.contains_key(name) && schema.objects.pattern_properties.is_empty()
        };
        let Some(closed) = all.iter().find(is_closed) else { continue };
        // What two schemas below this one contradict in has been said there.
        let is_said = all[1..].iter().any(|it| {
            let below = api.schemas.conjuncts(*it);
            below.contains(&by) && below.contains(closed)
        });
        if !is_said {
            let shown = name.escape_debug();
            let message = format!("`{shown}` is required, and `additionalProperties: false` has no place for it");
            let found = diagnostics.report(Code::ContradictorySchema, origin, message);
            if *closed != id {
                found.related(api.schemas[*closed].origin.clone(), "closed here");
            }
            return;
        }
    }
}

/// Bounds that leave nothing between them: the keyword that says so, and how.
fn bounds(schema: &Schema) -> Option<(&'static str, String)> {
    let (strings, arrays, objects) = (&schema.strings, &schema.arrays, &schema.objects);
    let counts = [
        (Type::String, "minLength", strings.min_length, "maxLength", strings.max_length),
        (Type::Array, "minItems", arrays.min_items, "maxItems", arrays.max_items),
        (Type::Object, "minProperties", objects.min_properties, "maxProperties", objects.max_properties),
    ];
    let is_only = |ty: Type| schema.types.without(Type::Null) == Types::only(ty);
    for (ty, low, min, high, max) in counts {
        if let (Some(min), Some(max)) = (min, max)
            && min > max
            && is_only(ty)
        {
            return Some((low, format!("`{low}` is {min} and `{high}` is {max}: no value is within both")));
        }
    }
    let numbers = &schema.numbers;
    let lows = [("minimum", &numbers.minimum, false), ("exclusiveMinimum", &numbers.exclusive_minimum, true)];
    let highs = [("maximum", &numbers.maximum, false), ("exclusiveMaximum", &numbers.exclusive_maximum, true)];
    let is_number = is_only(Type::Integer) || is_only(Type::Number);
    for (low, min, above) in lows.into_iter().filter(|_| is_number) {
        for (high, max, below) in highs {
            let (Some(min), Some(max)) = (min, max) else { continue };
            if is_empty(min, max, above || below) {
                let (min, max) = (min.as_str(), max.as_str());
                return Some((low, format!("`{low}` is {min} and `{high}` is {max}: no number is within both")));
            }
        }
    }
    None
}

fn is_empty(min: &Number, max: &Number, is_open: bool) -> bool {
    match (min.as_i128(), max.as_i128()) {
        (Some(min), Some(max)) => min > max || (is_open && min == max),
        _ => min.as_f64() > max.as_f64() || (is_open && min.as_f64() >= max.as_f64()),
    }
}

/// Keywords about types that the schema does not allow.
fn misplaced(schema: &Schema, diagnostics: &mut Diagnostics) {
    let types = schema.types;
    if types == Types::ALL || types == Types::NONE {
        return;
    }
    let allowed: Vec<_> = types.iter().map(|ty| format!("`{}`", ty.as_str())).collect();
    let allowed = allowed.join(" or ");
    let is_number = types.contains(Type::Integer) || types.contains(Type::Number);
    let groups = [
        ("numbers", is_number, of_numbers(schema)),
        ("strings", types.contains(Type::String), of_strings(schema)),
        ("arrays", types.contains(Type::Array), of_arrays(schema)),
        ("objects", types.contains(Type::Object), of_objects(schema)),
    ];
    for (about, _, keywords) in groups.into_iter().filter(|(_, is_allowed, _)| !is_allowed) {
        for keyword in keywords {
            let message = format!("`{keyword}` is about {about}, and `type` is {allowed}: it has no effect");
            diagnostics
                .report(Code::MisplacedKeyword, &schema.origin.key(keyword), message)
                .taken_as(format!("no `{keyword}`"))
                .help("remove it, or correct `type`")
                .at_key();
        }
    }
}

fn named<const N: usize>(keywords: [(&'static str, bool); N]) -> Vec<&'static str> {
    keywords.into_iter().filter(|(_, is_there)| *is_there).map(|(keyword, _)| keyword).collect()
}

fn of_numbers(schema: &Schema) -> Vec<&'static str> {
    let numbers = &schema.numbers;
    named([
        ("minimum", numbers.minimum.is_some()),
        ("maximum", numbers.maximum.is_some()),
        ("exclusiveMinimum", numbers.exclusive_minimum.is_some()),
        ("exclusiveMaximum", numbers.exclusive_maximum.is_some()),
        ("multipleOf", numbers.multiple_of.is_some()),
    ])
}

fn of_strings(schema: &Schema) -> Vec<&'static str> {
    let strings = &schema.strings;
    named([
        ("minLength", strings.min_length.is_some()),
        ("maxLength", strings.max_length.is_some()),
        ("pattern", strings.pattern.is_some()),
    ])
}

fn of_arrays(schema: &Schema) -> Vec<&'static str> {
    let arrays = &schema.arrays;
    named([
        ("items", arrays.items.is_some()),
        ("minItems", arrays.min_items.is_some()),
        ("maxItems", arrays.max_items.is_some()),
        ("uniqueItems", arrays.unique_items),
    ])
}

fn of_objects(schema: &Schema) -> Vec<&'static str> {
    let objects = &schema.objects;
    named([
        ("properties", !objects.properties.is_empty()),
        ("required", !objects.required.is_empty()),
        ("additionalProperties", objects.additional.is_some()),
        ("minProperties", objects.min_properties.is_some()),
        ("maxProperties", objects.max_properties.is_some()),
    ])
}
