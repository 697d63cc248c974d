//! Schema Objects, keyword by keyword.

use super::generic::Dynamic;
use super::patterns::Verdict;
use super::{Lowering, extensions};
use crate::diagnostics::{Code, Felt, Left};
use crate::document::Version;
use crate::ir::{
    Annotations, Arrays, Conditional, Contains, Discriminator, Numbers, Objects, Schema, SchemaId, Strings, TagKind,
    Type, Types,
};
use crate::ordered::{IndexMap, with_room};
use crate::schemas::INTEGER_FORMATS;
use crate::source::{At, Number, Origin, Value};

impl<'a> Lowering<'a, '_> {
    /// `components.schemas`, by name.
    pub(super) fn components(&mut self, root: &At<'a>) -> Vec<(String, SchemaId)> {
        let schemas = root.field("components").and_then(|components| components.field("schemas"));
        schemas.iter().flat_map(At::entries).map(|(name, at)| (name.to_owned(), self.schema(at))).collect()
    }

    /// The id of a schema, whose keywords are read later where it is met for the first time.
    pub(super) fn schema(&mut self, at: At<'a>) -> SchemaId {
        if let Some(id) = self.schemas.find(&at.origin) {
            return id;
        }
        let id = self.schemas.meet(&at.origin);
        self.pending.push((id, at));
        id
    }

    /// Reads the keywords of every schema that was met, the last one first.
    pub(super) fn drain_one_by_one(&mut self) {
        while let Some((id, at)) = self.pending.pop() {
            let schema = self.lower_schema(id, &at);
            self.schemas.set(id, schema);
        }
    }

    fn lower_schema(&mut self, id: SchemaId, at: &At<'a>) -> Schema {
        let mut schema = Schema::new(at.origin.clone());
        schema.source = self.document.sources.written(&at.origin).pointer;
        if at.value.as_bool() == Some(false) {
            schema.types = Types::NONE;
        }
        schema.reference = self.reference(at, "$ref");
        if schema.reference.is_some() && !self.document.version.has_json_schema() {
            self.nullable(at, &mut schema);
            return schema;
        }
        schema.annotations = annotations(at);
        if schema.annotations.read_only && schema.annotations.write_only {
            let message = "a property cannot be both `readOnly` and `writeOnly`";
            self.diagnostics
                .report(Code::InvalidKeyword, &at.origin.key("writeOnly"), message)
                .taken_as("neither of the two")
                .at_key();
            schema.annotations.read_only = false;
            schema.annotations.write_only = false;
        }
        schema.types = if at.value.as_bool() == Some(false) { Types::NONE } else { types(at) };
        schema.enumeration = at.value.get("enum").and_then(Value::as_array).map(<[Value]>::to_vec);
        schema.constant = at.value.get("const").cloned();
        schema.format = at.string("format").filter(|it| self.formats_assert || is_hint(it)).map(str::to_owned);
        schema.numbers = self.numbers(at).into();
        schema.strings = self.strings(at).into();
        schema.arrays = self.arrays(at).into();
        schema.objects = self.objects(at).into();
        schema.all_of = self.list(at, "allOf");
        // What it leads to holds for the same instance, as a member of `allOf` does.
        let dynamic = self.reference(at, "$dynamicRef");
        if let Some(name) = self.document.dynamics.name(&at.origin) {
            self.dynamic.insert(id, Dynamic { name: name.to_owned(), initial: dynamic });
        }
        for other in [dynamic, self.reference(at, "$recursiveRef")] {
            if schema.reference.is_none() {
                schema.reference = other;
            } else {
                schema.all_of.extend(other);
            }
        }
        schema.any_of = self.list(at, "anyOf");
        schema.one_of = self.list(at, "oneOf");
        schema.not = self.question(at, "not");
        schema.conditional = self.question(at, "if").map(|condition| Conditional {
            condition,
            then: self.question(at, "then"),
            otherwise: self.question(at, "else"),
        });
        schema.discriminator = self.discriminator(at);
        schema.extensions = extensions::of_schema(at, self.diagnostics).into();
        self.implied(id, at, &mut schema);
        null_alone(&mut schema);
        whole_numbers(&mut schema);
        schema
    }

    fn reference(&mut self, at: &At<'a>, keyword: &str) -> Option<SchemaId> {
        let member = at.field(keyword)?;
        let target = self.document.target(&member.origin)?.clone();
        self.document.at(&target).map(|target| self.schema(target))
    }

    fn numbers(&mut self, at: &At<'a>) -> Numbers {
        let minimum = self.number(at, "minimum");
        let maximum = self.number(at, "maximum");
        let multiple_of = self.number(at, "multipleOf");
        // In 3.0 the exclusive bounds are switches on the others.
        let switch = |key| at.flag(key).unwrap_or(false);
        let (below, above) = (switch("exclusiveMinimum"), switch("exclusiveMaximum"));
        Numbers {
            exclusive_minimum: if below { minimum.clone() } else { self.number(at, "exclusiveMinimum") },
            exclusive_maximum: if above { maximum.clone() } else { self.number(at, "exclusiveMaximum") },
            minimum: minimum.filter(|_| !below),
            maximum: maximum.filter(|_| !above),
            multiple_of,
        }
    }

    fn number(&mut self, at: &At<'a>, key: &str) -> Option<Number> {
        let number = at.value.get(key)?.as_number()?;
        if number.as_f64().is_finite() {
            return Some(number.clone());
        }
        let message = format!("`{key}` is beyond the numbers that JSON can exchange");
        self.diagnostics.report(Code::InvalidKeyword, &at.origin.key(key), message).leaves_out(keyword(key));
        None
    }

    fn count(&mut self, at: &At<'a>, key: &str) -> Option<u64> {
        let number = at.value.get(key)?.as_number()?;
        let count = number.as_i128().and_then(|it| u64::try_from(it).ok());
        let origin = at.origin.key(key);
        // What is negative or no whole number has been reported when the document was checked.
        if count.is_none() && !self.diagnostics.has_errors_within(&origin) {
            let message = format!("`{key}` must be a whole number from 0 to {}", u64::MAX);
            self.diagnostics.report(Code::InvalidKeyword, &origin, message).leaves_out(keyword(key));
        }
        count
    }

    fn strings(&mut self, at: &At<'a>) -> Strings {
        Strings {
            min_length: self.count(at, "minLength"),
            max_length: self.count(at, "maxLength"),
            pattern: at.string("pattern").and_then(|pattern| self.pattern(pattern, &at.origin.key("pattern"))),
        }
    }

    /// The pattern that schemas have for what the document says; none where nothing can be asked by it.
    fn pattern(&mut self, pattern: &str, origin: &Origin) -> Option<String> {
        let problem = match self.patterns.verdict(pattern) {
            Verdict::Translated(translated, what) => {
                let message = format!("`{}` has {what}, which patterns of ECMA-262 have not", shown(pattern));
                let instead = format!("`{}`", shown(&translated));
                self.diagnostics.report(Code::InvalidPattern, origin, message).taken_as(instead);
                return Some(translated);
            }
            Verdict::Usable => {
                self.slashes(pattern, origin);
                return Some(pattern.to_owned());
            }
            Verdict::Unusable(problem) => problem,
        };
        // Errors of other engines have several lines, of which the last says what is wrong.
        let problem = problem.lines().last().unwrap_or_default().trim_start_matches("error: ");
        let message = format!("`{}` is not a usable pattern: {}", shown(pattern), shown(problem));
        self.diagnostics.report(Code::InvalidPattern, origin, message).leaves_out(keyword("pattern"));
        None
    }

    /// `/^a$/i` is how JavaScript writes a pattern in code; in a document its slashes and flags are text.
    fn slashes(&mut self, pattern: &str, origin: &Origin) {
        let Some(inner) = super::flags::between_slashes(pattern) else { return };
        self.diagnostics
            .report(
                Code::InvalidPattern,
                origin,
                "the slashes around this pattern, and what follows them, are a part of it",
            )
            .taken_as(format!("the pattern as it stands, `{}`", shown(pattern)))
            .help(format!("write `{}` where they are not meant", shown(inner)));
    }

    fn arrays(&mut self, at: &At<'a>) -> Arrays {
        let (min, max) = (self.count(at, "minContains"), self.count(at, "maxContains"));
        Arrays {
            items: self.member(at, "items"),
            // A list in `items` is how older drafts wrote `prefixItems`.
            prefix_items: self.list(at, if is_list(at, "items") { "items" } else { "prefixItems" }),
            min_items: self.count(at, "minItems"),
            max_items: self.count(at, "maxItems"),
            unique_items: at.flag("uniqueItems").unwrap_or(false),
            contains: self.member(at, "contains").map(|schema| Contains { schema, min, max }),
            unevaluated_items: self.member(at, "unevaluatedItems"),
        }
    }

    fn objects(&mut self, at: &At<'a>) -> Objects {
        let texts = |at: At<'a>| at.items().filter_map(|it| it.value.as_str().map(str::to_owned)).collect::<Vec<_>>();
        let dependent = at.field("dependentRequired");
        let mut objects = Objects {
            properties: self.map(at, "properties"),
            required: at.field("required").map(texts).unwrap_or_default(),
            additional: self.member(at, "additionalProperties"),
            pattern_properties: self.pattern_properties(at),
            property_names: self.member(at, "propertyNames"),
            min_properties: self.count(at, "minProperties"),
            max_properties: self.count(at, "maxProperties"),
            dependent_required: dependent
                .iter()
                .flat_map(At::entries)
                .map(|(name, at)| (name.to_owned(), texts(at)))
                .collect(),
            dependent_schemas: self.questions(at, "dependentSchemas"),
            unevaluated_properties: self.member(at, "unevaluatedProperties"),
        };
        self.dependencies(at, &mut objects);
        objects
    }

    /// `dependencies`, which older drafts had for what are two keywords today.
    fn dependencies(&mut self, at: &At<'a>, objects: &mut Objects) {
        for (name, needed) in at.field("dependencies").iter().flat_map(At::entries) {
            let names = needed.items().filter_map(|it| it.value.as_str().map(str::to_owned));
            let is_known = if is_schema(needed.value) {
                let schema = self.schema(needed.clone());
                objects.dependent_schemas.insert(name.to_owned(), schema).is_some()
            } else {
                objects.dependent_required.insert(name.to_owned(), names.collect()).is_some()
            };
            if is_known {
                let message = format!("`{}` depends on something here and in a newer keyword", name.escape_debug());
                self.diagnostics
                    .report(Code::UnsupportedField, &needed.origin, message)
                    .taken_as("what `dependencies` says")
                    .help("use `dependentRequired` and `dependentSchemas` alone");
            }
        }
    }

    fn pattern_properties(&mut self, at: &At<'a>) -> IndexMap<String, SchemaId> {
        let map = self.map(at, "patternProperties");
        if map.is_empty() {
            return map;
        }
        let origin = at.origin.key("patternProperties");
        map.into_iter().filter(|(pattern, _)| self.pattern(pattern, &origin.key(pattern)).is_some()).collect()
    }

    fn member(&mut self, at: &At<'a>, key: &str) -> Option<SchemaId> {
        at.field(key).filter(|it| is_schema(it.value)).map(|it| self.schema(it))
    }

    /// A member that instances of every type are held against, whatever it says about objects.
    fn question(&mut self, at: &At<'a>, key: &str) -> Option<SchemaId> {
        let id = self.member(at, key)?;
        self.questions.insert(id);
        Some(id)
    }

    fn questions(&mut self, at: &At<'a>, key: &str) -> IndexMap<String, SchemaId> {
        let all = self.map(at, key);
        self.questions.extend(all.values());
        all
    }

    fn list(&mut self, at: &At<'a>, key: &str) -> Vec<SchemaId> {
        let branches = at.field(key);
        branches.iter().flat_map(At::items).filter(|it| is_schema(it.value)).map(|it| self.schema(it)).collect()
    }

    fn map(&mut self, at: &At<'a>, key: &str) -> IndexMap<String, SchemaId> {
        let Some(members) = at.field(key) else { return IndexMap::default() };
        let mut map = with_room(members.entries().count());
        for (name, it) in members.entries().filter(|(_, it)| is_schema(it.value)) {
            map.insert(name.to_owned(), self.schema(it));
        }
        map
    }

    fn discriminator(&mut self, at: &At<'a>) -> Option<Discriminator> {
        let discriminator = at.field("discriminator")?;
        let property = discriminator.string("propertyName")?.to_owned();
        let mut mapping = IndexMap::default();
        for (value, target) in discriminator.field("mapping").iter().flat_map(At::entries) {
            if let Some(branch) = self.mapped(&target) {
                mapping.insert(value.to_owned(), branch);
            }
        }
        let default = discriminator.field("defaultMapping").filter(|_| self.document.version == Version::V32);
        let default = default.and_then(|target| self.mapped(&target));
        Some(Discriminator { property, kind: TagKind::String, mapping, default })
    }

    /// The target of a mapping, be it a component's name or a reference; resolving has reported what leads nowhere.
    fn mapped(&mut self, at: &At<'a>) -> Option<SchemaId> {
        let target = self.document.target(&at.origin)?.clone();
        self.document.at(&target).map(|it| self.schema(it))
    }
}

