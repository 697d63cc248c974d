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

use super::replaced::Replaced;
use crate::ir::{Api, Operation, Schema, SchemaId, Usage};
use crate::schemas::directions::differing;

/// What stands behind the name of what a request sends.
pub(in crate::plan) const WRITABLE: &str = "writable";

/// Which schemas have two forms.
#[derive(Debug, Default)]
pub(in crate::plan) struct Directions {
    /// The form that requests send, by the schema.
    writable: BTreeMap<SchemaId, SchemaId>,
    /// The schema, by the form that requests send.
    schemas: BTreeMap<SchemaId, SchemaId>,
}

impl Directions {
    /// Gives each schema that needs it a second form, and each request the forms that it sends.
    pub(in crate::plan) fn part<'a>(api: &'a Api, replaced: &Replaced) -> (Cow<'a, Api>, Self) {
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
    pub(in crate::plan) fn is_writable(&self, id: SchemaId) -> bool {
        self.schemas.contains_key(&id)
    }

    /// The form that requests send, of a schema with two.
    pub(in crate::plan) fn writable(&self, id: SchemaId) -> Option<SchemaId> {
        self.writable.get(&id).copied()
    }

    /// The schema as the document has it.
    pub(in crate::plan) fn schema(&self, id: SchemaId) -> SchemaId {
        self.schemas.get(&id).copied().unwrap_or(id)
    }

    /// Every schema with two forms: itself, and what requests send.
    pub(in crate::plan) fn pairs(&self) -> impl Iterator<Item = (SchemaId, SchemaId)> + '_ {
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
