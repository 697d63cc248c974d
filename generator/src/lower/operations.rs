//! Operations: paths, bodies and responses.

use std::collections::BTreeMap;

use super::path_items::PathItem;
use super::{Lowering, Within, extensions};
use crate::diagnostics::{Code, Felt, Left};
use crate::document::skeleton::{self, OperationHead};
use crate::ir::{
    Body, Content, Encoding, Example, Header, MediaType, Method, Operation, ParameterForm, PathTemplate, Repair,
    Response, ResponseKey, Server, Style,
};
use crate::source::{At, Object, Origin, Value};

impl<'a> Lowering<'a, '_> {
    /// The operations below `paths`, and those below `webhooks`.
    pub(super) fn operations(&mut self, root: &At<'a>) -> (Vec<Operation>, Vec<Operation>) {
        let paths = root.field("paths");
        let paths: Vec<_> = paths.iter().flat_map(At::entries).filter(|(path, _)| !path.starts_with("x-")).collect();
        let mut operations = self.paths(&paths);
        self.alike(&mut operations);
        let mut webhooks = Vec::new();
        self.within = Within::Webhooks;
        for (name, item) in root.field("webhooks").iter().flat_map(At::entries) {
            webhooks.extend(self.path_item(&PathTemplate::webhook(name), item));
        }
        webhooks.append(&mut self.callbacks);
        for webhook in &webhooks {
            self.left_to_the_application(webhook);
        }
        self.name(operations.iter_mut().chain(&mut webhooks));
        (operations, webhooks)
    }

    /// The template of a path; what it has that no path has is repaired.
    pub(super) fn template(&mut self, path: &str, item: &At<'a>) -> Option<PathTemplate> {
        let path_shown = path.escape_debug();
        let parsed = match PathTemplate::parse(path) {
            Ok((template, repairs)) if repairs.is_empty() => return Some(template),
            _ => PathTemplate::parse_declared(path, &self.declared(item)),
        };
        match parsed {
            Ok((template, repairs)) => {
                for Repair { message, taken_as } in repairs {
                    let message = format!("`{path_shown}`: {message}");
                    self.diagnostics.report(Code::InvalidPath, &item.origin, message).taken_as(taken_as).at_key();
                }
                Some(template)
            }
            Err(problem) => {
                let fields = Method::ALL.iter().filter(|method| item.value.get(method.field()).is_some());
                let others = item.field("additionalOperations").iter().flat_map(At::entries).count();
                let left = Left {
                    operations: fields.count() + others,
                    ..Left::new(format!("the path `{path_shown}`"), Felt::Both)
                };
                let message = format!("`{path_shown}`: {problem}");
                self.diagnostics.report(Code::InvalidPath, &item.origin, message).leaves_out(left).at_key();
                None
            }
        }
    }

    /// The names of the path parameters that a path and its operations declare.
    fn declared(&self, item: &At<'a>) -> Vec<&'a str> {
        let item = self.taken_together(item.clone());
        let fields = Method::ALL.iter().filter_map(|method| item.field(method.field()));
        let others = item.additional().into_iter().map(|(_, it)| it);
        let own = fields.chain(others).filter_map(|it| it.field("parameters"));
        let lists: Vec<_> = item.fields("parameters").chain(own).collect();
        let parameters = lists.iter().flat_map(At::items).map(|it| self.document.follow(it));
        parameters.filter(|it| it.string("in") == Some("path")).filter_map(|it| it.string("name")).collect()
    }

    /// A server cannot tell operations apart whose templates differ in parameter names only: the first one is served.
    fn alike(&mut self, operations: &mut [Operation]) {
        let mut firsts: BTreeMap<(String, Method), Origin> = BTreeMap::new();
        for operation in operations {
            let key = (operation.path.shape(), operation.method.clone());
            let Some(first) = firsts.get(&key) else {
                firsts.insert(key, operation.origin.clone());
                continue;
            };
            operation.served = false;
            let name = format!("{} {}", operation.method, operation.path.as_str().escape_debug());
            self.diagnostics
                .report(
                    Code::InvalidPath,
                    &operation.origin,
                    format!("`{name}` matches the same requests as another operation"),
                )
                .leaves_out(Left::new(format!("the operation `{name}`"), Felt::Server))
                .at_key()
                .related(first.clone(), "the other operation")
                .help("make one operation of them, with one name for each parameter");
        }
    }

    pub(super) fn path_item(&mut self, path: &PathTemplate, item: At<'a>) -> Vec<Operation> {
        let item = self.taken_together(item);
        self.told_twice(&item);
        self.other_servers(item.field("servers"));
        let mut operations = Vec::new();
        for (method, at) in self.methods(&item) {
            operations.extend(self.operation(method, path, &item, &at));
        }
        operations
    }

    /// Says of a path or an operation that its servers are not those of the document.
    fn other_servers(&mut self, servers: Option<At<'a>>) {
        let Some(servers) = servers else { return };
        if self.own_servers(Some(&servers)).is_none_or(|it| it.is_empty()) {
            return;
        }
        if self.within != Within::Operations {
            let message = "`servers` of a webhook: it goes to the URL that is given with it";
            self.diagnostics.report(Code::IgnoredField, &servers.origin, message).at_key();
            return;
        }
        let message = "`servers` of its own: a call goes to the base URL of the client, unless it says where";
        self.diagnostics
            .report(Code::ApproximatedField, &servers.origin, message)
            .help("say it with each call: `client.operation(&request).at(\"https://…\")`; `SERVERS` of the operation has them")
            .at_key();
    }

    /// The servers that a path or an operation names, none of them if they are those of the document.
    fn own_servers(&self, servers: Option<&At<'a>>) -> Option<Vec<Server>> {
        let servers = servers.filter(|it| it.items().next().is_some())?;
        let is_usual = self.document.root().value.get("servers") == Some(servers.value);
        Some(super::servers(Some(servers).filter(|_| !is_usual)))
    }

    fn operation(
        &mut self,
        method: Method,
        path: &PathTemplate,
        item: &PathItem<'a>,
        at: &At<'a>,
    ) -> Option<Operation> {
        if self.within != Within::Callbacks && !self.is_selected(&method, path, at) {
            return None;
        }
        let head = skeleton::operation(self.document, at, self.diagnostics)?;
        let OperationHead { id, tags, summary, description, deprecated } = head;
        self.other_servers(at.field("servers"));
        // What is said about a path is said about each of its operations that say nothing themselves.
        let of_path = |key: &str| item.string(key).map(str::to_owned);
        let says_nothing = summary.is_none() && description.is_none();
        let (summary, description) =
            if says_nothing { (of_path("summary"), of_path("description")) } else { (summary, description) };
        self.reading = format!("{method} {}", path.as_str().escape_debug());
        let mut parameters = self.parameters(item, at)?;
        let body = match at.field("requestBody") {
            Some(body) => Some(self.body(body)?),
            None => None,
        };
        let owner = id.clone().unwrap_or_else(|| super::ids::plain(&method, path));
        self.callbacks(at, &owner);
        self.path_parameters(path, &mut parameters, at);
        let mut responses = self.responses(at);
        super::contentless::settle(&method, &mut responses, self.diagnostics);
        Some(Operation {
            id: id.unwrap_or_default(),
            method,
            path: path.clone(),
            tags,
            summary,
            description,
            deprecated,
            provenance: extensions::provenance(at),
            rust_name: extensions::rust_name(at, self.diagnostics),
            body,
            responses,
            security: self.security(at),
            servers: self
                .own_servers(at.field("servers").as_ref())
                .or_else(|| self.own_servers(item.field("servers").as_ref()))
                .unwrap_or_default(),
            pagination: super::pagination::pagination(at, self.diagnostics),
            parameters,
            served: true,
            source: self.document.sources.written(&at.origin).pointer,
            origin: at.origin.clone(),
        })
    }

    /// The requests that follow an operation: they go to URLs that only the application knows, as webhooks do.
    fn callbacks(&mut self, operation: &At<'a>, owner: &str) {
        for (name, callback) in operation.field("callbacks").iter().flat_map(At::entries) {
            let callback = self.document.follow(callback);
            for (_, item) in callback.entries().filter(|(expression, _)| !expression.starts_with("x-")) {
                if self.within == Within::Callbacks {
                    let message = "callbacks of callbacks are not generated";
                    self.diagnostics.report(Code::IgnoredField, &item.origin, message).at_key();
                    continue;
                }
                let outer = std::mem::replace(&mut self.within, Within::Callbacks);
                let all = self.path_item(&PathTemplate::webhook(name), item);
                self.within = outer;
                // A shared callback is one callback.
                let new = all.into_iter().filter(|it| !self.callbacks.iter().any(|known| known.origin == it.origin));
                let new: Vec<_> = new.collect();
                self.owners.extend(new.iter().map(|it| (it.origin.clone(), owner.to_owned())));
                self.callbacks.extend(new);
            }
        }
    }

    fn body(&mut self, at: At<'a>) -> Option<Body> {
        let beside = self.beside(&at);
        let at = self.document.follow(at);
        let head = skeleton::request_body(self.document, &at, self.diagnostics)?;
        let content = self.content(&at);
        if at.field("content").is_some_and(|it| it.value.as_object().is_some_and(Object::is_empty)) {
            let message = "a request without a media type has no body: `requestBody` has no effect";
            self.diagnostics.report(Code::IgnoredField, &at.origin.key("content"), message).at_key();
        }
        let (description, required) = (beside.or(head.description), head.required);
        Some(Body { description, provenance: extensions::provenance(&at), required, content, origin: at.origin })
    }

    fn content(&mut self, at: &At<'a>) -> Vec<Content> {
        let mut all = Vec::new();
        let described: Vec<_> = at.field("content").iter().flat_map(At::entries).collect();
        for (name, at) in described.iter().cloned() {
            let key = at.origin.clone();
            let at = self.document.follow(at);
            let examples = self.named_examples(&at);
            let encoding: Vec<_> = at.field("encoding").iter().flat_map(At::entries).map(encoding).collect();
            for media_type in self.media_types(name, &key, at.value.get("schema").is_some() && described.len() == 1) {
                let (encoding, examples, origin) = (encoding.clone(), examples.clone(), at.origin.clone());
                let item = self.item_schema(&media_type, &at);
                let is_item = item.is_some();
                let schema = item.or_else(|| Some(self.schema(at.field("schema")?)));
                if all.iter().all(|it: &Content| it.media_type.as_str() != media_type.as_str()) {
                    all.push(Content { origin, media_type, schema, is_item, encoding, examples });
                }
            }
        }
        all
    }

    /// `example` and the values of `examples`.
    pub(super) fn examples(&self, at: &At<'a>) -> Vec<Value> {
        self.named_examples(at).into_iter().map(|it| it.value).collect()
    }

    /// `example` and `examples`.
    fn named_examples(&self, at: &At<'a>) -> Vec<Example> {
        let examples = at.field("examples");
        let named = examples.iter().flat_map(At::entries).filter_map(|(name, it)| {
            let value = self.document.follow(it).value;
            let value = value.get("value").or_else(|| value.get("dataValue"))?.clone();
            Some(Example { name: Some(name.to_owned()), value })
        });
        let one = at.value.get("example").cloned().map(|value| Example { name: None, value });
        one.into_iter().chain(named).collect()
    }

    /// The media types that a key names: one; several where it lists them; JSON where it names none and stands alone.
    pub(super) fn media_types(&mut self, name: &str, key: &Origin, alone: bool) -> Vec<MediaType> {
        if let Ok(media_type) = MediaType::parse(name) {
            return vec![media_type];
        }
        let shown = name.escape_debug();
        let diagnostic = self.diagnostics.report(Code::InvalidField, key, format!("`{shown}` is not a media type"));
        diagnostic.at_key();
        let all = MediaType::repaired(name);
        if !all.is_empty() {
            let names: Vec<_> = all.iter().map(|it| format!("`{}`", it.as_str())).collect();
            diagnostic.taken_as(names.join(", "));
        } else if alone && let Ok(json) = MediaType::parse("application/json") {
            diagnostic.taken_as("`application/json`");
            return vec![json];
        } else {
            diagnostic.leaves_out(Left::new(format!("the media type `{shown}`"), Felt::Both));
        }
        all
    }

    fn responses(&mut self, operation: &At<'a>) -> Vec<Response> {
        let mut all = Vec::new();
        for (key, at) in operation.field("responses").iter().flat_map(At::entries) {
            if key.starts_with("x-") {
                continue;
            }
            // A key that is no status was reported when the document was checked.
            let Some(status) = ResponseKey::parse(key) else { continue };
            if all.iter().any(|it: &Response| it.key == status) {
                self.diagnostics
                    .report(Code::InvalidStatus, &at.origin, format!("`{status}` has two responses"))
                    .leaves_out(Left::new(format!("the response `{key}`"), Felt::Both))
                    .at_key();
                continue;
            }
            all.extend(self.response(status, at));
        }
        all.sort_by_key(|response| response.key);
        all
    }

    fn response(&mut self, key: ResponseKey, at: At<'a>) -> Option<Response> {
        let beside = self.beside(&at);
        let at = self.document.follow(at);
        let head = skeleton::response(self.document, &at, self.diagnostics)?;
        let mut headers: Vec<Header> = Vec::new();
        for (name, header) in at.field("headers").iter().flat_map(At::entries) {
            // OpenAPI ignores this one: the media type says it.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            match headers.iter().find(|it| it.name.eq_ignore_ascii_case(name)) {
                Some(first) => self.second_header(name, &header, &first.origin),
                None => headers.extend(self.header(name, header)),
            }
        }
        Some(Response {
            key,
            description: Some(beside.unwrap_or(head.description))
                .filter(|it| !it.is_empty())
                .or_else(|| at.string("summary").map(str::to_owned))
                .unwrap_or_default(),
            provenance: extensions::provenance(&at),
            headers,
            content: self.content(&at),
            validation_error: at.value.get("x-validation-error").cloned(),
            origin: at.origin,
        })
    }

    /// Names of headers have no case: of two that differ in nothing else the first counts.
    fn second_header(&mut self, name: &str, second: &At<'a>, first: &Origin) {
        let name = name.escape_debug();
        self.diagnostics
            .report(
                Code::InvalidField,
                &second.origin,
                format!("the header `{name}` is there already, in other letters"),
            )
            .leaves_out(Left::new(format!("the second header `{name}`"), Felt::Both))
            .at_key()
            .related(first.clone(), "the first one");
    }

    fn header(&mut self, name: &str, at: At<'a>) -> Option<Header> {
        let beside = self.beside(&at);
        let at = self.document.follow(at);
        let head = skeleton::header(self.document, &at, self.diagnostics)?;
        let explode = at.flag("explode").unwrap_or(false);
        let by_style = ParameterForm::Style { style: Style::Simple, explode, allow_reserved: false };
        let (form, schema) = self.form(&at, by_style);
        Some(Header {
            name: name.to_owned(),
            description: beside.or(head.description),
            deprecated: at.flag("deprecated").unwrap_or(false),
            provenance: extensions::provenance(&at),
            required: head.required,
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
        content_type: at.string("contentType").map(str::to_owned),
        style: at.string("style").and_then(Style::parse),
        explode: at.flag("explode"),
        allow_reserved: at.flag("allowReserved"),
        origin: at.origin,
    }
}
