//! The router of a stand-in: every operation is read and checked as a generated server does it, then answered.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use futures_util::StreamExt as _;
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use specwright_runtime::dynamic::AnyBody;
use specwright_runtime::http::{Operation, Problem, ReadParts as _, SaidParts as _};
use specwright_runtime::server::{
    Answer, Call, CheckResponses, Denied, Documentation, Examples, Failure, Gate, Options, Refusal, Routes, StandIn,
};

use super::answers::{Answers, Form, Lacking, as_xml};
use super::describe;
use super::entrance;
use super::observe::OnExchange;
use super::prefer::Preference;
use crate::ir::{self, Api, ApiKeyLocation};
use crate::plan::{ApiPlan, Credential, SecurityPlan};
use crate::samples::preferred;

/// How a stand-in answers.
#[derive(Clone, Default)]
pub struct Settings {
    /// Which credentials are good.
    pub credentials: Credentials,
    /// Whether answers are made up, unless a request prefers otherwise.
    pub dynamic: bool,
    /// The document, for people to read, and the page to try it.
    pub documentation: Option<Documentation>,
    /// What hears of each exchange.
    pub on_exchange: Option<OnExchange>,
}

/// Which credentials are good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Credentials {
    /// All that are in the form of their scheme.
    #[default]
    Any,
    /// The token, key or password `demo` alone.
    Demo,
}

/// A stand-in at work.
struct Server {
    stand_in: StandIn,
    answers: Answers,
    settings: Arc<Settings>,
}

/// An operation as the stand-in needs it.
struct Endpoint {
    operation: &'static Operation,
    meant: &'static ir::Operation,
    alternatives: Vec<Vec<Credential>>,
    anonymous: bool,
}

/// The router of a document.
pub(super) fn router(api: &'static Api, plan: &ApiPlan, settings: &Arc<Settings>) -> Router {
    let examples = describe::kept(Examples::new(describe::kept_text(&plan.examples)));
    let server = Server { stand_in: StandIn::new(examples), answers: Answers::new(api), settings: settings.clone() };
    let options = Options {
        check_responses: CheckResponses::Off,
        documentation: settings.documentation.clone(),
        on_refusal: Some(Arc::new(|refusal, _| {
            entrance::note(refusal);
            None
        })),
        ..Options::default()
    };
    let schemas = describe::schemas(plan);
    let (server, mut routes) = (Arc::new(server), Routes::new());
    for planned in plan.served() {
        let Some(meant) = api.operations.iter().find(|it| it.id == planned.id) else { continue };
        let (alternatives, anonymous) = security(plan, &planned.security);
        let operation = describe::operation(planned, schemas);
        let endpoint = describe::kept(Endpoint { operation, meant, alternatives, anonymous });
        routes = routes.on(&server, operation, move |server, call| answer(server, endpoint, call));
    }
    entrance::around(below_bases(routes.finish(options), api), settings.on_exchange.clone(), secrets(plan))
}

/// The same router below the paths of the document's servers, too, which a client keeps that is sent to another host.
fn below_bases(router: Router, api: &Api) -> Router {
    // A router takes braces and empty segments for something else.
    let is_plain = |it: &String| {
        let is_segment =
            |it: &str| !it.is_empty() && it.chars().all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c));
        it.strip_prefix('/').is_some_and(|it| it.split('/').all(is_segment))
    };
    let bases: BTreeSet<String> = api.servers.iter().map(ir::Server::base_path).filter(is_plain).collect();
    if bases.is_empty() {
        return router;
    }
    let below = bases.iter().fold(Router::new(), |below, base| below.nest_service(base, router.clone()));
    router.clone().fallback_service(below.fallback_service(router))
}

/// The parameters of the query that hold credentials.
pub(super) fn secrets(plan: &ApiPlan) -> Vec<String> {
    let keys = plan.schemes.iter().filter_map(|it| match &it.credential {
        Credential::ApiKey(ApiKeyLocation::Query, name) => Some(name.clone()),
        _ => None,
    });
    keys.collect()
}

fn security(plan: &ApiPlan, security: &SecurityPlan) -> (Vec<Vec<Credential>>, bool) {
    let SecurityPlan::Callers { alternatives, anonymous } = security else { return (Vec::new(), true) };
    let credential = |it: &crate::plan::Required| plan.scheme(it.scheme).credential.clone();
    (alternatives.iter().map(|it| it.iter().map(credential).collect()).collect(), *anonymous)
}

