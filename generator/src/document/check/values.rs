//! Checks a value against the kind that its row names.

use super::super::ledger::{ObjectKind, ValueKind};
use super::super::references::{Seen, Via};
use super::Checker;
use crate::diagnostics::Code;
use crate::source::{At, Number, Object, Value};

impl Checker<'_> {
    /// Checks a value and everything in it.
    pub(super) fn value(&mut self, at: &At<'_>, kind: ValueKind, scope: usize) {
        match kind {
            ValueKind::Any => {
                self.found.seen.insert(at.origin.clone(), Seen::Value);
            }
            ValueKind::Object(object) => self.object(at, object, scope),
            ValueKind::OrReference(object) => self.object_or_reference(at, object, scope),
            ValueKind::Reference(object) => self.reference_text(at, object, scope, Via::Ref),
            ValueKind::DynamicReference => self.reference_text(at, ObjectKind::Schema, scope, Via::DynamicRef),
            ValueKind::RecursiveReference => self.reference_text(at, ObjectKind::Schema, scope, Via::RecursiveRef),
            ValueKind::Map(inner) if at.value.as_object().is_some() => {
                self.found.seen.insert(at.origin.clone(), Seen::Group);
                self.members(at, *inner, scope);
            }
            ValueKind::Array(inner) if at.value.as_array().is_some() => {
                self.found.seen.insert(at.origin.clone(), Seen::Group);
                for item in at.items() {
                    self.value(&item, *inner, scope);
                }
            }
            ValueKind::Either(kinds) => match kinds.iter().find(|kind| fits(at.value, **kind)) {
                Some(fitting) => self.value(at, *fitting, scope),
                None if self.taken_for(at, kind) => {}
                None => self.wrong_type(at, kind),
            },
            ValueKind::Text
            | ValueKind::OneOf(_)
            | ValueKind::Boolean
            | ValueKind::Number
            | ValueKind::Count
            | ValueKind::Map(_)
            | ValueKind::Array(_) => {
                if !fits(at.value, kind) && !self.taken_for(at, kind) {
                    self.wrong_type(at, kind);
                }
            }
        }
    }

    /// Repairs a scalar that is written as another kind of scalar, an item that is written without its list, and a list
    /// that stands for nothing.
    fn taken_for(&mut self, at: &At<'_>, kind: ValueKind) -> bool {
        let Some((value, instead)) = misspelt(at.value, kind) else { return false };
        let is_scalar = matches!(kind, ValueKind::Boolean | ValueKind::Number | ValueKind::Count);
        let what = if is_scalar && at.value.as_str().is_some() { "the text " } else { "" };
        let message = format!("{} must be {}, and this is {what}{}", subject(at), wanted(kind), shown(at.value));
        self.diagnostics.report(self.code(at), &at.origin, message).taken_as(instead);
        self.found.repairs.insert(at.origin.clone(), Some(value));
        true
    }

    /// The same for an object; what cannot be repaired is reported.
    pub(super) fn no_object(&mut self, at: &At<'_>, kind: ObjectKind) {
        if !self.taken_for(at, ValueKind::Object(kind)) {
            self.wrong_type(at, ValueKind::Object(kind));
        }
    }

    /// Reports a value that is not of its kind.
    pub(super) fn wrong_type(&mut self, at: &At<'_>, kind: ValueKind) {
        let message = format!("{} must be {}, and this is {}", subject(at), wanted(kind), shown(at.value));
        let diagnostic = self.diagnostics.report(self.code(at), &at.origin, message);
        if let (ValueKind::OneOf(allowed), Value::String(text)) = (kind, at.value)
            && let Some(name) = super::similar(text, allowed.iter().copied())
        {
            diagnostic.help(format!("`{name}` is similar"));
        }
        if kind == ValueKind::Object(ObjectKind::Schema) && at.value.as_array().is_some() && is_among_properties(at) {
            diagnostic.help("`required` stands beside `properties`, not in it");
        }
    }

    fn code(&self, at: &At<'_>) -> Code {
        if self.is_in_schema(at) { Code::InvalidKeyword } else { Code::InvalidField }
    }

    /// Whether the value is a keyword's of a schema, at any depth of its own.
    fn is_in_schema(&self, at: &At<'_>) -> bool {
        let mut pointer = at.origin.pointer.parent();
        while let Some(outer) = pointer {
            let origin = crate::source::Origin { file: at.origin.file, pointer: outer.clone() };
            match self.found.seen.get(&origin) {
                Some(Seen::Object(kind)) => return *kind == ObjectKind::Schema,
                Some(Seen::Reference(_)) => return false,
                Some(Seen::Group | Seen::Value) | None => pointer = outer.parent(),
            }
        }
        false
    }
}

/// Whether a value describes a property that is called as the keyword that lists properties.
fn is_among_properties(at: &At<'_>) -> bool {
    let outer = at.origin.pointer.parent().and_then(|parent| parent.last());
    (at.origin.pointer.last().as_deref(), outer.as_deref()) == (Some("required"), Some("properties"))
}

