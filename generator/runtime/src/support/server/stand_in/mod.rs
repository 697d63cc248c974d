//! Stand-ins: servers that answer with the examples of their document, and remember what was done to them.
//!
//! What a request says about an item is kept as it was sent, and laid over the example of each response that shows the
//! item, property by property, as far as the result is still as the document says. Which items there are is what the
//! examples show, what was created and what was deleted, the same for all operations of a collection; a path that names
//! another one leads nowhere.

mod collections;
mod examples;
mod handlers;
mod memory;
mod shape;
mod window;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{fmt, mem};

use futures_util::StreamExt;
use http::request::Parts;
use http::{Method, StatusCode};
use serde_json::{Map, Value};

use super::{Answer, CheckResponses, Failure, Options, Refusal};
use crate::support::http::{
    Accept, ByteStream, Operation, Outgoing, Problem, RawResponse, SaidParts, TypedRequest, TypedResponse, WriteBody,
};
use crate::support::params::{self, Location, Parameter, spelled};
use crate::support::{Direction, Json, json};

use collections::{Step, decoded, steps};
use examples::{Does, Example, Resource};
use memory::Memory;
use shape::{Looks, Shown};
use window::Window;

pub use examples::Examples;
#[doc(hidden)]
pub use handlers::stand_in;

/// A stand-in: the examples of a document, and what has become of them.
#[derive(Clone)]
pub struct StandIn {
    examples: &'static Examples,
    memory: Arc<Mutex<Memory>>,
}

/// What it remembers may be secret.
impl fmt::Debug for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandIn").finish_non_exhaustive()
    }
}

impl StandIn {
    /// A stand-in that remembers nothing yet.
    pub fn new(examples: &'static Examples) -> Self {
        Self { examples, memory: Arc::default() }
    }

    /// The settings of its router: what is not there is not found where the document has 404 for that, and an example
    /// that is not as documented is no answer.
    pub fn options(&self) -> Options {
        let this = self.clone();
        Options {
            check_responses: CheckResponses::Fail,
            on_call: Some(Arc::new(move |operation, parts: &Parts| match this.admit(operation, parts.uri.path()) {
                Err(Refusal::NotFound) if !documents(operation, StatusCode::NOT_FOUND) => Ok(()),
                admitted => admitted,
            })),
            on_refusal: Some(Arc::new(|refusal, _| fault(refusal))),
            ..Options::default()
        }
    }

    /// The example of the operation of a request, with what was done to its items, once all of a stream has come.
    ///
    /// # Errors
    /// Where the stream or the example is not as the document says.
    pub async fn answer<R: TypedRequest<Response: TypedResponse>>(&self, request: &R) -> Result<R::Response, Failure> {
        let mut visit = self.call(R::OPERATION);
        request.say(&mut visit);
        let mut stream = mem::take(&mut visit.stream);
        while let Some(piece) = stream.next().await {
            piece?;
        }
        visit.answer()
    }

    /// Takes a call.
    pub fn call(&self, operation: &'static Operation) -> Visit<'_> {
        let path = operation.path_and_query().0.to_owned();
        let (window, body, stream) = (Window::default(), Map::new(), ByteStream::default());
        Visit { stand_in: self, operation, path, window, body, stream }
    }

    /// Refuses calls of what is not there: of what was deleted, and of items that no example shows and nobody created.
    ///
    /// # Errors
    /// 404.
    pub fn admit(&self, operation: &'static Operation, path: &str) -> Result<(), Refusal> {
        let place = decoded(path);
        let mut memory = self.memory();
        let example = self.examples.example(operation).and_then(|it| it.resource.as_ref());
        let makes = |step: &Step<'_>| {
            let replaces = example.is_some_and(|it| it.does == Does::Replace);
            step.is_last && replaces && documents(operation, StatusCode::CREATED)
        };
        if example.is_none() && matches!(operation.method, "POST" | "PUT") {
            memory.back(&place);
        }
        let is_missing = |step: &Step<'_>| {
            let collection = self.examples.collection(step.template);
            collection.is_some_and(|it| !it.has(&memory, &step.path, &step.id)) && !makes(step)
        };
        let steps = steps(operation.path_and_query().0, path);
        // What is no identifier at all is refused for that, when the input is read.
        if memory.is_gone(&place) || (steps.iter().any(is_missing) && steps.iter().all(|it| it.is_valid(operation))) {
            return Err(Refusal::NotFound);
        }
        // Whatever is made from now on is there; where items have identifiers of their own, those that are gone stay so.
        let names_new = |it: &Resource| it.does == Does::Create && it.item.is_some();
        if operation.method == Method::POST && !example.is_some_and(names_new) {
            memory.made_below(&place);
        }
        // A path without parameters is the collection: it outlives what is deleted from it.
        if operation.method == Method::DELETE && operation.path.contains('{') {
            memory.gone(&place);
        }
        Ok(())
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn documents(operation: &Operation, status: StatusCode) -> bool {
    operation.response(status).is_some()
}

/// A stand-in has no secrets, so it says why it failed: most often an example is not as its schema wants it.
fn fault(refusal: &Refusal) -> Option<Answer> {
    let Refusal::Failed(error) = refusal else { return None };
    Some(Problem::new(StatusCode::INTERNAL_SERVER_ERROR).with_detail(error.to_string()).into())
}

/// A call of a stand-in.
#[derive(Debug)]
pub struct Visit<'a> {
    stand_in: &'a StandIn,
    operation: &'static Operation,
    path: String,
    window: Window,
    body: Map<String, Value>,
    /// A body that is still on its way.
    stream: ByteStream,
}

