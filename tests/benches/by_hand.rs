//! The same members as the generated models have, as somebody would write them: nothing is checked, and what is not
//! named is dropped.
//!
//! `M` is what holds a moment and `D` a day: [`Moment`] and [`Date`] parse, as the generated models do; a `String` is
//! what somebody in a hurry takes.

#![expect(dead_code, reason = "decoded, never read")]

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// A type that is parsed from a string, as the libraries of time do it for serde.
#[derive(Clone)]
pub(crate) struct Parsed<T>(T);

/// A moment.
pub(crate) type Moment = Parsed<jiff::Timestamp>;
/// A day.
pub(crate) type Date = Parsed<jiff::civil::Date>;

impl<'de, T: FromStr> Deserialize<'de> for Parsed<T> {
    fn deserialize<S: Deserializer<'de>>(deserializer: S) -> Result<Self, S::Error> {
        struct Text<T>(PhantomData<T>);

        impl<T: FromStr> Visitor<'_> for Text<T> {
            type Value = Parsed<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date or a time")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                text.parse().map(Parsed).map_err(|_| E::custom("not a date or a time"))
            }
        }

        deserializer.deserialize_str(Text(PhantomData))
    }
}

impl<T: fmt::Display> Serialize for Parsed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct TeamUser<M> {
    id: i64,
    name: String,
    email: String,
    role: TeamRole,
    is_active: bool,
    last_login_at: Option<M>,
    created_at: M,
    updated_at: M,
}

#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Document<M> {
    data: User<M>,
    included: Option<Vec<Included<M>>>,
}

#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct ListDocument<M> {
    data: Vec<User<M>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UpdateUser {
    id: i64,
    name: Option<String>,
    email: Option<String>,
    password: Option<String>,
    accepted_terms: Option<bool>,
    accepted_privacy: Option<bool>,
    accepted_email_opt_in: Option<bool>,
    roles: Option<Vec<i64>>,
    visibility_groups: Option<Vec<i64>>,
}

#[derive(Clone, Deserialize, Serialize)]
struct User<M> {
    r#type: String,
    id: i64,
    attributes: UserAttributes<M>,
    relationships: Option<Relationships>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct UserAttributes<M> {
    name: String,
    email: String,
    phone: Option<String>,
    phone_code: Option<String>,
    created_at: M,
    updated_at: M,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<M>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Relationships {
    company_users: Option<Relationship>,
    roles: Option<Relationship>,
    visibility_groups: Option<Relationship>,
}

#[derive(Clone, Deserialize, Serialize)]
struct Relationship {
    data: Vec<Identifier>,
}

#[derive(Clone, Deserialize, Serialize)]
struct Identifier {
    r#type: String,
    id: i64,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Included<M> {
    CompanyUsers { id: i64, atributes: CompanyUser<M> },
    Roles { id: i64, attributes: Role },
    VisibilityGroups { id: i64, attributes: Group<M> },
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct CompanyUser<M> {
    is_selected: Option<bool>,
    locale: Option<String>,
    accepted_terms_at: Option<M>,
    accepted_privacy_at: Option<M>,
    accepted_email_opt_in_at: Option<M>,
    created_at: Option<M>,
    updated_at: Option<M>,
}

#[derive(Clone, Deserialize, Serialize)]
struct Role {
    title: Option<String>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Group<M> {
    name: Option<String>,
    created_at: Option<M>,
    updated_at: Option<M>,
}

#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Workers<M, D> {
    data: Vec<Worker<M, D>>,
    meta: Meta,
    links: Links,
}

#[derive(Clone, Deserialize, Serialize)]
struct Worker<M, D> {
    id: i64,
    external_reference: Option<String>,
    first_name: String,
    last_name: String,
    email: Option<String>,
    job_title: Option<String>,
    regulator: Regulator,
    registration_number: String,
    registration_status: Status,
    registration_expires_on: Option<D>,
    has_conditions: bool,
    monitoring_enabled: bool,
    monitoring_frequency: Option<Frequency>,
    last_verified_at: Option<M>,
    next_check_at: Option<M>,
    created_at: M,
    updated_at: M,
}

#[derive(Clone, Deserialize, Serialize)]
struct Meta {
    current_page: i64,
    last_page: i64,
    per_page: i64,
    total: i64,
}

#[derive(Clone, Deserialize, Serialize)]
struct Links {
    first: Option<String>,
    last: Option<String>,
    prev: Option<String>,
    next: Option<String>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum TeamRole {
    Manager,
    Owner,
    Admin,
    Viewer,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Regulator {
    Nmc,
    Gmc,
    Hcpc,
    Gdc,
    Gphc,
    Goc,
    Gosc,
    Gcc,
    Swe,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Unverified,
    Registered,
    RegisteredWithConditions,
    Suspended,
    Lapsed,
    Removed,
    NotFound,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
}
