//! Defaults: `default` as a value of the type of its field or parameter, where it is one.
//!
//! A value is taken apart by its type once all models are settled. What has no one spelling in Rust, such as a value of a
//! union or of a type of the user's, is documented only.

use crate::plan::words::{
    ApiPlan, DefaultValue, Field, Format, Model, ModelId, ModelKind, Presence, Rest, RustType, Struct,
};
use crate::schemas::whole;
use crate::source::Value;

/// Gives fields and parameters that may be absent the values that they then stand for.
pub(super) fn settle(plan: &mut ApiPlan) {
    let known = Known { models: &plan.models };
    let settled: Vec<Vec<Option<DefaultValue>>> = plan.models.iter().map(|it| known.fields(&it.kind)).collect();
    for operation in &mut plan.operations {
        for parameter in &mut operation.parameters {
            parameter.default = parameter.default.take().and_then(|it| known.settled(&parameter.ty, it));
        }
    }
    for (model, defaults) in plan.models.iter_mut().zip(settled) {
        let ModelKind::Struct(it) = &mut model.kind else { continue };
        for (field, default) in it.fields.iter_mut().zip(defaults) {
            field.default = default;
        }
    }
}

/// The models that values may be of.
struct Known<'p> {
    models: &'p [Model],
}

impl Known<'_> {
    /// The default of each field of a struct.
    fn fields(&self, kind: &ModelKind) -> Vec<Option<DefaultValue>> {
        let ModelKind::Struct(it) = kind else { return Vec::new() };
        let default = |field: &Field| {
            let held = field.ty.inner().filter(|_| field.presence == Presence::Optional)?;
            self.settled(held, field.default.clone()?)
        };
        it.fields.iter().map(default).collect()
    }

    fn settled(&self, ty: &RustType, default: DefaultValue) -> Option<DefaultValue> {
        match default {
            DefaultValue::Given(value) => self.value(ty, &value),
            settled => Some(settled),
        }
    }

    /// A value as one of a type.
    fn value(&self, ty: &RustType, value: &Value) -> Option<DefaultValue> {
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
            (RustType::String, Value::String(text)) => Some(DefaultValue::Text(text.clone())),
            (RustType::Formatted(format), Value::String(text)) => formatted(*format, text),
            (RustType::Vec(item), Value::Array(items)) => {
                items.iter().map(|it| self.value(item, it)).collect::<Option<_>>().map(DefaultValue::List)
            }
            (RustType::Map(key, item), Value::Object(members)) if **key == RustType::String => {
                let member = |(name, it): (&String, &Value)| Some((name.clone(), self.value(item, it)?));
                members.iter().map(member).collect::<Option<_>>().map(DefaultValue::Map)
            }
            (RustType::Option(_), Value::Null) => Some(DefaultValue::Null),
            (RustType::Option(inner) | RustType::Boxed(inner), _) => self.value(inner, value),
            (RustType::Model(id), _) => self.of_model(*id, value),
            _ => None,
        }
    }

    fn of_model(&self, ModelId(id): ModelId, value: &Value) -> Option<DefaultValue> {
        match (&self.models.get(id)?.kind, value) {
            (ModelKind::Alias(id), _) => self.of_model(*id, value),
            (ModelKind::StringEnum(_, all), Value::String(text)) => {
                all.iter().find(|it| it.wire == *text).map(|it| DefaultValue::Variant(it.name.clone()))
            }
            (ModelKind::IntegerEnum(_, all), _) => {
                let value = whole(value)?;
                all.iter().find(|it| it.wire == value).map(|it| DefaultValue::Variant(it.name.clone()))
            }
            (ModelKind::Newtype(ty, _), _) => Some(DefaultValue::Newtype(Box::new(self.value(ty, value)?))),
            (ModelKind::Struct(it), Value::Object(members)) => {
                let is_named = |name: &str| it.fields.iter().any(|field| field.wire == name);
                let is_whole = it.rest == Rest::Dropped || members.keys().all(|name| is_named(name));
                self.object(it, |name| members.get(name)).filter(|_| is_whole)
            }
            _ => None,
        }
    }

    /// The fields of an object; a deprecated one is nothing that a default should use.
    fn object<'v>(&self, it: &Struct, member: impl Fn(&str) -> Option<&'v Value>) -> Option<DefaultValue> {
        let field = |field: &Field| match (field.presence, member(&field.wire)) {
            _ if field.deprecated => None,
            (Presence::Required, None) => None,
            (_, None) => Some(None),
            (Presence::Tristate, Some(Value::Null)) => Some(Some(DefaultValue::Null)),
            (Presence::Required, Some(value)) => Some(Some(self.value(&field.ty, value)?)),
            (_, Some(value)) => Some(Some(self.value(field.ty.inner()?, value)?)),
        };
        it.fields.iter().map(field).collect::<Option<_>>().map(DefaultValue::Object)
    }
}

/// Moments and days; other formats have no value that cannot fail to be one.
fn formatted(format: Format, text: &str) -> Option<DefaultValue> {
    match format {
        Format::DateTime(_) => {
            let moment: jiff::Timestamp = text.parse().ok()?;
            Some(DefaultValue::Moment { seconds: moment.as_second(), nanoseconds: moment.subsec_nanosecond() })
        }
        Format::Date(_) => {
            let day: jiff::civil::Date = text.parse().ok()?;
            Some(DefaultValue::Day { year: day.year(), month: day.month(), day: day.day() })
        }
        _ => None,
    }
}
