//! Parameters: those that an operation declares, and those that only its path names.

use super::path_items::PathItem;
use super::{Lowering, extensions};
use crate::diagnostics::{Code, Felt, Left};
use crate::document::skeleton::{self, ParameterHead, ParameterPlace};
use crate::ir::{
    Location, MediaType, Parameter, ParameterForm, PathTemplate, Schema, SchemaId, Style, Type, Types, is_alike,
};
use crate::source::{At, Origin, Value};

impl<'a> Lowering<'a, '_> {
    /// The parameters of an operation; none where one cannot be read without which no request is right.
    pub(super) fn parameters(&mut self, item: &PathItem<'a>, operation: &At<'a>) -> Option<Vec<Parameter>> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let lists: Vec<_> = item.fields("parameters").chain(operation.field("parameters")).collect();
        for list in lists {
            let first = parameters.len();
            let mut own: Vec<Parameter> = Vec::new();
            // What was left out when the document was checked has left its place in the list.
            for at in list.items().filter(|at| *at.value != Value::Null) {
                let (place, beside) = (at.origin.clone(), self.beside(&at));
                let at = self.document.follow(at);
                if self.is_described_elsewhere(&at) {
                    continue;
                }
                let parameter = self.parameter(at)?;
                let parameter = Parameter { description: beside.or(parameter.description), ..parameter };
                match own.iter().find(|it| is_same(it, &parameter)) {
                    Some(first) => self.twice(&parameter, &place, first),
                    None => own.push(parameter),
                }
            }
            for parameter in own {
                match parameters[..first].iter().position(|it| is_same(it, &parameter)) {
                    // The operation's own parameter overrides the path item's.
                    Some(position) => parameters[position] = parameter,
                    None => parameters.push(parameter),
                }
            }
        }
        self.alone_in_query(parameters)
    }

    /// Of two parameters of one name and place in one list the first counts.
    fn twice(&mut self, second: &Parameter, place: &Origin, first: &Parameter) {
        let (location, name) = (second.location.as_str(), second.name.escape_debug());
        let message = format!("the {location} parameter `{name}` is there already");
        let left = Left::new(format!("the second {location} parameter `{name}`"), Felt::Both);
        self.diagnostics
            .report(Code::InvalidField, place, message)
            .leaves_out(left)
            .related(first.origin.clone(), "the first one");
    }

    /// What is the whole query leaves no room for other parameters: those that may be absent go, else the operation.
    fn alone_in_query(&mut self, mut parameters: Vec<Parameter>) -> Option<Vec<Parameter>> {
        let Some(whole) = parameters.iter().find(|it| matches!(it.form, ParameterForm::Whole(_))) else {
            return Some(parameters);
        };
        let (name, first) = (whole.name.clone(), whole.origin.clone());
        let beside = |it: &Parameter| it.location == Location::Query && it.origin != first;
        for parameter in parameters.iter().filter(|it| beside(it)) {
            let other = parameter.name.escape_debug();
            let message = format!("`{other}` has no place: `{}` is the whole query", name.escape_debug());
            let finding = self.diagnostics.report(Code::InvalidField, &parameter.origin, message);
            let finding = finding.related(first.clone(), "the whole query");
            if parameter.required {
                finding.leaves_out(Left::operation(format!("the operation `{}`", self.reading)));
                return None;
            }
            finding.leaves_out(Left::new(format!("the query parameter `{other}`"), Felt::Both));
        }
        parameters.retain(|it| !beside(it));
        Some(parameters)
    }

    /// Whether a header parameter has no effect, because another part of the document says what it would.
    fn is_described_elsewhere(&mut self, at: &At<'a>) -> bool {
        let name = at.string("name").filter(|name| at.string("in") == Some("header") && is_reserved_header(name));
        if let Some(name) = name {
            let message = format!("the header parameter `{}` has no effect", name.escape_debug());
            self.diagnostics
                .report(Code::IgnoredField, &at.origin, message)
                .help("describe it by a security scheme or by `content`");
        }
        name.is_some()
    }

    fn parameter(&mut self, at: At<'a>) -> Option<Parameter> {
        let head = skeleton::parameter(self.document, &at, self.diagnostics)?;
        let ParameterHead { name, place, description, required, deprecated, explode, allow_reserved, allow_empty } =
            head;
        let location = location(place);
        let style = at.string("style").and_then(Style::parse).unwrap_or(location.style());
        let explode = explode.unwrap_or(style.explodes());
        let by_style = ParameterForm::Style { style, explode, allow_reserved };
        let is_whole_query = at.string("in") == Some("querystring");
        let (form, schema) = if is_whole_query { self.whole_query(&at)? } else { self.form(&at, by_style) };
        Some(Parameter {
            location,
            description,
            required: required || location == Location::Path,
            deprecated,
            allow_empty,
            provenance: extensions::provenance(&at),
            rust_name: extensions::rust_name(&at, self.diagnostics),
            form,
            schema,
            examples: self.examples(&at),
            name,
            origin: at.origin,
        })
    }

    /// The schema of a parameter or header, and how its value becomes text; any text where the document says neither.
    pub(super) fn form(&mut self, at: &At<'a>, by_style: ParameterForm) -> (ParameterForm, SchemaId) {
        if let Some(schema) = at.field("schema") {
            return (by_style, self.schema(schema));
        }
        let first = at.field("content").and_then(|content| content.entries().next());
        if let Some((name, media_type)) = first
            && let key = media_type.origin.clone()
            && let Some(schema) = self.document.follow(media_type).field("schema")
            && let Some(text) = self.media_types(name, &key, true).into_iter().next()
        {
            return (ParameterForm::Content(text.as_str().to_owned()), self.schema(schema));
        }
        (by_style, self.any_text(&at.origin.key("schema")))
    }

    /// `in: querystring`: a form as the whole query is what `form` with `explode` makes of an object, and JSON and text
    /// stand there as they are.
    fn whole_query(&mut self, at: &At<'a>) -> Option<(ParameterForm, SchemaId)> {
        let as_form = ParameterForm::Style { style: Style::Form, explode: true, allow_reserved: false };
        let left = Left::operation(format!("the operation `{}`", self.reading));
        let Some((name, media_type)) = at.field("content").and_then(|content| content.entries().next()) else {
            let message = "`in: querystring` is the whole query, and `content` is what says how that is written";
            let place = if at.value.get("schema").is_some() { at.origin.key("schema") } else { at.origin.clone() };
            let schema = at.field("schema").filter(|it| self.is_object(it));
            let finding = self.diagnostics.report(Code::InvalidField, &place, message);
            let Some(schema) = schema else {
                finding.leaves_out(left).help("a parameter with a name of its own has `in: query`");
                return None;
            };
            finding.taken_as("`application/x-www-form-urlencoded` of this schema").at_key();
            return Some((as_form, self.schema(schema)));
        };
        let media_type = self.document.follow(media_type);
        let parsed = MediaType::parse(name).ok();
        let is_json = parsed.as_ref().is_some_and(MediaType::is_json);
        let is_form = parsed.as_ref().is_some_and(MediaType::is_form);
        let is_text = parsed.is_some_and(|it| it.is_text());
        let schema = media_type.field("schema");
        let schema = schema.filter(|it| is_form || is_json || (is_text && self.is_scalar(it)));
        if schema.is_none() {
            self.diagnostics
                .report(
                    Code::UnsupportedField,
                    &media_type.origin,
                    format!("a query in `{}` is not supported", name.escape_debug()),
                )
                .leaves_out(left)
                .at_key()
                .help(
                    "supported are `application/x-www-form-urlencoded` and `application/json` with a schema, and `text/plain` \
                     with one of a text, a number or a boolean",
                );
        }
        if let Some(encoding) = media_type.field("encoding").filter(|it| it.entries().any(|(_, it)| !is_usual(&it))) {
            let message = "`encoding` has no effect: the fields of a query are written as `form` with `explode`";
            self.diagnostics.report(Code::ApproximatedField, &encoding.origin, message).at_key();
        }
        let form = if is_form { as_form } else { ParameterForm::Whole(name.to_owned()) };
        Some((form, self.schema(schema?)))
    }

    /// Whether a schema says that a value is no list and no object.
    fn is_scalar(&self, at: &At<'a>) -> bool {
        let schema = self.document.follow(at.clone());
        schema.string("type").is_some_and(|it| matches!(it, "string" | "integer" | "number" | "boolean"))
    }

    /// The schema of any text, for what the document does not describe.
    pub(super) fn any_text(&mut self, origin: &Origin) -> SchemaId {
        if let Some(id) = self.schemas.find(origin) {
            return id;
        }
        let id = self.schemas.reserve(origin);
        let mut schema = Schema::new(origin.clone());
        schema.types = Types::only(Type::String);
        self.schemas.set(id, schema);
        id
    }

    /// Gives a parameter the name that the path has for it, where it is clear which one is meant: by a name that differs
    /// little, or because there is one of each.
    fn pair(&mut self, path: &PathTemplate, parameters: &mut [Parameter]) {
        let is_placed = |it: &Parameter| it.location != Location::Path || path.parameters().any(|name| name == it.name);
        for by_name in [true, false] {
            let is_declared =
                |name: &&str| parameters.iter().any(|it| it.location == Location::Path && it.name == **name);
            let open: Vec<_> = path.parameters().filter(|name| !is_declared(name)).collect();
            for name in &open {
                let mut unplaced = parameters.iter_mut().filter(|it| !is_placed(it));
                let (first, second) = if by_name {
                    let mut alike = unplaced.filter(|it| is_alike(&it.name, name));
                    (alike.next(), alike.next())
                } else {
                    (unplaced.next().filter(|_| open.len() == 1), unplaced.next())
                };
                let (Some(parameter), None) = (first, second) else { continue };
                let shown = parameter.name.escape_debug();
                let message = format!(
                    "the path has no `{{{shown}}}`, and `{{{}}}` is declared by no other parameter",
                    name.escape_debug()
                );
                let instead = format!("the parameter `{{{}}}` of the path", name.escape_debug());
                self.diagnostics.report(Code::InvalidPath, &parameter.origin, message).taken_as(instead);
                (*name).clone_into(&mut parameter.name);
            }
        }
    }

    /// A template and its parameters must name each other.
    pub(super) fn path_parameters(&mut self, path: &PathTemplate, parameters: &mut Vec<Parameter>, at: &At<'a>) {
        self.ask(path, parameters, at);
        self.pair(path, parameters);
        for name in path.parameters() {
            if parameters.iter().any(|it| it.location == Location::Path && it.name == name) {
                continue;
            }
            // A second place of one name has been reported with the path.
            let first = name
                .rsplit_once('_')
                .and_then(|(first, _)| parameters.iter().find(|it| it.location == Location::Path && it.name == first));
            if let Some(first) = first.cloned() {
                parameters.push(Parameter { name: name.to_owned(), rust_name: None, ..first });
                continue;
            }
            parameters.push(self.undeclared(name, at));
        }
        let diagnostics = &mut *self.diagnostics;
        parameters.retain(|parameter| {
            let used = parameter.location != Location::Path || path.parameters().any(|name| name == parameter.name);
            if !used {
                let name = parameter.name.escape_debug();
                diagnostics
                    .report(Code::InvalidPath, &parameter.origin, format!("the path has no `{{{name}}}`"))
                    .leaves_out(Left::new(format!("the path parameter `{name}`"), Felt::Both));
            }
            used
        });
    }

    /// What a path asks for in its query is a parameter of the query, with the name that it has there.
    fn ask(&mut self, path: &PathTemplate, parameters: &mut Vec<Parameter>, at: &At<'a>) {
        for (key, name) in path.asked() {
            let is_declared = |it: &Parameter| it.location == Location::Query && (it.name == *key || it.name == *name);
            if parameters.iter().any(is_declared) {
                continue;
            }
            let meant = parameters.iter().position(|it| it.location == Location::Path && it.name == *name);
            let parameter = match meant {
                // It stands in the path as well.
                Some(position) if path.parameters().any(|it| it == name) => parameters[position].clone(),
                Some(position) => parameters.remove(position),
                None => self.undeclared(name, at),
            };
            parameters.push(asked_as(parameter, key));
        }
    }

    /// A parameter of a path that nobody describes.
    fn undeclared(&mut self, name: &str, at: &At<'a>) -> Parameter {
        let message = format!("the path has `{{{}}}`, which no parameter declares", name.escape_debug());
        self.diagnostics.report(Code::InvalidPath, &at.origin, message).taken_as("any text").at_key();
        let origin = at.origin.key("parameters").key(name);
        Parameter {
            location: Location::Path,
            description: None,
            required: true,
            deprecated: false,
            allow_empty: false,
            provenance: None,
            rust_name: None,
            form: ParameterForm::Style { style: Style::Simple, explode: false, allow_reserved: false },
            schema: self.any_text(&origin.key("schema")),
            examples: Vec::new(),
            name: name.to_owned(),
            origin,
        }
    }
}

