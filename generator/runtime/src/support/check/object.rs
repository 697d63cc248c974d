//! The keywords of objects.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::super::violation::Violation;
use super::run::{Notes, Place, Run};
use super::scalar::size_violation;
use super::schema::{Id, Keyword, Properties, Required};

const PROPERTIES: [&str; 2] = ["property", "properties"];

impl Run<'_> {
    pub(super) fn object<'i>(
        &mut self,
        keyword: &Keyword,
        object: &'i Map<String, Value>,
        place: Place<'i, '_>,
        notes: Notes<'_, 'i>,
    ) -> bool {
        let size = object.len() as u64;
        match keyword {
            Keyword::MinProperties(min) => {
                size >= *min
                    || self.fail(place.at, |it| size_violation(it, "minProperties", "have at least", *min, PROPERTIES))
            }
            Keyword::MaxProperties(max) => {
                size <= *max
                    || self.fail(place.at, |it| size_violation(it, "maxProperties", "have at most", *max, PROPERTIES))
            }
            Keyword::Required(required) => self.required(required, object, place),
            Keyword::Properties(properties) => self.properties(properties, object, place, notes),
            Keyword::PropertyNames(schema) => self.property_names(*schema, object, place),
            Keyword::DependentRequired(dependent) => self.dependent_required(dependent, object, place),
            Keyword::DependentSchemas(dependent) => self.dependent_schemas(dependent, object, place, notes),
            Keyword::UnevaluatedProperties(schema) => self.unevaluated_properties(*schema, object, place, notes),
            _ => self.scalar(keyword, place),
        }
    }

    fn required(&mut self, required: &[Required], object: &Map<String, Value>, place: Place<'_, '_>) -> bool {
        let mut valid = true;
        for Required { name, except } in required {
            if *except == Some(self.direction) || object.contains_key(&**name) {
                continue;
            }
            valid = self.fail(&place.at.property(name), |it| Violation::new(it, "required", "is missing"));
            if self.is_done() {
                return false;
            }
        }
        valid
    }

    fn properties<'i>(
        &mut self,
        properties: &Properties,
        object: &'i Map<String, Value>,
        place: Place<'i, '_>,
        mut notes: Notes<'_, 'i>,
    ) -> bool {
        let mut valid = true;
        for (name, value) in object {
            let mut evaluated = false;
            let at = place.at.property(name);
            if let Some(schema) = properties.named.get(name) {
                evaluated = true;
                valid &= self.descend(*schema, value, &at);
            }
            #[cfg(feature = "pattern")]
            for (_, schema) in properties.patterns.iter().filter(|(pattern, _)| pattern.is_match(name)) {
                evaluated = true;
                valid &= self.descend(*schema, value, &at);
            }
            if !evaluated && let Some(schema) = properties.additional {
                evaluated = true;
                valid &= self.surplus(schema, "additionalProperties", value, &at);
            }
            if let Some(notes) = notes.as_deref_mut().filter(|_| evaluated) {
                notes.properties.insert(name);
            }
            if !valid && self.is_done() {
                return false;
            }
        }
        valid
    }

    /// Applies the schema of properties that no other keyword names; `false` forbids them.
    fn surplus(&mut self, schema: Id, keyword: &'static str, value: &Value, at: &super::run::At<'_>) -> bool {
        if let [Keyword::Never] = self.arena.get(schema).keywords.as_slice() {
            return self
                .fail(at, |it| Violation::new(it, keyword, "is not a property of this object").with_limit(false));
        }
        self.descend(schema, value, at)
    }

    fn property_names(&mut self, schema: Id, object: &Map<String, Value>, place: Place<'_, '_>) -> bool {
        let mut valid = true;
        for name in object.keys() {
            let name_value = Value::String(name.clone());
            let at = place.at.property(name);
            if self.quietly(|run| run.descend_temporary(schema, &name_value, &at)) {
                continue;
            }
            valid = false;
            if self.report.is_some() {
                let reasons = self.apart(2, |run| {
                    run.descend_temporary(schema, &name_value, &at);
                });
                let reasons: Vec<_> = reasons.into_iter().map(|it| it.message).collect();
                let message = format!("has a name that is not allowed: it {}", reasons.join(" and "));
                self.fail(&at, |it| Violation::new(it, "propertyNames", message));
            }
            if self.is_done() {
                return false;
            }
        }
        valid
    }

    fn dependent_required(
        &mut self,
        dependent: &BTreeMap<String, Vec<Box<str>>>,
        object: &Map<String, Value>,
        place: Place<'_, '_>,
    ) -> bool {
        let mut valid = true;
        for (name, needed) in dependent.iter().filter(|(name, _)| object.contains_key(*name)) {
            for needed in needed.iter().filter(|it| !object.contains_key(&***it)) {
                valid = self.fail(&place.at.property(needed), |pointer| {
                    Violation::new(pointer, "dependentRequired", format!("is missing, and `{name}` needs it"))
                });
                if self.is_done() {
                    return false;
                }
            }
        }
        valid
    }

    fn dependent_schemas<'i>(
        &mut self,
        dependent: &BTreeMap<String, Id>,
        object: &'i Map<String, Value>,
        place: Place<'i, '_>,
        mut notes: Notes<'_, 'i>,
    ) -> bool {
        let mut valid = true;
        for (_, schema) in dependent.iter().filter(|(name, _)| object.contains_key(*name)) {
            valid &= self.eval(*schema, place, notes.as_deref_mut());
            if !valid && self.is_done() {
                return false;
            }
        }
        valid
    }

    fn unevaluated_properties<'i>(
        &mut self,
        schema: Id,
        object: &'i Map<String, Value>,
        place: Place<'i, '_>,
        notes: Notes<'_, 'i>,
    ) -> bool {
        let Some(notes) = notes else { return true };
        if std::mem::replace(&mut notes.all_properties, true) || notes.incomplete {
            return true;
        }
        let mut valid = true;
        for (name, value) in object.iter().filter(|(name, _)| !notes.properties.contains(name.as_str())) {
            valid &= self.surplus(schema, "unevaluatedProperties", value, &place.at.property(name));
            if !valid && self.is_done() {
                return false;
            }
        }
        valid
    }
}
