//! Stand-ins: servers that answer with the examples of their document, and remember what was done to them.
//!
//! What a request says about an item is kept as it was sent, and laid over the example of each response that shows the
//! item, property by property, as far as the result is still as the document says.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{fmt, mem};

use http::request::Parts;
use http::{Method, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::examples::{Does, Example, Resource};
use super::memory::{Memory, Thing, text};
use super::{Answer, CheckResponses, Examples, Failure, Options, Refusal};
use crate::support::http::{Operation, Outgoing, Problem, RawResponse, TypedResponse, WriteBody};
use crate::support::params::{self, Parameter};
use crate::support::{Direction, Json, json};

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

    /// The settings of its router: what was deleted is gone, and an example that is not as documented is no answer.
    pub fn options(&self) -> Options {
        let this = self.clone();
        Options {
            check_responses: CheckResponses::Fail,
            on_call: Some(Arc::new(move |operation, parts| this.admit(operation, parts))),
            on_refusal: Some(Arc::new(|refusal, _| fault(refusal))),
            ..Options::default()
        }
    }

    /// Takes a call.
    pub fn call(&self, operation: &'static Operation) -> Visit<'_> {
        Visit { stand_in: self, operation, path: operation.path_and_query().0.to_owned(), body: Map::new() }
    }

    /// Refuses calls of what was deleted: 404 where the operation has that.
    fn admit(&self, operation: &'static Operation, parts: &Parts) -> Result<(), Refusal> {
        let path = parts.uri.path();
        let mut memory = self.memory();
        if memory.is_gone(path) && operation.response(StatusCode::NOT_FOUND).is_some() {
            return Err(Refusal::NotFound);
        }
        // Whatever is made from now on is there; where items have identifiers of their own, those that are gone stay so.
        let example = self.examples.of(operation).and_then(|it| it.resource.as_ref());
        if operation.method == Method::POST && example.is_none_or(|it| it.does != Does::Create) {
            memory.made_below(path);
        }
        // A path without parameters is the collection: it outlives what is deleted from it.
        if operation.method == Method::DELETE && operation.path.contains('{') {
            memory.gone(path);
        }
        Ok(())
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
    body: Map<String, Value>,
}

impl Visit<'_> {
    /// The value of a parameter in the path.
    #[must_use]
    pub fn parameter<T: Json>(mut self, parameter: &Parameter, value: &T) -> Self {
        if let Ok(Some(text)) = params::encode(parameter, &json::to_value(value)) {
            self.path = self.path.replace(&format!("{{{}}}", parameter.name), &text);
        }
        self
    }

    /// The body; one that is no object in JSON terms says nothing about an item.
    #[must_use]
    pub fn body<T: WriteBody>(mut self, body: &T) -> Self {
        let mut out = Outgoing::unchecked(&[]);
        body.write(&mut out);
        let written = out.finish().ok().and_then(|(_, body)| serde_json::from_slice(&body.whole()?).ok());
        self.body = written.unwrap_or_default();
        self
    }

    /// The body, where there is one.
    #[must_use]
    pub fn optional_body<T: WriteBody>(self, body: Option<&T>) -> Self {
        match body {
            Some(body) => self.body(body),
            None => self,
        }
    }

    /// The example of the operation, with what was done to its items.
    ///
    /// # Errors
    /// Where the example is not as the document says.
    pub fn answer<R: TypedResponse>(mut self) -> Result<R, Failure> {
        let response = match self.stand_in.examples.of(self.operation) {
            Some(example) => {
                let body = example.resource.as_ref().map(|resource| self.remember(example, resource));
                example.response(self.operation, body.as_ref().unwrap_or(&example.body))?
            }
            // The operation documents no response at all.
            None => RawResponse::empty(204),
        };
        Ok(R::decode(response)?)
    }

    /// Does to the memory what the operation does, and gives the body that says so.
    fn remember(&mut self, example: &Example, resource: &Resource) -> Value {
        let schema = example.schema(self.operation);
        let schemas = self.operation.schemas;
        let valid = |body: &Value| schema.is_none_or(|it| schemas.is_valid(it, body, Direction::Response));
        let shape = Shape { example: &example.body, resource, valid: &valid };
        let mut members = mem::take(&mut self.body);
        let own = members.remove(&resource.id).filter(|it| it.is_string() || it.is_number());
        let (collection, id) = self.place(resource.does, own.as_ref());
        let mut memory = self.stand_in.memory();
        match resource.does {
            Does::Create => shape.create(&mut memory, collection, own, members),
            Does::List => shape.list(memory.of(&collection)),
            Does::Read => memory.find(&collection, &id).map_or_else(|| shape.as_is(), |it| shape.item(it)),
            Does::Change => shape.item(memory.change(collection, id, members)),
            Does::Delete => {
                memory.delete(collection, id);
                shape.as_is()
            }
        }
    }

    /// The path of the collection, and the identifier of the item in it, which stands in the path or in the body.
    fn place(&self, does: Does, own: Option<&Value>) -> (String, String) {
        if matches!(does, Does::Create | Does::List) || !self.operation.path_and_query().0.ends_with('}') {
            return (self.path.clone(), own.map(text).unwrap_or_default());
        }
        let (collection, id) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        (collection.to_owned(), percent_decode_str(id).decode_utf8_lossy().into_owned())
    }
}

/// The body of a response, and where it shows items.
struct Shape<'a> {
    example: &'a Value,
    resource: &'a Resource,
    valid: &'a dyn Fn(&Value) -> bool,
}