/// A parameter of the path as one of the query.
fn asked_as(parameter: Parameter, key: &str) -> Parameter {
    let form = match parameter.form {
        ParameterForm::Style { allow_reserved, .. } => {
            ParameterForm::Style { style: Style::Form, explode: false, allow_reserved }
        }
        other => other,
    };
    let rust_name = parameter.rust_name.filter(|_| parameter.name == key);
    Parameter { location: Location::Query, name: key.to_owned(), form, rust_name, ..parameter }
}

/// Whether a field of a query is written as it is where nothing is said.
fn is_usual(encoding: &At<'_>) -> bool {
    let style = encoding.string("style").is_none_or(|it| it == "form");
    style && encoding.flag("explode") != Some(false) && encoding.value.get("contentType").is_none()
}

/// Whether two parameters have one name and place; names of headers have no case.
fn is_same(one: &Parameter, other: &Parameter) -> bool {
    let has_name = if one.location == Location::Header {
        one.name.eq_ignore_ascii_case(&other.name)
    } else {
        one.name == other.name
    };
    one.location == other.location && has_name
}

/// Header parameters of these names are ignored, says the Parameter Object.
fn is_reserved_header(name: &str) -> bool {
    ["accept", "content-type", "authorization"].iter().any(|it| name.eq_ignore_ascii_case(it))
}

fn location(place: ParameterPlace) -> Location {
    match place {
        ParameterPlace::Path => Location::Path,
        ParameterPlace::Query => Location::Query,
        ParameterPlace::Header => Location::Header,
        ParameterPlace::Cookie => Location::Cookie,
    }
}