/// `const: null` and `enum: [null]` are `type: 'null'`.
fn null_alone(schema: &mut Schema) {
    let listed = schema.constant.iter().chain(schema.enumeration.iter().flatten());
    let is_alone = schema.enumeration.as_ref().is_none_or(|it| !it.is_empty())
        && (schema.constant.is_some() || schema.enumeration.is_some())
        && listed.into_iter().all(|it| *it == Value::Null);
    if is_alone && schema.types.contains(Type::Null) {
        schema.types = Types::only(Type::Null);
        (schema.constant, schema.enumeration) = (None, None);
    }
}

/// A number whose format is one of integers is an integer.
fn whole_numbers(schema: &mut Schema) {
    let is_whole = schema.format.as_deref().is_some_and(|it| INTEGER_FORMATS.contains(&it));
    if is_whole && schema.types.contains(Type::Number) && schema.types != Types::ALL {
        schema.types = schema.types.without(Type::Number).with(Type::Integer);
    }
}

fn is_list(at: &At<'_>, key: &str) -> bool {
    at.value.get(key).is_some_and(|it| it.as_array().is_some())
}

/// A pattern as it stands in the document, whose signs need no escapes but for those that a terminal obeys.
fn shown(pattern: &str) -> String {
    let plain = |char: char| if char.is_control() { char.escape_debug().to_string() } else { char.to_string() };
    pattern.chars().map(plain).collect()
}

