//! What a schema means beyond its letter: what authors leave out because their other keywords say it.
//!
//! `properties` without `type: object`, `null` in `type` that `enum` forgets, `nullable` beside a reference, values of which
//! none has the type beside them, an unquoted `false` among strings, a quoted `1` among numbers, an empty `enum`, a pattern
//! for all names. Each is reported where it stands; `x-implied-types: false` at the top of the document turns all but
//! `nullable` off.

use super::Lowering;
use crate::diagnostics::{Code, Felt, Left};
use crate::ir::{Objects, Schema, SchemaId, Type, Types};
use crate::schemas::{NUMBER_FORMATS, type_of};
use crate::source::{At, Number, Value};

/// The keywords that are about objects and nothing else.
const OF_OBJECTS: [&str; 3] = ["properties", "required", "additionalProperties"];

impl<'a> Lowering<'a, '_> {
    pub(super) fn implied(&mut self, id: SchemaId, at: &At<'a>, schema: &mut Schema) {
        if self.types_are_implied {
            self.without_values(at, schema);
        }
        self.nullable(at, schema);
        if self.types_are_implied {
            self.nothing_but_null(at, schema);
            self.implied_object(id, at, schema);
            self.unquoted(at, schema);
            self.quoted(at, schema);
            self.outvoted(at, schema);
            self.unlisted(at, schema);
            self.implied_null(at, schema);
            self.listed_null(at, schema);
            self.implied_map(at, schema);
            self.integer_or_text(at, schema);
        }
    }

    /// What Kubernetes has for ports and shares, `8080` or `"50%"`: the letter of its documents is a string, or nothing.
    fn integer_or_text(&mut self, at: &At<'a>, schema: &mut Schema) {
        const FORMAT: &str = "int-or-string";
        const MARK: &str = "x-kubernetes-int-or-string";
        const SAYING: [&str; 7] = ["type", "enum", "const", "$ref", "allOf", "oneOf", "anyOf"];
        let is_text = schema.types.without(Type::Null) == Types::only(Type::String);
        let (key, said) = if is_text && at.string("format") == Some(FORMAT) {
            ("format", format!("`format: {FORMAT}`"))
        } else if at.flag(MARK) == Some(true) && SAYING.iter().all(|key| at.value.get(key).is_none()) {
            (MARK, format!("`{MARK}`"))
        } else {
            return;
        };
        let either = Types::only(Type::Integer).with(Type::String);
        let is_nullable = at.flag("nullable") == Some(true) || is_text && schema.types.contains(Type::Null);
        schema.types = if is_nullable { either.with(Type::Null) } else { either };
        schema.format = None;
        let message = format!("{said} is taken as: an integer or a string");
        self.diagnostics.report(Code::ImpliedType, &at.origin.key(key), message).at_key();
    }

    /// `nullable` of 3.0. Beside `type`, an `enum` need not list `null`, as authors rarely do; beside a reference or a
    /// composition, `null` satisfies the whole.
    pub(super) fn nullable(&mut self, at: &At<'a>, schema: &mut Schema) {
        if at.flag("nullable") != Some(true) {
            self.nullable_member(at, schema);
            return;
        }
        let composition = ["$ref", "allOf", "oneOf", "anyOf"].into_iter().find(|key| at.value.get(key).is_some());
        if let Some(keyword) = composition {
            let message = format!("`nullable` beside `{keyword}` is taken as: or `null`, whatever `{keyword}` says");
            self.diagnostics.report(Code::ImpliedType, &at.origin.key("nullable"), message).at_key();
            schema.or_null = true;
            return;
        }
        if schema.types == Types::ALL && schema.enumeration.is_none() {
            return;
        }
        schema.types = schema.types.with(Type::Null);
        if let Some(values) = &mut schema.enumeration
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
    }

    /// `nullable` in a member of `allOf` that names no type, where it has no effect by the letter: authors who have it
    /// there mean the whole.
    fn nullable_member(&mut self, at: &At<'a>, schema: &mut Schema) {
        const ASSERTED: [&str; 7] = ["type", "enum", "properties", "$ref", "allOf", "oneOf", "anyOf"];
        let is_meant = |it: &At<'_>| {
            it.flag("nullable") == Some(true) && ASSERTED.iter().all(|keyword| it.value.get(keyword).is_none())
        };
        let members = at.field("allOf");
        let Some(member) = members.iter().flat_map(At::items).find(is_meant) else { return };
        let message = "`nullable` in a member of `allOf` is taken as: or `null`, whatever `allOf` says";
        self.diagnostics.report(Code::ImpliedType, &member.origin.key("nullable"), message).at_key();
        schema.or_null = true;
    }

    /// `type: object`. What `not`, `if` and their like hold is asked about any instance, and stays as it is.
    fn implied_object(&mut self, id: SchemaId, at: &At<'a>, schema: &mut Schema) {
        let says_which = ["type", "enum", "const"].iter().any(|key| at.value.get(key).is_some());
        let Some(keyword) = OF_OBJECTS.iter().find(|key| at.value.get(key).is_some()) else { return };
        if says_which || self.questions.contains(&id) {
            return;
        }
        let types = Types::only(Type::Object);
        schema.types = if at.flag("nullable") == Some(true) { types.with(Type::Null) } else { types };
        let message = format!("`{keyword}` without `type` is taken as `type: object`");
        self.diagnostics.report(Code::ImpliedType, &at.origin.key(keyword), message).at_key();
    }

    /// `additionalProperties`, where one pattern is for every name. Those with anchors leave out names with line breaks,
    /// which nobody means.
    fn implied_map(&mut self, at: &At<'a>, schema: &mut Schema) {
        const EVERY: [&str; 3] = ["", ".*", "(.*)"];
        const EVERY_LINE: [&str; 4] = ["^.*$", "^(.*)$", "^.*", "^(.*)"];
        let Some(objects) = schema.objects.present() else { return };
        let (Some((pattern, all)), true) = (objects.pattern_properties.first(), objects.pattern_properties.len() == 1)
        else {
            return;
        };
        let is_line = EVERY_LINE.contains(&pattern.as_str());
        if !objects.properties.is_empty() || !(is_line || EVERY.contains(&pattern.as_str())) {
            return;
        }
        if is_line {
            let pattern = pattern.escape_debug();
            let message = format!("`{pattern}` alone in `patternProperties` is taken as `additionalProperties`");
            self.diagnostics.report(Code::ImpliedType, &at.origin.key("patternProperties"), message).at_key();
        }
        objects.additional = Some(*all);
        objects.pattern_properties.clear();
    }

    /// A list of types with `null` beside an `enum` without it.
    fn implied_null(&mut self, at: &At<'a>, schema: &mut Schema) {
        let is_listed = at.value.get("type").is_some_and(|it| it.as_array().is_some_and(|it| it.len() > 1));
        if !is_listed || !schema.types.contains(Type::Null) {
            return;
        }
        let Some(values) = schema.enumeration.as_mut().filter(|it| !it.contains(&Value::Null)) else { return };
        values.push(Value::Null);
        self.diagnostics
            .report(Code::RepairedField, &at.origin.key("enum"), "`type` allows `null`, and `enum` does not list it")
            .taken_as("or `null`")
            .help("list `null` in `enum`, or leave it out of `type`")
            .at_key();
    }

    /// `null` among the values of an `enum` whose `type` forgets it.
    fn listed_null(&mut self, at: &At<'a>, schema: &mut Schema) {
        let is_listed = schema.enumeration.as_ref().is_some_and(|it| it.len() > 1 && it.contains(&Value::Null));
        let is_said = schema.types.contains(Type::Null) || at.flag("nullable") == Some(false);
        if !is_listed || is_said || at.value.get("type").is_none() {
            return;
        }
        schema.types = schema.types.with(Type::Null);
        let word = if self.document.version.has_json_schema() { "`null` in `type`" } else { "`nullable: true`" };
        self.diagnostics
            .report(Code::RepairedField, &at.origin.key("enum"), "`enum` lists `null`, and `type` does not allow it")
            .taken_as("or `null`")
            .help(format!("write {word}, or leave it out of `enum`"))
            .at_key();
    }

    /// `false` or `404` in an `enum` of strings, where YAML wants quotes.
    fn unquoted(&mut self, at: &At<'a>, schema: &mut Schema) {
        if schema.types.without(Type::Null) != Types::only(Type::String) {
            return;
        }
        for (idx, value) in schema.enumeration.iter_mut().flatten().enumerate() {
            let text = match value {
                Value::Bool(it) => it.to_string(),
                Value::Number(it) => it.as_str().to_owned(),
                _ => continue,
            };
            self.diagnostics
                .report(
                    Code::RepairedField,
                    &at.origin.key("enum").key(&idx.to_string()),
                    format!("`{text}` is no string, which `type` asks for"),
                )
                .taken_as(format!("the string `{text}`"))
                .help("write it in quotes");
            *value = Value::String(text);
        }
    }

    /// An `enum` without values, which by the letter refuses everything.
    fn without_values(&mut self, at: &At<'a>, schema: &mut Schema) {
        if schema.enumeration.as_ref().is_some_and(Vec::is_empty) {
            schema.enumeration = None;
            self.diagnostics
                .report(Code::RepairedField, &at.origin.key("enum"), "`enum` has no values")
                .taken_as("there is no such keyword");
        }
    }

    /// The type of all values of `enum`, where none has the one that `type` says.
    fn outvoted(&mut self, at: &At<'a>, schema: &mut Schema) {
        let Some(meant) = schema.enumeration.as_deref().and_then(of_all) else { return };
        let said = schema.types.without(Type::Null);
        // Of a list, and of an object that is described, the values may be of what it holds.
        let may_hold = said.contains(Type::Array) || *schema.objects != Objects::default();
        // Numbers that say their width are numbers: the texts are what they are called.
        let is_wide = schema.format.as_deref().is_some_and(|it| NUMBER_FORMATS.contains(&it));
        let is_said = is_wide || said == Types::NONE || said.and(Types::only(meant)) != Types::NONE;
        if is_said || schema.types == Types::ALL || may_hold {
            return;
        }
        let (said, named) = (said.shown(), meant.as_str());
        self.diagnostics
            .report(
                Code::RepairedField,
                &at.origin.key("type"),
                format!("`type` is {said}, and `enum` lists no such value"),
            )
            .taken_as(format!("`{named}`, which all values of `enum` are"))
            .help("correct `type`, or the values")
            .related(at.origin.key("enum"), "the values");
        let has_null = schema.types.contains(Type::Null);
        schema.types = if has_null { Types::only(meant).with(Type::Null) } else { Types::only(meant) };
    }

    /// A `const` that `enum` does not list: the one value counts, and not the list.
    fn unlisted(&mut self, at: &At<'a>, schema: &mut Schema) {
        let (Some(value), Some(values)) = (&schema.constant, &schema.enumeration) else { return };
        if values.contains(value) {
            return;
        }
        let message = format!("`const` is `{}`, which `enum` does not list", value.spelled().escape_debug());
        self.diagnostics
            .report(Code::ContradictorySchema, &at.origin.key("enum"), message)
            .leaves_out(Left::new("the keyword `enum`", Felt::Both))
            .related(at.origin.key("const"), "the value")
            .help("list the value, or correct `const`")
            .at_key();
        schema.enumeration = None;
    }

    /// `'1'` or `'true'` in an `enum` of numbers or booleans, where quotes make a string of it.
    fn quoted(&mut self, at: &At<'a>, schema: &mut Schema) {
        let types = schema.types;
        if types == Types::ALL || types.contains(Type::String) {
            return;
        }
        for (idx, value) in schema.enumeration.iter_mut().flatten().enumerate() {
            let Some(text) = value.as_str() else { continue };
            let Some(meant) = without_quotes(text).filter(|it| types.allow(it)) else { continue };
            self.diagnostics
                .report(
                    Code::RepairedField,
                    &at.origin.key("enum").key(&idx.to_string()),
                    format!("`{}` is a string here, which `type` does not allow", text.escape_debug()),
                )
                .taken_as(format!("{} `{text}`", if meant.as_bool().is_some() { "the boolean" } else { "the number" }))
                .help("write it without quotes");
            *value = meant;
        }
    }
}

/// The number or the boolean that a text spells.
fn without_quotes(text: &str) -> Option<Value> {
    match text {
        "true" | "false" => Some(Value::Bool(text == "true")),
        _ => Number::new(text).map(Value::Number),
    }
}

/// The one type of some scalars, `null` aside.
fn of_all(values: &[Value]) -> Option<Type> {
    let types = values.iter().map(type_of).fold(Types::NONE, Types::with).without(Type::Null);
    let is_number = types == Types::only(Type::Integer).with(Type::Number);
    let one = if is_number { Some(Type::Number) } else { types.single() };
    one.filter(|it| !matches!(it, Type::Array | Type::Object))
}
