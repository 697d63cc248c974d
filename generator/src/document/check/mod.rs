//! Walks a document by the ledger: fields nobody knows, fields that are missing, values of the wrong type.
//!
//! One bad object never hides another: a finding is reported, and the walk goes on beside it.

mod parts;
mod schema;
mod special;
mod types;
mod values;

use super::Version;
use super::ledger::{self, Level, Need, ObjectKind, Row, fields};
use super::references::{Found, Reference, Seen, Via};
use super::suggest::similar;
use crate::diagnostics::{Code, Diagnostics, Felt, Left};
use crate::source::{At, Object, Value};

/// The walk. It borrows the findings of the whole run, so that files met later add to the same books.
pub(super) struct Checker<'c> {
    pub version: Version,
    pub found: &'c mut Found,
    pub diagnostics: &'c mut Diagnostics,
}

impl Checker<'_> {
    /// Checks an object, or the reference that stands for it.
    pub(super) fn object_or_reference(&mut self, at: &At<'_>, kind: ObjectKind, scope: usize) {
        // A Path Item Object has a `$ref` of its own, and fields may stand beside it.
        if kind == ObjectKind::PathItem || at.value.get("$ref").is_none() {
            return self.object(at, kind, scope);
        }
        self.found.seen.insert(at.origin.clone(), Seen::Reference(kind));
        self.reference(at, kind, scope);
        let allowed: &[&str] = match self.version {
            Version::V20 | Version::V30 => &[],
            Version::V31 | Version::V32 => &["summary", "description"],
        };
        self.siblings(at, allowed);
    }

    /// Checks an object and everything in it.
    pub(super) fn object(&mut self, at: &At<'_>, kind: ObjectKind, scope: usize) {
        if kind == ObjectKind::Schema {
            return self.schema(at, scope);
        }
        if at.value.as_object().is_none() {
            return self.no_object(at, kind);
        }
        if self.found.seen.insert(at.origin.clone(), Seen::Object(kind)).is_none() {
            self.fields(at, kind, scope);
            self.special(at, kind);
            self.schemes_by_address(at, kind, scope);
        }
    }

    /// Checks each field of an object by its row.
    fn fields(&mut self, at: &At<'_>, kind: ObjectKind, scope: usize) {
        let rows = fields(kind, self.version);
        for (key, value) in at.value.as_object().into_iter().flatten() {
            // Most members are scalars as they should be: nothing is to be said of their places.
            let named = rows.named(key);
            if named.is_some_and(|row| row.level != Level::Ignored && values::is_scalar(value, row.kind)) {
                continue;
            }
            let member = At::new(value, at.origin.key(key));
            // The names in a security requirement are the author's, whatever they start with.
            let is_extension = key.starts_with("x-") && kind != ObjectKind::SecurityRequirement;
            match named.or_else(|| rows.pattern().filter(|_| !is_extension)) {
                Some(_) if self.is_settled(&member) => {}
                Some(row) if *member.value == Value::Null && row.kind != ledger::ValueKind::Any => {
                    self.null(row, &member);
                }
                Some(row) => {
                    self.level(row, key, &member);
                    self.value(&member, row.kind, scope);
                }
                None if is_extension => {}
                None => self.unknown(key, &member, kind, scope),
            }
        }
        for row in rows.needed() {
            if at.value.get(row.field).is_none() {
                self.missing(at, row);
            }
        }
    }

    /// Whether a member was repaired, or checked by a rule of its own.
    fn is_settled(&self, member: &At<'_>) -> bool {
        self.found.repairs.contains_key(&member.origin) || self.found.settled.contains(&member.origin)
    }

    /// A field with nothing behind its colon: absent, or the entry of that name without any fields.
    fn null(&mut self, row: &Row, member: &At<'_>) {
        if row.is_pattern() {
            self.null_entry(member, row.kind);
        } else if let Need::Expected(instead) = row.presence {
            self.repaired(member, format!("`{}` is `null`", row.field), instead, None);
        } else if row.presence == Need::Required {
            let message = format!("`{}` is `null`", row.field);
            self.diagnostics.report(Code::MissingField, &member.origin, message).at_key();
        } else {
            self.repaired(member, format!("`{}` is `null`", row.field), "it is absent", None);
        }
    }

    /// The entry of a mapping with nothing behind its colon.
    fn null_entry(&mut self, member: &At<'_>, kind: ledger::ValueKind) {
        let name = member.origin.pointer.last().unwrap_or_default();
        let (value, instead) = match kind {
            ledger::ValueKind::Object(ObjectKind::Schema) => (Value::object(Object::default()), "any JSON value"),
            ledger::ValueKind::Object(_) | ledger::ValueKind::OrReference(_) => {
                (Value::object(Object::default()), "an object without fields")
            }
            ledger::ValueKind::Array(_) => (Value::Array(Vec::new()), "an empty list"),
            kind => return self.wrong_type(member, kind),
        };
        self.repaired(member, format!("`{name}` is `null`"), instead, Some(value));
    }

    /// Reports what is understood all the same, with what stands there for every later stage.
    fn repaired(&mut self, member: &At<'_>, message: String, instead: &str, value: Option<Value>) {
        self.diagnostics.report(Code::RepairedField, &member.origin, message).taken_as(instead);
        self.found.repairs.insert(member.origin.clone(), value);
    }

    fn missing(&mut self, at: &At<'_>, row: &Row) {
        if (row.object, row.field) == (ObjectKind::RequestBody, "content") {
            let any = Object::from_iter([("*/*".to_owned(), Value::object(Object::default()))]);
            self.found.repairs.insert(at.origin.key(row.field), Some(Value::object(any)));
        }
        let message = format!("`{}` is missing", row.field);
        let diagnostic = match row.presence {
            Need::Expected(instead) => {
                self.diagnostics.report(Code::RepairedField, &at.origin, message).taken_as(instead)
            }
            Need::Required | Need::Optional => self.diagnostics.report(Code::MissingField, &at.origin, message),
        };
        let object = match (self.version, row.object) {
            (Version::V20, ObjectKind::OpenApi) => "Swagger Object",
            (_, object) => object.name(),
        };
        diagnostic.label(format!("this {object} needs it")).at_key();
    }

    /// A field of another version means there what it means here; any other has no effect.
    fn unknown(&mut self, key: &str, member: &At<'_>, kind: ObjectKind, scope: usize) {
        let others = [Version::V30, Version::V31, Version::V32].into_iter().filter(|it| *it != self.version);
        let other = others.into_iter().find_map(|it| Some((it, fields(kind, it).named(key)?)));
        if let Some((other, row)) = other {
            let message =
                format!("`{key}` is a field of OpenAPI {}, and this is {}", other.as_str(), self.version.as_str());
            let diagnostic = self.diagnostics.report(Code::UnknownField, &member.origin, message).at_key();
            if let Some(instead) = instead(key, self.version) {
                diagnostic.help(instead);
            }
            // Where references start from is a matter of the version as a whole.
            if !key.starts_with('$') {
                diagnostic.taken_as(format!("what it says in OpenAPI {}", other.as_str()));
                self.value(member, row.kind, scope);
            }
            return;
        }
        let message = format!("`{key}` is not a field of {}", kind.with_article());
        let similar = similar(key, fields(kind, self.version).iter().map(|row| row.field));
        let diagnostic = self.diagnostics.report(Code::UnknownField, &member.origin, message).at_key();
        if let Some(name) = similar {
            diagnostic.help(format!("a field with a similar name is `{name}`"));
        }
    }

    /// Says what will have no effect, once for the outermost field.
    fn level(&mut self, row: &Row, key: &str, member: &At<'_>) {
        use ObjectKind::{Contact, ExternalDocs, License, Link, Tag, Xml};
        let inner = matches!(row.object, Contact | ExternalDocs | License | Link | Tag | Xml);
        if row.level != Level::Ignored || inner {
            return;
        }
        self.diagnostics
            .report(Code::IgnoredField, &member.origin, format!("`{key}` has no effect: {}", row.note))
            .at_key();
    }

    /// Notes the `$ref` of an object.
    fn reference(&mut self, at: &At<'_>, expected: ObjectKind, scope: usize) {
        if let Some(member) = at.field("$ref") {
            self.reference_text(&member, expected, scope, Via::Ref);
        }
    }

    /// Notes a reference by the member that holds its text.
    fn reference_text(&mut self, member: &At<'_>, expected: ObjectKind, scope: usize, via: Via) {
        match member.value.as_str() {
            Some(text) => {
                let (member, text) = (member.origin.clone(), text.to_owned());
                self.found.references.push(Reference { member, text, expected, scope, via });
            }
            None => self.wrong_type(member, ledger::ValueKind::Text),
        }
    }

    /// A requirement names a scheme among the components or, since 3.2, by its address, as no name of a component is.
    fn schemes_by_address(&mut self, at: &At<'_>, kind: ObjectKind, scope: usize) {
        if kind != ObjectKind::SecurityRequirement || self.version != Version::V32 {
            return;
        }
        for (text, member) in at.entries().filter(|(name, _)| name.contains(['#', '/'])) {
            let (member, text) = (member.origin, text.to_owned());
            let expected = ObjectKind::SecurityScheme;
            self.found.references.push(Reference { member, text, expected, scope, via: Via::Ref });
        }
    }

    /// Reports what stands beside a `$ref` and has no effect there.
    fn siblings(&mut self, at: &At<'_>, allowed: &[&str]) {
        let ignored = |key: &&str| *key != "$ref" && !key.starts_with("x-") && !allowed.contains(key);
        let names: Vec<String> =
            at.entries().map(|(key, _)| key).filter(ignored).map(|key| format!("`{key}`")).collect();
        let Some(first) = at.entries().find(|(key, _)| ignored(key)) else { return };
        let verb = if names.len() == 1 { "has" } else { "have" };
        self.diagnostics
            .report(
                Code::ReferenceSibling,
                &first.1.origin,
                format!("{} beside `$ref` {verb} no effect", names.join(", ")),
            )
            .leaves_out(Left::new(names.join(", "), Felt::Both))
            .at_key();
    }
}

/// What the other version's keyword is called in this one.
fn instead(key: &str, version: Version) -> Option<&'static str> {
    Some(match (key, version) {
        ("nullable", Version::V31 | Version::V32) => "list the type: `type: [string, 'null']`",
        ("example", Version::V31 | Version::V32) => "use `examples`",
        ("const", Version::V20 | Version::V30) => "use `enum` with one value",
        ("examples", Version::V20 | Version::V30) => "use `example`",
        ("webhooks", Version::V30) => "write `openapi: 3.1.0` to use it",
        _ => return None,
    })
}
