//! Operations: paths, parameters, bodies and responses.

use std::collections::BTreeMap;

use openapiv3 as skeletons;

use super::{Lowering, extensions};
use crate::diagnostics::Code;
use crate::document::{Version, skeleton};
use crate::ir::{
    Body, Content, Encoding, Header, Location, MediaType, Method, Operation, Parameter, ParameterForm, PathTemplate,
    Response, ResponseKey, Segment, Style,
};
use crate::source::{At, Origin, Value};

impl<'a> Lowering<'a, '_> {
    /// The operations below `paths`, and those below `webhooks`.
    pub(super) fn operations(&mut self, root: &At<'a>) -> (Vec<Operation>, Vec<Operation>) {
        let mut operations = Vec::new();
        let mut shapes = BTreeMap::new();
        for (path, item) in root.field("paths").iter().flat_map(At::entries) {
            if path.starts_with("x-") {
                continue;
            }
            match PathTemplate::parse(path) {
                Ok(template) => {
                    self.clashing_path(&template, &item.origin, &mut shapes);
                    operations.extend(self.path_item(&template, item));
                }
                // A path without its slash has been reported when the document was checked.
                Err(_) if !path.starts_with('/') => {}
                Err(problem) => {
                    let message = format!("`{}`: {problem}", path.escape_debug());
                    self.diagnostics.report(Code::InvalidPath, &item.origin, message).at_key();
                }
            }
        }
        let mut webhooks = Vec::new();
        for (name, item) in root.field("webhooks").iter().flat_map(At::entries) {
            webhooks.extend(self.path_item(&PathTemplate::webhook(name), item));
        }
        webhooks.append(&mut self.callbacks);
        let mut seen = BTreeMap::new();
        self.name_operations(&mut operations, &mut seen);
        self.name_operations(&mut webhooks, &mut seen);
        (operations, webhooks)
    }

    /// Two templates that differ in parameter names only would answer to the same requests.
    fn clashing_path(&mut self, template: &PathTemplate, origin: &Origin, shapes: &mut BTreeMap<String, Origin>) {
        let shape: Vec<_> = template.segments().iter().map(segment_shape).collect();
        if let Some(first) = shapes.insert(shape.join("/"), origin.clone()) {
            let message = format!("`{}` matches the same requests as another path", template.as_str().escape_debug());
            self.diagnostics
                .report(Code::InvalidPath, origin, message)
                .at_key()
                .related(first, "the other path")
                .help("make one path item of them, with one name for each parameter");
        }
    }

    fn path_item(&mut self, path: &PathTemplate, item: At<'a>) -> Vec<Operation> {
        let item = self.document.follow(item);
        let mut operations = Vec::new();
        for method in Method::ALL {
            if let Some(at) = item.field(method.field()) {
                operations.extend(self.operation(method, path, &item, &at));
            }
        }
        operations
    }

    fn operation(&mut self, method: Method, path: &PathTemplate, item: &At<'a>, at: &At<'a>) -> Option<Operation> {
        let skeleton = skeleton::operation(self.document, at, self.diagnostics)?;
        let skeletons::Operation { tags, summary, description, operation_id, deprecated, .. } = skeleton;
        let parameters = self.parameters(item, at);
        self.callbacks(at);
        if item.origin.pointer.as_str().starts_with("/paths/") || !path.as_str().is_empty() {
            self.path_parameters(path, &parameters, at);
        }
        Some(Operation {
            id: operation_id.unwrap_or_default(),
            method,
            path: path.clone(),
            tags,
            summary,
            description,
            deprecated,
            provenance: extensions::provenance(at),
            rust_name: extensions::rust_name(at, self.diagnostics),
            body: at.field("requestBody").and_then(|body| self.body(body)),
            responses: self.responses(at),
            security: self.security(at),
            pagination: extensions::pagination(at, self.diagnostics),
            parameters,
            source: self.document.sources.written(&at.origin).pointer,
            origin: at.origin.clone(),
        })
    }

    /// The requests that follow an operation: they go to URLs that only the application knows, as webhooks do.
    fn callbacks(&mut self, operation: &At<'a>) {
        for (name, callback) in operation.field("callbacks").iter().flat_map(At::entries) {
            let callback = self.document.follow(callback);
            for (_, item) in callback.entries().filter(|(expression, _)| !expression.starts_with("x-")) {
                if self.within_callback {
                    let message = "callbacks of callbacks are not generated";
                    self.diagnostics.report(Code::IgnoredField, &item.origin, message).at_key();
                    continue;
                }
                self.within_callback = true;
                let all = self.path_item(&PathTemplate::webhook(name), item);
                self.within_callback = false;
                // A shared callback is one callback.
                let new = all.into_iter().filter(|it| !self.callbacks.iter().any(|known| known.origin == it.origin));
                let new: Vec<_> = new.collect();
                self.callbacks.extend(new);
            }
        }
    }

    /// Gives every operation without an id one of method and path, and reports ids that stand twice.
    fn name_operations(&mut self, operations: &mut [Operation], seen: &mut BTreeMap<String, Origin>) {
        for operation in operations {
            if operation.id.is_empty() {
                operation.id = format!("{} {}", operation.method.field(), operation.path.as_str());
            } else if let Some(first) = seen.get(&operation.id) {
                let message = format!("`{}` names two operations", operation.id.escape_debug());
                self.diagnostics
                    .report(Code::DuplicateOperationId, &operation.origin.key("operationId"), message)
                    .related(first.clone(), "the first one")
                    .help("give each operation an id of its own");
            }
            seen.entry(operation.id.clone()).or_insert_with(|| operation.origin.key("operationId"));
        }
    }

    fn parameters(&mut self, item: &At<'a>, operation: &At<'a>) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for list in [item.field("parameters"), operation.field("parameters")].into_iter().flatten() {
            for at in list.items() {
                let Some(parameter) = self.parameter(self.document.follow(at)) else { continue };
                let same = |it: &Parameter| it.name == parameter.name && it.location == parameter.location;
                match parameters.iter().position(same) {
                    // The operation's own parameter overrides the path item's.
                    Some(position) => parameters[position] = parameter,
                    None => parameters.push(parameter),
                }
            }
        }
        parameters
    }

    fn parameter(&mut self, at: At<'a>) -> Option<Parameter> {
        let is_whole_query = at.text("in") == Some("querystring");
        let skeleton = skeleton::parameter(self.document, &at, self.diagnostics)?;
        let (data, location, allow_reserved) = match skeleton {
            skeletons::Parameter::Path { parameter_data, .. } => (parameter_data, Location::Path, false),
            skeletons::Parameter::Header { parameter_data, .. } => (parameter_data, Location::Header, false),
            skeletons::Parameter::Cookie { parameter_data, .. } => (parameter_data, Location::Cookie, false),
            skeletons::Parameter::Query { parameter_data, allow_reserved, .. } => {
                (parameter_data, Location::Query, allow_reserved)
            }
        };
        let style = at.text("style").and_then(Style::parse).unwrap_or(default_style(location));
        if location == Location::Header && is_reserved_header(&data.name) {
            let message = format!("the header parameter `{}` has no effect", data.name.escape_debug());
            self.diagnostics
                .report(Code::IgnoredField, &at.origin, message)
                .help("describe it by a security scheme or by `content`");
            return None;
        }
        let explode = data.explode.unwrap_or(style == Style::Form);
        let by_style = ParameterForm::Style { style, explode, allow_reserved };
        let (form, schema) = if is_whole_query { self.whole_query(&at)? } else { self.form(&at, by_style)? };
        Some(Parameter {
            location,
            description: data.description,
            required: data.required || location == Location::Path,
            deprecated: data.deprecated.unwrap_or(false),
            provenance: extensions::provenance(&at),
            rust_name: extensions::rust_name(&at, self.diagnostics),
            form,
            schema,
            examples: self.examples(&at),
            name: data.name,
            origin: at.origin,
        })
    }

    /// The schema of a parameter or header, and how its value becomes text.
    fn form(&mut self, at: &At<'a>, by_style: ParameterForm) -> Option<(ParameterForm, crate::ir::SchemaId)> {
        if let Some(schema) = at.field("schema") {
            return Some((by_style, self.schema(schema)));
        }
        let content = at.field("content")?;
        let (name, media_type) = content.entries().next()?;
        let media_type = self.document.follow(media_type);
        let schema = media_type.field("schema")?;
        Some((
            ParameterForm::Content(self.media_type(name, &media_type.origin)?.as_str().to_owned()),
            self.schema(schema),
        ))
    }

    /// `in: querystring`: a form as the whole query is what `form` with `explode` makes of an object.
    fn whole_query(&mut self, at: &At<'a>) -> Option<(ParameterForm, crate::ir::SchemaId)> {
        let (name, media_type) = at.field("content")?.entries().next()?;
        let media_type = self.document.follow(media_type);
        if !self.media_type(name, &media_type.origin)?.is_form() {
            self.diagnostics
                .report(Code::UnsupportedField, &media_type.origin, format!("a query in `{name}` is not supported"))
                .at_key()
                .help("supported is `application/x-www-form-urlencoded`");
            return None;
        }
        let schema = media_type.field("schema")?;
        let form = ParameterForm::Style { style: Style::Form, explode: true, allow_reserved: false };
        Some((form, self.schema(schema)))
    }

    /// A template and its parameters must name each other.
    fn path_parameters(&mut self, path: &PathTemplate, parameters: &[Parameter], at: &At<'a>) {
        let declared: Vec<_> = parameters.iter().filter(|it| it.location == Location::Path).collect();
        for name in path.parameters() {
            if !declared.iter().any(|it| it.name == name) {
                let message = format!("the path has `{{{}}}`, which no parameter declares", name.escape_debug());
                self.diagnostics.report(Code::InvalidPath, &at.origin, message).at_key();
            }
        }
        for parameter in declared {
            if !path.parameters().any(|name| name == parameter.name) {
                let message = format!("the path has no `{{{}}}`", parameter.name.escape_debug());
                self.diagnostics.report(Code::InvalidPath, &parameter.origin, message);
            }
        }
    }

    fn body(&mut self, at: At<'a>) -> Option<Body> {
        let at = self.document.follow(at);
        let skeleton = skeleton::request_body(self.document, &at, self.diagnostics)?;
        Some(Body {
            description: skeleton.description,
            provenance: extensions::provenance(&at),
            required: skeleton.required,
            content: self.content(&at),
            origin: at.origin,
        })
    }

    fn content(&mut self, at: &At<'a>) -> Vec<Content> {
        let mut all = Vec::new();
        for (name, at) in at.field("content").iter().flat_map(At::entries) {
            let Some(media_type) = self.media_type(name, &at.origin) else { continue };
            let at = self.document.follow(at);
            let examples = self.examples(&at);
            let item = self.item_schema(&media_type, &at);
            let is_item = item.is_some();
            let schema = item.or_else(|| at.field("schema")).map(|schema| self.schema(schema));
            let encoding = at.field("encoding").iter().flat_map(At::entries).map(encoding).collect();
            all.push(Content { media_type, schema, is_item, encoding, examples, origin: at.origin });
        }
        all
    }

    /// `itemSchema`: what each value of a stream is. Of an event, what is in `data` matters.
    fn item_schema(&mut self, media_type: &MediaType, at: &At<'a>) -> Option<At<'a>> {
        let item = at.field("itemSchema").filter(|_| self.document.version == Version::V32)?;
        if !media_type.is_json_lines() && !media_type.is_json_sequence() && !media_type.is_event_stream() {
            let message = format!("`itemSchema` has no effect: `{}` is not read as a stream", media_type.as_str());
            self.diagnostics.report(Code::IgnoredField, &item.origin, message).at_key();
            return None;
        }
        if !media_type.is_event_stream() {
            return Some(item);
        }
        let event = self.document.follow(item.clone());
        let data = event.field("properties").and_then(|it| it.field("data")).map(|it| self.document.follow(it));
        Some(data.map_or(item, |data| data.field("contentSchema").unwrap_or(data)))
    }

    /// `example` and the values of `examples`.
    fn examples(&self, at: &At<'a>) -> Vec<Value> {
        let examples = at.field("examples");
        let named = examples
            .iter()
            .flat_map(At::entries)
            .map(|(_, it)| self.document.follow(it).value)
            .filter_map(|it| it.get("value").or_else(|| it.get("dataValue")).cloned());
        at.value.get("example").cloned().into_iter().chain(named).collect()
    }

    fn media_type(&mut self, name: &str, origin: &Origin) -> Option<MediaType> {
        MediaType::parse(name)
            .map_err(|problem| {
                self.diagnostics.report(Code::InvalidField, origin, problem).at_key();
            })
            .ok()
    }

    fn responses(&mut self, operation: &At<'a>) -> Vec<Response> {
        let mut all = Vec::new();
        for (key, at) in operation.field("responses").iter().flat_map(At::entries) {
            if key.starts_with("x-") {
                continue;
            }
            // A key that is no status was reported when the document was checked.
            if let Some(key) = ResponseKey::parse(key) {
                all.extend(self.response(key, at));
            }
        }
        all.sort_by_key(|response| response.key);
        all
    }

    fn response(&mut self, key: ResponseKey, at: At<'a>) -> Option<Response> {
        let at = self.document.follow(at);
        let skeleton = skeleton::response(self.document, &at, self.diagnostics)?;
        let mut headers = Vec::new();
        for (name, header) in at.field("headers").iter().flat_map(At::entries) {
            // OpenAPI ignores this one: the media type says it.
            if !name.eq_ignore_ascii_case("content-type") {
                headers.extend(self.header(name, header));
            }
        }
        Some(Response {
            key,
            description: Some(skeleton.description)
                .filter(|it| !it.is_empty())
                .or_else(|| at.text("summary").map(str::to_owned))
                .unwrap_or_default(),
            provenance: extensions::provenance(&at),
            headers,
            content: self.content(&at),
            validation_error: at.value.get("x-validation-error").cloned(),
            origin: at.origin,
        })
    }

    fn header(&mut self, name: &str, at: At<'a>) -> Option<Header> {
        let at = self.document.follow(at);
        let skeleton = skeleton::header(self.document, &at, self.diagnostics)?;
        let explode = at.flag("explode").unwrap_or(false);
        let by_style = ParameterForm::Style { style: Style::Simple, explode, allow_reserved: false };
        let (form, schema) = self.form(&at, by_style)?;
        Some(Header {
            name: name.to_owned(),
            description: skeleton.description,
            provenance: extensions::provenance(&at),
            required: skeleton.required,
            form,
            schema,
            examples: self.examples(&at),
            origin: at.origin,
        })
    }
}

fn encoding((property, at): (&str, At<'_>)) -> Encoding {
    Encoding {
        property: property.to_owned(),
        content_type: at.text("contentType").map(str::to_owned),
        style: at.text("style").and_then(Style::parse),
        explode: at.flag("explode"),
        allow_reserved: at.flag("allowReserved"),
        origin: at.origin,
    }
}

/// What a segment matches: parameter names do not matter.
fn segment_shape(segment: &Segment) -> String {
    match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Parameter(_) => "{}".to_owned(),
        Segment::Mixed(parts) => parts.iter().step_by(2).cloned().collect::<Vec<_>>().join("{}"),
    }
}

/// Header parameters of these names are ignored, says the Parameter Object.
fn is_reserved_header(name: &str) -> bool {
    ["accept", "content-type", "authorization"].iter().any(|it| name.eq_ignore_ascii_case(it))
}

/// The style of a parameter that names none.
fn default_style(location: Location) -> Style {
    match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Cookie => Style::Form,
    }
}
