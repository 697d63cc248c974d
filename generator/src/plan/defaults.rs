//! Defaults: `default` as a value of the type of its field, where it is one.

use super::ApiPlan;
use super::types::{DefaultValue, ModelId, ModelKind, Presence, RustType};
use crate::schemas::whole;
use crate::source::Value;

/// The default of a field of this type; that of an enumeration is its value as long as names are not settled.
pub(super) fn value(ty: &RustType, value: &Value) -> Option<DefaultValue> {
    match (ty, value) {
        (RustType::Bool, Value::Bool(value)) => Some(DefaultValue::Bool(*value)),
        (RustType::Integer(integer), Value::Number(number)) => {
            let value = number.as_i128()?;
            let (least, most) = integer.range();
            (least..=most).contains(&value).then(|| DefaultValue::Number(number.clone()))
        }
        (RustType::Float, Value::Number(number)) if number.as_f64().is_finite() => {
            Some(DefaultValue::Number(number.clone()))
        }
        (RustType::Vec(_), Value::Array(items)) if items.is_empty() => Some(DefaultValue::Empty),
        (RustType::String, Value::String(text)) => Some(DefaultValue::Text(text.clone())),
        (RustType::Model(_), Value::String(text)) => Some(DefaultValue::Variant(text.clone())),
        (RustType::Model(_), Value::Number(_)) => whole(value).map(|value| DefaultValue::Variant(value.to_string())),
        _ => None,
    }
}

/// Gives defaults of enumerations the names of their variants; what names no variant is documented only.
pub(super) fn settle(plan: &mut ApiPlan) {
    let variants: Vec<Vec<(String, String)>> = plan.models.iter().map(|model| variants(&model.kind)).collect();
    for model in &mut plan.models {
        let ModelKind::Struct(it) = &mut model.kind else { continue };
        for field in it.fields.iter_mut().filter(|field| field.presence == Presence::Optional) {
            let Some(DefaultValue::Variant(wire)) = &field.default else { continue };
            let id =
                field.ty.inner().and_then(|ty| if let RustType::Model(ModelId(id)) = ty { Some(*id) } else { None });
            let mut known = id.and_then(|id| variants.get(id)).into_iter().flatten();
            field.default = known.find(|(value, _)| value == wire).map(|(_, name)| DefaultValue::Variant(name.clone()));
        }
    }
}

/// The values of an enumeration with the names of their variants.
fn variants(kind: &ModelKind) -> Vec<(String, String)> {
    match kind {
        ModelKind::StringEnum(_, all) => all.iter().map(|it| (it.wire.clone(), it.name.clone())).collect(),
        ModelKind::IntegerEnum(_, all) => all.iter().map(|it| (it.wire.to_string(), it.name.clone())).collect(),
        _ => Vec::new(),
    }
}
