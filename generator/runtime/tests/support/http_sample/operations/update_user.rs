//! `PUT /api/sys/users`: update a user.

use super::super::{SCHEMAS, models};
use crate::support::http::operation;

operation! {
    "updateUser": PUT "/api/sys/users" tagged ["system"] in SCHEMAS,
    #[derive(Default)]
    Request new() {}
    /// The request body.
    body optional with_body: models::UpdateTeamUserRequest = "/components/schemas/UpdateTeamUserRequest",
    answers Response -> models::ActionResult { Self::Ok(body) => body } {
        /// 200: what became of it.
        on 200 Ok(body: models::ActionResult as json): "/components/schemas/ActionResult",
        /// 202: it is under way.
        on 202 Accepted as empty,
        /// 400: the input is not valid.
        on 400 BadRequest(body: models::ActionResult as json): "/components/schemas/ActionResult"
            refused as r#"{"Errors":[{"Message":"$message","PropertyName":"$field"}],"Message":"$summary","WasSuccessful":false}"#,
        /// Any other status.
        on (default) Default {
            open status,
            body body: models::Error as json,
        }: "/components/schemas/Error",
    },
    violations 400,
}
