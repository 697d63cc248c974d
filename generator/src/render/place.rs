//! Where generated code stands: in a crate of its own, or in a module of one that is there.

use std::collections::BTreeMap;

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::TokenStream;
use quote::quote;

use super::Delivery;
use super::fragment::rust;
use super::overrides::Overrides;
use crate::config::{self, Side};

/// What a generated crate is called, and how it depends on others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateOptions {
    /// The package's name.
    pub name: String,
    /// One sentence about it.
    pub description: String,
    /// Whether versions and the like are those of the workspace around it.
    pub workspace: bool,
    /// How it comes by its run time.
    pub runtime: Delivery,
}

/// What generated code is beside its options.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras {
    /// Where it stands.
    pub place: Place,
    /// Crates that it needs because of what the user adds to it.
    pub dependencies: BTreeMap<String, config::Dependency>,
    /// The user's templates.
    pub templates: Overrides,
    /// What an API says on the wire, one line an item, by its module: its surface is written beside the code.
    pub contracts: BTreeMap<String, String>,
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
    /// The folder of Rust files, with its slash.
    pub(super) fn source(&self) -> &'static str {
        match self {
            Self::Crate => "src/",
            Self::Module(_) => "",
        }
    }

    /// The path of the root.
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Crate => "crate",
            Self::Module(path) => path,
        }
    }
}

/// The attributes that put the sides of a crate behind its features; a module tree has them without.
pub(super) fn gates(is_crate: bool, sides: &[Side]) -> Value {
    let gate = |tokens: &TokenStream| rust(&if is_crate { tokens.clone() } else { TokenStream::new() });
    let any = if let [only] = sides {
        let name = only.name();
        quote!(#[cfg(feature = #name)])
    } else {
        quote!(#[cfg(any(feature = "client", feature = "server"))])
    };
    context! {
        client => gate(&quote!(#[cfg(feature = "client")])),
        stand_in => gate(&quote!(#[cfg(feature = "stand-in")])),
        contract => gate(&quote!(#[cfg(feature = "contract")])),
        server => gate(&quote!(#[cfg(feature = "server")])),
        any => gate(&any),
    }
}