impl Shape<'_> {
    fn as_is(&self) -> Value {
        self.example.clone()
    }

    /// The pointer of the item in the body.
    fn pointer(&self) -> String {
        let Resource { does, items, item, .. } = self.resource;
        let item = item.as_deref().unwrap_or_default();
        if *does == Does::List { format!("{items}/0{item}") } else { item.to_owned() }
    }

    /// The identifier of the item in a body.
    fn id<'b>(&self, body: &'b Value) -> Option<&'b Value> {
        body.pointer(&self.pointer())?.get(&self.resource.id)
    }

    /// The example with an item in place of its own.
    fn item(&self, thing: &Thing) -> Value {
        let mut body = self.as_is();
        let Some(known) = self.id(&body).filter(|_| self.resource.item.is_some()) else { return body };
        let id = if known.is_number() { thing.number() } else { None };
        self.lay(&mut body, "", &self.resource.id, &id.unwrap_or_else(|| thing.id.clone().into()));
        for (name, value) in &thing.members {
            self.lay(&mut body, &self.resource.fields, name, value);
        }
        body
    }

    /// Sets a property of the item where it has that property and may have this value.
    fn lay(&self, body: &mut Value, object: &str, name: &str, value: &Value) {
        let pointer = self.pointer() + object;
        let Some(Value::Object(members)) = body.pointer_mut(&pointer) else { return };
        if !members.contains_key(name) && !self.resource.optional.iter().any(|it| it == name) {
            return;
        }
        let before = members.insert(name.to_owned(), value.clone());
        if (self.valid)(body) {
            return;
        }
        let Some(Value::Object(members)) = body.pointer_mut(&pointer) else { return };
        match before {
            Some(before) => members.insert(name.to_owned(), before),
            None => members.remove(name),
        };
    }

    /// Keeps a new item under the identifier that the client gives it, else under a fresh one.
    fn create(
        &self,
        memory: &mut Memory,
        collection: String,
        own: Option<Value>,
        members: Map<String, Value>,
    ) -> Value {
        let Some(known) = self.id(self.example) else { return self.as_is() };
        let id = own.unwrap_or_else(|| memory.fresh(known));
        let mut body = self.as_is();
        self.lay(&mut body, "", &self.resource.id, &id);
        // A fresh identifier that the document does not allow is not what clients get to see.
        let id = self.id(&body).map(text).unwrap_or_default();
        self.item(memory.create(collection, id, members))
    }

    /// The example's items as they are now, and those that were created.
    fn list<'t>(&self, things: impl Iterator<Item = &'t Thing>) -> Value {
        let mut body = self.as_is();
        let Some(Value::Array(before)) = body.pointer(&self.resource.items).cloned() else { return body };
        let Some(template) = before.first() else { return body };
        // Elements are shaped one by one: each stands alone in the list meanwhile.
        let alone = |element: &Value| {
            let mut body = self.as_is();
            if let Some(items) = body.pointer_mut(&self.resource.items) {
                *items = vec![element.clone()].into();
            }
            body
        };
        let shaped = |element: &Value, thing: &Thing| {
            let body = alone(element);
            let shape = Shape { example: &body, resource: self.resource, valid: self.valid };
            let mut body = shape.item(thing);
            body.pointer_mut(&format!("{}/0", self.resource.items)).map(Value::take).unwrap_or_default()
        };
        let things: Vec<_> = things.collect();
        let now = |element: &Value| {
            let id = self.id(&alone(element)).map(text)?;
            match things.iter().find(|it| it.id == id) {
                Some(thing) if thing.is_deleted() => None,
                Some(thing) => Some(shaped(element, thing)),
                None => Some(element.clone()),
            }
        };
        let mut items: Vec<_> = before.iter().filter_map(now).collect();
        let kept = items.len();
        items.extend(things.iter().filter(|it| it.is_created()).map(|it| shaped(template, it)));
        // The document may bound the list: it then shows fewer of the new items.
        loop {
            self.fill(&mut body, before.len(), items.clone());
            if items.len() <= kept || (self.valid)(&body) {
                return body;
            }
            items.truncate(kept + (items.len() - kept) / 2);
        }
    }

    /// Puts items into a list, and corrects what counts them.
    fn fill(&self, body: &mut Value, before: usize, items: Vec<Value>) {
        let now = items.len();
        for total in &self.resource.totals {
            let known = self.example.pointer(total).and_then(Value::as_u64).and_then(|it| usize::try_from(it).ok());
            if let (Some(known), Some(total)) = (known, body.pointer_mut(total)) {
                *total = known.saturating_add(now).saturating_sub(before).into();
            }
        }
        if let Some(place) = body.pointer_mut(&self.resource.items) {
            *place = items.into();
        }
    }
}
