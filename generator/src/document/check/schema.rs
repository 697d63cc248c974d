//! Checks a schema: its keywords by the ledger, its names, and where its references start from.

use super::super::Version;
use super::super::dynamic::DynamicAnchor;
use super::super::ledger::{ObjectKind, ValueKind};
use super::super::references::{Seen, Via};
use super::super::scope::{Anchor, Base, join};
use super::{Checker, types};
use crate::diagnostics::Code;
use crate::source::{At, Value};

/// The types of JSON Schema.
pub(super) const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// The dialects that mean what OpenAPI 3.1 and 3.2 mean.
const DIALECTS: [&str; 4] = [
    "https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.1/schema-base/2022-10-07",
];

impl Checker<'_> {
    pub(super) fn schema(&mut self, at: &At<'_>, scope: usize) {
        let is_boolean = at.value.as_bool().is_some() && self.version.has_json_schema();
        if !is_boolean && at.value.as_object().is_none() {
            return self.no_object(at, ObjectKind::Schema);
        }
        if self.found.seen.insert(at.origin.clone(), Seen::Object(ObjectKind::Schema)).is_some() || is_boolean {
            return;
        }
        if !self.version.has_json_schema() && at.value.get("$ref").is_some() {
            self.reference(at, ObjectKind::Schema, scope);
            return self.siblings(at, &["nullable"]);
        }
        let scope = if self.version.has_json_schema() { self.enter(at, scope) } else { scope };
        self.repair(at, scope);
        self.fields(at, ObjectKind::Schema, scope);
        self.mapping(at, scope);
        self.in_place(at);
        self.keywords(at);
        self.dialect(at, "$schema");
    }

    /// Puts right what real documents get wrong in one way only, so that later stages never meet it.
    fn repair(&mut self, at: &At<'_>, scope: usize) {
        for keyword in ["allOf", "anyOf", "oneOf"] {
            if let Some(list) = at.field(keyword)
                && list.value.as_array().is_some_and(<[_]>::is_empty)
            {
                let message = format!("`{keyword}` must have at least one schema");
                self.repaired(&list, message, "there is no such keyword", None);
            }
        }
        if let Some(required) = at.field("required").filter(|it| it.value.as_bool().is_some()) {
            let message = "`required` is a list of properties, and stands in the schema that has them".to_owned();
            self.repaired(&required, message, "there is no such keyword", None);
        }
        self.repair_type(at);
        self.repair_branches(at);
        self.repair_enum(at);
        self.repair_items(at, scope);
        if !self.version.has_json_schema() {
            self.spelled_newer(at);
        }
        if self.version.has_json_schema() {
            self.repair_bound(at, "exclusiveMinimum", "minimum");
            self.repair_bound(at, "exclusiveMaximum", "maximum");
        }
    }

    /// `exclusiveMinimum: true` beside `minimum: 0` is how OpenAPI 3.0 wrote `exclusiveMinimum: 0`.
    fn repair_bound(&mut self, at: &At<'_>, exclusive: &str, inclusive: &str) {
        let Some(member) = at.field(exclusive).filter(|it| it.value.as_bool().is_some()) else { return };
        let bound =
            at.field(inclusive).filter(|it| member.value.as_bool() == Some(true) && it.value.as_number().is_some());
        let message = format!("`{exclusive}` is a number from OpenAPI 3.1 on");
        match bound {
            Some(bound) => {
                let instead = format!("`{exclusive}` has the number of `{inclusive}`");
                self.repaired(&member, message, &instead, Some(bound.value.clone()));
            }
            None => self.repaired(&member, message, "there is no such keyword", None),
        }
    }

    /// In a list of types an unquoted `null` means the type of that name.
    fn repair_type(&mut self, at: &At<'_>) {
        let Some(list) = at.field("type") else { return };
        for item in list.items().filter(|item| *item.value == Value::Null) {
            let message = "a type is a string, and this is `null`".to_owned();
            self.repaired(&item, message, "the type `'null'`", Some(Value::String("null".to_owned())));
        }
        self.repair_words(&list, at);
        let is_list = |names: &[Value]| {
            let is_name = |it: &Value| it.as_str().is_some_and(|name| TYPES.contains(&name));
            let is_type = |it: &Value| is_name(it) || types::is_word(it) || *it == Value::Null;
            !names.is_empty() && names.iter().all(is_type)
        };
        if list.value.as_array().is_some_and(is_list) {
            self.found.settled.insert(list.origin.clone());
            if !self.version.has_json_schema() {
                self.newer(&list, "a list of types", "any of these types");
            }
        } else if !self.version.has_json_schema() && list.value.as_str() == Some("null") {
            self.newer(&list, "the type `null`", "`null` and nothing else");
        }
    }

    /// A list of schemas in `items` is how older drafts wrote `prefixItems`.
    fn repair_items(&mut self, at: &At<'_>, scope: usize) {
        let Some(items) = at.field("items").filter(|items| items.value.as_array().is_some()) else { return };
        self.diagnostics
            .report(Code::RepairedField, &items.origin, "`items` is one schema, and this is a list of them")
            .taken_as("`prefixItems`: a schema for each item by its place");
        self.found.settled.insert(items.origin.clone());
        self.value(&items, ValueKind::Array(&ValueKind::Object(ObjectKind::Schema)), scope);
    }

    /// Spellings of OpenAPI 3.1 that later stages read in either version.
    fn spelled_newer(&mut self, at: &At<'_>) {
        for keyword in ["exclusiveMinimum", "exclusiveMaximum"] {
            if let Some(bound) = at.field(keyword)
                && let Some(number) = bound.value.as_number()
            {
                let what = format!("a number in `{keyword}`");
                self.newer(&bound, &what, &format!("the bound {}, itself excluded", number.as_str()));
            }
        }
    }

    fn newer(&mut self, member: &At<'_>, what: &str, instead: &str) {
        let message = format!("{what} is of OpenAPI 3.1, and this is {}", self.version.as_str());
        self.diagnostics.report(Code::RepairedField, &member.origin, message).taken_as(instead);
        self.found.settled.insert(member.origin.clone());
    }

    /// The scope within a schema: its own if it has an `$id`. Anchors are names in that scope.
    fn enter(&mut self, at: &At<'_>, outer: usize) -> usize {
        let mut scope = outer;
        if let Some(id) = at.field("$id")
            && let Some(text) = id.value.as_str()
        {
            let text = text.strip_suffix('#').unwrap_or(text);
            let base = join(&self.found.scopes.all[outer].base, text).unwrap_or_else(|_| Base::Uri(text.to_owned()));
            if text.contains('#') {
                let message = "`$id` has a fragment, which names no schema of its own";
                self.diagnostics.report(Code::InvalidKeyword, &id.origin, message).help("use `$anchor`");
            } else {
                scope = self.scope(base.clone(), at).unwrap_or_else(|second| {
                    let first =
                        self.found.scopes.by_base.get(&base).map(|first| self.found.scopes.all[*first].root.clone());
                    let diagnostic = self.diagnostics.report(
                        Code::InvalidKeyword,
                        &id.origin,
                        format!("two schemas have the `$id` `{text}`"),
                    );
                    diagnostic.taken_as("the name of the first one");
                    if let Some(first) = first {
                        diagnostic.related(first, "the first");
                    }
                    second
                });
            }
        }
        self.anchor(at, "$anchor", scope);
        self.anchor(at, "$dynamicAnchor", scope);
        scope
    }

    /// The scope of a schema with an `$id`, which may be the URL that its file was found by.
    fn scope(&mut self, base: Base, at: &At<'_>) -> Result<usize, usize> {
        let known = self.found.scopes.by_base.get(&base).copied();
        match known.filter(|it| self.found.scopes.all[*it].root == at.origin) {
            Some(own) => Ok(own),
            None => self.found.scopes.add(base, at.origin.clone()),
        }
    }

    fn anchor(&mut self, at: &At<'_>, keyword: &str, scope: usize) {
        let Some(member) = at.field(keyword) else { return };
        let Some(name) = member.value.as_str() else { return };
        let is_legal = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.chars().all(|char| char.is_ascii_alphanumeric() || "-_.".contains(char));
        if !is_legal {
            let message = format!("`{name}` is no name for an anchor");
            self.diagnostics
                .report(Code::InvalidKeyword, &member.origin, message)
                .help("an anchor starts with a letter or `_`; letters, digits, `-`, `_` and `.` follow");
            return;
        }
        let is_dynamic = keyword == "$dynamicAnchor";
        let anchor = Anchor { origin: at.origin.clone(), is_dynamic };
        let earlier = self.found.scopes.add_anchor(scope, name, anchor);
        let resource = self.found.resource(&at.origin);
        let is_other = |first: &Anchor| {
            let is_bound_anew = is_dynamic && first.is_dynamic && self.found.resource(&first.origin) != resource;
            first.origin != at.origin && !is_bound_anew
        };
        let earlier = earlier.filter(is_other);
        if is_dynamic {
            let anchor = DynamicAnchor { resource, name: name.to_owned(), origin: at.origin.clone() };
            self.found.dynamic_anchors.push(anchor);
        }
        if let Some(first) = earlier {
            self.diagnostics
                .report(Code::InvalidKeyword, &member.origin, format!("two schemas have the anchor `{name}`"))
                .taken_as("the name of the first one")
                .related(first.origin, "the first");
        }
    }

    /// The values of a discriminator's `mapping` lead to schemas.
    fn mapping(&mut self, at: &At<'_>, scope: usize) {
        let Some(discriminator) = at.field("discriminator") else { return };
        if let Some(default) = discriminator.field("defaultMapping").filter(|it| it.value.as_str().is_some())
            && self.version == Version::V32
        {
            self.reference_text(&default, ObjectKind::Schema, scope, Via::Mapping);
        }
        let Some(mapping) = discriminator.field("mapping") else { return };
        for (_, value) in mapping.entries() {
            if value.value.as_str().is_some() {
                self.reference_text(&value, ObjectKind::Schema, scope, Via::Mapping);
            }
        }
    }

    /// Notes the schemas that apply to the same instance as this one: the edges on which a cycle has no end.
    fn in_place(&mut self, at: &At<'_>) {
        for keyword in ["allOf", "anyOf", "oneOf"] {
            for branch in at.field(keyword).iter().flat_map(At::items) {
                self.found.in_place.push((at.origin.clone(), branch.origin));
            }
        }
        for keyword in ["not", "if", "then", "else"] {
            if let Some(schema) = at.field(keyword) {
                self.found.in_place.push((at.origin.clone(), schema.origin));
            }
        }
        for keyword in ["dependentSchemas", "dependencies"] {
            for (_, schema) in at.field(keyword).iter().flat_map(At::entries) {
                self.found.in_place.push((at.origin.clone(), schema.origin));
            }
        }
    }

    /// What the type of a keyword's value cannot say.
    fn keywords(&mut self, at: &At<'_>) {
        if let Some(divisor) = at.field("multipleOf")
            && divisor.value.as_number().is_some_and(|number| !is_positive(number.as_str()))
        {
            self.diagnostics.report(Code::InvalidKeyword, &divisor.origin, "`multipleOf` must be greater than zero");
        }
        if !self.version.has_json_schema() && at.string("type") == Some("array") && at.value.get("items").is_none() {
            let version = if self.version == Version::V20 { "Swagger 2.0" } else { "OpenAPI 3.0" };
            let message = format!("`items` is missing, which {version} wants beside `type: array`");
            self.diagnostics.report(Code::RepairedField, &at.origin, message).taken_as("any item").at_key();
        }
    }

    /// Says so if schemas are meant to be read by other rules than ours.
    pub(super) fn dialect(&mut self, at: &At<'_>, keyword: &str) {
        let Some(member) = at.field(keyword).filter(|_| self.version.has_json_schema()) else { return };
        let Some(uri) = member.value.as_str() else { return };
        if !DIALECTS.contains(&uri.trim_end_matches('#')) {
            let message = format!("`{uri}` is read as the dialect of OpenAPI 3.1");
            self.diagnostics.report(Code::ApproximatedField, &member.origin, message);
        }
    }
}

/// Read from the text, because `1e-400` is zero as an `f64`.
fn is_positive(number: &str) -> bool {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    !number.starts_with('-') && mantissa.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
}
