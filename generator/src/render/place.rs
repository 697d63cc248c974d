//! Where generated code stands: in a crate of its own, or in a module of one that is there.

use std::collections::BTreeMap;

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::TokenStream;
use quote::quote;

use super::fragment::{rust, toml_comment};
use crate::config;

/// What generated code is beside its options.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras {
    /// Where it stands.
    pub place: Place,
    /// Crates that it needs because of what the user adds to it.
    pub dependencies: BTreeMap<String, config::Dependency>,
}

/// Where generated code stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Place {
    /// In a crate of its own.
    #[default]
    Crate,
    /// In the module of this path, such as `crate::api`.
    Module(String),
}

impl Place {
    /// The path of the root.
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Crate => "crate",
            Self::Module(path) => path,
        }
    }
}

/// The entries that a configuration adds to a manifest.
pub(super) fn added(extras: &Extras) -> Vec<Value> {
    let entry = |(name, it): (&String, &config::Dependency)| {
        let (version, features, bare) = match it {
            config::Dependency::Version(version) => (version.clone(), Vec::new(), false),
            config::Dependency::Full(it) => (it.version.clone(), it.features.clone(), !it.default_features),
        };
        context! {
            name, version, workspace => false, bare, features, client => false, server => false,
            reason => toml_comment("what the configuration adds"),
        }
    };
    extras.dependencies.iter().map(entry).collect()
}

/// The attributes that put the sides of a crate behind its features; a module tree has both.
pub(super) fn gates(is_crate: bool) -> Value {
    let gate =
        |tokens: &TokenStream| rust(&if is_crate { tokens.clone() } else { TokenStream::new() });
    context! {
        client => gate(&quote!(#[cfg(feature = "client")])),
        server => gate(&quote!(#[cfg(feature = "server")])),
        any => gate(&quote!(#[cfg(any(feature = "client", feature = "server"))])),
    }
}