impl Visit<'_> {
    /// The example of the operation, with what was done to its items.
    ///
    /// # Errors
    /// Where the example is not as the document says.
    pub fn answer<R: TypedResponse>(self) -> Result<R, Failure> {
        Ok(R::decode(self.raw()?.into())?)
    }

    /// The same, before it is typed.
    ///
    /// # Errors
    /// Where the example has a header that no response can have.
    pub fn raw(mut self) -> Result<RawResponse, Failure> {
        let Some(example) = self.stand_in.examples.example(self.operation) else {
            // The operation documents no response at all.
            return Ok(RawResponse::empty(204));
        };
        let (mut body, location) = match &example.resource {
            Some(resource) => self.remember(example, resource),
            None => (example.body.clone(), None),
        };
        // What clients send and never see may stand in examples, too.
        if let Some(schema) = example.schema(self.operation) {
            self.operation.schemas.hide(schema, &mut body, Direction::Response);
        }
        example.response(self.operation, &body, location.as_deref())
    }

    /// Does to the memory what the operation does, and gives the body that says so, and the path of a new item.
    fn remember(&mut self, example: &Example, resource: &Resource) -> (Value, Option<String>) {
        let schema = example.schema(self.operation);
        let schemas = self.operation.schemas;
        // Clients may take what an open set does not list, but nobody makes it up; an example may be an author's.
        let listed = |body: &Value| schema.is_none_or(|it| schemas.knows(it, body, Direction::Response));
        let holds = |body: &Value| schema.is_none_or(|it| schemas.is_valid(it, body, Direction::Response));
        let valid: &dyn Fn(&Value) -> bool = if listed(&example.body) { &listed } else { &holds };
        let shape = Shown { example: &example.body, resource, valid };
        let mut members = mem::take(&mut self.body);
        let own = members.remove(&resource.id).filter(|it| it.is_string() || it.is_number());
        let (path, id) = self.place(resource, own.as_ref());
        let known = self.stand_in.examples.collection(&resource.collection);
        let mut memory = self.stand_in.memory();
        let body = match resource.does {
            Does::Create => {
                let (body, id) = shape.create(&mut memory, (known, path.clone()), own, members);
                return (body, Some(format!("{path}/{id}")));
            }
            Does::List => shape.list(memory.items(&path), &self.window),
            Does::Read | Does::Change => {
                let changed = match resource.does {
                    Does::Change => Some(memory.change(path, id.clone(), members)),
                    _ => memory.find(&path, &id),
                };
                let mut members = known.and_then(|it| it.seed(&id)).map(|it| it.members.clone()).unwrap_or_default();
                members.extend(changed.map(|it| it.members.clone()).unwrap_or_default());
                shape.item(&Looks { id: &id, members: &members })
            }
            Does::Replace => {
                let is_new = known.is_some_and(|it| it.seed(&id).is_none());
                shape.item(&memory.replace((path, id), members, is_new).into())
            }
            Does::Delete => {
                memory.delete(path, id.clone());
                shape.item(&Looks { id: &id, members: &Map::new() })
            }
        };
        (body, None)
    }

    /// The path of the collection, and the identifier of the item in it, which stands in the path or in the body.
    fn place(&self, resource: &Resource, own: Option<&Value>) -> (String, String) {
        let template = self.operation.path_and_query().0;
        let last = steps(template, &self.path).pop();
        if let Some(step) = last.filter(|it| it.template == resource.collection && it.is_last) {
            return (step.path, step.id);
        }
        let depth = resource.collection.split('/').count();
        let path = self.path.split('/').take(depth).map(decoded).collect::<Vec<_>>().join("/");
        (path, own.map(spelled).unwrap_or_default())
    }
}

impl SaidParts for Visit<'_> {
    fn operation(&self) -> &'static Operation {
        self.operation
    }

    fn required<T: Json>(&mut self, parameter: &'static Parameter, value: &T) {
        match parameter.location {
            Location::Path => {
                if let Ok(Some(text)) = params::encode(parameter, &json::to_value(value)) {
                    self.path = self.path.replace(&format!("{{{}}}", parameter.name), &text);
                }
            }
            Location::Query => self.window.ask(parameter.name, json::to_value(value)),
            Location::Header | Location::Cookie => {}
        }
    }

    /// One that is no object in JSON terms says nothing about an item.
    fn required_body<T: WriteBody>(&mut self, body: &T) {
        let mut out = Outgoing::unchecked(&[]);
        body.write(&mut out);
        let Ok((_, written)) = out.finish() else { return };
        match written.whole() {
            Some(whole) => self.body = serde_json::from_slice(&whole).unwrap_or_default(),
            None => self.stream = written,
        }
    }

    fn accept(&mut self, _: &Accept) {}
}
