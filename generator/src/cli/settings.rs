//! What a configuration says about one output, and which of it has no effect.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::Choices;
use crate::config::{Attribute, Finding, Spot};
use crate::render::Extras;

/// What a configuration says about one output.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What to take of each API, by its name.
    pub choices: BTreeMap<String, Choices>,
    /// The overlays of each API, with their paths as they are printed.
    pub overlays: BTreeMap<String, Vec<(PathBuf, String)>>,
    /// Derives and attributes.
    pub attributes: Vec<Attribute>,
    /// Levels of findings.
    pub findings: Vec<Finding>,
    /// The APIs in whose documents nothing may be repaired or left out.
    pub strict: BTreeSet<String>,
    /// What the crate is beside its options.
    pub extras: Extras,
    /// What is wrong with the user's templates.
    pub problems: Vec<String>,
    /// Whether the surface of each API is written beside its code.
    pub surface: bool,
    /// Whether a contract test of servers is written beside the code of each API.
    pub contract: bool,
}

/// An entry of a selection that no operation answers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedSelection<'a> {
    /// The API.
    pub api: &'a str,
    /// Where the entry stands below the API.
    pub spot: Spot,
    /// What it says.
    pub text: String,
    /// What it may mean.
    pub similar: Option<&'a str>,
}