fn keyword(key: &str) -> Left {
    Left::new(format!("the keyword `{key}`"), Felt::Both)
}

fn is_schema(value: &Value) -> bool {
    matches!(value, Value::Object(_) | Value::Bool(_))
}

/// Formats that assert nothing, wherever they stand.
fn is_hint(format: &str) -> bool {
    matches!(format, "binary" | "password")
}

/// `type`, as one name or as a list.
fn types(at: &At<'_>) -> Types {
    let Some(ty) = at.field("type") else { return Types::ALL };
    let names: Vec<&str> = match ty.value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    names.into_iter().filter_map(Type::parse).fold(Types::NONE, Types::with)
}

fn annotations(at: &At<'_>) -> Annotations {
    let text = |key: &str| at.string(key).map(str::to_owned);
    let flag = |key: &str| at.flag(key).unwrap_or(false);
    let examples = at.value.get("examples").and_then(Value::as_array).unwrap_or_default();
    Annotations {
        title: text("title"),
        description: text("description"),
        deprecated: flag("deprecated"),
        read_only: flag("readOnly"),
        write_only: flag("writeOnly"),
        content_encoding: text("contentEncoding"),
        content_media_type: text("contentMediaType"),
        default: at.value.get("default").cloned(),
        examples: at.value.get("example").into_iter().chain(examples).cloned().collect(),
    }
}
