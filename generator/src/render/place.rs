//! Where generated code stands: in a crate of its own, or in a module of one that is there.

use std::collections::BTreeMap;

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::TokenStream;
use quote::quote;

use super::fragment::rust;
use super::needs::Needs;
use crate::config::{self, Side};

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
    /// The folder of Rust files, with its slash.
    pub(super) fn source(&self) -> &'static str {
        match self {
            Self::Crate => "src/",
            Self::Module(_) => "",
        }
    }

    /// A file of the run time as it stands there: with what is needed. In a module tree paths start at its root, macros are those of the
    /// tree alone, everything is there without features, and examples, which would name a crate, are text.
    pub(super) fn adapted(&self, text: &str, needs: &Needs) -> String {
        let text = needs.settled(text);
        match self {
            Self::Crate => text,
            Self::Module(root) => in_module(&text, root),
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
        server => gate(&quote!(#[cfg(feature = "server")])),
        any => gate(&any),
    }
}

fn in_module(text: &str, root: &str) -> String {
    let mut is_example = false;
    let mut is_list_of_macros = false;
    let mut out = String::new();
    for line in text.lines() {
        let bare = line.trim_start();
        if bare == "#[macro_export]" {
            continue;
        }
        if bare.starts_with("#[cfg(") && bare.contains("feature = ") {
            continue;
        }
        is_list_of_macros |= bare == "// The macros that give generated types their JSON form.";
        let fence = ["/// ```", "//! ```"].into_iter().find_map(|it| bare.strip_prefix(it));
        is_example ^= fence.is_some();
        let line = match fence {
            Some("") if is_example => format!("{line}text"),
            _ if line.starts_with("pub use __") || (is_list_of_macros && line == "pub use {") => {
                line.replacen("pub use", "pub(crate) use", 1)
            }
            _ => line.to_owned(),
        };
        out.push_str(&line.replace("crate::support", &format!("{root}::support")));
        out.push('\n');
    }
    out
}
