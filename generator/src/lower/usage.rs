//! In which direction the instances of each schema travel.

use crate::ir::{Api, Operation, SchemaId, Usage};

/// Marks every schema that an operation reaches.
pub(super) fn mark(api: &mut Api) {
    let asked = |operation: &Operation| -> Vec<SchemaId> {
        let parameters = operation.parameters.iter().map(|it| it.schema);
        let bodies = operation.body.iter().flat_map(|body| &body.content).filter_map(|it| it.schema);
        parameters.chain(bodies).collect()
    };
    let answered = |operation: &Operation| -> Vec<SchemaId> {
        let headers = operation.responses.iter().flat_map(|it| &it.headers).map(|it| it.schema);
        let bodies = operation.responses.iter().flat_map(|it| &it.content).filter_map(|it| it.schema);
        headers.chain(bodies).collect()
    };
    // A webhook is sent by the API's owner: its body travels as an answer does.
    let requests: Vec<_> =
        api.operations.iter().flat_map(asked).chain(api.webhooks.iter().flat_map(answered)).collect();
    let responses: Vec<_> =
        api.operations.iter().flat_map(answered).chain(api.webhooks.iter().flat_map(asked)).collect();
    spread(api, requests, |usage| &mut usage.request);
    spread(api, responses, |usage| &mut usage.response);
}

fn spread(api: &mut Api, mut roots: Vec<SchemaId>, flag: fn(&mut Usage) -> &mut bool) {
    while let Some(id) = roots.pop() {
        let seen = flag(&mut api.schemas[id].usage);
        if !std::mem::replace(seen, true) {
            roots.extend(api.schemas[id].children());
        }
    }
}
