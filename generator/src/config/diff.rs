//! `[diff]`: what a team decides about changes between two versions of a document.
//!
//! ```toml
//! [diff]
//! fail-on = ["wire"]
//!
//! [diff.levels]
//! parameter-removed = "warning"
//! operation-id-changed = { document = "note" }
//!
//! [[diff.allow]]
//! fingerprint = "0f3a5c7e9b1d"
//! reason = "Agreed with everybody who calls it"
//! until = "2030-01-31"
//! ```

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema;

/// What changes weigh, which are meant, and which fail a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Diff {
    /// Whose breaking fails a run.
    pub fail_on: Vec<FailOn>,
    /// What rules weigh here, by their ids: a level for all whom a rule is about, or one for each.
    #[schemars(schema_with = "schema::rule_levels")]
    pub levels: BTreeMap<String, RuleLevel>,
    /// Changes that are meant; an entry that allows nothing is an error.
    pub allow: Vec<Allowed>,
}

/// Whose breaking fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Clients and servers that run already
    Wire,
    /// People who read the document with other tools
    Document,
    /// People whose code calls the generated crate
    Rust,
    /// Anybody
    Any,
}

/// What a rule weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum RuleLevel {
    /// The same for all whom the rule is about.
    All(LevelName),
    /// For each of them; the others stay.
    Each(RuleLevels),
}

/// A level for some judgements.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleLevels {
    /// For clients and servers that run already.
    pub wire: Option<LevelName>,
    /// For people who read the document with other tools.
    pub document: Option<LevelName>,
    /// For people whose code calls the generated crate.
    pub rust: Option<LevelName>,
}

/// The name of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LevelName {
    /// Somebody breaks.
    Breaking,
    /// Somebody may break.
    Warning,
    /// Nobody breaks.
    Note,
    /// It does not count.
    None,
}

/// A change that is meant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Allowed {
    /// The fingerprint of the change, as the report names it.
    #[schemars(regex(pattern = "^[0-9a-f]{12}$"))]
    pub fingerprint: Option<String>,
    /// The rule, where every change of its kind is meant.
    #[serde(default)]
    #[schemars(schema_with = "schema::rules")]
    pub rule: Option<String>,
    /// The subject, such as `GET /pets` or ``schema `Pet` ``; without it, everything that the rule finds.
    pub subject: Option<String>,
    /// Why, for the next reader.
    #[schemars(length(min = 1))]
    pub reason: String,
    /// The last day on which it holds, such as `2030-01-31`; for good if left out.
    #[schemars(regex(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub until: Option<String>,
}
