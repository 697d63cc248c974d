//! The same members as the generated models have, as somebody in a hurry would write them: nothing is checked, moments
//! are texts, and what is not named is dropped.

#![expect(dead_code, reason = "decoded, never read")]

use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct TeamUser {
    id: i64,
    name: String,
    email: String,
    role: String,
    is_active: bool,
    last_login_at: Option<String>,
    created_at: String,
    updated_at: String,
}

#[derive(Deserialize)]
pub(crate) struct Document {
    data: User,
    included: Option<Vec<Included>>,
}

#[derive(Deserialize)]
struct User {
    r#type: String,
    id: i64,
    attributes: UserAttributes,
    relationships: Option<Relationships>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserAttributes {
    name: String,
    email: String,
    phone: Option<String>,
    phone_code: Option<String>,
    created_at: String,
    updated_at: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Relationships {
    company_users: Option<Relationship>,
    roles: Option<Relationship>,
    visibility_groups: Option<Relationship>,
}

#[derive(Deserialize)]
struct Relationship {
    data: Vec<Identifier>,
}

#[derive(Deserialize)]
struct Identifier {
    r#type: String,
    id: i64,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Included {
    CompanyUsers { id: i64, atributes: CompanyUser },
    Roles { id: i64, attributes: Role },
    VisibilityGroups { id: i64, attributes: Group },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CompanyUser {
    is_selected: Option<bool>,
    locale: Option<String>,
    accepted_terms_at: Option<String>,
    accepted_privacy_at: Option<String>,
    accepted_email_opt_in_at: Option<String>,
    created_at: Option<String>,
    updated_at: Option<String>,
}

#[derive(Deserialize)]
struct Role {
    title: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    name: Option<String>,
    created_at: Option<String>,
    updated_at: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Workers {
    data: Vec<Worker>,
    meta: Meta,
    links: Links,
}

#[derive(Deserialize)]
struct Worker {
    id: i64,
    external_reference: Option<String>,
    first_name: String,
    last_name: String,
    email: Option<String>,
    job_title: Option<String>,
    regulator: String,
    registration_number: String,
    registration_status: String,
    registration_expires_on: Option<String>,
    has_conditions: bool,
    monitoring_enabled: bool,
    monitoring_frequency: Option<String>,
    last_verified_at: Option<String>,
    next_check_at: Option<String>,
    created_at: String,
    updated_at: String,
}

#[derive(Deserialize)]
struct Meta {
    current_page: i64,
    last_page: i64,
    per_page: i64,
    total: i64,
}

#[derive(Deserialize)]
struct Links {
    first: Option<String>,
    last: Option<String>,
    prev: Option<String>,
    next: Option<String>,
}
