//! Keywords about values of types that their schema does not allow.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, Schema, Type, Types};

/// Reports each of them.
pub(super) fn report(api: &Api, diagnostics: &mut Diagnostics) {
    api.schemas.iter().for_each(|(_, schema)| misplaced(schema, diagnostics));
}

fn misplaced(schema: &Schema, diagnostics: &mut Diagnostics) {
    let types = schema.types;
    if types == Types::ALL || types == Types::NONE {
        return;
    }
    let allowed = types.shown();
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