/// What a value of the wrong kind can only mean: the value, and the words for it.
fn misspelt(value: &Value, kind: ValueKind) -> Option<(Value, String)> {
    let text = |text: &str| Some((Value::String(text.to_owned()), format!("the text `{text}`")));
    match (kind, value) {
        (ValueKind::Text, Value::Number(number)) => text(number.as_str()),
        (ValueKind::Text, Value::Bool(flag)) => text(if *flag { "true" } else { "false" }),
        (ValueKind::Boolean, Value::String(word)) => {
            let flag = word.to_ascii_lowercase().parse().ok()?;
            Some((Value::Bool(flag), format!("`{flag}`")))
        }
        (ValueKind::Number | ValueKind::Count, Value::String(digits)) => {
            let number = Value::Number(Number::new(digits)?);
            fits(&number, kind).then(|| (number, format!("the number `{digits}`")))
        }
        (ValueKind::OneOf(allowed), Value::String(word)) => {
            let name = allowed.iter().find(|name| name.eq_ignore_ascii_case(word))?;
            Some((Value::String((*name).to_owned()), format!("`{name}`")))
        }
        (ValueKind::Object(_) | ValueKind::OrReference(_) | ValueKind::Map(_), Value::Array(items)) => {
            let instead = match kind {
                ValueKind::Object(ObjectKind::SecurityRequirement) => {
                    "`{}`, as PHP writes it: no credentials are wanted"
                }
                _ => "`{}`, as PHP writes it",
            };
            items.is_empty().then(|| (Value::object(Object::default()), instead.to_owned()))
        }
        (ValueKind::Either(kinds), value) => kinds.iter().find_map(|kind| misspelt(value, *kind)),
        (ValueKind::Array(ValueKind::Text), Value::String(_)) => {
            Some((Value::Array(vec![value.clone()]), "a sequence of this one".to_owned()))
        }
        _ => None,
    }
}

/// Whether a value has the outward form of a kind.
pub(super) fn fits(value: &Value, kind: ValueKind) -> bool {
    match kind {
        ValueKind::Any => true,
        ValueKind::Text | ValueKind::Reference(_) | ValueKind::DynamicReference | ValueKind::RecursiveReference => {
            value.as_str().is_some()
        }
        ValueKind::OneOf(allowed) => value.as_str().is_some_and(|text| allowed.contains(&text)),
        ValueKind::Boolean => value.as_bool().is_some(),
        ValueKind::Number => value.as_number().is_some(),
        ValueKind::Count => value.as_number().is_some_and(is_count),
        ValueKind::Object(_) | ValueKind::OrReference(_) | ValueKind::Map(_) => value.as_object().is_some(),
        ValueKind::Array(_) => value.as_array().is_some(),
        ValueKind::Either(kinds) => kinds.iter().any(|kind| fits(value, *kind)),
    }
}

/// Whether a value is of a kind that has no place for others, and has its outward form.
pub(super) fn is_scalar(value: &Value, kind: ValueKind) -> bool {
    match kind {
        ValueKind::Text | ValueKind::OneOf(_) | ValueKind::Boolean | ValueKind::Number | ValueKind::Count => {
            fits(value, kind)
        }
        ValueKind::Either(kinds) => kinds.iter().find(|it| fits(value, **it)).is_some_and(|it| is_scalar(value, *it)),
        _ => false,
    }
}

/// A count may be far larger than anything that will be counted.
fn is_count(number: &Number) -> bool {
    /// From here on every `f64` is whole.
    const ALWAYS_WHOLE: f64 = 9_007_199_254_740_992.0;
    number.as_i128().map_or_else(|| number.as_f64() >= ALWAYS_WHOLE, |whole| whole >= 0)
}

/// What a message calls a value: its field, or the field whose item it is.
fn subject(at: &At<'_>) -> String {
    let Some(last) = at.origin.pointer.last() else { return "the document".to_owned() };
    if last.bytes().all(|byte| byte.is_ascii_digit())
        && let Some(field) = at.origin.pointer.parent().and_then(|parent| parent.last())
    {
        return format!("an item of `{field}`");
    }
    format!("`{last}`")
}

fn wanted(kind: ValueKind) -> String {
    match kind {
        ValueKind::Any => "a value".to_owned(),
        ValueKind::Text | ValueKind::Reference(_) | ValueKind::DynamicReference | ValueKind::RecursiveReference => {
            "a string".to_owned()
        }
        ValueKind::OneOf(allowed) => {
            let names: Vec<String> = allowed.iter().map(|name| format!("`{name}`")).collect();
            if names.len() == 1 { names.concat() } else { format!("one of {}", names.join(", ")) }
        }
        ValueKind::Boolean => "`true` or `false`".to_owned(),
        ValueKind::Number => "a number".to_owned(),
        ValueKind::Count => "a whole number, zero or more".to_owned(),
        ValueKind::Object(object) | ValueKind::OrReference(object) => object.with_article(),
        ValueKind::Map(_) => "a mapping".to_owned(),
        ValueKind::Array(_) => "a sequence".to_owned(),
        ValueKind::Either(kinds) => kinds.iter().map(|kind| wanted(*kind)).collect::<Vec<_>>().join(", or "),
    }
}

fn shown(value: &Value) -> String {
    /// A longer value would hide the message.
    const LONGEST: usize = 40;
    match value {
        Value::String(text) if text.chars().count() > LONGEST => "a long string".to_owned(),
        Value::Number(number) if number.as_str().len() > LONGEST => "a long number".to_owned(),
        value => super::super::problems::shown(value),
    }
}
