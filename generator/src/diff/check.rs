//! Whether an instance is valid: the question is put to the checker of the run time, which servers and clients ask too.

use serde_json::Value as Json;
use specwright_runtime::Schemas;
use specwright_runtime::check::Direction as Way;

use super::rules::Travel;
use crate::ir::{Api, SchemaId};
use crate::schemas::tables;

/// Decides about instances of a set of schemas.
pub(super) struct Validator {
    schemas: Schemas,
    keys: Vec<String>,
    way: Way,
}

impl Validator {
    pub(super) fn new(api: &Api, node: &[SchemaId], direction: Travel) -> Self {
        let way = match direction {
            Travel::Request | Travel::Unused => Way::Request,
            Travel::Response => Way::Response,
        };
        let keys = node.iter().map(|id| tables::key(&api.schemas[*id].origin)).collect();
        Self { schemas: tables::checked(api, &node.iter().copied().collect()), keys, way }
    }

    pub(super) fn is_valid(&self, instance: &Json) -> bool {
        self.keys.iter().all(|key| self.schemas.is_valid(key, instance, self.way))
    }
}
