//! The component schemas; a generated crate has one file for each.

use std::collections::BTreeMap;

use super::SCHEMAS;
use crate::support::{self, Secret};

/// A member of a team.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamUser {
    /// The id.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The role.
    pub role: String,
    /// Further properties.
    pub rest: BTreeMap<String, serde_json::Value>,
}

support::object! { TeamUser { required id: "id", required name: "name", required email: "email", required role: "role", } rest }
support::holds_by_schema! { TeamUser }
support::model! { TeamUser = SCHEMAS["/components/schemas/TeamUser"] }

/// Some members of a team.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamUserList {
    /// The members.
    pub data: Vec<TeamUser>,
    /// Further properties.
    pub rest: BTreeMap<String, serde_json::Value>,
}

support::object! { TeamUserList { required data: "data", } rest }
support::holds_by_schema! { TeamUserList }
support::model! { TeamUserList = SCHEMAS["/components/schemas/TeamUserList"] }

/// What changes about a member.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UpdateTeamUserRequest {
    /// The new name.
    pub name: Option<String>,
    /// The new e-mail address.
    pub email: Option<String>,
    /// The new password.
    pub password: Option<Secret<String>>,
    /// The new roles.
    pub roles: Option<Vec<String>>,
    /// Further properties.
    pub rest: BTreeMap<String, serde_json::Value>,
}

support::object! { UpdateTeamUserRequest {
    optional name: "name",
    optional email: "email",
    optional password: "password",
    optional roles: "roles",
} rest }
support::holds_by_schema! { UpdateTeamUserRequest }
support::model! { UpdateTeamUserRequest = SCHEMAS["/components/schemas/UpdateTeamUserRequest"] }

/// What went wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    /// What went wrong.
    pub message: String,
    /// Further properties.
    pub rest: BTreeMap<String, serde_json::Value>,
}

support::object! { Error { required message: "message", } rest }
support::holds_by_schema! { Error }
support::model! { Error = SCHEMAS["/components/schemas/Error"] }

/// What is wrong with the input.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidationErrorResponse {
    /// What is wrong in one line.
    pub message: String,
    /// What is wrong with each field.
    pub errors: BTreeMap<String, Vec<String>>,
    /// Further properties.
    pub rest: BTreeMap<String, serde_json::Value>,
}

support::object! { ValidationErrorResponse { required message: "message", required errors: "errors", } rest }
support::holds_by_schema! { ValidationErrorResponse }
support::model! { ValidationErrorResponse = SCHEMAS["/components/schemas/ValidationErrorResponse"] }

/// What became of an action.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionResult {
    /// What became of it in one line.
    pub message: String,
    /// What is wrong with each property.
    pub errors: Option<Vec<ActionError>>,
    /// Whether it was successful.
    pub was_successful: bool,
    /// Further properties.
    pub rest: BTreeMap<String, serde_json::Value>,
}

support::object! { ActionResult {
    required message: "Message",
    optional errors: "Errors",
    required was_successful: "WasSuccessful",
} rest }
support::holds_by_schema! { ActionResult }
support::model! { ActionResult = SCHEMAS["/components/schemas/ActionResult"] }

/// What is wrong with a property.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionError {
    /// What is wrong.
    pub message: String,
    /// The property.
    pub property_name: String,
    /// Further properties.
    pub rest: BTreeMap<String, serde_json::Value>,
}

support::object! { ActionError { required message: "Message", required property_name: "PropertyName", } rest }
support::holds_by_schema! { ActionError }
support::model! { ActionError = SCHEMAS["/components/schemas/ActionError"] }
