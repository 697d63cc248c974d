//! Enumerations of which the author says that they are open: other values may come.
//!
//! ```yaml
//! Size: { type: string, enum: [small, big], x-ms-enum: { name: Size, modelAsString: true } } # as `x-extensible-enum`
//! Days: { type: integer, enum: [1, 2, 4], x-enumFlags: true }                                 # 3 is two of them
//! ```

use super::branches::scalar_type;
use crate::diagnostics::{Code, Diagnostics, Felt, Left};
use crate::ir::{Extensions, SchemaId, Schemas, Type, Types};
use crate::source::Value;

/// Takes their values for those that are known today.
pub(super) fn settle(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    let open: Vec<SchemaId> = schemas.iter().filter(|(_, it)| it.extensions.is_open).map(|(id, _)| id).collect();
    for id in open {
        let schema = &mut schemas[id];
        let Some(values) = schema.enumeration.clone() else { continue };
        let Some(kind) = kind(schema.types, &values) else {
            let message = "values of several types are never open, though an extension says so";
            diagnostics
                .report(Code::InvalidExtension, &schema.origin.key("enum"), message)
                .leaves_out(Left::new("that other values may come", Felt::Both))
                .help("divide the schema into one for each type");
            continue;
        };
        schema.types = types(schema.types, kind, &values);
        schema.enumeration = None;
        if kind == Type::String {
            know(&mut schema.extensions, &values);
        } else {
            schema.extensions.enum_names.clear();
            schema.extensions.enum_descriptions.clear();
            let message = "`enum` lists some of its values, as an extension says: any integer is taken";
            diagnostics.report(Code::ImpliedType, &schema.origin.key("enum"), message).at_key();
        }
    }
}

/// Strings of an enumeration as those of `x-extensible-enum`, with what stands beside each.
fn know(said: &mut Extensions, values: &[Value]) {
    for beside in [&mut said.enum_names, &mut said.enum_descriptions] {
        if beside.len() == values.len() {
            let mut values = values.iter();
            beside.retain(|_| values.next().is_some_and(|it| *it != Value::Null));
        }
    }
    said.known_values = Some(values.iter().filter_map(Value::as_str).map(str::to_owned).collect());
}

/// The one type of strings or integers that all values beside `null` have.
fn kind(types: Types, values: &[Value]) -> Option<Type> {
    let listed = values.iter().try_fold(Types::NONE, |all, it| Some(all.with(scalar_type(it)?)))?;
    listed.without(Type::Null).single().filter(|it| types.contains(*it))
}

/// The type of the values, and `null` where both the type and the values have it.
fn types(said: Types, kind: Type, values: &[Value]) -> Types {
    let is_nullable = said.contains(Type::Null) && values.contains(&Value::Null);
    if is_nullable { Types::only(kind).with(Type::Null) } else { Types::only(kind) }
}
