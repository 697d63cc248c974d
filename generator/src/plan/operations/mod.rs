//! Operations: names, types and decisions about what goes over the wire.

mod bodies;
mod draft;
mod forms;
mod handlers;
mod pages;
mod parameters;
mod patches;
mod planner;
mod security;
mod shapes;
mod statuses;
mod styles;
mod webhooks;

pub(super) use draft::{BodyDraft, HeaderDraft, OperationDraft, PagesDraft, ParameterDraft, ResponseDraft};
pub use forms::files;
pub(super) use handlers::by_tag;
pub(super) use parameters::Shared as SharedParameters;
pub(super) use security::{hooks, schemes};

use crate::diagnostics::{Code, Diagnostics, Severity};
use crate::ir::{Api, Header, Location, Operation, Parameter, ParameterForm, Response, Server};
use crate::plan::docs;
use crate::plan::names::{self, Scope, Wish, settle};
use crate::plan::schemas::{Place, Planner, stem};
use crate::plan::words::{
    BodyPlan, Described, Home, HookPlan, OperationKind, SchemeId, SchemePlan, SecurityPlan, ServerPlan,
};
use crate::schemas::View;
use crate::source::{Origin, Pointer};
use bodies::{Body, Side};
use planner::OperationPlanner;
use security::{keys, refusal, security, violations};
use shapes::shape;
use statuses::variant;
use webhooks::WebhookPath;

/// What the modules of operations are called.
pub(super) struct Modules {
    all: Vec<String>,
    /// Names that neither they nor the functions of pages may have.
    taken: Vec<String>,
}

impl Modules {
    /// Names the operations of an API, and its webhooks.
    pub(super) fn new(api: &Api, schemes: &[SchemePlan], hooks: &[HookPlan]) -> Self {
        let wishes: Vec<_> = api.operations.iter().chain(&api.webhooks).map(wish).collect();
        let reserved = Scope::Sides.reserved().iter().map(|it| (*it).to_owned());
        let of_schemes = schemes.iter().flat_map(|it| [names::setter(&it.hook), it.hook.clone()]);
        let taken: Vec<_> = reserved.chain(of_schemes).chain(hooks.iter().map(|it| it.function.clone())).collect();
        Self { all: settle(&wishes, &borrowed(&taken)), taken }
    }

    /// Notes the operations that have another name because a security scheme has theirs.
    pub(super) fn report(&self, api: &Api, schemes: &[SchemePlan], diagnostics: &mut Diagnostics) {
        for (operation, name) in api.operations.iter().chain(&api.webhooks).zip(&self.all) {
            let wished = wish(operation).name;
            let Some(scheme) = schemes.iter().find(|it| it.hook == wished && wished != *name) else { continue };
            let message = format!(
                "the operation `{}` and the security scheme `{}` would have one name, so the operation is `{name}`",
                operation.id.escape_debug(),
                scheme.wire.escape_debug(),
            );
            let finding = diagnostics.report(Code::NameClash, &operation.origin, message);
            // The document is right all the same.
            finding.at_key().help("`x-rust-name` gives the operation a name of its own").severity = Severity::Note;
        }
    }

    /// The pages of each operation; one that says what cannot be is reported.
    pub(super) fn pages(&self, api: &Api, diagnostics: &mut Diagnostics) -> Vec<Option<PagesDraft>> {
        pages::plan(api, &self.all, &borrowed(&self.taken), diagnostics)
    }
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// Tells operations what their pages are.
pub(super) fn add_pages(operations: &mut [OperationDraft], pages: Vec<Option<PagesDraft>>) {
    for (operation, pages) in operations.iter_mut().zip(pages) {
        // What is no JSON has no items to count.
        operation.pages = pages.filter(|it| operation.responses[it.response].may_be_json());
    }
}

/// Plans every operation, without its pages; a body that nothing can be made of is reported.
pub(super) fn plan(
    planner: &mut Planner<'_>,
    positions: &[Option<SchemeId>],
    modules: &Modules,
    diagnostics: &mut Diagnostics,
) -> Vec<OperationDraft> {
    let api = planner.api;
    let operations = api.operations.iter().chain(&api.webhooks).zip(modules.all.iter().cloned()).enumerate();
    let mut paths = webhooks::paths(&api.webhooks).into_iter();
    operations
        .map(|(idx, (operation, module))| {
            let one = OperationPlanner {
                planner: &mut *planner,
                diagnostics,
                home: Home::Operation(idx),
                path: parent(&operation.origin),
                bodies: Vec::new(),
            };
            let webhook = if idx < api.operations.len() { None } else { paths.next() };
            let Some(path) = webhook else {
                let call = Call {
                    kind: OperationKind::Operation,
                    path: operation.path.as_str().to_owned(),
                    security: security(operation, positions),
                    keys: keys(api, operation),
                };
                return one.draft(operation, module, call);
            };
            one.webhook(operation, module, path)
        })
        .collect()
}

fn parent(origin: &Origin) -> Origin {
    let pointer = origin.pointer.parent().unwrap_or_else(Pointer::root);
    Origin { file: origin.file, pointer }
}

fn wish(operation: &Operation) -> Wish<'_> {
    let named = operation.rust_name.as_deref();
    Wish { name: names::module(named.unwrap_or(&operation.id)), origin: &operation.id, first: named.is_some() }
}