async fn answer(server: Arc<Server>, endpoint: &'static Endpoint, call: Call) -> Result<Answer, Refusal> {
    let Endpoint { operation, meant, .. } = endpoint;
    endpoint.admit(&call, server.settings.credentials)?;
    let (path, headers) = (call.parts().uri.path().to_owned(), call.parts().headers.clone());
    let preference = server.preference(call.parts());
    let request = Request::read(operation, call).await;
    let preference = match preference {
        Ok(preference) => preference,
        Err(message) => return Ok(problem(StatusCode::BAD_REQUEST, &message)),
    };
    let request = match request {
        Ok(request) => request,
        // Whoever names an example sees it, also of the response that says no.
        Err(refusal) if preference.example.is_some() => {
            let code = Some(refusal.status(Some(operation)).as_u16());
            return Ok(server.chosen(meant, &Preference { code, ..preference }, &headers));
        }
        Err(refusal) => return Err(refusal),
    };
    // Whoever asks for a response by its status or its example gets it, whatever is there.
    if preference.code.is_some() || preference.example.is_some() {
        return Ok(server.chosen(meant, &preference, &headers));
    }
    server.stand_in.admit(operation, &path)?;
    let remembered = request.remembered(&server.stand_in, operation)?;
    let form = preferred(meant).map_or(Form::Usual, |it| Form::wanted(it, &headers));
    Ok(match form {
        Form::Usual if preference.dynamic.is_none() => remembered.into(),
        Form::Xml(media_type) if preference.dynamic.is_none() => as_xml(remembered, &media_type).into(),
        _ => server.chosen(meant, &preference, &headers),
    })
}

impl Server {
    fn preference(&self, parts: &Parts) -> Result<Preference, String> {
        let mut preference = Preference::read(parts)?;
        if self.settings.dynamic && preference.dynamic.is_none() {
            preference.dynamic = Some(true);
        }
        if preference.dynamic == Some(false) {
            preference.dynamic = None;
        }
        Ok(preference)
    }

    fn chosen(&self, operation: &ir::Operation, preference: &Preference, headers: &HeaderMap) -> Answer {
        match self.answers.answer(operation, preference, headers) {
            Ok(response) => response.into(),
            Err(Lacking(message)) => problem(StatusCode::NOT_FOUND, &message),
        }
    }
}

fn problem(status: StatusCode, message: &str) -> Answer {
    entrance::say(message);
    Problem::new(status).with_detail(message).into()
}

impl Endpoint {
    /// Lets callers in whose credentials are good.
    fn admit(&self, call: &Call, credentials: Credentials) -> Result<(), Refusal> {
        if self.alternatives.is_empty() {
            return Ok(());
        }
        let mut gate = call.gate::<()>();
        for schemes in &self.alternatives {
            let shown: Option<Vec<_>> = schemes.iter().map(|it| shown(&mut gate, it, credentials)).collect();
            if let Some(shown) = shown {
                gate.admit(shown.into_iter().collect());
            }
        }
        if self.anonymous { gate.principal_or_anonymous().map(|_| ()) } else { gate.principal() }
    }
}

/// What becomes of the credential of a scheme; none where there is none.
fn shown(gate: &mut Gate<()>, scheme: &Credential, credentials: Credentials) -> Option<Result<(), Denied>> {
    let demo = match scheme {
        Credential::Bearer => gate.bearer()?.is_demo(),
        Credential::Basic => gate.basic()?.is_demo(),
        Credential::ApiKey(location, name) => gate.api_key(describe::location(location.location()), name)?.is_demo(),
        // Nothing here ends TLS, so nobody can show one.
        Credential::ClientCertificate => Ok(()),
        Credential::Http(scheme) => gate.http(describe::kept_text(scheme))?.is_demo(),
        Credential::Request => gate.request()?.is_demo(),
    };
    Some(if credentials == Credentials::Any { Ok(()) } else { demo })
}

/// A request whose parameters and body are as documented.
pub(super) struct Request {
    /// Those that are there, by their places among the operation's.
    parameters: Vec<Option<Value>>,
    body: Option<Value>,
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(super) async fn read(operation: &'static Operation, call: Call) -> Result<Self, Refusal> {
        let mut input = call.input().await?;
        let mut parameters = Vec::new();
        let mut is_fine = true;
        for parameter in operation.parameters {
            let value = if parameter.required {
                input.required::<Value>(parameter).map(Some)
            } else {
                input.optional::<Value>(parameter)
            };
            is_fine &= value.is_some();
            parameters.push(value.flatten());
        }
        let body = match &operation.body {
            Some(body) if body.required => input.required_body::<AnyBody>().map(Some),
            Some(_) => input.optional_body::<AnyBody>(),
            None => Some(None),
        };
        let Some(body) = body.filter(|_| is_fine) else { return Err(input.refuse()) };
        let Some(AnyBody { value, mut stream }) = body else { return Ok(Self { parameters, body: None }) };
        while let Some(item) = stream.next().await {
            item.map_err(|error| Refusal::Failed(error.into()))?;
        }
        Ok(Self { parameters, body: Some(value) })
    }

    /// What a stand-in says to it.
    fn remembered(
        &self,
        stand_in: &StandIn,
        operation: &'static Operation,
    ) -> Result<specwright_runtime::http::RawResponse, Failure> {
        let mut visit = stand_in.call(operation);
        visit.optional_body(&self.body);
        for (parameter, value) in operation.parameters.iter().zip(&self.parameters) {
            visit.optional(parameter, value);
        }
        visit.raw()
    }
}
