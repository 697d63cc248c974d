//! Defaults: `default` as a value of the type of its field or parameter, where it is one.
//!
//! A value is taken apart by its type once all models are settled. What has no one spelling in Rust, such as a value of a
//! union or of a type of the user's, is documented only.

use super::sharing::Representatives;
use crate::plan::operations::{OperationDraft, ParameterDraft};
use crate::plan::schemas::{Draft, FieldDraft, StructDraft};
use crate::plan::words::{DefaultValue, Format, ModelId, ModelKind, Presence, Rest, RustType};
use crate::schemas::whole;
use crate::source::Value;

/// The values that fields and parameters stand for where they are absent, by the models that values may be of.
pub(super) struct Defaults<'d> {
    drafts: &'d [Draft],
}

impl<'d> Defaults<'d> {
    pub(super) fn new(drafts: &'d [Draft]) -> Self {
        Self { drafts }
    }

    /// The default of a field.
    pub(super) fn of_field(&self, field: &FieldDraft) -> Option<DefaultValue> {
        let held = field.ty.inner().filter(|_| field.presence == Presence::Optional)?;
        self.value(held, field.given.as_ref()?)
    }

    /// The defaults of the parameters of an operation.
    pub(super) fn of_parameters(
        &self,
        operation: &OperationDraft,
        types: &Representatives,
    ) -> Vec<Option<DefaultValue>> {
        let default = |it: &ParameterDraft| {
            let ty = it.ty.clone().with_models(&|id| types.model(id));
            self.value(&ty, it.given.as_ref()?)
        };
        operation.parameters.iter().map(default).collect()
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
        match (&self.drafts.get(id)?.kind, value) {
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
    fn object<'v>(&self, it: &StructDraft, member: impl Fn(&str) -> Option<&'v Value>) -> Option<DefaultValue> {
        let field = |field: &FieldDraft| match (field.presence, member(&field.wire)) {
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