/// How an operation is called.
struct Call {
    kind: OperationKind,
    path: String,
    security: SecurityPlan,
    keys: Vec<(Location, String)>,
}

/// A server with its variables.
pub(super) fn server(server: &Server) -> ServerPlan {
    let variables = server.variables.iter();
    ServerPlan {
        name: server.name.clone().or_else(|| server.description.clone()),
        url: server.url.clone(),
        docs: server.description.clone().unwrap_or_else(|| format!("`{}`", server.url)),
        variables: variables.map(|it| (it.name.clone(), it.default.clone(), it.allowed.clone())).collect(),
    }
}

impl OperationPlanner<'_, '_, '_> {
    /// What a webhook leaves open: it has a name for a path, and whoever gets it checks whom it comes from.
    fn webhook(self, operation: &Operation, module: String, at: WebhookPath) -> OperationDraft {
        let WebhookPath { path, is_own } = at;
        let own = is_own.then(|| docs::own_path(operation, &path));
        let kind = OperationKind::Webhook;
        let call = Call { kind, path, security: SecurityPlan::Anyone, keys: Vec::new() };
        let mut draft = self.draft(operation, module, call);
        draft.docs.extend(own);
        draft
    }

    fn draft(mut self, operation: &Operation, module: String, call: Call) -> OperationDraft {
        let parameters = self.parameters(operation);
        let body = self.body(operation);
        let responses = self.responses(operation);
        OperationDraft {
            module,
            id: operation.id.clone(),
            pointer: operation.origin.pointer.to_string(),
            kind: call.kind,
            served: operation.served,
            method: operation.method.clone(),
            path: call.path,
            docs: docs::of_operation(self.planner.api, operation),
            servers: operation.servers.iter().filter(|_| call.kind == OperationKind::Operation).map(server).collect(),
            tags: operation.tags.clone(),
            brief: docs::brief(operation),
            deprecated: operation.deprecated,
            parameters,
            body,
            responses,
            bodies: self.bodies,
            security: call.security,
            keys: call.keys,
            violations: violations(operation, &self.planner.refusals),
            pages: None,
        }
    }

    fn parameters(&mut self, operation: &Operation) -> Vec<ParameterDraft> {
        let all = &operation.parameters;
        let origins: Vec<_> = all.iter().map(|it| format!("{} {}", it.name, it.location.as_str())).collect();
        let wish = |(it, origin): (&Parameter, &'_ String)| {
            let name = names::binding(it.rust_name.as_deref().unwrap_or(&it.name));
            (name, origin.clone(), it.rust_name.is_some())
        };
        let named: Vec<_> = all.iter().zip(&origins).map(wish).collect();
        let wishes: Vec<_> =
            named.iter().map(|(name, origin, first)| Wish { name: name.clone(), origin, first: *first }).collect();
        let places: Vec<_> = all.iter().map(|it| it.location.as_str()).collect();
        let fields = names::settle_placed(&wishes, &places, Scope::Request.reserved());
        all.iter().zip(fields).map(|(parameter, name)| self.parameter(parameter, name)).collect()
    }

    fn parameter(&mut self, parameter: &Parameter, name: String) -> ParameterDraft {
        let place = self.place(&parameter.origin, &parameter.name);
        let planned = self.planner.value(parameter.schema, &place);
        let (description, otherwise) = said(parameter);
        let typed = planned.is_typed();
        let described = (planned.ty, shape(self.planner.api, parameter.schema));
        let form = styles::form(&parameter.form, parameter.location, &described.1);
        let written = styles::Written::new(described, &form);
        styles::check(parameter, &written.shape, self.diagnostics);
        let what = format!("a {} parameter", parameter.location.as_str());
        written.check(parameter.required, &parameter.origin, &what, self.diagnostics);
        ParameterDraft {
            name,
            described: Described {
                wire: parameter.name.clone(),
                location: parameter.location,
                form,
                required: parameter.required,
                allow_empty: parameter.allow_empty,
                shape: written.shape,
                pointer: self.planner.entry(parameter.schema),
                typed,
            },
            ty: written.ty,
            given: View::new(self.planner.api, parameter.schema).default().filter(|_| !parameter.required).cloned(),
            docs: docs::of_part(description.as_deref(), &otherwise, parameter.provenance.as_deref()),
            deprecated: parameter.deprecated,
        }
    }

    /// Inline schemas of shared parameters and responses belong to all operations that share them.
    fn place(&self, owner: &Origin, word: &str) -> Place {
        let within = owner.pointer.as_str().strip_prefix(self.path.pointer.as_str());
        let is_own = owner.file == self.path.file && within.is_some_and(|rest| rest.starts_with('/'));
        let is_nameless = owner.pointer.last().is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
        let is_elsewhere = owner.file.0 != 0 || owner.pointer.as_str().starts_with("/components/");
        if is_own || is_nameless || !is_elsewhere {
            return Place::new(self.home.clone(), word);
        }
        let path = self.planner.api.files.get(usize::from(owner.file.0)).map(String::as_str).unwrap_or_default();
        let name = owner.pointer.last().unwrap_or_else(|| stem(path).to_owned());
        Place::new(Home::Shared, &name)
    }

    fn body(&mut self, operation: &Operation) -> Option<BodyPlan> {
        let body = operation.body.as_ref()?;
        let place = self.place(&body.origin, "body");
        let content = Body {
            side: Side::Request,
            content: &patches::in_order(self.planner.api, &body.content),
            place,
            name: "Body".to_owned(),
        };
        let payload = self.payload(&content)?;
        Some(BodyPlan {
            required: body.required,
            payload,
            docs: docs::of_part(body.description.as_deref(), "The body.", body.provenance.as_deref()),
        })
    }

    fn responses(&mut self, operation: &Operation) -> Vec<ResponseDraft> {
        let spelled: Vec<_> = operation.responses.iter().map(|it| variant(it.key)).collect();
        let origins: Vec<_> = operation.responses.iter().map(|it| it.key.to_string()).collect();
        let keyed = spelled.iter().zip(&origins);
        let wishes: Vec<_> = keyed.map(|(name, origin)| Wish { name: name.clone(), origin, first: false }).collect();
        let variants = settle(&wishes, Scope::Response.reserved());
        let answers = operation.responses.iter().zip(variants);
        answers.map(|(response, variant)| self.response(response, variant)).collect()
    }

    fn response(&mut self, response: &Response, variant: String) -> ResponseDraft {
        let place = self.place(&response.origin, &variant);
        let (place, name) = (place.inner("body"), names::body(&variant));
        let payload = self.payload(&Body { side: Side::Response, content: &response.content, place, name });
        let headers = self.headers(&response.headers, &variant);
        let refusal = refusal(self.planner.api, response, self.diagnostics);
        let otherwise = format!("Status {}.", response.key);
        ResponseDraft {
            docs: format!(
                "{} {}",
                response.key,
                docs::of_part(Some(&response.description), &otherwise, response.provenance.as_deref())
            ),
            variant,
            key: response.key,
            payload,
            headers,
            refusal,
        }
    }

    fn headers(&mut self, headers: &[Header], variant: &str) -> Vec<HeaderDraft> {
        let wishes: Vec<_> =
            headers.iter().map(|it| Wish { name: names::binding(&it.name), origin: &it.name, first: false }).collect();
        let fields = settle(&wishes, Scope::ResponseVariant.reserved());
        headers.iter().zip(fields).map(|(header, name)| self.header(header, name, variant)).collect()
    }

    fn header(&mut self, header: &Header, name: String, variant: &str) -> HeaderDraft {
        let place = self.place(&header.origin, &format!("{variant} {}", header.name));
        let planned = self.planner.value(header.schema, &place);
        let typed = planned.is_typed();
        let described = (planned.ty, shape(self.planner.api, header.schema));
        let form = styles::form(&header.form, Location::Header, &described.1);
        let written = styles::Written::new(described, &form);
        written.check(header.required, &header.origin, "a response header", self.diagnostics);
        let otherwise = format!("The header `{}`.", header.name);
        let docs = docs::of_part(header.description.as_deref(), &otherwise, header.provenance.as_deref());
        HeaderDraft {
            name,
            described: Described {
                wire: header.name.clone(),
                location: Location::Header,
                form,
                required: header.required,
                allow_empty: false,
                shape: written.shape,
                pointer: self.planner.entry(header.schema),
                typed,
            },
            ty: written.ty,
            docs: if header.deprecated { format!("{docs}\n\nDeprecated.") } else { docs },
        }
    }
}

/// What is said about a parameter, and what is said where nothing is.
fn said(parameter: &Parameter) -> (Option<String>, String) {
    let name = parameter.name.replace('`', "'");
    let ParameterForm::Whole(media_type) = &parameter.form else {
        return (parameter.description.clone(), format!("The {} parameter `{name}`.", parameter.location.as_str()));
    };
    let whole = format!("It is the whole query, as `{}`: no name is sent.", media_type.replace('`', "'"));
    (parameter.description.as_ref().map(|it| format!("{it}\n\n{whole}")), format!("The parameter `{name}`. {whole}"))
}
