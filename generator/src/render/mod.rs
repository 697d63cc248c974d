//! Rendering: templates show the shape, fragments fill the holes, nothing is decided.
//!
//! Every rendered Rust file is parsed, its items are compared with those that the plan asked for, and it is printed
//! item by item. So the same plan gives the same bytes, and text of a document can be a literal or a comment, never code.

mod aliases;
mod bodies;
mod cargo;
mod checks;
mod context;
mod contract;
mod crates;
mod dependencies;
mod fields;
mod forms;
mod fragment;
mod frame;
mod imports;
mod items;
mod listing;
mod made;
mod markdown;
mod needs;
mod operations;
mod overrides;
mod parameters;
mod part;
mod pieces;
mod place;
mod readme;
mod roots;
mod runtime;
mod shapes;
mod shared;
mod sheet;
mod sides;
mod spaced;
mod success;
mod surface;
mod tokens;
mod tree;
mod written;

pub use crates::{contexts, drafts, render, render_crate, render_place, render_with};
pub use dependencies::is_dependency;
pub use items::{ItemKind, Member, PublicItem, items};
pub use listing::manifest;
pub use overrides::{Overrides, TEMPLATE_VERSION, exported};
pub use place::{CrateOptions, Extras, Place};
pub use runtime::{Delivery, Origin};
pub use shapes::Contexts;
pub use surface::surface;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};

/// A template that does not render: a mistake in a template, never in a document.
#[derive(Debug)]
pub struct RenderError {
    /// The template.
    pub template: String,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "template `{}`: {}", self.template, self.message)
    }
}

impl std::error::Error for RenderError {}

macro_rules! templates {
    ($($name:literal)*) => {
        /// Every template with its text.
        pub const TEMPLATES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../templates/", $name)))),*];
    };
}

templates! {
    "added_mod.rs.j2"
    "alias.rs.j2"
    "aliases.rs.j2"
    "api_mod.rs.j2"
    "body.rs.j2"
    "cargo.toml.j2"
    "client.rs.j2"
    "contract.rs.j2"
    "dependencies.toml.j2"
    "describe.rs.j2"
    "enumeration.rs.j2"
    "examples.rs.j2"
    "handler.rs.j2"
    "lib.rs.j2"
    "listed_server.rs.j2"
    "model.rs.j2"
    "models.rs.j2"
    "models_mod.rs.j2"
    "module.rs.j2"
    "newtype.rs.j2"
    "operation.rs.j2"
    "operations_mod.rs.j2"
    "parameters.rs.j2"
    "readme.md.j2"
    "receiver.rs.j2"
    "response.rs.j2"
    "sender.rs.j2"
    "serve.rs.j2"
    "server.rs.j2"
    "shared_mod.rs.j2"
    "struct.rs.j2"
    "success.rs.j2"
    "tagged_union.rs.j2"
    "type_union.rs.j2"
    "untagged_union.rs.j2"
}

/// The environment: strict about what is missing, and about what fills a hole.
fn environment<'a>(templates: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Environment<'a>, RenderError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    let broken = |template: &str, error: &minijinja::Error| RenderError {
        template: template.to_owned(),
        message: format!("{error:#}"),
    };
    environment.set_syntax(syntax.map_err(|error| broken("syntax", &error))?);
    fragment::install(&mut environment);
    for (name, text) in templates {
        environment.add_template(name, text).map_err(|error| broken(name, &error))?;
    }
    Ok(environment)
}
