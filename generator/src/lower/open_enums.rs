//! Enumerations of which the author says that they are open: other values may come.
//!
//! ```yaml
//! Size: { type: string, enum: [small, big], x-ms-enum: { name: Size, modelAsString: true } } # as `x-extensible-enum`
//! Days: { type: integer, enum: [1, 2, 4], x-enumFlags: true }                                 # 3 is two of them
//! ```

use crate::diagnostics::{Code, Diagnostics, Felt, Left};
use crate::ir::{Extensions, Schema, SchemaId, Schemas, Type, Types};
use crate::source::Value;

/// Takes their values for those that are known today.
pub(super) fn settle(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    let open: Vec<SchemaId> = schemas.iter().filter(|(_, it)| it.extensions.is_open).map(|(id, _)| id).collect();
    for id in open {
        let schema = &mut schemas[id];
        let Some(values) = schema.enumeration.clone() else { continue };
        match kind(schema.types, &values) {
            Some(Type::String) => open_texts(schema, &values),
            Some(kind) => {
                schema.enumeration = None;
                schema.types = types(schema.types, kind, &values);
                schema.extensions.enum_names.clear();
                schema.extensions.enum_descriptions.clear();
                let message = "`enum` lists some of its values, as an extension says: any integer is taken";
                diagnostics.report(Code::ImpliedType, &schema.origin.key("enum"), message).at_key();
            }
            None => {
                let message = "values of several types are never open, though an extension says so";
                diagnostics
                    .report(Code::InvalidExtension, &schema.origin.key("enum"), message)
                    .leaves_out(Left::new("that other values may come", Felt::Both))
                    .help("divide the schema into one for each type");
            }
        }
    }
}

/// The values of an enumeration of strings, as those of `x-extensible-enum`.
fn open_texts(schema: &mut Schema, values: &[Value]) {
    let said: &mut Extensions = &mut schema.extensions;
    for beside in [&mut said.enum_names, &mut said.enum_descriptions] {
        if beside.len() == values.len() {
            let mut values = values.iter();
            beside.retain(|_| values.next().is_some_and(|it| *it != Value::Null));
        }
    }
    schema.extensions.known_values = Some(values.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    schema.enumeration = None;
    schema.types = types(schema.types, Type::String, values);
}

/// The one type of strings or integers that all values beside `null` have.
fn kind(types: Types, values: &[Value]) -> Option<Type> {
    let mut listed = values.iter().filter(|it| **it != Value::Null);
    let is_text = listed.clone().all(|it| it.as_str().is_some());
    let is_integer = listed.clone().all(|it| matches!(it, Value::Number(number) if number.as_i128().is_some()));
    let found = if is_text { Type::String } else { Type::Integer };
    let is_one = listed.next().is_some() && (is_text || is_integer) && types.contains(found);
    is_one.then_some(found)
}

/// The type of the values, and `null` where both the type and the values have it.
fn types(said: Types, kind: Type, values: &[Value]) -> Types {
    let is_nullable = said.contains(Type::Null) && values.contains(&Value::Null);
    if is_nullable { Types::only(kind).with(Type::Null) } else { Types::only(kind) }
}
