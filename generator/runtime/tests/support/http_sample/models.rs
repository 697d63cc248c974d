//! The component schemas; a generated crate has one file for each.

use std::collections::BTreeMap;

use super::SCHEMAS;
use crate::support::{self, Secret};

support::object! {
    /// A member of a team.
    pub struct TeamUser in SCHEMAS["/components/schemas/TeamUser"] {
        /// The id.
        required id: i64 = "id",
        /// The name.
        required name: String = "name",
        /// The e-mail address.
        required email: String = "email",
        /// The role.
        required role: String = "role",
    }
    keeps rest: BTreeMap<String, serde_json::Value>,
    holds by_schema,
}

support::object! {
    /// Some members of a team.
    pub struct TeamUserList in SCHEMAS["/components/schemas/TeamUserList"] {
        /// The members.
        required data: Vec<TeamUser> = "data",
    }
    keeps rest: BTreeMap<String, serde_json::Value>,
    holds by_schema,
}

support::object! {
    /// What changes about a member.
    #[derive(Default)]
    pub struct UpdateTeamUserRequest in SCHEMAS["/components/schemas/UpdateTeamUserRequest"] {
        /// The new name.
        optional name with_name: String = "name",
        /// The new e-mail address.
        optional email with_email: String = "email",
        /// The new password.
        optional password with_password: Secret<String> = "password",
        /// The new roles.
        optional roles with_roles: Vec<String> = "roles",
    }
    keeps rest: BTreeMap<String, serde_json::Value>,
    holds by_schema,
}

support::object! {
    /// What went wrong.
    pub struct Error in SCHEMAS["/components/schemas/Error"] {
        /// What went wrong.
        required message: String = "message",
    }
    keeps rest: BTreeMap<String, serde_json::Value>,
    holds by_schema,
}

support::object! {
    /// What is wrong with the input.
    pub struct ValidationErrorResponse in SCHEMAS["/components/schemas/ValidationErrorResponse"] {
        /// What is wrong in one line.
        required message: String = "message",
        /// What is wrong with each field.
        required errors: BTreeMap<String, Vec<String>> = "errors",
    }
    keeps rest: BTreeMap<String, serde_json::Value>,
    holds by_schema,
}

support::object! {
    /// What became of an action.
    pub struct ActionResult in SCHEMAS["/components/schemas/ActionResult"] {
        /// What became of it in one line.
        required message: String = "Message",
        /// What is wrong with each property.
        optional errors with_errors: Vec<ActionError> = "Errors",
        /// Whether it was successful.
        required was_successful: bool = "WasSuccessful",
    }
    keeps rest: BTreeMap<String, serde_json::Value>,
    holds by_schema,
}

support::object! {
    /// What is wrong with a property.
    pub struct ActionError in SCHEMAS["/components/schemas/ActionError"] {
        /// What is wrong.
        required message: String = "Message",
        /// The property.
        required property_name: String = "PropertyName",
    }
    keeps rest: BTreeMap<String, serde_json::Value>,
    holds by_schema,
}
