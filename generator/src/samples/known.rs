//! What samples need to know of schemas, found out once: one that refers to itself is asked for a thousand times.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::ir::{Api, SchemaId};
use crate::ordered::IndexMap;
use crate::schemas::View;

/// The schemas of an object's properties, by their names.
pub(super) type Properties<'a> = IndexMap<&'a str, Vec<SchemaId>>;

/// A schema, and what a sample of an object needs of it.
pub(super) struct Known<'a> {
    pub(super) view: View<'a>,
    pub(super) properties: Properties<'a>,
    pub(super) required: BTreeSet<&'a str>,
}

/// The schemas that were asked for.
pub(super) struct Knowledge<'a> {
    api: &'a Api,
    found: RefCell<IndexMap<SchemaId, Arc<Known<'a>>>>,
}

impl<'a> Knowledge<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self { api, found: RefCell::default() }
    }

    pub(super) fn find(&self, id: SchemaId) -> Arc<Known<'a>> {
        let find_out = || {
            let view = View::new(self.api, id);
            let (properties, required) = (view.properties(), view.required());
            Arc::new(Known { view, properties, required })
        };
        self.found.borrow_mut().entry(id).or_insert_with(find_out).clone()
    }
}
