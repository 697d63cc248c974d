//! Directions: a schema whose instances are others in requests than in responses has a form for each.
//!
//! ```text
//! User            what a server answers: without `writeOnly` properties
//! UserWritable    what a request sends: without `readOnly` properties
//! ```
//!
//! The schema itself is what a server answers, so that its name means that whatever else it is used for. What travels
//! in one direction only has one form, that of the direction; what is the same in both has one anyway.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use specwright_runtime::Direction;

use super::differences::LeftOut;
use super::open::Open;
use super::replaced::Replaced;
use super::schemas::{Place, Planner};
use super::targets;
use super::types::Home;
use crate::ir::{Api, Operation, Schema, SchemaId, Usage};
use crate::schemas::directions::{differing, is_left_out};

/// What stands behind the name of what a request sends.
pub(super) const WRITABLE: &str = "writable";

/// Which schemas have two forms.
#[derive(Debug, Default)]
pub(super) struct Directions {
    /// The form that requests send, by the schema.
    writable: BTreeMap<SchemaId, SchemaId>,
    /// The schema, by the form that requests send.
    schemas: BTreeMap<SchemaId, SchemaId>,
}

impl Directions {
    /// Gives each schema that needs it a second form, and each request the forms that it sends.
    pub(super) fn part<'a>(api: &'a Api, replaced: &Replaced) -> (Cow<'a, Api>, Self) {
        let both = |id: &SchemaId| api.schemas[*id].usage == Usage { request: true, response: true };
        let differing = differing(api);
        let parted: Vec<SchemaId> =
            differing.iter().copied().filter(|id| both(id) && replaced.schema(*id).is_none()).collect();
        if parted.is_empty() {
            return (Cow::Borrowed(api), Self::default());
        }
        let mut out = api.clone();
        let mut directions = Self::default();
        for id in parted {
            let mut form = api.schemas[id].clone();
            form.usage.response = false;
            out.schemas[id].usage.request = false;
            let form = out.schemas.add_form(form);
            directions.writable.insert(id, form);
            directions.schemas.insert(form, id);
        }
        directions.lead_requests(&mut out);
        (Cow::Owned(out), directions)
    }

    /// Whether a schema is the form that requests send, beside another one.
    pub(super) fn is_writable(&self, id: SchemaId) -> bool {
        self.schemas.contains_key(&id)
    }

    /// The form that requests send, of a schema with two.
    pub(super) fn writable(&self, id: SchemaId) -> Option<SchemaId> {
        self.writable.get(&id).copied()
    }

    /// The schema as the document has it.
    pub(super) fn schema(&self, id: SchemaId) -> SchemaId {
        self.schemas.get(&id).copied().unwrap_or(id)
    }

    /// Every schema with two forms: itself, and what requests send.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (SchemaId, SchemaId)> + '_ {
        self.writable.iter().map(|(schema, form)| (*schema, *form))
    }

    /// Leads everything that requests send to the forms that they send.
    fn lead_requests(&self, api: &mut Api) {
        let sent = |id: SchemaId| self.writable(id).unwrap_or(id);
        let is_sent = |(_, schema): &(SchemaId, &Schema)| schema.usage == Usage { request: true, response: false };
        let forms: Vec<_> =
            api.schemas.iter().filter(is_sent).map(|(id, schema)| (id, schema.with_children(sent))).collect();
        for (id, form) in forms {
            api.schemas.set(id, form);
        }
        for operation in &mut api.operations {
            asked(operation).for_each(|id| *id = sent(*id));
        }
        // A webhook is sent by the owner of the API: what comes back travels as a request does.
        for webhook in &mut api.webhooks {
            answered(webhook).for_each(|id| *id = sent(*id));
        }
    }
}

impl Planner<'_> {
    /// Takes the properties away that do not travel in a direction, with what is said about them.
    pub(super) fn left_out(
        &self,
        direction: Direction,
        properties: &mut IndexMap<&str, Vec<SchemaId>>,
        open: &mut Open,
    ) -> Option<LeftOut> {
        let mut left_out = LeftOut { direction, properties: Vec::new() };
        let api = self.api;
        let stays = |_: &&str, described: &mut Vec<SchemaId>| is_left_out(api, described, direction);
        for (wire, described) in properties.extract_if(.., stays) {
            open.each().for_each(|it| {
                it.objects.required.retain(|name| name != wire);
                it.objects.properties.retain(|name, _| name != wire);
            });
            let pointers = described.iter().map(|id| self.key(*id));
            left_out.properties.extend(pointers.map(|pointer| (wire.to_owned(), pointer)));
        }
        Some(left_out).filter(|it| !it.properties.is_empty())
    }

    /// The place of a schema that others refer to, inside the one that has a file.
    pub(super) fn place_of_target(&self, id: SchemaId) -> Option<Place> {
        let (idx, pointer) = self.targets.owner(&self.api.schemas[id].origin)?;
        let words = match pointer {
            // What a parent says itself, beside the union that it is.
            "/discriminator" => vec![self.targets.roots[idx].name.clone(), "base".to_owned()],
            pointer => targets::words(pointer),
        };
        // What requests send of it stands in a file of its own only where the owner has one.
        let is_beside = self.directions.is_writable(id) && self.targets.written(idx).is_none();
        let words = words.into_iter().chain(is_beside.then(|| WRITABLE.to_owned())).collect();
        Some(Place::inside(Home::Component(self.form_of_root(idx, id)), words))
    }

    /// The root in whose file a schema stands, of the two that a root with two forms has.
    pub(super) fn form_of_root(&self, root: usize, id: SchemaId) -> usize {
        let written = self.directions.is_writable(id).then(|| self.targets.written(root)).flatten();
        written.unwrap_or(root)
    }
}

/// The schemas of what is sent first.
fn asked(operation: &mut Operation) -> impl Iterator<Item = &mut SchemaId> {
    let bodies = operation.body.iter_mut().flat_map(|it| &mut it.content).filter_map(|it| it.schema.as_mut());
    operation.parameters.iter_mut().map(|it| &mut it.schema).chain(bodies)
}

/// The schemas of what comes back.
fn answered(operation: &mut Operation) -> impl Iterator<Item = &mut SchemaId> {
    operation.responses.iter_mut().flat_map(|it| {
        let bodies = it.content.iter_mut().filter_map(|it| it.schema.as_mut());
        it.headers.iter_mut().map(|it| &mut it.schema).chain(bodies)
    })
}
