//! The body of a response, and where it shows items.

use serde_json::{Map, Value};

use super::collections::Collection;
use super::examples::{Does, Resource};
use super::memory::{Memory, Thing};
use super::window::{Page, Window};
use crate::support::params::spelled;

/// So many new identifiers are tried, of which a path or a body may refuse most.
const ATTEMPTS: usize = 500;

/// The body of a response, and where it shows items.
pub(super) struct Shown<'a> {
    pub(super) example: &'a Value,
    pub(super) resource: &'a Resource,
    pub(super) valid: &'a dyn Fn(&Value) -> bool,
}

/// What an item is to look like.
pub(super) struct Looks<'a> {
    pub(super) id: &'a str,
    pub(super) members: &'a Map<String, Value>,
}

impl<'a> From<&'a Thing> for Looks<'a> {
    fn from(thing: &'a Thing) -> Self {
        Self { id: &thing.id, members: &thing.members }
    }
}

impl Shown<'_> {
    pub(super) fn as_is(&self) -> Value {
        self.example.clone()
    }

    /// The pointer of the item in the body.
    fn pointer(&self) -> String {
        let Resource { does, items, item, .. } = self.resource;
        let item = item.as_deref().unwrap_or_default();
        if *does == Does::List { format!("{items}/0{item}") } else { item.to_owned() }
    }

    /// The identifier of the item in a body.
    pub(super) fn id<'b>(&self, body: &'b Value) -> Option<&'b Value> {
        let shown = self.resource.item.is_some() && !self.resource.id.is_empty();
        body.pointer(&self.pointer()).filter(|_| shown)?.get(&self.resource.id)
    }

    /// The example with an item in place of its own.
    pub(super) fn item(&self, looks: &Looks<'_>) -> Value {
        let mut body = self.as_is();
        let Some(known) = self.id(&body) else { return body };
        let number = looks.id.parse::<i64>().ok().map(Value::from);
        let id = if known.is_number() { number } else { None };
        self.lay(&mut body, "", &self.resource.id, &id.unwrap_or_else(|| looks.id.into()));
        if let Some(body) = self.other(&body, looks) {
            return body;
        }
        for (name, value) in looks.members {
            self.lay(&mut body, &self.resource.fields, name, value);
        }
        body
    }

    /// An item of another branch of a union than the example's: what it is made of alone, where that is valid, else with
    /// what the example shows of all branches.
    fn other(&self, body: &Value, looks: &Looks<'_>) -> Option<Value> {
        let Resource { others, own, tag, .. } = self.resource;
        let mut body = body.clone();
        let pointer = self.pointer() + &self.resource.fields;
        let item = body.pointer_mut(&pointer)?.as_object_mut()?;
        let is_tagged = tag.as_ref().and_then(|it| looks.members.get(it).map(|sent| item.get(it) != Some(sent)));
        if is_tagged != Some(true) && !looks.members.keys().any(|it| others.contains(it)) {
            return None;
        }
        let may_show = |name: &String| others.contains(name) || self.resource.optional.contains(name);
        let shown = looks.members.iter().filter(|(name, _)| item.contains_key(*name) || may_show(name));
        let shown: Map<_, _> = shown.map(|(name, value)| (name.clone(), value.clone())).collect();
        let beside = item.clone().into_iter().filter(|(name, _)| !own.contains(name));
        let beside: Map<_, _> = beside.chain(shown.clone()).collect();
        item.retain(|name, _| *name == self.resource.id);
        item.extend(shown);
        if (self.valid)(&body) {
            return Some(body);
        }
        // What all branches have may be required of this one, too.
        *body.pointer_mut(&pointer)? = beside.into();
        (self.valid)(&body).then_some(body)
    }

    /// Sets a property of the item where it has that property and may have this value.
    fn lay(&self, body: &mut Value, object: &str, name: &str, value: &Value) {
        let pointer = self.pointer() + object;
        let Some(Value::Object(members)) = body.pointer_mut(&pointer) else { return };
        let is_known = members.contains_key(name) || self.resource.optional.iter().any(|it| it == name);
        if !is_known || members.get(name) == Some(value) {
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

    /// Whether the body may show an identifier, where it shows any.
    fn takes(&self, id: &Value) -> bool {
        let mut body = self.as_is();
        self.lay(&mut body, "", &self.resource.id, id);
        self.id(&body).is_none_or(|it| it == id)
    }

    /// Keeps a new item under the identifier that the client gives it, else under a fresh one.
    pub(super) fn create(
        &self,
        memory: &mut Memory,
        (collection, path): (Option<&Collection>, String),
        own: Option<Value>,
        members: Map<String, Value>,
    ) -> (Value, String) {
        let known = self.id(self.example).or_else(|| collection?.first_id()).cloned().unwrap_or(Value::from(0));
        let has = |memory: &Memory, id: &Value| {
            let id = spelled(id);
            memory.find(&path, &id).is_some() || collection.is_some_and(|it| it.seed(&id).is_some())
        };
        let id = own.unwrap_or_else(|| {
            let mut best = None;
            for _ in 0..ATTEMPTS {
                let mut new = memory.fresh(&known).into_iter().filter(|it| !has(memory, it)).peekable();
                best = best.or_else(|| new.peek().cloned());
                if let Some(id) = new.find(|it| self.resource.names(it) && self.takes(it)) {
                    return id;
                }
            }
            best.unwrap_or(known)
        });
        let mut body = self.as_is();
        self.lay(&mut body, "", &self.resource.id, &id);
        // A fresh identifier that the document does not allow is not what clients get to see.
        let id = self.id(&body).map_or_else(|| spelled(&id), spelled);
        let thing = memory.create(path, id.clone(), members);
        (self.item(&thing.into()), id)
    }

    /// The example's items as they are now, and those that were created, as far as they are asked for.
    pub(super) fn list<'t>(&self, things: impl Iterator<Item = &'t Thing>, window: &Window) -> Value {
        let mut body = self.as_is();
        let Some(Value::Array(before)) = body.pointer(&self.resource.items).cloned() else { return body };
        let all = self.now(&before, &things.collect::<Vec<_>>());
        let item = |place: usize| all.get(place)?.pointer(self.resource.item.as_deref().unwrap_or_default());
        let objects = |place| {
            let fields = item(place).and_then(|it| it.pointer(&self.resource.fields));
            item(place).into_iter().chain(fields).filter_map(Value::as_object).collect()
        };
        let page = window.page(all.len(), objects, |place| item(place)?.get(&self.resource.id).map(spelled));
        let mut items: Vec<Value> = page.positions.iter().filter_map(|it| all.get(*it).cloned()).collect();
        self.fill(&mut body, before.len(), &page, items.clone());
        // The document may ask for more than none: what is there is then shown whatever is asked for.
        if items.is_empty() && !(self.valid)(&body) {
            self.fill(&mut body, before.len(), &page, all);
        }
        // It may bound the list as well: it then shows fewer of the new items.
        while items.len() > before.len() && !(self.valid)(&body) {
            items.truncate(before.len() + (items.len() - before.len()) / 2);
            self.fill(&mut body, before.len(), &page, items.clone());
        }
        window.repeat(&mut body, page.more, self.valid);
        body
    }

    /// The elements of a list as they are now, and those that were created.
    fn now(&self, before: &[Value], things: &[&Thing]) -> Vec<Value> {
        let Some(template) = before.first() else { return Vec::new() };
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
            let shape = Shown { example: &body, resource: self.resource, valid: self.valid };
            let mut body = shape.item(&thing.into());
            body.pointer_mut(&format!("{}/0", self.resource.items)).map(Value::take).unwrap_or_default()
        };
        let kept = before.iter().filter_map(|element| {
            let item = element.pointer(self.resource.item.as_deref().unwrap_or_default());
            let id = item.and_then(|it| it.get(&self.resource.id)).map(spelled);
            match things.iter().find(|it| Some(&it.id) == id.as_ref()) {
                Some(thing) if thing.is_deleted() => None,
                Some(thing) => Some(shaped(element, thing)),
                None => Some(element.clone()),
            }
        });
        let kept: Vec<_> = kept.collect();
        kept.into_iter().chain(things.iter().filter(|it| it.is_created()).map(|it| shaped(template, it))).collect()
    }

    /// Puts items into a list, and corrects what counts them.
    fn fill(&self, body: &mut Value, before: usize, page: &Page, items: Vec<Value>) {
        for total in &self.resource.totals {
            let known = self.example.pointer(total).and_then(Value::as_u64).and_then(|it| usize::try_from(it).ok());
            if let (Some(known), Some(total)) = (known, body.pointer_mut(total)) {
                let all = known.saturating_add(page.total).saturating_sub(before);
                *total = if page.is_filtered { page.total } else { all }.into();
            }
        }
        if let Some(place) = body.pointer_mut(&self.resource.items) {
            *place = items.into();
        }
    }
}
